"""A watch of the line in a report: nobody is named, and a strange file steers nothing."""

from dataclasses import replace

import pytest

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.line_history import Look, watched
from mailwizard.model.seen.line_watch import RUNGS, LineWatched, RungWatched
from mailwizard.report.layout import cells
from mailwizard.report.line_chart import newest, whole
from mailwizard.report.redaction import Redactor
from mailwizard.text import line_watching
from tests.report.builders import AT, CASE


def record(looks: int = 60, host: str = "imap.acme-trading.com") -> LineWatched:
    return watched(
        [
            Look(5.0 * n, "xxxxxx" if n % 7 == 3 else "oooooo", (None, 1.5, 3.0, 20.0, 20.0, 30.0))
            for n in range(looks)
        ],
        started=AT,
        seconds=5.0 * looks,
        host=host,
        stopped=False,
    )


def redacted(seen: LineWatched, case: Case = CASE) -> str:
    evidence = Evidence()
    observation = evidence.add("line-watch", seen, at=AT, seconds=300.0)
    return str(Redactor(case, evidence).observation(observation))


def test_the_host_is_hidden_and_the_history_is_not() -> None:
    told = redacted(record())
    assert "acme" not in told
    assert record().rungs[0].history in told
    assert f"{AT:%Y-%m-%dT%H:%M:%S}" in told


def test_a_history_that_looks_like_a_name_stays() -> None:
    seen = record(4)
    rungs = tuple(replace(rung, history="xoxo") for rung in seen.rungs)
    case = Case(me="lin@xoxo.example", since=CASE.since)
    assert redacted(replace(seen, rungs=rungs), case).count("xoxo") == len(RUNGS)


@pytest.mark.parametrize("looks", [0, 1, 11, 12, 13, 47, 48, 49, 60, 180, 400])
@pytest.mark.parametrize("width", [40, 76, 118])
def test_every_look_is_drawn_once_and_no_line_is_too_wide(looks: int, width: int) -> None:
    seen = record(looks)
    lines = whole(seen, width)
    assert all(cells(line) <= width for line in lines)
    router = "".join(line[20:] for line in lines if line.startswith("Router"))
    assert router == seen.rungs[1].history.replace("o", ".").replace("x", "X")
    drawn = newest(seen, ["    1 ms"] * len(RUNGS), width, local=False)
    assert len(drawn) == len(RUNGS) + 1
    assert all(cells(line) <= width for line in drawn)


def test_the_times_stand_under_their_looks() -> None:
    *_rows, scale = whole(record(30), 76)
    assert scale == " " * 20 + "09:00:00    09:01:00    09:02:00"
    *_rows, scale = newest(record(100), [""] * 6, 60, local=False)
    assert scale.split() == ["09:05:00", "09:06:00", "09:07:00"]


def test_gaps_are_told_in_the_order_of_time() -> None:
    told = line_watching.outage_lines(record(12), local=False)
    assert told[0] == "09:00:15  Cable or Wi-Fi: no answer for 5 s"
    assert told[1] == "09:00:15  Router: no answer for 5 s"
    assert told[6] == "09:00:50  Cable or Wi-Fi: no answer for 5 s"


def test_marks_of_nobody_are_not_passed_on() -> None:
    seen = LineWatched(
        started=AT,
        seconds=10.0,
        looks=3,
        host="",
        offsets=(0.0, 5.0, 10.0),
        rungs=(RungWatched(rung="router", history="<\x1b\u202e" + "o" * 1000),),
    )
    assert whole(seen, 76)[0] == "Router  ???"
