"""Mail that stands in the inbox and is not seen there: another tab, or a program that is stuck."""

from collections.abc import Sequence
from dataclasses import replace

from mailwizard.diagnosis.found_mail import Hit
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.mailbox import FolderSearch
from mailwizard.reading.spam_headers import verdicts

_SEVERAL = 3  # unread mails of others


def unseen(situation: Situation, findings: Sequence[Finding], own: Sequence[Hit]) -> list[Finding]:
    """IN_INBOX said more exactly where that can be; CLIENT_NOT_SYNCING also without the mail."""
    stuck = _stuck(situation)
    told = [
        _said_of_inbox(situation, one, stuck, own)
        if one.code == "IN_INBOX" and not one.data.get("variant")
        else one
        for one in findings
    ]
    return [*told, stuck] if stuck is not None and not own else told


def _said_of_inbox(
    situation: Situation, one: Finding, stuck: Finding | None, own: Sequence[Hit]
) -> Finding:
    """``one`` speaks of unread mail in the inbox, whose newest is the first such of ``own``."""
    if stuck is not None:
        return replace(
            one,
            code=stuck.code,
            certainty=stuck.certainty,
            because=tuple(dict.fromkeys((*one.because, *stuck.because))),
            data={**stuck.data, **one.data, "variant": ""},
        )
    has_tabs = situation.provider_by != "default" and "tabs" in situation.provider.paths
    newest = next((hit for hit in own if hit.role == "inbox" and hit.mail.unread), None)
    if has_tabs and newest is not None and _bulk(newest):
        return replace(one, code="IN_INBOX_OTHER_TAB")
    return one


def _bulk(hit: Hit) -> bool:
    """What such tabs are for: mail of a list or a sending service."""
    return any(v.kind == "bulk" for v in verdicts(hit.mail.spam, microsoft=False))


def _stuck(situation: Situation) -> Finding | None:
    """The user sees no mail of others, and yet it stands in the inbox, most of it unread."""
    nobody = situation.answered("others", "no")
    if nobody is None or situation.answered("internal", "yes"):
        return None
    for search in situation.of(FolderSearch):
        seen = search.seen
        if seen.role != "inbox" or seen.others_arrived is None or seen.others_read is None:
            continue
        unread = seen.others_arrived - seen.others_read
        if unread >= _SEVERAL and unread * 2 >= seen.others_arrived:
            return finding(
                "CLIENT_NOT_SYNCING",
                [search, nobody],
                certainty=Certainty.LIKELY,
                outcome=Outcome.RISK,
                variant="others",
                others=unread,
            )
    return None
