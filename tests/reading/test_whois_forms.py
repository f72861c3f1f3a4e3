"""WHOIS in the forms of many registries, dates in all theirs, and RDAP of any JSON at all."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailwizard.reading.rdap import Unreadable, parse_rdap, rdap_bases
from mailwizard.reading.registration import about, host_name, parse_time, rdap_status
from mailwizard.reading.whois import decoded, parse_whois

UK = """
    Domain name:
        acme.co.uk

    Registrar:
        GoDaddy.com, LLC. [Tag = GODADDY]
        URL: http://uk.godaddy.com

    Relevant dates:
        Registered on: 26-Nov-2004
        Expiry date:  26-Nov-2027

    Registration status:
        Registered until expiry date.

    Name servers:
        ns1.acme.co.uk            192.0.2.1
        ns2.acme.co.uk

    WHOIS lookup made at 12:00:00 24-Nov-2026
"""
JP = """[ JPRS database provides information on network administration. ]
Domain Information:
[Domain Name]                   ACME.JP

[Registrant]                    Acme K.K.

[Name Server]                   ns1.acme.jp
[Name Server]                   ns2.acme.jp

[Created on]                    2001/03/26
[Expires on]                    2027/03/31
[Status]                        Active
"""
FI = """
domain.............: acme.fi
status.............: Registered
created............: 1.1.2003 00:00:00
expires............: 31.8.2027 00:00:00
nserver............: ns1.acme.fi [OK]
registrar..........: Acme Oy
"""
DE = "Domain: acme.de\nNserver: ns1.acme.de 192.0.2.1\nNserver: ns2.acme.de\nStatus: connect\n"
TW = """Domain Name: acme.com.tw
   Domain Status: clientTransferProhibited
   Record expires on 2027-05-31 (YYYY-MM-DD)
   Domain servers in listed order:
      ns1.acme.com.tw
      ns2.acme.com.tw

Registration Service Provider: HINET
"""
KR = """Domain Name                 : acme.kr
Expiration Date             : 2027. 05. 31.
Authorized Agency           : Whois Corp.
"""
RU = """domain:        ACME.RU
nserver:       ns1.acme.ru.
state:         REGISTERED, DELEGATED, VERIFIED
registrar:     RU-CENTER-RU
paid-till:     2027-05-31T21:00:00Z
"""
CHINESE = """域名：acme.cn
注册商：万网
域名状态：clientHold
过期时间：2027年05月31日
域名服务器：dns1.hichina.com
"""
END = datetime(2027, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "domain", "expires", "registrar", "servers"),
    [
        (UK, "acme.co.uk", datetime(2027, 11, 27, tzinfo=UTC), "GoDaddy.com, LLC. [Tag = GODADDY]",
         ("ns1.acme.co.uk", "ns2.acme.co.uk")),
        (JP, "acme.jp", datetime(2027, 4, 1, tzinfo=UTC), "", ("ns1.acme.jp", "ns2.acme.jp")),
        (FI, "acme.fi", datetime(2027, 9, 1, tzinfo=UTC), "Acme Oy", ("ns1.acme.fi",)),
        (DE, "acme.de", None, "", ("ns1.acme.de", "ns2.acme.de")),
        (TW, "acme.com.tw", END, "", ("ns1.acme.com.tw", "ns2.acme.com.tw")),
        (KR, "acme.kr", END, "", ()),
        (RU, "acme.ru", datetime(2027, 5, 31, 21, tzinfo=UTC), "RU-CENTER-RU", ("ns1.acme.ru",)),
        (CHINESE, "acme.cn", END, "万网", ("dns1.hichina.com",)),
    ],
    ids=["uk", "jp", "fi", "de", "tw", "kr", "ru", "chinese"],
)  # fmt: skip
def test_forms(
    text: str, domain: str, expires: datetime | None, registrar: str, servers: tuple[str, ...]
) -> None:
    for form in (text, text.replace("\n", "\r\n")):
        read = parse_whois(form)
        assert read.found
        assert (read.domain, read.expires, read.registrar) == (domain, expires, registrar)
        assert read.name_servers == servers


def test_states() -> None:
    assert parse_whois(RU).status == ("registered", "delegated", "verified")
    assert parse_whois(CHINESE).status == ("client hold",)
    for text in ("serverHold", "serverHold https://icann.org/epp#serverHold",
                 "serverHold (https://icann.org/epp#serverHold)", "Server Hold"):  # fmt: skip
        assert rdap_status(text) == "server hold"


@pytest.mark.parametrize(
    "text",
    [
        "Domain Name: acme.cn\nRegistrar: Not found Ltd.\nName Server: a.b.cn\nNot found here\n",
        "Domain Name: acme.cn\nRegistrar: X\nStatus: free\n",
    ],
)
def test_an_entry_is_no_less_there_for_words_of_its_owner(text: str) -> None:
    assert parse_whois(text).found


@pytest.mark.parametrize(
    "text",
    [
        "Queried interval is too short.",
        "WHOIS LIMIT EXCEEDED - SEE WWW.PIR.ORG/WHOIS FOR DETAILS",
        "% Too many queries",
        "%ERROR:201: access denied for 192.0.2.7",
        "Domain: acme.cn\n% query quota used up\n",
        "查询过于频繁，请稍后再试",
    ],
)
def test_limits_are_no_answer(text: str) -> None:
    read = parse_whois(text)
    assert (read.found, read.limited) == (None, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-05-31T10:00:00.0Z", datetime(2027, 5, 31, 10, tzinfo=UTC)),
        ("2027-05-31T10:00:00.123456789Z", datetime(2027, 5, 31, 10, 0, 0, 123456, tzinfo=UTC)),
        ("2027-05-31T10:00:00+0800", datetime(2027, 5, 31, 2, tzinfo=UTC)),
        ("20270531", END),
        ("31-05-2027", END),
        ("2027/05/31 23:59:59", END),
        ("2027-May-31.", END),
        ("31 May 2027", END),
        ("2027. 05. 31.", END),
        ("2027年5月31日", END),
        ("31/05/2027", END),
        ("05/06/2027", datetime(2027, 6, 6, tzinfo=UTC)),  # the later one: nobody is hurried
        ("9999-12-31", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("0001-01-01 00:00:00", None),
        ("2027-13-45", None),
        ("30-Feb-2027", None),
        ("٢٠٢٧-٠٥-٣١", None),
        ("2027-05-311", None),
        ("9" * 5000, None),
        ("-" * 5000, None),
    ],
)  # fmt: skip
def test_dates(text: str, expected: datetime | None) -> None:
    assert parse_time(text) == expected


@given(st.text(max_size=60))
def test_dates_of_any_text_do_no_harm(text: str) -> None:
    moment = parse_time(text)
    assert moment is None or moment.tzinfo is not None


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["events", "eventAction", "eventDate", "entities", "roles", "vcardArray",
                         "status", "nameservers", "ldhName", "unicodeName", "handle", "services"]),
        inner, max_size=5,
    ),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(["events", "entities", "status", "nameservers", "ldhName",
                                        "services"]), _JSON))  # fmt: skip
def test_rdap_of_any_shape_does_no_harm(data: dict[str, object]) -> None:
    data["objectClassName"] = "domain"
    body = json.dumps(data).encode()
    read = parse_rdap(body)
    assert all(name == host_name(name) for name in read.name_servers)
    with suppress(Unreadable):
        rdap_bases(body, "acme.com")


def test_values_of_the_wrong_kind_are_passed_over() -> None:
    data = {
        "objectClassName": "domain",
        "ldhName": ["acme.com"],
        "status": "client hold",
        "events": [{"eventAction": "expiration", "eventDate": {"a": 1}},
                   {"eventAction": "expiration", "eventDate": "2027-05-31T10:00:00Z"}],
        "entities": [{"roles": "registrar", "handle": "no"},
                     {"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", ["X"]],
                      ["org", {}, "text", "Acme\x1b[31m Registrar"]]]}],
        "nameservers": [{"ldhName": 5}, {"unicodeName": "ns1.例子.cn"}, {"ldhName": "bad name!"}],
    }  # fmt: skip
    read = parse_rdap(json.dumps(data).encode())
    assert (read.domain, read.status) == ("", ())
    assert read.expires == datetime(2027, 5, 31, 10, tzinfo=UTC)
    assert read.registrar == "Acme\\x1b[31m Registrar"
    assert read.name_servers == ("ns1.xn--fsqu00a.cn",)


def test_lists_are_bounded() -> None:
    data = {
        "objectClassName": "domain",
        "status": [f"s{n}" for n in range(500)],
        "nameservers": [{"ldhName": f"ns{n}.acme.com"} for n in range(500)],
    }
    read = parse_rdap(json.dumps(data).encode())
    assert (len(read.status), len(read.name_servers)) == (20, 20)
    text = "Domain Name: acme.cn\n" + "Name Server: ns{}.acme.cn\n" * 1 + "x" * 1_000_000
    assert parse_whois(text.format(1)).name_servers == ("ns1.acme.cn",)


def test_whose_entry_it_is() -> None:
    read = parse_whois(DE)
    assert about(read, "acme.de")
    assert about(read, "mail.acme.de")
    assert not about(read, "bacme.de")
    assert not about(read, "de")


def test_text_that_is_cut_within_a_character_stays_what_it_was() -> None:
    body = "注册商：阿里云".encode()
    assert decoded(body[:-1]) == "注册商：阿里"
    assert decoded("注册商：阿里云".encode("gbk")) == "注册商：阿里云"
