"""The second look: at the names of the files in the time window's messages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mailwizard.probes.imap.looking import Looker, Step
from mailwizard.probes.imap.messages import (
    Match,
    brief_of,
    message_sets,
    structure_items,
)
from mailwizard.probes.imap.quest import Quest
from mailwizard.probes.imap.stream import Done, Reply
from mailwizard.probes.imap.tally import MOST_HITS, Tally
from mailwizard.reading.attachments import attachment_names, same_file_name

MOST_LOOKED_AT = 3000  # messages of one folder, the newest
_BATCH = 50


@dataclass(slots=True)
class Attached:
    """Which messages of the window carry the file that is asked for."""

    quest: Quest
    _sizes: dict[int, int] = field(default_factory=dict)

    def needed(self, tallies: Sequence[Tally]) -> bool:
        """Whether nothing that was found before carries the file."""
        return not any(
            self._is_it(name) for tally in tallies for hit in tally.hits for name in hit.attachments
        )

    def look(self, looker: Looker, tally: Tally) -> None:
        """Adds a folder's hits. Raises Garbled, Broken, Stopped."""
        known = {hit.uid for hit in tally.hits}
        uids = [uid for uid in tally.uids if uid not in known][-MOST_LOOKED_AT:]
        if not uids:
            return
        tally.done = tally.changed = False
        tally.matches = []
        self._sizes = {}
        if self.quest.wanted is not None and self.quest.wanted.size is not None:
            looker.run(self._sizing(looker, tally, uids))
            uids = [uid for uid in uids if self._plausible(uid)]
        looker.run(self._naming(looker, tally, uids))
        if tally.matches:
            looker.run(looker.telling([tally]))
        if tally.changed:
            tally.detail = tally.detail or "the folder was changed while it was read"
        tally.matched += len(tally.matches)
        tally.done = True

    def _is_it(self, name: str) -> bool:
        wanted = self.quest.wanted
        return (
            wanted is not None
            and wanted.attachment is not None
            and same_file_name(wanted.attachment, name)
        )

    def _plausible(self, uid: int) -> bool:
        """Whether a message may hold a file, or be a mail, of about the size that is known."""
        octets, wanted = self._sizes.get(uid), self.quest.wanted
        if octets is None or wanted is None or wanted.size is None:
            return True
        return wanted.size * 0.6 <= octets <= wanted.size * 3 + 100_000

    def _sizing(self, looker: Looker, tally: Tally, uids: list[int]) -> Iterator[Step]:
        def reply(reply: Reply) -> None:
            if reply.uid is not None and reply.size is not None:
                self._sizes[reply.uid] = reply.size

        for _tally, opening in looker.opened([tally]):
            yield from opening
            for numbers in message_sets(uids[::-1]):
                yield Step(tally, b"UID FETCH %s (UID RFC822.SIZE)" % numbers, _ended, reply)

    def _naming(self, looker: Looker, tally: Tally, uids: list[int]) -> Iterator[Step]:
        left = set(uids)

        def reply(reply: Reply) -> None:
            brief = brief_of(reply)
            if brief is None or brief.uid not in left or brief.arrived is None:
                return
            left.discard(brief.uid)
            wanted = self.quest.wanted
            own = wanted is not None and wanted.written_by_me(brief.fields)
            if own or brief.arrived < self.quest.since or len(tally.matches) >= MOST_HITS:
                return
            if any(self._is_it(name) for name in attachment_names(reply.text, reply.literals)):
                tally.matches.append(Match(brief, "attachment", brief.arrived))

        def ended(done: Done) -> None:
            if done.refused is not None:
                tally.detail = tally.detail or "the names of attached files could not be read"

        for _tally, opening in looker.opened([tally]):
            yield from opening
            for numbers in message_sets(uids[::-1], _BATCH):
                yield Step(tally, b"UID FETCH %s %s" % (numbers, structure_items()), ended, reply)


def _ended(_done: Done) -> None:
    """What came before the end stands; what did not is taken for plausible."""
