"""Recorded mailbox evidence for the tables of the mailbox, quota and account judgements."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Seen
from mailwizard.model.provider import Provider, Site
from mailwizard.model.seen.door import RcptReply, SmtpDoor, SmtpReply
from mailwizard.model.seen.mailbox import (
    Folder,
    FolderList,
    FolderSearch,
    MailSeen,
    Quota,
    QuotaResource,
    Role,
    SenderHistory,
    SignIn,
)
from mailwizard.model.seen.user import Answer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SINCE = datetime(2026, 11, 9, tzinfo=UTC)
CASE = Case(me="lin@acme.example", sender="hans@customer.example", since=date(2026, 11, 9))
PROVIDER = Provider(
    id="test",
    name="Test mail",
    name_zh="测试邮箱",
    sites=(Site(id="test", webmail="mail.example.com", imap="imap.example.com"),),
)
_ROLES: dict[str, Role] = {
    "INBOX": "inbox",
    "Junk": "junk",
    "Trash": "trash",
    "Sent": "sent",
    "All": "all",
}


def mail(folder: str, days_ago: float = 1, **changes: Any) -> MailSeen:
    """A message of the customer's in a folder."""
    arrived = NOW - timedelta(days=days_ago)
    message = MailSeen(
        folder=folder,
        uid=int(1000 - days_ago),
        arrived=arrived,
        dated=arrived,
        from_address="hans@customer.example",
        from_name="Hans Becker",
        subject="Angebot 2026-118",
        size=12_000,
        unread=True,
        matched="address",
        message_id=f"<{days_ago}@customer.example>",
    )
    return replace(message, **changes)


def searched(folder: str, *hits: MailSeen, **changes: Any) -> FolderSearch:
    """A folder searched to its end."""
    seen = FolderSearch(
        folder=folder,
        role=_ROLES.get(folder, "other"),
        role_by="flag",
        since=SINCE,
        messages=500,
        method="headers",
        examined=20,
        complete=True,
        hits=tuple(hits),
        uidnext=600,
        others_arrived=20,
    )
    return replace(seen, **changes)


def listed(*folders: Folder) -> FolderList:
    """A folder list, by default one with flags."""
    usual = (
        Folder(name="Junk", flags=("\\Junk",), role="junk", role_by="flag"),
        Folder(name="INBOX", flags=(), role="inbox", role_by="name"),
    )
    return FolderList(folders=folders or usual, delimiter="/")


def history(*mails: MailSeen) -> SenderHistory:
    """Earlier mail of the sender."""
    return SenderHistory(mails=mails, examined=50, complete=True)


def signed_in(**changes: Any) -> SignIn:
    """A sign-in that succeeded, unless ``changes`` say otherwise."""
    seen = SignIn(host="imap.example.com", port=993, outcome="ok", greeting="* OK ready")
    return replace(seen, **changes)


def figures(used: int, limit: int, resource: str = "STORAGE") -> Quota:
    """The server's own quota figures."""
    return Quota(
        supported=True,
        resources=(QuotaResource(root="", resource=resource, used=used, limit=limit),),
    )


def door(
    code: int, enhanced: str, text: str, *, host: str = "mx.acme.example", others: int = 250
) -> SmtpDoor:
    """A dialogue with the own mail exchanger, up to RCPT."""
    said = SmtpReply(code=code, enhanced=enhanced, text=text)
    fine = SmtpReply(code=others, enhanced="", text=text if others >= 400 else "ok")
    return SmtpDoor(
        whose="own",
        host=host,
        address="192.0.2.25",
        connect="connected",
        stage="rcpt",
        banner=SmtpReply(code=220, enhanced="", text=f"{host} ESMTP"),
        rcpt=(RcptReply(who="user", reply=said), RcptReply(who="postmaster", reply=fine)),
    )


def answers(**given: str) -> list[Answer]:
    """The user's answers; ``_`` stands for ``-`` in a question's name."""
    return [Answer(question=q.replace("_", "-"), value=v) for q, v in given.items()]


def situation(
    *seen: Seen,
    case: Case = CASE,
    provider: Provider = PROVIDER,
    by: str = "mx",
    backwards: bool = False,
) -> Situation:
    """What the diagnosis sees; ``backwards`` logs the same evidence the other way round."""
    evidence = Evidence()
    for one in reversed(seen) if backwards else seen:
        probe = f"user:{one.question}" if isinstance(one, Answer) else "probe"
        evidence.add(probe, one, at=NOW, seconds=0.1)
    return Situation(case, evidence, provider, by)
