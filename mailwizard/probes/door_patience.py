"""How long a mail exchanger is waited for: long only while nobody else has told."""

import threading
import time

from mailwizard.model.seen.door import SmtpDoor
from mailwizard.probes.setting import Setting

PATIENT_SECONDS = 65.0
"""A tarpit greets after up to a minute and is not down."""

_SPARE_SECONDS = 1.5  # of the probe's time, to put down what was seen


class Patience:
    """One for all the doors of a probe, which are tried side by side.

    A late server is waited on for as long as no other one of the domain has said whether it takes
    the user's mail, and only where somebody else's port 25 can be reached from here: on a network
    that swallows everything no waiting brings a word.
    """

    def __init__(self, setting: Setting, *, own: bool) -> None:
        self._setting = setting
        self._own = own
        self._told = threading.Event()
        started = time.monotonic()
        remaining = setting.remaining()
        self.ends = started + remaining - min(_SPARE_SECONDS, remaining / 10)
        self._patient = min(self.ends, started + PATIENT_SECONDS)

    def told(self) -> None:
        """An exchanger has told whether it takes the user's mail."""
        self._told.set()

    @property
    def needed(self) -> bool:
        """Whether no exchanger has told so far."""
        return self._own and not self._told.is_set()

    @property
    def over(self) -> bool:
        """Whether there is no time left to try anything."""
        return time.monotonic() >= self.ends

    def more(self) -> bool:
        """Whether a reply that is late is worth waiting on for a moment."""
        if not self.needed or time.monotonic() + 1.0 > self._patient:
            return False
        doors = self._setting.evidence.of(SmtpDoor)
        return any(o.seen.whose == "control" and o.seen.banner is not None for o in doors)

    def within(self, seconds: float) -> float:
        """At most ``seconds``, and none beyond the end of the probe's time. Raises TimeoutError."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(seconds, left)
