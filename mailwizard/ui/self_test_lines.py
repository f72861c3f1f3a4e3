"""What both front ends say of a test mail while it runs: lines in the language in use."""

import math

from mailwizard.actions.self_test import WAIT_SECONDS
from mailwizard.engine.self_test import SelfTesting, sending_host
from mailwizard.engine.session import Session
from mailwizard.text import self_testing


def confirmation_lines(session: Session) -> list[str]:
    """What would be done; or why it cannot be done here."""
    host = sending_host(session)
    if host is None:
        return [self_testing.no_server()]
    me = session.investigation.case.me
    return self_testing.confirmation(me, host, math.ceil(WAIT_SECONDS / 60))


def doing_line(job: SelfTesting) -> str:
    """What is being done now."""
    return self_testing.stopping() if job.stopping else self_testing.doing(job.phase)


def afterwards_lines(job: SelfTesting) -> list[str]:
    """What became of the test mail."""
    return self_testing.afterwards(job.result)
