"""The demo's world: packets to the internet end at servers on loopback, or nowhere."""

import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import ECONNREFUSED, ENETUNREACH
from ipaddress import ip_address
from os import strerror
from typing import Literal

import dns.exception
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype

from mailwizard.model.seen.network import Interface, Link
from mailwizard.probes.controls import Controls
from mailwizard.probes.setting import Transport

Endpoint = tuple[str, int]
Behaviour = Literal["refused", "dropped", "unreachable"]
Target = Endpoint | Behaviour
Place = tuple[str, int, Transport]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Overrides the routing table for all packets that match; what is None matches any."""

    target: Target
    port: int | None = None
    transport: Transport | None = None
    outside: bool = True  # only packets that leave the office

    def covers(self, place: Place, neighbours: frozenset[str]) -> bool:
        """Whether the rule is for packets to this place."""
        address, port, transport = place
        return (
            self.port in (None, port)
            and self.transport in (None, transport)
            and not (self.outside and address in neighbours)
        )


@dataclass(frozen=True, kw_only=True)
class DemoWorld:
    """Implements ``probes.setting.World``. Nothing ever leaves loopback.

    ``table`` tells where each place's packets end; ``rules`` go before it, the first that covers
    a place wins. A known address with another port refuses, an unknown address is unreachable.
    While ``away`` says so the router is gone, and everything with it.
    ``void`` is a loopback UDP socket that never answers. ``patience`` bounds, in seconds, how long
    a dropped connection is waited for, so that the demo stays brisk.
    """

    controls: Controls
    table: Mapping[Place, Target]
    rules: Sequence[Rule]
    trust: Callable[[], ssl.SSLContext]
    office: Link
    neighbours: Mapping[str, bool]
    void: Endpoint
    patience: float = 1.5
    away: Callable[[], bool] = lambda: False

    def now(self) -> datetime:
        """This computer's clock: a demo lives in the present."""
        return datetime.now(UTC)

    def route(self, address: str, port: int, transport: Transport) -> tuple[str, int]:
        """The loopback endpoint that stands for a place. Raises OSError where there is no way."""
        target = self._target((address, port, transport))
        match target:
            case "refused":
                raise ConnectionRefusedError(ECONNREFUSED, strerror(ECONNREFUSED))
            case "unreachable":
                raise OSError(ENETUNREACH, strerror(ENETUNREACH))
            case "dropped" if transport == "udp":
                return self.void
            case "dropped":
                raise TimeoutError("timed out")
            case _:
                return target

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        """A TCP connection to the endpoint that stands for the place. Raises OSError."""
        ends = time.monotonic() + min(timeout, self.patience)
        try:
            endpoint = self.route(address, port, "tcp")
        except TimeoutError:
            time.sleep(max(0.0, ends - time.monotonic()))
            raise
        return socket.create_connection(endpoint, timeout)

    def addresses(self, host: str, timeout: float) -> list[str]:
        """Asks the configured resolver, as getaddrinfo would. Raises gaierror, TimeoutError."""
        if _is_address(host):
            return [host]
        server, port = self.nameservers()[0]
        try:
            query = dns.message.make_query(host, "A")
            endpoint = self.route(server, port, "udp")
            wait = min(timeout, self.patience) if endpoint == self.void else timeout
            reply = dns.query.udp(query, endpoint[0], timeout=wait, port=endpoint[1])
        except dns.exception.Timeout:
            raise TimeoutError("timed out") from None
        except (OSError, dns.exception.DNSException):
            raise socket.gaierror(
                socket.EAI_AGAIN, "Temporary failure in name resolution"
            ) from None
        found = [
            rdata.to_text()
            for rrset in reply.answer
            if rrset.rdtype == dns.rdatatype.A
            for rdata in rrset
        ]
        if found:
            return found
        if reply.rcode() in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    def tls_context(self) -> ssl.SSLContext:
        """A verifying client context that trusts the demo's own roots only."""
        return self.trust()

    def link(self, hosts: tuple[str, ...]) -> Link:  # noqa: ARG002 - no hosts file in the demo
        """The scenario's network settings."""
        return self.office

    def ping(self, address: str, timeout: float) -> tuple[str, float | None]:
        """Whether a neighbour in the office answers."""
        if self.neighbours.get(address, False) and not self.away():
            return "ping", 1.2
        time.sleep(min(timeout, self.patience))
        return "", None

    def nameservers(self) -> tuple[tuple[str, int], ...]:
        """The scenario's configured resolvers."""
        return tuple((address, 53) for address in self.office.resolvers)

    def _target(self, place: Place) -> Target:
        if self.away():
            return "unreachable"
        neighbours = frozenset(self.neighbours)
        for rule in self.rules:
            if rule.covers(place, neighbours):
                return rule.target
        known = self.table.get(place)
        if known is not None:
            return known
        hosts = {address for address, _, _ in self.table}
        return "refused" if place[0] in hosts else "unreachable"


def office_link(address: str, gateway: str) -> Link:
    """A computer on a cable, in order."""
    return Link(
        interfaces=(Interface(name="eth0", addresses=(address,), kind="cable"),),
        gateway=gateway,
        gateway_interface="eth0",
        resolvers=(gateway,),
        pinned={},
        proxies={},
    )


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
