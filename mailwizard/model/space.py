"""Where the space of a mailbox is, as it stands at one moment of a survey."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from mailwizard.model.seen.space import FolderSpace, LargeMail, MailboxSpace, SenderSpace, YearSpace
from mailwizard.model.selection import Selection

MOST_RECORDED = 10  # senders and mails that a report names
NO_DAY = 0xFFFF
LARGEST_SIZE = 0xFFFFFFFF  # octets: RFC822.SIZE is a 32 bit number in RFC 9051's predecessors
_EPOCH = date(1970, 1, 1).toordinal()


def day_number(arrived: datetime | None) -> int:
    """The day of arrival in UTC, counted from 1970; ``NO_DAY`` for none, and for an absurd one."""
    if arrived is None:
        return NO_DAY
    try:
        number = arrived.astimezone(UTC).toordinal() - _EPOCH
    except (ValueError, OverflowError):
        return NO_DAY
    return number if 0 <= number < NO_DAY else NO_DAY


@dataclass(frozen=True, slots=True)
class Mails:
    """The mails of one folder that were read, six octets each: day and size by turns.

    ``days`` as ``day_number`` counts them, ``sizes`` in octets. Nobody changes them any more.
    """

    days: "array[int]"
    sizes: "array[int]"

    def of(self, before: date | None, at_least: int | None) -> tuple[int, int]:
        """How many arrived before a day and have at least a size, and their octets."""
        least = at_least or 0
        if before is None:
            taken = [size for size in self.sizes if size >= least]
        else:
            last = min(before.toordinal() - _EPOCH, NO_DAY)
            taken = [
                size
                for day, size in zip(self.days, self.sizes, strict=True)
                if day < last and size >= least
            ]
        return len(taken), sum(taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A snapshot. ``done`` of ``total`` messages have been read (``total`` as the server tells it).

    ``folders``: the largest first. ``mails`` is what was read of each, by its name. ``senders`` are
    the 20 that take most, from mails of at least ``senders_from`` octets. ``largest`` are at
    most 50 mails, the largest first. ``complete`` when all folders have been read to their end;
    else ``detail`` says why, "" while it is under way.
    """

    folders: tuple[FolderSpace, ...] = ()
    mails: Mapping[str, Mails] = field(default_factory=dict)
    years: tuple[YearSpace, ...] = ()
    senders: tuple[SenderSpace, ...] = ()
    senders_from: int = 0
    largest: tuple[LargeMail, ...] = ()
    done: int = 0
    total: int = 0
    complete: bool = False
    detail: str = ""

    @property
    def count(self) -> int:
        """The messages of all folders, as far as their number is known."""
        return sum(folder.count for folder in self.folders)

    @property
    def octets(self) -> int:
        """What all folders take, as far as it is known."""
        return sum(folder.octets for folder in self.folders)

    def of(self, selection: Selection) -> tuple[int, int]:
        """How many of the mails that were read a selection takes, and their octets: exactly as
        ``Selection.takes`` would say it of each.
        """
        count = octets = 0
        for name in dict.fromkeys(selection.folders):
            if name in self.mails:
                more, size = self.mails[name].of(selection.before, selection.at_least)
                count, octets = count + more, octets + size
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
