"""Where the space of a mailbox is: every message's size and day, the large ones' header fields.

Reads only (EXAMINE, PEEK), folder by folder, the largest first, on up to three connections.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing

from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.shown import shown
from mailwizard.model.space import Space
from mailwizard.probes.imap.census import LARGE, Census, FolderCensus, Headed, Sized
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.crew import Crew
from mailwizard.probes.imap.folders import Place, list_folders
from mailwizard.probes.imap.largest import largest
from mailwizard.probes.imap.lending import NoMailbox, borrow, give_back
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.space import Sizes, by_status, countable, every_message
from mailwizard.probes.imap.stream import Reply, fetch_stream
from mailwizard.probes.imap.uid_sets import uid_sets
from mailwizard.probes.setting import Setting, Skipped, Stopped
from mailwizard.reading.headers import decoded, fields, mailboxes

FEW = 5000  # messages in all: up to here the authors of all of them are read
BATCH = 500  # messages noted at once
LOOK_AHEAD = 20_000  # messages of a folder whose largest are asked for before all are read


class Survey:
    """One survey. ``snapshot`` may be called by any thread, at any time."""

    def __init__(self) -> None:
        self._census = Census()

    def snapshot(self) -> Space:
        """What is known so far."""
        return self._census.snapshot()

    def run(self, setting: Setting) -> None:
        """Surveys all folders, and records MailboxSpace however it ends. Raises Stopped."""
        census = self._census
        try:
            self._survey(setting)
        except NoMailbox as none:
            census.end(none.why)
        except Skipped:
            census.end("not signed in")
        except Stopped:
            census.end("stopped" if setting.remaining() > 0 else "no time left")
            raise
        except Exception:
            census.end("an error of our own")
            raise
        else:
            census.end("")
        finally:
            setting.record(census.snapshot().seen)

    def _survey(self, setting: Setting) -> None:
        client = borrow(setting)
        try:
            offered = {
                capability
                for attempt in setting.evidence.of(SignIn)
                for capability in attempt.seen.capabilities
            }
            places, why = _places(setting, client, offered)
            sizes = Sizes()
            try:
                by_status(client, places, sizes, offered, lambda _done: None)
            except Broken:
                client = borrow(setting)
        except Broken as broken:
            raise NoMailbox(broken.why) from None
        except Stopped:
            client.close()
            raise
        if why:
            self._census.leave_out(why)
        known = [sizes.messages(place) for place in places]
        total = sum(count or 0 for count in known)
        everything = None not in known and total <= FEW
        order = sorted(places, key=lambda place: -_weight(sizes, place))
        folders = [self._census.open(place, sizes) for place in order]
        self._census.begin(0 if everything else LARGE)
        reading = _Reading(setting, self._census)
        crew: Crew[FolderCensus] = Crew(setting, reading.one)
        crew.work(client, folders)
        for folder, lost in crew.lost:
            self._census.refuse(folder, lost)


def _weight(sizes: Sizes, place: Place) -> int:
    octets, messages = sizes.octets(place), sizes.messages(place)
    return octets if octets is not None else (messages or 0)


def _places(setting: Setting, client: ImapClient, offered: set[str]) -> tuple[list[Place], str]:
    try:
        listed = list_folders(client, setting.provider, offered)
    except (Refused, Garbled):
        give_back(setting, client)
        raise NoMailbox("the server did not list the folders") from None
    places = countable(listed.places)
    return places, "" if listed.complete else "not all folders could be listed"


class _Reading:
    """Reads folders; used by several threads at once, each with a connection of its own."""

    def __init__(self, setting: Setting, census: Census) -> None:
        self._setting = setting
        self._census = census

    def one(self, client: ImapClient, folder: FolderCensus) -> None:
        """Reads one folder to its end, or goes on where a connection broke. Raises Broken, Stopped.

        A folder that the server refuses is noted as such.
        """
        if folder.told_messages == 0:
            self._census.close(folder)
            return
        try:
            opened = client.examine(folder.place.wire_name)
            messages = opened.messages or 0
            self._census.opened(folder, messages, opened.uidvalidity)
            if messages > LOOK_AHEAD and not folder.looked_ahead:
                self._look_ahead(client, folder, messages)
            self._sizes(client, folder, messages)
            self._headers(client, folder, self._census.wanted(folder))
        except (Refused, Garbled) as problem:
            why = problem.reply.text if isinstance(problem, Refused) else "a senseless reply"
            if client.broken:
                raise Broken(why) from None
            self._census.refuse(folder, why)
        else:
            self._census.close(folder)

    def _look_ahead(self, client: ImapClient, folder: FolderCensus, messages: int) -> None:
        """The largest ones first, so that there is something to see at once."""
        folder.looked_ahead = True
        found = largest(client, messages)
        self._census.offer(folder, found)
        self._headers(client, folder, sorted(uid for uid, _size in found), look_ahead=True)

    def _sizes(self, client: ImapClient, folder: FolderCensus, messages: int) -> None:
        batch: list[Sized] = []
        items = b"(UID RFC822.SIZE INTERNALDATE)"
        with closing(every_message(client, messages, items)) as replies:
            for reply in replies:
                if (size := reply.size) is not None:
                    batch.append(Sized(reply.uid or 0, size, reply.arrived))
                if len(batch) >= BATCH:
                    self._note(folder, batch)
                    batch = []
        self._note(folder, batch)

    def _note(self, folder: FolderCensus, batch: list[Sized]) -> None:
        self._census.note(folder, batch)
        self._setting.progress(*self._census.progress)

    def _headers(
        self,
        client: ImapClient,
        folder: FolderCensus,
        uids: Sequence[int],
        *,
        look_ahead: bool = False,
    ) -> None:
        items = b"(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)])"
        batch: list[Headed] = []
        for reply in _fetched(client, uids, items):
            headed = _headed(reply)
            if headed is not None:
                batch.append(headed)
            if len(batch) >= BATCH:
                self._census.head(folder, batch, look_ahead=look_ahead)
                batch = []
        self._census.head(folder, batch, look_ahead=look_ahead)


def _fetched(client: ImapClient, uids: Sequence[int], items: bytes) -> Iterator[Reply]:
    for numbers in uid_sets(uids):
        with closing(fetch_stream(client, numbers, items)) as replies:
            yield from replies


def _headed(reply: Reply) -> Headed | None:
    uid, size, section = reply.uid, reply.size, reply.section
    if uid is None or size is None or section is None:
        return None
    author, subject = None, b""
    for name, value in fields(section[:65_536]):
        if name == "from" and author is None:
            author = next(iter(mailboxes(value)), None)
        elif name == "subject" and not subject:
            subject = value
    return Headed(
        uid=uid,
        size=size,
        arrived=reply.arrived,
        address=shown(author.address, 320) if author else "",
        name=shown(author.name, 120) if author else "",
        subject=shown(decoded(subject), 300),
    )
