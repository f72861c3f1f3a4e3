"""Looks for notices among the mail that arrived: bounces, digests of a quarantine, look-alikes.

Read-only (EXAMINE, PEEK) and bounded. Of a notice's text only what concerns the case is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from mailwizard.model.case import Case
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.notices import (
    LookAlikeMail,
    NoticesSearched,
    QuarantineNotice,
    ReplyBounced,
)
from mailwizard.model.seen.sender import Bounce, FoundIn
from mailwizard.model.shown import shown
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.folders import Place, list_folders
from mailwizard.probes.imap.lending import NoMailbox, borrow, give_back
from mailwizard.probes.imap.messages import utc
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.window import Belief, arrived_since, start_of
from mailwizard.probes.setting import Setting, Skipped, Stopped
from mailwizard.reading.bounce import read_bounce
from mailwizard.reading.free_mail import is_free_mail
from mailwizard.reading.headers import decoded, fields
from mailwizard.reading.look_alike import looks_like
from mailwizard.reading.notices import Kind, author, kind_of, names, of_domain

MOST_EXAMINED = 1000  # header blocks in all, newest first in each folder
MOST_CANDIDATES = 200
MOST_READ = 12
MOST_OCTETS = 131_072  # of one text
MOST_LOOK_ALIKES = 5
_MOST_IN_FOLDER = {"inbox": 600, "junk": 200, "trash": 200}
_BATCH = 200
_HEADER = (
    "BODY.PEEK[HEADER.FIELDS (FROM SUBJECT RETURN-PATH CONTENT-TYPE X-FAILED-RECIPIENTS"
    " AUTHENTICATION-RESULTS)]"
)
_TEXT = f"BODY.PEEK[]<0.{MOST_OCTETS}>"


def notices(setting: Setting) -> None:
    """Records NoticesSearched, and what was found: Bounce, ReplyBounced, QuarantineNotice,
    LookAlikeMail. Raises Skipped without a sender or where nobody is signed in, Stopped.
    """
    if setting.case.sender is None:
        raise Skipped("no-sender")
    look = _Look(setting)
    try:
        client = borrow(setting)
    except NoMailbox as none:
        look.detail = none.why
        setting.record(look.seen)
        return
    try:
        look.over(client)
        give_back(setting, client)
    except Broken as broken:
        look.detail = broken.why
    except (Refused, Garbled):
        look.detail = "a reply that makes no sense"
        give_back(setting, client)
    except Stopped:
        client.close()
        look.detail = "no time left"
        setting.record(look.seen)
        raise
    setting.record(look.seen)


@dataclass(slots=True)
class _Candidate:
    """A message that looks like a notice."""

    place: Place
    uid: int
    arrived: datetime
    kind: Kind
    fields: dict[str, list[bytes]] = field(repr=False)


class _Look:
    """One look through the folders."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._case = setting.case
        self._since = start_of(setting.case.since)
        self._belief = Belief()
        self._folders: list[str] = []
        self._candidates: list[_Candidate] = []
        self._look_alikes = 0
        self._examined = 0
        self._read = 0
        self.detail = ""

    @property
    def seen(self) -> NoticesSearched:
        """How far it went."""
        return NoticesSearched(
            folders=tuple(self._folders),
            examined=self._examined,
            candidates=len(self._candidates),
            read=self._read,
            complete=not self.detail,
            detail=self.detail,
        )

    def over(self, client: ImapClient) -> None:
        """Looks at the header fields of each folder, then into the likeliest texts."""
        listed = list_folders(client, self._setting.provider, self._capabilities())
        places = [
            place
            for place in listed.places
            if place.folder.selectable and place.folder.role in _MOST_IN_FOLDER
        ]
        for number, place in enumerate(places):
            self._setting.progress(number, len(places) + 1)
            try:
                self._sieve(client, place)
            except (Refused, Garbled):
                self.detail = self.detail or "some folders could not be read"
        self._texts(client)

    def _capabilities(self) -> set[str]:
        return {
            capability
            for attempt in self._setting.evidence.of(SignIn)
            for capability in attempt.seen.capabilities
        }

    def _sieve(self, client: ImapClient, place: Place) -> None:
        opened = client.examine(place.wire_name)
        self._folders.append(place.folder.name)
        if opened.messages == 0:
            return
        uids, whole = arrived_since(client, opened, self._since, self._belief)
        most = min(_MOST_IN_FOLDER[place.folder.role], MOST_EXAMINED - self._examined)
        newest = uids[-most:][::-1] if most > 0 else []
        if not whole or len(newest) < len(uids):
            self.detail = self.detail or "only the newest messages were looked at"
        for start in range(0, len(newest), _BATCH):
            found = client.fetch(newest[start : start + _BATCH], ("INTERNALDATE", _HEADER))
            for uid, reply in sorted(found.items(), reverse=True):
                self._note(place, uid, reply)

    def _note(self, place: Place, uid: int, reply: dict[bytes, Any]) -> None:
        arrived = utc(reply.get(b"INTERNALDATE"))
        if arrived is None or arrived < self._since:
            return
        self._examined += 1
        block = _section(reply)
        found: dict[str, list[bytes]] = {}
        for name, value in fields(block):
            found.setdefault(name, []).append(value)
        self._alike(place, uid, arrived, found)
        kind = kind_of(found)
        if kind is None:
            return
        if len(self._candidates) < MOST_CANDIDATES:
            self._candidates.append(_Candidate(place, uid, arrived, kind, found))

    def _alike(
        self, place: Place, uid: int, arrived: datetime, found: dict[str, list[bytes]]
    ) -> None:
        asked = self._case.sender_domain
        address = author(found)
        domain = address.rpartition("@")[2].lower()
        if not asked or not domain or self._look_alikes >= MOST_LOOK_ALIKES:
            return
        if is_free_mail(asked) or domain == self._case.domain or not looks_like(domain, asked):
            return
        self._look_alikes += 1
        self._setting.record(
            LookAlikeMail(
                folder=place.folder.name,
                uid=uid,
                arrived=arrived,
                from_address=shown(address, 320),
                subject=shown(decoded(found.get("subject", [b""])[0]), 300),
            )
        )

    def _texts(self, client: ImapClient) -> None:
        """Reads the texts folder by folder, the newest notices of each kind first."""
        chosen = list(self._chosen())
        if len(chosen) < len(self._candidates):
            self.detail = self.detail or "only the newest notices were read"
        here: Place | None = None
        for candidate in sorted(chosen, key=lambda c: c.place.wire_name):
            try:
                if candidate.place is not here:
                    client.examine(candidate.place.wire_name)
                    here = candidate.place
                text = _section(client.fetch([candidate.uid], (_TEXT,)).get(candidate.uid, {}))
            except (Refused, Garbled):
                self.detail = self.detail or "some notices could not be read"
                continue
            self._read += 1
            self._keep(candidate, text[:MOST_OCTETS])

    def _chosen(self) -> Iterator[_Candidate]:
        """Bounces and digests, each newest first and the likeliest first of all: neither hides the
        other."""
        newest = sorted(self._candidates, key=lambda c: (c.arrived, c.uid), reverse=True)
        bounces = [c for kind in ("bounce", "robot") for c in newest if c.kind == kind]
        others = [c for c in newest if c.kind == "quarantine"]
        half = MOST_READ // 2
        first = bounces[: max(half, MOST_READ - len(others))]
        yield from first
        yield from others[: MOST_READ - len(first)]

    def _keep(self, candidate: _Candidate, text: bytes) -> None:
        if candidate.kind != "quarantine":
            place = FoundIn(
                folder=candidate.place.folder.name, uid=candidate.uid, arrived=candidate.arrived
            )
            for record in _bounces(self._case, author(candidate.fields), read_bounce(text), place):
                self._setting.record(record)
            return
        named = names(text, self._case)
        self._setting.record(
            QuarantineNotice(
                folder=candidate.place.folder.name,
                uid=candidate.uid,
                arrived=candidate.arrived,
                from_address=shown(author(candidate.fields), 320),
                subject=shown(decoded(candidate.fields.get("subject", [b""])[0]), 300),
                names=named[0],
                named=shown(named[1], 320),
                authentication=tuple(
                    shown(decoded(value), 1000)
                    for value in candidate.fields.get("authentication-results", [])[:5]
                ),
            )
        )


def _bounces(
    case: Case, forwarder: str, bounce: Bounce, place: FoundIn
) -> Iterator[Bounce | ReplyBounced]:
    """What of a bounce concerns the case: the sender's lost mail to the user, or a lost reply.

    A bounce that names neither is about other mail, and is not kept.
    """
    me = case.me.lower()
    mine = bounce.sent_from.lower() == me
    refused = [r for r in bounce.recipients if r.action in ("failed", "delayed", "")]
    about_me = [r for r in refused if me in (r.address.lower(), r.original.lower())]
    theirs = of_domain(bounce.sent_from, case.sender_domain) or (
        not bounce.sent_from and of_domain(forwarder, case.sender_domain)
    )
    if about_me and theirs and not mine:
        yield replace(bounce, recipients=tuple(about_me), found=place)
        return
    if not mine or case.sender_domain == case.domain:
        return
    to_them = (r for r in refused if of_domain(r.address, case.sender_domain))
    for recipient in list(to_them)[:1]:
        yield ReplyBounced(
            folder=place.folder,
            uid=place.uid,
            arrived=place.arrived,
            recipient=recipient.address,
            delayed=recipient.action == "delayed",
            code=recipient.code,
            enhanced=recipient.enhanced,
            said=recipient.said,
            said_by=recipient.said_by,
        )


def _section(reply: dict[bytes, Any]) -> bytes:
    """The one body section of a FETCH reply, whichever way the server writes its name."""
    for key, value in reply.items():
        if isinstance(key, bytes) and key.startswith(b"BODY[") and isinstance(value, bytes):
            return value
    return b""
