"""What a watch of the line tells: where it drops out now and then, or that it held.

Never a cause by itself: a line that came back every time has only made the mail late.
"""

from dataclasses import dataclass

from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Owner
from mailwizard.model.line_history import NAMES, Outage, bounded, outages
from mailwizard.model.observation import Observation
from mailwizard.model.seen.line_watch import (
    ANSWERED,
    RUNGS,
    SILENT,
    SLOW,
    LineWatched,
    Rung,
    RungWatched,
)
from mailwizard.model.seen.network import Endpoint

LEAST_LOOKS = 10
LEAST_SILENT = 2
LEAST_ANSWERED = 3  # fewer, and the rung was gone nearly all the time: that is no unsteadiness
MANY = 5
MOST_UNKNOWN = 0.5  # of the looks
SLOW_SHARE = 0.2
OF_THE_PROVIDER: tuple[Rung, ...] = ("mail", "webmail")  # of two, what matters more
_BEYOND: tuple[Rung, ...] = ("internet", *OF_THE_PROVIDER)


@dataclass(frozen=True, slots=True)
class _Failing:
    """One rung's looks without an answer, as far as they are its own."""

    rung: RungWatched
    silent: int
    gone: tuple[Outage, ...]


def judge(situation: Situation) -> list[Finding]:
    """The newest watch, the lowest rung that failed first: what lies above it is not judged."""
    watches = situation.of(LineWatched)
    if not watches:
        return []
    newest = max(watches, key=lambda o: (o.at, o.run, o.id))
    seen = newest.seen
    if seen.looks < LEAST_LOOKS:
        return [finding("LINE_WATCHED", [newest], variant="short", looks=seen.looks)]
    rungs = _rungs(situation, seen)
    failing = [f for f in (_failing(rung, rungs, seen) for rung in rungs) if f.silent]
    often = [f for f in failing if f.silent >= LEAST_SILENT]
    for one in often:
        if one.rung.answered >= LEAST_ANSWERED:
            return [_unsteady(newest, one)]
    slow = _slow(newest, rungs)
    if slow is not None:
        return [slow]
    if often:
        return [_always(newest, often[0])]
    if failing:
        return [
            finding(
                "LINE_WATCHED",
                [newest],
                variant="once",
                what=NAMES[failing[0].rung.rung],
                looks=seen.looks,
            )
        ]
    if not any(r.answered >= (1 - MOST_UNKNOWN) * seen.looks for r in rungs if r.rung in _BEYOND):
        return [finding("LINE_WATCHED", [newest], variant="unclear", looks=seen.looks)]
    return [finding("LINE_STEADY", [newest], looks=seen.looks, minutes=_minutes(seen.seconds))]


def _rungs(situation: Situation, seen: LineWatched) -> list[RungWatched]:
    """From near to far, without those of a mail server that is not the present one any more."""
    present = {o.seen.host for o in looks(situation, Endpoint) if o.seen.role == "provider"}
    moved = bool(present) and seen.host not in present
    known = {rung.rung: rung for rung in seen.rungs}
    near = [name for name in RUNGS if name not in OF_THE_PROVIDER]
    return [known[name] for name in (*near, *(() if moved else OF_THE_PROVIDER)) if name in known]


def _failing(rung: RungWatched, rungs: list[RungWatched], seen: LineWatched) -> _Failing:
    """Of the provider's hosts only what did not happen beside a failure of the line itself: a line
    that drops out in the middle of a look hits one of them first."""
    history = rung.history
    if rung.rung in OF_THE_PROVIDER:
        lower = [r.history for r in rungs if r.rung not in OF_THE_PROVIDER]
        spoiled = {
            near
            for other in lower
            for place, mark in enumerate(other)
            if mark == SILENT
            for near in (place - 1, place, place + 1)
        }
        history = "".join(
            " " if mark == SILENT and place in spoiled else mark
            for place, mark in enumerate(history)
        )
    gone = outages(history, seen.offsets, seen.seconds)
    return _Failing(rung, sum(outage.looks for outage in gone), gone)


def _unsteady(newest: Observation[LineWatched], failing: _Failing) -> Finding:
    seen, name = newest.seen, failing.rung.rung
    longest = max(failing.gone, key=lambda outage: outage.seconds)
    return finding(
        "LINE_UNSTEADY",
        [newest],
        certainty=_certainty(failing),
        owner=Owner.PROVIDER if name in OF_THE_PROVIDER else Owner.IT,
        variant=name,
        silent=failing.silent,
        looks=seen.looks,
        times=len(failing.gone),
        longest=max(1, round(longest.seconds)),
        minutes=_minutes(seen.seconds),
        host=seen.host,
    )


def _certainty(failing: _Failing) -> Certainty:
    """One outage may have been an accident, and one to the end may be something that stays."""
    if failing.silent == LEAST_SILENT:
        return Certainty.POSSIBLE
    if len(failing.gone) == 1:
        remote = failing.rung.rung in OF_THE_PROVIDER
        return Certainty.POSSIBLE if remote or not failing.gone[0].ended else Certainty.LIKELY
    if failing.silent < MANY or failing.rung.rung in OF_THE_PROVIDER:
        return Certainty.LIKELY
    return Certainty.SURE


def _always(newest: Observation[LineWatched], failing: _Failing) -> Finding:
    return finding(
        "LINE_WATCHED",
        [newest],
        variant="always",
        what=NAMES[failing.rung.rung],
        silent=failing.silent,
        looks=newest.seen.looks,
    )


def _slow(newest: Observation[LineWatched], rungs: list[RungWatched]) -> Finding | None:
    """The router or hosts of others needed long in a good part of the looks."""
    for rung in rungs:
        if rung.rung not in ("router", "internet"):
            continue
        known = rung.history.count(ANSWERED) + rung.history.count(SLOW)
        slow = rung.history.count(SLOW)
        if known >= LEAST_LOOKS and slow >= max(3, SLOW_SHARE * known):
            return finding(
                "LINE_UNSTEADY",
                [newest],
                certainty=Certainty.LIKELY if slow >= MANY else Certainty.POSSIBLE,
                variant="slow-router" if rung.rung == "router" else "slow",
                slow=slow,
                looks=newest.seen.looks,
                worst=round(bounded(rung.worst_ms or 0)),
                minutes=_minutes(newest.seen.seconds),
            )
    return None


def _minutes(seconds: float) -> int:
    return max(1, round(bounded(seconds) / 60))
