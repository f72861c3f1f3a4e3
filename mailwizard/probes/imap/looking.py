"""What one connection does to search a group of folders: few commands each, sent in one go.

Two round trips for a group where nothing is found, three where something is. Each folder is opened
anew for each of them, so its UIDVALIDITY tells whether its numbers still mean the same messages.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from mailwizard.probes.imap.answers import Asking, ByNumber, Hits, Reading, examined
from mailwizard.probes.imap.client import ImapClient, quoted
from mailwizard.probes.imap.messages import (
    HIT_BATCH,
    brief_items,
    briefs,
    mail_items,
    message_sets,
)
from mailwizard.probes.imap.opened import numbers_of
from mailwizard.probes.imap.quest import Quest
from mailwizard.probes.imap.replies import Refused
from mailwizard.probes.imap.stream import Done, Reply, converse
from mailwizard.probes.imap.tally import Tally
from mailwizard.probes.imap.window import MOST_BY_NUMBER, by_sender, search_day
from mailwizard.probes.imap.wire import COMMAND_SECONDS

MANY = 2000  # from here on the server's own SEARCH FROM saves more than it costs
MOST_ASKED_AGAIN = 100  # messages of one folder that a reply was missing for
FIRST_SECONDS = 8.0  # until it is known that the server takes commands sent ahead


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
            yield tally, [Step(tally, command, partial(examined, tally))]

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
            ask = Asking(tally, quest)
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
            by_number = ByNumber(tally, self._quest)
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
        readings = [Reading(t, self._quest) for t in tallies if t.to_read or _to_count(t)]
        self.run(self._reading(readings))
        missing = [r for r in readings if r.pending and not (r.tally.done or r.tally.changed)]
        self.run(self._reading_again([r for r in missing if len(r.pending) <= MOST_ASKED_AGAIN]))
        for reading in missing:
            reading.tell_missing()

    def _reading(self, readings: Sequence[Reading]) -> Iterator[Step]:
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

    def _reading_again(self, readings: Sequence[Reading]) -> Iterator[Step]:
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
            hits = Hits(tally, self._quest)
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
