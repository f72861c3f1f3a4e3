"""Reads what the user brings along (a bounce, a log) from a file, within bounds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.text.language import _

MOST_OCTETS = 1_000_000
_OUTLOOK = b"\xd0\xcf\x11\xe0"
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF", b"PK\x03\x04", b"Rar!", b"\x1f\x8b")
_LOOKS_LIKE_A_FILE = re.compile(r"[/~.\\].*|[a-z]:[/\\].*|file:.*|\S+\.(eml|msg|txt|log)", re.I)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something cannot be taken as it is: a plain sentence that says what to do.

    ``sentence`` is the English source with placeholders for ``data``; ``text()`` is what is shown.
    """

    sentence: str
    data: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The sentence in the language in use; the data are made safe to show."""
        return _(self.sentence).format(**{k: shown(v, 120) for k, v in self.data.items()})


def read_file(name: str) -> bytes | Problem:
    """The first megabyte of a file: more is never needed to read a bounce or a log."""
    path = as_path(name)
    try:
        if path.is_dir():
            return Problem(
                N_("{name} is a folder. Give the name of the file in it."), {"name": name}
            )
        if path.exists() and not path.is_file():
            return Problem(N_("{name} is not an ordinary file. Give another one."), {"name": name})
        with path.open("rb") as file:
            data = file.read(MOST_OCTETS)
    except FileNotFoundError:
        return Problem(
            N_("There is no file {name} here. Check its name, with its folder."), {"name": name}
        )
    except (OSError, ValueError):
        return Problem(
            N_("The file {name} may not be read from here. Copy it to your own folder first."),
            {"name": name},
        )
    return data


def unreadable(data: bytes, name: str) -> Problem | None:
    """Why a file cannot be a message or a log at all: it is empty, or a picture, a program …"""
    if not data.strip():
        return Problem(
            N_("The file {name} is empty. Save the message once more, or paste its text."),
            {"name": name},
        )
    if data.startswith(_OUTLOOK):
        return Problem(
            N_("{name} is in Outlook's own form. Open it, copy all of its text and paste it."),
            {"name": name},
        )
    if data.startswith(_NO_TEXT) or (b"\0" in data[:4096] and not data.startswith(_WIDE_TEXT)):
        return Problem(
            N_(
                "{name} holds no text, perhaps it is a picture. Save the message itself as a file,"
                " or paste its text."
            ),
            {"name": name},
        )
    return None


def as_path(name: str) -> Path:
    """A path as terminals write it when a file is dropped on them: quoted, escaped or as a URL."""
    text = name.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif text.lower().startswith("file://"):
        text = unquote(urlsplit(text).path)
    elif "\\ " in text:
        text = text.replace("\\ ", " ")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def names_a_file(typed: str) -> bool:
    """Whether one typed line is the name of a file rather than a pasted text."""
    text = typed.strip()
    if "\n" in text or not text or len(text) > 1000:
        return False
    try:
        if as_path(text).exists():
            return True
    except (OSError, ValueError):
        return False
    bare = text.strip("'\"")
    return _LOOKS_LIKE_A_FILE.fullmatch(bare) is not None and " " not in bare
