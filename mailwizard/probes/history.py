"""Earlier mail of the sender: it tells which servers they really send from."""

from datetime import datetime, timedelta

from mailwizard.model.seen.mailbox import FolderList, FolderSearch, MailSeen, SenderHistory
from mailwizard.probes.imap.client import ImapClient, imap_date
from mailwizard.probes.imap.folders import Place, list_folders
from mailwizard.probes.imap.lending import NoMailbox, borrow, give_back
from mailwizard.probes.imap.matching import Trait, Wanted
from mailwizard.probes.imap.messages import Match, briefs, mails
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.window import Belief, by_sender, start_of
from mailwizard.probes.setting import Setting, Skipped, Stopped

ENOUGH = 20
MOST_READ = 2000  # headers in each folder, newest first
_TIED: tuple[Trait, ...] = ("address", "domain", "reply-to", "sender")


def history(setting: Setting) -> None:
    """Records SenderHistory from the inbox and the folders where the sender's mail is now.

    Raises Skipped without a sender or where nobody is signed in, Stopped.
    """
    wanted = Wanted.of(setting.case)
    if wanted is None:
        raise Skipped("no-sender")
    look = _Look(wanted, start_of(setting.case.since))
    try:
        client = borrow(setting)
        for place in _places(setting, client):
            look.into(client, place)
        give_back(setting, client)
    except (NoMailbox, Broken, Refused, Garbled):
        look.complete = False
    except Stopped:
        look.complete = False
        setting.record(look.seen)
        raise
    setting.record(look.seen)


def _places(setting: Setting, client: ImapClient) -> list[Place]:
    """The inbox first, then every folder that holds mail of this sender."""
    with_hits = {s.seen.folder for s in setting.evidence.of(FolderSearch) if s.seen.hits}
    if not with_hits and setting.evidence.of(FolderList):
        known = {
            folder.name
            for listed in setting.evidence.of(FolderList)
            for folder in listed.seen.folders
            if folder.role in ("inbox", "archive")
        }
        with_hits |= known
    listed = list_folders(client, setting.provider, set())
    chosen = [
        place
        for place in listed.places
        if place.folder.selectable
        and (place.folder.role == "inbox" or place.folder.name in with_hits)
    ]
    return sorted(chosen, key=lambda place: place.folder.role != "inbox")


class _Look:
    """What was found so far."""

    def __init__(self, wanted: Wanted, before: datetime) -> None:
        self._wanted = wanted
        self._before = before
        self._belief = Belief()
        self._mails: dict[tuple[str, int], MailSeen] = {}
        self._examined = 0
        self.complete = True

    @property
    def seen(self) -> SenderHistory:
        """The record of what was found so far."""
        newest = sorted(self._mails.values(), key=lambda m: (m.arrived, m.uid), reverse=True)
        return SenderHistory(
            mails=tuple(newest[:ENOUGH]), examined=self._examined, complete=self.complete
        )

    def into(self, client: ImapClient, place: Place) -> None:
        """Looks into one folder. Raises Broken, Stopped."""
        try:
            opened = client.examine(place.wire_name)
            if opened.messages == 0:
                return
            uids = self._earlier(client)
            self._read(client, place, uids)
        except (Refused, Garbled):
            self.complete = False

    def _earlier(self, client: ImapClient) -> list[int]:
        """The UIDs to read, oldest first: the sender's where SEARCH can be believed."""
        day = imap_date((self._before + timedelta(days=2)).date())
        uids = client.search("ALL")
        if len(uids) > MOST_READ:
            found = by_sender(client, self._wanted, uids, self._belief, "BEFORE", day)
            if found is not None:
                return found[-MOST_READ:]
            self.complete = False
        return uids[-MOST_READ:]

    def _read(self, client: ImapClient, place: Place, uids: list[int]) -> None:
        kept = 0
        for batch in briefs(client, uids[::-1]):
            matches: list[Match] = []
            for brief in batch:
                if brief.arrived is None or brief.arrived >= self._before:
                    continue
                self._examined += 1
                trait = self._wanted.trait(brief.fields)
                if trait in _TIED and len(matches) < ENOUGH:
                    matches.append(Match(brief, trait, brief.arrived))
            for mail in mails(client, place.folder.name, matches):
                self._mails[mail.folder, mail.uid] = mail
            kept += len(matches)
            if kept >= ENOUGH:
                return
