"""How far a job of making room is, in the plain wizard: a line now and then."""

from typing import Protocol

from mailwizard.actions.archive.outcome import Progress
from mailwizard.model.marked import N_
from mailwizard.text import making_room as words
from mailwizard.text.joined import listed
from mailwizard.text.language import _
from mailwizard.ui.room_told import figures
from mailwizard.ui.talk import Talk

_EVERY = 5.0  # seconds between two lines: often enough to trust it, seldom enough to be read out


class WaitedFor(Protocol):
    """A job that can be waited for and stopped."""

    def wait(self, seconds: float) -> bool:
        """Waits for the end; False on timeout."""

    def stop(self) -> None:
        """Breaks it off."""

    def progress_now(self) -> Progress:
        """How far it is."""


def finished(talk: Talk, job: WaitedFor, *, emptying: bool = False) -> None:
    """Waits for the end; an interruption from the keyboard stops the job between two mails."""
    talk.say(_(N_("Ctrl+C stops it; the mail is safe at every moment.")))
    try:
        while not job.wait(_EVERY):
            talk.say("  " + _far(job.progress_now(), emptying=emptying))
    except KeyboardInterrupt:
        job.stop()
        job.wait(_EVERY)


def _far(now: Progress, *, emptying: bool) -> str:
    parts = [*figures(now), words.pace(now.rate, now.remaining)]
    return " ".join(
        (words.phase(now.phase, emptying=emptying), listed(part for part in parts if part))
    )
