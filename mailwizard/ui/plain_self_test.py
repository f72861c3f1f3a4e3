"""A test mail to oneself, in the plain wizard."""

from mailwizard.engine.self_test import (
    SelfTesting,
    findings,
    may_test,
    send_test_mail,
    sending_host,
)
from mailwizard.engine.session import Session
from mailwizard.model.marked import N_
from mailwizard.text import self_testing
from mailwizard.text.language import _
from mailwizard.ui.plain_card import card
from mailwizard.ui.self_test_lines import afterwards_lines, confirmation_lines, doing_line
from mailwizard.ui.talk import GoBack, Option, Talk


def run(session: Session, talk: Talk) -> None:
    """Asks, sends, waits, tells; again if that is wanted. Raises Quit, InputEnded."""
    try:
        while _once(session, talk):
            pass
    except GoBack:
        return


def _once(session: Session, talk: Talk) -> bool:
    """One test; whether another one is wanted."""
    talk.heading(self_testing.question())
    for line in confirmation_lines(session):
        talk.say(line)
    if sending_host(session) is None:
        return False
    options = [Option("send", _(N_("Send it"))), Option("cancel", _(N_("Cancel")))]
    if talk.choose(options) != "send":
        return False
    job = _finished(send_test_mail(session), talk)
    for finding in findings(session):
        talk.say("\n".join(card(finding, session.investigation)))
    for line in afterwards_lines(job):
        talk.say(line)
    if not may_test(session):
        return False
    options = [Option("back", _(N_("Go on"))), Option("again", _(N_("Test again")))]
    return talk.choose(options) == "again"


def _finished(job: SelfTesting, talk: Talk) -> SelfTesting:
    """Says what is being done; an interruption from the keyboard ends the waiting.

    A second one breaks the tidying up off as well.
    """
    said = ""
    while True:
        try:
            if said != (line := doing_line(job)) and not job.ended:
                said = line
                talk.say(line)
            if job.wait(0.1):
                return job
        except KeyboardInterrupt:
            if job.stopping:
                job.stop()
                raise
            job.stop()
