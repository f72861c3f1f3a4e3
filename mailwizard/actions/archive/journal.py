"""The journal beside an archive: what is safely in it, and what was removed from the mailbox.

One JSON value a line, only ever appended, synced after the mail that it tells of. What is not in
it does not count; a last line that was cut off by an interruption does not count either.
"""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from mailwizard.actions.archive.disk import sync_all, sync_folder
from mailwizard.actions.archive.outcome import CannotGoOn, Form
from mailwizard.model.selection import Selection
from mailwizard.model.shown import shown

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = ".mailwizard-archive.jsonl"
VERSION = 1
_MOST_LINE = 4 << 20
_LOCKED_AT = 1 << 40  # on Windows a locked octet cannot be read: one that never is


class Head(msgspec.Struct, frozen=True, tag="archive"):
    """The first line: whose mail, what was chosen, in which form."""

    version: int
    account: str
    started: datetime
    form: Form
    selection: Selection


class Planned(msgspec.Struct, frozen=True, tag="planned"):
    """How many messages of how many octets were chosen in all."""

    messages: int
    octets: int


class Source(msgspec.Struct, frozen=True, tag="folder"):
    """A folder of the mailbox. A later one with the same name takes an earlier one's place: the
    server has numbered the messages anew.

    ``name`` is as the user reads it, ``file`` the place in the archive without its ending. Only
    messages with a UID below ``uidnext`` belong to the archive, None for all.
    """

    number: int
    name: str
    file: str
    uidvalidity: int | None
    uidnext: int | None


class Kept(msgspec.Struct, frozen=True, tag="kept", omit_defaults=True):
    """A message that is in the archive, its octets synced.

    ``stored`` octets at ``at`` of ``file`` hold it; ``size`` and ``digest`` (SHA-256) are of the
    octets that the server sent. ``announced`` is RFC822.SIZE. ``message_id`` is None where the
    header was too long to look at. ``ended``: it ended in a line break. ``again``: the octets were
    there already, under the number that the message had before.
    """

    folder: int
    uid: int
    number: int
    file: str
    at: int
    stored: int
    size: int
    digest: str
    arrived: datetime | None = None
    announced: int | None = None
    message_id: str | None = None
    ended: bool = True
    again: bool = False


class Spoiled(msgspec.Struct, frozen=True, tag="spoiled"):
    """Messages, by number, that were not read back as they were written: they do not count."""

    numbers: tuple[int, ...]


class Whole(msgspec.Struct, frozen=True, tag="whole"):
    """Everything chosen was copied as far as it could be, and read back."""


class Removing(msgspec.Struct, frozen=True, tag="removing"):
    """These UIDs are about to be removed from the mailbox."""

    folder: int
    uids: tuple[int, ...]


class Removed(msgspec.Struct, frozen=True, tag="removed"):
    """These UIDs are no longer in the folder, or (``how``) flagged, or in the trash."""

    folder: int
    uids: tuple[int, ...]
    octets: int
    how: str = "removed"


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """Nothing more is to be done with this archive."""


Entry = Head | Planned | Source | Kept | Spoiled | Whole | Removing | Removed | Ended

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Entry).decode


class Journal:
    """An archive's journal, open to append; nobody else has it open at the same time."""

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        """Raises OSError; CannotGoOn("busy") where another program is at this archive.

        CannotGoOn("changed") where the journal is spoiled elsewhere than at its end.
        """
        self.path = folder / NAME
        flags = os.O_RDWR | getattr(os, "O_BINARY", 0) | (os.O_CREAT | os.O_EXCL if new else 0)
        self._handle = os.open(self.path, flags, 0o600)
        try:
            _lock(self._handle)
            self._end = self.path.stat().st_size if new else _good_end(self.path)
            os.ftruncate(self._handle, self._end)
        except BaseException:
            os.close(self._handle)
            raise
        if new:
            sync_folder(folder)

    def append(self, *lines: Entry) -> None:
        """Writes lines and syncs them. Raises OSError; what was there before stays good."""
        data = b"".join(_encode(line) + b"\n" for line in lines)
        try:
            os.lseek(self._handle, self._end, os.SEEK_SET)
            left = memoryview(data)
            while left:
                left = left[os.write(self._handle, left) :]
            sync_all(self._handle)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, self._end)
            raise
        self._end += len(data)

    def lines(self) -> Iterator[Entry]:
        """All lines up to now, one at a time. Raises OSError."""
        return read(self.path)

    def close(self) -> None:
        """Lets others have it."""
        with contextlib.suppress(OSError):
            os.close(self._handle)

    def remove(self) -> None:
        """Takes the journal away: what it was for is done."""
        self.close()
        with contextlib.suppress(OSError):
            self.path.unlink()


def read(path: Path) -> Iterator[Entry]:
    """The journal's lines, up to the first that is not whole. Raises OSError."""
    for line, _end in _read(path):
        yield line


def head(folder: Path) -> Head | None:
    """The first line of a folder's journal; None where it is no archive of ours."""
    try:
        first = next(read(folder / NAME), None)
    except OSError:
        return None
    return first if isinstance(first, Head) and first.version == VERSION else None


def kept(lines: Iterable[Entry]) -> Iterator[Kept]:
    """The messages among the lines."""
    return (line for line in lines if isinstance(line, Kept))


def _read(path: Path) -> Iterator[tuple[Entry, int]]:
    end = 0
    with path.open("rb") as file:
        while (raw := file.readline(_MOST_LINE)).endswith(b"\n"):
            try:
                line = _decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError):
                return
            end += len(raw)
            yield line, end


def _good_end(path: Path) -> int:
    """Where the last line ends that an interruption has left whole. Raises CannotGoOn.

    These were each written once everything before them was on the disk: where one follows a line
    that cannot be read, no interruption has done that. What the lost lines told of may no longer be
    in the mailbox, so nothing may be cut off behind them.
    """
    end = 0
    for _line, end in _read(path):  # noqa: B007 - the last one's end is asked for
        continue
    with path.open("rb") as file:
        file.seek(end)
        while raw := file.readline(_MOST_LINE):
            with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
                if isinstance(_decode(raw), Whole | Removing | Removed | Ended):
                    raise CannotGoOn("changed", NAME)
    return end


def _lock(handle: int) -> None:
    """The lock ends with the process, however that ends. Raises CannotGoOn."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _LOCKED_AT, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as problem:
        raise CannotGoOn("busy", shown(problem.strerror or "", 120)) from None
    except OSError:
        return  # a file system without locks
