"""One look of a watch of the line, in the demo's worlds: what is seen, and how little is asked."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from mailwizard.demo.hosts import GATEWAY
from mailwizard.demo.start import Demo, start
from mailwizard.diagnosis.line_look import judge_look
from mailwizard.diagnosis.situation import Situation
from mailwizard.engine.investigation import Investigation
from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Seen
from mailwizard.model.secret import Secret
from mailwizard.model.seen.network import Endpoint, HttpReply
from mailwizard.probes.line_look import SECONDS, look
from mailwizard.probes.setting import Setting, Stopped


class Counting:
    """A world that keeps where connections and packets went to."""

    def __init__(self, world: Any) -> None:
        self._world = world
        self.connects: list[tuple[str, int]] = []
        self.packets: list[tuple[str, int]] = []

    def connect(self, address: str, port: int, timeout: float) -> Any:
        self.connects.append((address, port))
        return self._world.connect(address, port, timeout)

    def route(self, address: str, port: int, transport: str) -> tuple[str, int]:
        self.packets.append((address, port))
        found: tuple[str, int] = self._world.route(address, port, transport)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world, name)


@pytest.fixture
def demo(request: pytest.FixtureRequest) -> Iterator[Demo]:
    with start(getattr(request, "param", "never-sent")) as demo:
        yield demo


def one(demo: Demo, number: int = 0) -> tuple[Evidence, Counting, Setting]:
    """Looks once."""
    world, evidence = Counting(demo.world), Evidence()
    investigation = Investigation(world, demo.case, evidence)
    investigation.password = Secret("canary-118")

    def record(seen: Seen) -> None:
        evidence.add("look", seen, at=demo.world.now(), seconds=0.1)

    setting = investigation.setting(record, lambda: SECONDS, lambda _done, _total: None)
    look(setting, number)
    return evidence, world, setting


def marks(demo: Demo, evidence: Evidence) -> str:
    investigation = Investigation(demo.world, demo.case)
    found = investigation.detected
    return judge_look(Situation(demo.case, evidence, found.provider, found.by), 0.0).marks


@pytest.mark.parametrize(
    ("demo", "expected"),
    [
        ("never-sent", "oooooo"),
        ("gateway-down", "ox----"),
        ("dns-down", "ooxooo"),
        ("captive-portal", "ooox--"),
        ("port-993-blocked", "ooooo?"),
        ("imap-down", "ooooox"),
        ("certificate-expired", "oooooo"),
        ("tls-intercepted", "oooooo"),
    ],
    indirect=["demo"],
)
def test_what_a_look_tells(demo: Demo, expected: str) -> None:
    evidence, _world, _setting = one(demo)
    assert marks(demo, evidence) == expected


def test_little_is_asked(demo: Demo) -> None:
    """A connection each to one control, webmail and the mail server; one question for a name."""
    evidence, world, _setting = one(demo)
    assert sorted(port for _address, port in world.connects) == [443, 443, 993]
    assert {address for address, port in world.packets if port == 53} == {GATEWAY}
    assert not evidence.of(HttpReply)


def test_the_controls_take_turns(demo: Demo) -> None:
    asked = [
        o.seen.host
        for number in range(8)
        for o in one(demo, number)[0].of(Endpoint)
        if o.seen.role == "control"
    ]
    assert len(asked) == 8
    assert {asked.count(host) for host in demo.world.controls.https} == {2}


@pytest.mark.parametrize("demo", ["imap-down"], indirect=True)
def test_a_silent_server_has_its_control(demo: Demo) -> None:
    evidence, _world, _setting = one(demo)
    hosts = [o.seen.host for o in evidence.of(Endpoint) if o.seen.service == "imap"]
    assert len(hosts) == 2
    assert hosts[1] in demo.world.controls.imap


def test_stopped_at_once(demo: Demo) -> None:
    looking, ended = threading.Event(), threading.Event()

    class Stuck(Counting):
        def connect(self, address: str, port: int, timeout: float) -> Any:
            looking.set()
            return super().connect(address, port, timeout) if ended.wait(10) else None

    world, evidence = Stuck(demo.world), Evidence()
    setting = Investigation(world, demo.case, evidence).setting(
        lambda _seen: None, lambda: SECONDS, lambda _done, _total: None
    )
    raised: list[BaseException] = []

    def work() -> None:
        try:
            look(setting, 0)
        except Stopped as stopped:
            raised.append(stopped)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    assert looking.wait(5)
    setting.stop()
    thread.join(1)
    ended.set()
    assert not thread.is_alive()
    assert raised
