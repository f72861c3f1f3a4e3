"""Removes messages from one folder of the mailbox: exactly those that are named, no others.

Never a bare EXPUNGE, nor CLOSE: they would remove what other programs have marked as deleted.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailwizard.actions.archive.receiving import message_id
from mailwizard.actions.expunging import DELETED, takes_uid_expunge
from mailwizard.probes.imap.client import ImapClient, quoted
from mailwizard.probes.imap.replies import Refused
from mailwizard.probes.imap.stream import Reply, fetch_stream
from mailwizard.probes.imap.uid_sets import uid_set

How = Literal["removed", "flagged", "trashed"]
_LOOK = b"(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"


@dataclass(frozen=True, slots=True)
class Expected:
    """A message as it must still be under its UID; None for what is not known.

    ``sizes``: any of these as RFC822.SIZE; empty for whatever size.
    """

    uid: int
    sizes: tuple[int, ...] = ()
    arrived: datetime | None = None
    message_id: str | None = None

    def is_seen_in(self, reply: Reply) -> bool:
        """Whether a FETCH reply tells of the same message."""
        if self.sizes and reply.size is not None and reply.size not in self.sizes:
            return False
        if None not in (self.arrived, reply.arrived) and self.arrived != reply.arrived:
            return False
        told = reply.section
        return None in (self.message_id, told) or message_id(told or b"") == self.message_id


@dataclass(frozen=True, slots=True)
class Way:
    """How this server lets single messages be removed.

    ``trash`` is the wire name of the folder that they are moved to, where a deletion would only
    take a label away; else "". ``single``: UID EXPUNGE is offered (RFC 4315).
    """

    single: bool
    trash: bytes = b""


def way(capabilities: Sequence[str], folder: bytes, trash: bytes, *, closed: bool) -> Way:
    """The way for a folder; ``trash`` is the mailbox's trash, b"" for none.

    ``closed``: the folder's own deletion is final (trash and junk). Gmail's folders are labels:
    there a deletion elsewhere leaves the message where it takes the same room.
    """
    single = takes_uid_expunge(capabilities)
    labels = "X-GM-EXT-1" in capabilities and not closed and folder != trash
    return Way(single, trash if labels else b"")


def present(client: ImapClient, uids: Sequence[int]) -> set[int]:
    """Which UIDs the opened folder still has. Raises Refused, Garbled, Broken, Stopped."""
    items = b"(UID RFC822.SIZE)"
    wanted = set(uids)
    with closing(fetch_stream(client, uid_set(sorted(wanted)), items)) as replies:
        return {reply.uid for reply in replies if reply.uid in wanted and reply.uid is not None}


def sort(
    client: ImapClient, expected: Sequence[Expected]
) -> tuple[list[int], dict[int, Literal["gone", "changed"]]]:
    """The UIDs that still name what is expected, and why others do not.

    Raises Refused, Garbled, Broken, Stopped.
    """
    by_uid = {one.uid: one for one in expected}
    seen: dict[int, bool] = {}
    with closing(fetch_stream(client, uid_set(sorted(by_uid)), _LOOK)) as replies:
        for reply in replies:
            uid = reply.uid
            if uid not in by_uid or uid is None:
                continue
            if reply.size is not None:
                seen[uid] = by_uid[uid].is_seen_in(reply)
            else:
                seen.setdefault(uid, False)  # it is there, but that is all that is known of it
    good = [uid for uid in by_uid if seen.get(uid)]
    other: dict[int, Literal["gone", "changed"]] = {
        uid: "changed" if uid in seen else "gone" for uid in by_uid if not seen.get(uid)
    }
    return good, other


def remove(
    client: ImapClient, uids: Sequence[int], by: Way, left: Callable[[int, str], None]
) -> tuple[list[int], How]:
    """Removes these from the selected folder; returns which of them it has no more, or are flagged.

    ``left`` is told of each that stays. Raises Garbled, Broken, Stopped, and Refused where the
    server does not even take a question.
    """
    if not uids:
        return [], "removed"
    try:
        if by.trash:
            client.change("MOVE", uids, quoted(by.trash))
            return _gone(client, uids, left), "trashed"
        client.change("STORE", uids, b"+FLAGS.SILENT", DELETED)
    except Refused:
        return _gone(client, uids, left), "removed"
    if not by.single:
        return _flagged(client, uids, left), "flagged"
    try:
        client.change("EXPUNGE", uids)
    except Refused:
        return _flagged(client, uids, left), "flagged"
    return _gone(client, uids, left), "removed"


def _gone(client: ImapClient, uids: Sequence[int], left: Callable[[int, str], None]) -> list[int]:
    """Which of them the folder has no more."""
    still = present(client, uids)
    for uid in sorted(still):
        left(uid, "refused")
    return [uid for uid in uids if uid not in still]


def _flagged(
    client: ImapClient, uids: Sequence[int], left: Callable[[int, str], None]
) -> list[int]:
    """Which of them bear the mark now; some servers say OK and change nothing."""
    marked: set[int] = set()
    with closing(fetch_stream(client, uid_set(sorted(uids)), b"(UID FLAGS)")) as replies:
        for reply in replies:
            if reply.uid is not None and b"\\deleted" in reply.flags:
                marked.add(reply.uid)
    for uid in uids:
        if uid not in marked:
            left(uid, "refused")
    return [uid for uid in uids if uid in marked]
