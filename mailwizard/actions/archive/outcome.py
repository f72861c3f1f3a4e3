"""What the archive tells of itself while it works, and what is there at the end."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

Form = Literal["mbox", "eml"]
Phase = Literal["listing", "copying", "checking", "deleting", "done", "stopped", "problem"]
Problem = Literal[
    "",
    "no-disk-room",
    "not-writable",
    "no-connection",
    "changed",
    "refused",
    "busy",
    "nothing-chosen",
    "fault",
]
_RATE_SECONDS = 5.0
_SETTLED_SECONDS = 2.0  # before that a rate says nothing of the time that remains


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a job stands; ``done`` and ``total`` are messages of the present phase.

    ``rate`` is in octets a second over the last seconds, ``remaining`` in seconds, None as long as
    nothing can be said. ``problem`` is set where ``phase`` is "problem": ``no-disk-room`` (``need``
    says how many octets it lacks) · ``not-writable`` · ``no-connection`` (it can be resumed) ·
    ``changed`` (the files are not as they were written) · ``refused`` (by the server) · ``busy``
    (another program is at this archive) · ``nothing-chosen`` · ``fault`` (of this program).
    ``detail`` is for the helpdesk, shown safely.
    """

    phase: Phase = "listing"
    done: int = 0
    total: int = 0
    octets_done: int = 0
    octets_total: int = 0
    rate: float = 0.0
    remaining: float | None = None
    problem: Problem = ""
    detail: str = ""
    need: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """A message (``uid`` 0: a whole folder) that stays in the mailbox, and why.

    When copying: ``gone`` · ``not-sent`` (the server does not hand it over) · ``short`` (much less
    came than the server announced) · ``damaged`` (not read back as it was written) · ``no-folder``.
    When deleting also: ``changed`` (the UID names another message) · ``renumbered`` · ``read-only``
    · ``refused``.
    """

    folder: str
    uid: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """An archive that was read back: every message counted here is on the disk as it was sent.

    ``count`` and ``octets`` are what may be deleted from the mailbox; ``folders`` maps the folders
    (as ``FolderList`` shows them) to their number of messages.
    """

    path: Path
    form: Form
    count: int
    octets: int
    folders: dict[str, int]
    left: tuple[Left, ...] = ()
    removed: int = 0  # messages that an earlier run has deleted already; not in ``count``


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """What was removed from the mailbox.

    ``flagged_only`` of ``count`` are marked as deleted, because the server cannot remove single
    messages for good; ``in_trash`` of them lie in the trash. Only the others have made room.
    ``octets`` counts all.
    """

    count: int
    octets: int
    left: tuple[Left, ...] = ()
    flagged_only: int = 0
    in_trash: int = 0
    folders: dict[str, int] = field(default_factory=dict)

    def left_by_reason(self) -> dict[str, int]:
        """How many messages stay for which reason."""
        found: dict[str, int] = {}
        for one in self.left:
            found[one.reason] = found.get(one.reason, 0) + 1
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """An archive that an earlier run did not bring to its end.

    ``phase``: ``copying`` · ``checked`` (whole, nothing deleted yet) · ``deleting``. ``done`` of
    ``total`` messages are in the archive, ``octets`` their size.
    """

    path: Path
    started: datetime
    form: Form
    phase: Literal["copying", "checked", "deleting"]
    done: int
    total: int
    octets: int


class CannotGoOn(Exception):
    """The work ends here for now; what is done stays done. ``problem`` as in Progress."""

    def __init__(self, problem: Problem, detail: str = "", need: int = 0) -> None:
        super().__init__(problem)
        self.problem: Problem = problem
        self.detail = detail
        self.need = need


class Pace:
    """Counts what is done, and how fast; one thread writes, others read ``now()``."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._progress = Progress()
        self._began = clock()
        self._samples: deque[tuple[float, int]] = deque()

    def begin(self, phase: Phase, total: int = 0, octets: int = 0) -> None:
        """A phase begins, with what it has before it."""
        self._progress = Progress(phase=phase, total=total, octets_total=octets)
        self._began = self._clock()
        self._samples = deque([(self._began, 0)])

    def skip(self, messages: int, octets: int) -> None:
        """Messages that an earlier run has done: they count, but not for the rate."""
        self._progress = replace(
            self._progress,
            done=self._progress.done + messages,
            octets_done=self._progress.octets_done + octets,
        )
        self._samples = deque([(self._clock(), self._progress.octets_done)])

    def add(self, messages: int = 0, octets: int = 0) -> None:
        """Something more is done; negative octets take back what was counted too early."""
        before, now = self._progress, self._clock()
        octets_done = before.octets_done + octets
        if not self._samples or now - self._samples[-1][0] > 0.1:
            self._samples.append((now, octets_done))
            while len(self._samples) > 2 and now - self._samples[0][0] > _RATE_SECONDS:
                self._samples.popleft()
        self._progress = replace(before, done=before.done + messages, octets_done=octets_done)

    def end(self, phase: Phase, problem: Problem = "", detail: str = "", need: int = 0) -> None:
        """The work is at its end, for whichever reason."""
        self._progress = replace(
            self._progress, phase=phase, problem=problem, detail=detail, need=need
        )

    def now(self) -> Progress:
        """The state now, with rate and remaining time."""
        progress, now = self._progress, self._clock()
        samples = list(self._samples)
        if progress.phase in ("done", "stopped", "problem") or not samples:
            return progress
        began, octets = samples[0]
        spent = now - began
        rate = max(0.0, (progress.octets_done - octets) / spent) if spent > 0.2 else 0.0
        left = progress.octets_total - progress.octets_done
        known = rate > 0 and now - self._began >= _SETTLED_SECONDS
        return replace(progress, rate=rate, remaining=max(0.0, left / rate) if known else None)
