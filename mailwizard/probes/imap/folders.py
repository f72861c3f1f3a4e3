"""The folders of a mailbox, as listed, with their roles."""

import re
from dataclasses import dataclass, replace

from imapclient.imap_utf7 import decode as decode_utf7

from mailwizard.model.provider import Provider
from mailwizard.model.seen.mailbox import Folder, FolderList
from mailwizard.model.shown import shown
from mailwizard.probes.imap.client import ImapClient, Listing
from mailwizard.probes.imap.replies import Garbled, Refused
from mailwizard.reading.folder_roles import FLAGS, role_of
from mailwizard.reading.headers import raw_text

MOST_FOLDERS = 2000

_LINE = re.compile(
    rb'\(([^()]{0,2000})\)\s+(?:NIL|"(\\?[^"]?)")\s+(?:"((?:[^"\\]|\\.)*)"|\{\d+\+?\}|([^\s"{]\S*))\s*',
    re.S | re.I,
)
_CLOSED = {"\\noselect", "\\nonexistent"}
_FIRST = ("junk", "inbox", "trash")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, and its name as the server writes it."""

    folder: Folder
    wire_name: bytes


INBOX = Place(Folder(name="INBOX", flags=(), role="inbox", role_by="name"), b"INBOX")


@dataclass(frozen=True, slots=True)
class Listed:
    """All folders: junk, inbox and trash first, copies of everything last."""

    places: tuple[Place, ...]
    delimiter: str
    complete: bool

    @property
    def seen(self) -> FolderList:
        """The same as a record."""
        return FolderList(
            folders=tuple(place.folder for place in self.places),
            delimiter=self.delimiter,
            complete=self.complete,
            detail="" if self.complete else "some folders could not be read from the list",
        )


def list_folders(client: ImapClient, provider: Provider, capabilities: set[str]) -> Listed:
    """Lists all folders. Raises Refused, Garbled, Broken, Stopped.

    Where the plain list has no flag that tells a role, other ways to ask for them are tried.
    """
    lines = client.list_lines()
    listed = _read(lines, provider)
    ways: tuple[tuple[str, Listing], ...] = (
        ("SPECIAL-USE", "LIST RETURN (SPECIAL-USE)"),
        ("XLIST", "XLIST"),
    )
    for capability, way in ways:
        if capability not in capabilities or any(_flagged(place) for place in listed.places):
            continue
        try:
            flagged = _read(client.list_lines(way), provider)
        except (Refused, Garbled):
            continue
        listed = _with_roles(listed, flagged)
    return listed


def _with_roles(listed: Listed, flagged: Listed) -> Listed:
    """The plain list with the roles that another list's flags tell of the same folders."""
    known = {place.wire_name: place for place in flagged.places if _flagged(place)}
    places = [
        replace(
            place,
            folder=replace(
                place.folder,
                role=known[place.wire_name].folder.role,
                role_by=known[place.wire_name].folder.role_by,
            ),
        )
        if place.wire_name in known
        else place
        for place in listed.places
    ]
    return replace(listed, places=tuple(sorted(places, key=_rank)))


def _flagged(place: Place) -> bool:
    return any(flag.casefold() in FLAGS for flag in place.folder.flags)


def _read(lines: list[tuple[bytes, bytes | None]], provider: Provider) -> Listed:
    places: dict[bytes, Place] = {}
    delimiter = ""
    complete = len(lines) <= MOST_FOLDERS
    for line, literal in lines[:MOST_FOLDERS]:
        found = _LINE.fullmatch(line)
        if found is None:
            complete = False
            continue
        wire_name = _name(found, literal)
        if not wire_name or re.search(rb"[\x00\r\n]", wire_name):
            complete = False
            continue
        between = raw_text(found[2] or b"").removeprefix("\\") or ("\\" if found[2] else "")
        delimiter = delimiter or between
        flags = tuple(shown(flag, 60) for flag in found[1].split()[:40])
        name = decoded_name(wire_name)
        role, by = role_of(name, flags, between, provider.folders)
        selectable = not _CLOSED.intersection(flag.casefold() for flag in flags)
        folder = Folder(
            name=shown(name, 255), flags=flags, role=role, role_by=by, selectable=selectable
        )
        places.setdefault(wire_name, Place(folder, wire_name))
    if not any(place.folder.role == "inbox" for place in places.values()):
        # Every mailbox has one (RFC 9051, 5.1), also where the list leaves it out.
        places[INBOX.wire_name] = INBOX
    return Listed(tuple(sorted(places.values(), key=_rank)), delimiter, complete)


def _name(found: re.Match[bytes], literal: bytes | None) -> bytes:
    if literal is not None:
        return literal[:1000]
    if found[3] is not None:
        return re.sub(rb"\\(.)", rb"\1", found[3])[:1000]
    return (found[4] or b"")[:1000]


def _rank(place: Place) -> tuple[int, str]:
    role = place.folder.role
    if role in _FIRST:
        return _FIRST.index(role), place.folder.name
    return (9 if role == "all" else 5), place.folder.name


def decoded_name(wire_name: bytes) -> str:
    """A folder's name from modified UTF-7 (RFC 3501, 5.1.3), or from raw text where it is that."""
    if not wire_name.isascii():
        return raw_text(wire_name)
    try:
        return str(decode_utf7(wire_name))
    except (ValueError, LookupError):
        return wire_name.decode("ascii")
