"""Seen in the mailbox: what its space is taken by."""

from dataclasses import dataclass
from datetime import datetime

from mailwizard.model.observation import Seen, seen
from mailwizard.model.seen.mailbox import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSpace:
    """One folder. ``count`` (messages) and ``octets`` (RFC822.SIZE) are what the server tells of it
    as a whole, or as much as was read; ``done`` when every message of it has been read.
    """

    name: str
    role: Role
    count: int
    octets: int
    done: bool
    uidvalidity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSpace:
    """What arrived in one year (INTERNALDATE, UTC); None where that cannot be told."""

    year: int | None
    count: int
    octets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderSpace:
    """What one author's mails take, of those whose header fields were read."""

    address: str
    name: str
    count: int
    octets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeMail:
    """One of the largest mails. Times are UTC, sizes octets; "" for what was not read."""

    folder: str
    uid: int
    size: int
    arrived: datetime | None = None
    from_address: str = ""
    from_name: str = ""
    subject: str = ""


@seen("mailbox-space")
class MailboxSpace(Seen):
    """Where the space is, as far as it was looked at: the largest folders first.

    ``years`` newest first; ``senders`` by octets, counted from mails of ``senders_from`` octets and
    more. ``complete`` is False where not every message was read (``detail`` says why).
    """

    folders: tuple[FolderSpace, ...]
    years: tuple[YearSpace, ...] = ()
    senders: tuple[SenderSpace, ...] = ()
    senders_from: int = 0
    largest: tuple[LargeMail, ...] = ()
    complete: bool = True
    detail: str = ""
