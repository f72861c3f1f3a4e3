"""A server with whole messages and bad habits, as a script for the tests' small IMAP server."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.servers.fake_imap import Session


@dataclass
class Room:
    """A folder: messages by UID, and which of them are marked as deleted."""

    messages: dict[int, bytes]
    uidvalidity: int = 1
    deleted: set[int] = field(default_factory=set)
    refuse: str = ""
    read_only: bool = False

    @property
    def uidnext(self) -> int:
        """The next UID."""
        return max(self.messages, default=0) + 1


@dataclass
class Office:
    """Answers EXAMINE, SELECT, FETCH, STORE, MOVE and EXPUNGE.

    ``size`` tells RFC822.SIZE of a message; ``before`` may act on (session, uid) before a whole
    message is sent, and False from it leaves that message out; ``body`` writes the reply's parts.
    ``single``: UID EXPUNGE is known. ``quotes_fields``: header fields come as a quoted string.
    """

    rooms: dict[str, Room]
    size: Callable[[bytes], int] = len
    before: Callable[[Session, int], bool] = lambda _session, _uid: True
    body: Callable[[int, bytes, str], bytes] | None = None
    end: str = "OK done"
    single: bool = True
    quotes_fields: bool = False
    commands: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __call__(self, session: Session, tag: str, verb: str, arguments: str) -> bool:
        """The script."""
        with self.lock:
            self.commands.append(f"{verb} {arguments}")
            if verb in ("EXAMINE", "SELECT"):
                return self._open(session, tag, verb, arguments.strip('"'))
            if verb == "UID":
                word, _, rest = arguments.partition(" ")
                return self._uid(session, tag, word.upper(), rest)
            if verb == "FETCH":
                self._fetch(session, tag, arguments, by_uid=False)
                return True
            if verb in ("EXPUNGE", "CLOSE", "STORE"):
                raise AssertionError(f"{verb} would do more than was asked for")
            return False

    def _open(self, session: Session, tag: str, verb: str, name: str) -> bool:
        room = self.rooms.get(name)
        if room is None or room.refuse:
            session.say(f"{tag} NO {room.refuse if room else 'no such folder'}")
            return True
        session.room = room  # type: ignore[attr-defined]
        session.say(f"* {len(room.messages)} EXISTS")
        session.say(f"* OK [UIDVALIDITY {room.uidvalidity}] x", f"* OK [UIDNEXT {room.uidnext}] x")
        read_only = verb == "EXAMINE" or room.read_only
        session.say(f"{tag} OK [{'READ-ONLY' if read_only else 'READ-WRITE'}] done")
        return True

    def _uid(self, session: Session, tag: str, verb: str, rest: str) -> bool:
        room: Room = session.room  # type: ignore[attr-defined]
        if verb == "FETCH":
            self._fetch(session, tag, rest, by_uid=True)
            return True
        uids = [uid for uid in _numbers(rest.split()[0], room.uidnext) if uid in room.messages]
        if verb == "STORE":
            room.deleted.update(uids)
        elif verb == "EXPUNGE" and self.single:
            for uid in set(uids) & room.deleted:
                del room.messages[uid]
        elif verb == "MOVE":
            for uid in uids:
                target = self.rooms[rest.split(" ", 1)[1].strip('"')]
                target.messages[target.uidnext] = room.messages.pop(uid)
        else:
            session.say(f"{tag} BAD what?")
            return True
        session.say(f"{tag} OK done")
        return True

    def _fetch(self, session: Session, tag: str, rest: str, *, by_uid: bool) -> None:
        room: Room = session.room  # type: ignore[attr-defined]
        numbers, _, items = rest.partition(" ")
        known = sorted(room.messages)
        if by_uid:
            wanted = [uid for uid in _numbers(numbers, room.uidnext) if uid in room.messages]
        else:
            wanted = [known[n - 1] for n in _numbers(numbers, len(known)) if n <= len(known)]
        whole = "BODY.PEEK[]" in items
        for uid in wanted:
            if whole and not self.before(session, uid):
                continue
            session.connection.sendall(self._reply(room, known.index(uid) + 1, uid, items))
        session.say(f"{tag} {self.end if whole else 'OK done'}")

    def _reply(self, room: Room, number: int, uid: int, items: str) -> bytes:
        message = room.messages[uid]
        words = f"* {number} FETCH (UID {uid}"
        if "RFC822.SIZE" in items:
            words += f" RFC822.SIZE {self.size(message)}"
        if "INTERNALDATE" in items:
            words += f' INTERNALDATE "{uid % 27 + 1:2d}-Mar-2019 10:00:00 +0800"'
        if "FLAGS" in items:
            words += " FLAGS (\\Deleted)" if uid in room.deleted else " FLAGS ()"
        if "BODY.PEEK[]" in items:
            if self.body is not None:
                return self.body(number, message, words)
            return f"{words} BODY[] {{{len(message)}}}\r\n".encode() + message + b")\r\n"
        if "MESSAGE-ID" in items:
            found = re.search(rb"(?im)^message-id:[^\r\n]*\r\n", message.partition(b"\r\n\r\n")[0])
            head = (found[0] if found else b"") + b"\r\n"
            section = "BODY[HEADER.FIELDS (MESSAGE-ID)]"
            if self.quotes_fields:
                return f"{words} {section} ".encode() + b'"%s")\r\n' % head.strip()
            return f"{words} {section} {{{len(head)}}}\r\n".encode() + head + b")\r\n"
        return words.encode() + b")\r\n"


def _numbers(text: str, last: int) -> list[int]:
    found: list[int] = []
    for part in text.replace("*", str(last)).split(","):
        first, _, end = part.partition(":")
        found += range(int(first), int(end or first) + 1)
    return sorted(set(found))
