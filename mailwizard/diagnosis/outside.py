"""What answered from outside this network, and what did not: the controls, read once for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any, TypeVar

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.observation import Observation
from mailwizard.model.observation import Seen as AnySeen
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.network import Endpoint, HttpReply, Link
from mailwizard.model.web_address import host_of_url

Seen = Observation[Any]
S = TypeVar("S", bound=AnySeen)

CERTIFICATE_FAULTS = ("expired", "not-yet-valid", "name", "self-signed", "untrusted", "incomplete")
BY_DATE = ("expired", "not-yet-valid")
UNKNOWN_ISSUER = ("self-signed", "untrusted", "incomplete")
_AT_ONCE = timedelta(seconds=3)  # within which probes that are started together have begun
ENOUGH = 2  # silent hosts that it takes to speak of silence

# Addresses that no public name has. The documentation networks are not among them: nothing
# routes them either, but somebody who answers there answers as anybody else would.
_NEVER_PUBLIC = [
    ip_network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/3",
        "::/127",
        "fc00::/7",
        "fe80::/10",
    )
]
# Proxy programs give every name an address of this network and sort it out later.
_STAND_IN = ip_network("198.18.0.0/15")


@dataclass(frozen=True, slots=True)
class Outside:
    """Observations of hosts outside this network, by what came back.

    ``genuine``: answered as only the host itself does. ``somebody``: something answered, perhaps
    a box on the way. ``silent``: asked, and nothing came. ``names`` are public resolvers that said
    something.
    """

    genuine: tuple[Seen, ...]
    somebody: tuple[Seen, ...]
    silent: tuple[Seen, ...]
    names: tuple[Observation[DnsAnswer], ...]

    @property
    def looked_at(self) -> bool:
        """Whether enough was asked to speak of silence."""
        return len(hosts(self.silent)) >= ENOUGH

    @property
    def nothing(self) -> bool:
        """Whether enough was asked, and nothing at all came back."""
        return self.looked_at and not (self.genuine or self.somebody or self.names)


def looks(situation: Situation, kind: type[S]) -> list[Observation[S]]:
    """The believed observations of one kind, in an order of their own: when they were made, and
    which came first, decides nothing."""
    return sorted(situation.of(kind), key=lambda o: repr(o.seen))


def present(situation: Situation, kind: type[S]) -> list[Observation[S]]:
    """``looks`` without what was seen before the line was last looked at: that was another line.

    The ladder's first rung is started together with all others.
    """
    begun = [o.at - timedelta(seconds=o.seconds) for o in situation.of(Link)]
    since = max(begun) - _AT_ONCE if begun else None
    return [o for o in looks(situation, kind) if since is None or o.at >= since]


def outside(situation: Situation) -> Outside:
    """Sorts what the network probes (and the doors on port 25) saw of the line as it is now."""
    genuine: list[Seen] = []
    somebody: list[Seen] = []
    silent: list[Seen] = []
    for reply in present(situation, HttpReply):
        if not never_public(reply.seen.address):
            _sort(reply, _of_reply(reply.seen), genuine, somebody, silent)
    for endpoint in present(situation, Endpoint):
        # A company's own mail server in its own house proves nothing about the line.
        if not never_public(endpoint.seen.address):
            _sort(endpoint, _of_endpoint(endpoint.seen), genuine, somebody, silent)
    for door in present(situation, SmtpDoor):
        kind = {"connected": "somebody", "refused": "somebody", "reset": "somebody"}.get(
            door.seen.connect, "silent"
        )
        if door.seen.banner is not None:
            kind = "genuine"
        _sort(door, kind, genuine, somebody, silent)
    names: list[Observation[DnsAnswer]] = []
    for answer in present(situation, DnsAnswer):
        if answer.seen.via != "public":
            continue
        if answer.seen.status in DEFINITE:
            names.append(answer)
        elif answer.seen.status in ("timeout", "unreachable"):
            silent.append(answer)
    return Outside(tuple(genuine), tuple(somebody), tuple(silent), tuple(names))


def expected(reply: HttpReply) -> bool | None:
    """Whether a plain HTTP control gave what it gives on an open line; None says nothing.

    A redirection within the same site, or an error of the site's own, says nothing.
    """
    if reply.outcome != "reply" or reply.status is None:
        return None
    if reply.status == reply.expected_status:
        body = reply.expected_body
        return body is None or reply.body.strip().startswith(body)
    if reply.status == 407 or (reply.status >= 500 and reply.status != 511):
        return None
    if reply.location and host_of_url(reply.location) == host_of_url(reply.url):
        return None
    return False


def never_public(address: str) -> bool:
    """Whether no public name can have this address."""
    return _in(address, _NEVER_PUBLIC)


def stand_in(address: str) -> bool:
    """Whether a proxy program made this address up."""
    return _in(address, [_STAND_IN])


def hosts(observations: Iterable[Seen]) -> set[str]:
    """The hosts that observations are about."""
    return {host_of(o) for o in observations}


def host_of(observation: Seen) -> str:
    """The host that an observation is about; for an answer to a question, who answered."""
    seen = observation.seen
    if isinstance(seen, HttpReply):
        return host_of_url(seen.url)
    if isinstance(seen, DnsAnswer):
        return seen.server
    return str(seen.host)


def _in(address: str, networks: list[Any]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)


def _of_reply(reply: HttpReply) -> str:
    if reply.tls == "ok" or (reply.purpose == "portal" and expected(reply)):
        return "genuine"
    if reply.outcome in ("timeout", "unreachable", "no-address", "error") and not reply.tls:
        # A connection that then stays silent was still taken by somebody.
        return "somebody" if reply.connect_ms is not None else "silent"
    return "somebody"


def _of_endpoint(endpoint: Endpoint) -> str:
    if endpoint.tls == "ok":
        return "genuine"
    return "somebody" if endpoint.connect in ("connected", "refused", "reset") else "silent"


def _sort(seen: Seen, kind: str, *lists: list[Seen]) -> None:
    genuine, somebody, silent = lists
    {"genuine": genuine, "somebody": somebody, "silent": silent}[kind].append(seen)
