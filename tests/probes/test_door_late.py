"""Port 25 of servers that are late, that say "later", and that mean no good."""

import random
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from mailwizard.diagnosis import dns
from mailwizard.model.seen.door import SmtpDoor, SmtpReply
from mailwizard.probes import door, door_patience, door_talk, door_tls
from mailwizard.text.door_lines import smtp_door_fact
from tests.certificates import Authority
from tests.diagnosis import domain_builders
from tests.probes.test_door import CASE, MX1, MX2, look, records
from tests.servers import postfix
from tests.servers.smtp import smtp
from tests.worlds import LoopbackWorld, probe_run

GREETED = SmtpReply(code=220, enhanced="", text="mxbiz1.qq.com ESMTP")
CONTROL = SmtpDoor(
    whose="control", host="mxbiz1.qq.com", address=MX2, connect="connected", banner=GREETED
)
PIPELINED = "250-mx.example.com\r\n250 PIPELINING"


def world_to(*ports: int) -> LoopbackWorld:
    """Exchangers at MX1, MX2 …"""
    world = LoopbackWorld(authority=Authority())
    for address, port in zip((MX1, MX2), ports, strict=False):
        world.lead(address, 25, ("127.0.0.1", port))
    return world


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_talk, "BANNER_SECONDS", 0.2)
    monkeypatch.setattr(door_talk, "REPLY_SECONDS", 0.3)
    monkeypatch.setattr(door_tls, "HANDSHAKE_SECONDS", 0.5)
    monkeypatch.setattr(door, "GREYLIST_SECONDS", 0.1)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("control", [True, False])
def test_a_tarpit_is_waited_on_while_others_can_be_reached(control: bool) -> None:
    evidence = records("5 mx1.example.com", mx1=[MX1])
    world = LoopbackWorld()
    if control:
        evidence.add("control", CONTROL, at=world.now(), seconds=0.0)
    greet = threading.Event()
    timer = threading.Timer(0.8, greet.set)
    with smtp(greet=greet) as mouth:
        timer.start()
        (seen,) = look(world_to(mouth.port), evidence)
    assert (seen.stage, seen.detail) == (("rcpt", "") if control else ("connect", "timeout"))


@pytest.mark.usefixtures("hurried")
def test_nobody_waits_on_a_tarpit_once_another_has_told() -> None:
    evidence = records("5 mx1.example.com", "10 mx2.example.com", mx1=[MX1], mx2=[MX2])
    evidence.add("control", CONTROL, at=LoopbackWorld().now(), seconds=0.0)
    started = time.monotonic()
    with smtp(banner=None) as silent, smtp() as mouth:
        first, second = look(world_to(silent.port, mouth.port), evidence)
    assert (first.banner, first.detail, second.stage) == (None, "timeout", "rcpt")
    assert time.monotonic() - started < 3


@pytest.mark.usefixtures("hurried")
def test_patience_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_patience, "PATIENT_SECONDS", 1.5)
    evidence = records("5 mx1.example.com", mx1=[MX1])
    evidence.add("control", CONTROL, at=LoopbackWorld().now(), seconds=0.0)
    started = time.monotonic()
    with smtp(banner=None) as silent:
        (seen,) = look(world_to(silent.port), evidence)
    assert seen.detail == "timeout"
    assert time.monotonic() - started < 3


@pytest.mark.usefixtures("hurried")
def test_who_says_later_is_asked_once_more() -> None:
    with smtp({"RCPT": ["450 4.2.0 Greylisted", "250 Ok"]}) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert [r.reply.code for r in seen.rcpt_before] == [450, 450, 450]
    assert [r.reply.code for r in seen.rcpt] == [250, 250, 250]
    assert (seen.stage, mouth.connections) == ("rcpt", 2)


@pytest.mark.usefixtures("hurried")
def test_who_says_later_is_not_asked_where_another_takes_the_mail() -> None:
    evidence = records("5 mx1.example.com", "10 mx2.example.com", mx1=[MX1], mx2=[MX2])
    with smtp({"RCPT": "450 4.2.0 Greylisted"}) as grey, smtp() as mouth:
        first, second = look(world_to(grey.port, mouth.port), evidence)
    assert grey.connections <= 2
    assert {r.reply.code for r in first.rcpt} == {450}
    assert {r.reply.code for r in second.rcpt} == {250}


@pytest.mark.usefixtures("hurried")
def test_a_second_time_that_comes_to_nothing_leaves_the_first() -> None:
    with smtp({"MAIL": ["250 ok", ""], "RCPT": "451 4.7.1 later"}) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert ([r.reply.code for r in seen.rcpt], seen.stage) == ([451, 451, 451], "rcpt")


def test_helo_where_ehlo_is_not_known() -> None:
    with smtp({"EHLO": "502 5.5.2 what", "HELO": "250 mx.example.com"}) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert (seen.stage, seen.size_limit, seen.starttls) == ("rcpt", None, False)
    assert [line.split()[0] for line in mouth.heard[:3]] == ["EHLO", "HELO", "MAIL"]


def test_in_one_round_trip_where_that_is_offered() -> None:
    waited: list[float] = []

    def talk(client: socket.socket) -> None:
        client.sendall(b"220 mx.example.com ESMTP\r\n")
        lines = client.makefile("rb")
        lines.readline()
        client.sendall(PIPELINED.encode() + b"\r\n")
        started = time.monotonic()
        for _number in range(6):  # MAIL, three times RCPT, RSET, QUIT: without one reply
            lines.readline()
        waited.append(time.monotonic() - started)
        client.sendall(b"250 ok\r\n550 5.1.1 no\r\n250 ok\r\n550 5.1.1 no\r\n250 ok\r\n221 bye\r\n")

    with raw(talk) as port:
        (seen,) = look(world_to(port))
    assert [r.reply.code for r in seen.rcpt] == [550, 250, 550]
    assert waited[0] < 1


def test_a_refused_sender_asks_for_nobody() -> None:
    replies = {"EHLO": PIPELINED, "MAIL": "554 5.7.1 no", "RCPT": "503 5.5.1 no sender"}
    with smtp(replies) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert (seen.stage, seen.mail and seen.mail.code, seen.rcpt) == ("mail", 554, ())


STAGES = ["EHLO", "MAIL", "RCPT TO:<ZHANGWEI", "RCPT TO:<POSTMASTER", "RSET", "QUIT"]


@pytest.mark.parametrize("ehlo", [PIPELINED, "250 mx.example.com"])
@pytest.mark.parametrize("stage", STAGES)
def test_hung_up_at_every_stage(stage: str, ehlo: str) -> None:
    with smtp({"EHLO": ehlo, stage: ""}) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert seen.banner is not None
    assert len(seen.rcpt) == {"EHLO": 0, "MAIL": 0, "RCPT TO:<ZHANGWEI": 0,
                              "RCPT TO:<POSTMASTER": 1}.get(stage, 3)  # fmt: skip
    assert mouth.connections <= 2


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT"])
@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        (b"\x00" * 10_000, "endless"),
        (b"250-more\r\n" * 5000, "endless"),
        (b"\xff\xfe\x00\x81\r\n", "garbage"),
        (b"25", "timeout"),
        (b"250-never\r\n250-ends\r\n", "timeout"),
    ],
)
def test_no_reply_at_all(stage: str, answer: bytes, detail: str) -> None:
    started = time.monotonic()
    with smtp({stage: answer}) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert (seen.detail, seen.rcpt) == (detail, ())
    assert time.monotonic() - started < 5


def test_strange_bytes_in_a_reply_are_shown_safely() -> None:
    refusal = "550 用户不存在".encode("gb18030") + b"\x00\x1b[2J\r\n"
    with smtp({"RCPT": refusal}) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert seen.rcpt[0].reply.text == "用户不存在\\x00\\x1b[2J"


@pytest.mark.usefixtures("hurried")
def test_a_flood_before_the_greeting_costs_no_memory() -> None:
    def talk(client: socket.socket) -> None:
        for _number in range(2000):
            client.sendall(b"x" * 65536)

    tracemalloc.start()
    try:
        with raw(talk) as port:
            (seen,) = look(world_to(port))
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (seen.banner, seen.detail) == (None, "endless")
    assert most < 20_000_000


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("seed", range(12))
def test_any_octets_at_any_stage(seed: int) -> None:
    dice = random.Random(seed)
    words = "220 |250 |250-|\r\n|\n|\0|5|SIZE 99999999999 |PIPELINING|STARTTLS|421 |550 5.1 |不存在"
    parts = [*(word.encode("gb18030") for word in words.split("|")), b"\xff\xfe"]

    def talk(client: socket.socket) -> None:
        client.sendall(b"220 mx\r\n" if seed % 3 else b"")
        for _number in range(12):
            client.sendall(b"".join(dice.choices(parts, k=dice.randrange(1, 9))))
            client.settimeout(0.1)
            with suppress(TimeoutError):
                if not client.recv(999):
                    return

    with raw(talk) as port:
        (seen,) = look(world_to(port))
    assert seen.connect == "connected"
    assert dns.judge(domain_builders.situation([seen])) == []
    assert len(smtp_door_fact(seen)) < 10_000


@pytest.mark.usefixtures("hurried")
def test_one_octet_at_a_time_does_not_last_for_ever() -> None:
    def talk(client: socket.socket) -> None:
        while True:
            client.sendall(b"2")
            time.sleep(0.05)

    started = time.monotonic()
    with raw(talk) as port:
        (seen,) = look(world_to(port))
    assert (seen.banner, seen.detail) == (None, "timeout")
    assert time.monotonic() - started < 3


@pytest.mark.usefixtures("hurried")
def test_a_flood_under_tls_is_bounded() -> None:
    root = Authority()
    context = root.issue("mx1.example.com").server_context()

    def talk(client: socket.socket) -> None:
        client.sendall(b"220 mx.example.com\r\n")
        client.recv(999)
        client.sendall(b"250-mx\r\n250 STARTTLS\r\n")
        client.recv(999)
        client.sendall(b"220 go on\r\n")
        with context.wrap_socket(client, server_side=True) as safe, suppress(ssl.SSLError):
            safe.recv(999)
            while True:
                safe.sendall(b"250-" + b"x" * 3000 + b"\r\n")

    world = LoopbackWorld(authority=root)
    started = time.monotonic()
    with raw(talk) as port:
        world.lead(MX1, 25, ("127.0.0.1", port))
        (seen,) = look(world)
    assert seen.tls == "ok"
    assert seen.rcpt == ()
    assert time.monotonic() - started < 5


def test_time_that_is_over_loses_nothing_that_was_seen() -> None:
    with smtp({"RCPT": b"250-"}) as mouth:
        run = probe_run(world_to(mouth.port), case=CASE, seconds=2.0,
                        evidence=records("5 mx1.example.com", mx1=[MX1]))  # fmt: skip
        door.own(run.setting)
    (seen,) = (o.seen for o in run.evidence.of(SmtpDoor))
    assert (seen.stage, seen.detail, seen.mail and seen.mail.code) == ("mail", "timeout", 250)


@pytest.mark.system
def test_a_real_postfix_that_screens_its_clients() -> None:
    """Postfix with a policy of greylisting: 450 at RCPT, as to everybody unknown."""
    if why := postfix.why_not():
        pytest.skip(why)
    rule = "smtpd_recipient_restrictions = reject_unauth_destination, defer\n"
    with postfix.postfix("example.com", ["zhangwei"], more=rule) as port:
        (seen,) = look(world_to(port), seconds=4.0)
    assert seen.rcpt[0].reply.code == 450
    assert len(seen.rcpt) == 3


@contextmanager
def raw(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does with each connection what ``talk`` does; gives its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def one(client: socket.socket) -> None:
        with client, suppress(OSError):
            talk(client)

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _address = server.accept()
                threading.Thread(target=one, args=(client,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(server.getsockname()[1])
    finally:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
