"""Messages' header fields in batches, and one message that matters as a record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mailwizard.model.seen.mailbox import MailSeen
from mailwizard.model.shown import shown
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.matching import Trait
from mailwizard.probes.imap.replies import Garbled
from mailwizard.reading.headers import date, decoded, fields, mailboxes

BATCH = 250
MOST_RECEIVED = 30

_BRIEF = "FROM SENDER REPLY-TO RETURN-PATH SUBJECT DATE"
_SPAM = (
    *("x-spam-status", "x-spam-flag", "x-spam-score", "x-spam-level", "x-spam-report"),
    *("x-spam", "x-spamd-result", "x-rspamd-score", "x-alimail-antispam", "x-alimail-spam"),
    *("x-qq-spam", "x-coremail-antispam", "x-cm-spam", "x-ms-exchange-organization-scl"),
    *("x-forefront-antispam-report", "x-microsoft-antispam", "x-proofpoint-spam-details"),
    *("x-sieve", "x-spam-reason", "x-virus-scanned", "precedence", "list-id"),
)
_FULL = " ".join(
    (
        *("FROM", "SUBJECT", "DATE", "MESSAGE-ID", "RETURN-PATH", "RECEIVED"),
        "AUTHENTICATION-RESULTS",
        *(name.upper() for name in _SPAM),
    )
)


@dataclass(frozen=True, slots=True)
class Brief:
    """One message's UID, INTERNALDATE in UTC (else its Date, else None) and identifying fields."""

    uid: int
    arrived: datetime | None
    fields: dict[str, list[bytes]]


def briefs(client: ImapClient, uids: Sequence[int]) -> Iterator[list[Brief]]:
    """Messages in batches, in the order of ``uids``; one without a readable reply is left out.

    Raises Refused, Broken, Stopped.
    """
    items = ("INTERNALDATE", f"BODY.PEEK[HEADER.FIELDS ({_BRIEF})]")
    for start in range(0, len(uids), BATCH):
        batch = uids[start : start + BATCH]
        replies = fetched(client, batch, items)
        yield [_brief(uid, replies[uid]) for uid in batch if uid in replies]


def _brief(uid: int, reply: dict[bytes, Any]) -> Brief:
    found = header(reply)
    dated = next((date(value) for value in found.get("date", [])), None)
    return Brief(uid, utc(reply.get(b"INTERNALDATE")) or dated, found)


def fetched(
    client: ImapClient, uids: Sequence[int], items: Sequence[str]
) -> dict[int, dict[bytes, Any]]:
    """FETCH; a reply that makes no sense is narrowed down to the messages that cause it."""
    try:
        return client.fetch(uids, items)
    except Garbled:
        if len(uids) == 1:
            return {}
        half = len(uids) // 2
        return fetched(client, uids[:half], items) | fetched(client, uids[half:], items)


def mails(
    client: ImapClient, folder: str, traits: dict[int, Trait], arrivals: dict[int, datetime]
) -> tuple[MailSeen, ...]:
    """The records of the messages that matter, newest first. Raises Refused, Broken, Stopped."""
    items = ("FLAGS", "RFC822.SIZE", f"BODY.PEEK[HEADER.FIELDS ({_FULL})]")
    uids = sorted(traits)
    found: list[MailSeen] = []
    for start in range(0, len(uids), BATCH // 5):
        replies = fetched(client, uids[start : start + BATCH // 5], items)
        found += [
            _mail(folder, uid, traits[uid], arrivals[uid], replies.get(uid, {}))
            for uid in uids[start : start + BATCH // 5]
        ]
    return tuple(sorted(found, key=lambda mail: (mail.arrived, mail.uid), reverse=True))


def _mail(
    folder: str, uid: int, trait: Trait, arrived: datetime, reply: dict[bytes, Any]
) -> MailSeen:
    found = header(reply)
    authors = [m for value in found.get("from", [])[:1] for m in mailboxes(value)]
    return_path = [m for value in found.get("return-path", [])[:1] for m in mailboxes(value)]
    flags = {bytes(f).lower() for f in _tuple(reply.get(b"FLAGS")) if isinstance(f, bytes)}
    size = reply.get(b"RFC822.SIZE")
    return MailSeen(
        folder=folder,
        uid=uid,
        arrived=arrived,
        dated=next((date(value) for value in found.get("date", [])), None),
        from_address=shown(authors[0].address, 320) if authors else "",
        from_name=shown(authors[0].name, 120) if authors else "",
        subject=shown(decoded(found.get("subject", [b""])[0]), 300),
        size=size if isinstance(size, int) else 0,
        unread=b"\\seen" not in flags,
        matched=trait,
        flagged_deleted=b"\\deleted" in flags,
        message_id=message_id(found),
        return_path=shown(return_path[0].address, 320) if return_path else "",
        received=tuple(shown(decoded(v), 1000) for v in found.get("received", [])[:MOST_RECEIVED]),
        authentication=tuple(
            shown(decoded(v), 1000) for v in found.get("authentication-results", [])[:10]
        ),
        spam=tuple(
            f"{name}: {shown(decoded(value), 300)}"
            for name in _SPAM
            for value in found.get(name, [])[:3]
        ),
    )


def header(reply: dict[bytes, Any]) -> dict[str, list[bytes]]:
    """The header fields of one FETCH reply, whichever way the server writes the section's name."""
    found: dict[str, list[bytes]] = {}
    for key, value in reply.items():
        if key.startswith(b"BODY[") and isinstance(value, bytes):
            for name, content in fields(value):
                found.setdefault(name, []).append(content)
    return found


def utc(moment: object) -> datetime | None:
    """An INTERNALDATE as UTC; without a zone it is taken for UTC."""
    if not isinstance(moment, datetime):
        return None
    try:
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def message_id(found: dict[str, list[bytes]]) -> str:
    """The Message-ID as it is recorded; "" if there is none."""
    values = found.get("message-id", [])
    return shown(decoded(values[0]), 300) if values else ""


def _tuple(value: object) -> Iterable[object]:
    return value if isinstance(value, tuple) else ()
