"""Names: the configured name service, whether it tells the truth, and the mail server's name."""

from collections import defaultdict
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from mailwizard.diagnosis.ground import lies, stand_ins
from mailwizard.diagnosis.host_names import suggestion
from mailwizard.diagnosis.outside import UNKNOWN_ISSUER, looks, never_public, outside
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, Link, SystemLookup

Answers = list[Observation[DnsAnswer]]

_DEAD = ("timeout", "unreachable", "servfail", "refused", "garbage", "other")
_DENIALS = {"nxdomain": "NXDOMAIN", "nodata": "NODATA", "refused": "REFUSED"}
_WRONG_CERTIFICATE = ("name", *UNKNOWN_ISSUER)


@dataclass(frozen=True, slots=True)
class Names:
    """What was found, and at which addresses the mail server is not to be judged: not its own.

    ``confirmed`` tells whether anybody but this network's own name service named its addresses.
    """

    findings: tuple[Finding, ...] = ()
    not_its_own: frozenset[str] = frozenset()
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class _Server:
    """What is known of the mail server's addresses.

    ``here`` is what this computer uses; ``configured`` and ``public`` what name servers gave;
    ``good`` and ``bad`` are addresses at which TLS was verified, or was not to be had.
    """

    host: str
    endpoints: list[Observation[Endpoint]]
    lookups: list[Observation[SystemLookup]]
    answers: Answers
    here: frozenset[str]
    configured: frozenset[str]
    public: frozenset[str]
    good: frozenset[str]

    def at(self, addresses: frozenset[str]) -> list[Observation[Endpoint]]:
        """The endpoints tried at some addresses."""
        return [o for o in self.endpoints if o.seen.address in addresses]


def judge_names(situation: Situation) -> Names:
    """The name service's findings, in a network whose line is in order."""
    server = _server(situation)
    if stand_ins(situation):
        return Names()
    down = _resolvers_down(situation)
    wrong = _wrong_address(situation, server) if server else None
    alone = _known_only_here(situation, server) if server and not wrong else None
    if wrong is None and server is not None:
        wrong = alone or _one_lies(server)
    lying = _lying(situation, server) if not (down or wrong) else None
    missing = _host_wrong(situation, server) if server and not wrong else None
    return Names(
        tuple(f for f in (down, wrong, lying, missing) if f is not None),
        _not_its_own(server, nobody_there=bool(alone or missing)) if server else frozenset(),
        confirmed=server is None or bool(server.public),
    )


def _server(situation: Situation) -> _Server | None:
    endpoints = [
        o
        for o in looks(situation, Endpoint)
        if o.seen.role == "provider" and o.seen.service == "imap"
    ]
    if not endpoints:
        return None
    host = endpoints[0].seen.host
    lookups = [o for o in looks(situation, SystemLookup) if o.seen.host == host]
    answers = [
        o
        for o in looks(situation, DnsAnswer)
        if o.seen.about == "provider" and o.seen.name == host and o.seen.rtype in ("A", "AAAA")
    ]

    def given(via: str) -> frozenset[str]:
        return frozenset(r for o in answers if o.seen.via == via for r in o.seen.records)

    return _Server(
        host=host,
        endpoints=endpoints,
        lookups=lookups,
        answers=answers,
        here=frozenset(a for o in lookups for a in o.seen.addresses),
        configured=given("configured"),
        public=given("public"),
        good=frozenset(o.seen.address for o in endpoints if o.seen.tls == "ok"),
    )


def _wrong_address(situation: Situation, server: _Server) -> Finding | None:
    """This computer is led elsewhere than the public name service says, and not to the server.

    Other addresses alone are no fault: large providers answer by region.
    """
    tried = server.at(server.here)
    # Where no public name server answers, this network's own may still know better than this
    # computer itself.
    known = server.public or (server.configured if server.here else frozenset())
    works = server.at(known & server.good)
    if not server.here and server.public:
        return _hidden(situation, server, works) or _not_resolved(situation, server, works)
    if not known or server.here & known or not tried:
        return None
    if any(o.seen.tls == "ok" for o in tried):
        return None
    impostor = [o for o in tried if o.seen.tls in _WRONG_CERTIFICATE]
    # Without a good server to compare, only a certificate of somebody else tells anything.
    if not works and not [o for o in impostor if o.seen.tls == "name"]:
        return None
    # The same fault at the address that others name, too: it is the server's own.
    if not works and any(o.seen.tls in _WRONG_CERTIFICATE for o in server.at(known)):
        return None
    because = [*server.lookups, *server.answers, *tried, *works]
    address = sorted(server.here)[0]
    sure = Certainty.SURE if works and impostor else Certainty.LIKELY
    data: dict[str, Any] = {
        "host": server.host,
        "address": address,
        "right": tuple(sorted(known)[:3]),
    }
    links = looks(situation, Link)
    pin = next((o for o in links if o.seen.pinned.get(server.host) in server.here), None)
    if pin is not None or (server.configured and not server.here & server.configured):
        return finding(
            "LOCAL_OVERRIDE",
            [pin, *because],
            certainty=Certainty.SURE if pin is not None else sure,
            variant="" if pin is not None else "cache",
            **data,
        )
    unreachable = not any(o.seen.connect == "connected" for o in tried)
    if unreachable and all(_inside(a) for a in server.here):
        vpn = [o for o in links if any(i.kind == "vpn" for i in o.seen.interfaces)]
        return finding(
            "VPN_SPLIT_DNS",
            [*vpn, *because],
            certainty=Certainty.SURE if vpn and works else Certainty.LIKELY,
            **data,
        )
    if all(never_public(a) for a in server.here) and works:
        sure = Certainty.SURE
    return finding("DNS_HIJACKED", because, certainty=sure, resolver=_resolver(situation), **data)


def _known_only_here(situation: Situation, server: _Server) -> Finding | None:
    """A pinned or an internal address that gives no sign of life, and that nobody else names.

    No control outside tells anything of a server inside: its silence is not the server's fault.
    """
    tried = server.at(server.here)
    quiet = all(o.seen.connect in ("timeout", "unreachable", "error") for o in tried)
    if server.public or not tried or not quiet:
        return None
    links = looks(situation, Link)
    denied = [o for o in server.answers if o.seen.via == "public" and o.seen.status in _DENIALS]
    because = [*server.lookups, *server.answers, *tried]
    data: dict[str, Any] = {"host": server.host, "address": sorted(server.here)[0]}
    pin = next((o for o in links if o.seen.pinned.get(server.host) in server.here), None)
    if pin is not None:
        sure = Certainty.LIKELY if denied else Certainty.POSSIBLE
        return finding("LOCAL_OVERRIDE", [pin, *because], certainty=sure, variant="alone", **data)
    if all(_inside(a) for a in server.here):
        vpn = [o for o in links if any(i.kind == "vpn" for i in o.seen.interfaces)]
        sure = Certainty.LIKELY if vpn or denied else Certainty.POSSIBLE
        return finding("VPN_SPLIT_DNS", [*vpn, *because], certainty=sure, variant="inside", **data)
    return None


def _hidden(
    situation: Situation, server: _Server, works: list[Observation[Endpoint]]
) -> Finding | None:
    """The configured name service denies a name that the public one knows, and that works."""
    denied = [
        o
        for o in server.answers
        if o.seen.via == "configured" and o.seen.rtype == "A" and o.seen.status in _DENIALS
    ]
    failed = any(o.seen.outcome != "answer" for o in server.lookups)
    if not denied or not works or (server.configured and not failed):
        return None
    # A server that turns every question away says no word about this name.
    open_to_us = {o.seen.server for o in looks(situation, DnsAnswer) if o.seen.status == "answer"}
    denied = [o for o in denied if o.seen.status != "refused" or o.seen.server in open_to_us]
    if not denied:
        return None
    return finding(
        "DNS_HIJACKED",
        [*denied, *server.lookups, *server.answers, *works],
        host=server.host,
        address="",
        right=tuple(sorted(server.public)[:3]),
        resolver=denied[0].seen.server,
        said=_DENIALS[denied[0].seen.status],
        variant="hidden",
    )


def _not_resolved(
    situation: Situation, server: _Server, works: list[Observation[Endpoint]]
) -> Finding | None:
    """The configured name servers give up on this very name, which others know, and no other."""
    asked = [o for o in server.answers if o.seen.via == "configured" and o.seen.rtype == "A"]
    others = [
        o
        for o in looks(situation, DnsAnswer)
        if o.seen.via == "configured" and o.seen.about == "control" and o.seen.status == "answer"
    ]
    failed = [o for o in server.lookups if o.seen.outcome != "answer"]
    gave_up = asked and all(o.seen.status in _DEAD for o in asked)
    if not (gave_up and others and failed and works):
        return None
    return finding(
        "LOCAL_DNS_DOWN",
        [*asked, *failed, *others, *works],
        certainty=Certainty.LIKELY,
        resolver=tuple(sorted({o.seen.server for o in asked})),
        host=server.host,
        right=tuple(sorted(server.public)[:3]),
        variant="host",
    )


def _one_lies(server: _Server) -> Finding | None:
    """One of several configured name servers leads to somebody else; the computer now does not."""
    strange = server.configured - server.public - server.here
    works = server.at(server.public & server.good)
    impostors = [o for o in server.at(strange) if o.seen.tls in _WRONG_CERTIFICATE]
    told = [
        o
        for o in server.answers
        if o.seen.via == "configured" and {i.seen.address for i in impostors} & {*o.seen.records}
    ]
    if not (works and impostors and told):
        return None
    return finding(
        "DNS_HIJACKED",
        [*told, *impostors, *works],
        outcome=Outcome.RISK,
        certainty=Certainty.LIKELY,
        host=server.host,
        address=impostors[0].seen.address,
        right=tuple(sorted(server.public)[:3]),
        resolver=told[0].seen.server,
        variant="one",
    )


def _not_its_own(server: _Server, *, nobody_there: bool) -> frozenset[str]:
    """Addresses that only this network's name service (or this computer) gives the server, and at
    which nobody proved to be it.

    ``nobody_there`` tells that this is so though no public name server gave another.
    """
    known = server.public or (frozenset() if server.here & server.configured else server.configured)
    strange = (server.here | server.configured) - known - server.good
    return strange if known or nobody_there else frozenset()


def _resolvers_down(situation: Situation) -> Finding | None:
    """All configured name servers are dead though names can be asked elsewhere; or one of them."""
    by_server: dict[str, Answers] = defaultdict(list)
    for answer in looks(situation, DnsAnswer):
        if answer.seen.via == "configured" and answer.seen.about in ("control", "provider"):
            by_server[answer.seen.server].append(answer)
    dead = {
        server: answers
        for server, answers in by_server.items()
        if all(o.seen.status in _DEAD for o in answers)
        and any(o.seen.about == "control" for o in answers)
    }
    lookups = looks(situation, SystemLookup)
    pinned = {host for o in looks(situation, Link) for host in o.seen.pinned}
    resolved = [o for o in lookups if o.seen.outcome == "answer" and o.seen.host not in pinned]
    seen = outside(situation)
    elsewhere = [o for o in seen.names if o.seen.status == "answer"] or list(seen.genuine)
    because: list[Observation[Any]] = [o for answers in dead.values() for o in answers]
    if by_server and len(dead) == len(by_server) and elsewhere and not resolved:
        return finding(
            "LOCAL_DNS_DOWN",
            [*because, *lookups, *elsewhere],
            resolver=tuple(sorted(dead)),
            other=_other(elsewhere),
        )
    if dead and len(dead) < len(by_server):
        alive = [o for server, answers in by_server.items() if server not in dead for o in answers]
        return finding(
            "LOCAL_DNS_DOWN",
            [*because, *alive],
            outcome=Outcome.RISK,
            resolver=tuple(sorted(dead)),
            variant="one",
        )
    links = [o for o in looks(situation, Link) if not o.seen.resolvers]
    failed = [o for o in lookups if o.seen.outcome in ("temporary", "timeout", "error")]
    several = len({o.seen.host for o in failed}) >= 2
    if links and several and elsewhere and not (by_server or resolved):
        return finding("LOCAL_DNS_DOWN", [*links, *failed, *elsewhere], variant="none")
    return None


def _lying(situation: Situation, server: _Server | None) -> Finding | None:
    """The configured name service invents addresses, though not for the mail server."""
    told = lies(o for o in looks(situation, DnsAnswer) if o.seen.via == "configured")
    if not told:
        return None
    hurt = [o for o in told if o.seen.about == "control"]
    # Made-up addresses for names that everybody has: whatever this computer looks up is doubtful.
    cause = bool(hurt) and not outside(situation).genuine
    return finding(
        "DNS_HIJACKED",
        told,
        outcome=Outcome.CAUSE if cause else Outcome.RISK,
        certainty=Certainty.SURE if cause else Certainty.LIKELY,
        resolver=told[0].seen.server,
        host=server.host if server else told[0].seen.name,
        address=told[0].seen.records[0],
        variant="invents",
    )


def _host_wrong(situation: Situation, server: _Server) -> Finding | None:
    """Nobody knows the server's name; or only a name service that knows every name."""
    invented = lies(looks(situation, DnsAnswer))
    public = [o for o in server.answers if o.seen.via == "public" and o.seen.rtype == "A"]
    if server.public or any(o.seen.via == "public" for o in invented):
        return None
    led = [o for o in server.lookups + server.answers if _records(o)]
    if led or invented:
        made_up = {r for o in invented if o.seen.about == "random" for r in o.seen.records}
        strangers = {o.seen.address for o in server.endpoints if o.seen.tls == "name"}
        strangers = {a for a in strangers if not _inside(a)}  # a server known inside only
        if not all(_records(o) <= made_up | strangers for o in led):
            return None
        if not all(o.seen.status == "nxdomain" for o in public):
            return None
    said_no = [o for o in public if o.seen.status in ("nxdomain", "nodata")]
    known = [
        o
        for o in looks(situation, DnsAnswer)
        if o.seen.about == "control" and o.seen.status == "answer"
    ]
    if not said_no or not known:
        return None
    other = suggestion(situation, server.host)
    return finding(
        "IMAP_HOST_WRONG",
        [*said_no, *led, *invented, *server.lookups, *known[:2], *(other.because if other else ())],
        certainty=Certainty.SURE if len(said_no) >= 2 and not led else Certainty.LIKELY,
        host=server.host,
        suggested=other.host if other else "",
        variant=other.how if other else "",
    )


def _records(o: Observation[Any]) -> set[str]:
    """The addresses in an answer."""
    return set(o.seen.addresses if isinstance(o.seen, SystemLookup) else o.seen.records)


def _resolver(situation: Situation) -> tuple[str, ...]:
    servers = {o.seen.server for o in looks(situation, DnsAnswer) if o.seen.via == "configured"} | {
        r for o in looks(situation, Link) for r in o.seen.resolvers
    }
    return tuple(sorted(servers))


def _other(observations: list[Observation[Any]]) -> str:
    """Who answered instead."""
    named = (getattr(o.seen, "server", "") or getattr(o.seen, "address", "") for o in observations)
    return next((str(name) for name in named if name), "")


def _inside(address: str) -> bool:
    """Whether an address belongs to somebody's internal network (RFC 1918, RFC 4193)."""
    parsed = ip_address(address)
    return (
        never_public(address)
        and parsed.is_private
        and not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)
    )
