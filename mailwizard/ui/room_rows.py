"""The picture of where the room goes, as rows for both front ends."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from mailwizard.model.marked import N_
from mailwizard.model.seen.mailbox import Role
from mailwizard.model.seen.space import FolderSpace, LargeMail
from mailwizard.model.space import Space
from mailwizard.text import making_room as words
from mailwizard.text.joined import bracketed
from mailwizard.text.language import _
from mailwizard.ui.bar_text import Bar, unit_of
from mailwizard.ui.room_choice import Chosen, Counted

View = Literal["folders", "years", "senders", "largest"]
VIEWS: dict[View, str] = {
    "folders": N_("Folders"),
    "years": N_("Years"),
    "senders": N_("Senders"),
    "largest": N_("Largest mails"),
}
WEIGHTS: dict[View, tuple[int, ...]] = {
    "folders": (1,),
    "years": (1,),
    "senders": (1,),
    "largest": (0, 6, 10),
}
"""How each view's columns share the room for words; 0: what its widest needs, a day here."""

_PLACEHOLDER = re.compile(r"folder-\d+")
_ROLES: dict[Role, str] = {
    "junk": N_("spam"),
    "trash": N_("deleted mail"),
    "drafts": N_("drafts"),
    "sent": N_("sent"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """Names as they may be shown now: ``shown`` gives the placeholders of the parties known.

    While names are hidden, those that nobody asked about are hidden, too.
    """

    shown: Callable[[str], str] = str
    hidden: bool = False

    def folder(self, folder: FolderSpace, number: int = 0) -> str:
        """A folder's name; ``number`` is its place in the list, if it is one of others."""
        if folder.role == "inbox":
            return _("Inbox")
        name = self.shown(folder.name)
        if self.hidden and folder.role == "other" and not _PLACEHOLDER.fullmatch(name):
            name = _("folder {number}").format(number=number)
        role = _(_ROLES[folder.role]) if folder.role in _ROLES else ""
        says_it = role.casefold() in name.casefold()
        return name if says_it else bracketed(name, role)

    def person(self, name: str, address: str) -> str:
        """Who wrote: by name, or by address where names are hidden."""
        return self.shown(address) if self.hidden else name or address

    def subject(self, subject: str) -> str:
        """What a mail is about."""
        return _("(hidden)") if self.hidden and subject else subject


def rows(view: View, space: Space, names: Names) -> list[Bar]:
    """One view of the picture; what takes most comes first, years from the newest."""
    match view:
        case "folders":
            return [
                Bar((names.folder(folder, number),), folder.octets, folder.count)
                for number, folder in enumerate(space.folders, 1)
            ]
        case "years":
            return [
                Bar((str(year.year or _("not known")),), year.octets, year.count)
                for year in space.years
            ]
        case "senders":
            return [
                Bar((_sender(names, one.name, one.address),), one.octets, one.count)
                for one in space.senders
            ]
        case "largest":
            return [Bar(_mail(mail, names), mail.size) for mail in space.largest]


def years(space: Space) -> list[tuple[str, int]]:
    """(year, octets), the earliest first, with the years between that hold nothing."""
    known = {year.year: year.octets for year in space.years if year.year is not None}
    if not known:
        return []
    return [(str(year), known.get(year, 0)) for year in range(min(known), max(known) + 1)]


def years_title(space: Space) -> str:
    """What the columns by year show, and in which unit."""
    unit, _octets = unit_of(max((octets for _year, octets in years(space)), default=0))
    return _("Years, in {unit}").format(unit=unit)


def choice_rows(space: Space, chosen: Chosen, counted: Counted, names: Names) -> list[Bar]:
    """The folders to choose from: how much of each is meant, beside how much it holds."""
    found = []
    for number, folder in enumerate(space.folders, 1):
        inside = folder.name in chosen.folders
        part = counted.of_folder(folder.name, chosen)[1] if inside else 0
        label = names.folder(folder, number)
        found.append(Bar((label,), folder.octets, folder.count, inside, part))
    return found


def measured(space: Space, *, ended: bool) -> str:
    """How much there is, and how far it has been looked at."""
    known = words.amount(space.count, space.octets)
    if space.complete:
        return _("In all: {mails}, in {count} folders.").format(
            mails=known, count=len(space.folders)
        )
    far = words.done_of(space.done, space.total)
    if not ended and not far:
        return _("Measuring your mailbox. Nothing is changed by this.")
    if not ended:
        return _("Measuring: {far}. Nothing is changed by this.").format(far=far)
    if not space.folders:
        return words.problem("no-connection")
    return _("Not everything was measured ({far}). There is at least this: {mails}.").format(
        far=far or words.mails(space.done), mails=known
    )


def _sender(names: Names, name: str, address: str) -> str:
    if not names.hidden and name and address:
        return bracketed(name, address)
    return names.person(name, address) or _("(no sender)")


def _mail(mail: LargeMail, names: Names) -> tuple[str, ...]:
    arrived = words.day(mail.arrived) if mail.arrived is not None else ""
    return (
        arrived,
        names.person(mail.from_name, mail.from_address),
        names.subject(mail.subject),
    )
