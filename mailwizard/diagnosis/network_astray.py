"""This computer is led elsewhere than to the mail server, or is not led there at all."""

from typing import Any

from mailwizard.diagnosis.network_resolvers import GAVE_UP
from mailwizard.diagnosis.outside import UNKNOWN_ISSUER, looks, never_public
from mailwizard.diagnosis.server_addresses import ServerAddresses, inside
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, Link

_DENIALS = {"nxdomain": "NXDOMAIN", "nodata": "NODATA", "refused": "REFUSED"}
_WRONG_CERTIFICATE = ("name", *UNKNOWN_ISSUER)


def wrong_address(situation: Situation, server: ServerAddresses) -> Finding | None:
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
    if unreachable and all(inside(a) for a in server.here):
        vpn = [o for o in links if any(i.kind == "vpn" for i in o.seen.interfaces)]
        return finding(
            "VPN_SPLIT_DNS",
            [*vpn, *because],
            certainty=Certainty.SURE if vpn and works else Certainty.LIKELY,
            **data,
        )
    if all(never_public(a) for a in server.here) and works:
        sure = Certainty.SURE
    return finding("DNS_HIJACKED", because, certainty=sure, resolver=_resolvers(situation), **data)


def known_only_here(situation: Situation, server: ServerAddresses) -> Finding | None:
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
    if all(inside(a) for a in server.here):
        vpn = [o for o in links if any(i.kind == "vpn" for i in o.seen.interfaces)]
        sure = Certainty.LIKELY if vpn or denied else Certainty.POSSIBLE
        return finding("VPN_SPLIT_DNS", [*vpn, *because], certainty=sure, variant="inside", **data)
    return None


def _hidden(
    situation: Situation, server: ServerAddresses, works: list[Observation[Endpoint]]
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
    situation: Situation, server: ServerAddresses, works: list[Observation[Endpoint]]
) -> Finding | None:
    """The configured name servers give up on this very name, which others know, and no other."""
    asked = [o for o in server.answers if o.seen.via == "configured" and o.seen.rtype == "A"]
    others = [
        o
        for o in looks(situation, DnsAnswer)
        if o.seen.via == "configured" and o.seen.about == "control" and o.seen.status == "answer"
    ]
    failed = [o for o in server.lookups if o.seen.outcome != "answer"]
    gave_up = asked and all(o.seen.status in GAVE_UP for o in asked)
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


def one_lies(server: ServerAddresses) -> Finding | None:
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


def not_its_own(server: ServerAddresses, *, nobody_there: bool) -> frozenset[str]:
    """Addresses that only this network's name service (or this computer) gives the server, and at
    which nobody proved to be it.

    ``nobody_there`` tells that this is so though no public name server gave another.
    """
    known = server.public or (frozenset() if server.here & server.configured else server.configured)
    strange = (server.here | server.configured) - known - server.good
    return strange if known or nobody_there else frozenset()


def _resolvers(situation: Situation) -> tuple[str, ...]:
    servers = {o.seen.server for o in looks(situation, DnsAnswer) if o.seen.via == "configured"} | {
        r for o in looks(situation, Link) for r in o.seen.resolvers
    }
    return tuple(sorted(servers))
