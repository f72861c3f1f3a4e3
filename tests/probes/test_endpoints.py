"""Mail servers that greet well, badly, endlessly or not at all; and where they are looked for."""

import socket
import time
from contextlib import ExitStack
from dataclasses import replace

import pytest

from mailwizard.model.provider import Site
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, SystemLookup
from mailwizard.probes import endpoints, reaching
from tests.certificates import Authority, self_signed
from tests.servers.name_server import name_server
from tests.servers.speakers import Talk, answers, drips, endless, resets, says, silent, speaker
from tests.worlds import NO_CONTROLS, PROVIDER, LoopbackWorld, ProbeRun, probe_run

HOST = "imap.example.com"
RIGHT, OTHER = "203.0.113.10", "198.51.100.7"
ROOT = Authority()
GOOD = ROOT.issue(HOST, "imap.control.example", "mail.example.com", "smtp.example.com")
GREETING = b"* OK IMAP4 ready\r\n"


def visited(
    talk: Talk, monkeypatch: pytest.MonkeyPatch | None = None, seconds: float = 5
) -> Endpoint:
    """What the probe sees of one server that is known by name."""
    if monkeypatch is not None:
        monkeypatch.setattr(reaching, "GREETING_SECONDS", 0.3)
    world = LoopbackWorld(authority=ROOT, hosts={HOST: [RIGHT]})
    with speaker(talk, GOOD.server_context()) as place:
        world.lead(RIGHT, 993, place)
        run = probe_run(world, seconds=seconds)
        endpoints.imap_server(run.setting)
    (seen,) = run.seen(Endpoint)
    assert isinstance(seen, Endpoint)
    return seen


def test_a_good_server_is_seen_up_to_its_greeting() -> None:
    seen = visited(says(GREETING, then_wait=True))
    assert (seen.connect, seen.tls, seen.greeting) == ("connected", "ok", "* OK IMAP4 ready")
    assert seen.spoke
    assert seen.connect_ms is not None
    assert seen.tls_ms is not None


@pytest.mark.parametrize(
    ("talk", "spoke", "detail"),
    [
        (says(), False, "closed"),
        (says(b"* OK half a line"), True, "closed"),
        (endless(b"x" * 4096), True, "endless"),
        (says(b"<html>\x1b[31m\x00 not a mail server\r\n", then_wait=True), True, ""),
        (says(b"\r\n", then_wait=True), True, ""),
    ],
)
def test_odd_greetings(talk: Talk, spoke: bool, detail: str) -> None:
    started = time.monotonic()
    seen = visited(talk)
    assert (seen.tls, seen.spoke, seen.detail) == ("ok", spoke, detail)
    assert len(seen.greeting) <= 200
    assert "\x1b" not in seen.greeting
    assert time.monotonic() - started < 3


def test_a_silent_server_is_given_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = visited(silent, monkeypatch)
    assert (seen.tls, seen.spoke, seen.detail) == ("ok", False, "silent")


def test_a_server_that_drips_does_not_hold_us(monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.monotonic()
    assert visited(drips(b"."), monkeypatch).detail == "silent"
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("fault", "connect"),
    [
        (TimeoutError(), "timeout"),
        (ConnectionRefusedError(), "refused"),
        (ConnectionResetError(), "reset"),
        (OSError(113, "No route to host"), "unreachable"),
        (OSError(1, "Operation not permitted"), "error"),
    ],
)
def test_why_there_is_no_connection(fault: OSError, connect: str) -> None:
    world = LoopbackWorld(hosts={HOST: [RIGHT]}, faults={(RIGHT, 993): fault})
    run = probe_run(world)
    endpoints.imap_server(run.setting)
    (seen,) = run.seen(Endpoint)
    assert isinstance(seen, Endpoint)
    assert (seen.connect, seen.tls) == (connect, "")


def resolved_elsewhere(
    table: dict[tuple[str, str], list[str] | str], world: LoopbackWorld
) -> ProbeRun:
    """Runs the probe with one public name server that answers from a table."""
    with ExitStack() as stack:
        world.authority = ROOT
        world.controls = replace(NO_CONTROLS, resolvers=("1.1.1.1",))
        dns_place = stack.enter_context(name_server(table))
        world.lead("1.1.1.1", 53, dns_place, "udp")
        good = stack.enter_context(speaker(says(GREETING, then_wait=True), GOOD.server_context()))
        bad = stack.enter_context(speaker(silent, self_signed("www.example").server_context()))
        world.lead(RIGHT, 993, good)
        world.lead(OTHER, 993, bad)
        run = probe_run(world)
        endpoints.imap_server(run.setting)
        return run


def tried(run: ProbeRun) -> dict[str, tuple[str, bool]]:
    return {e.address: (e.tls, e.spoke) for e in run.seen(Endpoint) if isinstance(e, Endpoint)}


def test_where_the_own_look_up_fails_the_public_address_is_tried() -> None:
    world = LoopbackWorld(lookup_fault=socket.gaierror(socket.EAI_AGAIN, "try again"))
    run = resolved_elsewhere({(HOST, "A"): [RIGHT]}, world)
    assert tried(run) == {RIGHT: ("ok", True)}
    (lookup,) = run.seen(SystemLookup)
    assert isinstance(lookup, SystemLookup)
    assert lookup.outcome == "temporary"


def test_where_the_own_look_up_differs_both_addresses_are_tried() -> None:
    world = LoopbackWorld(hosts={HOST: [OTHER]})
    run = resolved_elsewhere({(HOST, "A"): [RIGHT]}, world)
    assert tried(run) == {OTHER: ("self-signed", False), RIGHT: ("ok", True)}
    about = {a.about for a in run.seen(DnsAnswer) if isinstance(a, DnsAnswer)}
    assert about == {"provider"}


def test_a_host_that_nobody_knows_is_recorded_as_such() -> None:
    run = resolved_elsewhere({("elsewhere.example", "A"): [RIGHT]}, LoopbackWorld())
    (seen,) = run.seen(Endpoint)
    assert isinstance(seen, Endpoint)
    assert (seen.connect, seen.address) == ("no-address", "")


def test_no_more_than_six_addresses_are_tried() -> None:
    many = [f"203.0.113.{n}" for n in range(20, 40)]
    run = resolved_elsewhere({(HOST, "A"): many}, LoopbackWorld(hosts={HOST: many[:10]}))
    assert len(run.seen(Endpoint)) == 6


def test_controls_are_visited_side_by_side() -> None:
    names = ["imap.control.example", "imap.dead.example", "imap.lost.example"]
    world = LoopbackWorld(
        authority=ROOT,
        controls=replace(NO_CONTROLS, imap=tuple(names)),
        hosts={names[0]: [RIGHT], names[1]: [OTHER]},
        faults={(OTHER, 993): ConnectionRefusedError()},
    )
    with speaker(says(GREETING, then_wait=True), GOOD.server_context()) as place:
        world.lead(RIGHT, 993, place)
        run = probe_run(world)
        endpoints.imap_control(run.setting)
    seen = {e.host: (e.role, e.connect) for e in run.seen(Endpoint) if isinstance(e, Endpoint)}
    assert seen == {
        names[0]: ("control", "connected"),
        names[1]: ("control", "refused"),
        names[2]: ("control", "no-address"),
    }


def test_the_provider_s_other_doors() -> None:
    site = Site(
        id="x",
        webmail="mail.example.com",
        imap=HOST,
        smtp="smtp.example.com",
        pop="pop.example.com",
    )
    world = LoopbackWorld(
        authority=ROOT,
        hosts={
            name: [OTHER] for name in ("mail.example.com", "smtp.example.com", "pop.example.com")
        }
        | {HOST: [RIGHT]},
        faults={(OTHER, 995): ConnectionRefusedError()},
    )
    with ExitStack() as stack:
        context = GOOD.server_context()
        world.lead(RIGHT, 443, stack.enter_context(speaker(silent)))
        world.lead(OTHER, 443, stack.enter_context(speaker(answers(b""), context)))
        smtp = says(b"220 smtp ready\r\n", then_wait=True)
        world.lead(OTHER, 465, stack.enter_context(speaker(smtp, context)))
        run = probe_run(world, provider=replace(PROVIDER, sites=(site,)))
        endpoints.provider_web(run.setting)
    seen = {
        (e.role, e.host, e.port): (e.connect, e.tls, e.greeting)
        for e in run.seen(Endpoint)
        if isinstance(e, Endpoint)
    }
    assert seen == {
        ("web", HOST, 443): ("connected", "", ""),
        ("web", "mail.example.com", 443): ("connected", "ok", ""),
        ("submission", "smtp.example.com", 465): ("connected", "ok", "220 smtp ready"),
        ("pop", "pop.example.com", 995): ("refused", "", ""),
    }


def test_an_unknown_server_has_no_webmail_that_we_could_name() -> None:
    world = LoopbackWorld(hosts={"imap.own.example": [RIGHT]})
    run = probe_run(world, imap_server=("imap.own.example", 993))
    endpoints.provider_web(run.setting)
    assert [e.host for e in run.seen(Endpoint) if isinstance(e, Endpoint)] == ["imap.own.example"]


def test_a_reset_after_connecting_is_told() -> None:
    world = LoopbackWorld(authority=ROOT, hosts={HOST: [RIGHT]})
    with speaker(resets) as place:
        world.lead(RIGHT, 993, place)
        run = probe_run(world)
        endpoints.imap_server(run.setting)
    (seen,) = run.seen(Endpoint)
    assert isinstance(seen, Endpoint)
    assert (seen.connect, seen.tls) == ("connected", "reset")
