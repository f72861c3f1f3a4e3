"""What the mailbox's probes saw, in one short line each; "" where they saw nothing."""

from typing import TypeVar

from mailwizard.model.amounts import KIB, octets
from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Seen
from mailwizard.model.seen.mailbox import FolderSearch, MailboxSize, Quota, SenderHistory
from mailwizard.model.seen.notices import (
    LookAlikeMail,
    NoticesSearched,
    QuarantineNotice,
    ReplyBounced,
)
from mailwizard.model.seen.sender import Bounce
from mailwizard.text.language import _

S = TypeVar("S", bound=Seen)


def search_line(probe: str, evidence: Evidence) -> str:
    """The folders searched, and what was found in them."""
    folders = _all(FolderSearch, probe, evidence)
    if not folders:
        return ""
    return _("{done} of {total} folders, found: {found}").format(
        done=sum(folder.complete for folder in folders),
        total=len(folders),
        found=sum(len(folder.hits) for folder in folders),
    )


def history_line(probe: str, evidence: Evidence) -> str:
    """The sender's earlier mail."""
    for history in _all(SenderHistory, probe, evidence):
        return _("earlier mails: {found}").format(found=len(history.mails))
    return ""


def notices_line(probe: str, evidence: Evidence) -> str:
    """The notices among the mail."""
    for searched in _all(NoticesSearched, probe, evidence):
        found = sum(
            len(_all(kind, probe, evidence))
            for kind in (Bounce, QuarantineNotice, ReplyBounced, LookAlikeMail)
        )
        return _("{examined} mails read, notices: {found}").format(
            examined=searched.examined, found=found
        )
    return ""


def quota_line(probe: str, evidence: Evidence) -> str:
    """How full the mailbox is."""
    for quota in _all(Quota, probe, evidence):
        for resource in quota.resources:
            of_inbox = not resource.folders or "INBOX" in resource.folders
            if of_inbox and resource.resource.upper() == "STORAGE" and resource.limit:
                return _("{percent} % full: {used} of {limit}").format(
                    percent=100 * resource.used // resource.limit,
                    used=octets(resource.used * KIB),
                    limit=octets(resource.limit * KIB),
                )
    for size in _all(MailboxSize, probe, evidence):
        return _("{used} of mail, limit not told").format(used=octets(sum(size.octets.values())))
    return _("the server does not tell") if _all(Quota, probe, evidence) else ""


def _all(kind: type[S], probe: str, evidence: Evidence) -> list[S]:
    return [observation.seen for observation in evidence.of(kind, probe)]
