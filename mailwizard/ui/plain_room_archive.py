"""Saving mails and deleting them, in the plain wizard: which, where to, how far, and what then."""

from dataclasses import replace
from pathlib import Path
from typing import cast

from mailwizard.engine import make_room
from mailwizard.engine.session import Session
from mailwizard.model.marked import N_
from mailwizard.model.selection import Selection
from mailwizard.model.space import Space
from mailwizard.text import making_room as words
from mailwizard.text.joined import labelled
from mailwizard.text.language import _
from mailwizard.ui.bar_text import counts, line
from mailwizard.ui.plain_room_progress import finished
from mailwizard.ui.room_choice import AGES, SIZES, Chosen, Counted, Limit, usual
from mailwizard.ui.room_place import NotAPlace, disk_words, place
from mailwizard.ui.room_rows import Names, choice_rows
from mailwizard.ui.room_told import archive_lines, deleted_lines, stopped_lines
from mailwizard.ui.talk import GoBack, Option, Talk

_WIDTH = 76


def save_and_delete(session: Session, talk: Talk, found: Space) -> bool:
    """Asks which mails and where to, saves them, and asks whether to delete them.

    True if any were deleted. Raises GoBack, Quit, InputEnded.
    """
    today = session.investigation.world.now().astimezone().date()
    chosen, counted = usual(found, today), Counted(found)
    while True:
        chosen = _which(talk, found, counted, chosen)
        try:
            return save_selection(session, talk, chosen.selection(), *counted.all(chosen))
        except GoBack:
            continue


def save_selection(
    session: Session, talk: Talk, selection: Selection, count: int, octets: int
) -> bool:
    """Saves what was selected, and asks whether to delete it; True if any were deleted.

    Raises GoBack, Quit, InputEnded.
    """
    parent, form = _where(talk, count, octets)
    job = make_room.archive(session, selection, parent, form)
    return _after(session, talk, job, parent)


def go_on(session: Session, talk: Talk, unfinished: make_room.Unfinished) -> bool:
    """Continues an archive of an earlier run; True if mails were deleted. Raises as above."""
    job = make_room.resume(session, unfinished)
    return _after(session, talk, job, unfinished.path.parent)


def _which(talk: Talk, found: Space, counted: Counted, chosen: Chosen) -> Chosen:
    """Asks until the choice is made."""
    while True:
        count, octets = counted.all(chosen)
        talk.say()
        talk.say(words.meant(count, octets, whole=found.complete))
        talk.say(words.stays(found.count - count, found.octets - octets))
        options = [
            Option("age", labelled(_(N_("Older than")), _label(AGES, chosen.age))),
            Option("size", labelled(_(N_("At least")), _label(SIZES, chosen.size))),
            Option(
                "folders",
                _(N_("Folders: {count} of {total}")).format(
                    count=len(chosen.folders), total=len(found.folders)
                ),
            ),
            Option("back", _(N_("Back"))),
        ]
        if count:
            options.insert(0, Option("on", _(N_("Go on: where to?"))))
        match talk.choose(options):
            case "on":
                return chosen
            case "age":
                chosen = replace(chosen, age=_limit(talk, AGES, chosen.age))
            case "size":
                chosen = replace(chosen, size=_limit(talk, SIZES, chosen.size))
            case "folders":
                chosen = _folders(talk, found, counted, chosen)
            case _:
                raise GoBack


def _limit(talk: Talk, limits: tuple[Limit, ...], old: str) -> str:
    try:
        return talk.choose([Option(one.id, _(one.label)) for one in limits], old=old)
    except GoBack:
        return old


def _label(limits: tuple[Limit, ...], name: str) -> str:
    return _(next(one.label for one in limits if one.id == name))


def _folders(talk: Talk, found: Space, counted: Counted, chosen: Chosen) -> Chosen:
    """Takes folders in and out until that is done."""
    while True:
        rows = choice_rows(found, chosen, counted, Names())
        most = max((row.octets for row in rows), default=0)
        options = [Option("done", _(N_("That is right so")))]
        options += [
            Option(f"{n}", line(row, most, counts(rows), _WIDTH)) for n, row in enumerate(rows)
        ]
        talk.say(_(N_("Which folder shall be taken in or out?")))
        try:
            picked = talk.choose(options)
        except GoBack:
            return chosen
        if picked == "done":
            return chosen
        chosen = chosen.toggled(found.folders[int(picked)].name)


def _where(talk: Talk, count: int, octets: int) -> tuple[Path, make_room.Form]:
    """Asks for the place and the form. Raises GoBack, Quit, InputEnded."""
    typed = str(make_room.documents())
    while True:
        talk.say(
            _(N_("Where shall {mails} be saved? A new folder is made there.")).format(
                mails=words.amount(count, octets)
            )
        )
        typed = talk.ask(old=typed)
        try:
            parent = place(typed)
        except NotAPlace as problem:
            talk.say(problem.sentence)
            continue
        talk.say(disk_words(typed, make_room.needed("mbox", count, octets)))
        forms = [
            Option("mbox", _(N_("One file per folder (mbox): mail programs import them"))),
            Option("eml", _(N_("Single mails (.eml): a double click opens one"))),
        ]
        try:
            return parent, cast("make_room.Form", talk.choose(forms))
        except GoBack:
            continue


def _after(session: Session, talk: Talk, job: make_room.ArchiveJob, parent: Path) -> bool:
    """Waits, tells, and asks what then; True if mails were deleted."""
    while True:
        finished(talk, job)
        archived = job.archived
        if archived is not None:
            talk.say("\n".join(archive_lines(archived)))
            return bool(archived.count) and _delete(session, talk, archived)
        found = make_room.unfinished(session, parent)
        left = [one for one in found if one.phase == "copying"]
        talk.say("\n".join(stopped_lines(job.progress_now(), left[0] if left else None)))
        options = [Option("back", _(N_("Back")))]
        if left:
            options.insert(0, Option("resume", _(N_("Go on"))))
        if talk.choose(options) != "resume":
            return False
        job = make_room.resume(session, left[0])


def _delete(session: Session, talk: Talk, archived: make_room.Archived) -> bool:
    """Asks, deletes, tells; True if any were deleted."""
    options = [
        Option("later", _(N_("Decide later"))),
        Option("keep", _(N_("Keep them in the mailbox, too"))),
        Option(
            "delete",
            _(N_("Delete {mails} from the mailbox")).format(
                mails=words.amount(archived.count, archived.octets)
            ),
        ),
    ]
    match talk.choose(options):
        case "keep":
            make_room.keep(session, archived)
        case "delete":
            job = make_room.delete(session, archived)
            finished(talk, job)
            talk.say("\n".join(deleted_lines(job.deleted, job.progress_now(), archived)))
            return bool(job.deleted.count)
    return False
