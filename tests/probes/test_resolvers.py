"""Name servers that answer, lie, refuse and keep silent; and several things side by side."""

import threading
import time
from dataclasses import replace

import pytest

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, SystemLookup
from mailwizard.probes import resolvers
from mailwizard.probes.setting import Skipped, Stopped
from mailwizard.probes.side_by_side import SideBySide
from tests.servers.name_server import Table, name_server
from tests.worlds import NO_CONTROLS, LoopbackWorld, ProbeRun, probe_run

CONTROLS = replace(
    NO_CONTROLS, https=("one.example", "two.example"), resolvers=("1.1.1.1", "8.8.8.8")
)
GOOD: Table = {("one.example", "A"): ["203.0.113.1"], ("two.example", "A"): ["203.0.113.2"]}


def answered(run: ProbeRun) -> set[tuple[str, str, str]]:
    return {(a.server, a.about, a.status) for a in run.seen(DnsAnswer) if isinstance(a, DnsAnswer)}


def test_each_configured_server_is_asked_for_known_and_unknown_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(resolvers, "ASK_SECONDS", 0.4)
    world = LoopbackWorld(
        controls=CONTROLS,
        hosts={"one.example": ["203.0.113.1"]},
        resolvers=(("10.0.0.53", 53), ("10.0.0.54", 53)),
    )
    with name_server(GOOD) as good, name_server({("*", "A"): "silent"}) as dead:
        world.lead("10.0.0.53", 53, good, "udp")
        world.lead("10.0.0.54", 53, dead, "udp")
        run = probe_run(world)
        resolvers.configured(run.setting)
    assert answered(run) == {
        ("10.0.0.53", "control", "answer"),
        ("10.0.0.53", "random", "nxdomain"),
        ("10.0.0.54", "control", "timeout"),
        ("10.0.0.54", "random", "timeout"),
    }
    (lookup,) = run.seen(SystemLookup)
    assert isinstance(lookup, SystemLookup)
    assert lookup.addresses == ("203.0.113.1",)


def test_public_servers_and_one_unknown_name() -> None:
    world = LoopbackWorld(controls=CONTROLS)
    with name_server(GOOD) as good, name_server({("*", "A"): "REFUSED"}) as refusing:
        world.lead("1.1.1.1", 53, refusing, "udp")
        world.lead("8.8.8.8", 53, good, "udp")
        run = probe_run(world)
        resolvers.public(run.setting)
    assert answered(run) == {
        ("1.1.1.1", "control", "refused"),
        ("8.8.8.8", "control", "answer"),
        ("8.8.8.8", "random", "nxdomain"),
    }


def test_where_udp_is_closed_tcp_and_the_web_port_are_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(resolvers, "MOMENT", 0.05)
    world = LoopbackWorld(controls=CONTROLS)
    with name_server(GOOD) as good:
        world.lead("1.1.1.1", 53, good, "tcp")
        run = probe_run(world)
        resolvers.public(run.setting)
    assert ("1.1.1.1", "control", "answer") in answered(run)
    doors = {(e.host, e.port) for e in run.seen(Endpoint) if isinstance(e, Endpoint)}
    assert doors == {("1.1.1.1", 443), ("8.8.8.8", 443)}


def test_without_controls_there_is_nothing_to_ask() -> None:
    with pytest.raises(Skipped):
        resolvers.public(probe_run(LoopbackWorld()).setting)


def test_random_names_differ_and_are_names() -> None:
    names = {resolvers.random_name() for _ in range(20)}
    assert len(names) == 20
    assert all(len(name) == 20 and name.endswith(".com") for name in names)


def test_results_come_as_they_are_complete_and_more_may_be_started() -> None:
    work: SideBySide[int] = SideBySide(probe_run(LoopbackWorld()).setting, [lambda: 1])
    got: list[int] = []
    for result in work.results():
        got.append(result)
        if result < 3:
            work.start(lambda result=result: result + 1)  # type: ignore[misc]
    assert got == [1, 2, 3]


def test_a_task_s_error_is_the_probe_s_and_its_end_of_time_is_not() -> None:
    def late() -> int:
        raise Stopped

    def wrong() -> int:
        raise LookupError("ours")

    setting = probe_run(LoopbackWorld()).setting
    assert list(SideBySide(setting, [late, lambda: 2]).results()) == [2]
    with pytest.raises(LookupError):
        list(SideBySide(setting, [wrong]).results())


def test_stopping_does_not_wait_for_tasks() -> None:
    setting = probe_run(LoopbackWorld()).setting
    forever = threading.Event()
    work = SideBySide(setting, [forever.wait])
    threading.Timer(0.05, setting.stop).start()
    started = time.monotonic()
    with pytest.raises(Stopped):
        list(work.results())
    assert time.monotonic() - started < 1
    forever.set()
