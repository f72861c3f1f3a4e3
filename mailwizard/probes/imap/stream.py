"""Commands in flight and their FETCH replies as they come: memory does not grow with the mailbox.

RFC 9051, 5.5: a client may send a command before the one before it is answered.
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.replies import Disordered, Garbled, Refused
from mailwizard.probes.imap.wire import COMMAND_SECONDS, MOST_LITERAL, Wire

AT_ONCE = 100  # commands in flight
_MOST_UNANSWERED = 16_384  # octets of commands in flight, so that both sides never wait
_LITERAL = re.compile(rb"\{(\d{1,40})\+?\}\r?\n\Z")
_FETCH = re.compile(rb"\* \d{1,10} FETCH \(", re.I)
_UID = re.compile(rb"[ (]UID (\d{1,10})[ )]", re.I)
_SIZE = re.compile(rb"[ (]RFC822\.SIZE (\d{1,12})[ )]", re.I)
_ARRIVED = re.compile(rb'INTERNALDATE "[ \d]?\d-[A-Z]{3}-\d{4} \d\d:\d\d:\d\d [+-]\d{4}"', re.I)
_FLAGS = re.compile(rb"[ (]FLAGS \(([^()]{0,4000})\)", re.I)
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*"', re.S)
_MARKER = re.compile(rb"\{\d{1,12}\+?\}\r?\n")
_SECTION = re.compile(rb"BODY\[[^\[\]]{0,4000}\](?:<\d{1,12}>)? \Z", re.I)
_QUOTED_SECTION = re.compile(
    rb'BODY\[[^\[\]]{0,4000}\](?:<\d{1,12}>)? "((?:[^"\\\r\n]|\\.)*)"', re.I
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: f"{number:02}" for number, name in enumerate(_NAMES, 1)}
_MOST_REPLY = 1 << 20  # octets of one reply, without its literals
_MOST_SAID = 400  # untagged lines of one command that are no FETCH replies
_MOST_REPLIES = 200_000  # to one command
_OPENING = frozenset({b"EXAMINE", b"SELECT"})


@dataclass(frozen=True, slots=True)
class Reply:
    """One FETCH reply: ``text`` without the literals, and the literals that were kept.

    ``number`` is that of the command it most likely answers, from 0.
    """

    text: bytes
    literals: tuple[bytes, ...] = ()
    number: int = 0

    @property
    def _plain(self) -> bytes:
        """The text without what the message's writer chose, such as the names of files."""
        if b"STRUCTURE" not in self.text and b"structure" not in self.text:
            return self.text
        return _QUOTED.sub(b'""', self.text)

    @property
    def uid(self) -> int | None:
        """Its UID, where the server says it."""
        found = _UID.search(self._plain)
        return int(found[1]) if found else None

    @property
    def size(self) -> int | None:
        """RFC822.SIZE in octets."""
        found = _SIZE.search(self._plain)
        return int(found[1]) if found else None

    @property
    def arrived(self) -> datetime | None:
        """INTERNALDATE in UTC."""
        found = _ARRIVED.search(self.text)
        if found is None:
            return None
        day, month, year, clock, zone = found[0][14:-1].decode("ascii").replace("-", " ", 2).split()
        number = _MONTHS.get(month.lower(), "")
        try:
            moment = datetime.fromisoformat(f"{year}-{number}-{day:0>2}T{clock}{zone}")
            return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    @property
    def flags(self) -> tuple[bytes, ...]:
        """The flags in lower case."""
        found = _FLAGS.search(self._plain)
        return tuple(found[1].lower().split()) if found else ()

    @property
    def section(self) -> bytes | None:
        """What came for BODY[…], as a literal or a quoted string; None where nothing did."""
        head = self.text.partition(b"{")[0]
        if len(self.literals) == 1 and head[-2:] == b"] " and b"STRUCTURE" not in head:
            return self.literals[0]
        for literal, marker in zip(self.literals, _MARKER.finditer(self.text), strict=False):
            if _SECTION.search(self.text, 0, marker.start()):
                return literal
        quoted = _QUOTED_SECTION.search(self.text)
        return re.sub(rb"\\(.)", rb"\1", quoted[1]) if quoted else None


@dataclass(frozen=True, slots=True)
class Done:
    """The end of the command ``number``: ``refused`` is None for OK.

    ``said`` are the untagged lines that are no FETCH replies, at most 400, each without its
    literals' octets: all since the folder was opened, for a server may answer some commands ahead
    and end them together. So send no two of one kind whose answers could be mixed up.
    """

    number: int
    refused: Refused | None
    said: tuple[bytes, ...]


def converse(
    client: ImapClient,
    commands: Iterable[bytes],
    *,
    at_once: int = AT_ONCE,
    write: Callable[[bytes], object] | None = None,
    seconds: float = COMMAND_SECONDS,
) -> Generator[Reply | Done, None, None]:
    """Sends the commands, up to ``at_once`` ahead of the answers; yields what comes, as it comes.

    ``seconds`` bounds each reply and each command's end. Literals of FETCH replies are kept (each
    within the wire's bound) or, with ``write``, handed over in parts before their reply is yielded.
    Whoever stops reading early has broken the connection off; so has every error. Raises Garbled
    (Disordered for answers out of order), Broken, Stopped.
    """
    left = enumerate(commands)
    waiting: list[_Sent] = []
    exhausted = False
    said: list[bytes] = []
    replies = 0
    finished = False
    try:
        with client.talk(seconds) as wire:
            while True:
                if not exhausted and len(waiting) <= at_once // 2:
                    exhausted = _send(wire, left, waiting, at_once)
                if not waiting:
                    break
                line = wire.readline()
                if line.startswith(b"*"):
                    text, literals = _whole(wire, line, write)
                    replies += 1
                    if replies > _MOST_REPLIES:
                        raise Garbled("more replies than the bound")
                    if _FETCH.match(text):
                        yield Reply(text, literals, _asked_by(waiting))
                        wire.begin(seconds)
                    elif len(said) < _MOST_SAID:
                        said.append(text)
                elif line.strip():
                    sent = _ended(wire, waiting, line)
                    refused = None if _is_ok(line[len(sent.tag) :]) else client.refusal()
                    yield Done(sent.number, refused, tuple(said))
                    if not waiting or _OPENING & {sent.verb, waiting[0].verb}:
                        said.clear()
                    replies = 0
                    wire.begin(seconds)
        finished = True
    finally:
        if not finished:
            client.close()


class _Sent(NamedTuple):
    """A command in flight: its number from 0, its length, and its verb without UID."""

    tag: bytes
    number: int
    octets: int
    verb: bytes


def _send(
    wire: Wire, left: Iterator[tuple[int, bytes]], waiting: list[_Sent], at_once: int
) -> bool:
    """Sends as many as may be in flight, one at least where none is; True after the last."""
    chosen: list[tuple[int, bytes]] = []
    length = sum(sent.octets for sent in waiting)
    for number, command in left:
        chosen.append((number, command))
        length += len(command)
        if len(waiting) + len(chosen) >= at_once or length >= _MOST_UNANSWERED:
            break
    else:
        if not chosen:
            return True
    tags = wire.begin_commands([command for _number, command in chosen])
    for tag, (number, command) in zip(tags, chosen, strict=True):
        verb = command[:12].upper().removeprefix(b"UID ").split(b" ")[0]
        waiting.append(_Sent(tag, number, len(command), verb))
    return False


def _asked_by(waiting: list[_Sent]) -> int:
    """The command that a FETCH reply is likely to answer: the first FETCH in flight."""
    return next((sent.number for sent in waiting if sent.verb == b"FETCH"), waiting[0].number)


def _ended(wire: Wire, waiting: list[_Sent], line: bytes) -> _Sent:
    """The command that this line ends. Raises Disordered.

    A quick one may overtake a slow one (RFC 9051, 5.5), but none its like, and none a folder's
    opening: nobody would know which folder the answers are about.
    """
    tag = line.partition(b" ")[0]
    for at, sent in enumerate(waiting):
        if sent.tag == tag:
            if any(other.verb in {sent.verb, *_OPENING} for other in waiting[:at]):
                raise Disordered("answers out of order")
            wire.end_command(tag)
            return waiting.pop(at)
        if sent.verb in _OPENING and at > 0:
            break
    raise Disordered("a line that is no answer")


def _is_ok(rest: bytes) -> bool:
    return rest.strip().upper().startswith(b"OK")


def _whole(
    wire: Wire, line: bytes, write: Callable[[bytes], object] | None
) -> tuple[bytes, tuple[bytes, ...]]:
    """A reply with its literals, whose places in the text stay marked with their length."""
    found = _LITERAL.search(line)
    if found is None:
        return line, ()
    text, literals = line, list[bytes]()
    while found is not None:
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
        found = _LITERAL.search(line)
    return text, tuple(literals)


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

    Bounds, literals and errors are those of ``converse``. Replies that nobody asked for come along:
    look at the UID. Raises Refused after the last reply, too.
    """
    command = b"%sFETCH %s %s" % (b"UID " if by_uid else b"", messages, items)
    refused: Refused | None = None
    with closing(converse(client, [command], write=write, seconds=seconds)) as heard:
        for part in heard:
            if isinstance(part, Reply):
                yield part
            else:
                refused = part.refused
    if refused is not None:
        raise refused  # only now: the connection is in order


def all_sizes(
    client: ImapClient, messages: bytes = b"1:*"
) -> Generator[tuple[int, int], None, None]:
    """UID and RFC822.SIZE of every message of the opened folder, as they come."""
    with closing(fetch_stream(client, messages, b"(UID RFC822.SIZE)", by_uid=False)) as replies:
        for reply in replies:
            uid, size = reply.uid, reply.size
            if uid is not None and size is not None:
                yield uid, size
