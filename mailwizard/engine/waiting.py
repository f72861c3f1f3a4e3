"""Waiting for the re-sent mail, on a thread that may go on in the background."""

from dataclasses import replace

from mailwizard.actions.two_lines import Pace
from mailwizard.actions.waiting import RESERVE_SECONDS, Waiting, Watch
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.job import Job
from mailwizard.engine.session import Session
from mailwizard.model.case import Case
from mailwizard.probes.imap.matching import Wanted
from mailwizard.probes.setting import Setting

PROBE = "waiting"


def may_wait(session: Session) -> bool:
    """Whether there is a mailbox to look into, and a sender to wait for."""
    investigation = session.investigation
    return (
        session.sign_in_state() == "ok"
        and investigation.password is not None
        and investigation.case.sender is not None
    )


def wait_for_mail(session: Session, minutes: float, pace: Pace | None = None) -> "WaitJob":
    """Starts to wait, in place of an earlier waiting. Raises NothingToWaitFor."""
    if session.waiting is not None:
        session.waiting.stop()
    job = WaitJob(session.investigation, minutes * 60, pace)
    session.waiting = job
    return job


class NothingToWaitFor(ValueError):
    """No sender is known."""


class WaitJob(Job):
    """A waiting, started at once. ``case`` is what is waited for.

    ``known`` is for the screens: whether its end has been shown to the user.
    """

    def __init__(
        self, investigation: Investigation, seconds: float, pace: Pace | None = None
    ) -> None:
        """Raises NothingToWaitFor."""
        wanted = Wanted.of(investigation.case)
        if wanted is None:
            raise NothingToWaitFor
        self.case: Case = investigation.case
        self.known = False
        self._watch: Watch | None = None
        self._begins = Waiting(
            state="reconnecting", since=investigation.world.now(), waited=0.0, left=seconds
        )

        def work(setting: Setting) -> None:
            self._watch = Watch(setting, wanted, seconds, pace)
            self._watch.run()

        super().__init__(investigation, PROBE, seconds + RESERVE_SECONDS, work)

    def snapshot(self) -> Waiting:
        """The present state; may be called from any thread."""
        ended = self.ended
        now = self._begins if self._watch is None else self._watch.snapshot()
        return replace(now, state="failed") if ended and not now.ended else now
