"""Seen while waiting for the mail that the sender was asked to send again."""

from datetime import datetime
from typing import Literal

from mailwizard.model.observation import Seen, seen
from mailwizard.model.seen.mailbox import MailSeen, Role

WaitEnd = Literal["arrived", "over", "stopped", "refused"]


@seen("mail-arrived")
class MailArrived(Seen):
    """A mail tied to the sender came in, ``waited`` seconds after the waiting had begun.

    ``expected`` is False where it is tied to the sender by less than the author's address, so that
    the waiting went on.
    """

    folder: str
    role: Role
    mail: MailSeen
    waited: float
    expected: bool = True


@seen("waited")
class Waited(Seen):
    """A time of waiting for ``sender``'s mail, at its end.

    ``outcome``: ``arrived`` · ``over`` (the time chosen had passed) · ``stopped`` (by the user) ·
    ``refused`` (the password, when the connection had to be opened again). ``blind`` are those of
    the ``waited`` seconds in which there was no connection; what came meanwhile was seen when there
    was one again, unless the waiting ended before: then ``blind_at_end``. ``folders`` were watched
    of ``folders_listed`` (0 if there never was a connection); ``folders_complete`` is False where
    there may be more than were listed. ``others_arrived`` are mails of other senders.
    """

    sender: str
    since: datetime
    waited: float
    outcome: WaitEnd
    others_arrived: int
    folders: int
    folders_listed: int
    folders_complete: bool = True
    blind: float = 0.0
    blind_at_end: bool = False
