"""What EXAMINE and SEARCH said, from their untagged lines."""

import re

from mailwizard.probes.imap.client import Opened
from mailwizard.probes.imap.stream import Done

_EXISTS = re.compile(rb"\* (\d{1,10}) EXISTS\b", re.I)
_UIDNEXT = re.compile(rb"\* OK \[UIDNEXT (\d{1,10})\]", re.I)
_UIDVALIDITY = re.compile(rb"\* OK \[UIDVALIDITY (\d{1,10})\]", re.I)


def read_opened(done: Done) -> Opened:
    """EXISTS, UIDNEXT and UIDVALIDITY of an EXAMINE that was not refused."""
    return Opened(
        messages=_number(_EXISTS, done),
        uidnext=_number(_UIDNEXT, done),
        uidvalidity=_number(_UIDVALIDITY, done),
    )


def numbers_of(done: Done) -> list[int]:
    """The numbers of a SEARCH reply in ascending order, each once; what is none is left out."""
    found: set[int] = set()
    for line in done.said:
        if line[:9].upper() == b"* SEARCH ":
            words = line[9:].partition(b"(")[0].split()
            found.update(int(word) for word in words if word.isdigit() and len(word) < 11)
    return sorted(found)


def _number(pattern: re.Pattern[bytes], done: Done) -> int | None:
    for line in reversed(done.said):
        if found := pattern.match(line):
            return int(found[1])
    return None
