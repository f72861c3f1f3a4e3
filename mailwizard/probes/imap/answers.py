"""What becomes of the answers to one folder's commands."""

from collections.abc import Callable
from datetime import timedelta

from mailwizard.model.seen.mailbox import MailSeen
from mailwizard.probes.imap.messages import Match, brief_of, mail_of
from mailwizard.probes.imap.opened import numbers_of, read_opened
from mailwizard.probes.imap.quest import Quest
from mailwizard.probes.imap.stream import Done, Reply
from mailwizard.probes.imap.tally import MOST_HITS, Tally
from mailwizard.reading.attachments import attachment_names


def examined(tally: Tally, done: Done) -> None:
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


class Asking:
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


class ByNumber:
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


class Reading:
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


class Hits:
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
