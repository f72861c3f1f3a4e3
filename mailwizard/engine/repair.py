"""Repairs that the session offers: which found mail can be brought back, and doing it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mailwizard.actions.marks import Mark
from mailwizard.actions.outcome import Left, NotMoved, Rescued
from mailwizard.actions.rescue import rescue, undo
from mailwizard.diagnosis.found_mail import Hit, from_sender, hits, reasons
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.job import Job
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.seen.mailbox import FolderSearch, MailSeen, Role
from mailwizard.model.seen.moved import MailMoved, NotMovedCount, Way
from mailwizard.probes.imap.folders import INBOX
from mailwizard.probes.setting import Setting
from mailwizard.reading.junk_reasons import Reason

SECONDS = 120.0
_CODES = frozenset(
    {
        "FOUND_IN_JUNK",
        "FOUND_IN_TRASH",
        "FOUND_IN_FOLDER",
        "DEVICE_BLOCKLIST",
        "OTHER_DEVICE_MOVED",
    }
)
_STAY = frozenset({"sent", "drafts"})


@dataclass(frozen=True, slots=True)
class Movable:
    """A found mail that can be brought back: where it is, how, and what its headers tell."""

    mail: MailSeen
    role: Role
    way: Way
    reasons: tuple[Reason, ...]


def movable(session: Session) -> tuple[Movable, ...]:
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
        Movable(hit.mail, hit.role, way, reasons(situation, hit.mail))
        for hit in from_sender(situation, hits(situation))
        if hit.search.id in because and (way := _way(hit)) is not None
    )


def _way(hit: Hit) -> Way | None:
    """How a mail is brought back; None where it cannot be, or is where it belongs."""
    if hit.role == "inbox":
        return "unmark" if hit.mail.flagged_deleted else None
    if hit.role == "all":
        # It shows every mail and holds none of its own: nothing can be taken out of it.
        return "copy"
    return None if hit.role in _STAY else "move"


def bring_back(session: Session, mails: Sequence[Movable]) -> "Repair":
    """Starts bringing mails back to the inbox; to be called once the user has confirmed it."""
    searches = {o.seen.folder: o.seen for o in session.investigation.evidence.of(FolderSearch)}

    def job(folder: str, way: Way) -> Callable[[Setting], Rescued]:
        marks = [Mark.of(m.mail) for m in mails if (m.mail.folder, m.way) == (folder, way)]

        def work(setting: Setting) -> Rescued:
            try:
                return rescue(setting, folder, marks, searches[folder].uidvalidity, way)
            except NotMoved as problem:
                left = tuple(Left(mark, problem.reason) for mark in marks)
                target = folder if way == "unmark" else INBOX.folder.name
                return Rescued(folder=folder, target=target, way=way, left=left)

        return work

    groups = dict.fromkeys((mail.mail.folder, mail.way) for mail in mails)
    return Repair(session.investigation, [job(*group) for group in groups])


def take_back(session: Session, done: Iterable[Rescued]) -> "Repair":
    """Starts undoing what ``bring_back`` has done."""

    def job(rescued: Rescued) -> Callable[[Setting], Rescued]:
        def work(setting: Setting) -> Rescued:
            try:
                return undo(setting, rescued)
            except NotMoved as problem:
                left = tuple(Left(moved.there, problem.reason) for moved in rescued.moved)
                return Rescued(
                    folder=rescued.target, target=rescued.folder, way=rescued.way, left=left
                )

        return work

    jobs = [job(rescued) for rescued in done if rescued.moved]
    return Repair(session.investigation, jobs, undone=True)


class Repair(Job):
    """Mails of one folder after another, on a thread. ``done`` grows folder by folder.

    What was changed is recorded, so that a report tells it.
    """

    def __init__(
        self,
        investigation: Investigation,
        jobs: Sequence[Callable[[Setting], Rescued]],
        *,
        undone: bool = False,
    ) -> None:
        self.done: tuple[Rescued, ...] = ()
        self._jobs = jobs
        self._undone = undone
        super().__init__(investigation, "repair", SECONDS, self._move)

    def _move(self, setting: Setting) -> None:
        for job in self._jobs:
            rescued = job(setting)
            self.done = (*self.done, rescued)
            setting.record(recorded(rescued, undone=self._undone))


def recorded(rescued: Rescued, *, undone: bool) -> MailMoved:
    """What was done with one folder's mails, as a report keeps it."""
    reasons = [left.reason for left in rescued.left]
    return MailMoved(
        folder=rescued.folder,
        target=rescued.target,
        way=rescued.way,
        undone=undone,
        moved=len(rescued.moved),
        left_over=sum(moved.left_over == "marked" for moved in rescued.moved),
        kept=sum(moved.left_over == "kept" for moved in rescued.moved),
        not_moved=tuple(
            NotMovedCount(reason=reason, count=reasons.count(reason))
            for reason in dict.fromkeys(reasons)
        ),
        uids=tuple(moved.there.uid for moved in rescued.moved),
        uidvalidity=rescued.target_uidvalidity,
    )
