"""Which mails to save and delete: the folders, ages and sizes that both front ends offer."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from mailwizard.model.marked import N_
from mailwizard.model.selection import Selection
from mailwizard.model.space import Space

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit to choose: months of age, or octets of size; 0 for none. ``label`` is marked."""

    id: str
    value: int
    label: str


AGES = (
    Limit("any", 0, N_("any")),
    Limit("3-months", 3, N_("3 months")),
    Limit("6-months", 6, N_("6 months")),
    Limit("1-year", 12, N_("1 year")),
    Limit("2-years", 24, N_("2 years")),
    Limit("3-years", 36, N_("3 years")),
)
USUAL_AGE = "1-year"
"""Old enough that hardly anybody misses it in the mailbox."""

SIZES = (
    Limit("any", 0, N_("any")),
    Limit("1-mb", _MIB, N_("1 MB")),
    Limit("5-mb", 5 * _MIB, N_("5 MB")),
    Limit("10-mb", 10 * _MIB, N_("10 MB")),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen: names of folders, the ids of an age and a size, and the day it is today."""

    folders: frozenset[str]
    today: date
    age: str = USUAL_AGE
    size: str = "any"

    def toggled(self, folder: str) -> "Chosen":
        """With a folder taken in, or out."""
        return replace(self, folders=self.folders ^ {folder})

    def selection(self) -> Selection:
        """The mails that are meant, in an order of the folders that does not change."""
        months = next(limit.value for limit in AGES if limit.id == self.age)
        octets = next(limit.value for limit in SIZES if limit.id == self.size)
        return Selection(
            folders=tuple(sorted(self.folders)),
            before=before(months, self.today),
            at_least=octets or None,
        )


def usual(space: Space, today: date) -> Chosen:
    """What surprises nobody: old mail of all folders but the drafts."""
    folders = (folder.name for folder in space.folders if folder.role != "drafts")
    return Chosen(folders=frozenset(folders), today=today)


def before(months: int, today: date) -> date | None:
    """The day before which mail is older than so many months; None for mail of any age."""
    if months <= 0:
        return None
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


class Counted:
    """What of each folder a choice takes: counted anew only where age or size change."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._limits: tuple[date | None, int | None] | None = None
        self._by_folder: dict[str, tuple[int, int]] = {}

    def of_folder(self, folder: str, chosen: Chosen) -> tuple[int, int]:
        """Mails and octets that would be taken of a folder, whether it is chosen or not."""
        selection = chosen.selection()
        limits = (selection.before, selection.at_least)
        if limits != self._limits:
            self._limits = limits
            self._by_folder = {
                one.name: self._space.of(replace(selection, folders=(one.name,)))
                for one in self._space.folders
            }
        return self._by_folder.get(folder, (0, 0))

    def all(self, chosen: Chosen) -> tuple[int, int]:
        """Mails and octets of everything that is chosen."""
        found = [self.of_folder(folder, chosen) for folder in chosen.folders]
        return sum(count for count, _octets in found), sum(octets for _count, octets in found)
