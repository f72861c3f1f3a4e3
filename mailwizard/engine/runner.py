"""Probes on daemon threads: deadlines, stopping by closing sockets, crashes as observations."""

import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Literal, Protocol

from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Step
from mailwizard.model.observation import Seen
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.plan import Probe, of_step
from mailwizard.probes.setting import Setting, Skipped, Stopped

End = Literal["done", "skipped", "crashed", "deadline", "stopped"]
Status = Literal["waiting", "running"] | End
ENDED: frozenset[Status] = frozenset({"done", "skipped", "crashed", "deadline", "stopped"})


@dataclass(frozen=True, slots=True)
class ProbeState:
    """A snapshot of one probe for the screen. ``progress`` is (done, total), total 0 if unknown."""

    probe: Probe
    status: Status = "waiting"
    seconds: float = 0.0
    progress: tuple[int, int] = (0, 0)


class MakeSetting(Protocol):
    """Builds what a probe is given, just before it runs."""

    def __call__(
        self,
        record: Callable[[Seen], None],
        remaining: Callable[[], float],
        progress: Callable[[int, int], None],
    ) -> Setting: ...


_GRACE = 0.3
"""Seconds that a probe is given to end by itself when its time is over."""


class Run:
    """One start of some probes. ``stop`` returns at once; blocked probes are broken off.

    ``on_change`` is called on the probes' threads. One that raises is not called again, and
    disturbs no probe. ``pointless`` is asked once, when all probes of the network step have ended
    (if this run has them all): the reason why the others can see nothing any more, one word as in
    ``Skipped``, or "". They are not waited for then. What a probe records when its time is over is
    refused: a question that had only a moment left proves nothing by its silence.
    """

    def __init__(
        self,
        probes: Sequence[Probe],
        evidence: Evidence,
        make_setting: MakeSetting,
        *,
        seconds: float,
        on_change: Callable[[ProbeState], None] | None = None,
        pointless: Callable[[], str] = lambda: "",
    ) -> None:
        self._evidence = evidence
        self._make_setting = make_setting
        self._on_change = on_change
        self._pointless = pointless
        ends = time.monotonic() + seconds
        self._stopping = False
        self._lock = threading.Lock()
        self._states = {probe.id: ProbeState(probe) for probe in probes}
        self._ended = {probe.id: threading.Event() for probe in probes}
        self._settings: dict[str, Setting] = {}
        self._run_numbers = {probe.id: evidence.begin(probe.id) for probe in probes}
        self._starts: dict[str, float] = {}
        self._deadlines = {probe.id: ends for probe in probes}
        self._all_ended = threading.Event()
        for probe in probes:
            threading.Thread(
                target=self._life, args=(probe,), name=f"probe {probe.id}", daemon=True
            ).start()
        threading.Thread(target=self._watch, name="deadlines", daemon=True).start()
        if not probes:
            self._all_ended.set()

    def states(self) -> tuple[ProbeState, ...]:
        """Every probe's state now; a running probe's seconds are up to this moment."""
        now = time.monotonic()
        with self._lock:
            return tuple(
                replace(s, seconds=now - self._starts[s.probe.id]) if s.status == "running" else s
                for s in self._states.values()
            )

    def state(self, probe_id: str) -> ProbeState:
        """One probe's state now. Raises KeyError for a probe that is not of this run."""
        return {state.probe.id: state for state in self.states()}[probe_id]

    @property
    def ended(self) -> bool:
        """Whether every probe has come to its end."""
        return self._all_ended.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Waits for the end of all probes; False on timeout."""
        return self._all_ended.wait(timeout)

    def stop(self) -> None:
        """Ends every probe now; what they have seen stands."""
        self._end_all("stopped")

    def _life(self, probe: Probe) -> None:
        for other in probe.after:
            if other in self._ended:
                self._ended[other].wait()
        try:
            setting = self._begin(probe)
            if setting is None:
                return
            self._tell(probe.id)
            probe.load()(setting)
        except Stopped:
            self._end(probe.id, "deadline" if self._remaining(probe.id) <= 0 else "stopped")
        except Skipped as skipped:
            self._end(probe.id, "skipped", str(skipped))
        except Exception as problem:  # noqa: BLE001 - a crash of one probe is a result of its own
            self._end(probe.id, "crashed", _where(problem))
        else:
            self._end(probe.id, "done")

    def _begin(self, probe: Probe) -> Setting | None:
        """From waiting to running; None for a probe that has come to its end before it began."""
        with self._lock:
            if self._stopping or self._states[probe.id].status != "waiting":
                return None
            started = self._starts[probe.id] = time.monotonic()
            self._deadlines[probe.id] = min(self._deadlines[probe.id], started + probe.seconds)
            setting = self._make_setting(
                lambda seen: self._record(probe.id, seen),
                lambda: self._remaining(probe.id),
                lambda done, total: self._progress(probe.id, done, total),
            )
            self._settings[probe.id] = setting
            self._states[probe.id] = replace(self._states[probe.id], status="running")
            return setting

    def _remaining(self, probe_id: str) -> float:
        return self._deadlines[probe_id] - time.monotonic()

    def _watch(self) -> None:
        """Ends probes whose time is over, also those in a call that nothing breaks off."""
        ladder = {probe.id for probe in of_step(Step.NETWORK)}
        climbing = ladder <= self._states.keys()
        while not self._all_ended.wait(0.1):
            if climbing and all(self._ended[probe_id].is_set() for probe_id in ladder):
                climbing = False
                self._give_up(self._pointless())
            with self._lock:
                over = [
                    probe_id
                    for probe_id, state in self._states.items()
                    if self._remaining(probe_id) < (-_GRACE if state.status == "running" else 0)
                ]
            for probe_id in over:
                self._end(probe_id, "deadline")

    def _give_up(self, reason: str) -> None:
        """Waits for no other probe, if there is a reason."""
        if reason:
            self._end_all("skipped", reason)

    def _end_all(self, status: End, reason: str = "") -> None:
        with self._lock:
            self._stopping = True  # those that waited for one that ends now do not begin
        for probe_id in self._states:
            self._end(probe_id, status, reason)

    def _record(self, probe_id: str, seen: Seen) -> None:
        with self._lock:
            if self._states[probe_id].status in ENDED or self._remaining(probe_id) <= 0:
                raise Stopped
            self._add(probe_id, seen)
        self._tell(probe_id)

    def _progress(self, probe_id: str, done: int, total: int) -> None:
        with self._lock:
            state = self._states[probe_id]
            if state.status in ENDED:
                raise Stopped
            self._states[probe_id] = replace(state, progress=(done, total))
        self._tell(probe_id)

    def _end(self, probe_id: str, status: End, reason: str = "") -> None:
        with self._lock:
            state = self._states[probe_id]
            if state.status in ENDED:
                return
            seconds = time.monotonic() - self._starts.get(probe_id, time.monotonic())
            self._states[probe_id] = replace(state, status=status, seconds=seconds)
            self._add(probe_id, ProbeEnded(how=status, reason=reason))
            setting = self._settings.get(probe_id)
        if setting is not None and status in ("deadline", "stopped", "skipped"):
            setting.stop()
        self._ended[probe_id].set()
        if all(event.is_set() for event in self._ended.values()):
            self._all_ended.set()
        self._tell(probe_id)

    def _add(self, probe_id: str, seen: Seen) -> None:
        self._evidence.add(
            probe_id,
            seen,
            at=datetime.now(UTC),
            seconds=time.monotonic() - self._starts.get(probe_id, time.monotonic()),
            run=self._run_numbers[probe_id],
        )

    def _tell(self, probe_id: str) -> None:
        on_change = self._on_change
        if on_change is None:
            return
        try:
            on_change(self._states[probe_id])
        except Exception:  # noqa: BLE001 - a screen that has gone must not end what it watched
            self._on_change = None


def _where(problem: Exception) -> str:
    """The error's type and the place in our code; never its message, which may hold data."""
    frames = [f for f in traceback.extract_tb(problem.__traceback__) if "mailwizard" in f.filename]
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(problem).__name__} at {place}"
