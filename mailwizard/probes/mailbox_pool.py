"""Signed-in IMAP connections that one probe leaves for the next, so that each is signed in once."""

import threading
from collections.abc import Callable
from typing import Protocol

MOST_OPEN = 3  # at once: several providers let no more in


class Connection(Protocol):
    """A signed-in connection."""

    @property
    def broken(self) -> bool:
        """Whether it is closed already."""

    def close(self) -> None:
        """Breaks the connection off."""


class MailboxPool:
    """Idle connections, shared between probes; a connection is used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._open: list[Connection] = []
        self._refused = False
        self._retired = False

    def opened(self, connection: Connection) -> None:
        """Counts a new connection as long as it is not broken."""
        with self._lock:
            self._open = [one for one in self._open if not one.broken] + [connection]

    def room(self, most: int = MOST_OPEN) -> bool:
        """Whether a further connection would not be more than ``most`` at once."""
        with self._lock:
            return not self._refused and sum(not one.broken for one in self._open) < most

    def full(self, most: int = MOST_OPEN) -> bool:
        """Whether ``most`` connections are open, idle ones too."""
        with self._lock:
            return sum(not one.broken for one in self._open) >= most

    def no_more(self) -> None:
        """The server lets no further connection in; not asked again until the next sign-in."""
        self._refused = True

    def give(self, connection: Connection) -> None:
        """Leaves a connection for the next user; of a mailbox that was left it is closed."""
        with self._lock:
            if not self._retired:
                self._idle.append(connection)
                return
        connection.close()

    def take(self) -> Connection | None:
        """An idle connection, or None."""
        with self._lock:
            return self._idle.pop() if self._idle else None

    def retire(self) -> None:
        """Nobody asks for this mailbox any more: what is given back from now on is closed, too."""
        with self._lock:
            self._retired = True
        self.close()

    def close(self) -> None:
        """Breaks all idle connections off."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._refused = False
        closers: list[Callable[[], None]] = [connection.close for connection in idle]
        for close in closers:
            close()
