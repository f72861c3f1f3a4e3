"""Speaks SMTP over one connection, line by line. No probe ever says DATA: that is for actions."""

import socket
import time
from collections.abc import Callable

from mailwizard.model.seen.door import SmtpReply
from mailwizard.probes.setting import Setting
from mailwizard.probes.time_out import no_longer_than
from mailwizard.reading.smtp import is_last, parse_reply

MAX_LINE = 4096
MAX_LINES = 100
SEND_SECONDS = 8.0
_LOOK_AGAIN_SECONDS = 1.0  # how often patience is asked for more


class NotSmtp(Exception):
    """The other side closed, or said something that is no SMTP reply; the message is one word."""


class Dialogue:
    """One connection. Its methods raise OSError (TimeoutError …), NotSmtp, Stopped.

    ``patience`` is asked, where a reply is late, whether it is worth waiting on for another second.
    """

    def __init__(
        self,
        setting: Setting,
        connection: socket.socket,
        patience: Callable[[], bool] = lambda: False,
    ) -> None:
        self._setting = setting
        self._connection = connection
        self._patience = patience
        self._buffer = b""
        self.lines: list[bytes] = []

    @property
    def own_name(self) -> str:
        """How this computer greets: the connection's address literal (RFC 5321 section 4.1.3)."""
        address = str(self._connection.getsockname()[0]).partition("%")[0]
        return f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    @property
    def ahead(self) -> bool:
        """Whether the other side has said more than it was asked for."""
        return bool(self._buffer)

    def reply(self, seconds: float) -> SmtpReply:
        """The next reply, within ``seconds`` for all its lines."""
        ends = time.monotonic() + seconds
        self.lines = []
        while len(self.lines) < MAX_LINES:
            line, ends = self._line(ends)
            last = is_last(line)
            if last is None:
                raise NotSmtp("garbage")
            self.lines.append(line)
            if last:
                read = parse_reply(self.lines)
                if read is None:
                    raise NotSmtp("garbage")
                return read
        raise NotSmtp("endless")

    def say(self, command: str, seconds: float) -> SmtpReply:
        """Sends one command and gives its reply."""
        self.send(command)
        return self.reply(seconds)

    def send(self, *commands: str) -> None:
        """Sends commands without waiting; several only where PIPELINING is offered (RFC 2920)."""
        self._connection.settimeout(self._setting.limit(SEND_SECONDS))
        data = "".join(f"{command}\r\n" for command in commands)
        self._connection.sendall(data.encode("utf-8"))

    def _line(self, ends: float) -> tuple[bytes, float]:
        """The next line, and when the time is over: later, where patience gave more."""
        while b"\n" not in self._buffer:
            if len(self._buffer) > MAX_LINE:
                raise NotSmtp("endless")
            left = ends - time.monotonic()
            if left <= 0:
                if not self._patience():
                    raise TimeoutError
                ends = time.monotonic() + _LOOK_AGAIN_SECONDS
                continue
            received = self._received(self._setting.limit(left))
            if received is None:
                continue
            if not received:
                raise NotSmtp("closed")
            self._buffer += received
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line, ends

    def _received(self, seconds: float) -> bytes | None:
        """What comes next; b"" at the end, None where nothing came in time."""
        self._connection.settimeout(seconds)
        try:
            # A flood of TLS messages without data would never let the socket's own time-out come.
            with no_longer_than(self._connection, seconds):
                return self._connection.recv(4096)
        except TimeoutError:
            return None
