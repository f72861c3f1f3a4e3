"""Reads the archive back from the disk and compares it with what the server sent."""

import hashlib
from collections.abc import Callable, Iterable

from mailwizard.actions.archive.documents import said_by
from mailwizard.actions.archive.eml import EmlReader
from mailwizard.actions.archive.journal import Journal, Kept, Spoiled, Whole, kept
from mailwizard.actions.archive.ledger import Ledger
from mailwizard.actions.archive.mbox import MboxReader
from mailwizard.actions.archive.outcome import Form, Pace
from mailwizard.actions.archive.store import Reader
from mailwizard.probes.setting import Setting, Stopped

_MANY = 1000


def reader(form: Form, journal: Journal) -> Reader:
    """What reads this form of archive."""
    root = journal.path.parent
    return MboxReader(root) if form == "mbox" else EmlReader(root)


def as_written(of: Reader, message: Kept, count: Callable[[int], None] = lambda _: None) -> bool:
    """Whether a message is on the disk as the server sent it: by size and SHA-256.

    ``count`` is told the octets as they are read.
    """
    digest, size = hashlib.sha256(), 0
    try:
        for part in of.octets(message):
            digest.update(part)
            size += len(part)
            count(len(part))
    except (OSError, EOFError):
        return False
    return size == message.size and digest.hexdigest() == message.digest


def check(setting: Setting, journal: Journal, ledger: Ledger, form: Form, pace: Pace) -> None:
    """Checks every message, then notes that the archive is whole. Raises CannotGoOn, Stopped."""
    pace.begin("checking", ledger.messages, ledger.octets)
    of = reader(form, journal)

    def count(octets: int) -> None:
        if setting.stopped:
            raise Stopped
        pace.add(octets=octets)

    spoiled: list[int] = []
    try:
        for message in kept(journal.lines()):
            if message.again:
                continue
            if not as_written(of, message, count):
                spoiled.append(message.number)
            pace.add(messages=1)
            if setting.stopped:
                raise Stopped
        note(journal, ledger, spoiled)
    except OSError as problem:
        raise said_by(problem) from None
    finally:
        of.close()


def note(journal: Journal, ledger: Ledger, spoiled: Iterable[int]) -> None:
    """Writes the outcome of a whole check into the journal. Raises OSError."""
    numbers = tuple(spoiled)
    for start in range(0, len(numbers), _MANY):
        line = Spoiled(numbers[start : start + _MANY])
        journal.append(line)
        ledger.note(line)
    journal.append(Whole())
    ledger.note(Whole())
