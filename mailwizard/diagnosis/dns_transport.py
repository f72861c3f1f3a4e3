"""Name servers that answer short questions only: closed to TCP, or deaf to EDNS."""

from mailwizard.diagnosis.delegation import Answer, Delegation, Server
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer

_ENOUGH = 3  # answers that came only without EDNS: one may be a lost packet


def judge(situation: Situation, look: Delegation, failing: list[Answer]) -> list[Finding]:
    """DNS_TCP_BLOCKED (RFC 7766, RFC 6891), where others can be asked in that way from here.

    ``failing`` are public resolvers' answers that show that they do not get through either.
    """
    return _over_tcp(situation, look, failing) or _edns(situation, look)


def _over_tcp(situation: Situation, look: Delegation, failing: list[Answer]) -> list[Finding]:
    shut = [s for s in look.serving if s.state in ("good", "cut") and _tcp(s) and not _opens(s)]
    served = {v6: _control(situation, v6=v6) for v6 in (False, True)}
    shut = [server for server in shut if served[":" in server.address]]
    if not shut:
        return []
    asked = [o for server in shut for o in server.answers if o.seen.transport == "tcp"]
    cut = [o for o in asked if o.seen.truncated]
    lost = all(server.state == "cut" and server in shut for server in look.serving)
    controls = [o for server in shut for o in served[":" in server.address]]
    outcome = Outcome.CAUSE if lost and failing else Outcome.RISK if cut else Outcome.INFO
    return [
        finding(
            "DNS_TCP_BLOCKED",
            [*asked, *(failing if lost else ()), *controls],
            # Silence to one connection may be a lost packet.
            certainty=Certainty.SURE if cut and len(asked) > 1 else Certainty.LIKELY,
            outcome=outcome,
            variant="" if cut else "small",
            domain=situation.case.domain,
            servers=tuple(server.where for server in shut),
        )
    ]


def _tcp(server: Server) -> list[Answer]:
    return [o for o in server.answers if o.seen.transport == "tcp"]


def _opens(server: Server) -> bool:
    """Whether anything at all came over TCP."""
    return any(o.seen.status not in ("timeout", "unreachable", "garbage") for o in _tcp(server))


def _control(situation: Situation, *, v6: bool) -> list[Answer]:
    """Some name server whose TCP port answers from here."""
    return [
        o
        for o in situation.of(DnsAnswer)
        if o.seen.transport == "tcp" and o.seen.status in DEFINITE and (":" in o.seen.server) == v6
    ][:3]


def _edns(situation: Situation, look: Delegation) -> list[Finding]:
    """Servers that gave every answer only to a question without EDNS, while others take it."""
    deaf = [
        server
        for server in look.serving
        if len(heard := _udp(server)) >= _ENOUGH and not any(o.seen.edns for o in heard)
    ]
    hearing = [
        o
        for o in situation.of(DnsAnswer)
        if o.seen.transport == "udp" and o.seen.edns and o.seen.status in DEFINITE
    ]
    if not deaf or not hearing:
        return []
    return [
        finding(
            "DNS_TCP_BLOCKED",
            [*(o for server in deaf for o in _udp(server)), *hearing[:3]],
            certainty=Certainty.POSSIBLE,
            variant="edns",
            domain=situation.case.domain,
            servers=tuple(server.where for server in deaf),
        )
    ]


def _udp(server: Server) -> list[Answer]:
    return [o for o in server.answers if o.seen.transport == "udp" and o.seen.status in DEFINITE]
