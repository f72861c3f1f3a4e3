"""The ground that remote findings stand on: what the local network allows to be judged at all."""

from dataclasses import dataclass

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.observation import Observation, Seen


@dataclass(frozen=True, slots=True)
class Ground:
    """None means "not looked at". A remote fault is only said where its ground is not False.

    ``online``: something outside this network could be reached. ``names``: name servers outside
    could be asked and their answers can be believed (no sign-in page, no fake addresses).
    ``port25``: somebody's port 25 could be reached from here. ``imap``: somebody else's IMAP port
    could be reached from here. ``because`` are the observations behind a False.
    """

    online: bool | None
    names: bool | None
    port25: bool | None
    imap: bool | None
    because: tuple[Observation[Seen], ...] = ()


def ground(situation: Situation) -> Ground:
    """Reads the ground from the network probes' observations."""
    raise NotImplementedError
