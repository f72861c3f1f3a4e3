"""Emptying junk or trash in the plain wizard: counted first, asked with all figures."""

from mailwizard.engine import make_room
from mailwizard.engine.session import Session
from mailwizard.model.marked import N_
from mailwizard.model.selection import Selection
from mailwizard.text import making_room as words
from mailwizard.text.language import _
from mailwizard.ui.plain_room_archive import save_selection
from mailwizard.ui.plain_room_progress import finished
from mailwizard.ui.room_folder import Emptied, count_lines, theirs
from mailwizard.ui.room_rows import Names
from mailwizard.ui.room_told import deleted_lines
from mailwizard.ui.talk import Option, Talk


def empty_folder(session: Session, talk: Talk, emptied: Emptied) -> bool:
    """Counts, asks, deletes; True if anything was deleted. Raises GoBack, Quit, InputEnded."""
    count = make_room.count_folder(session, emptied.role)
    finished(talk, count)
    name = Names().folder(emptied.folder)
    found = theirs(session, emptied.role)
    talk.say("\n".join(count_lines(count, emptied, name, found)))
    counted = count.counted
    if counted is None or not counted.count:
        return False
    options = [
        Option("save", _(N_("Save them here first"))),
        Option("cancel", _(N_("Cancel"))),
        Option(
            "delete",
            _(N_("Delete {mails} for good")).format(
                mails=words.amount(counted.count, counted.octets)
            ),
        ),
    ]
    match talk.choose(options):
        case "save":
            selection = Selection(folders=(counted.folder,))
            return save_selection(session, talk, selection, counted.count, counted.octets)
        case "delete":
            job = make_room.empty(session, counted)
            finished(talk, job, emptying=True)
            talk.say("\n".join(deleted_lines(job.deleted, job.progress_now(), None)))
            return bool(job.deleted.count)
    return False
