"""MX records, MTA-STS policies and SMTP replies as text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailwizard.model.seen.door import SmtpReply
from mailwizard.reading.mta_sts import NotAPolicy, allows, announced, dated, parse_policy
from mailwizard.reading.mx import Mx, parse_mx
from mailwizard.reading.smtp import extensions, parse_reply
from mailwizard.reading.smtp_refusal import reason


def test_mx_in_order_of_preference() -> None:
    read = parse_mx(["10 MX2.example.", "5 mx1.example", "nonsense", "", "5 mx1.example."])
    assert read == (Mx(5, "mx1.example"), Mx(10, "mx2.example"))


@pytest.mark.parametrize(
    ("record", "null", "address"),
    [
        ("0 .", True, False),
        ("5 203.0.113.5", False, True),
        ("5 2001:db8::1", False, True),
        ("5 mx1.example", False, False),
    ],
)
def test_odd_targets(record: str, null: bool, address: bool) -> None:
    (mx,) = parse_mx([record])
    assert (mx.is_null, mx.is_address) == (null, address)


@pytest.mark.parametrize(
    ("records", "policy_id", "problem"),
    [
        (["v=spf1 -all", "v=STSv1; id=2026;"], "2026", ""),
        (["v=STSv1;id=20261123bad"], "20261123bad", ""),
        (["v=STSv1 ; id = 20261123 ; note=x"], "20261123", ""),
        (["v=spf1 -all", "google-site-verification=v=STSv1"], "", ""),
        ([], "", ""),
        (["v=STSv1; id=1", "v=STSv1; id=2"], "", "several"),
        (["v=STSv2; id=1"], "", "version"),
        (["v=stsv1; id=1"], "", "version"),
        (['"v=STSv1; id=1'], "", "version"),
        (["v=STSv1"], "", "no-id"),
        (["v=STSv1;"], "", "no-id"),
        (["v=STSv1; id="], "", "bad-id"),
        (["v=STSv1; id=2026-11-23"], "", "bad-id"),
        (["v=STSv1; id=" + "1" * 33], "", "bad-id"),
        (["v=STSv1; id=1; what is this"], "1", "form"),
        (["v=STSv1; id=1; \\x00\\xff"], "1", "form"),
    ],
)
def test_sts_record(records: list[str], policy_id: str, problem: str) -> None:
    read = announced(records)
    assert (read.policy_id, read.problem) == (policy_id, problem)


@pytest.mark.parametrize(
    ("policy_id", "day"),
    [
        ("20261123", "2026-11-23"),
        ("20261123T101500Z", "2026-11-23"),
        ("20261123101500", "2026-11-23"),
        ("2026112301", "2026-11-23"),
        ("1700000000", "2023-11-14"),
        ("20261340", None),
        ("20260231", None),
        ("1", None),
        ("abc20261123", None),
    ],
)
def test_the_day_in_an_id(policy_id: str, day: str | None) -> None:
    read = dated(policy_id)
    assert (f"{read:%Y-%m-%d}" if read else None) == day


def test_sts_policy() -> None:
    read = parse_policy(
        b"version: STSv1\r\nmode: enforce\r\nmx: MX1.example\r\n"
        b"mx: *.b.example\r\nmax_age: 86400\r\n"
    )
    assert (read.mode, read.mx, read.max_age) == ("enforce", ("mx1.example", "*.b.example"), 86400)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"version: STSv1\nmode: maybe\nmx: a\nmax_age: 1\n",
        b"version: STSv1\nmode: enforce\nmax_age: 1\n",
        b"version: STSv1\nmode: enforce\nmx: a\n",
        b"version: STSv1\nmode: enforce\nmx: a\nmax_age: soon\n",
        b"\xef\xbb\xbfversion: STSv1\nmode: enforce\nmx: a\nmax_age: 1\n",
        bytes(range(256)) * 300,
        b"version: STSv1\rmode: enforce\rmx: a\rmax_age: 1\r",
    ],
)
def test_no_policy(body: bytes) -> None:
    with pytest.raises(NotAPolicy):
        parse_policy(body)


def test_an_odd_policy() -> None:
    read = parse_policy(
        b"mode: none\r\nversion:STSv1\nmode: enforce\nmax_age :  5 \r\nmax_age: 6\n"
        b"what: else\n: x\nmx: a\xff\x1b[2J.example\n"
    )
    assert (read.mode, read.max_age) == ("none", 5)
    assert "\x1b" not in read.mx[0]


def test_a_policy_of_very_many_exchangers() -> None:
    lines = b"".join(b"mx: mx%d.example\n" % number for number in range(1200))
    read = parse_policy(b"version: STSv1\nmode: enforce\nmax_age: 86400\n" + lines)
    assert (len(read.mx), read.cut) == (1000, True)
    assert not parse_policy(b"version: STSv1\nmode: testing\nmax_age: 1\n" + lines[:500]).cut


@given(st.binary(max_size=300))
def test_policies_never_crash(body: bytes) -> None:
    with suppress(NotAPolicy):
        parse_policy(b"version: STSv1\nmode: enforce\nmx: a\nmax_age: 1\n" + body)
    with suppress(NotAPolicy):
        parse_policy(body)


@given(st.lists(st.text(max_size=60), max_size=3))
def test_sts_records_never_crash(records: list[str]) -> None:
    announced(records)
    announced([f"v=STSv1;{record}" for record in records])
    for record in records:
        dated(record)


@pytest.mark.parametrize(
    ("pattern", "host", "fits"),
    [
        ("mx1.example", "MX1.example.", True),
        ("*.example", "mx1.example", True),
        ("*.example", "a.mx1.example", False),
        ("*.example", "example", False),
        ("mx2.example", "mx1.example", False),
    ],
)
def test_policy_patterns(pattern: str, host: str, fits: bool) -> None:
    assert allows([pattern], host) is fits


def test_reply_of_several_lines() -> None:
    read = parse_reply([b"550-5.1.1 No such\r\n", b"550 5.1.1 user \x1b[31mhere\r\n"])
    assert read == SmtpReply(code=550, enhanced="5.1.1", text="No such user \\x1b[31mhere")


def test_ehlo() -> None:
    lines = [b"250-mx STARTTLS", b"250-SIZE 1000", b"250-STARTTLS", b"250 8BITMIME"]
    assert extensions(lines) == (1000, True)
    assert extensions([b"250-mx", b"250 SIZE 0"]) == (None, False)
    assert extensions([b"250-mx", b"250 SIZE"]) == (None, False)


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_replies_never_crash(lines: list[bytes]) -> None:
    read = parse_reply(lines)
    extensions(lines)
    if read is not None:
        reason(read)


@pytest.mark.parametrize(
    ("code", "enhanced", "text", "expected"),
    [
        (250, "2.1.5", "Ok", "accepted"),
        (550, "5.1.1", "<relay@x.cn>: User unknown in relay recipient table", "unknown-user"),
        (554, "", "RCPT (policy@x.cn) dosn't exist", "unknown-user"),
        (550, "", "Mailbox not found", "unknown-user"),
        (550, "", "Invalid User", "unknown-user"),
        (550, "5.4.1", "Recipient address rejected: Access denied.", "not-served"),
        (503, "", "Rcptto account isn't a local account", "not-served"),
        (554, "5.7.1", "<a@x.cn>: Relay access denied", "not-served"),
        (550, "5.1.1", "the domain is not hosted here", "not-served"),
        (
            554,
            "5.7.1",
            "Client host [1.2.3.4] blocked using zen",
            "our-address",
        ),
        (550, "5.7.1", "Your IP is on the PBL", "our-address"),
        (450, "4.7.25", "Client host rejected: cannot find your reverse hostname", "our-address"),
        (554, "", "Reject by behaviour spam at Rcpt State bad sending", "our-address"),
        (530, "5.7.0", "Must issue a STARTTLS command first", "our-probe"),
        (550, "5.7.1", "Null sender not allowed", "our-probe"),
        (552, "5.2.2", "Mailbox full", "full"),
        (452, "4.2.2", "Over quota", "full"),
        (552, "", "收件人空间不足", "full"),
        (452, "4.3.1", "Insufficient system resources", "busy"),
        (421, "", "Too busy", "busy"),
        (451, "4.7.1", "Greylisting in action", "later"),
        (454, "", "Transient reject by behaviour spam", "our-address"),
        (550, "5.2.1", "account disabled", "deactivated"),
        (550, "5.7.134", "RESOLVER.RST.RestrictedToRecipientsPermission", "external-off"),
        (550, "5.7.133", "RESOLVER.RST.SenderNotAuthenticatedForGroup", "group"),
        (550, "5.7.1", "Message rejected due to content", "policy"),
    ],
)
def test_what_a_refusal_is_about(code: int, enhanced: str, text: str, expected: str) -> None:
    assert reason(SmtpReply(code=code, enhanced=enhanced, text=text)) == expected
