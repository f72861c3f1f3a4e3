"""Where an archive goes: the user's documents, if there is room."""

import errno
import os
import shutil
from pathlib import Path

from platformdirs import user_documents_path

from mailwizard.actions.archive.disk import sync_folder
from mailwizard.actions.archive.outcome import CannotGoOn, Form
from mailwizard.model.shown import shown

_SPARE = 64 << 20  # octets that stay free on the disk for everything else
_BLOCK = 4096
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def documents() -> Path:
    """The user's documents; the home folder where there is no such folder."""
    path = user_documents_path()
    return path if path.is_dir() else Path.home()


def needed(form: Form, messages: int, octets: int) -> int:
    """How many octets must be free on the disk for an archive of so many."""
    each = 512 if form == "mbox" else 512 + _BLOCK
    return octets + octets // 64 + messages * each + _SPARE


def make_sure_of_room(parent: Path, form: Form, messages: int, octets: int) -> None:
    """Raises CannotGoOn: ``no-disk-room`` with the octets that it lacks, or ``not-writable``."""
    if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
        raise CannotGoOn("not-writable", shown(parent.name, 120))
    need = needed(form, messages, octets)
    try:
        free = shutil.disk_usage(parent).free
    except OSError as problem:
        raise said_by(problem) from None
    if free < need:
        raise CannotGoOn("no-disk-room", need=need - free)


def said_by(problem: OSError) -> CannotGoOn:
    """Why the disk does not take what it is given."""
    why = shown(problem.strerror or str(problem), 120)
    return CannotGoOn("no-disk-room" if problem.errno in _FULL else "not-writable", why)


def make_folder(parent: Path, name: str) -> Path:
    """A new folder in ``parent`` that only the user looks into; a number tells it from others.

    Raises CannotGoOn.
    """
    for number in range(1, 1000):
        path = parent / (name if number == 1 else f"{name} ({number})")
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            continue
        except OSError as problem:
            raise said_by(problem) from None
        sync_folder(parent)
        return path
    raise CannotGoOn("not-writable", shown(name, 120))
