"""Repairs that the session offers: which found mail can be moved, and moving it, on a thread."""

from collections.abc import Callable, Sequence

from mailwizard.actions.marks import Mark
from mailwizard.actions.rescue import INBOX, Rescued, rescue, undo
from mailwizard.actions.transfer import Left, NotMoved
from mailwizard.diagnosis.found_mail import from_sender, hits
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.job import Job
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.seen.mailbox import FolderSearch, MailSeen
from mailwizard.probes.setting import Setting

SECONDS = 120.0
_CODES = frozenset({"FOUND_IN_JUNK", "FOUND_IN_TRASH", "FOUND_IN_FOLDER"})
# A folder that shows every mail holds no mail of its own, so nothing can be moved out of it.
_STAY = frozenset({"inbox", "all", "sent", "drafts"})


def movable(session: Session) -> tuple[MailSeen, ...]:
    """The mails that the spam step's findings stand on and that can be moved, newest first."""
    if session.sign_in_state() != "ok" or session.running(Step.SPAM):
        return ()
    because = {
        name
        for finding in session.findings(Step.SPAM)
        if finding.code in _CODES
        for name in finding.because
    }
    if not because:
        return ()
    situation = session.investigation.situation()
    return tuple(
        hit.mail
        for hit in from_sender(situation, hits(situation))
        if hit.search.id in because and hit.role not in _STAY
    )


def bring_back(session: Session, mails: Sequence[MailSeen]) -> "Repair":
    """Starts moving mails to the inbox; to be called once the user has confirmed it."""
    searches = {o.seen.folder: o.seen for o in session.investigation.evidence.of(FolderSearch)}
    folders = dict.fromkeys(mail.folder for mail in mails)

    def job(folder: str) -> Callable[[Setting], Rescued]:
        marks = [Mark.of(mail) for mail in mails if mail.folder == folder]

        def work(setting: Setting) -> Rescued:
            try:
                return rescue(setting, folder, marks, searches[folder].uidvalidity)
            except NotMoved as problem:
                left = tuple(Left(mark, problem.reason) for mark in marks)
                return Rescued(folder=folder, target=INBOX, left=left)

        return work

    return Repair(session.investigation, [job(folder) for folder in folders])


def take_back(session: Session, done: Sequence[Rescued]) -> "Repair":
    """Starts undoing what ``bring_back`` has done."""

    def job(rescued: Rescued) -> Callable[[Setting], Rescued]:
        def work(setting: Setting) -> Rescued:
            try:
                return undo(setting, rescued)
            except NotMoved as problem:
                left = tuple(Left(moved.there, problem.reason) for moved in rescued.moved)
                return Rescued(folder=rescued.target, target=rescued.folder, left=left)

        return work

    return Repair(session.investigation, [job(rescued) for rescued in done if rescued.moved])


class Repair(Job):
    """Mails of one folder after another, on a thread. ``done`` grows folder by folder."""

    def __init__(
        self, investigation: Investigation, jobs: Sequence[Callable[[Setting], Rescued]]
    ) -> None:
        self.done: tuple[Rescued, ...] = ()
        self._jobs = jobs
        super().__init__(investigation, "repair", SECONDS, self._move)

    def _move(self, setting: Setting) -> None:
        for job in self._jobs:
            self.done = (*self.done, job(setting))
