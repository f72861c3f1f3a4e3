"""Which messages of a folder are meant, by UID: four octets of memory each."""

from array import array
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise

from mailwizard.model.selection import Selection
from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.stream import fetch_stream

MOST_UID = 0xFFFFFFFF
PART = 50_000  # messages of one listing


@dataclass(frozen=True, slots=True)
class Chosen:
    """Messages of a folder: their UIDs in ascending order, and their octets as announced."""

    uids: "array[int]"
    octets: int


def choose(
    client: ImapClient,
    opened: Opened,
    selection: Selection,
    folder: str,
    below: int | None = None,
) -> Chosen:
    """Looks through the opened folder; ``below`` bounds the UIDs.

    Raises Refused, Garbled, Broken, Stopped.
    """
    uids, octets = array("I"), 0
    if opened.messages == 0:
        return Chosen(uids, 0)
    items = b"(UID RFC822.SIZE INTERNALDATE)" if selection.before else b"(UID RFC822.SIZE)"
    for part in parts(opened):
        with closing(fetch_stream(client, part, items, by_uid=False)) as replies:
            for reply in replies:
                uid, size = reply.uid, reply.size or 0
                if uid is None or not 0 < uid <= MOST_UID or (below is not None and uid >= below):
                    continue
                arrived = reply.arrived if selection.before else None
                if selection.takes(folder, arrived, size):
                    uids.append(uid)
                    octets += size
    return Chosen(in_order(uids), octets)


def parts(opened: Opened) -> Iterator[bytes]:
    """All messages of an opened folder, by sequence number, in sets that no reply is too long for.

    Nothing may be removed from the folder in between.
    """
    last = opened.messages or 1
    for first in range(1, last + 1, PART):
        end = first + PART - 1
        yield b"%d:%d" % (first, end) if end < last else b"%d:*" % first


def in_order(uids: "array[int]") -> "array[int]":
    """Ascending, each once. A server may name a message more than once."""
    if all(first < second for first, second in pairwise(uids)):
        return uids
    return array("I", sorted(set(uids)))


def without(uids: "array[int]", done: "array[int]") -> "array[int]":
    """Those that are not in ``done``."""
    if not done:
        return uids
    had = set(done)
    return array("I", (uid for uid in uids if uid not in had))
