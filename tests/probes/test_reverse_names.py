"""The names of the addresses of a company's own mail exchangers, asked of name servers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.probes.domain import domain
from tests.servers import nsd
from tests.servers.resolver import resolver
from tests.worlds import CASE, NO_CONTROLS, LoopbackWorld, probe_run

PUBLIC = ("192.0.2.53", "192.0.2.54")
OWN = """
@ NS ns1.example.com.
@ MX 10 mail.example.com.
@ MX 20 backup.example.com.
@ MX 30 mx.other.example.
@ A 192.0.2.80
mail A 192.0.2.25
mail AAAA 2001:db8::25
backup A 192.0.2.26
"""
OTHER = "@ NS ns1.example.com.\nmx A 192.0.2.27\n"
POINTERS = "@ NS ns1.example.com.\n25 PTR srv7.oldhost.net.\n"


@contextmanager
def world(port: int) -> Iterator[LoopbackWorld]:
    made = LoopbackWorld(controls=replace(NO_CONTROLS, resolvers=PUBLIC))
    for address in PUBLIC:
        made.lead(address, 53, ("127.0.0.1", port), "udp")
        made.lead(address, 53, ("127.0.0.1", port), "tcp")
    yield made


def pointers(made: LoopbackWorld) -> list[DnsAnswer]:
    run = probe_run(made, case=CASE)
    domain(run.setting)
    return [o.seen for o in run.evidence.of(DnsAnswer) if o.seen.rtype == "PTR"]


@pytest.mark.system
def test_own_exchangers_alone() -> None:
    if why := nsd.why_not():
        pytest.skip(why)
    zones = {"example.com": OWN, "other.example": OTHER, "2.0.192.in-addr.arpa": POINTERS}
    with nsd.nsd(zones) as port, world(port) as made:
        seen = pointers(made)
    asked = {a.name for a in seen}
    assert asked == {
        "25.2.0.192.in-addr.arpa", "26.2.0.192.in-addr.arpa",
        "5.2.0.0" + ".0" * 20 + ".8.b.d.0.1.0.0.2.ip6.arpa",
    }  # fmt: skip
    told = {(a.name, a.status, a.records) for a in seen if a.name.startswith(("25.", "26."))}
    assert told == {
        ("25.2.0.192.in-addr.arpa", "answer", ("srv7.oldhost.net",)),
        ("26.2.0.192.in-addr.arpa", "nxdomain", ()),
    }
    assert {a.server for a in seen} == set(PUBLIC)


def test_many_addresses_are_not_all_asked_for() -> None:
    def say(name: str, rtype: str, _cd: bool) -> str | list[str]:
        if (name, rtype) == (CASE.domain, "MX"):
            return [f"10 mail.{CASE.domain}."]
        if (name, rtype) == (f"mail.{CASE.domain}", "A"):
            return [f"192.0.2.{number}" for number in range(1, 40)]
        if rtype == "PTR":
            return ["\\027[31mevil.example."]
        return "NXDOMAIN"

    with resolver(say) as port, world(port) as made:
        seen = pointers(made)
    assert len({a.name for a in seen}) == 4
    assert not any("\x1b" in record for a in seen for record in a.records)
