"""The domain's records against real authoritative servers, and against bad ones."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

import pytest

from mailwizard.model.case import Case
from mailwizard.model.seen.dns import DnsAnswer, ProviderHint
from mailwizard.probes.domain import domain
from mailwizard.probes.name_servers import name_servers
from mailwizard.probes.provider_hints import provider_hints
from tests.servers import nsd
from tests.servers.resolver import Say, resolver
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

CASE = Case(me="zhangwei@example.com", since=date(2026, 11, 9))
OFFICE, PUBLIC, PARENT, NS1, NS2 = (f"192.0.2.{n}" for n in (1, 2, 3, 11, 12))

COM = f"""\
@ IN NS a.gtld.net.
example.com. IN NS ns1.example.com.
example.com. IN NS ns2.example.com.
ns1.example.com. IN A {NS1}
ns2.example.com. IN A {NS2}
"""
EXAMPLE = f"""\
@ IN NS ns1
@ IN NS ns2
ns1 IN A {NS1}
ns2 IN A {NS2}
@ IN A 192.0.2.80
@ IN TXT "v=spf1 include:spf.qiye.aliyun.com ?include:Other.example redirect=last.example"
_imaps._tcp IN SRV 0 0 993 imap.qiye.aliyun.com.
imap IN CNAME imap.qiye.aliyun.com.
"""
NEW_MX = "@ IN MX 5 mx1.qiye.aliyun.com.\n@ IN MX 10 mx2.qiye.aliyun.com.\n"
OLD_MX = "@ IN MX 5 mail.oldhost.net.\n"
HOSTS = {
    "aliyun.com": "@ IN NS a.gtld.net.\nmx1.qiye IN A 203.0.113.11\n"
    "mx2.qiye IN CNAME mx1.qiye\nimap.qiye IN A 203.0.113.9\n",
    "gtld.net": f"@ IN NS a.gtld.net.\na IN A {PARENT}\n",
}

pytestmark = pytest.mark.system


@dataclass
class Ports:
    """Where the servers listen."""

    everything: int
    parent: int
    new: int
    old: int


@pytest.fixture(scope="module")
def ports() -> Iterator[Ports]:
    if why := nsd.why_not():
        pytest.skip(why)
    with ExitStack() as stack:
        new = {"example.com": EXAMPLE + NEW_MX}
        yield Ports(
            # All zones in one server stand for a resolver: it gives the answers, only with AA.
            everything=stack.enter_context(nsd.nsd({**new, **HOSTS, "com": COM})),
            parent=stack.enter_context(nsd.nsd({"com": COM})),
            new=stack.enter_context(nsd.nsd(new, serial=2)),
            old=stack.enter_context(nsd.nsd({"example.com": EXAMPLE + OLD_MX})),
        )


def world_of(**servers: int) -> LoopbackWorld:
    """A world in which these servers can be asked; office and public are its resolvers."""
    addresses = {"office": OFFICE, "public": PUBLIC, "parent": PARENT, "ns1": NS1, "ns2": NS2}
    world = LoopbackWorld(
        resolvers=((OFFICE, 53),) if "office" in servers else (),
        controls=replace(NO_CONTROLS, resolvers=(PUBLIC,)),
    )
    for name, port in servers.items():
        world.lead(addresses[name], 53, ("127.0.0.1", port), "udp")
        world.lead(addresses[name], 53, ("127.0.0.1", port), "tcp")
    return world


def answers(world: LoopbackWorld, probe: object, seconds: float = 12.0) -> list[DnsAnswer]:
    """Runs a probe and gives its answers."""
    run = probe_run(world, case=CASE, seconds=seconds)
    probe(run.setting)  # type: ignore[operator]
    return [o.seen for o in run.evidence.of(DnsAnswer)]


def test_domain_as_everybody_sees_it(ports: Ports) -> None:
    seen = answers(world_of(office=ports.everything, public=ports.everything), domain)
    mx = {(a.via, a.records) for a in seen if a.rtype == "MX"}
    records = ("10 mx2.qiye.aliyun.com", "5 mx1.qiye.aliyun.com")
    assert mx == {("configured", records), ("public", records)}
    targets = {(a.name, a.status, a.cname) for a in seen if a.rtype == "A" and "mx" in a.name}
    assert targets == {
        ("mx1.qiye.aliyun.com", "answer", ()),
        ("mx2.qiye.aliyun.com", "answer", ("mx1.qiye.aliyun.com",)),
    }
    assert {a.rtype for a in seen if a.name == "example.com"} == {
        "MX", "A", "AAAA", "NS", "SOA", "TXT", "CNAME",
    }  # fmt: skip


def test_each_server_is_asked_itself(ports: Ports) -> None:
    world = world_of(public=ports.everything, parent=ports.parent, ns1=ports.new, ns2=ports.old)
    seen = answers(world, name_servers)
    parent = [a for a in seen if (a.via, a.rtype) == ("parent", "NS")]
    assert parent[0].referral == ("ns1.example.com", "ns2.example.com")
    assert parent[0].glue == (f"ns1.example.com {NS1}", f"ns2.example.com {NS2}")
    mx = {a.server_name: a for a in seen if a.via == "authoritative" and a.rtype == "MX"}
    assert mx["ns1.example.com"].records != mx["ns2.example.com"].records
    assert all(a.authoritative for a in mx.values())
    serials = {a.server: a.serial for a in seen if a.via == "authoritative" and a.rtype == "SOA"}
    assert serials == {NS1: 2, NS2: 1}
    over_tcp = {(a.via, a.server, a.rtype, a.status) for a in seen if a.transport == "tcp"}
    assert over_tcp == {
        ("parent", PARENT, "NS", "nodata"),
        ("authoritative", NS1, "MX", "answer"),
        ("authoritative", NS2, "MX", "answer"),
    }
    assert {(a.server, a.status) for a in seen if a.rtype == "DNSKEY"} == {
        (NS1, "nodata"), (NS2, "nodata"),
    }  # fmt: skip
    own = {(a.server, a.name): a.records for a in seen if a.rtype == "A"}
    assert own == {(NS1, "ns1.example.com"): (NS1,), (NS2, "ns2.example.com"): (NS2,)}
    assert ("parent", "DS", "nodata", True) in {
        (a.via, a.rtype, a.status, a.authoritative) for a in seen
    }


def test_one_server_silent_one_lame(ports: Ports) -> None:
    with resolver(lambda _name, _rtype, _cd: None) as silent:
        world = world_of(public=ports.everything, parent=ports.parent, ns1=silent, ns2=ports.parent)
        seen = answers(world, name_servers)
    mx = {a.server: (a.status, a.authoritative) for a in seen if a.via == "authoritative"}
    assert mx[NS1] == ("timeout", False)
    assert mx[NS2] == ("nodata", False)  # a referral: the parent does not serve the child


def test_glue_leads_to_servers_that_no_resolver_can_find(ports: Ports) -> None:
    def failing(name: str, rtype: str, _cd: bool) -> str | list[str]:
        known = {("com", "NS"): ["a.gtld.net."], ("a.gtld.net", "A"): [PARENT]}
        return known.get((name, rtype), "SERVFAIL")

    with resolver(failing) as port, resolver(lambda _name, _rtype, _cd: None) as silent:
        world = world_of(public=port, parent=ports.parent, ns1=silent, ns2=silent)
        seen = answers(world, name_servers)
    udp = [a for a in seen if a.via == "authoritative" and a.transport == "udp"]
    assert {(a.server, a.status) for a in udp} == {(NS1, "timeout"), (NS2, "timeout")}


def test_an_undelegated_domain(ports: Ports) -> None:
    world = world_of(public=ports.everything, parent=ports.parent)
    other = Case(me="a@gone.com", since=CASE.since)
    run = probe_run(world, case=other)
    name_servers(run.setting)
    seen = {(o.seen.via, o.seen.rtype, o.seen.status) for o in run.evidence.of(DnsAnswer)}
    assert seen == {("parent", "NS", "nxdomain"), ("parent", "DS", "nxdomain")}
    assert all(o.seen.authoritative for o in run.evidence.of(DnsAnswer))


def test_a_mail_domain_inside_a_zone(ports: Ports) -> None:
    world = world_of(public=ports.everything, parent=ports.parent, ns1=ports.new, ns2=ports.new)
    run = probe_run(world, case=Case(me="a@imap.example.com", since=CASE.since))
    name_servers(run.setting)
    asked = {(o.seen.name, o.seen.rtype) for o in run.evidence.of(DnsAnswer)}
    assert ("example.com", "SOA") in asked
    assert ("imap.example.com", "MX") in asked


def servfail_but(cd_answer: list[str]) -> Say:
    def say(name: str, rtype: str, cd: bool) -> str | list[str]:
        if not cd:
            return "SERVFAIL"
        return cd_answer if (name, rtype) == ("example.com", "MX") else []

    return say


def test_servfail_is_asked_again_without_checking() -> None:
    with resolver(servfail_but(["5 mx1.example.com."])) as port:
        seen = answers(world_of(office=port, public=port), domain)
    unchecked = {(a.via, a.rtype, a.status) for a in seen if a.checking_disabled}
    assert unchecked == {
        (via, rtype, "answer" if rtype == "MX" else "nodata")
        for via in ("configured", "public")
        for rtype in ("MX", "DS", "DNSKEY")
    }


def test_missing_mx_is_looked_for_at_www() -> None:
    with resolver(lambda _name, _rtype, _cd: []) as port:
        seen = answers(world_of(public=port), domain)
    assert ("www.example.com", "MX") in {(a.name, a.rtype) for a in seen}


def test_garbage_and_silence_are_recorded_as_such() -> None:
    with (
        resolver(lambda _name, _rtype, _cd: "GARBAGE") as office,
        resolver(lambda _name, _rtype, _cd: None) as silent,
    ):
        seen = answers(world_of(office=office, public=silent), domain, seconds=20.0)
    assert {(a.via, a.status) for a in seen} == {("configured", "garbage"), ("public", "timeout")}


def test_hints(ports: Ports) -> None:
    run = probe_run(world_of(office=ports.everything, public=ports.everything), case=CASE)
    provider_hints(run.setting)
    hints = {(o.seen.source, o.seen.target) for o in run.evidence.of(ProviderHint)}
    assert hints == {
        ("srv", "imap.qiye.aliyun.com"),
        ("cname", "imap.qiye.aliyun.com"),
        ("mx", "mx1.qiye.aliyun.com"),
        ("mx", "mx2.qiye.aliyun.com"),
        ("spf", "spf.qiye.aliyun.com"),
        ("spf", "other.example"),
        ("spf", "last.example"),
    }


def test_hints_from_public_resolvers_when_the_offices_is_dead(ports: Ports) -> None:
    with resolver(lambda _name, _rtype, _cd: None) as silent:
        run = probe_run(world_of(office=silent, public=ports.everything), case=CASE)
        started = time.monotonic()
        provider_hints(run.setting)
    assert time.monotonic() - started < 4
    assert any(o.seen.source == "srv" for o in run.evidence.of(ProviderHint))


def test_no_imap_service_says_nothing() -> None:
    def say(_name: str, rtype: str, _cd: bool) -> str | list[str]:
        return ["0 0 0 ."] if rtype == "SRV" else "NXDOMAIN"

    with resolver(say) as port:
        run = probe_run(world_of(public=port), case=CASE)
        provider_hints(run.setting)
    assert not run.evidence.of(ProviderHint)
