"""Seen on the way from this computer to the servers."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Literal

from mailwizard.model.observation import Seen, seen


@dataclass(frozen=True, kw_only=True)
class Interface:
    """One network interface that is up, loopback left out."""

    name: str
    addresses: tuple[str, ...]
    kind: Literal["wifi", "cable", "vpn", "unknown"] = "unknown"


@seen("link")
class Link(Seen):
    """This computer's own network settings, read from the operating system.

    ``resolvers`` are the configured name servers' addresses; ``pinned`` maps host names of
    interest to addresses that the hosts file gives them; ``proxies`` maps scheme to URL
    (credentials removed). ``pac`` is where the file is that tells browsers which proxy to use, ""
    where none is set or the system does not tell.
    """

    interfaces: tuple[Interface, ...]
    gateway: str | None
    gateway_interface: str | None
    resolvers: tuple[str, ...]
    pinned: dict[str, str]
    proxies: dict[str, str]
    pac: str = ""


@seen("gateway")
class GatewayReply(Seen):
    """Whether the default gateway gives any sign of life (ping, ARP, or a TCP answer)."""

    address: str
    answered: bool
    how: str  # "ping", "arp", "tcp" or ""
    milliseconds: float | None = None


Connect = Literal["connected", "refused", "timeout", "unreachable", "reset", "no-address", "error"]
Tls = Literal[
    "",  # not tried
    "ok",
    "expired",
    "not-yet-valid",
    "name",
    "self-signed",
    "untrusted",
    "incomplete",  # leaf fine, the issuer's certificate was not sent
    "protocol",  # no common version or cipher
    "plaintext",  # the other side does not speak TLS here
    "timeout",
    "reset",
    "closed",
    "error",
]


StartTls = Literal[
    "",
    "ready",  # the server said OK: TLS comes next
    "not-offered",  # the capabilities were read, and it is not among them
    "refused",
    "injected",  # more came in plain text after the OK
    "busy",  # BYE instead of a greeting
    "silent",
    "broken",  # closed or reset
    "garbled",  # not the words of an IMAP server
]


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """One certificate as presented. Names are RFC 4514 strings; times in UTC."""

    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    names: tuple[str, ...] = ()
    sha256: str = ""

    def covers(self, host: str) -> bool:
        """Whether one of the names is the host's (RFC 9525: one leftmost wildcard)."""
        wanted = host.rstrip(".").lower()
        try:
            return str(ip_address(wanted)) in self.names
        except ValueError:
            above = wanted.partition(".")[2]
            given = [name.lower().rstrip(".") for name in self.names]
            return wanted in given or (bool(above) and f"*.{above}" in given)


@seen("endpoint")
class Endpoint(Seen):
    """One address of one server tried on one port, as far as it went: connect, TLS, greeting.

    Without more than the first four it is a server of which nothing is known yet, not even an
    address.
    ``role``: ``provider`` (the user's mail server), ``control`` (a comparable server of somebody
    else), ``web`` (the provider's webmail), ``submission`` (the provider's SMTP), ``pop`` (the
    provider's POP). ``service``: ``imap``, ``https``, ``smtp``, ``submission``, ``pop3``.
    ``greeting`` is the first line that the server said, shown safely, "" if it said nothing;
    ``spoke`` tells whether it said anything. ``chain`` is the presented chain, leaf first, also
    where it was not trusted. ``verify`` is the verifier's code for a chain it refused (OpenSSL's
    X509_V_ERR_*), 0 without one. ``offers`` is the best old version and cipher that the server
    knows, where it has none in common with us. ``fits`` are names in a certificate for another name
    under which this address proves itself. ``starttls`` is how far STARTTLS (RFC 9051, 6.2.1) went,
    "" where it was not tried. ``small_hello`` is what came back to a small TLS hello, said where
    the handshake stalled: ``answered`` is an alert.
    """

    role: Literal["provider", "control", "web", "submission", "pop"]
    service: Literal["imap", "https", "smtp", "submission", "pop3"]
    host: str
    port: int
    address: str = ""
    connect: Connect = "no-address"
    connect_ms: float | None = None
    tls: Tls = ""
    tls_ms: float | None = None
    tls_version: str = ""
    chain: tuple[Certificate, ...] = ()
    spoke: bool = False
    greeting: str = ""
    detail: str = ""
    verify: int = 0
    offers: str = ""
    fits: tuple[str, ...] = ()
    starttls: StartTls = ""
    small_hello: Literal["", "answered", "silent", "broken", "other"] = ""


@seen("system-lookup")
class SystemLookup(Seen):
    """What this computer's own name look-up (getaddrinfo: hosts file, caches, resolver) gave."""

    host: str
    outcome: Literal["answer", "no-name", "temporary", "timeout", "error"]
    addresses: tuple[str, ...] = ()
    detail: str = ""


@seen("http")
class HttpReply(Seen):
    """One plain HTTP or HTTPS request to a control host.

    ``expected_status`` and ``expected_body`` are what the control gives on an open line;
    ``body`` is the first 200 characters, shown safely. ``date`` is the server's Date header and
    ``local`` this computer's clock at that moment, both UTC.
    """

    purpose: Literal["portal", "https"]
    url: str
    outcome: Literal[
        "reply", "refused", "timeout", "unreachable", "reset", "no-address", "tls", "error"
    ]
    address: str = ""
    status: int | None = None
    location: str = ""
    body: str = ""
    expected_status: int | None = None
    expected_body: str | None = None
    date: datetime | None = None
    local: datetime | None = None
    tls: Tls = ""
    chain: tuple[Certificate, ...] = ()
    connect_ms: float | None = None
    detail: str = ""
