"""Mail that an earlier search saw in the inbox, and that is elsewhere now: who took it?

Only what cannot have been the user, who was told where the mail stands, counts: it is still unread.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailwizard.diagnosis.found_mail import Hit
from mailwizard.diagnosis.mailbox_rules import Placed
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.diagnosis.steps import seen_in_order
from mailwizard.model.finding import Certainty, Finding, Step
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import FolderSearch, MailSeen
from mailwizard.model.seen.moved import MailMoved

Search = Observation[FolderSearch]

_TAKEN_TO = ("trash", "junk")


def placed(situation: Situation, own: Sequence[Hit]) -> Placed:
    """The code of hits that something took out of the inbox between two searches."""
    return {
        (hit.mail.folder, hit.mail.uid): "OTHER_DEVICE_MOVED"
        for hit in own
        if _taken(situation, hit) is not None
    }


def told(situation: Situation, findings: Sequence[Finding], own: Sequence[Hit]) -> list[Finding]:
    """OTHER_DEVICE_MOVED with the earlier search that it stands on."""
    completed: list[Finding] = []
    for one in findings:
        if one.code == "OTHER_DEVICE_MOVED":
            there = [hit for hit in own if hit.mail.folder == one.data["folder"]]
            before = next(search for hit in there if (search := _taken(situation, hit)))
            at = before.at.astimezone().strftime("%Y-%m-%d %H:%M")
            one = replace(one, because=(*one.because, before.id), data={**one.data, "before": at})
        completed.append(one)
    return completed


def _taken(situation: Situation, hit: Hit) -> Search | None:
    """The earlier search that saw this very mail in the inbox, if nobody but a program moved it."""
    mail = hit.mail
    if hit.role not in _TAKEN_TO or not mail.unread or not mail.message_id:
        return None
    if _moved_by_us(situation):
        return None
    earlier = [
        (search, seen)
        for search, seen in _earlier(situation)
        if seen.message_id == mail.message_id and seen.arrived == mail.arrived
    ]
    if any(seen.folder == mail.folder for _search, seen in earlier):
        return None  # it was there before: it has been put back
    inbox = [search for search, seen in earlier if search.seen.role == "inbox" and seen.unread]
    return max(inbox, key=lambda search: (search.at, search.run), default=None)


def gone(situation: Situation) -> list[Finding]:
    """The sender's unread mail was in the inbox, and is in no folder now: something fetched it."""
    inbox = next((s for s in situation.of(FolderSearch) if s.seen.role == "inbox"), None)
    if inbox is None or not seen_in_order(Step.SPAM, situation) or _moved_by_us(situation):
        return []
    left = [s for s in situation.of(FolderSearch) if s.seen.complete]
    for search, mail in _earlier(situation):
        same = search.seen.uidvalidity == inbox.seen.uidvalidity and search.seen.role == "inbox"
        grown = (inbox.seen.uidnext or 0) >= (search.seen.uidnext or 1)
        if not (same and grown and inbox.seen.uidvalidity is not None and mail.unread):
            continue
        if mail.arrived < inbox.seen.since or mail.flagged_deleted:
            continue
        return [
            finding(
                "OTHER_DEVICE_MOVED",
                [search, *left],
                certainty=Certainty.POSSIBLE,
                variant="gone",
                sender=mail.from_address,
                subject=mail.subject,
                before=search.at.astimezone().strftime("%Y-%m-%d %H:%M"),
            )
        ]
    return []


def _moved_by_us(situation: Situation) -> bool:
    return any(isinstance(o.seen, MailMoved) for o in situation.evidence)


def _earlier(situation: Situation) -> Iterator[tuple[Search, MailSeen]]:
    """The sender's mail as earlier runs of the searches saw it, newest run first."""
    believed = {search.id for search in situation.of(FolderSearch)}
    asked = situation.case.sender_address
    domain = situation.case.sender_domain
    searches = [
        o for o in situation.evidence if isinstance(o.seen, FolderSearch) and o.id not in believed
    ]
    for search in sorted(searches, key=lambda o: (o.run, o.at), reverse=True):
        for mail in search.seen.hits:
            author = mail.from_address.lower()
            if author == asked or (asked is None and author.rpartition("@")[2] == domain):
                yield search, mail
