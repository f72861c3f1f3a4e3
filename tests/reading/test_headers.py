"""Header fields as real mail has them: charsets, addresses and dates, broken ones too."""

import base64
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailwizard.reading import headers


def word(text: str, charset: str, label: str = "") -> str:
    data = base64.b64encode(text.encode(charset)).decode("ascii")
    return f"=?{label or charset}?B?{data}?="


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        (word("报价单", "gbk", "GB2312"), "报价单"),
        (word("镕基", "gb18030", "gb2312"), "镕基"),
        (word("報價單", "big5"), "報價單"),
        (word("見積書", "iso-2022-jp"), "見積書"),
        (word("견적", "euc-kr", "ks_c_5601-1987"), "견적"),
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_Ulm?=", "Grüße aus Ulm"),
        ("=?iso-8859-1*de?Q?M=FCller?=", "Müller"),
        (word("報價單與發票", "big5", "Big5-HKSCS"), "報價單與發票"),
        (word("報價", "big5", "x-big5"), "報價"),
        (word("報價", "big5", "CN-Big5"), "報價"),
        (word("报价", "hz", "hz-gb-2312"), "报价"),
        (word("见积", "utf-8", "UTF8"), "见积"),
        (word("𠮷野家", "gb18030", "GB18030"), "𠮷野家"),
        (word("お見積り", "shift_jis"), "お見積り"),
        (word("お見積り", "iso2022_jp_ext", "ISO-2022-JP"), "お見積り"),
        (word("报价", "gbk", "utf-8"), "报价"),
        (word("报价", "utf-8", "gbk2312"), "报价"),
        (word("报价", "utf-8", "x-unknown"), "报价"),
        (word("报价", "gbk", "x-unknown"), "报价"),
        (f"{word('报', 'utf-8')} {word('价', 'utf-8')}", "报价"),
        (f"{word('报', 'utf-8')} {word('价', 'gbk')}", "报价"),
        (f"Re: {word('报价', 'gbk')} (2)", "Re: 报价 (2)"),
        ("=?x-unknown?B?" + base64.b64encode("价".encode()).decode() + "?=", "价"),
        ("=?utf-8?B?5oql5Lu3?", "=?utf-8?B?5oql5Lu3?"),
        ("=?utf-8?B?5oql5Lu3=====?=", "报价"),
        ("=?idna?Q?x?=", "x"),
    ],
)
def test_encoded_words(value: str, expected: str) -> None:
    assert headers.decoded(value.encode("ascii")) == expected


def test_a_character_cut_in_two_words() -> None:
    data = "报价".encode()
    halves = [base64.b64encode(part).decode() for part in (data[:4], data[4:])]
    value = " ".join(f"=?utf-8?B?{half}?=" for half in halves)
    assert headers.decoded(value) == "报价"


def test_characters_cut_in_two_in_other_charsets() -> None:
    for charset in ("gbk", "big5", "iso-2022-jp"):
        text = "見積書" if charset != "gbk" else "报价单"
        data = text.encode(charset)
        middle = len(data) // 2 + (charset == "gbk" and len(data) // 2 % 2 == 0)
        parts = [base64.b64encode(part).decode() for part in (data[:middle], data[middle:])]
        value = "\r\n ".join(f"=?{charset}?B?{part}?=" for part in parts)
        assert headers.decoded(value) == text


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("big5", "報價單與發票已寄出，請查收"),
        ("big5", "關於您的訂單"),
        ("shift_jis", "お見積りの件について"),
        ("gbk", "关于报价单和发票，请查收"),
        ("gbk", "张三 <buyer@customer.example>"),
        ("gb18030", "镕基先生的报价"),
        ("latin-1", "Grüße aus München"),
    ],
)
def test_raw_text_as_its_octets_look(charset: str, text: str) -> None:
    assert headers.decoded(text.encode(charset)) == text


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb18030", "iso-2022-jp"])
def test_raw_text_without_a_charset(charset: str) -> None:
    text = "見積" if charset == "iso-2022-jp" else "报价单"
    assert headers.decoded(text.encode(charset)) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a@b.example", [("", "a@b.example")]),
        ("A@B.Example", [("", "A@b.example")]),
        ("Hans <a@b.example>", [("Hans", "a@b.example")]),
        ('"Becker, Hans" <a@b.example>', [("Becker, Hans", "a@b.example")]),
        ("a@b.example (Hans)", [("Hans", "a@b.example")]),
        (f"{word('张三', 'gbk')} <a@b.example>", [("张三", "a@b.example")]),
        (f"{word('张,三', 'gbk')} <a@b.example>", [("张,三", "a@b.example")]),
        ("a@b.example, c@d.example", [("", "a@b.example"), ("", "c@d.example")]),
        ('"x@real.example" <y@fake.example>', [("x@real.example", "y@fake.example")]),
        ("<@relay.example:a@b.example>", [("", "a@b.example")]),
        ("Hans < a@b.example >", [("Hans", "a@b.example")]),
        ("Team: a@b.example;", [("", "a@b.example")]),
        ("a@中国.example", [("", "a@xn--fiqs8s.example")]),
        ("<>", []),
        ("undisclosed-recipients:;", []),
        ("MAILER-DAEMON", []),
    ],
)
def test_addresses(value: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.name, m.address) for m in headers.mailboxes(value.encode())] == expected


def test_gbk_names_with_an_at_sign_in_their_octets() -> None:
    name = "孈"  # its second octet in GBK is 0x40
    assert b"@" in name.encode("gbk")
    [found] = headers.mailboxes(f"{name} <a@b.example>".encode("gbk"))
    assert (found.name, found.address) == (name, "a@b.example")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Mon, 23 Nov 2026 09:12:00 +0800", datetime(2026, 11, 23, 1, 12, tzinfo=UTC)),
        ("23 Nov 2026 09:12 GMT", datetime(2026, 11, 23, 9, 12, tzinfo=UTC)),
        ("Mon, 23 Nov 2026 09:12:60 -0000 (CST)", datetime(2026, 11, 23, 9, 12, 59, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 +0000", datetime(1970, 1, 1, tzinfo=UTC)),
        ("", None),
        ("yesterday", None),
        ("Mon, 99 Foo 2026", None),
        ("Fri, 31 Dec 9999 23:59:59 -2359", None),
    ],
)
def test_dates(value: str, expected: datetime | None) -> None:
    assert headers.date(value) == expected


def test_fields_are_unfolded_in_their_order() -> None:
    block = b"Received: one\r\n two\r\nSubject: x\r\nnonsense\r\nReceived: three\r\n\r\n"
    assert headers.fields(block) == [
        ("received", b"one two"),
        ("subject", b"x"),
        ("received", b"three"),
    ]


@given(st.binary(max_size=2000))
def test_nothing_crashes(data: bytes) -> None:
    headers.decoded(data)
    headers.date(data)
    for mailbox in headers.mailboxes(data):
        assert "@" in mailbox.address
    for _name, value in headers.fields(data):
        assert len(value) <= headers.MOST_OCTETS


@pytest.mark.parametrize(
    "data",
    [
        b"=?" * 500_000,
        b"(" * 1_000_000,
        b'"' * 1_000_000 + b"<" * 1_000_000,
        b"=?utf-8?B?" + b"A" * 1_000_000,
        b"a: b\r\n" * 200_000,
        b"a@" * 500_000,
        b"(()" * 300_000,
    ],
)
def test_hostile_sizes_take_no_time(data: bytes) -> None:
    started = time.monotonic()
    headers.decoded(data)
    headers.mailboxes(data)
    headers.fields(data)
    headers.date(data)
    assert time.monotonic() - started < 2
