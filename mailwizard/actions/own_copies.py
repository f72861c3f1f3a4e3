"""Finds the test mail in the mailbox, wherever it lies, and takes it away again.

A folder is asked what came in since before the sending: by UIDNEXT, or by the last messages where
the server does not tell it. SEARCH is never needed, so no server's SEARCH can mislead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mailwizard.actions.expunging import DELETED, takes_uid_expunge
from mailwizard.actions.own_message import OwnMessage
from mailwizard.model.seen.self_test import Fate, OwnCopy
from mailwizard.probes.imap.client import ImapClient, Opened, quoted
from mailwizard.probes.imap.folders import INBOX, Place, list_folders
from mailwizard.probes.imap.lending import borrow
from mailwizard.probes.imap.messages import fetched, header
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting

FIRST = ("inbox", "junk")
MOST_NEW = 200  # of one folder: what came in within minutes
_LAST = 20  # messages looked at where the server does not tell its UIDNEXT
_ITEMS = ("BODY.PEEK[HEADER.FIELDS (MESSAGE-ID SUBJECT)]",)
_MOST_CONNECTIONS = 4


@dataclass(slots=True)
class OwnCopies:
    """The mailbox on one connection at a time; a broken one is opened anew, a few times.

    ``copies`` are all places where the mail was seen, by wire name and UID. Methods raise
    NoMailbox, Broken, Skipped, Stopped.
    """

    setting: Setting
    message: OwnMessage
    client: ImapClient
    places: tuple[Place, ...] = ()
    copies: dict[tuple[bytes, int], OwnCopy] = field(default_factory=dict)
    _before: dict[bytes, Opened] = field(default_factory=dict)
    _read: set[tuple[bytes, int]] = field(default_factory=set)
    _connections: int = 1

    @classmethod
    def of(cls, setting: Setting, message: OwnMessage) -> "OwnCopies":
        """Opens the mailbox and lists its folders: inbox and junk first, all mail last."""
        mailbox = cls(setting, message, borrow(setting))
        try:
            listed = list_folders(mailbox.client, setting.provider, set()).places
        except (Refused, Garbled):
            listed = (INBOX,)
        open_ones = [place for place in listed if place.folder.selectable]
        mailbox.places = tuple(sorted(open_ones, key=_turn))
        return mailbox

    def remember(self, place: Place) -> None:
        """Notes how far a folder is filled, before the sending."""
        try:
            self._before[place.wire_name] = self.client.examine(place.wire_name)
        except (Refused, Garbled):
            return

    def look(self, place: Place, seconds: float) -> bool:
        """Looks for the mail in one folder; whether the folder could be looked at."""
        for _again in range(2):
            try:
                uids = self._ours(place, self.client.examine(place.wire_name))
            except (Refused, Garbled):
                return False
            except Broken:
                self._connect_anew()
                continue
            for uid in uids:
                seen = OwnCopy(folder=place.folder.name, role=place.folder.role, seconds=seconds)
                self.copies.setdefault((place.wire_name, uid), seen)
            return True
        return False

    def remove(self, place: Place) -> None:
        """Takes this folder's copies away, each looked at again just before."""
        for (name, uid), copy in list(self.copies.items()):
            if name != place.wire_name or copy.fate != "left":
                continue
            for _again in range(2):
                try:
                    self.copies[name, uid] = replace(copy, fate=self._remove(place, uid))
                except (Refused, Garbled):
                    break
                except Broken:
                    self._connect_anew()
                else:
                    break

    def close(self) -> None:
        """Ends the connection."""
        self.client.close()

    def _ours(self, place: Place, opened: Opened) -> list[int]:
        """The UIDs of the test mail among what is new in the opened folder."""
        before = self._before.get(place.wire_name)
        uids = _new_uids(before, opened)
        if uids is None:
            count = opened.messages or 0
            numbers = range(max(0, count - _LAST) + 1, count + 1)
            found = self.client.fetch_numbered(numbers, ("UID", *_ITEMS)) if numbers else []
            replies = {uid: one for one in found if isinstance(uid := one.get(b"UID"), int)}
        else:
            unread = [uid for uid in uids if (place.wire_name, uid) not in self._read]
            replies = fetched(self.client, unread, _ITEMS) if unread else {}
        ours = []
        for uid, reply in replies.items():
            fields = header(reply)
            if self.message.names(fields):
                ours.append(uid)
            elif fields:
                self._read.add((place.wire_name, uid))
        return ours

    def _remove(self, place: Place, uid: int) -> Fate:
        """Exactly this message: by MOVE to the trash, or STORE and UID EXPUNGE (RFC 4315).

        Where a folder shows all mail, expunging one label's view leaves the mail: there only the
        trash takes it away. Raises Refused, Garbled, Broken, Stopped.
        """
        if not self.client.select(place.wire_name).writable:
            return "left"
        reply = fetched(self.client, [uid], _ITEMS).get(uid)
        if reply is None:
            return "removed"
        if not self.message.names(header(reply)):
            return "left"
        single = takes_uid_expunge(self.client.capabilities_now())
        labels = any(one.folder.role == "all" for one in self.places)
        if (labels or not single) and self._to_trash(place, uid):
            return "trashed"
        self.client.change("STORE", [uid], b"+FLAGS.SILENT", DELETED)
        if single:
            self.client.change("EXPUNGE", [uid])
        return "marked" if self._there(uid) else "removed"

    def _to_trash(self, place: Place, uid: int) -> bool:
        trash = next((one for one in self.places if one.folder.role == "trash"), None)
        if trash is None or trash == place:
            return False
        try:
            self.client.change("MOVE", [uid], quoted(trash.wire_name))
        except Refused:
            return False
        return not self._there(uid)

    def _there(self, uid: int) -> bool:
        return uid in fetched(self.client, [uid], ("FLAGS",))

    def _connect_anew(self) -> None:
        self.client.close()
        if self._connections >= _MOST_CONNECTIONS:
            raise Broken("the connection broke off again and again")
        self._connections += 1
        self.client = borrow(self.setting)


def _new_uids(before: Opened | None, now: Opened) -> Sequence[int] | None:
    """The UIDs given since then; None where they cannot be told from what the server says."""
    if before is None or before.uidnext is None or now.uidnext is None:
        return None
    if before.uidvalidity != now.uidvalidity:
        return None
    if now.uidnext <= before.uidnext:
        grown = (now.messages or 0) > (before.messages or 0)
        return None if grown else ()  # more messages under no new UID: the UIDNEXT is stale
    return range(max(before.uidnext, now.uidnext - MOST_NEW), now.uidnext)


def _turn(place: Place) -> int:
    role = place.folder.role
    if role in FIRST:
        return FIRST.index(role)
    return 3 if role == "all" else 2
