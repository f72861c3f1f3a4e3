"""Makes room in the mailbox: an archive on this computer, then the deletion of what is in it.

For the screens: everything here starts a job on a thread of its own and returns at once; a job
tells ``progress_now()`` at any time, can be stopped at any time, and never loses a message.
"""

import time
from pathlib import Path
from typing import Literal

from mailwizard.actions.archive import archiving, deletion, emptying
from mailwizard.actions.archive.connection import Lasting
from mailwizard.actions.archive.documents import documents, needed
from mailwizard.actions.archive.emptying import Counted
from mailwizard.actions.archive.journal import Ended
from mailwizard.actions.archive.outcome import (
    Archived,
    CannotGoOn,
    Deleted,
    Form,
    Left,
    Pace,
    Phase,
    Problem,
    Progress,
    Unfinished,
)
from mailwizard.engine.job import Job
from mailwizard.engine.session import Session
from mailwizard.model.seen.room_made import MailArchived, MailDeleted
from mailwizard.model.selection import Selection
from mailwizard.model.shown import shown
from mailwizard.probes.setting import Setting, Stopped
from mailwizard.text import archive_words

__all__ = [
    "ArchiveJob",
    "Archived",
    "CountJob",
    "Counted",
    "DeleteJob",
    "Deleted",
    "Form",
    "Left",
    "Phase",
    "Problem",
    "Progress",
    "Unfinished",
    "archive",
    "count_folder",
    "delete",
    "documents",
    "empty",
    "keep",
    "needed",
    "resume",
    "unfinished",
]

LONGEST_SECONDS = 14 * 24 * 3600.0


class RoomJob(Job):
    """A job with a progress of its own, whose end is told as a phase: done, stopped, problem."""

    def __init__(self, session: Session, name: str) -> None:
        self._pace = Pace(time.monotonic)
        super().__init__(session.investigation, name, LONGEST_SECONDS, self._guarded)

    def progress_now(self) -> Progress:
        """Where the job stands, with rate and remaining time."""
        progress = self._pace.now()
        if self.ended and progress.phase not in ("done", "stopped", "problem"):
            self._pace.end("problem", "fault")
        return self._pace.now()

    def _guarded(self, setting: Setting) -> None:
        try:
            self._do(setting)
        except Stopped:
            self._pace.end("stopped")
        except CannotGoOn as problem:
            if setting.stopped:
                self._pace.end("stopped")
            else:
                self._pace.end("problem", problem.problem, shown(problem.detail), problem.need)
        else:
            self._pace.end("done")

    def _do(self, setting: Setting) -> None:
        raise NotImplementedError


class ArchiveJob(RoomJob):
    """Copies and checks; ``archived`` is there once all of it was read back."""

    def __init__(self, session: Session, work: archiving.Plan | Unfinished) -> None:
        self.archived: Archived | None = None
        self._what = work
        super().__init__(session, "archive")

    def _do(self, setting: Setting) -> None:
        if isinstance(self._what, Unfinished):
            done = archiving.go_on(setting, self._what.path, self._pace)
        else:
            now = self.investigation.world.now()
            done = archiving.begin(setting, self._what, now, self._pace)
        setting.record(
            MailArchived(
                archive=shown(done.path.name, 200),
                form=done.form,
                messages=done.count,
                octets=done.octets,
                folders=done.folders,
                left=_by_reason(done.left),
            )
        )
        self.archived = done


class DeleteJob(RoomJob):
    """Deletes; ``deleted`` grows with the work and is whole at its end, however that came."""

    def __init__(self, session: Session, what: Archived | Counted) -> None:
        self._tally = deletion.Tally()
        self._what = what
        super().__init__(session, "clean-up")

    @property
    def deleted(self) -> Deleted:
        """What is deleted so far."""
        return self._tally.deleted

    def _do(self, setting: Setting) -> None:
        try:
            if isinstance(self._what, Counted):
                emptying.empty(setting, self._what, self._pace, self._tally)
            else:
                self._delete_archived(setting, self._what)
        finally:
            done = self._tally.close()
            if done.count or done.left:
                setting.record(
                    MailDeleted(
                        archived=isinstance(self._what, Archived),
                        messages=done.count,
                        octets=done.octets,
                        folders=done.folders,
                        left=_by_reason(done.left),
                        flagged_only=done.flagged_only,
                        in_trash=done.in_trash,
                    )
                )

    def _delete_archived(self, setting: Setting, archived: Archived) -> None:
        lasting = Lasting(setting)
        try:
            with archiving.opened(archived.path, setting.case.me) as (journal, ledger):
                deletion.delete_archived(
                    setting, lasting, journal, ledger, archived, self._pace, self._tally
                )
        finally:
            lasting.close()


class CountJob(RoomJob):
    """Counts a folder; ``counted`` is there at its end. No such folder: "nothing-chosen"."""

    def __init__(self, session: Session, role: Literal["junk", "trash"]) -> None:
        self.counted: Counted | None = None
        self._role: Literal["junk", "trash"] = role
        super().__init__(session, "count-folder")

    def _do(self, setting: Setting) -> None:
        self.counted = emptying.count(setting, self._role, self._pace)


def archive(session: Session, selection: Selection, parent: Path, form: Form) -> ArchiveJob:
    """Starts an archive of what is chosen, in a new folder in ``parent``."""
    me = session.investigation.case.me
    day = session.investigation.world.now().astimezone().date()
    plan = archiving.Plan(
        selection=selection,
        parent=parent,
        form=form,
        name=archiving.account_folder(archive_words.folder_name(me, day)),
        readme=archive_words.readme(me, day, form),
    )
    return ArchiveJob(session, plan)


def unfinished(session: Session, parent: Path) -> tuple[Unfinished, ...]:
    """Archives of this account in ``parent`` that did not come to their end, newest first."""
    return archiving.find_unfinished(parent, session.investigation.case.me)


def resume(session: Session, unfinished: Unfinished) -> ArchiveJob:
    """Goes on with an archive that was interrupted; one that is whole is there again at once."""
    return ArchiveJob(session, unfinished)


def delete(session: Session, archived: Archived) -> DeleteJob:
    """Starts deleting what is in the archive; to be called once the user has confirmed it.

    Each message is read from the disk once more right before it is deleted.
    """
    return DeleteJob(session, archived)


def keep(session: Session, archived: Archived) -> bool:
    """The mails stay in the mailbox as well: the archive is finished with. False if it is busy."""
    try:
        with archiving.opened(archived.path, session.investigation.case.me) as (journal, _ledger):
            journal.append(Ended())
            journal.remove()
    except CannotGoOn:
        return False
    return True


def count_folder(session: Session, role: Literal["junk", "trash"]) -> CountJob:
    """Counts what is in the junk folder or the trash."""
    return CountJob(session, role)


def empty(session: Session, counted: Counted) -> DeleteJob:
    """Starts deleting what was counted, and nothing newer; to be called after a confirmation."""
    return DeleteJob(session, counted)


def _by_reason(left: tuple[Left, ...]) -> dict[str, int]:
    reasons = [one.reason for one in left]
    return {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)}
