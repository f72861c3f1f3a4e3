"""The delegation: which name servers senders are led to, and how each of their addresses fares."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer, Status

Answer = Observation[DnsAnswer]
State = Literal["good", "cut", "lame", "refusing", "failing", "garbage", "dead", "unreachable"]


@dataclass(frozen=True, slots=True)
class Server:
    """One address of a name server, and all that was heard of it.

    ``state``: ``cut`` where the reply over UDP was cut short and TCP did not give it, ``lame``
    where it answers without authority, ``dead`` where it keeps silent; ``unreachable`` says nothing
    about the server, only about the way from here.
    """

    name: str
    address: str
    state: State
    answers: tuple[Answer, ...]

    @property
    def mx(self) -> tuple[Answer, ...]:
        """Its answers about the domain's MX; those over UDP first."""
        found = [o for o in self.answers if o.seen.rtype == "MX"]
        return tuple(sorted(found, key=lambda o: (o.seen.transport == "tcp", o.id)))

    @property
    def where(self) -> str:
        """Name and address, to be shown."""
        return f"{self.name} ({self.address})" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Delegation:
    """``named`` by the parent, and by the ``zone`` itself; None where nobody could be heard.

    ``servers`` are all that were asked. ``glue``: the parent's addresses of the named servers.
    ``because`` are the parent's answers, ``child`` the zone's own.
    """

    zone: str
    named: frozenset[str] | None
    by_zone: frozenset[str] | None
    glue: dict[str, frozenset[str]]
    servers: tuple[Server, ...]
    because: tuple[Answer, ...]
    child: tuple[Answer, ...]

    def serves(self, name: str) -> bool:
        """Whether senders can be led to this server: by the parent, or by the zone itself."""
        if self.named is None and self.by_zone is None:
            return True
        return name in (self.named or ()) or name in (self.by_zone or ())

    @property
    def serving(self) -> tuple[Server, ...]:
        """The servers that count."""
        return tuple(server for server in self.servers if self.serves(server.name))


def delegation(situation: Situation) -> Delegation:
    """Reads what the parent and the servers themselves said."""
    said = [
        o
        for o in situation.of(DnsAnswer)
        if o.seen.about == "own" and not o.seen.checking_disabled and o.seen.via != "public"
    ]
    parents = [
        o
        for o in said
        if o.seen.via == "parent" and o.seen.rtype == "NS" and (o.seen.referral or o.seen.records)
    ]
    direct = [o for o in said if o.seen.via == "authoritative"]
    named = frozenset(n for o in parents for n in (*o.seen.records, *o.seen.referral)) or None
    servers = _servers(situation.case.domain, direct)
    zone = parents[0].seen.name if parents else _apex(situation.case.domain, direct)
    # A zone that nobody is led to may name whom it likes.
    trusted = {s.name for s in servers if named is None or s.name in named}
    child = tuple(
        o
        for o in direct
        if o.seen.rtype == "NS"
        and o.seen.authoritative
        and o.seen.records
        and o.seen.name == zone
        and o.seen.server_name in trusted
    )
    glue: dict[str, set[str]] = {}
    for o in parents:
        for entry in o.seen.glue:
            host, _, address = entry.partition(" ")
            if named and host in named:
                glue.setdefault(host, set()).add(address)
    return Delegation(
        zone=zone,
        named=named,
        by_zone=frozenset(n for o in child for n in o.seen.records) or None,
        glue={host: frozenset(known) for host, known in glue.items()},
        servers=servers,
        because=tuple(parents),
        child=child,
    )


def _apex(domain: str, direct: Iterable[Answer]) -> str:
    return next((o.seen.name for o in direct if o.seen.rtype == "SOA"), domain)


def _servers(domain: str, direct: Iterable[Answer]) -> tuple[Server, ...]:
    by_address: dict[str, list[Answer]] = {}
    for o in direct:
        by_address.setdefault(o.seen.server, []).append(o)
    found = []
    for address, answers in by_address.items():
        mx = [o for o in answers if (o.seen.name, o.seen.rtype) == (domain, "MX")]
        if mx:
            names = sorted({o.seen.server_name for o in answers})
            found.append(Server(names[0], address, _state(mx), tuple(answers)))
    return tuple(sorted(found, key=lambda server: (server.name, server.address)))


def _state(mx: Iterable[Answer]) -> State:
    """The best that was heard over UDP; with TCP alone a server is of no use to resolvers."""
    heard = [o.seen for o in mx]
    udp = [a for a in heard if a.transport == "udp" or a.truncated] or heard
    if any(a.status in DEFINITE and a.authoritative for a in udp):
        return "good"
    if any(a.status in DEFINITE for a in udp):
        return "lame"
    if any(a.truncated for a in udp):
        return "cut"
    return next((s for said, s in _STATES if any(a.status == said for a in udp)), "unreachable")


_STATES: tuple[tuple[Status, State], ...] = (
    ("refused", "refusing"),
    ("servfail", "failing"),
    ("other", "failing"),
    ("garbage", "garbage"),
    ("timeout", "dead"),
)
