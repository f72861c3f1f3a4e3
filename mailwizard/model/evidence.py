"""The append-only log of observations, with look-ups."""

import threading
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from mailwizard.model.observation import Observation, Seen

S = TypeVar("S", bound=Seen)


class Evidence:
    """Everything seen so far. Thread-safe: probes append, everybody reads.

    A probe that runs again starts a new run; look-ups believe only the newest run of each probe,
    the log keeps all of them.
    """

    def __init__(self, observations: Iterable[Observation[Any]] = ()) -> None:
        self._lock = threading.Lock()
        self._log: list[Observation[Any]] = []
        self._runs: dict[str, int] = {}
        self._version = 0
        for observation in observations:
            self._log.append(observation)
            newest = max(self._runs.get(observation.probe, 0), observation.run)
            self._runs[observation.probe] = newest

    def begin(self, probe: str) -> int:
        """Starts a new run of a probe, whose earlier observations are no longer believed."""
        with self._lock:
            self._version += 1
            self._runs[probe] = self._runs.get(probe, 0) + 1
            return self._runs[probe]

    def add(
        self, probe: str, seen: S, *, at: datetime, seconds: float, run: int | None = None
    ) -> Observation[S]:
        """Appends what a probe saw; ``run`` is what ``begin`` gave, or the newest."""
        with self._lock:
            number = run if run is not None else self._runs.setdefault(probe, 1)
            observation = Observation(
                id=f"o{len(self._log) + 1}",
                probe=probe,
                run=number,
                at=at,
                seconds=seconds,
                seen=seen,
            )
            self._log.append(observation)
            self._version += 1
            return observation

    def of(self, kind: type[S], probe: str | None = None) -> list[Observation[S]]:
        """The believed observations of one kind, oldest first, optionally of one probe only."""
        with self._lock:
            return [
                o
                for o in self._log
                if isinstance(o.seen, kind)
                and o.run == self._runs[o.probe]
                and (probe is None or o.probe == probe)
            ]

    def from_probe(self, probe: str) -> list[Observation[Any]]:
        """All believed observations of one probe, oldest first."""
        with self._lock:
            return [o for o in self._log if o.probe == probe and o.run == self._runs[o.probe]]

    def all(self) -> list[Observation[Any]]:
        """The whole log, repeated runs included."""
        with self._lock:
            return list(self._log)

    def as_it_is(self) -> "Evidence":
        """A copy that no probe adds to: what is judged must not grow while it is looked at."""
        copy = Evidence()
        with self._lock:
            copy._log = list(self._log)
            copy._runs = dict(self._runs)
            copy._version = self._version
        return copy

    @property
    def version(self) -> int:
        """Grows with every change, so that a judgement can be kept until something is new."""
        with self._lock:
            return self._version

    def __iter__(self) -> Iterator[Observation[Any]]:
        return iter(self.all())

    def __len__(self) -> int:
        with self._lock:
            return len(self._log)
