"""Where the space of a mailbox is, as it stands at one moment of a survey."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mailwizard.model.seen.space import FolderSpace, LargeMail, MailboxSpace, SenderSpace, YearSpace
from mailwizard.model.selection import Selection

_MIB = 1 << 20
CLASSES = (0, 100 << 10, _MIB, 5 * _MIB, 10 * _MIB)
"""Where the size classes begin, in octets: what ``Space.of`` can count from."""

Cell = tuple[str, int, int]
"""Folder, month of arrival (``month_of``), number of the size class."""

UNKNOWN_MONTH = -1
_FIRST_YEAR, _LAST_YEAR = 1970, 2100
MOST_RECORDED = 10  # senders and mails that a report names


def month_of(arrived: datetime | None) -> int:
    """Months since the year 0, in UTC; ``UNKNOWN_MONTH`` for no time, and for an absurd one."""
    if arrived is None:
        return UNKNOWN_MONTH
    try:
        at = arrived.astimezone(UTC)
    except (ValueError, OverflowError):
        return UNKNOWN_MONTH
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        return UNKNOWN_MONTH
    return at.year * 12 + at.month - 1


def class_of(size: int) -> int:
    """The number of a size's class in ``CLASSES``."""
    return bisect_right(CLASSES, max(0, size)) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A snapshot. ``done`` of ``total`` messages have been read (``total`` as the server tells it).

    ``cells`` hold (messages, octets) of what was read. ``senders`` are the 20 that take most, from
    mails of at least ``senders_from`` octets; not ``senders_whole`` where there are so many authors
    that some were left out. ``largest`` are at most 50 mails, the largest first. ``complete`` when
    all folders have been read to their end; else ``detail`` says why, "" while it is under way.
    """

    folders: tuple[FolderSpace, ...] = ()
    cells: Mapping[Cell, tuple[int, int]] = field(default_factory=dict)
    senders: tuple[SenderSpace, ...] = ()
    senders_from: int = 0
    senders_whole: bool = True
    largest: tuple[LargeMail, ...] = ()
    done: int = 0
    total: int = 0
    complete: bool = False
    detail: str = ""

    @property
    def octets(self) -> int:
        """What all folders take, as far as it is known."""
        return sum(folder.octets for folder in self.folders)

    @property
    def years(self) -> tuple[YearSpace, ...]:
        """What was read by the year of its arrival, the newest first, the unknown last."""
        sums: dict[int | None, tuple[int, int]] = {}
        for (_folder, month, _class), (messages, octets) in self.cells.items():
            year = month // 12 if month != UNKNOWN_MONTH else None
            before = sums.get(year, (0, 0))
            sums[year] = before[0] + messages, before[1] + octets
        newest_first = sorted(sums.items(), key=lambda item: -(item[0] or 0))
        return tuple(YearSpace(year=y, messages=m, octets=o) for y, (m, o) in newest_first)

    def of(self, selection: Selection) -> tuple[int, int]:
        """How many of the messages that were read a selection takes, and their octets.

        Exact where ``before`` is the first day of a month and ``at_least`` one of ``CLASSES``;
        otherwise of that month, and of that class, nothing is counted: never more than there is.
        """
        folders = frozenset(selection.folders)
        least = 0
        if selection.at_least is not None:
            exact = selection.at_least in CLASSES
            least = class_of(selection.at_least) + (not exact and selection.at_least > 0)
        before = selection.before
        count = octets = 0
        for (folder, month, size_class), (messages, size) in self.cells.items():
            if folder not in folders or size_class < least:
                continue
            if before is not None and (
                month == UNKNOWN_MONTH or month >= before.year * 12 + before.month - 1
            ):
                continue
            count, octets = count + messages, octets + size
        return count, octets

    @property
    def seen(self) -> MailboxSpace:
        """The same as a record, shortened."""
        return MailboxSpace(
            folders=self.folders,
            years=self.years,
            senders=self.senders[:MOST_RECORDED],
            senders_from=self.senders_from,
            largest=self.largest[:MOST_RECORDED],
            complete=self.complete,
            detail=self.detail,
        )
