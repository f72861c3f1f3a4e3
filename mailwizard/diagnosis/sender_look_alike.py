"""Mail from a domain that is nearly the one asked about: a slip of ours, or a swindler's name."""

from mailwizard.diagnosis.sender_view import arrived
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.mailbox import FolderSearch, SenderHistory
from mailwizard.model.seen.notices import LookAlikeMail
from mailwizard.reading.addresses import distance, split
from mailwizard.reading.look_alike import looks_like

POSSIBLE = Certainty.POSSIBLE
_SLIPS = 2  # between the name asked for and that of earlier mail, where neither is known otherwise
_LONG = 8  # characters of a domain that is near to another by no chance


def judge_look_alike(situation: Situation) -> list[Finding]:
    """SENDER_LOOKALIKE: of mail that arrived lately, or of all the earlier mail."""
    domain = situation.case.sender_domain
    if domain is None:
        return []
    return _lately(situation, domain) or _earlier(situation, domain)


def _lately(situation: Situation, domain: str) -> list[Finding]:
    """A warning, also where the customer's own mail arrives: swindlers answer real mail."""
    others: dict[str, list[Observation[Seen]]] = {}
    for mail in situation.of(LookAlikeMail):
        other = split(mail.seen.from_address)[1]
        if looks_like(other, domain):
            others.setdefault(other, []).append(mail)
    for search in situation.of(FolderSearch):
        for hit in search.seen.hits:
            other = split(hit.from_address)[1]
            if looks_like(other, domain):
                others.setdefault(other, []).append(search)
    return [
        finding(
            "SENDER_LOOKALIKE",
            because,
            certainty=POSSIBLE,
            variant="now",
            domain=domain,
            other=other,
        )
        for other, because in sorted(others.items())[:1]
    ]


def _earlier(situation: Situation, domain: str) -> list[Finding]:
    """Only another, nearly equal domain's mail is here."""
    if arrived(situation):
        return []
    others: dict[str, Observation[SenderHistory]] = {}
    for history in situation.of(SenderHistory):
        for mail in history.seen.mails:
            other = split(mail.from_address)[1]
            if other == domain:
                return []
            if other and distance(other, domain) <= _SLIPS and len(domain) >= _LONG:
                others.setdefault(other, history)
    return [
        finding("SENDER_LOOKALIKE", [because], certainty=POSSIBLE, domain=domain, other=other)
        for other, because in sorted(others.items())[:1]
    ]
