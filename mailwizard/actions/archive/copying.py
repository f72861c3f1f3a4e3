"""From the mailbox into the archive, folder by folder, over as many connections as it takes."""

from array import array

from mailwizard.actions.archive.choosing import choose, without
from mailwizard.actions.archive.connection import Lasting
from mailwizard.actions.archive.documents import said_by
from mailwizard.actions.archive.fetching import Fetching, FolderClosed
from mailwizard.actions.archive.journal import Journal, Kept, Source
from mailwizard.actions.archive.ledger import Ledger, orphans
from mailwizard.actions.archive.outcome import CannotGoOn, Left, Pace
from mailwizard.actions.archive.receiving import Receiver
from mailwizard.actions.archive.store import Store
from mailwizard.model.selection import Selection
from mailwizard.probes.imap.client import Opened
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting

BATCH = 100  # messages of one FETCH, and at most so many that are not synced yet
UNSYNCED = 16 << 20  # octets


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
        self._lasting = lasting
        self._journal = journal
        self._ledger = ledger
        self._store = store
        self._pace = pace
        self._folder_now = ""
        self._receiver = Receiver(store, lambda octets: pace.add(octets=octets))
        self._fetching = Fetching(
            setting, lasting, self._receiver, ledger.next_number, self._keep, self._leave
        )
        self._taken: list[Kept] = []  # not in the journal yet
        self._octets_taken = 0

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
        self._fetching.orphans = self._orphans(source)
        while True:
            if uids is None:
                found = self._look_through(source, wire_name, selection)
                if found is None:
                    return
                source, uids = found
            wanted = without(uids, self._ledger.uids[source.number])
            if wanted:
                self._open_file(source)
            try:
                if self._batches(source, wire_name, wanted):
                    break
            except FolderClosed:
                self.left.append(Left(source.name, 0, "no-folder"))
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
            self._lasting.went_on()
            return source, chosen.uids

    def _same_numbers(self, source: Source, opened: Opened) -> Source:
        """The folder as the archive knows it, under a new number where the UIDs are others now."""
        if source.uidvalidity == opened.uidvalidity:
            return source
        self._commit()
        number = max(self._ledger.sources) + 1
        anew = Source(number, source.name, source.file, opened.uidvalidity, opened.uidnext)
        self._append(anew)
        self._fetching.orphans = self._orphans(anew)
        return anew

    def _orphans(self, source: Source) -> dict[str, list[Kept]]:
        """The journal is only read where the folder has been numbered anew at some time."""
        numbers = [one.number for one in self._ledger.sources.values() if one.name == source.name]
        return orphans(self._journal.lines(), source) if numbers != [source.number] else {}

    def _batches(self, source: Source, wire_name: bytes, wanted: "array[int]") -> bool:
        """Copies these messages; False where their numbers turned out to hold no more."""
        self._folder_now = source.name
        for start in range(0, len(wanted), BATCH):
            pending = list(wanted[start : start + BATCH])
            if not self._fetching.batch(source, wire_name, pending):
                return False
        return True

    def _keep(self, kept: Kept) -> None:
        """A message came whole."""
        self._taken.append(kept)
        self._octets_taken += kept.size
        self._pace.add(messages=1)
        if len(self._taken) >= BATCH or self._octets_taken >= UNSYNCED:
            self._commit()

    def _leave(self, uid: int, reason: str) -> None:
        self.left.append(Left(self._folder_now, uid, reason))
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
