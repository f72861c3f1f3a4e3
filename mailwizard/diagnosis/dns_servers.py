"""The user's name servers: against the delegation, against each other, and out of order."""

from mailwizard.diagnosis import delegation_faults, dns_transport, dnssec, propagation
from mailwizard.diagnosis.delegation import Answer, Delegation, Server, delegation
from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.mail_route import MailRoute, authoritative_answers, own_answers, view
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.dns import DnsAnswer

_REFUSING = ("refusing", "lame")
_BAD = (*_REFUSING, "failing", "garbage", "dead")


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """NS_…, DNSSEC_…, DNS_TCP_BLOCKED, DNS_PROPAGATING, DNS_LINE_GAP, SPLIT_VIEW."""
    look = delegation(situation)
    signatures = dnssec.judge(situation, look)
    broken = [f for f in signatures if f.outcome is not Outcome.INFO]
    wrong = delegation_faults.wrong_provider(situation, look)
    if wrong:
        return [*wrong, *signatures]
    transport = dns_transport.judge(situation, look, failing(situation))
    explained = bool(broken) or any(f.outcome is Outcome.CAUSE for f in transport)
    return [
        *signatures,
        *_inconsistent(situation),
        *_partly_down(situation, look),
        *([] if explained else _all_down(situation, believed, look)),
        *transport,
        *delegation_faults.judge(situation, look),
        *propagation.judge(situation, believed, look),
    ]


def _inconsistent(situation: Situation) -> list[Finding]:
    zone = authoritative_answers(situation)
    if len({view(o) for o in zone}) < 2:
        return []
    names: dict[str, set[object]] = {}
    for o in zone:
        names.setdefault(o.seen.server_name, set()).add(view(o))
    said: dict[str, str] = {}
    for o in sorted(zone, key=lambda o: o.seen.server):
        name = o.seen.server_name
        # One name with two addresses that contradict each other is two servers.
        shown = f"{name} ({o.seen.server})" if len(names[name]) > 1 else name
        said.setdefault(shown or o.seen.server, ", ".join(o.seen.records) or "-")
    return [
        finding(
            "NS_INCONSISTENT",
            zone,
            domain=situation.case.domain,
            servers=tuple(f"{server}: {records}" for server, records in sorted(said.items())),
        )
    ]


def _partly_down(situation: Situation, look: Delegation) -> list[Finding]:
    """Some addresses answer with authority from here, so that the others' silence is their own."""
    good = [server for server in look.serving if server.state == "good"]
    steady = ground(situation).steady
    bad = [
        server
        for server in look.serving
        if server.state in _BAD
        and (steady or server.state != "dead")
        and any(_alike(server, one) for one in good)
    ]
    if not bad:
        return []
    told = all(server.state != "dead" for server in bad)
    return [
        finding(
            "NS_PARTLY_DOWN",
            [o for server in (*bad, *good) for o in server.mx],
            certainty=Certainty.SURE if told else Certainty.LIKELY,
            variant="lame" if all(server.state in _REFUSING for server in bad) else "",
            domain=situation.case.domain,
            servers=tuple(server.where for server in bad),
        )
    ]


def _alike(one: Server, other: Server) -> bool:
    """Over the same protocol: without IPv6 here, all of it is silent."""
    return (":" in one.address) == (":" in other.address)


def _all_down(situation: Situation, believed: MailRoute, look: Delegation) -> list[Finding]:
    """No server of the zone answers, and public resolvers that answer for other names say so."""
    if believed.status != "unknown" or believed.disputed:
        return []
    if any(server.state in ("good", "cut") for server in look.serving):
        return []
    silent = bool(look.serving) and all(s.state in (*_BAD, "unreachable") for s in look.serving)
    silent &= any(s.state in _BAD for s in look.serving)
    unsure = failing(situation)
    told = any(o.seen.status == "servfail" for o in unsure)
    if not unsure or not (told or silent):
        return []
    steady = ground(situation).steady
    if not told and not steady:  # all of it is silence
        return []
    controls = _working(situation)
    sure = len({o.seen.server for o in unsure}) > 1 and told and silent and steady
    alive = [s for s in look.serving if s.state in _BAD]
    refused = bool(alive) and all(s.state in _REFUSING for s in alive)
    return [
        finding(
            "NS_ALL_DOWN",
            [
                *unsure,
                *(o for server in look.serving for o in server.mx),
                *(controls[o.seen.server] for o in unsure),
            ],
            certainty=Certainty.SURE if sure else Certainty.LIKELY,
            variant="refusing" if refused else "",
            domain=situation.case.domain,
            servers=tuple(dict.fromkeys(server.name for server in look.serving)),
        )
    ]


def failing(situation: Situation) -> list[Answer]:
    """Public resolvers that answer for other names and get nothing for the domain."""
    controls = _working(situation)
    return [
        o
        for o in own_answers(situation, situation.case.domain, "MX", ["public"])
        if o.seen.status in ("servfail", "timeout") and o.seen.server in controls
    ]


def _working(situation: Situation) -> dict[str, Answer]:
    """Public resolvers that answered for a name that always exists."""
    return {
        o.seen.server: o
        for o in situation.of(DnsAnswer)
        if o.seen.via == "public"
        and o.seen.about in ("control", "provider")
        and o.seen.status == "answer"
    }
