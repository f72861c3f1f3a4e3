"""A world on loopback: addresses and ports of the outside lead to the tests' own servers."""

import errno
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Seen
from mailwizard.model.provider import Provider, Site
from mailwizard.model.secret import Secret
from mailwizard.model.seen.network import Link
from mailwizard.probes.controls import Controls
from mailwizard.probes.mailbox_pool import MailboxPool
from mailwizard.probes.setting import Inputs, Setting, Transport
from tests.certificates import Authority

NO_CONTROLS = Controls(
    resolvers=(), portals=(), https=(), imap=(), smtp=(), rdap_bootstrap="", block_lists=()
)
NO_LINK = Link(
    interfaces=(), gateway=None, gateway_interface=None, resolvers=(), pinned={}, proxies={}
)
PROVIDER = Provider(
    id="test",
    name="Test mail",
    name_zh="测试邮箱",
    sites=(Site(id="test", webmail="mail.example.com", imap="imap.example.com"),),
)


@dataclass
class LoopbackWorld:
    """Nothing but what a test has laid out can be reached.

    ``hosts`` are the names that the computer's own look-up knows (others: "no such name").
    ``faults`` are raised by ``connect`` instead of connecting, by (address, port) or, for every
    port, (address, 0): ``TimeoutError()``, ``ConnectionRefusedError()`` … without any waiting.
    An address without a route is unreachable (ENETUNREACH).
    """

    authority: Authority | None = None
    controls: Controls = NO_CONTROLS
    hosts: dict[str, list[str]] = field(default_factory=dict)
    faults: dict[tuple[str, int], OSError] = field(default_factory=dict)
    lookup_fault: OSError | None = None
    computer: Link = NO_LINK
    neighbours: dict[str, tuple[str, float | None]] = field(default_factory=dict)
    resolvers: tuple[tuple[str, int], ...] = ()
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    connected: list[tuple[str, int]] = field(default_factory=list)
    _routes: dict[tuple[str, int, Transport], tuple[str, int]] = field(default_factory=dict)

    def lead(
        self, address: str, port: int, to: tuple[str, int], transport: Transport = "tcp"
    ) -> None:
        """Lets an outside address and port lead to a loopback server's."""
        self._routes[address, port, transport] = to

    def now(self) -> datetime:
        """The clock of this world, UTC."""
        return self.clock()

    def route(self, address: str, port: int, transport: Transport) -> tuple[str, int]:
        """Where an address leads; OSError where it leads nowhere."""
        fault = self.faults.get((address, port)) or self.faults.get((address, 0))
        if fault is not None:
            raise fault
        try:
            return self._routes[address, port, transport]
        except KeyError:
            raise OSError(errno.ENETUNREACH, "Network is unreachable") from None

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        """A TCP connection to the server that the address leads to."""
        self.connected.append((address, port))
        return socket.create_connection(self.route(address, port, "tcp"), timeout)

    def addresses(self, host: str, timeout: float) -> list[str]:  # noqa: ARG002
        """The addresses of a known name."""
        if self.lookup_fault is not None:
            raise self.lookup_fault
        try:
            return list(self.hosts[host])
        except KeyError:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from None

    def tls_context(self) -> ssl.SSLContext:
        """Trusts the test's authority alone (nobody, where there is none)."""
        if self.authority is None:
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return self.authority.client_context()

    def link(self, hosts: tuple[str, ...]) -> Link:  # noqa: ARG002
        """The computer's network settings as laid out."""
        return self.computer

    def ping(self, address: str, timeout: float) -> tuple[str, float | None]:  # noqa: ARG002
        """A neighbour's sign of life as laid out; none otherwise."""
        return self.neighbours.get(address, ("", None))

    def nameservers(self) -> tuple[tuple[str, int], ...]:
        """The configured resolvers as laid out."""
        return self.resolvers


CASE = Case(me="lin@example.com", sender="buyer@customer.example", since=date(2026, 11, 9))


@dataclass
class ProbeRun:
    """A setting for one probe, and what the probe recorded with it."""

    setting: Setting
    evidence: Evidence

    def seen(self, kind: type[Seen]) -> list[Seen]:
        """What was recorded of one kind."""
        return [observation.seen for observation in self.evidence.of(kind)]


def probe_run(
    world: LoopbackWorld,
    *,
    case: Case = CASE,
    evidence: Evidence | None = None,
    provider: Provider = PROVIDER,
    imap_server: tuple[str, int] = ("imap.example.com", 993),
    password: str | None = None,
    inputs: Inputs | None = None,
    mailboxes: MailboxPool | None = None,
    seconds: float = 10.0,
    probe: str = "probe",
) -> ProbeRun:
    """A setting whose records go to ``evidence`` as those of ``probe``, with ``seconds`` to go."""
    log = evidence if evidence is not None else Evidence()
    started = time.monotonic()
    run = log.begin(probe)

    def record(seen: Seen) -> None:
        log.add(probe, seen, at=world.now(), seconds=time.monotonic() - started, run=run)

    setting = Setting(
        world=world,
        case=case,
        evidence=log,
        provider=provider,
        imap_server=imap_server,
        password=Secret(password) if password is not None else None,
        inputs=inputs or Inputs(),
        mailboxes=mailboxes or MailboxPool(),
        record=record,
        remaining=lambda: started + seconds - time.monotonic(),
    )
    return ProbeRun(setting, log)
