"""TLSA records: behind a real validating resolver, and behind resolvers that do not validate."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import dns.flags
import dns.message
import pytest

from mailwizard.model.case import Case
from mailwizard.model.seen.dns import Tlsa
from mailwizard.probes.dane import dane
from mailwizard.probes.setting import Skipped
from tests.servers import unbound
from tests.servers.nsd import nsd
from tests.servers.nsd import why_not as no_nsd
from tests.servers.resolver import resolver
from tests.servers.signed_zone import Key, signed
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

CASE = Case(me="zhangwei@example.com", since=date(2026, 11, 9))
RESOLVERS = ("192.0.2.53", "192.0.2.54")
KEY = "ab" * 32
NS = "@ IN NS ns1.example.com.\n"
OWN = f"""{NS}ns1 IN A 127.0.0.1
@ IN MX 5 mx1
@ IN MX 10 mx2
@ IN MX 20 mx.other.example.
mx1 IN A 192.0.2.1
mx2 IN CNAME real.example.com.
real IN A 192.0.2.2
_25._tcp.mx1 IN TLSA 3 1 1 {KEY}
_25._tcp.mx1 IN TLSA 0 0 1 {KEY}
_25._tcp.mx2 IN TLSA 3 1 1 {"00" * 32}
_25._tcp.real IN TLSA 2 0 2 {"cd" * 64}
"""
OTHER = f"{NS}www IN A 192.0.2.80\nmx IN A 192.0.2.3\n_25._tcp.mx IN TLSA 3 1 1 {KEY}\n"

system = pytest.mark.system
needs_servers = pytest.mark.skipif(
    bool(no_nsd() or unbound.why_not()), reason=no_nsd() or unbound.why_not() or "-"
)


def look(world: LoopbackWorld, case: Case = CASE, seconds: float = 10.0) -> dict[str, Tlsa]:
    """Runs the probe with one resolver and gives what it recorded, by host."""
    run = probe_run(world, case=case, seconds=seconds)
    dane(run.setting)
    return {o.seen.host: o.seen for o in run.evidence.of(Tlsa)}


def world_of(port: int, *more: tuple[str, int]) -> LoopbackWorld:
    """A world whose first public resolver is at this port."""
    controls = replace(NO_CONTROLS, resolvers=RESOLVERS[:1], https=("www.other.example",))
    world = LoopbackWorld(controls=controls)
    for transport in ("udp", "tcp"):
        world.lead(RESOLVERS[0], 53, ("127.0.0.1", port), transport)
    for address, other in more:
        world.lead(address, 53, ("127.0.0.1", other), "udp")
    return world


@contextmanager
def validating(
    records: str = OWN, anchors: tuple[str, ...] | None = None
) -> Iterator[LoopbackWorld]:
    """NSD with a signed example.com and an unsigned other.example, Unbound in front of it."""
    key = Key("example.com")
    zones = {"example.com": signed(key, records), "other.example": OTHER}
    with ExitStack() as running:
        port = running.enter_context(nsd(zones))
        at = dict.fromkeys(zones, port)
        trusted = (key.anchor,) if anchors is None else anchors
        yield world_of(running.enter_context(unbound.unbound(at, trusted)))


@system
@needs_servers
def test_validated_records() -> None:
    with validating() as world:
        seen = look(world)
    first = seen["mx1.example.com"]
    assert (first.status, first.authenticated, first.mx_authenticated) == ("answer", True, True)
    assert (first.host_authenticated, first.discerning) == (True, True)
    assert {(r.usage, r.selector, r.matching, r.data) for r in first.records} == {
        (3, 1, 1, KEY), (0, 0, 1, KEY),
    }  # fmt: skip
    # The alias's own records count before those at its first name.
    second = seen["mx2.example.com"]
    assert (second.base, [r.usage for r in second.records]) == ("real.example.com", [2])
    third = seen["mx.other.example"]
    assert (third.status, third.authenticated, third.host_authenticated) == ("answer", False, False)


@system
@needs_servers
def test_an_alias_without_records_leaves_those_at_its_first_name() -> None:
    records = OWN.replace("_25._tcp.real", "_26._tcp.real")
    with validating(records) as world:
        second = look(world)["mx2.example.com"]
    assert (second.base, second.status) == ("mx2.example.com", "answer")
    assert second.records[0].data == "00" * 32


@system
@needs_servers
def test_no_records_is_told_with_authority() -> None:
    with validating(f"{NS}@ IN MX 5 mx1\nns1 IN A 127.0.0.1\nmx1 IN A 192.0.2.1\n") as world:
        (seen,) = look(world).values()
    assert (seen.status, seen.authenticated, seen.mx_authenticated) == ("nxdomain", True, True)


@system
@needs_servers
def test_without_an_anchor_nothing_is_authenticated() -> None:
    with validating(anchors=()) as world:
        seen = look(world)
    assert not any(s.authenticated or s.mx_authenticated for s in seen.values())
    assert seen["mx1.example.com"].status == "answer"


@system
@needs_servers
def test_a_broken_signature_gives_no_records() -> None:
    with validating(anchors=(Key("example.com").anchor,)) as world, pytest.raises(Skipped):
        look(world)


@system
@needs_servers
def test_a_whole_certificate_needs_tcp_and_is_not_cut() -> None:
    long = "30" * 2000
    records = OWN.replace(f"3 1 1 {KEY}", f"3 0 0 {long}")
    with validating(records) as world:
        seen = look(world)["mx1.example.com"]
    assert long in [r.data for r in seen.records]


def say(name: str, rtype: str, _cd: bool) -> str | list[str]:
    """A resolver that does not validate."""
    known = {
        ("example.com", "MX"): ["5 mx1.example.com."],
        ("mx1.example.com", "A"): ["192.0.2.1"],
        ("_25._tcp.mx1.example.com", "TLSA"): [f"3 1 1 {KEY}", f"2 0 1 {KEY}"],
        ("www.other.example", "A"): ["192.0.2.80"],
    }
    return known.get((name, rtype), "NXDOMAIN")


def test_a_resolver_that_does_not_validate() -> None:
    with resolver(say) as port:
        (seen,) = look(world_of(port)).values()
    assert (seen.authenticated, seen.mx_authenticated, seen.host_authenticated) == (
        False, False, None,
    )  # fmt: skip
    assert len(seen.records) == 2


def test_a_resolver_that_calls_everything_authentic(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = dns.message.make_response

    def boasting(query: dns.message.Message, **more: Any) -> dns.message.Message:
        reply = plain(query, **more)
        reply.flags |= dns.flags.AD
        return reply

    monkeypatch.setattr(dns.message, "make_response", boasting)
    with resolver(say) as port:
        (seen,) = look(world_of(port)).values()
    assert (seen.authenticated, seen.mx_authenticated) == (True, True)
    assert seen.discerning is False


def test_a_dead_resolver_costs_its_own_time_only() -> None:
    with resolver(say) as port, resolver(lambda *_asked: None) as dead:
        world = world_of(port, (RESOLVERS[1], dead))
        world.controls = replace(world.controls, resolvers=RESOLVERS)
        started = time.monotonic()
        (seen,) = look(world).values()
    assert seen.server == RESOLVERS[0]
    assert time.monotonic() - started < 3.5


@pytest.mark.parametrize(
    ("mx", "reason"), [("NXDOMAIN", "no-mx"), (["0 ."], "no-mx"), ("SERVFAIL", "no-answer")]
)
def test_nothing_to_ask_for(mx: str | list[str], reason: str) -> None:
    def only(name: str, rtype: str, cd: bool) -> str | list[str]:
        return mx if rtype == "MX" else say(name, rtype, cd)

    with resolver(only) as port, pytest.raises(Skipped, match=reason):
        look(world_of(port))


def test_many_exchangers_are_bounded() -> None:
    def many(name: str, rtype: str, cd: bool) -> str | list[str]:
        if rtype == "MX":
            return [f"{n} mx{n}.example.com." for n in range(40)]
        return say(name, rtype, cd)

    with resolver(many) as port:
        assert len(look(world_of(port))) == 20


def test_answers_that_are_rubbish() -> None:
    def garbage(name: str, rtype: str, cd: bool) -> str | list[str] | None:
        return "GARBAGE" if rtype == "TLSA" else say(name, rtype, cd)

    with resolver(garbage) as port:
        (seen,) = look(world_of(port)).values()
    assert (seen.status, seen.records) == ("garbage", ())


@system
@needs_servers
def test_records_of_wrong_length_are_not_guessed_at() -> None:
    own = f"{NS}@ IN MX 5 mx1\nmx1 IN A 192.0.2.1\n_25._tcp.mx1 IN TYPE52 \\# 5 0301010102\n"
    with nsd({"example.com": own}) as port:
        (seen,) = look(world_of(port)).values()
    assert (seen.status, seen.records) == ("garbage", ())


def test_a_name_too_long_to_ask_for_its_keys() -> None:
    long = ".".join(["a" * 61] * 4)

    def far(name: str, rtype: str, cd: bool) -> str | list[str]:
        return [f"5 {long}.", "6 mx1.example.com."] if rtype == "MX" else say(name, rtype, cd)

    with resolver(far) as port:
        seen = look(world_of(port))
    assert (seen[long].status, seen["mx1.example.com"].status) == ("other", "answer")
