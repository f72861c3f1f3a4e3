"""The mail that was found: which of it may be the missing one, and where it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from mailwizard.diagnosis.sender_view import our_hosts
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Value
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import FolderSearch, MailSeen, Role, SenderHistory
from mailwizard.reading.junk_reasons import Reason, as_data, junk_reasons
from mailwizard.reading.subjects import same_subject

FAR_OFF = timedelta(days=2)  # from here on a list sorted by date hides a new mail


@dataclass(frozen=True, slots=True)
class Hit:
    """One message that arrived in the time asked about, with the search that saw it."""

    mail: MailSeen
    role: Role
    search: Observation[FolderSearch]

    @property
    def sorted_away(self) -> bool:
        """Whether the sender's date is far from the day on which it arrived."""
        dated = self.mail.dated
        return dated is not None and abs(dated - self.mail.arrived) > FAR_OFF


def hits(situation: Situation) -> list[Hit]:
    """Every message that fits the case, newest first; a copy in "all mail" does not count twice.

    Nor does an original that stays marked as deleted behind its copy in the inbox. Where the
    missing mail's subject is known, a message with another subject is another message.
    """
    found = [
        Hit(mail, search.seen.role, search)
        for search in situation.of(FolderSearch)
        for mail in search.seen.hits
        if mail.arrived >= search.seen.since and _fits(situation, mail)
    ]
    elsewhere = {hit.mail.message_id for hit in found if hit.role != "all"} - {""}
    kept = [h for h in found if h.role != "all" or h.mail.message_id not in elsewhere]
    kept = _without_left_over(kept)
    return sorted(kept, key=lambda h: (h.mail.arrived, h.mail.folder, h.mail.uid), reverse=True)


def _without_left_over(found: list[Hit]) -> list[Hit]:
    """What is not merely the rest of a move: servers without UID EXPUNGE leave the original so."""
    there = {_copied(h.mail) for h in found if h.role == "inbox" and not h.mail.flagged_deleted}
    return [h for h in found if not (h.mail.flagged_deleted and _copied(h.mail) in there)]


def _copied(mail: MailSeen) -> tuple[object, ...]:
    """What a message has in common with its copy (RFC 9051, 6.4.7)."""
    if mail.message_id:
        return (mail.message_id, mail.size)
    return (mail.arrived, mail.from_address, mail.subject, mail.size)


def _fits(situation: Situation, mail: MailSeen) -> bool:
    wanted = situation.case.subject
    if not wanted:
        return mail.matched != "subject"
    return same_subject(wanted, mail.subject)


def from_sender(situation: Situation, found: Iterable[Hit]) -> list[Hit]:
    """The hits whose author is the sender asked about: the address, or anybody of the domain."""
    whole_domain = situation.case.sender_address is None
    return [
        hit
        for hit in found
        if hit.mail.matched == "address" or (whole_domain and hit.mail.matched == "domain")
    ]


def why_sorted_out(situation: Situation, mail: MailSeen) -> dict[str, Value]:
    """The placeholders about why a mail was taken for spam, as far as its headers tell."""
    return as_data(reasons(situation, mail))


def reasons(situation: Situation, mail: MailSeen) -> tuple[Reason, ...]:
    """Why a mail may have been sorted out, and whether it is really the sender's.

    Where nothing tells which provider the mailbox is at, no provider's servers are taken for ours.
    """
    known = situation.provider_by != "default"
    ours = our_hosts(situation) if known else (situation.case.domain,)
    return junk_reasons(mail, ours, situation.case.sender_domain or "")


def same_person(situation: Situation, hit: Hit) -> list[Observation[SenderHistory]]:
    """Earlier mail of the asked address under the same display name as this other address."""
    name = hit.mail.from_name.casefold().strip()
    if not name:
        return []
    return [
        history
        for history in situation.of(SenderHistory)
        if any(
            mail.matched == "address" and mail.from_name.casefold().strip() == name
            for mail in history.seen.mails
        )
    ]


def address_is_known(situation: Situation) -> list[Observation[SenderHistory]]:
    """Earlier mail that really came from the address asked about."""
    return [
        history
        for history in situation.of(SenderHistory)
        if any(mail.matched == "address" for mail in history.seen.mails)
    ]
