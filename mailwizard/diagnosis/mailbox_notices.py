"""Notices that lie in the mailbox: of a quarantine that holds mail back, of a reply that came back.

A false notice of a quarantine is one of the commonest baits, so only those in the company's or the
provider's own name prove anything, and none that lies in the spam folder or was found forged.
"""

from collections.abc import Sequence

from mailwizard.diagnosis.sender_view import our_hosts
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import FolderSearch
from mailwizard.model.seen.notices import QuarantineNotice, ReplyBounced
from mailwizard.reading.addresses import same_organisation, split
from mailwizard.reading.authentication_results import own_results
from mailwizard.reading.free_mail import is_free_mail
from mailwizard.reading.notices import FILTER_MAKERS, from_no_person

Notice = Observation[QuarantineNotice]

LIKELY, POSSIBLE = Certainty.LIKELY, Certainty.POSSIBLE

# RFC 3463: the recipient's domain or mailbox (1), the mailbox's state (2), the way there (4).
_THEIR_SIDE = ("5.1.", "5.2.", "5.4.", "4.4.", "4.2.")


def quarantined(situation: Situation) -> list[Finding]:
    """PROBABLY_QUARANTINED, where the mail asked about was found nowhere.

    A stranger's notice that names the customer all the same is passed on as a risk: companies rent
    filters from whom they like.
    """
    sound = [notice for notice in situation.of(QuarantineNotice) if _sound(situation, notice)]
    if situation.case.sender is None:
        return []
    ours = [notice for notice in sound if _of_ours(situation, notice)]
    naming = [notice for notice in sound if _names_the_mail(situation, notice)]
    proving = [notice for notice in naming if notice in ours]
    for notices, variant in ((proving, ""), (naming, "stranger"), (ours, "unnamed")):
        if notices:
            return [_quarantined(situation, notices, variant)]
    return []


def _quarantined(situation: Situation, notices: Sequence[Notice], variant: str) -> Finding:
    newest = max(notices, key=lambda notice: (notice.seen.arrived, notice.seen.uid))
    return finding(
        "PROBABLY_QUARANTINED",
        notices,
        certainty=POSSIBLE if variant else LIKELY,
        outcome=Outcome.RISK if variant else None,
        variant=variant,
        sender=newest.seen.named or situation.case.sender,
        notice=newest.seen.subject,
        source=newest.seen.from_address,
        date=newest.seen.arrived.astimezone().strftime("%Y-%m-%d"),
    )


def replies_bounced(situation: Situation) -> list[Finding]:
    """SENDER_CANNOT_RECEIVE, where the user's own mail to them came back for a reason of theirs."""
    returned = [
        o
        for o in situation.of(ReplyBounced)
        if o.seen.enhanced.startswith(_THEIR_SIDE)
        and split(o.seen.recipient)[1] == situation.case.sender_domain
    ]
    if not returned:
        return []
    newest = max(returned, key=lambda o: o.seen.arrived)
    return [
        finding(
            "SENDER_CANNOT_RECEIVE",
            returned,
            certainty=POSSIBLE if newest.seen.delayed else LIKELY,
            variant="reply",
            domain=situation.case.sender_domain,
            recipient=newest.seen.recipient,
            date=newest.seen.arrived.astimezone().strftime("%Y-%m-%d"),
            said=newest.seen.said,
        )
    ]


def _names_the_mail(situation: Situation, notice: Notice) -> bool:
    """Where the subject is known, another mail of theirs is another mail."""
    if situation.case.subject:
        return notice.seen.names in ("subject", "address")
    return notice.seen.names != ""


def _of_ours(situation: Situation, notice: Notice) -> bool:
    """Whether the company, its provider or a known maker of filters wrote it, by its address."""
    domain = split(notice.seen.from_address)[1]
    if is_free_mail(domain) and not from_no_person(notice.seen.from_address):
        return False  # anybody can have an address there
    ours = (*_our_domains(situation), *FILTER_MAKERS)
    return any(same_organisation(domain, host) for host in ours)


def _sound(situation: Situation, notice: Notice) -> bool:
    """Whether nothing speaks against its address: no filter's judgement, no failed proof."""
    roles = {s.seen.folder: s.seen.role for s in situation.of(FolderSearch)}
    if roles.get(notice.seen.folder) == "junk" or not notice.seen.from_address:
        return False
    results = own_results(notice.seen.authentication, _our_domains(situation))
    if results is None:
        return True
    proven = any(results.said(method, "pass") for method in ("dmarc", "dkim", "spf"))
    failed = results.said("spf", "fail", "softfail")
    return not results.said("dmarc", "fail") and (proven or not failed)


def _our_domains(situation: Situation) -> list[str]:
    return [host.removeprefix("*.") for host in our_hosts(situation)]
