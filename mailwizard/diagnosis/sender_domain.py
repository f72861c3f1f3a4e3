"""The sender's domain itself: whether it exists, and whether it takes answers."""

from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer, Registration
from mailwizard.model.seen.mailbox import SenderHistory
from mailwizard.reading.mx import parse_mx

Answer = Observation[DnsAnswer]
_ENOUGH = 2  # resolvers that must agree before a domain is called dead


def judge_domain(situation: Situation) -> list[Finding]:
    """SENDER_DOMAIN_DEAD, SENDER_CANNOT_RECEIVE."""
    domain = situation.case.sender_domain
    if domain is None:
        return []
    return [*_dead(situation, domain), *_deaf(situation, domain)]


def _answers(situation: Situation, name: str, rtype: str) -> list[Answer]:
    return [
        o
        for o in situation.of(DnsAnswer)
        if o.seen.about == "sender"
        and (o.seen.name, o.seen.rtype) == (name, rtype)
        and o.seen.status in DEFINITE
    ]


def _dead(situation: Situation, domain: str) -> list[Finding]:
    """No such domain, or no way to it at all: said by two resolvers, contradicted by none."""
    by_type = {rtype: _answers(situation, domain, rtype) for rtype in ("MX", "A", "AAAA")}
    every = [o for answers in by_type.values() for o in answers]
    if any(o.seen.status == "answer" for o in every):
        return []
    nowhere = {o.seen.server for o in every if o.seen.status == "nxdomain"}
    empty = [{o.seen.server for o in answers} for answers in by_type.values()]
    agreed = all(len(servers) >= _ENOUGH for servers in empty)
    gone = len(nowhere) >= _ENOUGH and all(o.seen.status == "nxdomain" for o in every)
    if not gone and not agreed:
        return []
    known = [o for o in situation.of(SenderHistory) if o.seen.mails]
    registrations = [o for o in situation.of(Registration) if o.seen.about == "sender"]
    # Never seen before, the name may also be the user's own slip.
    certainty = Certainty.SURE if known else Certainty.LIKELY
    if not gone:
        certainty = Certainty.LIKELY
    return [
        finding(
            "SENDER_DOMAIN_DEAD",
            [*every, *known, *registrations],
            certainty=certainty,
            variant="gone" if gone else "empty",
            domain=domain,
        )
    ]


def _deaf(situation: Situation, domain: str) -> list[Finding]:
    """The domain sends, but cannot be answered: bounces and replies to it are lost."""
    records = [o for o in _answers(situation, domain, "MX") if o.seen.status == "answer"]
    if not records:
        return []
    views = {parse_mx(o.seen.records) for o in records}
    if len(views) != 1:
        return []
    exchangers = next(iter(views))
    if exchangers and all(mx.is_null for mx in exchangers):
        return [finding("SENDER_CANNOT_RECEIVE", records, domain=domain, variant="null")]
    hosts = [mx.host for mx in exchangers if not mx.is_null and not mx.is_address]
    looked_up = {
        host: [o for rtype in ("A", "AAAA") for o in _answers(situation, host, rtype)]
        for host in hosts
    }
    if not hosts or len(hosts) != len(exchangers):
        return []
    for answers in looked_up.values():
        asked = {o.seen.rtype for o in answers}
        if asked != {"A", "AAAA"} or any(o.seen.status == "answer" for o in answers):
            return []
    because = [*records, *(o for answers in looked_up.values() for o in answers)]
    return [
        finding(
            "SENDER_CANNOT_RECEIVE",
            because,
            domain=domain,
            certainty=Certainty.LIKELY,
            variant="targets",
            servers=tuple(hosts),
        )
    ]
