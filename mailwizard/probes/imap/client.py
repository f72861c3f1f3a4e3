"""One IMAP connection: the only place that knows IMAPClient."""

import imaplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from imapclient import IMAPClient
from imapclient.exceptions import ProtocolError

from mailwizard.model.secret import Secret
from mailwizard.model.shown import shown
from mailwizard.probes.imap.replies import Broken, Garbled, Refused, Reply, read_status
from mailwizard.probes.imap.wire import COMMAND_SECONDS, Heard, Wire
from mailwizard.probes.setting import Setting, Stopped
from mailwizard.reading.headers import raw_text

GREETING_SECONDS = 10.0
LOGIN_SECONDS = 12.0
ALIVE_SECONDS = 4.0  # a connection that stays silent longer is taken for dead
MOST_COPIED = 10_000
RESERVE_SECONDS = 0.5  # at a probe's end, to record what was seen until then
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PARSING = (ProtocolError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


Listing = Literal["LIST", "LIST RETURN (SPECIAL-USE)", "XLIST"]
Changing = Literal["MOVE", "COPY", "STORE", "EXPUNGE"]


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened folder: EXISTS, UIDNEXT and UIDVALIDITY, each None if the server did not say it.

    ``writable`` is only True after SELECT, where the server did not say READ-ONLY.
    ``permanent_flags`` are PERMANENTFLAGS in lower case, None if the server did not say them.
    """

    messages: int | None
    uidnext: int | None
    uidvalidity: int | None = None
    writable: bool = False
    permanent_flags: frozenset[str] | None = None


class _Client(IMAPClient):  # type: ignore[misc]  # the library has no types
    """IMAPClient on a connection that is there already."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__("", use_uid=True, ssl=False)
        self._imap.debug = 0  # the library sets 5, which keeps and formats every line
        self.normalise_times = False
        self.folder_encode = False

    def _create_IMAP4(self) -> Wire:
        return self._wire

    def _set_read_timeout(self) -> None:
        """The wire sets its own time-outs."""


class ImapClient:
    """A greeted connection; signed in after ``sign_in``. For one thread at a time.

    Every method may raise Refused (NO or BAD; the connection is in order), Garbled (a reply without
    sense), Broken (the connection is of no more use), Stopped.
    """

    def __init__(
        self, setting: Setting, connection: ssl.SSLSocket, *, greeted: bytes = b""
    ) -> None:
        """Reads the greeting. Raises Broken (with the BYE, if there was one), Garbled, Stopped.

        ``greeted`` is a greeting's line that stands for the one that came before STARTTLS.
        """
        self._setting = setting
        self._connection = connection
        self._heard = Heard()
        with self._in_own_words():
            self._wire = Wire(connection, self._limit, self._heard, GREETING_SECONDS, greeted)
            self._client = _Client(self._wire)

    @property
    def greeting(self) -> str:
        """The server's first line, shown safely; "" if it said nothing."""
        return shown(raw_text(self._heard.greeting), 200)

    @property
    def preauthenticated(self) -> bool:
        """Whether the server took us for signed in from the start."""
        greeting = read_status(self._heard.greeting)
        return greeting is not None and greeting[0] == "PREAUTH"

    def attach(self, setting: Setting) -> None:
        """Puts the connection under another probe's time and stop. Raises Stopped."""
        self._setting = setting
        setting.guard(self._connection)

    @property
    def broken(self) -> bool:
        """Whether the connection is closed already."""
        return self._connection.fileno() < 0

    def close(self) -> None:
        """Ends the connection without a word."""
        try:
            self._connection.close()
        except OSError:
            return

    def capabilities(self) -> tuple[str, ...]:
        """What the server offered before the sign-in, in upper case."""
        return tuple(shown(c, 60) for c in self._client._imap.capabilities[:200])

    def capabilities_now(self) -> tuple[str, ...]:
        """Asks what the server offers: often more after the sign-in."""
        with self.talk():
            _typ, data = self._client._imap.capability()
            words = bytes(data[-1] or b"").upper().split()
            return tuple(shown(raw_text(word), 60) for word in words[:200])

    def login(self, user: str, password: Secret) -> None:
        """LOGIN. A password beyond ASCII goes as a literal, because a quoted string may not."""
        with self.talk(LOGIN_SECONDS):
            imap = self._client._imap
            name = quoted(user.encode("utf-8"))
            secret = password.reveal().encode("utf-8")
            if secret.isascii():
                typ, _data = imap._simple_command("LOGIN", name, quoted(secret))
            else:
                imap.literal = secret
                typ, _data = imap._simple_command("LOGIN", name)
            self._must_be_ok(typ)
            imap.state = "AUTH"

    def authenticate_plain(self, user: str, password: Secret) -> None:
        """AUTHENTICATE PLAIN (RFC 4616), for servers that do not offer LOGIN."""
        with self.talk(LOGIN_SECONDS):
            answer = f"\0{user}\0{password.reveal()}".encode()
            typ, _data = self._client._imap.authenticate("PLAIN", lambda _challenge: answer)
            self._must_be_ok(typ)

    def identify(self, version: str) -> None:
        """ID (RFC 2971): some providers refuse every folder to programs that do not say it."""
        words = f'("name" "mailwizard" "version" "{version}" "vendor" "mailwizard")'
        with self.talk():
            typ, _data = self._client._imap._simple_command("ID", words)
            self._must_be_ok(typ)

    def noop(self) -> None:
        """Finds out whether the connection still lives."""
        with self.talk(ALIVE_SECONDS):
            typ, _data = self._client._imap.noop()
            self._must_be_ok(typ)

    def list_lines(self, how: Listing = "LIST") -> list[tuple[bytes, bytes | None]]:
        """The LIST replies as raw lines, each with its literal where the name came as one."""
        command, *options = how.split(" ", 1)
        with self.talk():
            imap = self._client._imap
            typ, _data = imap._simple_command(command, '""', "*", *options)
            self._must_be_ok(typ)
            data: list[Any] = []
            for word in ("LIST", "XLIST"):
                data += imap.untagged_responses.pop(word, [])
            lines: list[tuple[bytes, bytes | None]] = []
            for item in data:
                if isinstance(item, tuple):
                    lines.append((bytes(item[0]), bytes(item[1])))
                elif item:
                    lines.append((bytes(item), None))
            return lines

    def examine(self, wire_name: bytes) -> Opened:
        """Opens a folder read-only."""
        with self.talk():
            imap = self._client._imap
            typ, _data = imap.select(quoted(wire_name), readonly=True)
            self._must_be_ok(typ)
            return self._opened(writable=False)

    def select(self, wire_name: bytes) -> Opened:
        """Opens a folder to change it: for actions alone, which ask first."""
        with self.talk():
            imap = self._client._imap
            try:
                typ, _data = imap.select(quoted(wire_name))
            except imap.readonly:
                imap.is_readonly = True  # else imaplib refuses every further command
                return self._opened(writable=False)
            self._must_be_ok(typ)
            return self._opened(writable=True)

    def change(
        self, command: Changing, uids: Sequence[int], *arguments: bytes
    ) -> tuple[int, list[int], list[int]] | None:
        """A UID command that changes the selected folder: for actions alone, which ask first.

        Returns COPYUID (RFC 4315): the target's UIDVALIDITY, the UIDs there and here; else None.
        """
        numbers = ",".join(str(uid) for uid in uids).encode("ascii")
        with self.talk():
            imap = self._client._imap
            imap.untagged_responses.pop("COPYUID", None)
            typ, _data = imap.uid(command, numbers, *arguments)
            self._must_be_ok(typ)
            return copied_uids(imap.untagged_responses.pop("COPYUID", []))

    def _opened(self, *, writable: bool) -> Opened:
        seen = self._client._imap.untagged_responses
        return Opened(
            messages=_number(seen.get("EXISTS")),
            uidnext=_number(seen.get("UIDNEXT")),
            uidvalidity=_number(seen.get("UIDVALIDITY")),
            writable=writable,
            permanent_flags=_flags(seen.get("PERMANENTFLAGS")),
        )

    def my_rights(self, wire_name: bytes) -> str:
        """MYRIGHTS (RFC 4314): the letters of what the user may do with a folder."""
        with self.talk():
            imap = self._client._imap
            typ, _data = imap._simple_command("MYRIGHTS", quoted(wire_name))
            self._must_be_ok(typ)
            lines = imap.untagged_responses.pop("MYRIGHTS", [])
            words = bytes(lines[-1] or b"").split() if lines else []
            return raw_text(words[-1])[:60] if words else ""

    def search(self, *criteria: str) -> list[int]:
        """UID SEARCH with flat ASCII criteria; the UIDs in ascending order, each once."""
        with self.talk():
            typ, data = self._client._imap.uid("SEARCH", *criteria)
            self._must_be_ok(typ)
            uids: set[int] = set()
            for line in data:
                if isinstance(line, bytes):
                    numbers = line.partition(b"(")[0].split()
                    uids.update(int(word) for word in numbers if word.isdigit() and len(word) < 11)
            return sorted(uids)

    def fetch(self, uids: Sequence[int], items: Sequence[str]) -> dict[int, dict[bytes, Any]]:
        """UID FETCH; only what was asked for comes back, by UID."""
        with self.talk():
            found: dict[int, dict[bytes, Any]] = self._client.fetch(list(uids), list(items))
            return found

    def fetch_numbered(
        self, numbers: Sequence[int], items: Sequence[str]
    ) -> list[dict[bytes, Any]]:
        """FETCH by message sequence number."""
        with self.talk():
            self._client.use_uid = False
            try:
                found: dict[int, dict[bytes, Any]] = self._client.fetch(list(numbers), list(items))
            finally:
                self._client.use_uid = True
            return list(found.values())

    def _limit(self, seconds: float) -> float:
        """A time-out that leaves the probe's end free for its records. Raises Stopped."""
        left = self._setting.remaining() - RESERVE_SECONDS
        if left <= 0:
            raise Stopped
        return self._setting.limit(min(seconds, left))

    def _must_be_ok(self, typ: str) -> None:
        if typ != "OK":
            raise self.refusal()

    def refusal(self) -> Refused:
        """The NO or BAD that the last command got, to be raised."""
        return Refused(self._heard.reply() or Reply("NO", "", ""))

    @contextmanager
    def talk(self, seconds: float = COMMAND_SECONDS) -> Iterator[Wire]:
        """The wire under one command's bounds, its errors in our own words.

        For this package's own modules, which read what IMAPClient would keep in memory.
        """
        self._wire.begin(seconds)
        with self._in_own_words():
            yield self._wire

    @contextmanager
    def _in_own_words(self) -> Iterator[None]:
        try:
            yield
        except (Refused, Stopped):
            raise
        except _PARSING as problem:
            raise Garbled(type(problem).__name__) from None
        except imaplib.IMAP4.abort as problem:
            raise self._broken(shown(str(problem), 120)) from None
        except imaplib.IMAP4.error:
            reply = self._heard.reply()
            if reply is None or reply.kind == "BYE":
                raise self._broken("a reply against the protocol") from None
            raise Refused(reply) from None
        except TimeoutError:
            raise self._broken("no answer in time", silent=True) from None
        except OSError as problem:
            raise self._broken(shown(problem.strerror or str(problem), 120)) from None

    def _broken(self, why: str, *, silent: bool = False) -> Broken:
        """The end of the connection, unless we were told to stop: then that is the reason."""
        self.close()
        if self._setting.stopped or self._setting.remaining() <= RESERVE_SECONDS + 0.1:
            raise Stopped from None
        return Broken(why, self._heard.reply(), silent=silent)


def imap_date(day: date) -> str:
    """A date as SEARCH takes it, e.g. ``09-Nov-2026``."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year:04d}"


def copied_uids(lines: Sequence[Any]) -> tuple[int, list[int], list[int]] | None:
    """COPYUID's UIDVALIDITY, the copies' UIDs and the originals', in the same order; else None."""
    for line in lines:
        words = bytes(line or b"").split()
        if len(words) != 3 or not words[0].isdigit():
            continue
        here, there = _uids(words[1]), _uids(words[2])
        if here and there and len(here) == len(there):
            return int(words[0]), there, here
    return None


def _uids(numbers: bytes) -> list[int] | None:
    """A UID set written out; None for one that is none, or is beyond every bound."""
    found: list[int] = []
    for part in numbers.split(b","):
        ends = part.split(b":")
        if len(ends) > 2 or not all(end.isdigit() and len(end) < 11 for end in ends):
            return None
        first, last = int(ends[0]), int(ends[-1])
        if abs(last - first) + len(found) > MOST_COPIED:
            return None
        found += range(first, last + 1) if first <= last else range(last, first + 1)
    return found


def _flags(data: Sequence[Any] | None) -> frozenset[str] | None:
    if not data:
        return None
    words = bytes(data[-1] or b"").strip().strip(b"()").split()
    return frozenset(raw_text(word).lower() for word in words[:200])


def _number(data: Sequence[Any] | None) -> int | None:
    if not data:
        return None
    text = bytes(data[-1]).strip()
    return int(text) if text.isdigit() and len(text) < 11 else None


def quoted(text: bytes) -> bytes:
    """A quoted string (RFC 9051, 4.3)."""
    return b'"' + text.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
