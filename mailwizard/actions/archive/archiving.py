"""An archive from its beginning to the point where everything in it was read back."""

import contextlib
import os
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailwizard.actions.archive import eml, mbox
from mailwizard.actions.archive.checking import check
from mailwizard.actions.archive.choosing import Chosen, choose
from mailwizard.actions.archive.connection import Lasting
from mailwizard.actions.archive.copying import Copying
from mailwizard.actions.archive.documents import make_folder, make_sure_of_room, said_by
from mailwizard.actions.archive.journal import NAME, VERSION, Head, Journal, Planned, Source, head
from mailwizard.actions.archive.journal import kept as kept_in
from mailwizard.actions.archive.ledger import Ledger, archived, unfinished
from mailwizard.actions.archive.names import folder_file, safe_part
from mailwizard.actions.archive.outcome import (
    Archived,
    CannotGoOn,
    Form,
    Left,
    Pace,
    Unfinished,
)
from mailwizard.actions.archive.places import Places
from mailwizard.model.selection import Selection
from mailwizard.probes.imap.client import Opened
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting

README = "README.txt"
_MOST_LOOKED_AT = 5000  # entries of a folder that are looked at for archives


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to archive, where to, and the words for it: the folder's name and a README's text."""

    selection: Selection
    parent: Path
    form: Form
    name: str
    readme: str


def begin(setting: Setting, plan: Plan, started: datetime, pace: Pace) -> Archived:
    """Archives what is chosen. Raises CannotGoOn, Stopped: what was done until then stays."""
    lasting = Lasting(setting)
    try:
        pace.begin("listing", len(plan.selection.folders))
        places = Places.of(setting, lasting)
        left: list[Left] = []
        sources: list[Source] = []
        chosen: dict[str, array[int]] = {}
        messages = octets = 0
        taken = {README.casefold()}
        for name in dict.fromkeys(plan.selection.folders):
            found = _look_through(lasting, places, plan.selection, name)
            pace.add(messages=1)
            if found is None:
                left.append(Left(name, 0, "no-folder"))
                continue
            opened, here = found
            if not here.uids:
                continue
            file = folder_file(name, places.delimiter, taken)
            number = len(sources) + 1
            sources.append(Source(number, name, file, opened.uidvalidity, opened.uidnext))
            chosen[name] = here.uids
            messages += len(here.uids)
            octets += here.octets
        if not messages:
            raise CannotGoOn("nothing-chosen")
        make_sure_of_room(plan.parent, plan.form, messages, octets)
        first = Head(VERSION, setting.case.me, started, plan.form, plan.selection)
        with _new(plan, first, sources, Planned(messages, octets)) as (journal, ledger):
            return _work(setting, lasting, places, journal, ledger, pace, chosen, left)
    finally:
        lasting.close()


def go_on(setting: Setting, folder: Path, pace: Pace) -> Archived:
    """Goes on with an interrupted archive. Raises CannotGoOn, Stopped."""
    lasting = Lasting(setting)
    try:
        with opened(folder, setting.case.me) as (journal, ledger):
            _make_sure_of_room(folder, ledger)
            places = Places.of(setting, lasting)
            return _work(setting, lasting, places, journal, ledger, pace, {}, [])
    finally:
        lasting.close()


@contextmanager
def opened(folder: Path, account: str) -> Iterator[tuple[Journal, Ledger]]:
    """An archive that is there, for this program alone. Raises CannotGoOn."""
    first = head(folder)
    if first is None or first.account != account:
        raise CannotGoOn("changed", folder.name)
    try:
        journal = Journal(folder)
    except OSError as problem:
        raise said_by(problem) from None
    try:
        try:
            ledger = Ledger(journal.lines())
        except (LookupError, OverflowError):
            raise CannotGoOn("changed", NAME) from None
        if ledger.head is None or ledger.ended:
            raise CannotGoOn("changed", folder.name)
        if ledger.head.form == "eml":
            eml.recover(folder, kept_in(journal.lines()))
        yield journal, ledger
    except OSError as problem:
        raise said_by(problem) from None
    finally:
        journal.close()


def find_unfinished(parent: Path, account: str) -> tuple[Unfinished, ...]:
    """The archives of this account that an earlier run did not bring to an end, newest first."""
    found: list[Unfinished] = []
    try:
        for number, path in enumerate(parent.iterdir()):
            if number >= _MOST_LOOKED_AT:
                break
            if (path / NAME).is_file() and (one := unfinished(path, account)) is not None:
                found.append(one)
    except OSError:
        pass
    return tuple(sorted(found, key=lambda one: one.started, reverse=True))


def account_folder(text: str) -> str:
    """A folder's name made of a text with an address in it."""
    return safe_part(text, "Mail")


def _work(
    setting: Setting,
    lasting: Lasting,
    places: Places,
    journal: Journal,
    ledger: Ledger,
    pace: Pace,
    chosen: "dict[str, array[int]]",
    left: list[Left],
) -> Archived:
    """Copies, checks, names the files."""
    if ledger.head is None:
        raise CannotGoOn("changed", NAME)
    root, form = journal.path.parent, ledger.head.form
    total = max(ledger.planned.messages, ledger.messages)
    pace.begin("copying", total, max(ledger.planned.octets, ledger.octets))
    pace.skip(ledger.messages, ledger.octets)
    store = mbox.MboxStore(root) if form == "mbox" else eml.EmlStore(root)
    copying = Copying(setting, lasting, journal, ledger, store, pace)
    try:
        copying.run(ledger.head.selection, places.wire_names(), chosen)
    except CannotGoOn as problem:
        if problem.problem == "no-disk-room":
            _make_sure_of_room(root, ledger)
            need = max(1, ledger.planned.octets - ledger.octets)
            raise CannotGoOn("no-disk-room", problem.detail, need) from None
        raise
    lasting.close()
    try:
        if not ledger.whole:
            check(setting, journal, ledger, form, pace)
        finishing = mbox.finish if form == "mbox" else eml.finish
        finishing(root, ledger.files(), ledger.ends)
        return archived(root, ledger, [*left, *copying.left, *_spoiled(journal, ledger)])
    except OSError as problem:
        raise said_by(problem) from None


def _make_sure_of_room(folder: Path, ledger: Ledger) -> None:
    """For what is not in the archive yet. Raises CannotGoOn with the octets that are lacking."""
    messages = ledger.planned.messages - ledger.messages
    octets = ledger.planned.octets - ledger.octets
    if ledger.head is not None and not ledger.whole and messages > 0:
        make_sure_of_room(folder, ledger.head.form, messages, max(0, octets))


def _spoiled(journal: Journal, ledger: Ledger) -> Iterator[Left]:
    for kept in kept_in(journal.lines()) if ledger.spoiled else ():
        if kept.number in ledger.spoiled:
            yield Left(ledger.sources[kept.folder].name, kept.uid, "damaged")


def _look_through(
    lasting: Lasting, places: Places, selection: Selection, name: str
) -> tuple[Opened, Chosen] | None:
    """Opens a folder and looks which of its messages are meant; None where it cannot be opened."""
    place = places.places.get(name)
    while place is not None:
        try:
            client, opened = lasting.folder(place.wire_name)
            found = choose(client, opened, selection, name, opened.uidnext)
        except Refused:
            return None
        except (Broken, Garbled) as problem:
            lasting.lost(str(problem))
            continue
        lasting.went_on()
        return opened, found
    return None


@contextmanager
def _new(
    plan: Plan, first: Head, sources: list[Source], planned: Planned
) -> Iterator[tuple[Journal, Ledger]]:
    folder = make_folder(plan.parent, plan.name)
    journal: Journal | None = None
    try:
        journal = Journal(folder, new=True)
        journal.append(first, planned, *sources)
        _write(folder / README, plan.readme)
    except OSError as problem:
        _take_away(folder, journal)
        raise said_by(problem) from None
    try:
        yield journal, Ledger(journal.lines())
    except OSError as problem:
        raise said_by(problem) from None
    finally:
        journal.close()


def _take_away(folder: Path, journal: Journal | None) -> None:
    """A folder in which nothing could be begun."""
    if journal is not None:
        journal.remove()
    with contextlib.suppress(OSError):
        for name in (NAME, README):
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def _write(path: Path, text: str) -> None:
    """With the line breaks and the mark that every Windows editor understands."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="\r\n") as file:
        file.write(text)
