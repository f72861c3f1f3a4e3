"""Big packets that get lost on the way while small ones come through (a black hole of the MTU)."""

from typing import Any

from mailwizard.diagnosis.outside import expected, hosts, looks
from mailwizard.diagnosis.own_server import Own, place
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.network import Endpoint, HttpReply

SEVERAL = 2


def path_mtu(situation: Situation, own: Own, *, line_is_weak: bool) -> Finding | None:
    """Connections come about everywhere, encryption nowhere, and what is small gets through.

    A server's first answer in TLS fills whole packets (its certificates). Where only the mail
    server is silent, it is the server's; where encryption works on another port, it is the port's.
    """
    stalled = [o for o in own if _stalls(o)]
    if not stalled or any(o.seen.connect == "connected" and not _stalls(o) for o in own):
        return None
    others = [o for o in looks(situation, Endpoint) if o not in own]
    tried: list[Observation[Any]] = [
        *(o for o in others if o.seen.tls),
        *(o for o in looks(situation, HttpReply) if o.seen.purpose == "https" and o.seen.tls),
    ]
    if any(not _stalls(o) for o in tried):
        return None
    unrelated = [o for o in tried if getattr(o.seen, "role", "control") == "control"]
    small = _small(situation)
    # An answer to a small hello at the very port at which a whole one stalls leaves little doubt.
    measured = [o for o in (*stalled, *unrelated) if _answered_small(o)]
    if not (small or measured) or len(hosts(unrelated)) < (1 if measured else SEVERAL):
        return None
    own_measured = any(o in measured for o in stalled)
    conclusive = own_measured and any(o in measured for o in unrelated)
    several = len(hosts(unrelated)) > SEVERAL and not line_is_weak
    first = next((o for o in stalled if o in measured), stalled[0])
    return finding(
        "PATH_MTU_SUSPECTED",
        [*stalled, *tried, *small],
        outcome=Outcome.CAUSE if conclusive else None,
        certainty=Certainty.LIKELY if measured or several else Certainty.POSSIBLE,
        variant="measured" if own_measured else "",
        other=tuple(sorted(hosts(unrelated))[:3]),
        **place(first),
    )


def _stalls(o: Observation[Any]) -> bool:
    return bool(o.seen.tls == "timeout")


def _answered_small(o: Observation[Any]) -> bool:
    return isinstance(o.seen, Endpoint) and o.seen.small_hello == "answered"


def _small(situation: Situation) -> list[Observation[Any]]:
    """Short exchanges over TCP with the outside that went well, and short answers to questions."""
    told: list[Observation[Any]] = [
        o for o in looks(situation, HttpReply) if o.seen.purpose == "portal" and expected(o.seen)
    ]
    told += [o for o in looks(situation, SmtpDoor) if o.seen.banner is not None]
    return told or [
        o
        for o in looks(situation, DnsAnswer)
        if o.seen.via == "public" and o.seen.status in DEFINITE
    ]
