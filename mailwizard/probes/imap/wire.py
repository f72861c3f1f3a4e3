"""imaplib's protocol engine on an own, verified connection, bounded against any server."""

import imaplib
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mailwizard.probes.imap.replies import Reply, read_reply

SILENCE_SECONDS = 15.0  # a busy server may search this long before it says anything
COMMAND_SECONDS = 45.0
MOST_LITERAL = 1 << 20  # header fields only: no honest server sends as much
MOST_LINE = 8 << 20  # one line lists all hits: about 10 octets each, a million messages
MOST_OCTETS = 32 << 20  # for one command
MOST_LINES = 60_000  # for one command
_CHUNK = 1 << 16


@dataclass(slots=True)
class Heard:
    """What was heard on a connection: the greeting, the last command's tagged line and remarks."""

    greeting: bytes = b""
    last: bytes = b""
    remarks: list[bytes] = field(default_factory=list)

    def note(self, line: bytes) -> None:
        """Keeps a line's start if it is a status line."""
        start = line[:2000]
        if not self.greeting:
            self.greeting = start
        if not start.startswith(b"*"):
            self.last = start
        elif (_is_bad_news(start)) and len(self.remarks) < 10:
            self.remarks.append(start)

    def forget(self) -> None:
        """Forgets the last command."""
        self.last = b""
        self.remarks.clear()

    def reply(self) -> Reply | None:
        """The NO or BAD that ended the last command, with the remarks before it, or the BYE."""
        return read_reply(self.last, self.remarks)


def _is_bad_news(line: bytes) -> bool:
    return line[2:5].upper() in (b"NO ", b"BAD", b"BYE") or b"[ALERT]" in line[:20].upper()


class Wire(imaplib.IMAP4):
    """Replaces imaplib's own reading: its line limit is too small for large folders, its literals
    have none, and its time-out starts anew with every octet that drips in.
    """

    def __init__(
        self,
        connection: ssl.SSLSocket,
        limit: Callable[[float], float],
        heard: Heard,
        seconds: float,
        greeted: bytes = b"",
    ) -> None:
        """Reads the greeting and asks for the capabilities, within ``seconds``.

        ``greeted`` is a greeting that is taken for read.
        """
        self.limit = limit
        self._heard = heard
        self._connection = connection
        self._buffer = bytearray(greeted)
        self._searched = 0
        self.begin(seconds)
        super().__init__()

    def begin(self, seconds: float) -> None:
        """Starts a command's bounds anew."""
        self._ends = time.monotonic() + seconds
        self._octets = 0
        self._lines = 0
        self._heard.forget()

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Takes the connection that is there."""
        del timeout
        self.host, self.port, self.sock = host, port, self._connection

    def shutdown(self) -> None:
        """Closes the connection without a word."""
        self._connection.close()

    def readline(self, silence: float = SILENCE_SECONDS) -> bytes:
        """One line with its end. Raises ``abort`` beyond the bounds, TimeoutError, Stopped."""
        while (end := self._buffer.find(b"\n", self._searched)) < 0:
            self._searched = len(self._buffer)
            if self._searched > MOST_LINE:
                raise self.abort("a line of more than the bound")
            self._fill(silence)
        self._searched = 0
        line = bytes(self._buffer[: end + 1])
        del self._buffer[: end + 1]
        self._lines += 1
        if self._lines > MOST_LINES:
            raise self.abort("more lines than the bound")
        self._heard.note(line)
        return line

    def await_line(self, seconds: float) -> bytes | None:
        """A line that may come within ``seconds``, or not: then None, and a part of one is kept."""
        self.begin(seconds)
        try:
            return self.readline(seconds)
        except TimeoutError:
            return None

    def begin_commands(self, commands: Sequence[bytes]) -> list[bytes]:
        """Sends commands in one go, without waiting between them; returns their tags."""
        tags = [self._new_tag() for _command in commands]
        self.send(b"".join(b"%s %s\r\n" % pair for pair in zip(tags, commands, strict=True)))
        return tags

    def finish_command(self, tag: bytes, seconds: float) -> tuple[str, dict[str, list[Any]]]:
        """Waits for one command's end: OK, NO or BAD, and the untagged data since the last end."""
        self.begin(seconds)
        self.untagged_responses = {}
        typ, _data = self._get_tagged_response(tag)
        return str(typ), self.untagged_responses

    def answered(self, tags: Sequence[bytes]) -> bool:
        """Whether any of these commands has come to its end already."""
        return any(self.tagged_commands[tag] is not None for tag in tags)

    def end_command(self, tag: bytes) -> None:
        """Notes that a command's end was read by other means than ``finish_command``."""
        self.tagged_commands.pop(tag, None)

    def read_to(self, size: int, write: Callable[[bytes], object]) -> None:
        """A literal of any size, handed on in parts as it comes. Raises as ``readline`` does."""
        while size > 0:
            if not self._buffer:
                self._octets = 0  # it is handed on, so its length costs nothing
                self._fill()
            part = bytes(self._buffer[:size])
            del self._buffer[:size]
            write(part)
            size -= len(part)
        self._searched = 0

    def read(self, size: int) -> bytes:
        """A literal of ``size`` octets. Raises as ``readline`` does."""
        if size > MOST_LITERAL:
            raise self.abort("a literal of more than the bound")
        while len(self._buffer) < size:
            self._fill()
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._searched = 0
        return data

    def _fill(self, silence: float = SILENCE_SECONDS) -> None:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(self.limit(min(silence, left)))
        part = self.sock.recv(_CHUNK)
        if not part:
            raise self.abort("the server closed the connection")
        self._octets += len(part)
        if self._octets > MOST_OCTETS:
            raise self.abort("a reply of more than the bound")
        self._buffer += part

    def send(self, data: Any) -> None:
        """Sends with a fresh time-out. Raises OSError, Stopped."""
        self.sock.settimeout(self.limit(SILENCE_SECONDS))
        self.sock.sendall(data)

    def _log(self, line: bytes) -> None:
        """Keeps nothing: imaplib would keep the last commands, a password among them."""
