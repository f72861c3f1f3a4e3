"""Looks at the line, one after another, and what they come to: figures, outages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from statistics import median

from mailwizard.model.marked import N_
from mailwizard.model.seen.line_watch import (
    ANSWERED,
    RUNGS,
    SILENT,
    SLOW,
    UNKNOWN,
    UNTESTED,
    LineWatched,
    Rung,
    RungWatched,
)

_MOST = 1e7

NAMES: dict[Rung, str] = {
    "link": N_("Cable or Wi-Fi"),
    "router": N_("Router"),
    "names": N_("Name service (DNS)"),
    "internet": N_("Internet"),
    "webmail": N_("Webmail"),
    "mail": N_("Your mail server"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One look at all rungs, in the order of ``RUNGS``: a mark each, and milliseconds if known."""

    offset: float
    marks: str
    ms: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Outage:
    """Looks in a row without an answer, from the first of them until the next look of another kind.

    ``start`` and ``seconds`` are on the scale of the looks' offsets. ``ended`` is False for one
    that lasted to the end.
    """

    looks: int
    start: float
    seconds: float
    ended: bool


def bounded(figure: float) -> float:
    """A figure of a record that may come from anybody's file: at least 0, and finite."""
    return min(max(0.0, figure), _MOST)


def outages(history: str, offsets: Sequence[float], seconds: float) -> tuple[Outage, ...]:
    """The outages of one rung in a watch of ``seconds``."""
    count = min(len(history), len(offsets))
    found: list[Outage] = []
    for mark, looks in groupby(range(count), key=history.__getitem__):
        first, *more = looks
        if mark != SILENT:
            continue
        start, after = offsets[first], first + 1 + len(more)
        end = offsets[after] if after < count else max(seconds, start)
        found.append(
            Outage(
                looks=1 + len(more),
                start=start,
                seconds=bounded(end - start),
                ended=after < count,
            )
        )
    return tuple(found)


def watched(
    looks: Sequence[Look],
    *,
    started: datetime,
    seconds: float,
    host: str,
    stopped: bool,
    faults: int = 0,
) -> LineWatched:
    """The record of a whole watch."""
    offsets = tuple(round(look.offset, 1) for look in looks)
    return LineWatched(
        started=started,
        seconds=round(seconds, 1),
        looks=len(looks),
        host=host,
        offsets=offsets,
        rungs=tuple(
            _rung(rung, looks, place, offsets, round(seconds, 1))
            for place, rung in enumerate(RUNGS)
        ),
        stopped=stopped,
        faults=faults,
    )


def _rung(
    rung: Rung, looks: Sequence[Look], place: int, offsets: tuple[float, ...], seconds: float
) -> RungWatched:
    history = "".join(look.marks[place] for look in looks)
    timed = [ms for look in looks if (ms := look.ms[place]) is not None]
    gone = outages(history, offsets, seconds)
    longest = max(gone, key=lambda outage: outage.seconds, default=None)
    return RungWatched(
        rung=rung,
        history=history,
        answered=history.count(ANSWERED) + history.count(SLOW),
        slow=history.count(SLOW),
        silent=history.count(SILENT),
        untested=history.count(UNTESTED),
        unknown=history.count(UNKNOWN),
        median_ms=round(median(timed), 1) if timed else None,
        worst_ms=round(max(timed), 1) if timed else None,
        outages=len(gone),
        longest_start=longest.start if longest else None,
        longest_seconds=round(longest.seconds, 1) if longest else 0.0,
    )
