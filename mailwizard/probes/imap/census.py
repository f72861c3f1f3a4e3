"""What a survey has counted so far, within bounds; filled by several threads, read by any."""

import heapq
import threading
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from mailwizard.model.seen.space import FolderSpace, LargeMail, SenderSpace, YearSpace
from mailwizard.model.space import LARGEST_SIZE, NO_DAY, Mails, Space, day_number
from mailwizard.probes.imap.folders import Place
from mailwizard.probes.imap.space import Sizes

LARGE = 100_000  # octets: from here on a mail's author is read
MOST_AUTHORS = 20_000
MOST_SENDERS = 20  # shown
MOST_LARGEST = 50
MOST_MESSAGES = 4_000_000  # of one folder: more are not kept, and it is not called whole


@dataclass(frozen=True, slots=True)
class Sized:
    """One message: UID (0 where it was not told), octets, INTERNALDATE."""

    uid: int
    size: int
    arrived: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """One message with its author and subject, shown safely."""

    uid: int
    size: int
    arrived: datetime | None
    address: str
    name: str
    subject: str


@dataclass(slots=True)
class FolderCensus:
    """One folder as it is read. Only ``Census`` changes it."""

    place: Place
    told_messages: int | None
    told_octets: int | None
    uidvalidity: int | None = None
    messages: int | None = None  # EXISTS
    days: "array[int]" = field(default_factory=lambda: array("H"))
    sizes: "array[int]" = field(default_factory=lambda: array("I"))
    octets: int = 0
    last: int = 0  # the highest UID that was counted
    counted_to: int = 0  # what was counted on a connection that broke
    to_head: "array[int]" = field(default_factory=lambda: array("I"))
    looked_ahead: bool = False
    done: bool = False
    frozen: Mails | None = None


class Census:
    """Every method may be called by any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folders: list[FolderCensus] = []
        self._years: dict[int | None, tuple[int, int]] = {}
        self._authors: dict[str, tuple[str, int, int]] = {}
        self._from_size = LARGE
        self._heap: list[tuple[int, int, str]] = []  # size, UID, folder
        self._largest: dict[tuple[str, int], LargeMail] = {}
        self._left_out: list[str] = []
        self._complete = False
        self._ended = False

    def open(self, place: Place, sizes: Sizes) -> FolderCensus:
        """A folder to be read, with what the server tells of it as a whole."""
        folder = FolderCensus(place, sizes.messages(place), sizes.octets(place))
        with self._lock:
            self._folders.append(folder)
        return folder

    def begin(self, from_size: int) -> None:
        """From which size on the authors are read."""
        with self._lock:
            self._from_size = from_size

    def opened(self, folder: FolderCensus, messages: int, uidvalidity: int | None) -> None:
        """The folder is opened, perhaps again: what is counted already is not counted twice."""
        with self._lock:
            same = folder.messages is None or folder.uidvalidity == uidvalidity
            folder.messages, folder.uidvalidity = messages, uidvalidity
            folder.counted_to = folder.last if same else 0xFFFFFFFF

    def note(self, folder: FolderCensus, batch: Sequence[Sized]) -> None:
        """Counts messages."""
        years: dict[int | None, tuple[int, int]] = {}
        with self._lock:
            fresh = [one for one in batch if not 0 < one.uid <= folder.counted_to]
            for one in fresh[: MOST_MESSAGES - len(folder.sizes)]:
                size = min(one.size, LARGEST_SIZE)
                day = day_number(one.arrived)
                folder.days.append(day)
                folder.sizes.append(size)
                folder.octets += size
                folder.last = max(folder.last, one.uid)
                year = _year(one.arrived) if day != NO_DAY else None
                before = years.get(year, (0, 0))
                years[year] = before[0] + 1, before[1] + size
                if one.uid and size >= self._from_size:
                    folder.to_head.append(one.uid)
                self._offer(folder, one.uid, size, one.arrived)
            for year, (count, octets) in years.items():
                known = self._years.get(year, (0, 0))
                self._years[year] = known[0] + count, known[1] + octets

    def offer(self, folder: FolderCensus, found: Sequence[tuple[int, int]]) -> None:
        """Takes UIDs and sizes among the largest, which are not counted yet."""
        with self._lock:
            for uid, size in found:
                self._offer(folder, uid, size, None)

    def _offer(self, folder: FolderCensus, uid: int, size: int, arrived: datetime | None) -> None:
        name = folder.place.folder.name
        full = len(self._heap) >= MOST_LARGEST
        if not uid or (full and size <= self._heap[0][0]) or (name, uid) in self._largest:
            return
        self._largest[name, uid] = LargeMail(folder=name, uid=uid, size=size, arrived=arrived)
        if not full:
            heapq.heappush(self._heap, (size, uid, name))
            return
        _size, less_uid, less_name = heapq.heapreplace(self._heap, (size, uid, name))
        del self._largest[less_name, less_uid]

    def wanted(self, folder: FolderCensus) -> list[int]:
        """The UIDs whose header fields are still to be read, in ascending order."""
        with self._lock:
            name = folder.place.folder.name
            bare = (
                m.uid for m in self._largest.values() if m.folder == name and not m.from_address
            )
            return sorted({*folder.to_head, *bare})

    def head(
        self, folder: FolderCensus, batch: Sequence[Headed], *, look_ahead: bool = False
    ) -> None:
        """Notes authors and subjects; what is only looked at ahead is counted later."""
        with self._lock:
            name = folder.place.folder.name
            due = frozenset(folder.to_head)
            for mail in batch:
                if (name, mail.uid) in self._largest:
                    self._largest[name, mail.uid] = replace(
                        self._largest[name, mail.uid],
                        arrived=mail.arrived,
                        from_address=mail.address,
                        from_name=mail.name,
                        subject=mail.subject,
                    )
                if not look_ahead and mail.uid in due:
                    self._author(mail)
            if not look_ahead and batch:
                read = {mail.uid for mail in batch}
                folder.to_head = array("I", (uid for uid in folder.to_head if uid not in read))

    def _author(self, mail: Headed) -> None:
        key = mail.address.lower()
        if not key:
            return
        known = self._authors.get(key)
        if known is None and len(self._authors) >= MOST_AUTHORS:
            return
        name, count, octets = known or (mail.name, 0, 0)
        self._authors[key] = name or mail.name, count + 1, octets + mail.size

    def close(self, folder: FolderCensus) -> None:
        """The folder has been read to its end."""
        with self._lock:
            folder.done = len(folder.sizes) >= (folder.messages or 0)
            folder.to_head = array("I")
            folder.frozen = Mails(folder.days, folder.sizes)
            if not folder.done:
                self._left_out.append("some messages could not be read")

    def refuse(self, folder: FolderCensus, why: str) -> None:
        """The folder could not be read, or not to its end."""
        with self._lock:
            self._left_out.append(f"{folder.place.folder.name}: {why}"[:300])

    def leave_out(self, why: str) -> None:
        """Something of the mailbox is not looked at."""
        with self._lock:
            self._left_out.append(why)

    def end(self, why: str) -> None:
        """Nothing more will come; ``why`` it ended early, else ""."""
        with self._lock:
            if why:
                self._left_out.insert(0, why)
            self._ended = True

    @property
    def progress(self) -> tuple[int, int]:
        """(read, all) messages."""
        with self._lock:
            return self._progress()

    def _progress(self) -> tuple[int, int]:
        done = sum(len(folder.sizes) for folder in self._folders)
        return done, max(done, sum(_count(folder) for folder in self._folders))

    def snapshot(self) -> Space:
        """All of it as it is now."""
        with self._lock:
            done, total = self._progress()
            folders = sorted(map(_folder, self._folders), key=lambda f: (-f.octets, f.name))
            ended_whole = self._ended and all(folder.done for folder in self._folders)
            return Space(
                folders=tuple(folders),
                mails=self._mails(),
                years=tuple(
                    YearSpace(year=year, count=count, octets=octets)
                    for year, (count, octets) in sorted(
                        self._years.items(), key=lambda item: -(item[0] or 0)
                    )
                ),
                senders=self._senders(),
                senders_from=self._from_size,
                largest=tuple(
                    sorted(self._largest.values(), key=lambda m: (-m.size, m.folder, m.uid))
                ),
                done=done,
                total=total,
                complete=ended_whole and not self._left_out,
                detail="; ".join(dict.fromkeys(self._left_out[:5])),
            )

    def _mails(self) -> Mapping[str, Mails]:
        found: dict[str, Mails] = {}
        for folder in self._folders:
            name = folder.place.folder.name
            mails = folder.frozen or Mails(folder.days[:], folder.sizes[:])
            if name in found:  # two folders whose names are shown alike
                mails = Mails(found[name].days + mails.days, found[name].sizes + mails.sizes)
            found[name] = mails
        return found

    def _senders(self) -> tuple[SenderSpace, ...]:
        most = heapq.nlargest(
            MOST_SENDERS, self._authors.items(), key=lambda item: (item[1][2], item[0])
        )
        return tuple(
            SenderSpace(address=address, name=name, count=count, octets=octets)
            for address, (name, count, octets) in most
        )


def _year(arrived: datetime | None) -> int | None:
    return arrived.astimezone(UTC).year if arrived is not None else None


def _count(folder: FolderCensus) -> int:
    told = folder.messages if folder.messages is not None else folder.told_messages
    return max(told or 0, len(folder.sizes))


def _folder(folder: FolderCensus) -> FolderSpace:
    octets = folder.octets if folder.done else max(folder.octets, folder.told_octets or 0)
    return FolderSpace(
        name=folder.place.folder.name,
        role=folder.place.folder.role,
        count=len(folder.sizes) if folder.done else _count(folder),
        octets=octets,
        done=folder.done,
        uidvalidity=folder.uidvalidity,
    )
