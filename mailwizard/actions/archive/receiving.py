"""One message on its way from the server into the archive."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime

from mailwizard.actions.archive.documents import said_by
from mailwizard.actions.archive.journal import Kept
from mailwizard.actions.archive.store import Store
from mailwizard.model.shown import shown
from mailwizard.probes.imap.replies import Garbled
from mailwizard.probes.imap.stream import Reply
from mailwizard.reading.headers import decoded, raw_text

_HEAD = 1 << 16
_MOST = 1 << 30  # octets of one message
_PART = 1 << 17  # octets that are handed on at once: the line brings them in small pieces
_BODY = re.compile(rb'BODY\[\] (?:\{(\d{1,12})\+?\}\r?\n|"((?:[^"\\]|\\.)*)")', re.I | re.S)
_LITERALS = re.compile(rb"\{\d{1,12}\+?\}\r?\n")
_MESSAGE_ID = re.compile(rb"(?im)^message-id[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)")
_SUBJECT = re.compile(rb"(?im)^subject[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


def message_id(head: bytes) -> str:
    """The Message-ID of a header block; "" if there is none."""
    found = _MESSAGE_ID.search(head)
    return shown(raw_text(found[1]), 300) if found else ""


class Receiver:
    """Takes the parts of one message after another, and tells what became of each.

    ``count`` is told how many octets came, negative where they are taken back.
    """

    def __init__(self, store: Store, count: Callable[[int], None]) -> None:
        self._store = store
        self._count = count
        self.begin(0)

    def begin(self, number: int) -> None:
        """The next message begins; ``number`` is its own in the whole archive."""
        self._number = number
        self._size = self._counted = 0
        self._begun = False
        self._waiting = bytearray()
        self._digest = hashlib.sha256()
        self._head = bytearray()

    def write(self, part: bytes) -> None:
        """A part of what the server sends. Raises CannotGoOn where the disk does not take it.

        Raises Garbled where it is more than any message is.
        """
        self._waiting += part
        self._size += len(part)
        if self._size > _MOST:
            raise Garbled("a message of more than the bound")
        if len(self._waiting) >= _PART:
            self._hand_on()

    def _hand_on(self) -> None:
        """To the digest and the disk. Raises CannotGoOn."""
        part = bytes(self._waiting)
        self._waiting.clear()
        if not part:
            return
        with_head = _HEAD - len(self._head)
        if with_head > 0:
            self._head += part[:with_head]
        try:
            if not self._begun:
                self._begun = True
                self._store.begin(self._number)
            self._store.write(part)
        except OSError as problem:
            raise said_by(problem) from None
        self._digest.update(part)
        self._count(len(part))
        self._counted += len(part)

    def drop(self) -> None:
        """What came is nothing to keep. Raises CannotGoOn."""
        if self._begun:
            try:
                self._store.drop()
            except OSError as problem:
                raise said_by(problem) from None
            self._count(-self._counted)
        self.begin(self._number)

    def complete(self, reply: Reply) -> bool:
        """Whether exactly the whole message of this reply has come, as far as can be seen."""
        found = _BODY.search(reply.text)
        if found is None or len(_LITERALS.findall(reply.text)) != (found[1] is not None):
            return False
        if found[1] is not None:
            return int(found[1]) == self._size
        if self._size:
            return False
        if quoted := re.sub(rb"\\(.)", rb"\1", found[2], flags=re.S):
            self.write(quoted)
        return True

    @property
    def size(self) -> int:
        """The octets that came."""
        return self._size

    def digest(self) -> str:
        """SHA-256 of what came. Raises CannotGoOn where the disk does not take the rest of it."""
        self._hand_on()
        return self._digest.hexdigest()

    def take(self, folder: int, uid: int, facts: Reply, again: Kept | None = None) -> Kept:
        """The message's line for the journal; the store keeps it, unless it has it already.

        Raises CannotGoOn where the disk does not take it.
        """
        number, size, digest = self._number, self._size, self.digest()
        head = bytes(self._head)
        end = _END_OF_HEAD.search(head)
        whole_head = end is not None or len(head) < _HEAD
        head = head[: end.end()] if end else head
        subject = _SUBJECT.search(head)
        arrived: datetime | None = facts.arrived
        if again is not None:
            number = again.number
            self.drop()
            self._count(size)
        else:
            try:
                if not self._begun:
                    self._store.begin(number)
                title = shown(decoded(subject[1]), 100) if subject else ""
                placed = self._store.take(number, arrived, title)
            except OSError as problem:
                raise said_by(problem) from None
        return Kept(
            folder=folder,
            uid=uid,
            number=number,
            file=again.file if again else placed.file,
            at=again.at if again else placed.at,
            stored=again.stored if again else placed.stored,
            size=size,
            digest=digest,
            arrived=arrived,
            announced=facts.size,
            message_id=message_id(head) if whole_head else None,
            ended=again.ended if again else placed.ended,
            again=again is not None,
        )


def facts_of(reply: Reply) -> Reply:
    """The reply without the message itself, where the server has sent that as a quoted string."""
    return Reply(_BODY.sub(b'BODY[] ""', reply.text)) if b'BODY[] "' in reply.text else reply
