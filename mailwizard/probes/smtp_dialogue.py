"""Speaks SMTP over one connection, line by line. No probe ever says DATA: that is for actions."""

import socket
import time
from collections.abc import Callable

from mailwizard.model.seen.door import SmtpReply
from mailwizard.probes.setting import Setting
from mailwizard.reading.smtp import is_last, parse_reply

MAX_LINE = 4096
MAX_LINES = 100


class NotSmtp(Exception):
    """The other side closed, or said something that is no SMTP reply; the message is one word."""


class Dialogue:
    """One connection. Its methods raise OSError (TimeoutError …), NotSmtp, Stopped."""

    def __init__(self, setting: Setting, connection: socket.socket) -> None:
        self._setting = setting
        self._connection = connection
        self._buffer = b""
        self.lines: list[bytes] = []

    @property
    def own_name(self) -> str:
        """How this computer greets: the connection's address literal (RFC 5321 section 4.1.3)."""
        address = str(self._connection.getsockname()[0]).partition("%")[0]
        return f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    def reply(self, seconds: float) -> SmtpReply:
        """The next reply, within ``seconds`` for all its lines."""
        ends = time.monotonic() + seconds
        self.lines = []
        while len(self.lines) < MAX_LINES:
            line = self._line(lambda: ends - time.monotonic())
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
        self._connection.settimeout(self._setting.limit(seconds))
        self._connection.sendall(command.encode("utf-8") + b"\r\n")
        return self.reply(seconds)

    def _line(self, remaining: Callable[[], float]) -> bytes:
        while b"\n" not in self._buffer:
            if len(self._buffer) > MAX_LINE:
                raise NotSmtp("endless")
            left = remaining()
            if left <= 0:
                raise TimeoutError
            self._connection.settimeout(self._setting.limit(left))
            received = self._connection.recv(4096)
            if not received:
                raise NotSmtp("closed")
            self._buffer += received
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line
