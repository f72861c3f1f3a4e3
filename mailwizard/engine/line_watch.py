"""Watching the line: the ladder's rungs looked at every few seconds, for some minutes."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from mailwizard.diagnosis.line_look import judge_look, unknown_look
from mailwizard.diagnosis.situation import Situation
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.job import Job
from mailwizard.engine.session import Session
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Finding
from mailwizard.model.line_history import Look, watched
from mailwizard.model.observation import Seen
from mailwizard.model.seen.line_watch import MOST_LOOKS, LineWatched
from mailwizard.probes import line_look
from mailwizard.probes.setting import Setting, Stopped

PROBE = "line-watch"
EVERY = 5.0
MINUTES = (2, 5, 15)
MOST_OBSERVATIONS = 500  # of one look
_ASLEEP = 20.0  # seconds that the clock ran on while the computer did not
_INSTANT = 0.01

State = Literal["watching", "over", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Watching:
    """A snapshot for the screens; ``left`` are seconds. ``record`` is there at the end."""

    state: State
    started: datetime
    looks: tuple[Look, ...]
    elapsed: float
    left: float
    record: LineWatched | None = None

    @property
    def ended(self) -> bool:
        """Whether no look follows."""
        return self.state != "watching"


@dataclass(frozen=True, slots=True)
class Pace:
    """How time passes, and what a look is; the tests have their own.

    ``clock`` gives seconds, ``pause`` waits for some unless the event is set.
    """

    every: float = EVERY
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[threading.Event, float], object] = threading.Event.wait
    look: Callable[[Setting, int], None] = line_look.look


def watch_line(session: Session, minutes: float, pace: Pace | None = None) -> "LineWatch":
    """Starts to watch."""
    return LineWatch(session.investigation, minutes * 60, pace or Pace())


def findings(session: Session) -> tuple[Finding, ...]:
    """What the last watch tells, in rank order."""
    return session.investigation.told_by(LineWatched)


class LineWatch(Job):
    """A watch, started at once. One record goes into the evidence, at its end or when stopped.

    What single looks see is judged at once and not kept.
    """

    def __init__(self, investigation: Investigation, seconds: float, pace: Pace) -> None:
        self._pace = pace
        self._seconds = seconds
        self._halt = threading.Event()
        self._lock = threading.Lock()
        self._looks: list[Look] = []
        self._present: Setting | None = None
        self._record: LineWatched | None = None
        self._begins = pace.clock()
        self._started = investigation.world.now()
        self._awake = (time.monotonic(), self._started)
        self._faults = 0
        super().__init__(investigation, PROBE, seconds + 2 * line_look.SECONDS, self._watch)

    def stop(self) -> None:
        """Ends it now; the looks that were made are recorded."""
        with self._lock:
            self._halt.set()
            present = self._present
        if present is not None:
            present.stop()

    def snapshot(self) -> Watching:
        """The present state; may be called from any thread."""
        ended = self.ended
        with self._lock:
            looks, record = tuple(self._looks), self._record
        elapsed = record.seconds if record else max(0.0, self._pace.clock() - self._begins)
        state: State = "watching"
        if record is not None:
            state = "stopped" if record.stopped else "over"
        elif ended:
            state = "failed" if self.crashed else "stopped"
        left = 0.0 if ended or record is not None else max(0.0, self._seconds - elapsed)
        return Watching(
            state=state,
            started=self._started,
            looks=looks,
            elapsed=elapsed,
            left=left,
            record=record,
        )

    def _watch(self, setting: Setting) -> None:
        pace = self._pace
        number, due = 0, 0.0
        while not self._halt.is_set() and number < MOST_LOOKS:
            spent = pace.clock() - self._begins
            if spent >= self._seconds:
                break
            if spent < due:
                pace.pause(self._halt, max(_INSTANT, min(due, self._seconds) - spent))
                continue
            look = self._one_look(setting, number, spent)
            if look is not None:
                with self._lock:
                    self._looks.append(look)
            number += 1
            # After a look that took longer than the pace the next one follows at once.
            due = max(due + pace.every, pace.clock() - self._begins)
        self._tell(setting)

    def _tell(self, setting: Setting) -> None:
        with self._lock:
            looks = tuple(self._looks)
        spent = self._pace.clock() - self._begins
        record = watched(
            looks,
            started=self._started,
            seconds=spent,
            host=setting.imap_server[0],
            stopped=self._halt.is_set() and spent < self._seconds,
            faults=self._faults,
        )
        if looks:
            setting.record(record)
        with self._lock:
            self._record = record

    def _one_look(self, setting: Setting, number: int, offset: float) -> Look | None:
        """None for a look that was broken off by the user."""
        world, evidence = self.investigation.world, Evidence()
        began = time.monotonic()

        def remaining() -> float:
            return began + line_look.SECONDS - time.monotonic()

        def record(seen: Seen) -> None:
            if self._halt.is_set() or remaining() <= 0 or len(evidence) >= MOST_OBSERVATIONS:
                raise Stopped
            evidence.add("look", seen, at=world.now(), seconds=time.monotonic() - began)

        one = replace(
            setting.part(), evidence=evidence, record=record, remaining=remaining, password=None
        )
        with self._lock:
            if self._halt.is_set():
                return None
            self._present = one
        try:
            self._pace.look(one, number)
        except Stopped:
            if self._halt.is_set():
                return None
        except Exception:  # noqa: BLE001 - one look lost; it is counted, and the watch goes on
            self._faults += 1
            return unknown_look(offset)
        finally:
            with self._lock:
                self._present = None
            one.stop()
        if self._halt.is_set():
            return None
        if self._slept():
            return unknown_look(offset)  # a network needs a moment, too, until it is awake
        return self._judged(evidence, setting, offset)

    def _slept(self) -> bool:
        """Whether the computer was asleep since this was last asked."""
        awake, awake_at = self._awake
        now, now_at = self._awake = (time.monotonic(), self.investigation.world.now())
        return (now_at - awake_at).total_seconds() - (now - awake) > _ASLEEP

    def _judged(self, evidence: Evidence, setting: Setting, offset: float) -> Look:
        try:
            return judge_look(
                Situation(self.investigation.case, evidence.as_it_is(), setting.provider), offset
            )
        except Exception:  # noqa: BLE001 - as above
            self._faults += 1
            return unknown_look(offset)
