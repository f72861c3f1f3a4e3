"""What became of messages that were brought back: each one accounted for."""

from dataclasses import dataclass
from typing import Literal

from mailwizard.actions.marks import Mark
from mailwizard.model.seen.moved import Way

LeftOver = Literal["", "marked", "kept"]


class NotMoved(Exception):
    """Nothing was changed. ``reason`` is a word for ``text.moving``; ``detail`` for the helpdesk.

    ``not-signed-in`` · ``no-connection`` · ``no-folder`` · ``read-only`` · ``renumbered`` (the
    UIDVALIDITY is another than at the search) · ``refused`` · ``interrupted``.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Moved:
    """One message that is in the target now; ``there`` is how it is known there.

    ``left_over``: its original could not be removed, and stays ``marked`` as deleted, or ``kept``
    as it was.
    """

    mail: Mark
    there: Mark
    left_over: LeftOver = ""


@dataclass(frozen=True, slots=True)
class Left:
    """One message that was not moved.

    ``reason``: ``gone`` · ``changed`` (the UID names another message) · ``no-room`` · ``refused`` ·
    ``not-seen`` (the server says that it did it, but the copy is not to be seen) ·
    ``interrupted``, or a reason of NotMoved.
    """

    mail: Mark
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """What was done with some messages of one folder; names as ``FolderList`` shows them.

    ``way`` is that of ``model.seen.moved.MailMoved``.
    """

    folder: str
    target: str
    way: Way = "move"
    moved: tuple[Moved, ...] = ()
    left: tuple[Left, ...] = ()
    target_uidvalidity: int | None = None
