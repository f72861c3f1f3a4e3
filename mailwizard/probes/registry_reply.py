"""What became of one question to a registry, whichever way it was asked."""

from dataclasses import dataclass
from typing import Literal

from mailwizard.reading.registration import Registered, about

Outcome = Literal["found", "not-found", "no-service", "refused", "timeout", "error"]


@dataclass(frozen=True, slots=True)
class Reply:
    """As in Registration; ``detail`` is safe to show."""

    outcome: Outcome
    registered: Registered | None = None
    detail: str = ""


def judged(read: Registered, domain: str) -> Reply:
    """A reply that was read: an error where it is about some other domain."""
    if not about(read, domain):
        return Reply("error", detail=f"about {read.domain}")
    return Reply("found" if read.found else "not-found", read)
