"""What one connection does to search a group of folders: few commands each, sent in one go.

Two round trips for a group where nothing is found, three where something is. Each folder is opened
anew for each of them, so its UIDVALIDITY tells whether its numbers still mean the same messages.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from mailwizard.model.seen.mailbox import MailSeen
from mailwizard.probes.imap.client import ImapClient, quoted
from mailwizard.probes.imap.matching import Wanted
from mailwizard.probes.imap.messages import (
    HIT_BATCH,
    Match,
    brief_items,
    brief_of,
    briefs,
    mail_items,
    mail_of,
    message_sets,
)
from mailwizard.probes.imap.opened import numbers_of, read_opened
from mailwizard.probes.imap.replies import Refused
from mailwizard.probes.imap.stream import AT_ONCE, Done, Reply, converse
from mailwizard.probes.imap.tally import MOST_HITS, Tally
from mailwizard.probes.imap.window import MOST_BY_NUMBER, Belief, by_sender, search_day
from mailwizard.probes.imap.wire import COMMAND_SECONDS
from mailwizard.reading.attachments import attachment_names

MANY = 2000  # from here on the server's own SEARCH FROM saves more than it costs
MOST_ASKED_AGAIN = 100  # messages of one folder that a reply was missing for
FIRST_SECONDS = 8.0  # until it is known that the server takes commands sent ahead


@dataclass(slots=True)
class Quest:
    """What is looked for, and what all connections have learnt about the server.

    ``now`` bounds the time window; ``at_once`` is 1 for a server that cannot be sent commands
    ahead, ``proven`` True for one that can; ``structures`` False for one without BODYSTRUCTURE.
    """

    since: datetime
    now: datetime
    wanted: Wanted | None
    belief: Belief = field(default_factory=Belief)
    at_once: int = AT_ONCE
    proven: bool = False
    structures: bool = True

    @property
    def by_attachment(self) -> bool:
        """Whether a file is looked for."""
        return self.wanted is not None and self.wanted.attachment is not None

    @property
    def parts(self) -> bool:
        """Whether the hits' attachments are asked for."""
        return self.structures and self.by_attachment

    @property
    def earlier(self) -> datetime:
        """The beginning of the equally long time before the window."""
        return self.since - max(self.now - self.since, timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Step:
    """One command for one folder, and what its replies and its end are given to."""

    tally: Tally
    command: bytes
    ended: Callable[[Done], None]
    reply: Callable[[Reply], None] | None = None


class Looker:
    """One connection's work. For one thread."""

    def __init__(self, client: ImapClient, quest: Quest) -> None:
        self._client = client
        self._quest = quest
        self._open: Tally | None = None
        self.at: Tally | None = None

    def look(self, tallies: Sequence[Tally]) -> None:
        """Searches folders into their tallies, as far as each of them goes.

        Raises Garbled and Broken, with the connection closed in either case and ``at`` the folder
        that was spoken of last; Stopped.
        """
        self.at = None
        self._ask(tallies)
        self._believe(tallies)
        self._number([t for t in _left(tallies) if t.by_number])
        for tally in _left(tallies):
            self._narrow(tally)
        self._read(_left(tallies))
        self._tell([t for t in _left(tallies) if t.matches])
        for tally in _left(tallies):
            tally.finish()
        if not self._quest.by_attachment:
            for tally in tallies:
                tally.forget_numbers()

    def run(self, steps: Iterable[Step]) -> None:
        """Sends the steps' commands ahead and hands their answers out. Raises as ``look``."""
        sent: list[Step] = []

        def commands() -> Iterator[bytes]:
            for step in steps:
                sent.append(step)
                yield step.command

        quest = self._quest
        trial = not quest.proven and quest.at_once > 1
        seconds = FIRST_SECONDS if trial else COMMAND_SECONDS
        heard = converse(self._client, commands(), at_once=quest.at_once, seconds=seconds)
        with closing(heard) as parts:
            for part in parts:
                step = sent[part.number]
                self.at = step.tally
                if step.tally.done or step.tally.changed:
                    continue  # what follows a folder that was not opened belongs to nothing
                if isinstance(part, Done):
                    step.ended(part)
                elif step.reply is not None:
                    step.reply(part)
        quest.proven = quest.proven or (trial and len(sent) > 1)

    def opened(self, tallies: Sequence[Tally]) -> Iterator[tuple[Tally, list[Step]]]:
        """Each folder with the step that opens it, if it is not open already."""
        for tally in tallies:
            if tally is self._open:
                yield tally, []
                continue
            self._open = tally
            command = b"EXAMINE " + quoted(tally.place.wire_name)
            yield tally, [Step(tally, command, partial(_examined, tally))]

    def _ask(self, tallies: Sequence[Tally]) -> None:
        """Which messages are in the window, as the server's SEARCH sees it."""
        self.run(self._asking(tallies))

    def _asking(self, tallies: Sequence[Tally]) -> Iterator[Step]:
        quest = self._quest
        for tally, opening in self.opened(tallies):
            yield from opening
            alone = quest.at_once == 1
            if alone and (tally.done or tally.messages == 0):
                continue
            ask = _Asking(tally, quest)
            last = b"%d" % tally.messages if alone else b"*"
            yield Step(tally, b"FETCH 1,%s (UID INTERNALDATE)" % last, ask.ends_said, ask.end_seen)
            if quest.belief.since is False:
                tally.by_number = True
                continue
            yield Step(tally, _since(quest.since), ask.window)

    def _believe(self, tallies: Sequence[Tally]) -> None:
        """SEARCH SINCE is tried on an old message, where no new one has proved it yet."""
        belief = self._quest.belief
        known = [t for t in _left(tallies) if t.last is not None and t.last_uid is not None]
        if belief.since is None and known and known[0].last is not None:
            tally, last = known[0], known[0].last

            def ended(done: Done) -> None:
                found = numbers_of(done) if done.refused is None else []
                belief.since = tally.last_uid in found

            for _tally, opening in self.opened([tally]):
                self.run([*opening, Step(tally, _since(last), ended)])
        if belief.since is False:
            for tally in _left(tallies):
                tally.by_number = True

    def _number(self, tallies: Sequence[Tally]) -> None:
        """The same by every message's INTERNALDATE, for a server whose SEARCH is no good."""
        self.run(self._numbering(tallies))

    def _numbering(self, tallies: Sequence[Tally]) -> Iterator[Step]:
        for tally, opening in self.opened(tallies):
            yield from opening
            first = max(1, tally.messages - MOST_BY_NUMBER + 1)
            if first > 1:
                tally.whole = False
                tally.detail = "only the newest messages of a very large folder were looked at"
            by_number = _ByNumber(tally, self._quest)
            command = b"FETCH %d:%d (UID INTERNALDATE)" % (first, tally.messages)
            yield Step(tally, command, by_number.ended, by_number.reply)

    def _narrow(self, tally: Tally) -> None:
        """What the server's own search gives, where the window is large."""
        tally.to_read = tally.uids
        wanted = self._quest.wanted
        if wanted is None or len(tally.uids) <= MANY:
            return
        self.at = tally
        try:
            for _tally, opening in self.opened([tally]):
                self.run(opening)
            if tally.done or tally.changed:
                return
            found = by_sender(self._client, wanted, tally.uids, self._quest.belief)
            if found is None:
                return
            tally.to_read = sorted(set(found) & set(tally.uids))
            tally.method, tally.arrived = "server-search", len(tally.uids)
            for brief in next(briefs(self._client, tally.uids[-1:]), []):
                if brief.arrived is not None and brief.arrived >= self._quest.since:
                    tally.newest = brief.arrived
        except Refused as problem:
            tally.refused(problem)

    def _read(self, tallies: Sequence[Tally]) -> None:
        """The headers, newest first; what got no reply is asked for once more, one by one."""
        readings = [_Reading(t, self._quest) for t in tallies if t.to_read or _to_count(t)]
        self.run(self._reading(readings))
        missing = [r for r in readings if r.pending and not (r.tally.done or r.tally.changed)]
        self.run(self._reading_again([r for r in missing if len(r.pending) <= MOST_ASKED_AGAIN]))
        for reading in missing:
            reading.tell_missing()

    def _reading(self, readings: Sequence["_Reading"]) -> Iterator[Step]:
        by_place = {id(reading.tally): reading for reading in readings}
        for tally, opening in self.opened([reading.tally for reading in readings]):
            yield from opening
            reading = by_place[id(tally)]
            if _to_count(tally):
                yield Step(tally, _since(self._quest.earlier), reading.before)
            items = brief_items(flags=tally.counted)
            for numbers in message_sets(tally.to_read[::-1]):
                command = b"UID FETCH %s %s" % (numbers, items)
                yield Step(tally, command, reading.ended, reading.reply)

    def _reading_again(self, readings: Sequence["_Reading"]) -> Iterator[Step]:
        by_place = {id(reading.tally): reading for reading in readings}
        for tally, opening in self.opened([reading.tally for reading in readings]):
            yield from opening
            reading = by_place[id(tally)]
            reading.spoken_of.clear()
            items = brief_items(flags=tally.counted)
            for uid in sorted(reading.pending, reverse=True):
                command = b"UID FETCH %d %s" % (uid, items)
                yield Step(tally, command, reading.one_ended(uid), reading.reply)

    def _tell(self, tallies: Sequence[Tally]) -> None:
        """The whole headers of what is tied to the case."""
        with_parts = self._quest.parts
        self.run(self.telling(tallies))
        if with_parts and not self._quest.parts:
            for tally in tallies:
                tally.hits = []
            self.run(self.telling(tallies))

    def telling(self, tallies: Sequence[Tally]) -> Iterator[Step]:
        """The steps that turn matches into hits."""
        for tally, opening in self.opened(tallies):
            yield from opening
            hits = _Hits(tally, self._quest)
            for numbers in message_sets([match.brief.uid for match in tally.matches], HIT_BATCH):
                command = b"UID FETCH %s %s" % (numbers, mail_items(parts=self._quest.parts))
                yield Step(tally, command, hits.ended, hits.reply)


def _left(tallies: Sequence[Tally]) -> list[Tally]:
    return [tally for tally in tallies if not (tally.done or tally.changed)]


def _to_count(tally: Tally) -> bool:
    """Whether SEARCH tells how many messages arrived in the equally long time before."""
    return tally.counted and not tally.by_number


def _since(moment: datetime) -> bytes:
    return b"UID SEARCH SINCE " + search_day(moment).encode("ascii")


def _examined(tally: Tally, done: Done) -> None:
    """The folder's own figures; of one that was open before, whether it is still the same."""
    if done.refused is not None:
        tally.refused(done.refused)
        return
    seen = read_opened(done)
    if tally.method != "none":
        tally.changed = seen.uidvalidity != tally.uidvalidity
        return
    tally.method = "headers"
    tally.messages, tally.uidnext = seen.messages or 0, seen.uidnext
    tally.uidvalidity = seen.uidvalidity
    if seen.messages == 0:
        tally.finish()


class _Asking:
    """The answers to the first commands of one folder, whichever of them is the quickest."""

    def __init__(self, tally: Tally, quest: Quest) -> None:
        self._tally = tally
        self._quest = quest
        self._searched = self._ends_said = False

    def window(self, done: Done) -> None:
        if done.refused is not None:
            self._quest.belief.since = False
            self._tally.by_number = True
            return
        self._searched = True
        self._tally.uids = numbers_of(done)
        self._compare()

    def end_seen(self, reply: Reply) -> None:
        tally, number = self._tally, int(reply.text.split(b" ", 2)[1])
        tally.messages = max(tally.messages, number)  # some do not say EXISTS
        if number == 1:
            tally.oldest, tally.first_uid = reply.arrived, reply.uid
        if number == tally.messages:
            tally.last, tally.last_uid = reply.arrived, reply.uid

    def ends_said(self, _done: Done) -> None:
        self._ends_said = True
        self._compare()

    def _compare(self) -> None:
        """Compares what SEARCH found with the first and the last message."""
        tally, quest, belief = self._tally, self._quest, self._quest.belief
        if not (self._searched and self._ends_said):
            return
        asked_for = quest.since - timedelta(days=3)  # a day is added, another is the time zone's
        if tally.oldest is not None and tally.oldest < asked_for and tally.first_uid in tally.uids:
            belief.since = False
        elif tally.last is not None and tally.last >= quest.since:
            belief.since = belief.since is not False and tally.last_uid in tally.uids
        nothing_proved = tally.last is None and tally.messages > 0 and not belief.since
        tally.by_number = nothing_proved or belief.since is False


class _ByNumber:
    """The window by the INTERNALDATE of every message."""

    def __init__(self, tally: Tally, quest: Quest) -> None:
        self._tally = tally
        self._quest = quest
        self._found: set[int] = set()
        self._before = 0

    def reply(self, reply: Reply) -> None:
        uid, arrived = reply.uid, reply.arrived
        if uid is None or b"INTERNALDATE" not in reply.text:
            return
        if arrived is None or arrived >= self._quest.since:
            self._found.add(uid)
        elif arrived >= self._quest.earlier:
            self._before += 1

    def ended(self, done: Done) -> None:
        if done.refused is not None:
            self._tally.refused(done.refused)
            return
        self._tally.uids = sorted(self._found)
        self._tally.before = self._before if self._tally.whole else None


class _Reading:
    """The headers of one folder's window as they come."""

    def __init__(self, tally: Tally, quest: Quest) -> None:
        self.tally = tally
        self.pending = set(tally.to_read)
        self._quest = quest
        self._matches: list[Match] = []
        self.spoken_of: set[int | None] = set()

    def reply(self, reply: Reply) -> None:
        brief = brief_of(reply)
        if brief is None:
            self.spoken_of.add(reply.uid)
        if brief is None or brief.uid not in self.pending:
            return
        self.pending.discard(brief.uid)
        tally, arrived = self.tally, brief.arrived
        if arrived is None or arrived < self._quest.since:
            return
        tally.examined += 1
        if tally.method == "headers":
            tally.arrived += 1
        if tally.newest is None or arrived > tally.newest:
            tally.newest = arrived
        wanted = self._quest.wanted
        trait = wanted.trait(brief.fields) if wanted is not None else None
        if trait is not None:
            self._matches.append(Match(brief, trait, arrived))
        else:
            tally.count_other(brief.read, brief.fields.get("from", [b""])[0])

    def ended(self, _done: Done) -> None:
        tally = self.tally
        tally.matched += len(self._matches)
        self._matches.sort(key=lambda match: match.brief.uid, reverse=True)
        tally.matches += self._matches[: max(0, MOST_HITS - len(tally.matches))]
        self._matches.clear()

    def before(self, done: Done) -> None:
        """How many messages arrived in the equally long time before the window."""
        if done.refused is None:
            self.tally.before = max(0, len(numbers_of(done)) - len(self.tally.uids))

    def one_ended(self, uid: int) -> Callable[[Done], None]:
        """The end of a command for one message: without any reply, it is not there any more."""

        def ended(done: Done) -> None:
            if done.refused is None and not self.spoken_of & {uid, None}:
                self.pending.discard(uid)
            self.ended(done)

        return ended

    def tell_missing(self) -> None:
        """Says how many messages were not read."""
        if self.pending and not self.tally.detail:
            self.tally.detail = f"{len(self.pending)} messages could not be read"


class _Hits:
    """The whole headers of one folder's matches."""

    def __init__(self, tally: Tally, quest: Quest) -> None:
        self._tally = tally
        self._quest = quest
        self._matches = {match.brief.uid: match for match in tally.matches}
        self._before = list(tally.hits)
        self._seen: dict[int, MailSeen] = {}

    def reply(self, reply: Reply) -> None:
        match = self._matches.get(reply.uid or 0)
        if match is None or reply.section is None:
            return
        names = attachment_names(reply.text, reply.literals) if self._quest.parts else ()
        self._seen[match.brief.uid] = mail_of(self._tally.place.folder.name, match, reply, names)

    def ended(self, done: Done) -> None:
        if done.refused is not None:
            self._quest.structures = False
        folder = self._tally.place.folder.name
        self._tally.hits = self._before + [
            self._seen.get(uid) or mail_of(folder, match, None)
            for uid, match in self._matches.items()
        ]
