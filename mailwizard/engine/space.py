"""Where the space of the mailbox is: measured on a thread, to be looked at while it goes on."""

from mailwizard.engine.investigation import Investigation
from mailwizard.engine.job import Job
from mailwizard.engine.session import Session
from mailwizard.model.space import Space
from mailwizard.probes.imap.survey import Survey

__all__ = ["Space", "SpaceJob", "measure"]

PROBE = "space"
SECONDS = 600.0


class SpaceJob(Job):
    """The survey as it goes on; what it found is recorded when it ends, also when it is stopped."""

    def __init__(self, investigation: Investigation) -> None:
        self._survey = Survey()
        super().__init__(investigation, PROBE, SECONDS, self._survey.run)

    def snapshot(self) -> Space:
        """What is known so far; may be called at any time."""
        return self._survey.snapshot()


def measure(session: Session) -> SpaceJob:
    """Starts to measure. Nothing in the mailbox is changed."""
    return SpaceJob(session.investigation)
