"""The configured name service: dead, or telling what cannot be true."""

from collections import defaultdict
from typing import Any

from mailwizard.diagnosis.ground import lies
from mailwizard.diagnosis.outside import looks, outside, present
from mailwizard.diagnosis.server_addresses import ServerAddresses
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Link, SystemLookup

GAVE_UP = ("timeout", "unreachable", "servfail", "refused", "garbage", "other")


def resolvers_down(situation: Situation) -> Finding | None:
    """All configured name servers are dead though names can be asked elsewhere; or one of them."""
    by_server: dict[str, list[Observation[DnsAnswer]]] = defaultdict(list)
    for answer in looks(situation, DnsAnswer):
        if answer.seen.via == "configured" and answer.seen.about in ("control", "provider"):
            by_server[answer.seen.server].append(answer)
    dead = {
        server: answers
        for server, answers in by_server.items()
        if all(o.seen.status in GAVE_UP for o in answers)
        and any(o.seen.about == "control" for o in answers)
    }
    lookups = present(situation, SystemLookup)
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


def lying(situation: Situation, server: ServerAddresses | None) -> Finding | None:
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


def _other(observations: list[Observation[Any]]) -> str:
    """Who answered instead."""
    named = (getattr(o.seen, "server", "") or getattr(o.seen, "address", "") for o in observations)
    return next((str(name) for name in named if name), "")
