"""How a message is known again: at the same UID, and as a copy in another folder."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mailwizard.model.seen.mailbox import MailSeen
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.messages import fetched, header, message_id, utc

_BATCH = 50
_MANY = 1000
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mark:
    """A message in a folder: UID, Message-ID ("" for none), INTERNALDATE in UTC, RFC822.SIZE."""

    uid: int
    message_id: str
    arrived: datetime
    size: int

    @classmethod
    def of(cls, mail: MailSeen) -> "Mark":
        """The mark of a message that the search has found."""
        return cls(mail.uid, mail.message_id, mail.arrived, mail.size)

    def names(self, other: "Mark") -> bool:
        """Whether another look saw the same message, wherever it is.

        By the Message-ID and size; INTERNALDATE and size where there is no Message-ID.
        """
        if self.message_id or other.message_id:
            return (self.message_id, self.size) == (other.message_id, other.size)
        return (self.arrived, self.size) == (other.arrived, other.size)


@dataclass(frozen=True, slots=True)
class Look:
    """A message as it is now. ``digest`` is the SHA-256 of its whole header, "" if not told."""

    mark: Mark
    digest: str
    deleted: bool

    def same(self, other: "Look") -> bool:
        """Whether one is the other's copy: the whole header, with its trace, and the size."""
        known = bool(self.digest) and self.digest == other.digest
        return known and self.mark.size == other.mark.size

    def alike(self, other: "Look") -> bool:
        """Whether what has just been copied is this: some servers change headers on the way."""
        named = bool(self.mark.message_id) and self.mark.message_id == other.mark.message_id
        return named or self.same(other)


def look_at(client: ImapClient, uids: Sequence[int]) -> dict[int, Look]:
    """The messages of the opened folder that are there. Raises Refused, Broken, Stopped."""
    items = ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "BODY.PEEK[HEADER]")
    found: dict[int, Look] = {}
    for batch in _batches(uids, _BATCH):
        for uid, reply in fetched(client, batch, items).items():
            if uid in batch:
                found[uid] = _look(uid, reply)
    return found


def sizes(client: ImapClient, uids: Sequence[int]) -> dict[int, int]:
    """RFC822.SIZE of the messages that are there. Raises Refused, Broken, Stopped."""
    found: dict[int, int] = {}
    for batch in _batches(uids, _MANY):
        for uid, reply in fetched(client, batch, ("RFC822.SIZE",)).items():
            size = reply.get(b"RFC822.SIZE")
            if isinstance(size, int):
                found[uid] = size
    return found


def _look(uid: int, reply: dict[bytes, Any]) -> Look:
    raw = next((v for k, v in reply.items() if k.upper().startswith(b"BODY[HEADER]")), None)
    flags = reply.get(b"FLAGS")
    size = reply.get(b"RFC822.SIZE")
    mark = Mark(
        uid=uid,
        message_id=message_id(header(reply)),
        arrived=utc(reply.get(b"INTERNALDATE")) or _NEVER,
        size=size if isinstance(size, int) else -1,
    )
    return Look(
        mark=mark,
        digest=hashlib.sha256(raw).hexdigest() if isinstance(raw, bytes) and raw.strip() else "",
        deleted=isinstance(flags, tuple)
        and b"\\deleted" in {bytes(f).lower() for f in flags if isinstance(f, bytes)},
    )


def _batches(uids: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    return (uids[start : start + size] for start in range(0, len(uids), size))
