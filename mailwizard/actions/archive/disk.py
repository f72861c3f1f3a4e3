"""What makes files last: also when the power fails a moment later."""

import contextlib
import os
import sys
from pathlib import Path

if sys.platform == "darwin":
    import fcntl


def sync_all(handle: int) -> None:
    """The file is on the disk when this returns, and so is all that was synced before it.

    On a Mac fsync leaves the data in the drive's own cache; the full one empties that. Raises
    OSError.
    """
    if sys.platform == "darwin":
        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Makes new names in a folder lasting; some file systems and Windows cannot."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_folders(folder: Path) -> None:
    """A folder with all that lead to it, for the user alone; the names last. Raises OSError."""
    missing = [folder]
    while not missing[-1].parent.is_dir():
        missing.append(missing[-1].parent)
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
        sync_folder(path.parent)


def from_the_disk(handle: int) -> None:
    """Lets the system forget what it holds of a synced file, so that the disk itself is read."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
