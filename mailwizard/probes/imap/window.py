"""Which messages of a folder arrived since a moment: asked of a server as far as it is believed.

SEARCH knows days only, in the server's own time zone; so one day more is asked for, and each
message's INTERNALDATE decides.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mailwizard.probes.imap.client import ImapClient, Opened, imap_date
from mailwizard.probes.imap.matching import Wanted
from mailwizard.probes.imap.messages import briefs, utc
from mailwizard.probes.imap.replies import Garbled, Refused
from mailwizard.reading.headers import mailboxes

MOST_BY_NUMBER = 20_000
_STEP = 500


@dataclass(slots=True)
class Belief:
    """What this server's SEARCH is good for; None until it was tried."""

    since: bool | None = None
    sender: bool | None = None


def start_of(day: date) -> datetime:
    """The first moment of a day on this computer's calendar, in UTC."""
    return datetime.combine(day, time.min).astimezone(UTC)


def search_day(since: datetime) -> str:
    """The day to ask SEARCH SINCE for, so that no time zone of the server hides a message."""
    return imap_date((since - timedelta(days=1)).date())


def arrived_since(
    client: ImapClient, opened: Opened, since: datetime, belief: Belief
) -> tuple[list[int], bool]:
    """UIDs of what may have arrived since then, newest last, and whether that is all of them.

    A server whose SEARCH does not find its own newest message is not asked again: then the
    messages are taken by number. Raises Refused, Garbled, Broken, Stopped.
    """
    if belief.since is not False:
        try:
            uids = client.search("SINCE", search_day(since))
        except (Refused, Garbled):
            belief.since = False
        else:
            if belief.since is None and opened.messages:
                belief.since = _finds_newest(client, opened.messages, since, uids)
            if belief.since is not False:
                return uids, True
    return _by_number(client, opened.messages or 0, since)


def _finds_newest(
    client: ImapClient, messages: int, since: datetime, uids: list[int]
) -> bool | None:
    """Whether SEARCH found the folder's last message, if that is new; None if it is not."""
    try:
        replies = client.fetch_numbered([messages], ("UID", "INTERNALDATE"))
    except (Refused, Garbled):
        return None
    for reply in replies:
        arrived, uid = utc(reply.get(b"INTERNALDATE")), reply.get(b"UID")
        if arrived is not None and isinstance(uid, int) and arrived >= since:
            return uid in uids
    return None


def _by_number(client: ImapClient, messages: int, since: datetime) -> tuple[list[int], bool]:
    first = max(0, messages - MOST_BY_NUMBER)
    uids: list[int] = []
    for start in range(messages, first, -_STEP):
        numbers = range(max(first, start - _STEP) + 1, start + 1)
        for reply in client.fetch_numbered(numbers, ("UID", "INTERNALDATE")):
            arrived, uid = utc(reply.get(b"INTERNALDATE")), reply.get(b"UID")
            if isinstance(uid, int) and (arrived is None or arrived >= since):
                uids.append(uid)
    return sorted(uids), first == 0


def by_sender(
    client: ImapClient, wanted: Wanted, uids: list[int], belief: Belief, *also: str
) -> list[int] | None:
    """The UIDs that SEARCH gives for the sender; None where its SEARCH FROM is not to be believed.

    It is believed if it gives nothing for a name that cannot be there, and gives a message that is
    known to be there for its own author. ``also`` are further criteria. Raises Broken, Stopped.
    """
    trait = wanted.domain or wanted.address
    if trait is None or "xn--" in trait or not _plain(trait) or not uids:
        return None
    if belief.sender is None:
        belief.sender = _sender_search_works(client, uids[-1])
    if not belief.sender:
        return None
    asked: list[tuple[str, ...]] = [("FROM", f'"{trait}"')]
    asked += [("HEADER", name, f'"{trait}"') for name in ("Reply-To", "Sender")]
    if wanted.subject and _plain(wanted.subject):
        asked.append(("SUBJECT", f'"{wanted.subject}"'))
    found: set[int] = set()
    for criteria in asked:
        try:
            found.update(client.search(*also, *criteria))
        except (Refused, Garbled):
            if criteria[0] == "FROM":
                belief.sender = False
                return None
    return sorted(found)


def _sender_search_works(client: ImapClient, known: int) -> bool:
    try:
        if client.search("FROM", f'"{secrets.token_hex(8)}.invalid"'):
            return False
        for brief in next(briefs(client, [known]), []):
            for author in mailboxes(brief.fields.get("from", [b""])[0]):
                if _plain(author.address):
                    return known in client.search("FROM", f'"{author.address}"')
    except (Refused, Garbled):
        return False
    return False


def _plain(text: str) -> bool:
    """Whether a text can go into a quoted string as it is."""
    return text.isascii() and text.isprintable() and not set('"\\') & set(text)
