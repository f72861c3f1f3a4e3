"""Port 25: how far the dialogue goes, what is recorded, and that it never gets to DATA."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.probes import door, door_talk
from mailwizard.probes.setting import Skipped, Stopped
from mailwizard.reading.smtp_refusal import reason
from tests.servers import postfix
from tests.servers.resolver import resolver
from tests.servers.smtp import smtp
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

CASE = Case(me="zhangwei@example.com", since=date(2026, 11, 9))
MX1 = "192.0.2.1"
MX2 = "192.0.2.2"


def records(*mx: str, **addresses: list[str]) -> Evidence:
    """What the domain's probe has recorded before: MX records, and hosts' addresses."""
    log = Evidence()
    world = LoopbackWorld()

    def add(name: str, rtype: str, given: tuple[str, ...]) -> None:
        answer = DnsAnswer(via="public", about="own", server="192.0.2.53", name=name, rtype=rtype,
                           status="answer" if given else "nodata", records=given)  # fmt: skip
        log.add("domain", answer, at=world.now(), seconds=0.0)

    add("example.com", "MX", mx)
    for host, found in addresses.items():
        add(f"{host}.example.com", "A", tuple(a for a in found if ":" not in a))
        add(f"{host}.example.com", "AAAA", tuple(a for a in found if ":" in a))
    return log


def look(
    world: LoopbackWorld, evidence: Evidence | None = None, seconds: float = 10.0
) -> list[SmtpDoor]:
    """Runs the probe and gives what it recorded, by host."""
    known = evidence if evidence is not None else records("5 mx1.example.com", mx1=[MX1])
    run = probe_run(world, case=CASE, evidence=known, seconds=seconds, probe="door")
    door.own(run.setting)
    seen = [o.seen for o in run.evidence.of(SmtpDoor) if o.seen.whose == "own"]
    return sorted(seen, key=lambda d: d.host)


def test_a_whole_dialogue() -> None:
    world = LoopbackWorld()
    unknown = "550 5.1.1 User unknown"
    with smtp({"RCPT": unknown, "RCPT TO:<zhangwei@": "250 2.1.5 Ok"}) as mouth:
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        (seen,) = look(world)
    assert (seen.connect, seen.stage, seen.size_limit, seen.starttls, seen.sent_from) == (
        "connected", "rcpt", 20000000, True, "<>",
    )  # fmt: skip
    assert [(r.who, r.reply.code) for r in seen.rcpt] == [
        ("user", 250), ("postmaster", 550), ("random", 550),
    ]  # fmt: skip
    assert mouth.heard[0] == "EHLO [127.0.0.1]"
    assert mouth.heard[-2:] == ["RSET", "QUIT"]
    assert not any(line.upper().startswith(("DATA", "BDAT")) for line in mouth.heard)


def test_side_by_side_every_address_is_tried() -> None:
    world = LoopbackWorld(faults={(MX2, 25): ConnectionRefusedError(111, "refused")})
    evidence = records("5 mx1.example.com", "10 mx2.example.com", mx1=[MX1, "2001:db8::1"],
                       mx2=[MX2])  # fmt: skip
    with smtp() as mouth:
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        seen = look(world, evidence)
    assert {(d.address, d.connect) for d in seen} == {
        (MX1, "connected"), ("2001:db8::1", "unreachable"), (MX2, "refused"),
    }  # fmt: skip


def test_at_most_eight_addresses_of_a_host_and_24_in_all() -> None:
    world = LoopbackWorld()
    many = [f"192.0.2.{n}" for n in range(1, 30)]
    assert len(look(world, records("5 mx1.example.com", mx1=many))) == 8
    hosts = [f"mx{n}" for n in range(10, 40)]
    mx = [f"5 {host}.example.com" for host in hosts]
    seen = look(world, records(*mx, **dict.fromkeys(hosts, many[:3])))
    assert len(seen) == 24
    assert {d.host for d in seen} == {f"mx{n}.example.com" for n in range(10, 30)}


def test_time_out() -> None:
    world = LoopbackWorld(faults={(MX1, 25): TimeoutError()})
    assert look(world)[0].connect == "timeout"


def test_a_late_greeting_is_waited_for() -> None:
    world = LoopbackWorld()
    late = threading.Event()
    threading.Timer(0.4, late.set).start()
    with smtp(greet=late) as mouth:
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        (seen,) = look(world)
    assert seen.stage == "rcpt"
    assert seen.banner_ms is not None
    assert seen.banner_ms > 300


def test_silence_ends_with_the_probes_time() -> None:
    world = LoopbackWorld()
    with smtp(banner=None) as mouth:
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        started = time.monotonic()
        # The server's silence and the probe's end come at the same moment: either may be noticed.
        with suppress(Stopped):
            (seen,) = look(world, seconds=0.5)
            assert (seen.banner, seen.detail) == (None, "timeout")
        assert time.monotonic() - started < 2


def test_silence_within_the_probes_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_talk, "BANNER_SECONDS", 0.3)
    world = LoopbackWorld()
    with smtp(banner=None) as mouth:
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        (seen,) = look(world)
    assert (seen.connect, seen.stage, seen.banner, seen.detail) == (
        "connected", "connect", None, "timeout",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("banner", "detail"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "garbage"),
        (b"\x16\x03\x01" * 3000, "endless"),
        (b"220-\x1b[31mhello\r\n" * 200, "endless"),
    ],
)
def test_no_smtp(banner: bytes, detail: str) -> None:
    world = LoopbackWorld()
    with smtp(banner=banner) as mouth:
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        (seen,) = look(world)
    assert (seen.connect, seen.banner, seen.detail) == ("connected", None, detail)


def test_refused_at_the_greeting() -> None:
    world = LoopbackWorld()
    with smtp(banner="554 5.7.1 Your address [198.51.100.7] is on the PBL") as mouth:
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        (seen,) = look(world)
    assert (seen.stage, seen.banner and seen.banner.code, mouth.heard) == ("banner", 554, ["QUIT"])


def test_hung_up_in_the_middle() -> None:
    world = LoopbackWorld()
    with smtp({"MAIL": ""}) as mouth:
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        (seen,) = look(world)
    assert (seen.stage, seen.mail, seen.detail) == ("ehlo", None, "closed")


def test_stops_asking_when_told_to_go_away() -> None:
    world = LoopbackWorld()
    with smtp({"RCPT": "421 4.3.2 Too busy"}) as mouth:
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        (seen,) = look(world)
    assert [r.reply.code for r in seen.rcpt] == [421]


def test_escapes_in_a_reply_are_made_visible() -> None:
    world = LoopbackWorld()
    with smtp({"RCPT": "550 \x1b]0;title\x07no"}) as mouth:
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        (seen,) = look(world)
    assert seen.rcpt[0].reply.text == "\\x1b]0;title\\x07no"


def test_without_mx_the_domains_own_address() -> None:
    evidence = records()
    answer = DnsAnswer(via="public", about="own", server="192.0.2.53", name="example.com",
                       rtype="A", status="answer", records=(MX1,))  # fmt: skip
    evidence.add("domain", answer, at=LoopbackWorld().now(), seconds=0.0)
    world = LoopbackWorld(faults={(MX1, 25): ConnectionRefusedError(111, "refused")})
    (seen,) = look(world, evidence)
    assert (seen.host, seen.connect) == ("example.com", "refused")


def test_null_mx_is_left_alone() -> None:
    with pytest.raises(Skipped):
        look(LoopbackWorld(), records("0 ."))


def test_control_is_greeted_only() -> None:
    world = LoopbackWorld(controls=replace(NO_CONTROLS, smtp=("mx.other.example", "gone.example")))
    with (
        smtp() as mouth,
        resolver(lambda name, rtype, _cd: [MX1] if (name, rtype) == ("mx.other.example", "A")
                 else "NXDOMAIN") as port,
    ):  # fmt: skip
        world.resolvers = (("192.0.2.53", 53),)
        world.lead("192.0.2.53", 53, ("127.0.0.1", port), "udp")
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        run = probe_run(world, case=CASE)
        door.control(run.setting)
    seen = {o.seen.host: o.seen for o in run.evidence.of(SmtpDoor)}
    assert seen["gone.example"].connect == "no-address"
    assert seen["mx.other.example"].stage == "ehlo"
    assert [line.split()[0] for line in mouth.heard] == ["EHLO", "QUIT"]


def test_control_is_greeted_over_ipv6_too() -> None:
    host, six = "mx.other.example", "2001:db8::25"
    world = LoopbackWorld(controls=replace(NO_CONTROLS, smtp=(host,)))
    answers = {"A": [MX1, MX2], "AAAA": [six]}
    with smtp() as mouth, resolver(lambda _name, rtype, _cd: answers.get(rtype, [])) as port:
        world.resolvers = (("192.0.2.53", 53),)
        world.lead("192.0.2.53", 53, ("127.0.0.1", port), "udp")
        world.lead(MX1, 25, ("127.0.0.1", mouth.port))
        run = probe_run(world, case=CASE)
        door.control(run.setting)
    seen = {o.seen.address: o.seen.connect for o in run.evidence.of(SmtpDoor)}
    assert seen == {MX1: "connected", six: "unreachable"}


def test_where_no_time_is_left_nobody_is_called_silent() -> None:
    run = probe_run(LoopbackWorld(), case=CASE, evidence=records("5 mx1.example.com", mx1=[MX1]),
                    seconds=0.0)  # fmt: skip
    with suppress(Stopped):
        door.own(run.setting)
    assert not run.evidence.of(SmtpDoor)


@pytest.fixture(scope="module")
def real() -> Iterator[int]:
    if why := postfix.why_not():
        pytest.skip(why)
    with postfix.postfix("example.com", ["zhangwei", "postmaster"], 10_000_000) as port:
        yield port


@pytest.mark.system
def test_a_real_postfix(real: int) -> None:
    world = LoopbackWorld()
    world.lead(MX1, 25, ("127.0.0.1", real))
    (seen,) = look(world)
    assert (seen.stage, seen.size_limit) == ("rcpt", 10_000_000)
    assert [(r.who, r.reply.code, r.reply.enhanced) for r in seen.rcpt] == [
        ("user", 250, "2.1.5"), ("postmaster", 250, "2.1.5"), ("random", 550, "5.1.1"),
    ]  # fmt: skip


@pytest.mark.system
def test_a_real_postfix_of_somebody_else(real: int) -> None:
    world = LoopbackWorld()
    world.lead(MX1, 25, ("127.0.0.1", real))
    case = Case(me="zhangwei@example.net", since=date(2026, 11, 9))
    evidence = records()
    answer = DnsAnswer(via="public", about="own", server="192.0.2.53", name="example.net",
                       rtype="A", status="answer", records=(MX1,))  # fmt: skip
    evidence.add("domain", answer, at=world.now(), seconds=0.0)
    run = probe_run(world, case=case, evidence=evidence, probe="door")
    door.own(run.setting)
    (seen,) = (o.seen for o in run.evidence.of(SmtpDoor))
    assert [reason(r.reply) for r in seen.rcpt] == ["not-served"] * 3
