"""What is looked for in one search, and what was learnt about the server meanwhile."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailwizard.probes.imap.matching import Wanted
from mailwizard.probes.imap.stream import AT_ONCE
from mailwizard.probes.imap.window import Belief


@dataclass(slots=True)
class Quest:
    """What is looked for, and what all connections have learnt about the server.

    ``now`` bounds the time window; ``at_once`` is 1 for a server that cannot be sent commands
    ahead, ``proven`` True for one that can; ``structures`` False for one without BODYSTRUCTURE.
    """

    since: datetime
    now: datetime
    wanted: Wanted | None
    belief: Belief = field(default_factory=Belief)
    at_once: int = AT_ONCE
    proven: bool = False
    structures: bool = True

    @property
    def by_attachment(self) -> bool:
        """Whether a file is looked for."""
        return self.wanted is not None and self.wanted.attachment is not None

    @property
    def parts(self) -> bool:
        """Whether the hits' attachments are asked for."""
        return self.structures and self.by_attachment

    @property
    def earlier(self) -> datetime:
        """The beginning of the equally long time before the window."""
        return self.since - max(self.now - self.since, timedelta(days=1))
