"""Zones with faults on real name servers: asked by the probes, and what is said of them."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import dns
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Finding, Outcome
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.domain import domain
from mailwizard.probes.name_servers import name_servers
from mailwizard.probes.resolvers import public
from mailwizard.providers.load import provider
from tests.servers import nsd, unbound
from tests.servers.resolver import resolver
from tests.servers.signed_zone import Key, signed
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

CASE = Case(me="zhangwei@example.com", since=date(2026, 11, 9))
OFFICE, CN, ABROAD, PARENT = "192.0.2.1", "223.5.5.5", "8.8.8.8", "192.0.2.3"
NS1, NS2, PARK, MAIL = "192.0.2.11", "192.0.2.12", "192.0.2.21", "203.0.113.11"
MX_CODES = {"MX_MISSING", "NO_MAIL_ROUTE", "MX_OLD_PROVIDER", "MX_MIXED", "MX_TARGET_MISSING"}
NS_CODES = {"NS_INCONSISTENT", "NS_PARTLY_DOWN", "NS_ALL_DOWN", "NS_WRONG_PROVIDER"}
SIGNED_CODES = {"DNSSEC_BROKEN", "DNSSEC_DS_MISMATCH"}

GTLD = f"@ IN NS a\na IN A {PARENT}\n"
COM = f"""\
@ IN NS a.gtld.net.
example.com. IN NS ns1.example.com.
example.com. IN NS ns2.example.com.
ns1.example.com. IN A {NS1}
ns2.example.com. IN A {NS2}
aliyun.com. IN NS a.gtld.net.
baidu.com. IN NS a.gtld.net.
"""
NAMED = f"@ IN NS ns1\n@ IN NS ns2\nns1 IN A {NS1}\nns2 IN A {NS2}\n@ IN A 192.0.2.80\n"
GOOD = "@ IN MX 5 mx1.qiye.aliyun.com.\n@ IN MX 10 mx2.qiye.aliyun.com.\n"
ALIYUN = f"@ IN NS a.gtld.net.\nmx1.qiye IN A {MAIL}\nmx2.qiye IN A {MAIL}\n"
BAIDU = "@ IN NS a.gtld.net.\nwww IN A 110.242.68.3\n"

pytestmark = pytest.mark.system


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Servers that end with the test."""
    if why := nsd.why_not() or unbound.why_not():
        pytest.skip(why)
    with ExitStack() as entered:
        yield entered


class Internet:
    """A parent zone, two name servers, and a resolver that checks signatures."""

    def __init__(self, stack: ExitStack, com: str = COM, *, ends: int = 30) -> None:
        self.stack = stack
        self.key = Key("com")
        self.parent = stack.enter_context(
            nsd.nsd({"com": signed(self.key, com, ends=timedelta(days=ends)), "gtld.net": GTLD})
        )
        self.hosts = stack.enter_context(nsd.nsd({"aliyun.com": ALIYUN, "baidu.com": BAIDU}))
        self.world = LoopbackWorld(
            controls=replace(NO_CONTROLS, resolvers=(CN, ABROAD), https=("www.baidu.com",))
        )
        self.lead(PARENT, self.parent)

    def serve(self, address: str, records: str, serial: int = 1) -> int:
        """The company's zone at one address."""
        port = self.stack.enter_context(nsd.nsd({"example.com": records}, serial))
        self.lead(address, port)
        return port

    def silent(self, address: str) -> None:
        """A dead server."""
        port = self.stack.enter_context(resolver(lambda _name, _rtype, _cd: None))
        self.world.lead(address, 53, ("127.0.0.1", port), "udp")

    def resolve(self, zone_at: int) -> None:
        """Both public resolvers, which ask for the company's zone at one port."""
        zones = {"com": self.parent, "gtld.net": self.parent, "example.com": zone_at,
                 "aliyun.com": self.hosts, "baidu.com": self.hosts}  # fmt: skip
        port = self.stack.enter_context(unbound.unbound(zones, (self.key.anchor,)))
        for address in (CN, ABROAD):
            self.lead(address, port)

    def lead(self, address: str, port: int) -> None:
        """An address leads to a server here."""
        for transport in ("udp", "tcp"):
            self.world.lead(address, 53, ("127.0.0.1", port), transport)

    def look(self) -> tuple[list[Finding], list[DnsAnswer]]:
        """What is said, and what was seen by the name servers' probe."""
        return look(self.world)


def look(world: LoopbackWorld) -> tuple[list[Finding], list[DnsAnswer]]:
    """Runs the probes of the domain and judges."""
    evidence = Evidence()
    for name, probe in {"controls": public, "domain": domain, "servers": name_servers}.items():
        run = probe_run(world, case=CASE, evidence=evidence, probe=name, seconds=15.0)
        probe(run.setting)
    seen = [o.seen for o in evidence.of(DnsAnswer) if o.probe == "servers"]
    evidence.add("sign-in", SignIn(host="imap.qiye.aliyun.com", port=993, outcome="ok"),
                 at=datetime.now(UTC), seconds=0.1)  # fmt: skip
    return dns.judge(Situation(CASE, evidence, provider("alimail"), "srv")), seen


def codes(found: list[Finding]) -> set[str]:
    """The codes of all findings."""
    return {f.code for f in found}


def the(found: list[Finding], code: str) -> Any:
    """The finding of one code."""
    (one,) = [f for f in found if f.code == code]
    return one


def test_healthy_and_signed(stack: ExitStack) -> None:
    key = Key("example.com")
    net = Internet(stack, COM + key.ds)
    at = net.serve(NS1, signed(key, NAMED + GOOD))
    net.serve(NS2, signed(key, NAMED + GOOD))
    net.resolve(at)
    found, seen = net.look()
    assert not codes(found) & (NS_CODES | SIGNED_CODES | MX_CODES | {"DNSSEC_UNSIGNED"})
    signatures = {a.rtype for a in seen if a.via == "authoritative" and a.signatures}
    assert signatures == {"MX", "SOA", "DNSKEY"}


def test_g03_unsigned_is_a_fact(stack: ExitStack) -> None:
    net = Internet(stack)
    at = net.serve(NS1, NAMED + GOOD)
    net.serve(NS2, NAMED + GOOD)
    net.resolve(at)
    found, _seen = net.look()
    assert the(found, "DNSSEC_UNSIGNED").outcome is Outcome.INFO
    assert not codes(found) & (NS_CODES | SIGNED_CODES | MX_CODES)


def test_g01_expired(stack: ExitStack) -> None:
    key = Key("example.com")
    net = Internet(stack, COM + key.ds)
    old = signed(key, NAMED + GOOD, ends=timedelta(days=-3))
    at = net.serve(NS1, old)
    net.serve(NS2, old)
    net.resolve(at)
    found, _seen = net.look()
    broken = the(found, "DNSSEC_BROKEN")
    assert (broken.outcome, broken.data["variant"]) == (Outcome.CAUSE, "expired")
    assert broken.data["date"] == (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    assert not codes(found) & (NS_CODES | MX_CODES | {"DNSSEC_DS_MISMATCH"})


def test_g01_not_yet(stack: ExitStack) -> None:
    key = Key("example.com")
    net = Internet(stack, COM + key.ds)
    early = signed(key, NAMED + GOOD, begins=timedelta(days=2))
    at = net.serve(NS1, early)
    net.serve(NS2, early)
    net.resolve(at)
    assert the(net.look()[0], "DNSSEC_BROKEN").data["variant"] == "not-yet"


def test_g02_another_key(stack: ExitStack) -> None:
    key = Key("example.com")
    net = Internet(stack, COM + Key("example.com").ds)
    at = net.serve(NS1, signed(key, NAMED + GOOD))
    net.serve(NS2, signed(key, NAMED + GOOD))
    net.resolve(at)
    found, _seen = net.look()
    assert the(found, "DNSSEC_DS_MISMATCH").outcome is Outcome.CAUSE
    assert not codes(found) & (NS_CODES | MX_CODES | {"DNSSEC_BROKEN"})


def test_g02_unsigned_under_a_ds(stack: ExitStack) -> None:
    net = Internet(stack, COM + Key("example.com").ds)
    at = net.serve(NS1, NAMED + GOOD)
    net.serve(NS2, NAMED + GOOD)
    net.resolve(at)
    found, _seen = net.look()
    assert the(found, "DNSSEC_DS_MISMATCH").outcome is Outcome.CAUSE
    assert not codes(found) & (NS_CODES | MX_CODES | {"DNSSEC_BROKEN"})


def test_a_break_above_is_not_the_domains(stack: ExitStack) -> None:
    key = Key("example.com")
    net = Internet(stack, COM + key.ds, ends=-3)
    at = net.serve(NS1, signed(key, NAMED + GOOD))
    net.serve(NS2, signed(key, NAMED + GOOD))
    net.resolve(at)
    assert not codes(net.look()[0]) & (NS_CODES | SIGNED_CODES | MX_CODES)


def test_f10_servers_disagree(stack: ExitStack) -> None:
    net = Internet(stack)
    at = net.serve(NS1, NAMED + GOOD, serial=2)
    net.serve(NS2, NAMED + "@ IN MX 5 mxbiz1.qq.com.\n")
    net.resolve(at)
    found, seen = net.look()
    assert the(found, "NS_INCONSISTENT").outcome is Outcome.CAUSE
    assert not codes(found) & (MX_CODES | {"DNS_PROPAGATING", "NS_PARTLY_DOWN"})
    assert {a.serial for a in seen if a.rtype == "SOA"} == {1, 2}


def test_f11_one_dead_server_costs_one_time_out(stack: ExitStack) -> None:
    net = Internet(stack)
    at = net.serve(NS1, NAMED + GOOD)
    net.silent(NS2)
    net.resolve(at)
    began = time.monotonic()
    name_servers(probe_run(net.world, case=CASE).setting)
    assert time.monotonic() - began < 3.0
    found, _seen = net.look()
    assert the(found, "NS_PARTLY_DOWN").data["servers"] == (f"ns2.example.com ({NS2})",)
    assert not codes(found) & (MX_CODES | {"NS_ALL_DOWN", "NS_INCONSISTENT"})


def test_f11_lame(stack: ExitStack) -> None:
    net = Internet(stack)
    at = net.serve(NS1, NAMED + GOOD)
    net.lead(NS2, net.hosts)
    net.resolve(at)
    found, _seen = net.look()
    assert the(found, "NS_PARTLY_DOWN").data["variant"] == "lame"
    assert not codes(found) & (MX_CODES | {"NS_ALL_DOWN", "NS_INCONSISTENT"})


def test_f12_all_down(stack: ExitStack) -> None:
    net = Internet(stack)
    net.silent(NS1)
    net.silent(NS2)
    with resolver(lambda _name, _rtype, _cd: None) as nobody:
        net.resolve(nobody)
        found, _seen = net.look()
    assert the(found, "NS_ALL_DOWN").data["variant"] == ""
    assert not codes(found) & (MX_CODES | SIGNED_CODES)


def test_f18_cut_short_and_no_tcp(stack: ExitStack) -> None:
    net = Internet(stack)
    many = "".join(f"@ IN MX {n} mx{n}.a-rather-long-label-to-fill-the-packet.example.com.\n"
                   for n in range(90))  # fmt: skip
    at = net.serve(NS1, NAMED + many)
    net.serve(NS2, NAMED + many)
    for address in (NS1, NS2):
        net.world.lead(address, 53, ("127.0.0.1", nsd.free_port()))
    net.resolve(at)
    found, seen = net.look()
    assert any(a.truncated and a.status == "unreachable" for a in seen)
    assert the(found, "DNS_TCP_BLOCKED").outcome is Outcome.RISK
    assert not codes(found) & {"NS_PARTLY_DOWN", "NS_ALL_DOWN", "MX_MISSING"}


def test_e03_the_records_are_at_servers_that_the_parent_does_not_name(stack: ExitStack) -> None:
    com = COM.replace("example.com. IN NS ns1.example.com.\nexample.com. IN NS ns2.example.com.\n",
                      "example.com. IN NS ns.park.net.\n")  # fmt: skip
    net = Internet(stack, com)
    net.serve(NS1, NAMED + GOOD)
    net.serve(PARK, "@ IN NS ns.park.net.\n@ IN A 192.0.2.99\n")

    def kept(name: str, rtype: str, _cd: bool) -> str | list[str]:
        """Resolvers that still know the former servers, and get the new records."""
        known = {
            ("www.baidu.com", "A"): ["110.242.68.3"],
            ("com", "NS"): ["a.gtld.net."],
            ("a.gtld.net", "A"): [PARENT],
            ("example.com", "NS"): ["ns1.example.com."],
            ("ns1.example.com", "A"): [NS1],
            ("ns.park.net", "A"): [PARK],
            ("example.com", "A"): ["192.0.2.99"],
        }
        return known.get((name, rtype), "NXDOMAIN" if "example.com" not in name else [])

    port = stack.enter_context(resolver(kept))
    for address in (CN, ABROAD):
        net.lead(address, port)
    found, _seen = net.look()
    wrong = the(found, "NS_WRONG_PROVIDER")
    assert (wrong.data["at_parent"], wrong.data["right"]) == (
        ("ns.park.net",),
        ("ns1.example.com",),
    )
    assert not codes(found) & (MX_CODES | {"NS_INCONSISTENT", "DNS_PROPAGATING"})


def test_f13_f16_others_know_something_else(stack: ExitStack) -> None:
    net = Internet(stack)
    at = net.serve(NS1, NAMED + GOOD)
    net.serve(NS2, NAMED + GOOD)
    net.resolve(at)

    def old(_name: str, rtype: str, _cd: bool) -> str | list[str]:
        return ["5 mxbiz1.qq.com."] if rtype == "MX" else []

    port = stack.enter_context(resolver(old))
    net.lead(OFFICE, port)
    net.world.resolvers = ((OFFICE, 53),)
    found, _seen = net.look()
    assert "SPLIT_VIEW" in codes(found)
    assert not codes(found) & (MX_CODES | NS_CODES | {"DNS_PROPAGATING"})
    net.lead(ABROAD, port)
    found, _seen = net.look()
    assert "until" in the(found, "DNS_PROPAGATING").data
    assert not codes(found) & (MX_CODES | NS_CODES | {"SPLIT_VIEW"})


def test_the_office_resolver_dead_beside_an_expired_signature(stack: ExitStack) -> None:
    key = Key("example.com")
    net = Internet(stack, COM + key.ds)
    old = signed(key, NAMED + GOOD, ends=timedelta(days=-3))
    at = net.serve(NS1, old)
    net.serve(NS2, old)
    net.resolve(at)
    net.silent(OFFICE)
    net.world.resolvers = ((OFFICE, 53),)
    found, _seen = net.look()
    assert "DNSSEC_BROKEN" in codes(found)
    assert not codes(found) & (NS_CODES | MX_CODES | {"SPLIT_VIEW"})
