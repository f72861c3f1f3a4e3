"""Waiting for the re-sent mail, in the plain wizard: a line when something happens, no more."""

from mailwizard.engine.session import Session
from mailwizard.engine.waiting import WaitJob, may_wait, wait_for_mail
from mailwizard.model.finding import Step
from mailwizard.model.marked import N_
from mailwizard.text import waiting as words
from mailwizard.text.language import _
from mailwizard.ui.plain_progress import show_progress
from mailwizard.ui.talk import GoBack, Option, Talk
from mailwizard.ui.waiting_lines import came_lines, coverage_lines, headline, meaning, state_of

_TICK = 0.1


def run(session: Session, talk: Talk) -> bool:
    """Asks how long, waits, tells; True if the mail came, with the spam step searched again.

    The spam step is the present one then. Ctrl+C ends the waiting only. Raises Quit, InputEnded.
    """
    if not may_wait(session):
        talk.say(words.not_possible())
        return False
    talk.heading(words.question())
    talk.say(words.reason(session.investigation.case.sender or ""))
    options = [Option(str(minutes), label) for minutes, label in words.choices()]
    try:
        minutes = int(talk.choose(options))
    except GoBack:
        return False
    job = wait_for_mail(session, minutes)
    talk.say(_(N_("Ctrl+C ends the waiting.")))
    try:
        _follow(job, talk)
    except KeyboardInterrupt:
        job.stop()
        job.wait(1.0)
    job.known = True
    now = job.snapshot()
    sender = job.case.sender or ""
    talk.say()
    talk.say(headline(now, sender))
    talk.say(meaning(now, sender))
    for line in (*came_lines(now), *coverage_lines(now)):
        talk.say(f"  {line}")
    if now.state != "arrived":
        return False
    session.start_step(Step.SPAM)
    show_progress(session, talk, Step.SPAM)
    session.jump(Step.SPAM)
    return True


def _follow(job: WaitJob, talk: Talk) -> None:
    """Says each change of state, and each mail that may be the one."""
    said, shown = "", 0
    while not job.wait(_TICK):
        now = job.snapshot()
        state = state_of(now)
        if state != said and not now.ended:
            said = state
            talk.say(headline(now, job.case.sender or ""))
            if state == "waiting":
                talk.say(f"{words.watched(now.folders)} {words.how(at_once=now.at_once)}")
        for line in came_lines(now)[shown:]:
            shown += 1
            talk.say(line)
