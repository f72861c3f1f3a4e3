"""Which mails are meant: by folder, by age, and by size. What an archive or a count works on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The mails of some folders that arrived before a day and have at least a size.

    ``folders`` are names as the user reads them. ``before`` is exclusive and counts the day of
    arrival (INTERNALDATE) in UTC; None for mail of any age. ``at_least`` is in octets
    (RFC822.SIZE); None for mail of any size.
    """

    folders: tuple[str, ...]
    before: date | None = None
    at_least: int | None = None

    def takes(self, folder: str, arrived: datetime | None, size: int) -> bool:
        """Whether a mail is meant. One whose arrival is not known is never meant by its age."""
        if folder not in self.folders or (self.at_least is not None and size < self.at_least):
            return False
        if self.before is None:
            return True
        if arrived is None:
            return False
        known = arrived if arrived.tzinfo is not None else arrived.replace(tzinfo=UTC)
        return known.astimezone(UTC).date() < self.before
