"""What the folders' figures tell together: how much mail came, until when, how far back it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailwizard.diagnosis.situation import Situation
from mailwizard.diagnosis.steps import seen_in_order
from mailwizard.model.finding import Step
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import FolderSearch

Search = Observation[FolderSearch]

INCOMING = ("inbox", "junk", "trash", "archive", "other")
"""The roles of folders that hold what was received; "all" shows their mails a second time."""

_DAY = timedelta(days=1)
_ROUND_DAYS = (7, 10, 14, 15, 20, 30, 60, 90, 180, 365)
_LONGER, _SHORTER = 1.0, 1.5  # days: the sweep runs once a day, and the last day may be quiet
_REGULAR = 10  # mails that must have been expected since, and must have come before
_QUIET = timedelta(days=3)  # a weekend, and a day
_LIFE = 30  # mails of which a mailbox's usual flow can be told


def arrivals(seen: FolderSearch) -> int:
    """All messages of the time window in one folder."""
    return (seen.others_arrived or 0) + len(seen.hits)


def days_since(situation: Situation, moment: datetime) -> float:
    """Days between a moment and the judgement's own today."""
    now = situation.now
    return (now - moment) / _DAY if now else 0.0


def round_days(days: float) -> int | None:
    """The usual length of keeping mail that an age in days is near to, or None."""
    near = [n for n in _ROUND_DAYS if n - _SHORTER <= days <= n + _LONGER]
    return min(near, key=lambda n: abs(n - days), default=None)


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody's mail has arrived since ``since``, though it came regularly before.

    ``expected`` is how many mails the usual flow would have brought since.
    """

    since: datetime
    expected: int
    because: tuple[Search, ...]


def silence(situation: Situation) -> Silence | None:
    """The end of all arrivals, or None where any came lately, too few ever came, or not all of the
    mailbox was seen."""
    now = situation.now
    searches = [s for s in situation.of(FolderSearch) if s.seen.role not in ("sent", "drafts")]
    if now is None or not searches or not seen_in_order(Step.SPAM, situation):
        return None
    last = _last(searches)
    if last is None or now - last < _QUIET:
        return None
    own = [s for s in searches if s.seen.role != "all"] or searches
    rate = _rate(own, last, now)
    if rate is None:
        return None
    expected = rate * ((now - last) / _DAY)
    if expected < _REGULAR:
        return None
    return Silence(last, int(expected), tuple(searches))


def _last(searches: Sequence[Search]) -> datetime | None:
    """The newest arrival of all; a folder that does not tell is taken to be the least quiet."""
    moments: list[datetime] = []
    for search in searches:
        seen = search.seen
        known = [m for m in (seen.last, seen.newest) if m is not None]
        if known:
            moments += known
        elif arrivals(seen):
            return None
        elif seen.messages and seen.role in INCOMING:
            moments.append(seen.since)  # all of it came before, and at the latest then
    return max(moments, default=None)


def _rate(searches: Sequence[Search], last: datetime, now: datetime) -> float | None:
    """Mails a day while they still came; None where too few are known to tell."""
    since = min(search.seen.since for search in searches)
    before = sum(search.seen.arrived_before or 0 for search in searches)
    counted = before + sum(arrivals(search.seen) for search in searches)
    if counted >= _REGULAR:
        return counted / max(1.0, (last - (since - (now - since))) / _DAY)
    first = min((s.seen.oldest for s in searches if s.seen.oldest is not None), default=None)
    messages = sum(search.seen.messages for search in searches)
    if first is None or messages < _LIFE or since - (now - since) < last:
        return None
    return messages / max(1.0, (last - first) / _DAY)
