"""Reads a file that the user brings along (a bounce, a log), or says in one sentence why not."""

from pathlib import Path

from mailwizard.model.marked import N_
from mailwizard.text.typed import NotUnderstood

MOST_BYTES = 1_000_000
MOST_FILE_BYTES = 30_000_000
"""A bounce may carry the whole refused mail; what matters stands at its beginning."""

_PICTURES_AND_SUCH = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"BM",
    b"%PDF",
    b"PK\x03\x04",
    b"Rar!",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
)


def read_brought(name: str) -> bytes:
    """At most the first megabyte of a file. Raises NotUnderstood."""
    try:
        path = Path(name.strip().strip("\"'")).expanduser()
        if path.is_dir():
            raise NotUnderstood(N_("This is a folder. Give the name of the file in it."))
        if not path.exists():
            raise NotUnderstood(
                N_("There is no file of this name. Check the spelling, or paste the text instead.")
            )
        if not path.is_file():
            raise NotUnderstood(N_("This is no ordinary file. Save the message as a file first."))
        if path.stat().st_size > MOST_FILE_BYTES:
            raise NotUnderstood(
                N_("The file is larger than 30 MB. Open it, copy the message and paste it here.")
            )
        with path.open("rb") as file:
            data = file.read(MOST_BYTES)
    except NotUnderstood:
        raise
    except (OSError, ValueError, RuntimeError):
        raise NotUnderstood(
            N_("The file cannot be opened. Copy the message and paste it here instead.")
        ) from None
    check_brought(data)
    return data


def check_brought(data: bytes) -> None:
    """Whether this can be a message at all. Raises NotUnderstood."""
    if not data.strip():
        raise NotUnderstood(N_("It is empty. Open the message, copy all of it and paste it here."))
    if data.startswith(_PICTURES_AND_SUCH[:3]):
        raise NotUnderstood(
            N_("This is a picture. Open the message itself, copy its text and paste it here.")
        )
    if data.startswith(_PICTURES_AND_SUCH):
        raise NotUnderstood(
            N_("This is no mail message. Save the message as .eml, or copy its text.")
        )
