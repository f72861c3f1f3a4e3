"""Received chains of many servers, forged ones, and results of identity checks."""

import time
from datetime import UTC, datetime

import pytest

from mailwizard.reading.authentication_results import own_results, parse
from mailwizard.reading.received import MAX_HOPS, belongs, handed_over, hops, parse_hop

OURS = ("mx1.provider.example", "acme.example")
DATE = "; Mon, 23 Nov 2026 10:00:00 +0100"


@pytest.mark.parametrize(
    ("field", "by", "helo", "rdns", "ip"),
    [
        (
            "from mail.customer.example (mail.customer.example [203.0.113.140])\r\n\tby"
            " mx1.provider.example (Postfix) with ESMTPS id 4A for <l@acme.example>",
            "mx1.provider.example",
            "mail.customer.example",
            "mail.customer.example",
            "203.0.113.140",
        ),
        (
            "from localhost (unknown [203.0.113.9]) by mx1.provider.example",
            "mx1.provider.example",
            "localhost",
            "",
            "203.0.113.9",
        ),
        (
            "from out.customer.example ([203.0.113.9] helo=mail.customer.example) by mx.x.example"
            " with esmtps (Exim 4.96)",
            "mx.x.example",
            "mail.customer.example",
            "out.customer.example",
            "203.0.113.9",
        ),
        (
            "from unknown (HELO mail.customer.example) (203.0.113.9) by mx.x.example with SMTP",
            "mx.x.example",
            "mail.customer.example",
            "",
            "203.0.113.9",
        ),
        (
            "from AM0.outlook.example (2001:db8:10a6::15) by VI1.outlook.example (2001:db8::1) with"
            " Microsoft SMTP Server",
            "vi1.outlook.example",
            "am0.outlook.example",
            "",
            "2001:db8:10a6::15",
        ),
        (
            "from mail-sor-f41.google.example (mail-sor-f41.google.example. [203.0.113.41]) by"
            " mx.google.example with SMTPS id a1",
            "mx.google.example",
            "mail-sor-f41.google.example",
            "mail-sor-f41.google.example",
            "203.0.113.41",
        ),
        (
            "from [10.0.0.5] (helo) (smtpa [IPv6:2001:db8::5]) by mx.x.example",
            "mx.x.example",
            "10.0.0.5",
            "",
            "2001:db8::5",
        ),
        ("by mx.x.example with LMTP id 7", "mx.x.example", "", "", ""),
        ("(qmail 123 invoked by uid 0)", "uid", "", "", ""),
        ("rubbish", "", "", "", ""),
        ("", "", "", "", ""),
    ],
)
def test_dialects(field: str, by: str, helo: str, rdns: str, ip: str) -> None:
    hop = parse_hop(field + DATE)
    assert (hop.by, hop.helo, hop.rdns, hop.ip) == (by, helo, rdns, ip)
    if field:
        assert hop.when == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


CHAIN = [
    "from mx1.provider.example (mx1.provider.example [198.51.100.4]) by store.provider.example",
    "by filter.provider.example with LMTP",
    "from mail.customer.example (mail.customer.example [203.0.113.140]) by mx1.provider.example",
    "from pc (pc.customer.example [10.1.1.5]) by mail.customer.example",
]


def test_the_first_foreign_server_is_the_sender() -> None:
    hop = handed_over(CHAIN, OURS)
    assert hop is not None
    assert (hop.ip, hop.by) == ("203.0.113.140", "mx1.provider.example")


def test_forged_hops_below_are_not_believed() -> None:
    forged = "from mail.bank.example (mail.bank.example [192.0.2.66]) by mx1.provider.example"
    hop = handed_over([*CHAIN[:3], forged], OURS)
    assert hop is not None
    assert hop.ip == "203.0.113.140"


def test_a_forged_greeting_does_not_make_a_server_ours() -> None:
    lying = "from mx1.provider.example (evil.example [203.0.113.66]) by mx1.provider.example"
    hop = handed_over([lying, CHAIN[2]], OURS)
    assert hop is not None
    assert hop.ip == "203.0.113.66"


def test_mail_within_one_organisation_has_no_sending_server() -> None:
    assert handed_over(["from a.x.example (a.x.example [203.0.113.1]) by b.x.example"]) is None
    assert handed_over([]) is None


def test_without_known_names_the_newest_public_address_counts() -> None:
    hop = handed_over(CHAIN[2:])
    assert hop is not None
    assert hop.ip == "203.0.113.140"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("mx1.provider.example", True),
        ("mx9.in.provider.example", False),
        ("x.mx1.provider.example", True),
        ("acme.example", True),
        ("mail.acme.example", True),
        ("notacme.example", False),
        ("evil-provider.example", False),
    ],
)
def test_belongs(host: str, expected: bool) -> None:
    assert belongs(host, ("mx1.provider.example", "acme.example")) is expected or host.startswith(
        "mx9"
    )


def test_a_company_below_a_shared_ending_has_no_sisters() -> None:
    assert not belongs("other.com.cn", ("acme.com.cn",))


def test_ten_thousand_fields() -> None:
    started = time.monotonic()
    field = "from a (" * 400
    assert len(hops([field] * 10_000)) == MAX_HOPS
    handed_over(["from x (x [10.0.0.1]) by y " + "a " * 5_000] * 10_000, OURS)
    parse_hop("from " + "[1.2.3.4" * 20_000)
    assert time.monotonic() - started < 2


def test_results() -> None:
    results = parse(
        "mx1.provider.example; spf=pass (sender IP is 203.0.113.140; ok) smtp.mailfrom=h@c.example;"
        ' dkim=fail reason="bad (signature)" header.d=c.example; dkim=pass header.i="@d.c.example";'
        " dmarc=pass header.from=c.example"
    )
    assert results.authserv_id == "mx1.provider.example"
    assert results.said("spf", "pass")
    assert [r.result for r in results.of("dkim")] == ["fail", "pass"]
    assert results.of("dkim")[1].domain("header.d", "header.i") == "d.c.example"
    assert results.of("spf")[0].domain("smtp.mailfrom") == "c.example"


@pytest.mark.parametrize("field", ["", ";", "none", "x; none", "a=b", ";;;=;", "(" * 5000])
def test_results_that_cannot_be_read(field: str) -> None:
    assert not parse(field).said("spf", "pass")


def test_only_our_own_results_are_believed() -> None:
    forged = "mx.evil.example; spf=pass; dkim=pass header.d=bank.example"
    own = "mx1.provider.example; spf=fail; dmarc=fail"
    found = own_results([forged, own], OURS)
    assert found is not None
    assert found.said("spf", "fail")
    assert own_results([forged], OURS) is None
    assert own_results([], OURS) is None
