"""What a watch of the line tells, from its record alone: required and forbidden findings."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailwizard.diagnosis import line_watch
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner
from mailwizard.model.line_history import Look, outages, watched
from mailwizard.model.seen.line_watch import RUNGS, LineWatched, RungWatched
from mailwizard.model.seen.network import Endpoint
from mailwizard.providers.load import provider
from mailwizard.report.line_chart import whole
from mailwizard.text import line_watching

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOST = "imap.qiye.aliyun.com"
LOOKS = 60
FINE = "oooooo"


def record(looks: list[str], ms: float | None = 12.0, **other: Any) -> LineWatched:
    given: dict[str, Any] = {
        "started": AT,
        "seconds": 5.0 * len(looks),
        "host": HOST,
        "stopped": False,
        **other,
    }
    return watched(
        [Look(5.0 * number, marks, (ms,) * len(RUNGS)) for number, marks in enumerate(looks)],
        **given,
    )


def script(bad: dict[str, list[int]], looks: int = LOOKS) -> list[str]:
    """Looks in order, but for some."""
    every = [FINE] * looks
    for marks, numbers in bad.items():
        for number in numbers:
            every[number] = marks
    return every


def situation(*seen: object) -> Situation:
    evidence = Evidence()
    for one in seen:
        evidence.add("line-watch", one, at=AT, seconds=300.0)  # type: ignore[type-var]
    case = Case(me="lin@example.com", since=date(2026, 11, 9))
    return Situation(case, evidence, provider("alimail"), "mx")


def only(looks: list[str], **other: Any) -> Finding:
    [found] = line_watch.judge(situation(record(looks, **other)))
    diagnosis = diagnose(situation(record(looks, **other)))
    assert found in diagnosis.findings
    assert not any(f.outcome is Outcome.CAUSE for f in diagnosis.findings)
    return found


SPREAD = [3, 11, 12, 25, 33, 47, 58]


@pytest.mark.parametrize(
    ("marks", "variant", "owner", "certainty"),
    [
        ("x-----", "link", Owner.IT, Certainty.SURE),
        ("ox----", "router", Owner.IT, Certainty.SURE),
        ("ooxooo", "names", Owner.IT, Certainty.SURE),
        ("ooxo--", "names", Owner.IT, Certainty.SURE),
        ("oo-x--", "internet", Owner.IT, Certainty.SURE),
        ("oooooxo"[:6], "mail", Owner.PROVIDER, Certainty.LIKELY),
        ("ooooxo", "webmail", Owner.PROVIDER, Certainty.LIKELY),
        ("ooooxx", "mail", Owner.PROVIDER, Certainty.LIKELY),
    ],
)
def test_the_rung_that_drops_out(
    marks: str, variant: str, owner: Owner, certainty: Certainty
) -> None:
    found = only(script({marks: SPREAD}))
    assert (found.code, found.outcome) == ("LINE_UNSTEADY", Outcome.RISK)
    assert (found.data["variant"], found.owner, found.certainty) == (variant, owner, certainty)
    assert (found.data["silent"], found.data["looks"], found.data["times"]) == (7, 60, 6)
    assert found.data["longest"] == 10
    assert found.because == ("o1",)


@pytest.mark.parametrize(
    ("silent", "certainty"),
    [
        ([3, 40], Certainty.POSSIBLE),
        ([3, 4, 5, 6, 7, 8], Certainty.LIKELY),  # once only
        ([54, 55, 56, 57, 58, 59], Certainty.POSSIBLE),  # and it has not come back
        ([3, 20, 40], Certainty.LIKELY),
        ([3, 20, 21, 40, 50], Certainty.SURE),
    ],
)
def test_how_sure(silent: list[int], certainty: Certainty) -> None:
    assert only(script({"ox----": silent})).certainty is certainty


def test_of_two_the_lower_one() -> None:
    """The mail server is not judged over a line that drops out."""
    found = only(script({"ox----": [4, 30], "ooooox": list(range(10, 28))}))
    assert (found.code, found.data["variant"]) == ("LINE_UNSTEADY", "router")


def test_a_server_that_fails_beside_a_drop_out_of_the_line_is_not_blamed() -> None:
    found = only(script({"ooooox": [9, 11], "oo-x--": [10]}))
    assert (found.code, found.data["variant"]) == ("LINE_WATCHED", "once")
    found = only(script({"ooooox": [9, 11, 30], "oo-x--": [10]}))
    assert (found.code, found.data["variant"]) == ("LINE_WATCHED", "once")


@pytest.mark.parametrize(
    ("looks", "variant"),
    [
        (script({"ox----": [2, 4, 6]}, looks=9), "short"),
        (script({}, looks=1), "short"),
        (script({"ox----": [30]}), "once"),
        (script({"ooooox": [30]}), "once"),
        (["oo-x--"] * 60, "always"),
        ([*["oo-x--"] * 58, FINE, FINE], "always"),
        (["ooooox"] * 60, "always"),
        (["??????"] * 60, "unclear"),
        (["ooo???"] * 60, "unclear"),
        ([""] * 60, "unclear"),
    ],
)
def test_nothing_is_said_of_too_little(looks: list[str], variant: str) -> None:
    filled = [marks.ljust(6, "-") for marks in looks]
    found = only(filled)
    assert (found.code, found.data["variant"]) == ("LINE_WATCHED", variant)
    assert found.outcome is Outcome.INFO


@pytest.mark.parametrize(
    "looks",
    [
        script({}),
        ["o-oo-o"] * 20,  # no router to ask, no webmail known
        script({"ooooo?": [4, 9, 20]}),
        script({"ooosoo": [4, 9, 20]}),
    ],
)
def test_steady(looks: list[str]) -> None:
    found = only(looks)
    assert (found.code, found.outcome, found.owner) == ("LINE_STEADY", Outcome.INFO, Owner.NONE)


def test_often_slow() -> None:
    found = only(script({"ooosoo": list(range(0, 60, 4))}), ms=900.0)
    assert (found.code, found.data["variant"]) == ("LINE_UNSTEADY", "slow")
    assert (found.data["slow"], found.data["worst"]) == (15, 900)
    found = only(script({"ososoo": list(range(0, 60, 4))}), ms=900.0)
    assert found.data["variant"] == "slow-router"


def test_another_mail_server_by_now() -> None:
    """The case was changed after the watch: the old server's gaps say nothing of the new one."""
    new = Endpoint(
        role="provider",
        service="imap",
        host="imap.other.example",
        address="203.0.113.9",
        port=993,
        connect="connected",
    )
    old = record(script({"ooooox": SPREAD}))
    [found] = line_watch.judge(situation(old, new))
    assert found.code == "LINE_STEADY"


def test_a_record_from_a_strange_file_breaks_nothing() -> None:
    strange = LineWatched(
        started=AT,
        seconds=float("inf"),
        looks=60,
        host="",
        offsets=(3.0, float("nan")),
        rungs=(
            RungWatched(rung="router", history="xxoxx\x1b", answered=40, silent=9, worst_ms=9e99),
            RungWatched(rung="mail", history="", answered=-1),
            RungWatched(rung="internet", history="x" * 90, answered=3),
        ),
    )
    for found in line_watch.judge(situation(strange)):
        assert found.outcome in (Outcome.RISK, Outcome.INFO)
    assert line_watching.told(strange)
    assert line_watching.summary_lines(strange)
    assert line_watching.outage_lines(strange, local=False)
    assert whole(strange, 76)


def test_no_watch_no_finding() -> None:
    assert line_watch.judge(situation()) == []


@pytest.mark.parametrize(
    ("history", "found"),
    [
        ("", []),
        ("ooo", []),
        ("oxxo", [(2, 5.0, 10.0, True)]),
        ("xo-x", [(1, 0.0, 5.0, True), (1, 15.0, 5.0, False)]),
        ("x?x?", [(1, 0.0, 5.0, True), (1, 10.0, 5.0, True)]),
    ],
)
def test_outages(history: str, found: list[tuple[object, ...]]) -> None:
    offsets = [5.0 * number for number in range(len(history))]
    gone = outages(history, offsets, 5.0 * len(history))
    assert [(o.looks, o.start, o.seconds, o.ended) for o in gone] == found
