"""Connections whose first packet was lost and sent again: told by how late they came (RFC 6298)."""

from mailwizard.model.seen.line import TimedConnect

# A lost first packet is sent again after one second (RFC 6298), so its connection takes that much
# longer than the others.
SENT_AGAIN_MS = 900.0
# Further ones follow after whole seconds, so that such delays are alike; those of a queue are not.
_RHYTHM_MS = 1000.0
_NEAR_RHYTHM_MS = 150.0
_IN_RHYTHM = 0.75


def sent_again(one: TimedConnect, tries: list[TimedConnect], middle: float) -> bool:
    """Whether a connection took a second packet, against what its own host usually takes."""
    if one.milliseconds is None:
        return one.fate == "timeout"
    own = [
        c.milliseconds
        for c in tries
        if c.address == one.address and c is not one and c.milliseconds is not None
    ]
    return one.milliseconds - min(own, default=middle) >= SENT_AGAIN_MS


def in_rhythm(late: list[TimedConnect], tries: list[TimedConnect]) -> bool:
    """Whether connections came late by whole seconds, as where packets are sent again."""
    quickest: dict[str, float] = {}
    for c in tries:
        if c.milliseconds is not None:
            quickest[c.address] = min(c.milliseconds, quickest.get(c.address, c.milliseconds))
    over = [c.milliseconds - quickest[c.address] for c in late if c.milliseconds is not None]
    fits = [ms for ms in over if abs(ms - _RHYTHM_MS * round(ms / _RHYTHM_MS)) <= _NEAR_RHYTHM_MS]
    return len(over) > 0 and len(fits) >= _IN_RHYTHM * len(over)
