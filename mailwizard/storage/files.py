"""Writes a file whole or not at all."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path
from typing import Literal

Reason = Literal["full", "denied", "read-only", "no-folder", "is-folder", "name", "other"]

_REASONS: dict[int, Reason] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read-only",
    errno.ENOENT: "no-folder",
    errno.ENOTDIR: "no-folder",
    errno.EISDIR: "is-folder",
    errno.ENAMETOOLONG: "name",
    errno.EINVAL: "name",
    errno.EILSEQ: "name",
}


class NotSaved(Exception):
    """The file was not written; what stood there before still stands.

    ``reason`` is one word; ``text.problems.not_saved`` makes a sentence of it.
    """

    def __init__(self, path: Path, reason: Reason) -> None:
        super().__init__(f"{reason}: {path}")
        self.path = path
        self.reason = reason


def write(path: Path, content: str | bytes) -> None:
    """Writes a file that only its owner can read (mode 0600), and syncs it to the disk.

    A new regular file takes the old one's place in one move; through a symbolic link its target is
    replaced. A device or pipe (``/dev/stdout``) is written to directly. Raises NotSaved.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        target = path.resolve()
        if target.is_dir():
            raise NotSaved(path, "is-folder")
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        elif target.exists() and not os.access(target, os.W_OK):
            raise NotSaved(path, "denied")  # a move would replace it all the same
        else:
            _replace(target, data)
    except OSError as problem:
        raise NotSaved(path, _REASONS.get(problem.errno or 0, "other")) from problem
    except (ValueError, RuntimeError) as problem:  # a null character in the name, a loop of links
        raise NotSaved(path, "name") from problem


def named(name: str) -> Path:
    """The path that a user typed, with ``~`` for a home folder. Raises NotSaved."""
    path = Path(name)
    try:
        return path.expanduser()
    except RuntimeError as problem:  # there is no such user
        raise NotSaved(path, "name") from problem


def make_folder(folder: Path) -> None:
    """Makes a folder that only its owner can look into. Raises NotSaved."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise NotSaved(folder, _REASONS.get(problem.errno or 0, "other")) from problem


def _replace(target: Path, data: bytes) -> None:
    """mkstemp makes the file with mode 0600, so that nobody can read it at any moment."""
    handle, name = tempfile.mkstemp(prefix=".mailwizard-", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Makes the move itself lasting; some file systems and Windows cannot sync a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
