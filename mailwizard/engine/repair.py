"""Repairs that the session offers: which found mail can be moved, and moving it, on a thread."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mailwizard.actions.marks import Mark
from mailwizard.actions.rescue import INBOX, Rescued, rescue, undo
from mailwizard.actions.transfer import Left, NotMoved
from mailwizard.diagnosis.found_mail import from_sender, hits
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.observation import Seen
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


@dataclass
class Repair:
    """Jobs one after another on a daemon thread, started at once. ``done`` grows job by job."""

    investigation: Investigation
    jobs: Sequence[Callable[[Setting], Rescued]]
    done: tuple[Rescued, ...] = ()
    crashed: bool = False
    _ended: threading.Event = field(default_factory=threading.Event)
    _setting: Setting | None = None

    def __post_init__(self) -> None:
        ends = time.monotonic() + SECONDS
        evidence, now = self.investigation.evidence, self.investigation.world.now
        run = evidence.begin("repair")

        def record(seen: Seen) -> None:
            evidence.add("repair", seen, at=now(), seconds=0.0, run=run)

        self._setting = self.investigation.setting(
            record,
            lambda: ends - time.monotonic(),
            lambda _done, _total: None,
        )
        threading.Thread(target=self._life, name="repair", daemon=True).start()

    def _life(self) -> None:
        assert self._setting is not None
        try:
            for job in self.jobs:
                self.done = (*self.done, job(self._setting))
        except Exception:  # noqa: BLE001 - told to the user in words; mail is safe at every point
            self.crashed = True
        finally:
            self._ended.set()

    @property
    def ended(self) -> bool:
        """Whether all is done, or was stopped."""
        return self._ended.is_set()

    def wait(self, seconds: float) -> bool:
        """Waits for the end; False on timeout."""
        return self._ended.wait(seconds)

    def stop(self) -> None:
        """Breaks it off; what is moved stays moved, and the rest stays where it is."""
        if self._setting is not None:
            self._setting.stop()
