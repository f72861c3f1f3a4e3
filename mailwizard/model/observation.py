"""The envelope of everything a probe or the user saw, and its way to and from JSON.

What was seen is one class a kind, in ``model/seen/``; ``@seen("kind")`` registers it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar, dataclass_transform

import msgspec


class Seen:
    """What was seen: every record of ``model/seen/`` is a frozen dataclass with a kind."""

    kind: ClassVar[str] = ""


S_co = TypeVar("S_co", bound=Seen, covariant=True)
S = TypeVar("S", bound=Seen)

KINDS: dict[str, type[Any]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def seen(kind: str) -> Callable[[type[S]], type[S]]:
    """Makes a class a frozen record of what was seen and registers its kind for JSON."""

    def register(cls: type[S]) -> type[S]:
        record = dataclass(frozen=True, kw_only=True)(cls)
        record.kind = kind
        KINDS[kind] = record
        return record

    return register


class NotAnObservation(ValueError):
    """A saved observation cannot be read: unknown kind, or its data do not fit the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Generic[S_co]):
    """One thing seen: by which probe, when it was complete (UTC), after how many seconds.

    ``run`` numbers the repeats of a probe: only the newest run of each probe is believed.
    """

    id: str
    probe: str
    run: int
    at: datetime
    seconds: float
    seen: S_co

    @property
    def kind(self) -> str:
        """The kind of what was seen, e.g. ``folder-search``."""
        return self.seen.kind


def to_json(observation: Observation[Any]) -> dict[str, Any]:
    """The observation as plain JSON values."""
    return {
        "id": observation.id,
        "kind": observation.kind,
        "probe": observation.probe,
        "run": observation.run,
        "at": observation.at.isoformat().replace("+00:00", "Z"),
        "seconds": round(observation.seconds, 3),
        "data": msgspec.to_builtins(observation.seen),
    }


def from_json(data: Mapping[str, Any]) -> Observation[Any]:
    """An observation from ``to_json``'s form. Raises NotAnObservation."""
    try:
        record = KINDS[data["kind"]]
        return Observation(
            id=str(data["id"]),
            probe=str(data["probe"]),
            run=int(data.get("run", 1)),
            at=msgspec.convert(data["at"], datetime),
            seconds=float(data["seconds"]),
            seen=msgspec.convert(data["data"], record),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as problem:
        raise NotAnObservation(str(problem)) from problem
