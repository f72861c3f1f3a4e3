"""Messages' header fields in batches, and one message that matters as a record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mailwizard.model.seen.mailbox import MailSeen
from mailwizard.model.shown import shown
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.matching import Trait
from mailwizard.probes.imap.replies import Garbled
from mailwizard.probes.imap.stream import Reply, fetch_stream
from mailwizard.probes.imap.uid_sets import uid_set
from mailwizard.reading.headers import date, decoded, fields, mailboxes

BATCH = 400
HIT_BATCH = 50
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
    """One message's UID, INTERNALDATE in UTC (else its Date, else None) and identifying fields.

    ``read`` is the flag \\Seen, False where flags were not asked for.
    """

    uid: int
    arrived: datetime | None
    fields: dict[str, list[bytes]]
    read: bool = False


def brief_items(*, flags: bool = False) -> bytes:
    """What FETCH is asked for, for ``brief_of``."""
    more = b" FLAGS" if flags else b""
    return b"(UID INTERNALDATE%s BODY.PEEK[HEADER.FIELDS (%s)])" % (more, _BRIEF.encode())


def mail_items(*, parts: bool = False) -> bytes:
    """What FETCH is asked for, for ``mail_of``; with ``parts`` BODYSTRUCTURE, too."""
    more = b" BODYSTRUCTURE" if parts else b""
    return b"(UID FLAGS RFC822.SIZE%s BODY.PEEK[HEADER.FIELDS (%s)])" % (more, _FULL.encode())


def structure_items() -> bytes:
    """What FETCH is asked for, for ``brief_of`` and the names of files."""
    return b"(UID INTERNALDATE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (%s)])" % _BRIEF.encode()


def message_sets(uids: Sequence[int], size: int = BATCH) -> Iterator[bytes]:
    """UID sets such as ``5:9,12`` of at most ``size`` messages, in the order of ``uids``."""
    for start in range(0, len(uids), size):
        yield uid_set(sorted(uids[start : start + size]))


def brief_of(reply: Reply) -> Brief | None:
    """A message from its FETCH reply; None for one that is no answer to ``brief_items``."""
    uid, block = reply.uid, reply.section
    if uid is None or block is None:
        return None
    found = grouped(block)
    arrived = reply.arrived or next((date(value) for value in found.get("date", [])), None)
    return Brief(uid, arrived, found, b"\\seen" in reply.flags)


def briefs(client: ImapClient, uids: Sequence[int]) -> Iterator[list[Brief]]:
    """Messages in batches, in the order of ``uids``; one without a readable reply is left out.

    Whoever stops reading early ends at a batch's end, with the connection in order. Raises Refused,
    Garbled, Broken, Stopped.
    """
    for start in range(0, len(uids), BATCH):
        batch = uids[start : start + BATCH]
        [numbers] = message_sets(batch)
        found = {
            brief.uid: brief
            for reply in fetch_stream(client, numbers, brief_items())
            if (brief := brief_of(reply)) is not None
        }
        yield [found[uid] for uid in batch if uid in found]


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


@dataclass(frozen=True, slots=True)
class Match:
    """A message that is tied to the case, before its whole header is read."""

    brief: Brief
    trait: Trait
    arrived: datetime


def mails(client: ImapClient, folder: str, matches: Sequence[Match]) -> list[MailSeen]:
    """The records of messages that matter, in their order.

    Raises Refused, Garbled, Broken, Stopped.
    """
    replies: dict[int, Reply] = {}
    for numbers in message_sets([match.brief.uid for match in matches], HIT_BATCH):
        for reply in fetch_stream(client, numbers, mail_items()):
            if reply.uid is not None and reply.section is not None:
                replies[reply.uid] = reply
    return [mail_of(folder, match, replies.get(match.brief.uid)) for match in matches]


def mail_of(
    folder: str, match: Match, reply: Reply | None, attachments: tuple[str, ...] = ()
) -> MailSeen:
    """One record; without a reply to ``mail_items`` from what was known before."""
    block = reply.section if reply is not None else None
    found = grouped(block) if block is not None else match.brief.fields
    authors = [m for value in found.get("from", [])[:1] for m in mailboxes(value)]
    return_path = [m for value in found.get("return-path", [])[:1] for m in mailboxes(value)]
    flags = reply.flags if reply is not None else ()
    return MailSeen(
        folder=folder,
        uid=match.brief.uid,
        arrived=match.arrived,
        dated=next((date(value) for value in found.get("date", [])), None),
        from_address=shown(authors[0].address, 320) if authors else "",
        from_name=shown(authors[0].name, 120) if authors else "",
        subject=shown(decoded(found.get("subject", [b""])[0]), 300),
        size=(reply.size if reply is not None else None) or 0,
        unread=b"\\seen" not in flags,
        matched=match.trait,
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
        attachments=attachments,
    )


def grouped(block: bytes) -> dict[str, list[bytes]]:
    """The fields of a header block by name."""
    found: dict[str, list[bytes]] = {}
    for name, content in fields(block):
        found.setdefault(name, []).append(content)
    return found


def header(reply: dict[bytes, Any]) -> dict[str, list[bytes]]:
    """The header fields of one FETCH reply, whichever way the server writes the section's name."""
    found: dict[str, list[bytes]] = {}
    for key, value in reply.items():
        if key.startswith(b"BODY[") and isinstance(value, bytes):
            for name, contents in grouped(value).items():
                found.setdefault(name, []).extend(contents)
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
