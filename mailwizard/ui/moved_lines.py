"""What was done with the mails that were moved: lines for both front ends."""

from mailwizard.engine.repair import Repair, recorded
from mailwizard.engine.session import Session
from mailwizard.model.seen.mailbox import FolderSearch
from mailwizard.text import moving
from mailwizard.text.language import _


def moved_lines(repair: Repair, *, back: bool) -> list[str]:
    """What was moved, and what was not and why."""
    lines = [line for done in repair.done for line in moving.told(recorded(done, undone=back))]
    if repair.crashed or not repair.ended:
        lines.append(_("It stopped in the middle. The mail is safe; check again to see where."))
    return lines


def advice_lines(session: Session, repair: Repair) -> list[str]:
    """How it does not happen again."""
    searches = session.investigation.evidence.of(FolderSearch)
    roles = {search.seen.folder: search.seen.role for search in searches}
    places = [roles[done.folder] for done in repair.done if done.moved and done.folder in roles]
    lines = moving.advice(session.investigation.detected.provider, places)
    return [_("So that it does not happen again:"), *lines] if lines else []


def may_undo(repair: Repair) -> bool:
    """Whether anything was moved that can be moved back."""
    return any(done.moved for done in repair.done)
