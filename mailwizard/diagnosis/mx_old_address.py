"""A mail exchanger of the company's own name that still leads to a server it has moved from."""

import ipaddress
import re
from typing import Any

from mailwizard.diagnosis.delegation import Answer
from mailwizard.diagnosis.mail_route import MailRoute, addresses, own_answers
from mailwizard.diagnosis.mx_parts import about_records, doors_of, reasons
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import Endpoint
from mailwizard.reading.addresses import same_organisation

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """MX_HOST_OLD_IP: only where the address says by three ways that somebody else lives there.

    Its name in the DNS is another company's, so is the name that it greets with, and it turns this
    domain's mail away, or the mailbox that was signed in to is at another address of the company.
    Hosters greet with names of their own everywhere: no one of these alone says anything.
    """
    domain = situation.case.domain
    for host in believed.hosts:
        if not same_organisation(host, domain):
            continue
        doors = doors_of(situation, [host])
        if not doors or any(reasons(d).get("user") == "accepted" for d in doors):
            continue
        foreign = [(d, name) for d in doors if (name := _foreign(situation, d))]
        if not foreign or len(foreign) < len(doors):
            continue
        turned = [d for d, _name in foreign if "not-served" in reasons(d).values()]
        mailbox = _mailbox(situation)
        if {o.seen.address for o in mailbox} & {d.seen.address for d in doors}:
            continue
        moved: list[Observation[Any]] = [*mailbox, *_signed_in(situation)] if mailbox else []
        if not turned and not moved:
            continue
        door, name = foreign[0]
        named, _other = _reverse(situation, door.seen.address)
        _there, answers = addresses(situation, host)
        return [
            about_records(
                "MX_HOST_OLD_IP",
                situation,
                believed,
                [*answers, *doors, *named, *moved],
                certainty=Certainty.POSSIBLE,
                outcome=Outcome.RISK,
                target=host,
                address=door.seen.address,
                name=name,
                new=mailbox[0].seen.address if mailbox else None,
            )
        ]
    return []


def _foreign(situation: Situation, door: Observation[SmtpDoor]) -> str:
    """The other company's name that an address has and its server greets with; "" if not both."""
    domain = situation.case.domain
    _answers, names = _reverse(situation, door.seen.address)
    greeted = _greeted(door)
    if not names or not greeted:
        return ""
    if any(same_organisation(name, domain) for name in (*names, *greeted)):
        return ""
    return names[0]


def _reverse(situation: Situation, address: str) -> tuple[list[Answer], tuple[str, ...]]:
    """The names that the DNS gives an address, as the world sees it."""
    try:
        asked = ipaddress.ip_address(address).reverse_pointer
    except ValueError:
        return [], ()
    answers = [
        o for o in own_answers(situation, asked, "PTR", ["public"]) if o.seen.status == "answer"
    ]
    names = dict.fromkeys(r.rstrip(".").lower() for o in answers for r in o.seen.records)
    return answers, tuple(names)


def _greeted(door: Observation[SmtpDoor]) -> tuple[str, ...]:
    """The host names at the start of the greeting and of the reply to EHLO (RFC 5321, 4.2)."""
    replies = (door.seen.banner, door.seen.ehlo)
    words = (r.text.split() for r in replies if r is not None and r.code in (220, 250))
    return tuple(
        name for first in words if first and _HOST.fullmatch(name := first[0].lower().rstrip("."))
    )


def _signed_in(situation: Situation) -> list[Observation[SignIn]]:
    """Good sign-ins at a server of the company's own name."""
    domain = situation.case.domain
    return [
        o
        for o in situation.of(SignIn)
        if o.seen.outcome == "ok" and same_organisation(o.seen.host, domain)
    ]


def _mailbox(situation: Situation) -> list[Observation[Endpoint]]:
    """Where that server answered."""
    hosts = {o.seen.host for o in _signed_in(situation)}
    return [
        o
        for o in situation.of(Endpoint)
        if o.seen.role == "provider" and o.seen.host in hosts and o.seen.connect == "connected"
    ]
