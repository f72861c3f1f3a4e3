"""Deletes from the mailbox: what is safely in an archive, or what a folder held when counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailwizard.actions.archive.checking import as_written, reader
from mailwizard.actions.archive.connection import Lasting
from mailwizard.actions.archive.documents import said_by
from mailwizard.actions.archive.journal import Ended, Journal, Kept, Removed, Removing, Source
from mailwizard.actions.archive.ledger import Ledger, removable, removed
from mailwizard.actions.archive.outcome import Archived, CannotGoOn, Deleted, Left, Pace
from mailwizard.actions.archive.places import Places
from mailwizard.actions.archive.removal import Expected, How, Way, present, remove, sort, way
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting, Stopped

BATCH = 100
_AGAIN = {"refused", "read-only", "no-folder", "renumbered"}  # another time it may be done
_FINAL = ("trash", "junk")


class Tally:
    """What was deleted so far; one thread writes, others read ``deleted``."""

    def __init__(self) -> None:
        self.deleted = Deleted(count=0, octets=0)
        self._left: list[Left] = []
        self._folders: dict[str, int] = {}
        self._by: dict[How, int] = {}
        self._count = self._octets = 0

    def leave(self, folder: str, uid: int, reason: str) -> None:
        """One message stays."""
        self._left.append(Left(folder, uid, reason))

    def add(self, folder: str, count: int, octets: int, how: How) -> None:
        """Some messages of a folder are removed."""
        self._count += count
        self._octets += octets
        self._by[how] = self._by.get(how, 0) + count
        self._folders[folder] = self._folders.get(folder, 0) + count

    def close(self) -> Deleted:
        """The sum."""
        self.deleted = Deleted(
            count=self._count,
            octets=self._octets,
            left=tuple(self._left),
            flagged_only=self._by.get("flagged", 0),
            in_trash=self._by.get("trashed", 0),
            folders={name: count for name, count in self._folders.items() if count},
        )
        return self.deleted


@dataclass(frozen=True, slots=True)
class Target:
    """An opened folder of the mailbox to remove from; names as shown and as the server writes."""

    name: str
    wire_name: bytes
    uidvalidity: int | None
    by: Way


def target_of(places: Places, name: str, uidvalidity: int | None) -> Target | None:
    """A folder to remove from; None where it is not there any more."""
    place, trash = places.places.get(name), places.first("trash")
    if place is None:
        return None
    closed = place.folder.role in _FINAL
    by = way(
        places.capabilities,
        place.wire_name,
        trash.wire_name if trash is not None else b"",
        closed=closed,
    )
    return Target(name, place.wire_name, uidvalidity, by)


class Deletion:
    """Removes messages in batches, over as many connections as it takes."""

    def __init__(self, setting: Setting, lasting: Lasting, pace: Pace, tally: Tally) -> None:
        self._setting = setting
        self._lasting = lasting
        self._pace = pace
        self._tally = tally

    def batch(
        self,
        target: Target,
        expected: Sequence[Expected],
        octets: dict[int, int],
        *,
        begun: bool = False,
    ) -> tuple[list[int], How]:
        """Removes what is still as expected; returns what the folder has no more.

        ``begun``: an interrupted run was at these already, so that what is missing counts as
        removed. Raises CannotGoOn, Stopped.
        """
        started = begun
        while True:
            if self._setting.stopped:
                raise Stopped
            try:
                client, opened = self._lasting.folder(target.wire_name, to_change=True)
                if not opened.writable:
                    return self._leave_all(target, expected, "read-only")
                if opened.uidvalidity != target.uidvalidity:
                    return self._leave_all(target, expected, "renumbered")
                return self._remove(client, target, expected, octets, started=started)
            except (Broken, Garbled) as problem:
                self._lasting.lost(str(problem))
                started = True
            except Refused:
                return self._leave_all(target, expected, "refused")

    def _remove(
        self,
        client: ImapClient,
        target: Target,
        expected: Sequence[Expected],
        octets: dict[int, int],
        *,
        started: bool,
    ) -> tuple[list[int], How]:
        good, other = sort(client, expected)
        left: list[tuple[int, str]] = []
        done, how = remove(client, good, target.by, lambda uid, why: left.append((uid, why)))
        how = "trashed" if target.by.trash else how
        missing = [uid for uid, why in other.items() if why == "gone"]
        if started and missing:
            still = present(client, missing)
            done = [*done, *(uid for uid in missing if uid not in still)]
            left += [(uid, "refused") for uid in missing if uid in still]
            missing = []
        for uid, why in (*left, *((u, w) for u, w in other.items() if w == "changed")):
            self._tally.leave(target.name, uid, why)
        for uid in missing:
            self._tally.leave(target.name, uid, "gone")
        self._lasting.went_on()
        size = sum(octets.get(uid, 0) for uid in done)
        self._tally.add(target.name, len(done), size, how)
        self._pace.add(messages=len(expected), octets=sum(octets.values()))
        return done, how

    def _leave_all(
        self, target: Target, expected: Sequence[Expected], reason: str
    ) -> tuple[list[int], How]:
        for one in expected:
            self._tally.leave(target.name, one.uid, reason)
        self._pace.add(messages=len(expected))
        return [], "removed"


def delete_archived(
    setting: Setting,
    lasting: Lasting,
    journal: Journal,
    ledger: Ledger,
    archived: Archived,
    pace: Pace,
    tally: Tally,
) -> None:
    """Removes from the mailbox what is in the archive, each message read from the disk once more.

    Raises CannotGoOn, Stopped; what was removed until then is in the journal.
    """
    if not ledger.whole:
        raise CannotGoOn("changed", "not read back")
    pace.begin("deleting", archived.count, archived.octets)
    places = Places.of(setting, lasting)
    deletion = Deletion(setting, lasting, pace, tally)
    of = reader(archived.form, journal)
    gone = removed(journal.lines())
    begun = {
        (entry.folder, uid)
        for entry in journal.lines()
        if isinstance(entry, Removing)
        for uid in entry.uids
        if uid not in gone.get(entry.folder, ())
    }
    try:
        for source, batch in _batches(journal, ledger, gone):
            target = target_of(places, source.name, source.uidvalidity)
            if target is None:
                for kept in batch:
                    tally.leave(source.name, kept.uid, "no-folder")
                pace.add(messages=len(batch))
                continue
            sure = []
            for kept in batch:
                if setting.stopped:
                    raise Stopped
                if as_written(of, kept):
                    sure.append(kept)
                else:
                    tally.leave(source.name, kept.uid, "damaged")
                    pace.add(messages=1)
            for early in (True, False):
                some = [kept for kept in sure if ((source.number, kept.uid) in begun) == early]
                if some:
                    _delete(deletion, journal, source, target, some, begun=early)
        if not _AGAIN & {one.reason for one in tally.close().left}:
            journal.append(Ended())
            journal.remove()
    except OSError as problem:
        raise said_by(problem) from None
    finally:
        of.close()


def _delete(
    deletion: Deletion,
    journal: Journal,
    source: Source,
    target: Target,
    batch: Sequence[Kept],
    *,
    begun: bool,
) -> None:
    uids = tuple(kept.uid for kept in batch)
    octets = {kept.uid: kept.size for kept in batch}
    expected = [
        Expected(
            kept.uid,
            () if kept.announced is None else (kept.announced, kept.size),
            kept.arrived,
            kept.message_id,
        )
        for kept in batch
    ]
    if not begun:
        journal.append(Removing(source.number, uids))
    done, how = deletion.batch(target, expected, octets, begun=begun)
    if done:
        size = sum(octets[uid] for uid in done)
        journal.append(Removed(source.number, tuple(done), size, how))


def _batches(
    journal: Journal, ledger: Ledger, gone: dict[int, set[int]]
) -> Iterator[tuple[Source, list[Kept]]]:
    """What is to be removed, in batches of one folder; the journal may grow meanwhile."""
    folder, batch = 0, list[Kept]()
    for kept in removable(journal.lines(), ledger):
        if kept.uid in gone.get(kept.folder, ()):
            continue
        if batch and (kept.folder != folder or len(batch) >= BATCH):
            yield ledger.sources[folder], batch
            batch = []
        folder = kept.folder
        batch.append(kept)
    if batch:
        yield ledger.sources[folder], batch
