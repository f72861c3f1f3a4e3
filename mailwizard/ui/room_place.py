"""The folder that an archive is to go into, as it was typed: checked, for both front ends."""

import os
import shutil
from pathlib import Path

from mailwizard.text import making_room as words
from mailwizard.text.language import _


class NotAPlace(Exception):
    """Nothing can be saved there; ``sentence`` says why and what to do, in the language in use."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def place(typed: str) -> Path:
    """The folder meant, an absolute path; it is there and can be written to. Raises NotAPlace."""
    path = _path(typed)
    try:
        if not path.exists():
            raise NotAPlace(_("There is no folder of this name. Choose one that is there."))
        if not path.is_dir():
            raise NotAPlace(_("This is a file. Give the name of a folder."))
        writable = os.access(path, os.W_OK | os.X_OK)
    except (OSError, ValueError):
        raise NotAPlace(_("This cannot be the name of a folder. Type another one.")) from None
    if not writable:
        raise NotAPlace(words.problem("not-writable"))
    return path


def disk_words(typed: str, need: int) -> str:
    """How much room the disk of that place has, beside the octets that must be free there; ""
    where that cannot be told.
    """
    try:
        path = _path(typed)
        there = next(folder for folder in (path, *path.parents) if folder.exists())
        return words.room_on_disk(shutil.disk_usage(there).free, need)
    except (OSError, ValueError, NotAPlace, StopIteration):
        return ""


def _path(typed: str) -> Path:
    text = typed.strip().strip("\"'")
    if not text:
        raise NotAPlace(_("Type the name of a folder first."))
    try:
        return Path(text).expanduser().absolute()
    except (RuntimeError, ValueError):  # no such user; a null character
        raise NotAPlace(_("This cannot be the name of a folder. Type another one.")) from None
