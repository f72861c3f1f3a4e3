"""Watching the line, with a clock and a ladder of the test's own: nothing sleeps."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest

from mailwizard.engine.investigation import Investigation
from mailwizard.engine.line_watch import LineWatch, Pace, findings, watch_line
from mailwizard.engine.session import Session
from mailwizard.model.case import Case
from mailwizard.model.observation import KINDS, from_json, to_json
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.line_watch import MOST_LOOKS, RUNGS, LineWatched
from mailwizard.model.seen.network import Endpoint, GatewayReply, Interface, Link, SystemLookup
from mailwizard.probes.setting import Setting, Stopped
from tests.worlds import LoopbackWorld

CASE = Case(me="lin@example.com", since=date(2026, 11, 9))
LINK = Link(
    interfaces=(Interface(name="eth0", addresses=("10.0.0.5",), kind="cable"),),
    gateway="10.0.0.1",
    gateway_interface="eth0",
    resolvers=("10.0.0.1",),
    pinned={},
    proxies={},
)
ROUTER = GatewayReply(address="10.0.0.1", answered=True, how="ping", milliseconds=1.5)
NAMES = DnsAnswer(
    via="configured",
    about="control",
    server="10.0.0.1",
    name="www.baidu.com",
    rtype="A",
    status="answer",
    records=("203.0.113.80",),
)
WEB = Endpoint(
    role="control",
    service="https",
    host="www.baidu.com",
    address="203.0.113.80",
    port=443,
    connect="connected",
    connect_ms=20.0,
    tls="ok",
)
OTHER = replace(WEB, host="www.taobao.com", address="203.0.113.81")
OTHER_MAIL = replace(
    WEB, service="imap", host="imap.qq.com", address="203.0.113.82", spoke=True, greeting="* OK hi"
)
WEBMAIL = replace(WEB, role="web", host="qiye.aliyun.com", address="203.0.113.83", connect_ms=25.0)
MAIL = replace(
    OTHER_MAIL, role="provider", host="imap.qiye.aliyun.com", address="203.0.113.84", port=993
)
LOST: dict[str, object] = {"connect": "timeout", "connect_ms": None, "tls": "", "spoke": False}


def gone(endpoint: Endpoint) -> Endpoint:
    return replace(endpoint, **LOST, greeting="")  # type: ignore[arg-type]


GOOD = (LINK, ROUTER, NAMES, WEB, WEBMAIL, MAIL)
NO_LINE = (LINK, ROUTER, replace(NAMES, status="timeout", records=()), *map(gone, GOOD[3:]))
NO_LINE = (*NO_LINE, gone(OTHER), gone(OTHER_MAIL))
NO_ROUTER = (LINK, replace(ROUTER, answered=False, how="", milliseconds=None), *NO_LINE[2:])
UNPLUGGED = (replace(LINK, interfaces=(), gateway=None, gateway_interface=None), *NO_LINE[2:])
NO_MAIL = (*GOOD[:5], gone(MAIL), OTHER_MAIL)
PORT_SHUT = (*GOOD[:5], gone(MAIL), gone(OTHER_MAIL))
NO_WEBMAIL = (*GOOD[:4], gone(WEBMAIL), MAIL)
NO_NAMES = (
    LINK,
    ROUTER,
    replace(NAMES, status="timeout", records=()),
    SystemLookup(host="www.baidu.com", outcome="timeout"),
    *GOOD[3:],
)


@dataclass
class Ladder:
    """A clock that goes on when somebody waits, and looks that see what a script says."""

    sees: Callable[[int], tuple[object, ...]]
    now: float = 100.0
    takes: float = 0.5
    waited: list[float] = field(default_factory=list)

    def pace(self, every: float = 5.0) -> Pace:
        return Pace(every=every, clock=lambda: self.now, pause=self._pause, look=self._look)

    def _pause(self, _halt: threading.Event, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds

    def _look(self, setting: Setting, number: int) -> None:
        for seen in self.sees(number):
            setting.record(seen)  # type: ignore[arg-type]
        self.now += self.takes


@pytest.fixture
def session() -> Session:
    return Session(Investigation(LoopbackWorld(), CASE))


def run(
    session: Session, sees: Callable[[int], tuple[object, ...]], minutes: float = 2
) -> LineWatched:
    job = watch_line(session, minutes, Ladder(sees).pace())
    assert job.wait(20)
    assert not job.crashed
    [observation] = session.investigation.evidence.of(LineWatched)
    return observation.seen


def history(record: LineWatched, rung: str) -> str:
    return next(r.history for r in record.rungs if r.rung == rung)


def test_a_line_in_order(session: Session) -> None:
    record = run(session, lambda _number: GOOD)
    assert record.looks == 24
    assert record.offsets[:3] == (0.0, 5.0, 10.0)
    assert not record.stopped
    assert record.seconds == pytest.approx(120, abs=1)
    for rung in record.rungs:
        assert rung.history == "o" * 24, rung
        assert (rung.answered, rung.silent, rung.outages) == (24, 0, 0)
    assert [r.median_ms for r in record.rungs if r.rung != "names"] == [None, 1.5, 20.0, 25.0, 20.0]
    assert [f.code for f in findings(session)] == ["LINE_STEADY"]


def test_the_evidence_holds_one_record_and_nothing_of_the_looks(session: Session) -> None:
    run(session, lambda number: NO_LINE if number % 3 else GOOD)
    assert [o.kind for o in session.investigation.evidence.all()] == ["line-watch"]
    codes = {f.code for f in session.investigation.diagnosis().findings}
    assert not codes & {"INTERNET_DOWN", "GATEWAY_DOWN", "PROVIDER_UNREACHABLE"}


@pytest.mark.parametrize(
    ("bad", "marks"),
    [
        (UNPLUGGED, "x-----"),
        (NO_ROUTER, "ox----"),
        (NO_LINE, "oo-x--"),
        (NO_NAMES, "ooxooo"),
        (NO_WEBMAIL, "ooooxo"),
        (NO_MAIL, "ooooox"),
        (PORT_SHUT, "ooooo?"),
        ((), "????--"),
        (GOOD[:3], "ooo?--"),
        ((LINK, ROUTER, NAMES, WEB, WEBMAIL, replace(MAIL, greeting="* BYE busy")), "ooooos"),
        ((LINK, ROUTER, NAMES, replace(WEB, connect_ms=950.0), WEBMAIL, MAIL), "ooosoo"),
        ((LINK, ROUTER, NAMES, WEB, WEBMAIL, replace(MAIL, spoke=False), OTHER_MAIL), "ooooox"),
        ((LINK, ROUTER, NAMES, WEB, WEBMAIL, replace(MAIL, tls="expired", spoke=False)), "oooooo"),
        ((LINK, replace(ROUTER, answered=False, how=""), *GOOD[2:]), "oooooo"),
        ((LINK, ROUTER, NAMES, WEB, gone(MAIL)), "oooo-x"),
    ],
)
def test_the_marks_of_one_look(session: Session, bad: tuple[object, ...], marks: str) -> None:
    record = run(session, lambda number: bad if number == 5 else GOOD)
    assert "".join(history(record, rung)[5] for rung in RUNGS) == marks
    assert "".join(history(record, rung)[4] for rung in RUNGS) == "o" * 6


def test_outages_with_their_times(session: Session) -> None:
    record = run(session, lambda number: NO_ROUTER if number in (4, 5, 6, 15) else GOOD)
    router = record.rungs[1]
    assert router.history == "ooooxxxooooooooxoooooooo"
    assert (router.silent, router.outages) == (4, 2)
    assert (router.longest_start, router.longest_seconds) == (20.0, 15.0)
    assert record.rungs[3].history.count("-") == 4
    [finding] = findings(session)
    assert (finding.code, finding.data["variant"], finding.owner) == (
        "LINE_UNSTEADY",
        "router",
        "it",
    )


def test_stopped_at_once_in_the_middle_of_a_look(session: Session) -> None:
    looking = threading.Event()

    def look(setting: Setting, number: int) -> None:
        if number < 3:
            for seen in GOOD:
                setting.record(seen)
            return
        looking.set()
        while not setting.stopped:
            time.sleep(0.005)
        raise Stopped

    ladder = Ladder(lambda _number: ())
    job = watch_line(session, 2, replace(ladder.pace(), look=look))
    assert looking.wait(5)
    assert job.snapshot().state == "watching"
    began = time.monotonic()
    job.stop()
    assert job.wait(1)
    assert time.monotonic() - began < 0.5
    now = job.snapshot()
    assert now.state == "stopped"
    assert now.record is not None
    assert (now.record.looks, now.record.stopped) == (3, True)


def test_stopped_while_it_waits(session: Session) -> None:
    def look(setting: Setting, _number: int) -> None:
        for seen in GOOD:
            setting.record(seen)

    job = watch_line(session, 5, Pace(every=60, look=look))
    while not job.snapshot().looks:
        assert not job.wait(0.01)
    job.stop()
    assert job.wait(1)
    record = job.snapshot().record
    assert record is not None
    assert record.looks == 1


def test_stopped_before_the_first_look_nothing_is_recorded(session: Session) -> None:
    def look(setting: Setting, _number: int) -> None:
        while not setting.stopped:
            time.sleep(0.005)
        raise Stopped

    job = watch_line(session, 5, Pace(look=look))
    job.stop()
    assert job.wait(1)
    assert job.snapshot().state == "stopped"
    assert not session.investigation.evidence.of(LineWatched)


def test_an_error_of_ours_spoils_its_look_only(session: Session) -> None:
    def sees(number: int) -> tuple[object, ...]:
        if number == 7:
            raise ZeroDivisionError
        return GOOD

    record = run(session, sees)
    assert record.faults == 1
    assert history(record, "mail") == "o" * 7 + "?" + "o" * 16
    assert [f.code for f in findings(session)] == ["LINE_STEADY"]


def test_a_look_that_takes_long_is_followed_at_once(session: Session) -> None:
    ladder = Ladder(lambda _number: NO_LINE, takes=9.0)
    job = watch_line(session, 1, ladder.pace())
    assert job.wait(10)
    record = job.snapshot().record
    assert record is not None
    assert record.offsets == (0.0, 9.0, 18.0, 27.0, 36.0, 45.0, 54.0)


def test_bounded(session: Session) -> None:
    ladder = Ladder(lambda _number: GOOD, takes=0.0)
    job = LineWatch(session.investigation, 10_000, ladder.pace(0.5))
    assert job.wait(30)
    record = job.snapshot().record
    assert record is not None
    assert record.looks == MOST_LOOKS
    assert all(len(rung.history) <= 400 for rung in record.rungs)


def test_a_flood_in_one_look_is_cut(session: Session) -> None:
    record = run(session, lambda number: GOOD * 1000 if number == 3 else GOOD)
    assert history(record, "mail")[3] == "o"


def test_the_record_goes_to_json_and_back(session: Session) -> None:
    run(session, lambda number: NO_MAIL if number % 2 else GOOD)
    [observation] = session.investigation.evidence.all()
    assert "line-watch" in KINDS
    assert from_json(to_json(observation)).seen == observation.seen


def test_a_second_watch_replaces_the_first(session: Session) -> None:
    run(session, lambda number: NO_LINE if number % 3 else GOOD)
    run(session, lambda _number: GOOD)
    assert [f.code for f in findings(session)] == ["LINE_STEADY"]


def test_a_computer_that_slept_saw_nothing() -> None:
    class Sleeper(LoopbackWorld):
        slept = timedelta()

        def now(self) -> datetime:
            return super().now() + self.slept

    world = Sleeper()
    here = Session(Investigation(world, CASE))

    def sees(number: int) -> tuple[object, ...]:
        if number == 6:
            world.slept = timedelta(hours=1)
            return NO_LINE
        return GOOD

    record = run(here, sees)
    assert history(record, "internet") == "o" * 6 + "?" + "o" * 17
    assert [f.code for f in findings(here)] == ["LINE_STEADY"]
