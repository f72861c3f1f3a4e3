"""What is new in each folder since the waiting began: kept over every drop of a connection.

A folder is looked into when its figures have changed. New is what has a UID that was not given out
at the beginning; where UIDs cannot tell (a folder that is new or was rebuilt), the day and time at
which the server took the mail decides.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from mailwizard.model.seen.mailbox import FolderSearch, MailSeen, Role, SenderHistory
from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.figures import changed, figures, last_uids, rebuilt
from mailwizard.probes.imap.folders import INBOX, Place, list_folders
from mailwizard.probes.imap.matching import Wanted
from mailwizard.probes.imap.messages import Brief, Match, briefs, mails
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting

MOST_NEW = 3000  # of one folder in one look
MOST_UNSURE = 60  # where only the date tells what is new
_LATE = timedelta(hours=1)  # clocks differ
_OLD = timedelta(days=1)  # older mail under a new UID was moved here, it did not arrive
_NO_ARRIVALS: frozenset[Role] = frozenset({"sent", "drafts", "trash", "all"})


Which = Literal["quick", "all"]


@dataclass(slots=True)
class _Watched:
    """One folder. ``first``: the first UID that counts as new; None: only the date can tell.

    ``seen`` are its figures when it was last looked at, None before that. ``refused``: the server
    did not open it. ``postponed``: a folder that shows all mail is looked into one round later, so
    that the mail's own place is told.
    """

    place: Place
    first: int | None = None
    seen: Opened | None = None
    refused: bool = False
    postponed: bool = False


@dataclass(frozen=True, slots=True)
class New:
    """What one look has found: mails tied to the sender, and how many others came in."""

    mails: tuple[MailSeen, ...]
    role: Role
    others: int


class WatchedFolders:
    """Looked at by up to two threads, each with its own connection. ``tell`` is called by both.

    ``capabilities`` are the server's after the sign-in; ``complete`` is False where it did not list
    its folders, or not all of them could be read. Methods that take a client raise Refused,
    Garbled, Broken, Stopped; a folder that the server refuses is left out until the folders are
    listed again.
    """

    def __init__(
        self, setting: Setting, wanted: Wanted, began: datetime, tell: Callable[[New], None]
    ) -> None:
        self.capabilities: frozenset[str] = frozenset()
        self.complete = False
        self.inbox_looked: float | None = None
        self.others_looked: float | None = None
        self._setting = setting
        self._wanted = wanted
        self._began = began
        self._tell = tell
        self._lock = threading.Lock()
        self._folders: dict[bytes, _Watched] = {}
        self._started = False
        self._told: set[tuple[bytes, int | None, int]] = set()
        self._named: set[str] = set()  # Message-IDs of what was told
        self._known = _known(setting)

    @property
    def counts(self) -> tuple[int, int]:
        """How many folders are watched, of how many that there are."""
        folders = list(self._folders.values())
        return sum(folder.seen is not None for folder in folders), len(folders)

    @property
    def started(self) -> bool:
        """Whether the state at the beginning is known, so that what comes from now on is seen."""
        return self._started

    def start(self, client: ImapClient) -> None:
        """Notes how far each folder is filled; after an interruption, of those that are missing."""
        self.capabilities = frozenset(client.capabilities_now())
        self.list_again(client)
        inbox = self._inbox
        if inbox.seen is None:
            self._open_first(client, inbox)
        missing = [folder for folder in self._others if folder.seen is None]
        for folder, found in self._figures(client, missing):
            if found is not None and found.uidnext is not None:
                folder.first, folder.seen = found.uidnext, found
        for folder in missing:
            if folder.seen is None:
                self._open_first(client, folder)
        self._started = True
        self.inbox_looked = self.others_looked = time.monotonic()

    def list_again(self, client: ImapClient) -> None:
        """Sees folders that are new; those that are gone stay known, and are refused."""
        try:
            listed = list_folders(client, self._setting.provider, set(self.capabilities))
        except (Refused, Garbled):
            if client.broken:
                raise
            places: tuple[Place, ...] = (INBOX,)
        else:
            places, self.complete = listed.places, listed.complete
        with self._lock:
            for place in places:
                if place.folder.selectable or place.folder.role == "inbox":
                    self._folders.setdefault(place.wire_name, _Watched(place)).refused = False

    def look_at_inbox(self, client: ImapClient) -> Opened | None:
        """Opens the inbox and tells what is new in it; None where the server does not open it."""
        folder = self._inbox
        try:
            opened = client.examine(folder.place.wire_name)
        except Refused:
            return None
        if changed(folder.seen, opened):
            self._take(client, folder, opened)
        folder.seen = opened
        self.inbox_looked = time.monotonic()
        return opened

    def look_at_others(self, client: ImapClient, which: Which) -> None:
        """Tells what is new in the other folders; ``quick``: only in the folder for junk mail.

        Another folder than before may be open afterwards.
        """
        folders = [f for f in self._others if which == "all" or f.place.folder.role == "junk"]
        for folder, found in self._figures(client, folders):
            if found is not None and not changed(folder.seen, found):
                folder.seen = found
            elif folder.place.folder.role == "all" and not folder.postponed:
                folder.postponed = True
            else:
                folder.postponed = False
                self._look_into(client, folder, found)
        if which == "all":
            self.others_looked = time.monotonic()

    def _look_into(self, client: ImapClient, folder: _Watched, told: Opened | None) -> None:
        """``told`` are its figures by STATUS, None where the server refused them."""
        try:
            opened = client.examine(folder.place.wire_name)
        except Refused:
            folder.refused = True
            return
        if told is not None or changed(folder.seen, opened):
            self._take(client, folder, opened)
        folder.seen = opened if told is None else told

    @property
    def _inbox(self) -> _Watched:
        with self._lock:
            for folder in self._folders.values():
                if folder.place.folder.role == "inbox":
                    return folder
        raise Broken("the server did not list the folders")

    @property
    def _others(self) -> list[_Watched]:
        """All but the inbox and what is refused; those that show all mail last."""
        inbox = self._inbox
        with self._lock:
            found = [f for f in self._folders.values() if f is not inbox and not f.refused]
        return sorted(found, key=lambda folder: folder.place.folder.role == "all")

    def _figures(
        self, client: ImapClient, folders: Sequence[_Watched]
    ) -> list[tuple[_Watched, Opened | None]]:
        names = [folder.place.wire_name for folder in folders]
        return list(zip(folders, figures(client, names), strict=True))

    def _open_first(self, client: ImapClient, folder: _Watched) -> None:
        """The beginning of a folder whose UIDNEXT is only told, if at all, when it is opened."""
        try:
            opened = client.examine(folder.place.wire_name)
            first = opened.uidnext
            if first is None:
                last = last_uids(client, opened.messages or 0, 0, 1)
                first = last[-1] + 1 if last else 1
        except Refused:
            folder.refused = True
            return
        folder.first, folder.seen = first, opened

    def _take(self, client: ImapClient, folder: _Watched, opened: Opened) -> None:
        """Tells what is new in the folder that is open."""
        first, seen = folder.first, folder.seen
        if seen is not None and rebuilt(seen, opened):
            first = None
        messages = opened.messages or 0
        uids = last_uids(client, messages, first or 0, MOST_UNSURE if first is None else MOST_NEW)
        grown = messages - (seen.messages or 0) if seen is not None else 0
        if not uids and grown > 0:  # more messages, and none beyond UIDNEXT: that was not true
            uids = last_uids(client, messages, 0, min(grown, MOST_UNSURE))
        name, validity = folder.place.wire_name, opened.uidvalidity
        with self._lock:
            fresh = [uid for uid in uids if (name, validity, uid) not in self._told]
        if fresh:
            self._report(client, folder, fresh, validity, sure=first is not None)
        folder.first = max(uids[-1] + 1 if uids else 1, opened.uidnext or 1, first or 1)

    def _report(
        self,
        client: ImapClient,
        folder: _Watched,
        uids: Sequence[int],
        validity: int | None,
        *,
        sure: bool,
    ) -> None:
        since = self._began - (_OLD if sure else _LATE)
        matches: list[Match] = []
        others: list[int] = []
        for batch in briefs(client, uids):
            for brief in batch:
                arrived = brief.arrived or self._setting.world.now()
                trait = self._wanted.trait(brief.fields)
                if trait is not None and arrived >= since:
                    matches.append(Match(brief, trait, arrived))
                elif trait is None and self._is_other(folder, brief):
                    others.append(brief.uid)
        place = folder.place
        found = mails(client, place.folder.name, matches) if matches else []
        with self._lock:
            told = {uid for uid in uids if (place.wire_name, validity, uid) in self._told}
            new = tuple(m for m in found if m.uid not in told and not self._is_known(m))
            count = sum(uid not in told for uid in others)
            self._told.update((place.wire_name, validity, uid) for uid in uids)
            self._named.update(mail.message_id for mail in new if mail.message_id)
        if new or count:
            self._tell(New(new, place.folder.role, count))

    def _is_other(self, folder: _Watched, brief: Brief) -> bool:
        """Whether somebody else's mail came in, and was not put here by the user."""
        if folder.place.folder.role in _NO_ARRIVALS or brief.arrived is None:
            return False
        return brief.arrived >= self._began - _LATE

    def _is_known(self, mail: MailSeen) -> bool:
        """A mail that was seen before and has been moved, or a copy of one that was told."""
        return (mail.message_id, mail.arrived) in self._known or mail.message_id in self._named


def _known(setting: Setting) -> frozenset[tuple[str, datetime]]:
    """What the search has found before: brought back to the inbox, it does not arrive."""
    found = [mail for o in setting.evidence.of(FolderSearch) for mail in o.seen.hits]
    found += [mail for o in setting.evidence.of(SenderHistory) for mail in o.seen.mails]
    return frozenset((mail.message_id, mail.arrived) for mail in found if mail.message_id)
