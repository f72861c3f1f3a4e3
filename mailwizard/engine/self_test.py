"""The test mail to oneself that the session offers, on a thread."""

import threading
import time

from mailwizard.actions.self_test import SECONDS, OwnMailTest, Phase, refused_before
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.job import Job
from mailwizard.engine.session import Session
from mailwizard.model.finding import Finding
from mailwizard.model.seen.self_test import SelfTest
from mailwizard.probes.setting import Setting
from mailwizard.providers.submission import submission_host

PROBE = "self-test"


def may_test(session: Session) -> bool:
    """Whether a test mail can be offered: signed in, a password that has not been refused there."""
    investigation = session.investigation
    return (
        session.sign_in_state() == "ok"
        and investigation.password is not None
        and refused_before(investigation.evidence) is None
    )


def sending_host(session: Session) -> str | None:
    """The server that the test mail would go to; None where none is known."""
    found = session.investigation.detected
    return submission_host(found.provider, found.imap_server[0], session.investigation.case.domain)


def findings(session: Session) -> tuple[Finding, ...]:
    """What the last test tells, in rank order."""
    return session.investigation.told_by(SelfTest)


def send_test_mail(session: Session) -> "SelfTesting":
    """Starts the test; to be called once the user has confirmed it."""
    return SelfTesting(session.investigation)


class SelfTesting(Job):
    """One test mail. ``phase`` is what is being done, ``result`` what came of it, at the end."""

    def __init__(self, investigation: Investigation) -> None:
        self.phase: Phase = "opening"
        self.result: SelfTest | None = None
        self._enough = threading.Event()
        ends = time.monotonic() + SECONDS
        self._sending = investigation.setting(
            lambda _seen: None, lambda: ends - time.monotonic(), lambda _done, _total: None
        )
        super().__init__(investigation, PROBE, SECONDS, self._test)

    def stop(self) -> None:
        """Ends the sending, or the waiting; what has arrived by then is still taken away.

        Stopping once more breaks that off, too.
        """
        if self._enough.is_set():
            super().stop()
        self._enough.set()
        self._sending.stop()

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._enough.is_set()

    def _test(self, setting: Setting) -> None:
        self.result = OwnMailTest(setting, self._sending, self._enough, self._tell).run()

    def _tell(self, phase: Phase) -> None:
        self.phase = phase
