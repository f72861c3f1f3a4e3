"""Notices lying in the mailbox that say something about the missing mail; never their bodies."""

from datetime import datetime
from typing import Literal

from mailwizard.model.observation import Seen, seen


@seen("notices-searched")
class NoticesSearched(Seen):
    """How far the mailbox was searched for notices.

    ``examined`` counts the messages of the time window whose header fields were read,
    ``candidates`` those that looked like a notice, ``read`` those whose text was read.
    ``complete`` is False where anything of this stayed unread (``detail`` says why).
    """

    folders: tuple[str, ...]
    examined: int
    candidates: int
    read: int
    complete: bool
    detail: str = ""


@seen("quarantine-notice")
class QuarantineNotice(Seen):
    """A mail that says of itself that mail is held back in a quarantine. Anybody can write one.

    ``names`` tells what its text names of the case: the sender's address, their domain, the subject
    asked about, or nothing; ``named`` is that address or domain, "" for a subject or nothing.
    ``authentication`` are its Authentication-Results fields, newest first.
    """

    folder: str
    uid: int
    arrived: datetime
    from_address: str
    subject: str
    names: Literal["address", "domain", "subject", ""]
    named: str = ""
    authentication: tuple[str, ...] = ()


@seen("reply-bounced")
class ReplyBounced(Seen):
    """A message that a mail of the user's own to the sender's domain could not be delivered.

    ``enhanced`` is the RFC 3463 code, ``code`` the SMTP reply code; "" and 0 where not given.
    """

    folder: str
    uid: int
    arrived: datetime
    recipient: str
    delayed: bool = False
    code: int = 0
    enhanced: str = ""
    said: str = ""
    said_by: str = ""


@seen("look-alike")
class LookAlikeMail(Seen):
    """A mail whose author's domain is nearly, but not quite, the one asked about."""

    folder: str
    uid: int
    arrived: datetime
    from_address: str
    subject: str
