"""What a probe is given: the world it may reach, the case, the evidence so far, a way to record."""

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Protocol

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Seen
from mailwizard.model.provider import Provider
from mailwizard.model.secret import Secret
from mailwizard.model.seen.network import Link
from mailwizard.probes.controls import Controls
from mailwizard.probes.mailbox_pool import MailboxPool

Transport = Literal["tcp", "udp"]


class Stopped(Exception):
    """The probe was stopped, or its time is over."""


class Skipped(Exception):
    """The probe has nothing to ask; the message is one word, such as ``no-sender``."""


class World(Protocol):
    """The one door to the outside. The real one is ``engine/world.py``, the demo has its own."""

    @property
    def controls(self) -> Controls:
        """What is asked for comparison."""

    def now(self) -> datetime:
        """This computer's clock, in UTC."""

    def route(self, address: str, port: int, transport: Transport) -> tuple[str, int]:
        """Where a packet for this address really goes. Raises OSError where there is no way."""

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        """A TCP connection to an IP address. Raises OSError (TimeoutError, …)."""

    def addresses(self, host: str, timeout: float) -> list[str]:
        """A host's addresses as this computer resolves them. Raises gaierror, TimeoutError."""

    def tls_context(self) -> ssl.SSLContext:
        """A verifying client context with the trust roots of this computer."""

    def link(self, hosts: tuple[str, ...]) -> Link:
        """This computer's network settings; ``hosts`` are looked for in the hosts file."""

    def ping(self, address: str, timeout: float) -> tuple[str, float | None]:
        """Whether a neighbour gives a sign of life: how ("" for none) and milliseconds."""

    def nameservers(self) -> tuple[tuple[str, int], ...]:
        """The configured resolvers as (address, port)."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the user brought along, raw: never part of a report."""

    bounce: bytes | None = None
    sender_log: bytes | None = None


@dataclass(slots=True)
class Setting:
    """One probe's run. Not shared between threads, but for ``stop``.

    ``imap_server`` is (host, port) of the mailbox; ``password`` is None for "no sign-in".
    ``ends`` is on ``monotonic``'s scale. ``progress`` takes (done, total) for long work.
    """

    world: World
    case: Case
    evidence: Evidence
    provider: Provider
    imap_server: tuple[str, int]
    password: Secret | None
    inputs: Inputs
    mailboxes: MailboxPool
    record: Callable[[Seen], None]
    remaining: Callable[[], float]
    progress: Callable[[int, int], None] = lambda _done, _total: None
    _open: list[socket.socket] = field(default_factory=list)
    _stopped: bool = False

    def limit(self, seconds: float) -> float:
        """A time-out of at most ``seconds`` that fits into what remains. Raises Stopped."""
        remaining = self.remaining()
        if self._stopped or remaining <= 0:
            raise Stopped
        return max(0.05, min(seconds, remaining))

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        """A TCP connection that ``stop`` can break off. Raises OSError, Stopped."""
        connection = self.world.connect(address, port, self.limit(seconds))
        self.guard(connection)
        return connection

    def guard(self, connection: socket.socket) -> None:
        """Puts a socket (also one wrapped in TLS) under ``stop``. Raises Stopped."""
        self._open.append(connection)
        if self._stopped:
            _shut(connection)
            raise Stopped

    def part(self) -> "Setting":
        """The same for one part of long work: its connections are its own, to stop and to forget.

        It is not stopped with the whole.
        """
        return replace(self, _open=[], _stopped=False)

    def stop(self) -> None:
        """Breaks off whatever the probe waits for; called from another thread."""
        self._stopped = True
        for connection in list(self._open):
            _shut(connection)

    @property
    def stopped(self) -> bool:
        """Whether the probe should end."""
        return self._stopped or self.remaining() <= 0


def _shut(connection: socket.socket) -> None:
    """Unblocks a read or write on the socket at once; it may be closed already."""
    try:
        # The plain socket's shutdown: a TLS socket's own would first try to write an alert.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return
