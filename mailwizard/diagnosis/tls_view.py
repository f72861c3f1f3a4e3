"""Whether what was seen of encryption at port 25 is the mail server's own doing.

A box between here and there can take STARTTLS away, or show certificates of its own; a wrong clock
lets good certificates look expired. Nothing of that reaches those who send mail.
"""

from typing import Any

from mailwizard.diagnosis.door import Door, own_doors
from mailwizard.diagnosis.door_way import intercepted
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.network_certificates import controls_in_order
from mailwizard.diagnosis.outside import UNKNOWN_ISSUER, looks
from mailwizard.diagnosis.situation import Situation
from mailwizard.diagnosis.true_time import true_time
from mailwizard.model.observation import Observation
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.network import Certificate, Endpoint, HttpReply

NOT_OFFERED = ("refused", "injected")
"""Ways in which STARTTLS comes to nothing although it stands in the greeting."""


def believable_doors(situation: Situation, believed: MailRoute) -> dict[str, list[Door]]:
    """The doors of the exchangers that the records name; {} where somebody answers for them."""
    return {} if intercepted(situation) else own_doors(situation, believed)


def offered_elsewhere(situation: Situation) -> list[Door]:
    """Somebody else's exchangers that offer STARTTLS to us: nothing here takes it away."""
    return [d for d in looks(situation, SmtpDoor) if d.seen.whose != "own" and d.seen.starttls]


def offers_none(door: Door) -> bool:
    """Whether a server that greeted us does without encryption."""
    return door.seen.starttls is False or door.seen.starttls_talk in NOT_OFFERED


def vouching(situation: Situation, door: Door) -> list[Observation[Any]]:
    """What shows that the door's certificates are its own; [] where that may be doubted.

    Encryption with unrelated hosts must be in order, and none of them may show the very same
    certificate, or one of the same issuer, with a fault as here.
    """
    chain = door.seen.certificates
    good = controls_in_order(situation)
    if not chain or not good:
        return []
    for other in _strangers(situation):
        if other.seen.tls == "ok" or not other.seen.chain:
            continue
        leaf = other.seen.chain[0]
        if leaf.sha256 and leaf.sha256 == chain[0].sha256:
            return []
        unknown = door.seen.tls in UNKNOWN_ISSUER and other.seen.tls in UNKNOWN_ISSUER
        if leaf.issuer == chain[0].issuer and (unknown or door.seen.tls == other.seen.tls):
            return []
    return list(good)


def out_of_date(situation: Situation, door: Door, chain: tuple[Certificate, ...]) -> bool:
    """Whether one of these certificates is not valid now, by the right clock."""
    now = true_time(situation).of(door.at)
    return any(not c.not_before <= now <= c.not_after for c in chain)


def _strangers(situation: Situation) -> list[Observation[Any]]:
    """TLS with hosts that have nothing to do with the domain's mail."""
    endpoints: list[Observation[Any]] = [
        o for o in looks(situation, Endpoint) if o.seen.role == "control"
    ]
    return endpoints + [o for o in looks(situation, HttpReply) if o.seen.purpose == "https"]
