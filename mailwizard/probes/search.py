"""Looks for the sender's mail in every folder, read-only, with its coverage stated."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from mailwizard.model.seen.mailbox import (
    FolderList,
    FolderSearch,
    MailSeen,
    RulesReadable,
    SignIn,
)
from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.folders import Listed, Place, list_folders
from mailwizard.probes.imap.lending import NoMailbox, borrow, give_back
from mailwizard.probes.imap.matching import Trait, Wanted
from mailwizard.probes.imap.messages import Brief, briefs, mails
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.window import Belief, arrived_since, by_sender, start_of
from mailwizard.probes.setting import Setting, Stopped

MOST_HITS = 200
MANY = 2000  # from here on the server's own SEARCH FROM saves more than it costs
MOST_RECONNECTS = 3

Method = Literal["server-search", "headers", "none"]


def search(setting: Setting) -> None:
    """Records FolderList, RulesReadable and one FolderSearch a folder, junk, inbox, trash first.

    Folders that were not searched, for whatever reason, are recorded as such. Raises Skipped where
    nobody is signed in, Stopped.
    """
    _Round(setting).run()


@dataclass(slots=True)
class _Tally:
    """One folder while it is searched."""

    messages: int = 0
    uidnext: int | None = None
    uidvalidity: int | None = None
    method: Method = "none"
    examined: int = 0
    arrived: int = 0
    complete: bool = False
    hits: list[MailSeen] = field(default_factory=list)
    matched: int = 0
    newest: datetime | None = None
    detail: str = ""


class _Round:
    """One search of all folders, over as many connections as it takes."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._since = start_of(setting.case.since)
        self._wanted = Wanted.of(setting.case)
        self._belief = Belief()
        self._lost = 0

    def run(self) -> None:
        """The whole round; the connection goes back to the pool."""
        try:
            client = borrow(self._setting)
        except NoMailbox as none:
            self._setting.record(_no_list(none.why))
            return
        try:
            listed = self._list(client)
            self._setting.record(RulesReadable(readable=False))
        except Stopped:
            client.close()
            raise
        if listed is not None:
            self._all(client, [p for p in listed.places if p.folder.selectable])

    def _list(self, client: ImapClient) -> Listed | None:
        try:
            listed = list_folders(client, self._setting.provider, self._capabilities())
        except (Refused, Garbled):
            give_back(self._setting, client)
            self._setting.record(_no_list("the server did not list the folders"))
        except Broken as broken:
            self._setting.record(_no_list(broken.why))
        else:
            self._setting.record(listed.seen)
            return listed
        return None

    def _capabilities(self) -> set[str]:
        return {
            capability
            for attempt in self._setting.evidence.of(SignIn)
            for capability in attempt.seen.capabilities
        }

    def _all(self, client: ImapClient, places: list[Place]) -> None:
        left = list(places)
        again: Place | None = None
        why = ""
        try:
            while left:
                self._setting.progress(len(places) - len(left), len(places))
                tally = _Tally()
                try:
                    self._one(client, left[0], tally)
                except (Refused, Garbled) as problem:
                    tally.detail = tally.detail or _word(problem)
                except Broken as broken:
                    tally.detail = why = broken.why
                    self._lost += 1
                    if self._lost > MOST_RECONNECTS:
                        break
                    client = borrow(self._setting)
                    if again is not left[0]:
                        again = left[0]
                        continue
                except Stopped:
                    self._record(left.pop(0), tally, "no time left")
                    why = "no time left"
                    client.close()
                    raise
                self._record(left.pop(0), tally, tally.detail)
            self._setting.progress(len(places) - len(left), len(places))
            give_back(self._setting, client)
        except NoMailbox as none:
            why = none.why
        finally:
            for place in left:
                self._record(place, _Tally(), why)

    def _one(self, client: ImapClient, place: Place, tally: _Tally) -> None:
        """Searches one folder into its tally. Raises Refused, Garbled, Broken, Stopped."""
        opened = client.examine(place.wire_name)
        tally.messages, tally.uidnext = opened.messages or 0, opened.uidnext
        tally.uidvalidity = opened.uidvalidity
        tally.method = "headers"
        if opened.messages == 0:
            tally.complete = True
            return
        uids, whole = arrived_since(client, opened, self._since, self._belief)
        if not whole:
            tally.detail = "only the newest messages of a very large folder were looked at"
        found = self._asked(client, uids, opened)
        if found is None:
            self._read(client, place, uids, tally)
        else:
            tally.method = "server-search"
            self._newest(client, uids, tally)
            tally.arrived = len(uids)
            self._read(client, place, found, tally)
        tally.complete = whole and not tally.detail

    def _asked(self, client: ImapClient, uids: list[int], opened: Opened) -> list[int] | None:
        """What the server's own search gives, where the window is large; else None."""
        if self._wanted is None or len(uids) <= MANY or not opened.messages:
            return None
        found = by_sender(client, self._wanted, uids, self._belief)
        return None if found is None else sorted(set(found) & set(uids))

    def _read(self, client: ImapClient, place: Place, uids: list[int], tally: _Tally) -> None:
        """Reads the headers, newest first, and keeps what is tied to the sender."""
        seen = 0
        for batch in briefs(client, uids[::-1]):
            seen += len(batch)
            fresh = [b for b in batch if b.arrived is not None and b.arrived >= self._since]
            tally.examined += len(fresh)
            if tally.method == "headers":
                tally.arrived += len(fresh)
            self._keep(client, place, fresh, tally)
        missing = len(uids) - seen
        if missing > 0 and tally.method == "headers":
            tally.detail = tally.detail or f"{missing} messages could not be read"

    def _keep(self, client: ImapClient, place: Place, fresh: list[Brief], tally: _Tally) -> None:
        traits: dict[int, Trait] = {}
        arrivals: dict[int, datetime] = {}
        for brief in fresh:
            if brief.arrived is None:
                continue
            if tally.newest is None or brief.arrived > tally.newest:
                tally.newest = brief.arrived
            trait = self._wanted.trait(brief.fields) if self._wanted else None
            if trait is None:
                continue
            tally.matched += 1
            if len(tally.hits) + len(traits) < MOST_HITS:
                traits[brief.uid] = trait
                arrivals[brief.uid] = brief.arrived
        if traits:
            tally.hits += mails(client, place.folder.name, traits, arrivals)

    def _newest(self, client: ImapClient, uids: list[int], tally: _Tally) -> None:
        for brief in next(briefs(client, uids[-1:]), []):
            if brief.arrived is not None and brief.arrived >= self._since:
                tally.newest = brief.arrived

    def _record(self, place: Place, tally: _Tally, detail: str) -> None:
        self._setting.record(
            FolderSearch(
                folder=place.folder.name,
                role=place.folder.role,
                role_by=place.folder.role_by,
                since=self._since,
                messages=tally.messages,
                method=tally.method,
                examined=tally.examined,
                complete=tally.complete,
                hits=tuple(sorted(tally.hits, key=lambda m: (m.arrived, m.uid), reverse=True)),
                uidnext=tally.uidnext,
                others_arrived=None if tally.method == "none" else tally.arrived - tally.matched,
                newest=tally.newest,
                detail=detail,
                uidvalidity=tally.uidvalidity,
            )
        )


def _no_list(why: str) -> FolderList:
    return FolderList(folders=(), delimiter="", complete=False, detail=why)


def _word(problem: Refused | Garbled) -> str:
    if isinstance(problem, Refused):
        return f"{problem.reply.kind} {problem.reply.text}".strip()
    return "a reply that makes no sense"
