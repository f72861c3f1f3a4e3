"""The form of single files: one .eml file a message, in the folders of the mailbox.

A message is written under a passing name. It gets its own once it is in the journal: so the
journal always knows of every file that bears one.
"""

import contextlib
import os
import re
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from mailwizard.actions.archive.disk import from_the_disk, make_folders, sync_folder
from mailwizard.actions.archive.journal import Kept
from mailwizard.actions.archive.names import message_file
from mailwizard.actions.archive.outcome import CannotGoOn
from mailwizard.actions.archive.store import Placed

_PASSING = re.compile(r"\.\d+\.part")
_PART = 1 << 18
_SIDE_BY_SIDE = 4


class EmlStore:
    """Writes into a folder. Every method raises OSError where the disk does not take it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = ""
        self._size = 0
        self._last = b""
        self._handle = -1
        self._current = root
        self._unsynced: list[tuple[int, Path]] = []
        self._unnamed: list[tuple[Path, Path]] = []

    def open(self, file: str, ends: int) -> None:
        """Goes on with a folder."""
        del ends
        if self._file == file:
            return
        self.close()
        make_folders(self._root / file)
        self._file = file

    def begin(self, number: int) -> None:
        """A message begins."""
        self._size, self._last = 0, b""
        self._current = self._root / self._file / f".{number}.part"

    def write(self, part: bytes) -> None:
        """A part of the message, as the server sent it."""
        if self._handle < 0:
            self._create()
        left = memoryview(part)
        while left:
            left = left[os.write(self._handle, left) :]
        self._size += len(part)
        self._last = part[-1:] or self._last

    def drop(self) -> None:
        """Takes back what was written since ``begin``."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
            self._current.unlink(missing_ok=True)

    def take(self, number: int, arrived: datetime | None, subject: str) -> Placed:
        """The message is whole.

        Raises CannotGoOn("changed") where a file has its name already: the journal gives every
        number once, so it is not as it was written.
        """
        if self._handle < 0:
            self._create()
        name = f"{self._file}/{message_file(subject, arrived, number)}"
        if os.path.lexists(self._root / name):
            raise CannotGoOn("changed", self._file)
        self._unsynced.append((self._handle, self._current))
        self._unnamed.append((self._current, self._root / name))
        self._handle = -1
        return Placed(name, 0, self._size, self._last == b"\n")

    def sync(self) -> None:
        """Everything taken is on the disk when this returns."""
        _sync_all([handle for handle, _path in self._unsynced])
        for handle, _path in self._unsynced:
            os.close(handle)
        self._unsynced.clear()
        sync_folder(self._root / self._file)

    def journaled(self) -> None:
        """What was synced is in the journal: it may have its names."""
        for passing, final in self._unnamed:
            os.replace(passing, final)
        self._unnamed.clear()

    def close(self) -> None:
        """Leaves the folder; what was not synced does not count."""
        with contextlib.suppress(OSError):
            self.drop()
        for handle, path in self._unsynced:
            with contextlib.suppress(OSError):
                os.close(handle)
                path.unlink(missing_ok=True)
        self._unsynced.clear()
        self._unnamed.clear()

    def _create(self) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        self._handle = os.open(self._current, flags, 0o600)


def _sync_all(handles: list[int]) -> None:
    """Side by side, so that the disk can do many in one go. Raises OSError."""
    problems: list[OSError] = []

    def sync(some: list[int]) -> None:
        try:
            for handle in some:
                os.fsync(handle)
        except OSError as problem:
            problems.append(problem)

    threads = [
        threading.Thread(target=sync, args=(handles[first::_SIDE_BY_SIDE],), daemon=True)
        for first in range(min(_SIDE_BY_SIDE, len(handles)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


def passing(root: Path, kept: Kept) -> Path:
    """Where a message lies until it has its name."""
    return (root / kept.file).with_name(f".{kept.number}.part")


def recover(root: Path, kept: Iterator[Kept]) -> None:
    """Gives those their names that are in the journal, and removes what is not. Raises OSError."""
    parts = {
        Path(folder, name)
        for folder, _folders, names in os.walk(root)
        for name in names
        if _PASSING.fullmatch(name)
    }
    for one in kept if parts else ():
        unnamed = passing(root, one)
        if unnamed in parts:
            os.replace(unnamed, root / one.file)
            parts.discard(unnamed)
    for path in parts:
        path.unlink(missing_ok=True)


def finish(root: Path, files: set[str], ends: dict[str, int]) -> None:
    """Makes the names of the files in the folders lasting."""
    del ends
    for file in files:
        sync_folder(root / file)


class EmlReader:
    """Reads messages back from the disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def octets(self, kept: Kept) -> Iterator[bytes]:
        """A message in parts. Raises OSError."""
        path = self._root / kept.file
        if not path.exists():
            path = passing(self._root, kept)
        with path.open("rb", buffering=0) as file:
            from_the_disk(file.fileno())
            while part := file.read(_PART):
                yield part

    def close(self) -> None:
        """Nothing is open."""
