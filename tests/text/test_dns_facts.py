"""Answers from the DNS as lines: what an expert needs, and how many servers answer."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.text.dns_facts import dns_answer_fact, name_servers_answered, name_servers_line

NS1, NS2, V6 = "192.0.2.1", "192.0.2.2", "2001:db8::1"


def answer(**given: Any) -> DnsAnswer:
    """An answer of the zone's own server."""
    usual = {"via": "authoritative", "about": "own", "server": NS1, "name": "a.com", "rtype": "MX",
             "status": "answer", "records": ("5 mx.a.com",), "authoritative": True}  # fmt: skip
    return DnsAnswer(**{**usual, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "5 mx.a.com"),
        ({"authoritative": False}, "without authority"),
        ({"transport": "tcp", "truncated": True}, "TCP, cut short over UDP"),
        ({"edns": False}, "only without EDNS"),
        ({"via": "public", "ttl": 540}, "TTL 540"),
        ({"rtype": "SOA", "serial": 7}, "SOA 7"),
        ({"signatures": ("MX 13 2 600 20261201000000 20261101000000 1 a.com",)}, "RRSIG MX 13"),
        ({"via": "parent", "status": "nodata", "records": (), "authoritative": False,
          "referral": ("ns1.a.com", "ns2.a.com")}, "refers to ns1.a.com, ns2.a.com"),
        ({"status": "servfail", "records": (), "ede": ("7 signature expired",)}, "7 signature"),
    ],
)  # fmt: skip
def test_what_qualifies_an_answer_is_told(given: dict[str, Any], told: str) -> None:
    assert told in dns_answer_fact(answer(**given))


def test_addresses_that_answer_are_counted() -> None:
    evidence = Evidence()
    for one in (
        answer(),
        answer(transport="tcp"),
        answer(server=NS2, status="timeout", records=(), authoritative=False),
        answer(server=V6, status="unreachable", records=(), authoritative=False),
        answer(via="parent", server="192.0.2.9", rtype="NS"),
    ):
        evidence.add("name-servers", one, at=datetime.now(UTC), seconds=0.1)
    assert name_servers_line("name-servers", evidence) == "1 of 2 answer"
    assert name_servers_answered("name-servers", evidence)


def test_nothing_asked_nothing_told() -> None:
    assert name_servers_line("name-servers", Evidence()) == ""
    assert not name_servers_answered("name-servers", Evidence())
