"""What both forms of an archive have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mailwizard.actions.archive.journal import Kept


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a message lies, as in the journal; ``ended``: it ends in a line break."""

    file: str
    at: int
    stored: int
    ended: bool


class Store(Protocol):
    """Takes one message after another. Every method raises OSError where the disk refuses it."""

    def open(self, file: str, ends: int) -> None:
        """Goes on with a folder (its place without ending), behind ``ends`` octets."""

    def begin(self, number: int) -> None:
        """A message begins; ``number`` is its own in the whole archive."""

    def write(self, part: bytes) -> None:
        """A part of it, as the server sent it."""

    def drop(self) -> None:
        """Takes back what was written since ``begin``."""

    def take(self, number: int, arrived: datetime | None, subject: str) -> Placed:
        """It is whole."""

    def sync(self) -> None:
        """Everything taken is on the disk when this returns."""

    def journaled(self) -> None:
        """Everything synced is in the journal now."""

    def close(self) -> None:
        """Leaves the folder; what was not synced does not count."""


class Reader(Protocol):
    """Reads messages back."""

    def octets(self, kept: Kept) -> Iterator[bytes]:
        """A message in parts, as the server sent it. Raises OSError, EOFError."""

    def close(self) -> None:
        """Leaves the file."""
