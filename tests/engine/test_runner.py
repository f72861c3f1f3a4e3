"""Running probes: order, deadlines, stopping, crashes, and what comes too late."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from mailwizard.engine.runner import ProbeState, Run
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Step
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.model.seen.user import Answer
from mailwizard.plan import of_step
from mailwizard.probes.setting import Setting, Skipped, Stopped
from tests.engine.builders import investigation, stub


def seen(word: str) -> Answer:
    """Something to record."""
    return Answer(question="test", value=word)


def ended(evidence: Evidence, probe: str) -> ProbeEnded:
    (observation,) = evidence.of(ProbeEnded, probe)
    return observation.seen


@contextmanager
def silent_server() -> Iterator[tuple[str, int]]:
    """A server that accepts and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()


def test_a_probe_records_and_is_done() -> None:
    of = investigation()
    run = of.start([stub("one", lambda setting: setting.record(seen("here")))])
    assert run.wait(5)
    assert run.ended
    (told,) = of.evidence.of(Answer)
    assert (told.seen.value, told.probe) == ("here", "one")
    assert ended(of.evidence, "one") == ProbeEnded(how="done")


def test_no_probes_are_ended_at_once() -> None:
    assert investigation().start([]).wait(1)


def test_probes_wait_for_those_they_come_after() -> None:
    of = investigation()
    order: list[str] = []
    gate = threading.Event()

    def first(_setting: Setting) -> None:
        gate.wait(5)
        order.append("first")

    run = of.start(
        [
            stub("second", lambda _s: order.append("second"), after=("first",)),
            stub("third", lambda _s: order.append("third"), after=("second", "not-in-this-run")),
            stub("first", first),
        ]
    )
    assert {state.status for state in run.states()} <= {"waiting", "running"}
    gate.set()
    assert run.wait(5)
    assert order == ["first", "second", "third"]


def test_a_crash_is_a_result_of_its_own_and_names_no_values() -> None:
    of = investigation()

    def crash(setting: Setting) -> None:
        setting.record(seen("before"))
        secret = "canary-secret-word"
        raise ValueError(secret)

    run = of.start([stub("bad", crash), stub("good", lambda s: s.record(seen("fine")))])
    assert run.wait(5)
    how = ended(of.evidence, "bad")
    assert how.how == "crashed"
    assert how.reason.startswith("ValueError")
    assert "canary" not in repr(of.evidence.all())
    assert {o.seen.value for o in of.evidence.of(Answer)} == {"before", "fine"}


def test_a_probe_after_a_crashed_one_still_runs() -> None:
    of = investigation()

    def crash(_setting: Setting) -> None:
        raise RuntimeError

    run = of.start([stub("bad", crash), stub("next", after=("bad",))])
    assert run.wait(5)
    assert ended(of.evidence, "next").how == "done"


def test_skipped_keeps_its_reason() -> None:
    of = investigation()

    def skip(_setting: Setting) -> None:
        raise Skipped("no-sender")

    assert of.start([stub("one", skip)]).wait(5)
    assert ended(of.evidence, "one") == ProbeEnded(how="skipped", reason="no-sender")


def test_a_deadline_breaks_off_a_read_and_keeps_what_was_seen() -> None:
    of = investigation()
    with silent_server() as address:
        of.world.lead("192.0.2.1", 25, address)  # type: ignore[attr-defined]

        def listen(setting: Setting) -> None:
            connection = setting.connect("192.0.2.1", 25, 5)
            setting.record(seen("connected"))
            connection.settimeout(30)
            if not connection.recv(100):
                setting.limit(1)

        run = of.start([stub("slow", listen, seconds=0.3)])
        assert run.wait(5)
    assert ended(of.evidence, "slow").how == "deadline"
    assert [o.seen.value for o in of.evidence.of(Answer)] == ["connected"]


def test_a_probe_that_nothing_breaks_off_ends_at_its_deadline_all_the_same() -> None:
    of = investigation()
    stuck = threading.Event()
    late: list[str] = []

    def hang(setting: Setting) -> None:
        stuck.wait(20)
        try:
            setting.record(seen("too late"))
        except Stopped:
            late.append("refused")
            raise

    run = of.start([stub("stuck", hang, seconds=0.2)])
    assert run.wait(5)
    assert ended(of.evidence, "stuck").how == "deadline"
    stuck.set()
    deadline = time.monotonic() + 5
    while not late and time.monotonic() < deadline:
        time.sleep(0.01)
    assert late == ["refused"]
    assert of.evidence.of(Answer) == []
    assert len(of.evidence.of(ProbeEnded, "stuck")) == 1


def test_the_whole_run_has_a_deadline_also_for_those_still_waiting() -> None:
    of = investigation()
    stuck = threading.Event()
    began = time.monotonic()
    run = of.start(
        [
            stub("stuck", lambda _s: bool(stuck.wait(20)) and None),
            stub("waiting", after=("stuck",)),
        ],
        seconds=0.3,
    )
    assert run.wait(5)
    assert time.monotonic() - began < 2
    assert ended(of.evidence, "stuck").how == "deadline"
    assert of.evidence.of(ProbeEnded, "waiting")
    stuck.set()


def test_stop_returns_at_once_and_breaks_off_sockets() -> None:
    of = investigation()
    reading = threading.Event()
    broken_off = threading.Event()
    with silent_server() as address:
        of.world.lead("192.0.2.1", 25, address)  # type: ignore[attr-defined]

        def listen(setting: Setting) -> None:
            connection = setting.connect("192.0.2.1", 25, 5)
            connection.settimeout(30)
            reading.set()
            connection.recv(100)
            broken_off.set()

        run = of.start([stub("slow", listen), stub("later", after=("slow",))])
        assert reading.wait(5)
        began = time.monotonic()
        run.stop()
        assert time.monotonic() - began < 0.5
        assert run.ended
        assert broken_off.wait(5)
    assert ended(of.evidence, "slow").how == "stopped"
    assert ended(of.evidence, "later").how == "stopped"
    run.stop()
    assert len(of.evidence.of(ProbeEnded, "slow")) == 1


def test_on_change_tells_every_stage() -> None:
    of = investigation()
    stages: list[ProbeState] = []

    def work(setting: Setting) -> None:
        setting.progress(1, 2)

    run = of.start([stub("one", work)], on_change=stages.append)
    assert run.wait(5)
    deadline = time.monotonic() + 5
    while stages[-1].status != "done" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [stage.status for stage in stages] == ["running", "running", "done"]
    assert stages[1].progress == (1, 2)


def test_what_an_older_run_still_records_is_not_believed() -> None:
    of = investigation()
    go = threading.Event()

    def first(setting: Setting) -> None:
        go.wait(5)
        setting.record(seen("old"))

    old = of.start([stub("one", first)])
    new = of.start([stub("one", lambda s: s.record(seen("new")))])
    assert new.wait(5)
    go.set()
    assert old.wait(5)
    assert [o.seen.value for o in of.evidence.of(Answer)] == ["new"]
    assert len(of.evidence.all()) == 4


def test_silence_of_a_question_that_had_only_a_moment_left_is_not_recorded() -> None:
    of = investigation()

    def ask(setting: Setting) -> None:
        time.sleep(setting.limit(5))  # the answer does not come in the time that was left
        setting.record(seen("no answer"))

    run = of.start([stub("late", ask, seconds=0.2)])
    assert run.wait(5)
    assert ended(of.evidence, "late").how == "deadline"
    assert of.evidence.of(Answer) == []


def test_a_watcher_that_raises_disturbs_no_probe() -> None:
    of = investigation()
    told: list[str] = []

    def gone(state: ProbeState) -> None:
        told.append(state.status)
        raise RuntimeError("the screen is closed")

    probes = [stub("one", lambda s: s.record(seen("here"))), stub("two", after=("one",))]
    run = of.start(probes, on_change=gone)
    assert run.wait(5)
    assert {s.status for s in run.states()} == {"done"}
    assert [o.seen.value for o in of.evidence.of(Answer)] == ["here"]
    assert told == ["running"]


def test_a_probe_that_cannot_be_given_its_setting_has_crashed() -> None:
    evidence = Evidence()

    def no_setting(*_parts: object) -> Setting:
        raise LookupError

    run = Run([stub("one"), stub("two", after=("one",))], evidence, no_setting, seconds=20)
    assert run.wait(5)
    assert {ended(evidence, name).how for name in ("one", "two")} == {"crashed"}


def test_what_waits_does_not_begin_when_all_is_stopped() -> None:
    of = investigation()
    began: list[str] = []
    stuck = threading.Event()
    names = [f"later {number}" for number in range(20)]
    run = of.start(
        [
            stub("first", lambda _s: bool(stuck.wait(20)) and None),
            *(stub(name, lambda s: began.append(s.case.me), after=("first",)) for name in names),
        ]
    )
    run.stop()
    assert run.ended
    stuck.set()
    assert {state.status for state in run.states()} == {"stopped"}
    assert began == []


def test_progress_after_the_end_changes_nothing() -> None:
    of = investigation()
    go, refused = threading.Event(), threading.Event()

    def slow(setting: Setting) -> None:
        setting.progress(1, 9)
        go.wait(5)
        try:
            setting.progress(2, 9)
        except Stopped:
            refused.set()
            raise

    run = of.start([stub("one", slow)])
    while run.state("one").progress != (1, 9):
        time.sleep(0.01)
    run.stop()
    go.set()
    assert refused.wait(5)
    assert run.state("one").progress == (1, 9)


def hear_out(setting: Setting, place: tuple[str, int]) -> None:
    """Listens to a server that never says anything."""
    with socket.create_connection(place) as connection:
        setting.guard(connection)
        if not connection.recv(100):
            raise Stopped


def test_when_the_ladder_shows_that_nothing_can_be_reached_the_rest_is_not_waited_for() -> None:
    of = investigation()
    asked: list[str] = []
    with silent_server() as place:
        probes = [
            *(
                stub(probe.id, lambda _s: None, step=Step.NETWORK)
                for probe in of_step(Step.NETWORK)
            ),
            stub("door", lambda setting: hear_out(setting, place), step=Step.DNS),
            stub("later", lambda _s: asked.append("later"), after=("door",), step=Step.DNS),
        ]
        run = Run(probes, of.evidence, of.setting, seconds=20, pointless=lambda: "no-line")
        assert run.wait(5)
    assert asked == []
    for probe in ("door", "later"):
        assert ended(of.evidence, probe) == ProbeEnded(how="skipped", reason="no-line")


def test_a_part_of_the_ladder_ends_nothing_else() -> None:
    of = investigation()
    gate = threading.Event()

    def wait(_setting: Setting) -> None:
        gate.wait(5)

    probes = [
        stub("link", lambda _s: None, step=Step.NETWORK),
        stub("door", wait, step=Step.DNS),
    ]
    run = Run(probes, of.evidence, of.setting, seconds=20, pointless=lambda: "no-line")
    assert not run.wait(0.3)
    gate.set()
    assert run.wait(5)
    assert ended(of.evidence, "door") == ProbeEnded(how="done")
