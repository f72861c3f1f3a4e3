"""FETCH replies one by one as they come: memory does not grow with the mailbox."""

import re
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.replies import Garbled
from mailwizard.probes.imap.wire import COMMAND_SECONDS, MOST_LITERAL

_LITERAL = re.compile(rb"\{(\d{1,12})\+?\}\r?\n\Z")
_UID = re.compile(rb"[ (]UID (\d{1,10})[ )]")
_SIZE = re.compile(rb"[ (]RFC822\.SIZE (\d{1,12})[ )]")
_ARRIVED = re.compile(
    rb'INTERNALDATE "([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})"'
)
_FLAGS = re.compile(rb"[ (]FLAGS \(([^()]{0,4000})\)")
_MOST_REPLY = 1 << 20  # octets of one reply, without its literals


@dataclass(frozen=True, slots=True)
class Reply:
    """One FETCH reply: ``text`` without the literals, and the literals that were kept."""

    text: bytes
    literals: tuple[bytes, ...] = ()

    @property
    def uid(self) -> int | None:
        """Its UID, where the server says it."""
        found = _UID.search(self.text)
        return int(found[1]) if found else None

    @property
    def size(self) -> int | None:
        """RFC822.SIZE in octets."""
        found = _SIZE.search(self.text)
        return int(found[1]) if found else None

    @property
    def arrived(self) -> datetime | None:
        """INTERNALDATE in UTC."""
        found = _ARRIVED.search(self.text)
        if found is None:
            return None
        day, month, year, clock, zone = (part.decode("ascii").strip() for part in found.groups())
        try:
            return parsedate_to_datetime(f"{day} {month} {year} {clock} {zone}").astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    @property
    def flags(self) -> tuple[bytes, ...]:
        """The flags as the server writes them."""
        found = _FLAGS.search(self.text)
        return tuple(found[1].split()) if found else ()


def fetch_stream(
    client: ImapClient,
    messages: bytes,
    items: bytes,
    *,
    by_uid: bool = True,
    write: Callable[[bytes], object] | None = None,
    seconds: float = COMMAND_SECONDS,
) -> Generator[Reply, None, None]:
    """FETCH of a message set such as ``1:200,205``; ``items`` is a list in parentheses.

    ``seconds`` bounds each reply. Literals are kept (each within the wire's bound) or, with
    ``write``, handed over in parts as they come, whatever their size, before their reply is
    yielded. Replies that nobody asked for come along: look at the UID. Whoever stops reading early
    has broken the connection off. Raises Refused, Garbled, Broken, Stopped.
    """
    command = b"%sFETCH %s %s" % (b"UID " if by_uid else b"", messages, items)
    finished = False
    try:
        with client.talk(seconds) as wire:
            tag = wire.begin_commands([command])[0]
            while True:
                line = wire.readline()
                if line.startswith(tag + b" "):
                    break
                text, literals = line, list[bytes]()
                while found := _LITERAL.search(line):
                    size = int(found[1])
                    if write is not None:
                        wire.read_to(size, write)
                    elif size > MOST_LITERAL:
                        raise Garbled("a literal of more than the bound")
                    else:
                        literals.append(wire.read(size))
                    line = wire.readline()
                    text += line
                    if len(text) > _MOST_REPLY:
                        raise Garbled("a reply of more than the bound")
                if b" FETCH (" in text[:40].upper():
                    yield Reply(text, tuple(literals))
                wire.begin(seconds)
            wire.end_command(tag)
            finished = True
            if not line[len(tag) :].strip().upper().startswith(b"OK"):
                raise client.refusal()
    finally:
        if not finished:
            client.close()


def all_sizes(
    client: ImapClient, messages: bytes = b"1:*"
) -> Generator[tuple[int, int], None, None]:
    """UID and RFC822.SIZE of every message of the opened folder, as they come."""
    with closing(fetch_stream(client, messages, b"(UID RFC822.SIZE)", by_uid=False)) as replies:
        for reply in replies:
            uid, size = reply.uid, reply.size
            if uid is not None and size is not None:
                yield uid, size
