"""One folder while it is searched, and the record that comes of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from mailwizard.model.seen.mailbox import FolderSearch, MailSeen, Role
from mailwizard.probes.imap.folders import Place
from mailwizard.probes.imap.messages import Match, mail_of
from mailwizard.probes.imap.replies import Refused

MOST_HITS = 200
MOST_AUTHORS = 5000
COUNTED: frozenset[Role] = frozenset({"inbox", "junk", "trash", "archive", "other"})

Method = Literal["server-search", "headers", "none"]


@dataclass(slots=True)
class Tally:
    """What is known of one folder so far.

    ``uids`` are those of the time window (a day more, as SEARCH knows days only), ``to_read`` those
    of them whose headers are still to be read, oldest first; ``first_uid`` and ``last_uid`` are
    those of the folder's first and last message. ``done``: nothing is left to do, but to record it.
    ``changed``: its numbers do not mean the same messages any more. ``alone``: after a break it is
    not searched in one go with others.
    """

    place: Place
    attempts: int = 0
    alone: bool = False
    messages: int = 0
    uidnext: int | None = None
    uidvalidity: int | None = None
    method: Method = "none"
    examined: int = 0
    arrived: int = 0
    whole: bool = True
    complete: bool = False
    done: bool = False
    changed: bool = False
    detail: str = ""
    uids: list[int] = field(default_factory=list)
    to_read: list[int] = field(default_factory=list)
    by_number: bool = False
    matches: list[Match] = field(default_factory=list)
    hits: list[MailSeen] = field(default_factory=list)
    matched: int = 0
    newest: datetime | None = None
    oldest: datetime | None = None
    last: datetime | None = None
    last_uid: int | None = None
    first_uid: int | None = None
    before: int | None = None
    others_read: int = 0
    authors: set[int] = field(default_factory=set)

    @property
    def counted(self) -> bool:
        """Whether others' mail in this folder tells anything: not what the user wrote."""
        return self.place.folder.role in COUNTED

    def refused(self, problem: Refused) -> None:
        """The server did not let us look: the reason is kept, and nothing is left to do."""
        reply = problem.reply
        self.detail = self.detail or f"{reply.kind} {reply.text}".strip()
        self.done = True

    def finish(self) -> None:
        """Everything was looked at, as far as nothing speaks against it."""
        self.complete = self.whole and not self.detail
        self.done = True

    def count_other(self, read: bool, author: bytes) -> None:
        """Notes a message of somebody else; ``author`` is its raw From field."""
        if not self.counted:
            return
        self.others_read += read
        if len(self.authors) < MOST_AUTHORS:
            self.authors.add(hash(author.rpartition(b"<")[2].strip().lower()))

    def save_matches(self) -> None:
        """Makes hits of the matches whose whole headers were not read any more."""
        known = {hit.uid for hit in self.hits}
        self.hits += [
            mail_of(self.place.folder.name, match, None)
            for match in self.matches
            if match.brief.uid not in known
        ]

    def forget_numbers(self) -> None:
        """Lets go of what only the looking needs."""
        self.uids, self.to_read, self.matches = [], [], []

    def record(self, since: datetime, detail: str = "") -> FolderSearch:
        """The folder's record; ``detail`` is the reason where there is none of its own."""
        folder = self.place.folder
        looked = self.method != "none"
        all_read = self.method == "headers" and self.counted
        return FolderSearch(
            folder=folder.name,
            role=folder.role,
            role_by=folder.role_by,
            since=since,
            messages=self.messages,
            method=self.method,
            examined=self.examined,
            complete=self.complete,
            hits=tuple(sorted(self.hits, key=lambda m: (m.arrived, m.uid), reverse=True)),
            uidnext=self.uidnext,
            others_arrived=self.arrived - self.matched if looked else None,
            newest=self.newest,
            detail=self.detail or ("" if self.complete else detail),
            uidvalidity=self.uidvalidity,
            others_read=self.others_read if all_read else None,
            senders=len(self.authors) if all_read else None,
            oldest=self.oldest if self.counted else None,
            last=self.last if self.counted else None,
            arrived_before=self.before if self.counted else None,
        )
