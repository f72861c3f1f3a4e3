"""Watching the line, in the plain wizard: a line when something changes, figures at the end."""

from mailwizard.engine.line_watch import MINUTES, LineWatch, Pace, findings, watch_line
from mailwizard.engine.session import Session
from mailwizard.text import line_watching as words
from mailwizard.text.language import _
from mailwizard.ui.line_watch_lines import change_lines, so_far
from mailwizard.ui.plain_card import card
from mailwizard.ui.talk import GoBack, Option, Talk

_TICK = 0.1


def run(session: Session, talk: Talk, pace: Pace | None = None) -> bool:
    """Asks how long, watches, tells. Ctrl+C ends the watching only. Raises Quit, InputEnded.

    Whether it has told what the watch means.
    """
    talk.heading(words.question())
    talk.say(words.reason())
    options = [Option(str(minutes), label) for minutes, label in words.choices(MINUTES)]
    try:
        minutes = int(talk.choose(options))
    except GoBack:
        return False
    job = watch_line(session, minutes, pace)
    talk.say(_("Ctrl+C ends the watching."))
    try:
        _follow(job, talk)
    except KeyboardInterrupt:
        job.stop()
        job.wait(1.0)
    now = job.snapshot()
    talk.say()
    talk.say(words.headline(now.state))
    for line in words.summary_lines(so_far(now)):
        talk.say(f"  {line}")
    for line in words.outage_lines(so_far(now), local=True):
        talk.say(f"  {line}")
    found = findings(session)
    for finding in found:
        talk.say("\n".join(card(finding, session.investigation)))
    return bool(found)


def _follow(job: LineWatch, talk: Talk) -> None:
    """Says each change of a rung."""
    told: dict[str, str] = {}
    seen = 0
    ended = False
    while not ended:
        ended = job.wait(_TICK)
        now = job.snapshot()
        for line in change_lines(now, told, seen):
            talk.say(line)
        seen = len(now.looks)
