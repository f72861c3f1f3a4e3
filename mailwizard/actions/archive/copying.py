"""From the mailbox into the archive, folder by folder, over as many connections as it takes."""

from array import array
from collections.abc import Sequence
from contextlib import closing

from mailwizard.actions.archive.choosing import choose, numbers, without
from mailwizard.actions.archive.connection import Lasting
from mailwizard.actions.archive.documents import said_by
from mailwizard.actions.archive.journal import Journal, Kept, Source
from mailwizard.actions.archive.ledger import Ledger, orphans
from mailwizard.actions.archive.outcome import CannotGoOn, Left, Pace
from mailwizard.actions.archive.receiving import Receiver, facts_of
from mailwizard.actions.archive.store import Store
from mailwizard.model.selection import Selection
from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.stream import Reply, fetch_stream
from mailwizard.probes.setting import Setting, Stopped

BATCH = 100  # messages of one FETCH, and at most so many that are not synced yet
UNSYNCED = 16 << 20  # octets
_ONE_MESSAGE_SECONDS = 4 * 3600.0  # the wire ends a silence much earlier
_ITEMS = b"(UID RFC822.SIZE INTERNALDATE BODY.PEEK[])"
_ATTEMPTS = 3  # to get a message that breaks the connection off
_MOST_IN_A_ROW = 3  # of such messages: then it is the connection, not the messages
_MISSING = 4096  # octets by which an announced size may be too large


class Copying:
    """Copies what is not in the archive yet. ``left`` grows by what could not be had."""

    def __init__(
        self,
        setting: Setting,
        lasting: Lasting,
        journal: Journal,
        ledger: Ledger,
        store: Store,
        pace: Pace,
    ) -> None:
        self.left: list[Left] = []
        self._setting = setting
        self._lasting = lasting
        self._journal = journal
        self._ledger = ledger
        self._store = store
        self._pace = pace
        self._receiver = Receiver(store, lambda octets: pace.add(octets=octets))
        self._taken: list[Kept] = []  # not in the journal yet
        self._octets_taken = 0
        self._number = ledger.next_number
        self._orphans: dict[str, list[Kept]] = {}
        self._broken_off = 0  # messages left one after the other

    def run(
        self, selection: Selection, names: dict[str, bytes], chosen: dict[str, "array[int]"]
    ) -> None:
        """Copies all folders. ``names`` are the folders' names as the server writes them.

        ``chosen`` are the UIDs of folders that were looked through already. Raises CannotGoOn,
        Stopped; what was taken until then is in the archive.
        """
        try:
            for name, source in self._ledger.current().items():
                if name not in names:
                    self.left.append(Left(name, 0, "no-folder"))
                    continue
                self._folder(source, names[name], selection, chosen.pop(name, None))
        finally:
            self._put_away()

    def _put_away(self) -> None:
        """Whatever ended the work: the messages that came whole are kept, if the disk lets us."""
        try:
            self._receiver.drop()
            self._commit()
        except CannotGoOn:
            return  # the first reason is told; what is not in the journal is copied again
        finally:
            self._store.close()

    def _folder(
        self,
        source: Source,
        wire_name: bytes,
        selection: Selection,
        uids: "array[int] | None",
    ) -> None:
        self._orphans = orphans(self._journal.lines(), source)
        while True:
            if uids is None:
                found = self._look_through(source, wire_name, selection)
                if found is None:
                    return
                source, uids = found
            wanted = without(uids, self._ledger.uids[source.number])
            if wanted:
                self._open_file(source)
            if self._batches(source, wire_name, wanted):
                break
            uids = None  # numbered anew
        self._commit()

    def _open_file(self, source: Source) -> None:
        file = f"{source.file}.mbox"
        try:
            self._store.open(source.file, self._ledger.ends.get(file, 0))
        except OSError as problem:
            raise said_by(problem) from None

    def _look_through(
        self, source: Source, wire_name: bytes, selection: Selection
    ) -> "tuple[Source, array[int]] | None":
        """Which messages are meant, also after the server has numbered them anew."""
        while True:
            try:
                client, opened = self._lasting.folder(wire_name)
                source = self._same_numbers(source, opened)
                chosen = choose(client, opened, selection, source.name, source.uidnext)
            except Refused:
                self.left.append(Left(source.name, 0, "no-folder"))
                return None
            except (Broken, Garbled) as problem:
                self._lasting.lost(str(problem))
                continue
            return source, chosen.uids

    def _same_numbers(self, source: Source, opened: Opened) -> Source:
        """The folder as the archive knows it, under a new number where the UIDs are others now."""
        if source.uidvalidity == opened.uidvalidity:
            return source
        self._commit()
        number = max(self._ledger.sources) + 1
        anew = Source(number, source.name, source.file, opened.uidvalidity, opened.uidnext)
        self._append(anew)
        self._orphans = orphans(self._journal.lines(), anew)
        return anew

    def _batches(self, source: Source, wire_name: bytes, wanted: "array[int]") -> bool:
        """Copies these messages; False where their numbers turned out to hold no more."""
        for start in range(0, len(wanted), BATCH):
            pending = list(wanted[start : start + BATCH])
            if not self._batch(source, wire_name, pending):
                return False
        return True

    def _batch(self, source: Source, wire_name: bytes, pending: list[int]) -> bool:
        """A batch over as many attempts as it takes: a message that breaks it is asked for alone.

        Empties ``pending``.
        """
        attempts: dict[int, int] = {}
        while pending:
            try:
                client, opened = self._lasting.folder(wire_name)
            except (Broken, Garbled) as problem:
                self._lasting.lost(str(problem))
                continue
            except Refused as refused:
                raise CannotGoOn("refused", refused.reply.text) from None
            if opened.uidvalidity != source.uidvalidity:
                return False
            alone = pending[0] in attempts
            asked = pending[:1] if alone else [*pending]
            try:
                self._ask(client, source, asked, pending)
                missing = [uid for uid in asked if uid in pending]
                self._sort_out(client, source, missing, pending, alone=alone)
            except (Broken, Garbled) as problem:
                self._lasting.lost(str(problem))
                missing = pending[:1]
            for uid in missing:
                attempts[uid] = attempts.get(uid, 0) + 1
            if pending and attempts.get(pending[0], 0) >= _ATTEMPTS:
                self._give_up(source, pending.pop(0))
        return True

    def _ask(
        self, client: ImapClient, source: Source, asked: Sequence[int], pending: list[int]
    ) -> None:
        """FETCH; every message that comes whole is taken out of ``pending``.

        A refusal at the end says no more than what is still pending then.
        """
        awaited = set(asked)
        self._receiver.begin(self._number)
        replies = fetch_stream(
            client,
            numbers([*asked]),
            _ITEMS,
            write=self._receiver.write,
            seconds=_ONE_MESSAGE_SECONDS,
        )
        try:
            with closing(replies):
                for reply in replies:
                    self._take(source, reply, awaited, pending)
                    if self._setting.stopped:
                        raise Stopped
        except Refused:
            return
        finally:
            self._receiver.drop()

    def _take(self, source: Source, reply: Reply, awaited: set[int], pending: list[int]) -> None:
        """One reply of the server's: a message that was asked for, or something else."""
        if not self._receiver.complete(reply):
            self._receiver.drop()
            return
        facts = facts_of(reply)
        uid = facts.uid
        if uid is None or uid not in awaited:
            self._receiver.drop()
            return
        awaited.discard(uid)
        pending.remove(uid)
        self._lasting.went_on()
        self._broken_off = 0
        if _short(self._receiver.size, facts.size):
            self._receiver.drop()
            self._leave(source, uid, "short")
            return
        same = self._orphans.get(self._receiver.digest)
        kept = self._receiver.take(source.number, uid, facts, same.pop() if same else None)
        if not kept.again:
            self._number += 1
        self._receiver.begin(self._number)
        self._taken.append(kept)
        self._octets_taken += kept.size
        self._pace.add(messages=1)
        if len(self._taken) >= BATCH or self._octets_taken >= UNSYNCED:
            self._commit()

    def _sort_out(
        self,
        client: ImapClient,
        source: Source,
        missing: list[int],
        pending: list[int],
        *,
        alone: bool,
    ) -> None:
        """What did not come although it was asked for: gone, or asked for alone the next time."""
        if not missing:
            return
        with closing(fetch_stream(client, numbers(missing), b"(UID RFC822.SIZE)")) as replies:
            there = {reply.uid for reply in replies}
        for uid in missing:
            if uid not in there:
                pending.remove(uid)
                self._leave(source, uid, "gone")
            elif alone:
                pending.remove(uid)
                self._leave(source, uid, "not-sent")

    def _give_up(self, source: Source, uid: int) -> None:
        """Leaves a message that has broken the connection off too often."""
        self._broken_off += 1
        if self._broken_off >= _MOST_IN_A_ROW:
            raise CannotGoOn("no-connection", "broken off again and again")
        self._leave(source, uid, "not-sent")

    def _leave(self, source: Source, uid: int, reason: str) -> None:
        self.left.append(Left(source.name, uid, reason))
        self._pace.add(messages=1)

    def _commit(self) -> None:
        """Syncs what was taken, then writes it into the journal. Raises CannotGoOn."""
        taken, self._taken, self._octets_taken = self._taken, [], 0
        if not taken:
            return
        try:
            self._store.sync()
            self._journal.append(*taken)
            for kept in taken:
                self._ledger.note(kept)
            self._store.journaled()
        except OSError as problem:
            raise said_by(problem) from None

    def _append(self, source: Source) -> None:
        try:
            self._journal.append(source)
        except OSError as problem:
            raise said_by(problem) from None
        self._ledger.note(source)


def _short(came: int, announced: int | None) -> bool:
    """Whether so much less came than was announced that more must be missing than an estimate."""
    if announced is None or came >= announced:
        return False
    return came == 0 or (came * 2 < announced and announced - came > _MISSING)
