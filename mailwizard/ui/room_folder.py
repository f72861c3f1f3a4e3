"""A folder that may be emptied: what is known of it, and the words before it is done."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mailwizard.engine.make_room import CountJob
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.seen.mailbox import FolderSearch
from mailwizard.model.seen.space import FolderSpace
from mailwizard.model.space import NO_DAY, Space
from mailwizard.text import making_room as words
from mailwizard.ui.room_told import why_ended

FoldersRole = Literal["junk", "trash"]
_FOUND: dict[FoldersRole, str] = {"junk": "FOUND_IN_JUNK", "trash": "FOUND_IN_TRASH"}
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Emptied:
    """Junk or trash; ``oldest`` and ``newest`` are days of arrival, None where not known."""

    folder: FolderSpace
    role: FoldersRole
    oldest: date | None = None
    newest: date | None = None


def emptiable(space: Space) -> list[Emptied]:
    """Junk and trash, as far as there is anything in them; one of each."""
    found: dict[str, Emptied] = {}
    for folder in space.folders:
        if folder.role in _FOUND and folder.count and folder.role not in found:
            mails = space.mails.get(folder.name)
            days = [day for day in mails.days if day != NO_DAY] if mails is not None else []
            whole = folder.done and bool(days)
            found[folder.role] = Emptied(
                folder,
                folder.role,
                _EPOCH + timedelta(days=min(days)) if whole else None,
                _EPOCH + timedelta(days=max(days)) if whole else None,
            )
    return list(found.values())


def theirs(session: Session, role: FoldersRole) -> int:
    """How many mails of the customer were found there, as far as the findings say so."""
    if not any(finding.code == _FOUND[role] for finding in session.findings(Step.SPAM)):
        return 0
    searches = session.investigation.evidence.of(FolderSearch)
    return max(1, sum(len(o.seen.hits) for o in searches if o.seen.role == role))


def count_lines(job: CountJob, emptied: Emptied, name: str, theirs: int) -> list[str]:
    """What was counted, and the question; the warning comes first. ``name`` as it is shown."""
    counted = job.counted
    if counted is None:
        return why_ended(job.progress_now(), emptying=True)
    if not counted.count:
        return [words.problem("nothing-chosen", emptying=True)]
    warning = [words.theirs_first(name, theirs)] if theirs else []
    question = words.confirm_empty(
        name, counted.count, counted.octets, emptied.oldest, emptied.newest
    )
    return [*warning, question]
