"""Seen of the line's quality, and of the proxy that this computer is set to use."""

from dataclasses import dataclass
from typing import Literal

from mailwizard.model.observation import Seen, seen
from mailwizard.model.seen.network import Connect, Tls

Segment = Literal["gateway", "control", "provider"]


@dataclass(frozen=True, kw_only=True)
class TimedConnect:
    """One TCP connection tried, and closed at once.

    ``segment`` is whom it went to: the default gateway, an unrelated host, the mail server.
    ``started`` in seconds since the first of all; ``round`` numbers those that were started
    together, from 1. ``milliseconds`` until it was answered (connected, refused or reset), None
    where no answer came.
    """

    segment: Segment
    host: str
    address: str
    port: int
    round: int
    started: float
    milliseconds: float | None
    fate: Connect


@seen("line-quality")
class LineQuality(Seen):
    """A few well-spaced connections to several hosts, in the order in which they were started.

    ``patience`` is how long, in seconds, an answer was waited for.
    """

    connects: tuple[TimedConnect, ...]
    patience: float


@seen("proxy-connect")
class ProxyConnect(Seen):
    """One HTTP CONNECT (RFC 9110, section 9.3.6) asked of the configured proxy; no credentials.

    ``role``: ``web`` (an unrelated host's port 443), ``control`` (an unrelated mail server),
    ``provider`` (the user's mail server). ``outcome``: ``reply`` (HTTP, with its ``status``),
    ``silent`` (connected, no whole reply in time), ``closed``, ``garbage`` (no HTTP), or why there
    was no connection to the proxy. ``body`` is the beginning of what came with the reply, shown
    safely; ``wants`` are the ways to sign in that the proxy names (Proxy-Authenticate). ``tls`` is
    how the handshake with the target went through the tunnel, "" where there was none.
    """

    proxy: str
    role: Literal["web", "control", "provider"]
    host: str
    port: int
    outcome: Literal[
        "reply",
        "silent",
        "closed",
        "garbage",
        "refused",
        "timeout",
        "unreachable",
        "reset",
        "no-address",
        "error",
    ]
    status: int | None = None
    reason: str = ""
    body: str = ""
    wants: tuple[str, ...] = ()
    tls: Tls = ""
    milliseconds: float | None = None

    @property
    def opened(self) -> bool:
        """Whether the proxy says that the way is open, and nothing in the other side's place."""
        return self.status is not None and 200 <= self.status < 300 and not self.body
