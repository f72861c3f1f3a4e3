"""What the wizard itself has changed in the mailbox: so that a saved report says it."""

from dataclasses import dataclass
from typing import Literal

from mailwizard.model.observation import Seen, seen

Way = Literal["move", "copy", "only-move", "unmark"]


@dataclass(frozen=True, kw_only=True)
class NotMovedCount:
    """How many messages stayed where they were, and why (a word of ``actions.outcome.Left``)."""

    reason: str
    count: int


@seen("mail-moved")
class MailMoved(Seen):
    """Messages of one folder that were brought back, or put back again (``undone``).

    ``way``: moved to the target; copied there, with nothing removed; moved by nothing but MOVE; or
    left in place with the mark "deleted" taken off (then ``target`` is ``folder``). ``uids`` are
    those in ``target`` under ``uidvalidity``, None if the server did not say it. ``left_over``
    originals could not be removed and stay in ``folder`` marked as deleted, ``kept`` ones unmarked.
    """

    folder: str
    target: str
    way: Way = "move"
    undone: bool = False
    moved: int = 0
    left_over: int = 0
    kept: int = 0
    not_moved: tuple[NotMovedCount, ...] = ()
    uids: tuple[int, ...] = ()
    uidvalidity: int | None = None
