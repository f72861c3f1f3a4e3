"""Names of files made from what others wrote: folder names, subjects."""

import hashlib
import re
import unicodedata
from datetime import datetime
from pathlib import PurePosixPath

_MOST_OCTETS = 100  # of one part: room for endings within every file system's bound
_MOST_PARTS = 6
_MOST_CHARS = 90  # of a folder's place: Windows takes 260 of a whole path, the message's name too
_RESERVED = re.compile(r"(?i)(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])")
_OWN = (".mbox", ".eml", ".part")  # a folder of that name would stand in a file's way
_BAD = set('<>:"/\\|?*')


def safe_part(text: str, otherwise: str) -> str:
    """One part of a path that every usual file system takes, and that leads nowhere else.

    ``otherwise`` stands where nothing is left of ``text``. What had to be cut ends in a mark of
    its own, so that two long names stay two.
    """
    chars = [_safe(char) for char in unicodedata.normalize("NFC", text)]
    name = " ".join("".join(chars).split()).strip(" .~") or otherwise
    if name.startswith("."):
        name = "_" + name
    if _RESERVED.fullmatch(name.partition(".")[0].strip()):
        name = "_" + name
    if name.casefold().endswith(_OWN):
        name += "_"
    if len(name.encode("utf-8")) > _MOST_OCTETS:
        mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:6]
        cut = name.encode("utf-8")[: _MOST_OCTETS - 7].decode("utf-8", "ignore")
        name = f"{cut.rstrip(' .')}~{mark}"
    return name


def folder_file(name: str, delimiter: str, taken: set[str]) -> str:
    """A folder's place in the archive, relative, with ``/``; ``taken`` grows by it.

    The folders' tree is kept. Names that a file system may hold for the same are told apart.
    """
    parts = [part for part in (name.split(delimiter) if delimiter else [name]) if part.strip()]
    if len(parts) > _MOST_PARTS:
        parts = [*parts[: _MOST_PARTS - 1], " ".join(parts[_MOST_PARTS - 1 :])]
    safe = [safe_part(part, "_") for part in parts or [name or "_"]]
    most = _MOST_CHARS // len(safe) if sum(len(part) + 1 for part in safe) > _MOST_CHARS else 0
    path = PurePosixPath(*[_cut(part, most) if most else part for part in safe])
    number, found = 1, str(path)
    while _folded(found) in taken:
        number += 1
        found = str(path.with_name(f"{path.name} ({number})"))
    taken.add(_folded(found))
    return found


def message_file(subject: str, arrived: datetime | None, number: int) -> str:
    """An .eml file's name: day, subject, and the number that makes it the only one."""
    day = arrived.strftime("%Y-%m-%d ") if arrived is not None else ""
    return f"{day}{safe_part(subject, 'mail')[:60].rstrip(' .')} ({number}).eml"


def _cut(part: str, most: int) -> str:
    """A part of a path in so many characters, ending in a mark of its own if it had to be cut."""
    if len(part) <= most:
        return part
    mark = hashlib.sha256(part.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{part[: most - 7].rstrip(' .')}~{mark}"


def _folded(path: str) -> str:
    return unicodedata.normalize("NFKC", path).casefold()


def _safe(char: str) -> str:
    if char in _BAD:
        return "_"
    category = unicodedata.category(char)
    if category == "Cf" or category[0] == "Z":
        return " " if category[0] == "Z" else ""
    return "_" if category[0] == "C" else char
