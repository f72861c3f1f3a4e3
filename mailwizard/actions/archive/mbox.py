"""The mbox form (mboxrd): one file a folder of the mailbox, each message behind a ``From `` line.

The octets of the messages are kept as the server sent them, with their own line breaks; the lines
between them end in a line feed, which Thunderbird and Python's ``mailbox`` read on every system.
"""

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mailwizard.actions.archive.disk import from_the_disk, make_folders, sync_folder
from mailwizard.actions.archive.journal import Kept
from mailwizard.actions.archive.outcome import CannotGoOn
from mailwizard.actions.archive.quoting import Lines
from mailwizard.actions.archive.store import Placed

ENDING = ".mbox"
UNFINISHED = ".mbox.part"
_BUFFER = 1 << 20
_PART = 1 << 18
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def _from_line(arrived: datetime) -> bytes:
    """Of one length whatever the day (asctime), so that it can be written in at the end."""
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    when = arrived.astimezone(UTC)
    stamp = (
        f"{days[when.weekday()]} {names[when.month - 1]} {when.day:2d} "
        f"{when.hour:02d}:{when.minute:02d}:{when.second:02d} {when.year:04d}"
    )
    return f"From MAILER-DAEMON {stamp}\n".encode("ascii")


_FROM_LENGTH = len(_from_line(_NEVER))


class MboxStore:
    """Appends to a folder's file. Every method raises OSError where the disk does not take it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = ""
        self._handle = -1
        self._buffer = bytearray()
        self._flushed = 0  # octets that are in the file; the rest is in the buffer
        self._start = 0
        self._last = b""
        self._lines = Lines("quote")

    def open(self, file: str, ends: int) -> None:
        """Goes on with the file of a folder, behind its first ``ends`` octets.

        Raises CannotGoOn("changed") where it is shorter than that; and where it is longer although
        it has its final name, which no interruption leaves: then somebody has changed it, or the
        journal.
        """
        if self._file == file + ENDING and self._handle >= 0:
            return
        self.close()
        path = self._root / (file + UNFINISHED)
        make_folders(path.parent)
        done = self._root / (file + ENDING)
        if done.exists() and not path.exists():
            if done.stat().st_size != ends:
                raise CannotGoOn("changed", done.name)
            os.replace(done, path)
        if ends and not path.exists():
            raise CannotGoOn("changed", path.name)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._handle = os.open(path, flags, 0o600)
        if os.fstat(self._handle).st_size < ends:
            raise CannotGoOn("changed", path.name)
        os.ftruncate(self._handle, ends)
        sync_folder(path.parent)
        self._file, self._flushed = file + ENDING, ends
        self._buffer.clear()
        self._start = ends

    def begin(self, number: int) -> None:  # noqa: ARG002
        """A message begins."""
        self._start = self._flushed + len(self._buffer)
        self._lines = Lines("quote")
        self._last = b""
        self._put(_from_line(_NEVER))

    def write(self, part: bytes) -> None:
        """A part of the message, as the server sent it."""
        if part:
            self._last = part[-1:]
            self._put(self._lines.feed(part))

    def drop(self) -> None:
        """Takes back what was written since ``begin``."""
        if self._start >= self._flushed:
            del self._buffer[self._start - self._flushed :]
            return
        self._buffer.clear()
        os.ftruncate(self._handle, self._start)
        self._flushed = self._start

    def take(self, number: int, arrived: datetime | None, subject: str) -> Placed:  # noqa: ARG002
        """The message is whole."""
        self._put(self._lines.end())
        ended = self._last == b"\n"
        self._put(b"\n" if ended else b"\n\n")
        if arrived is not None:
            self._patch(self._start, _from_line(arrived))
        stored = self._flushed + len(self._buffer) - self._start
        placed = Placed(self._file, self._start, stored, ended)
        self._start += stored
        return placed

    def sync(self) -> None:
        """Everything taken is on the disk when this returns."""
        self._flush()
        os.fsync(self._handle)

    def journaled(self) -> None:
        """What was synced is in the journal: nothing more is to be done here."""

    def close(self) -> None:
        """Leaves the file; what was not synced does not count."""
        if self._handle >= 0:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = -1

    def _put(self, data: bytes) -> None:
        self._buffer += data
        if len(self._buffer) >= _BUFFER:
            self._flush()

    def _flush(self) -> None:
        os.lseek(self._handle, self._flushed, os.SEEK_SET)
        left = memoryview(bytes(self._buffer))
        while left:
            left = left[os.write(self._handle, left) :]
        self._flushed += len(self._buffer)
        self._buffer.clear()

    def _patch(self, at: int, data: bytes) -> None:
        if at >= self._flushed:
            at -= self._flushed
            self._buffer[at : at + len(data)] = data
            return
        self._flush()
        os.lseek(self._handle, at, os.SEEK_SET)
        os.write(self._handle, data)


def recover(root: Path, kept: Iterator[Kept]) -> None:
    """Nothing: a file is cut to what the journal knows of it when it is opened."""
    del root, kept


def finish(root: Path, files: set[str], ends: dict[str, int]) -> None:
    """Gives the files of the folders (without ending) their final names. Raises OSError.

    Behind its end a file may hold the half of a message that an interruption has left.
    """
    for file in files:
        path = root / (file + UNFINISHED)
        if path.exists():
            end = ends.get(file + ENDING, 0)
            if path.stat().st_size > end:
                os.truncate(path, end)
            os.replace(path, root / (file + ENDING))
            sync_folder(path.parent)


class MboxReader:
    """Reads messages back from the disk, as the server sent them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._name = ""
        self._handle = -1

    def octets(self, kept: Kept) -> Iterator[bytes]:
        """A message in parts. Raises OSError; EOFError where the file is too short."""
        path = self._root / kept.file
        if not path.exists():
            path = path.with_name(path.name + ".part")
        # Another file may have taken its place, or it may be gone, while it is still open here.
        if self._name != kept.file or not os.path.samestat(os.fstat(self._handle), path.stat()):
            self.close()
            self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            self._name = kept.file
            from_the_disk(self._handle)
        lines = Lines("unquote")
        os.lseek(self._handle, kept.at + _FROM_LENGTH, os.SEEK_SET)
        left = kept.stored - _FROM_LENGTH - (1 if kept.ended else 2)
        while left > 0:
            part = os.read(self._handle, min(_PART, left))
            if not part:
                raise EOFError(kept.file)
            left -= len(part)
            yield lines.feed(part)
        yield lines.end()

    def close(self) -> None:
        """Leaves the file."""
        if self._handle >= 0:
            os.close(self._handle)
        self._handle, self._name = -1, ""
