"""Signed-in IMAP connections that one probe leaves for the next, so that each is signed in once."""

import threading
from collections.abc import Callable
from typing import Protocol


class Connection(Protocol):
    """A signed-in connection."""

    def close(self) -> None:
        """Breaks the connection off."""


class MailboxPool:
    """Idle connections, shared between probes; a connection is used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Connection] = []

    def give(self, connection: Connection) -> None:
        """Leaves a connection for the next user."""
        with self._lock:
            self._idle.append(connection)

    def take(self) -> Connection | None:
        """An idle connection, or None."""
        with self._lock:
            return self._idle.pop() if self._idle else None

    def close(self) -> None:
        """Breaks all idle connections off."""
        with self._lock:
            idle, self._idle = self._idle, []
        closers: list[Callable[[], None]] = [connection.close for connection in idle]
        for close in closers:
            close()
