"""Seen when the line was watched for some minutes: the near part of the ladder, over and over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailwizard.model.observation import Seen, seen

Rung = Literal["link", "router", "names", "internet", "webmail", "mail"]
RUNGS: tuple[Rung, ...] = ("link", "router", "names", "internet", "webmail", "mail")
"""From near to far."""

ANSWERED, SLOW, SILENT, UNTESTED, UNKNOWN = "o", "s", "x", "-", "?"
"""The marks of one look at one rung. UNTESTED: a lower rung was at fault, or there is no such rung
here. UNKNOWN: no answer, and nothing to compare with that would make it a fault."""

MOST_LOOKS = 400


@dataclass(frozen=True, kw_only=True)
class RungWatched:
    """One rung over all looks; ``history`` has one mark a look.

    ``answered`` counts the slow ones as well. Milliseconds are of the looks that were answered,
    None where no time is known. ``outages`` are stretches of looks without an answer; the longest
    began ``longest_start`` seconds after the start and took at most ``longest_seconds``.
    """

    rung: Rung
    history: str
    answered: int = 0
    slow: int = 0
    silent: int = 0
    untested: int = 0
    unknown: int = 0
    median_ms: float | None = None
    worst_ms: float | None = None
    outages: int = 0
    longest_start: float | None = None
    longest_seconds: float = 0.0


@seen("line-watch")
class LineWatched(Seen):
    """The line, watched from ``started`` (UTC) for ``seconds``, until its time was over or it was
    stopped.

    ``offsets`` are the seconds after the start at which each of the ``looks`` began. ``host`` is
    the mail server asked. ``faults`` counts looks that an error of ours spoiled: they are unknown.
    """

    started: datetime
    seconds: float
    looks: int
    host: str
    offsets: tuple[float, ...]
    rungs: tuple[RungWatched, ...]
    stopped: bool = False
    faults: int = 0
