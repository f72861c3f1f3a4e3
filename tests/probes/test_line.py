"""Well-spaced connections: how many, to whom, how they are timed; and the small TLS hello."""

import errno
import socket
import ssl
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

import pytest

from mailwizard.model.seen.line import LineQuality
from mailwizard.model.seen.network import Endpoint, Interface, Link
from mailwizard.probes import endpoints, line, reaching, small_hello
from mailwizard.probes.setting import Skipped, Stopped
from mailwizard.probes.tls import handshake
from tests.certificates import Authority
from tests.servers.speakers import Talk, says, silent, speaker
from tests.worlds import NO_CONTROLS, NO_LINK, LoopbackWorld, ProbeRun, probe_run

HOST = "imap.example.com"
MAIL = "203.0.113.10"
GATEWAY = "10.66.0.1"
CONTROLS = {"www.one.example": "198.51.100.1", "www.two.example": "198.51.100.2"}
ROOT = Authority()
GOOD = ROOT.issue(HOST)


@dataclass
class Delayed(LoopbackWorld):
    """Connections take longer at will: ``late`` are (address, number of the try) → seconds."""

    late: dict[tuple[str, int], float] = field(default_factory=dict)
    always: float = 0.0
    tries: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        with self.lock:
            number = self.tries[address] = self.tries.get(address, 0) + 1
        wait = self.late.get((address, number), self.always)
        if wait >= timeout:
            threading.Event().wait(timeout)
            raise TimeoutError
        threading.Event().wait(wait)
        return super().connect(address, port, timeout)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.fixture(autouse=True)
def _brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "APART", 0.05)
    monkeypatch.setattr(line, "PATIENCE", 0.4)
    monkeypatch.setattr(line, "QUICK_MS", 100.0)


def world(stack: ExitStack, **other: object) -> Delayed:
    """Two unrelated hosts and the mail server, all listening."""
    place = stack.enter_context(speaker(says(then_wait=True)))
    made = Delayed(
        controls=replace(NO_CONTROLS, https=tuple(CONTROLS)),
        hosts={HOST: [MAIL], **{host: [address] for host, address in CONTROLS.items()}},
        **other,  # type: ignore[arg-type]
    )
    for address in CONTROLS.values():
        made.lead(address, 443, place)
    made.lead(MAIL, 993, place)
    return made


def measured(made: LoopbackWorld, *, linked: Link | None = None, seconds: float = 8) -> LineQuality:
    run = probe_run(made, seconds=seconds)
    if linked is not None:
        run.setting.record(linked)
    line.line(run.setting)
    (seen,) = run.seen(LineQuality)
    assert isinstance(seen, LineQuality)
    return seen


def with_gateway(**other: object) -> Link:
    return replace(NO_LINK, gateway=GATEWAY, gateway_interface="eth0", **other)  # type: ignore[arg-type]


def test_a_line_in_order_is_asked_two_rounds(stack: ExitStack) -> None:
    seen = measured(world(stack))
    assert {c.round for c in seen.connects} == {1, 2}
    assert len(seen.connects) == 6
    assert {(c.segment, c.host) for c in seen.connects} == {
        ("provider", HOST),
        *(("control", host) for host in CONTROLS),
    }
    assert all(c.fate == "connected" and c.milliseconds is not None for c in seen.connects)
    assert min(c.started for c in seen.connects if c.round == 2) >= 0.04


def test_one_late_connection_brings_more_rounds_and_is_seen(stack: ExitStack) -> None:
    late = CONTROLS["www.one.example"]
    seen = measured(world(stack, late={(late, 2): 0.2}))
    assert {c.round for c in seen.connects} == set(range(1, line.ROUNDS + 1))
    (slow,) = [c for c in seen.connects if (c.milliseconds or 0) >= 190]
    assert (slow.address, slow.round) == (late, 2)


def test_what_is_never_answered_has_no_time(stack: ExitStack) -> None:
    lost = CONTROLS["www.two.example"]
    seen = measured(world(stack, late={(lost, 1): 9.0}))
    fates = {(c.address, c.round): (c.fate, c.milliseconds) for c in seen.connects}
    assert fates[lost, 1] == ("timeout", None)
    assert fates[lost, 3][0] == "connected"


def test_a_refusal_is_an_answer_too(stack: ExitStack) -> None:
    refusing = world(stack, faults={(MAIL, 993): ConnectionRefusedError()})
    seen = measured(refusing)
    own = [c for c in seen.connects if c.segment == "provider"]
    assert {c.fate for c in own} == {"refused"}
    assert all(c.milliseconds is not None for c in own)
    assert {c.round for c in seen.connects} == {1, 2}


def test_no_way_to_the_mail_server_takes_no_more_rounds(stack: ExitStack) -> None:
    seen = measured(world(stack, faults={(MAIL, 993): OSError(errno.ENETUNREACH, "")}))
    own = [(c.fate, c.milliseconds) for c in seen.connects if c.segment == "provider"]
    assert own == [("unreachable", None)] * 2
    assert {c.round for c in seen.connects} == {1, 2}


def test_nothing_answers_at_all(stack: ExitStack) -> None:
    started = time.monotonic()
    seen = measured(world(stack, always=9.0))
    assert {c.fate for c in seen.connects} == {"timeout"}
    assert {c.round for c in seen.connects} == {1, 2}
    assert time.monotonic() - started < 2


def test_a_slow_line_is_asked_on_although_nothing_answers_at_first(stack: ExitStack) -> None:
    seen = measured(world(stack, always=0.2))
    assert len({c.round for c in seen.connects}) == line.ROUNDS
    assert all((c.milliseconds or 0) >= 190 for c in seen.connects)


def test_the_gateway_takes_part_where_it_answers(stack: ExitStack) -> None:
    made = world(stack, late={(CONTROLS["www.one.example"], 1): 0.2})
    made.lead(GATEWAY, 80, stack.enter_context(speaker(says(then_wait=True))))
    seen = measured(made, linked=with_gateway())
    near = [c for c in seen.connects if c.segment == "gateway"]
    assert {(c.address, c.port) for c in near} == {(GATEWAY, 80)}
    assert len(near) >= 3
    assert all(c.fate == "connected" for c in near)


def test_a_gateway_that_takes_no_connections_is_left_out(stack: ExitStack) -> None:
    seen = measured(world(stack), linked=with_gateway())
    assert "gateway" not in {c.segment for c in seen.connects}


def test_an_unrelated_host_is_tried_over_ipv6_too(stack: ExitStack) -> None:
    here = Interface(name="eth0", addresses=("10.66.0.10", "2400:3200::10"))
    made = world(stack)
    made.hosts["www.one.example"].append("2400:3200::1")
    made.faults["2400:3200::1", 443] = TimeoutError()
    seen = measured(made, linked=with_gateway(interfaces=(here,)))
    new = [c for c in seen.connects if ":" in c.address]
    assert {c.fate for c in new} == {"timeout"}
    # It decides nothing about how many rounds there are.
    assert {c.round for c in seen.connects} == {1, 2}
    # Without an address of its own this computer does not try.
    assert not [c for c in measured(made).connects if ":" in c.address]


def test_without_names_there_is_nothing_to_measure() -> None:
    run = probe_run(LoopbackWorld(controls=replace(NO_CONTROLS, https=tuple(CONTROLS))))
    with pytest.raises(Skipped):
        line.line(run.setting)


def test_it_can_be_stopped(stack: ExitStack) -> None:
    run = probe_run(world(stack, always=0.3))
    threading.Timer(0.1, run.setting.stop).start()
    started = time.monotonic()
    with pytest.raises(Stopped):
        line.line(run.setting)
    assert time.monotonic() - started < 1


def endpoint(talk: Talk, tls: ssl.SSLContext | None = None) -> Endpoint:
    """What the mail server's probe sees of a server."""
    made = LoopbackWorld(authority=ROOT, hosts={HOST: [MAIL]})
    with speaker(talk, tls) as place:
        made.lead(MAIL, 993, place)
        run: ProbeRun = probe_run(made, seconds=9)
        endpoints.imap_server(run.setting)
    (seen,) = run.seen(Endpoint)
    assert isinstance(seen, Endpoint)
    return seen


def black_hole(connection: socket.socket) -> None:
    """A real TLS server behind a line that lets only small packets back."""
    context = GOOD.server_context()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = context.wrap_bio(incoming, outgoing, server_side=True)
    while data := connection.recv(65536):
        incoming.write(data)
        try:
            server.do_handshake()
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError:
            pass  # it has written its alert
        answer = outgoing.read()
        if len(answer) < 500:
            connection.sendall(answer)


@pytest.mark.parametrize(
    ("talk", "answer"),
    [
        (black_hole, "answered"),
        (silent, "silent"),
        (says(b"220 hello\r\n", then_wait=True), ""),
    ],
)
def test_where_the_handshake_stalls_a_small_hello_is_tried(
    talk: Talk, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(small_hello, "SECONDS", 0.4)
    monkeypatch.setattr(
        reaching,
        "handshake",
        lambda *a, **k: handshake(*a, **{**k, "seconds": 0.4}),
    )
    seen = endpoint(talk)
    assert seen.tls == ("timeout" if answer else "plaintext")
    assert seen.small_hello == answer


def test_a_server_in_order_answers_the_small_hello_with_an_alert() -> None:
    made = LoopbackWorld()
    with speaker(silent, GOOD.server_context()) as place:
        made.lead(MAIL, 993, place)
        run = probe_run(made)
        assert small_hello.small_hello(run.setting, MAIL, 993, HOST) == "answered"


def test_a_tls_library_that_knows_no_small_hello_tells_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(small_hello, "_NO_ENCRYPTION", "NO-SUCH-CIPHER")
    run = probe_run(LoopbackWorld())
    assert small_hello.small_hello(run.setting, MAIL, 993, HOST) == ""


def test_the_small_hello_is_small_and_whole() -> None:
    for host in (HOST, "10.1.2.3", "2001:db8::1", "", "邮件.example", "x" * 70 + ".example"):
        data = small_hello.hello(host)
        kind, _version, length = struct.unpack("!BHH", data[:5])
        assert (kind, length) == (22, len(data) - 5)
        assert len(data) < 200
