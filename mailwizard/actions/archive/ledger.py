"""What a journal tells, added up: memory grows by four octets a message."""

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

from mailwizard.actions.archive.journal import (
    NAME,
    Ended,
    Entry,
    Head,
    Kept,
    Planned,
    Removed,
    Removing,
    Source,
    Spoiled,
    Whole,
    head,
    read,
)
from mailwizard.actions.archive.outcome import Archived, CannotGoOn, Left, Unfinished


class Ledger:
    """Read from a journal's lines and kept up with what is appended."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.head: Head | None = None
        self.planned = Planned(0, 0)
        self.sources: dict[int, Source] = {}
        self.uids: dict[int, array[int]] = {}
        self.ends: dict[str, int] = {}
        self.messages = 0  # in the archive
        self.octets = 0
        self.next_number = 1
        self.whole = False
        self.ended = False
        self.removing = False
        self.spoiled: set[int] = set()
        for entry in entries:
            self.note(entry)

    def note(self, entry: Entry) -> None:
        """One more line."""
        match entry:
            case Head():
                self.head = entry
            case Planned():
                self.planned = entry
            case Source():
                self.sources[entry.number] = entry
                self.uids[entry.number] = array("I")
            case Kept():
                self._keep(entry)
            case Spoiled():
                self.spoiled.update(entry.numbers)
            case Whole():
                self.whole = True
            case Removing() | Removed():
                self.removing = True
            case Ended():
                self.ended = True

    def current(self) -> dict[str, Source]:
        """The folders by name: of one that was numbered anew the last."""
        return {source.name: source for source in self.sources.values()}

    def lately(self) -> set[int]:
        """The numbers of those sources."""
        return {source.number for source in self.current().values()}

    def files(self) -> set[str]:
        """The places of the folders in the archive."""
        return {source.file for source in self.sources.values()}

    def _keep(self, kept: Kept) -> None:
        self.uids[kept.folder].append(kept.uid)
        if kept.again:
            return
        self.whole = False
        self.messages += 1
        self.octets += kept.size
        self.next_number = max(self.next_number, kept.number + 1)
        self.ends[kept.file] = max(self.ends.get(kept.file, 0), kept.at + kept.stored)


def orphans(entries: Iterable[Entry], source: Source) -> dict[str, list[Kept]]:
    """What is in the archive from a folder under numbers that no longer hold, by digest."""
    sources: dict[int, Source] = {}
    found: dict[int, Kept] = {}
    for entry in entries:
        if isinstance(entry, Source):
            sources[entry.number] = entry
        elif isinstance(entry, Kept) and sources[entry.folder].name == source.name:
            if entry.folder != source.number:
                found[entry.number] = entry
            else:
                found.pop(entry.number, None)
    by_digest: dict[str, list[Kept]] = {}
    for kept in found.values():
        by_digest.setdefault(kept.digest, []).append(kept)
    return by_digest


def removable(entries: Iterable[Entry], ledger: Ledger) -> Iterator[Kept]:
    """The messages that are in the archive, and in the mailbox under a number that holds."""
    lately = ledger.lately()
    return (
        entry
        for entry in entries
        if isinstance(entry, Kept) and entry.folder in lately and entry.number not in ledger.spoiled
    )


def removed(entries: Iterable[Entry]) -> dict[int, set[int]]:
    """The UIDs that were removed already, by the folder's number."""
    found: dict[int, set[int]] = {}
    for entry in entries:
        if isinstance(entry, Removed):
            found.setdefault(entry.folder, set()).update(entry.uids)
    return found


def archived(folder: Path, ledger: Ledger, left: Iterable[Left] = ()) -> Archived:
    """The whole archive. Raises OSError; CannotGoOn where its journal has no beginning."""
    if ledger.head is None:
        raise CannotGoOn("changed", folder.name)
    gone = removed(read(folder / NAME))
    count = octets = away = 0
    folders: dict[str, int] = {}
    for kept in removable(read(folder / NAME), ledger):
        if kept.uid in gone.get(kept.folder, ()):
            away += 1
            continue
        count += 1
        octets += kept.size
        name = ledger.sources[kept.folder].name
        folders[name] = folders.get(name, 0) + 1
    return Archived(
        path=folder,
        form=ledger.head.form,
        count=count,
        octets=octets,
        folders=folders,
        left=tuple(left),
        removed=away,
    )


def unfinished(folder: Path, account: str) -> Unfinished | None:
    """What an interrupted run has left in a folder; None where there is nothing to go on with."""
    first = head(folder)
    if first is None or first.account != account:
        return None
    try:
        ledger = Ledger(read(folder / NAME))
    except (OSError, LookupError, OverflowError):
        return None
    if ledger.ended:
        return None
    return Unfinished(
        path=folder,
        started=first.started,
        form=first.form,
        phase="copying" if not ledger.whole else "deleting" if ledger.removing else "checked",
        done=ledger.messages,
        total=max(ledger.planned.messages, ledger.messages),
        octets=ledger.octets,
    )
