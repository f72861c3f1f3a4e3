"""Waiting for the re-sent mail: choose how long, watch, and be told where it arrives."""

import time

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mailwizard.actions.waiting import Waiting
from mailwizard.engine.waiting import may_wait, wait_for_mail
from mailwizard.model.finding import Step
from mailwizard.text import waiting as words
from mailwizard.text.language import _
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose
from mailwizard.ui.waiting_lines import came_lines, coverage_lines, headline, meaning

_TICK = 0.2
_DEAF = 0.7  # seconds


class WaitScreen(Overlay):
    """Shows the session's waiting, or asks for its length where there is none.

    Esc leaves it, and the waiting goes on: the top line of every screen tells of it.
    """

    CSS_PATH = "waiting.tcss"

    def __init__(self, *, uncalled: bool = False) -> None:
        """``uncalled``: it comes up by itself, so a key that is on its way is not meant for it."""
        super().__init__()
        self._asking = False
        self._deaf_until = time.monotonic() + _DEAF if uncalled else 0.0

    def body(self) -> ComposeResult:
        yield Prose("", id="prompt")
        yield Prose("", id="why")
        with VerticalScroll(id="came", can_focus=False):
            yield Prose("", id="came-lines")
        yield Prose("", id="coverage")
        yield Choices([], across=True, id="answers")

    def filled(self) -> None:
        self._show()
        self.query_one("#answers").focus()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(_TICK, self._show)

    def _now(self) -> Waiting | None:
        """The waiting as it stands; None while its length is asked for."""
        job = self.session.waiting
        return None if job is None or self._asking else job.snapshot()

    def _show(self) -> None:
        if not self.query("#answers"):
            return
        now = self._now()
        job = self.session.waiting
        if now is not None and now.ended and job is not None and self.app.screen is self:
            job.known = True
        prompt, why, came, coverage = self._words(now)
        for name, text in (
            ("prompt", prompt),
            ("why", why),
            ("came-lines", came),
            ("coverage", coverage),
        ):
            self.query_one(f"#{name}", Prose).update(self.shown(text))
        self.query_one("#answers", Choices).offer(self._choices(now))

    def _words(self, now: Waiting | None) -> tuple[str, str, str, str]:
        """Prompt, what is under it, what came, what was watched."""
        if now is None:
            sender = self.session.investigation.case.sender or ""
            possible = may_wait(self.session)
            why = words.reason(sender) if possible else words.not_possible()
            return words.question(), why, "", ""
        job = self.session.waiting
        sender = (job.case.sender if job is not None else None) or ""
        why = meaning(now, sender)
        if not now.ended:
            why += "\n" + _("Esc leaves this screen, and the waiting goes on.")
        lines = "\n".join(came_lines(now))
        return headline(now, sender), why, lines, "\n".join(coverage_lines(now))

    def _choices(self, now: Waiting | None) -> list[Item]:
        close = Item("close", _("Back"))
        again = Item("again", _("Wait again"))
        if now is None:
            offered = words.choices() if may_wait(self.session) else []
            return [*(Item(str(minutes), label) for minutes, label in offered), close]
        match now.state:
            case "waiting" | "reconnecting":
                return [Item("leave", _("Leave it running")), Item("stop", _("Stop"))]
            case "arrived":
                return [Item("show", _("Show where it is")), again, close]
            case "refused":
                return [Item("sign-in", _("Sign in again")), close]
        return [again, close]

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """How long, or what to do now."""
        if time.monotonic() < self._deaf_until:
            return
        match message.item:
            case "stop" if self.session.waiting is not None:
                self.session.waiting.stop()
            case "again":
                self._asking = True
                self._show()
            case "show":
                self.session.start_step(Step.SPAM, self.wizard.teller())
                self.session.jump(Step.SPAM)
                self.wizard.show_node()
            case "sign-in":
                self.session.jump("sign-in")
                self.wizard.show_node()
            case "leave" | "close":
                self.action_back()
            case minutes if minutes.isdecimal():
                wait_for_mail(self.session, int(minutes))
                self._asking = False
                self._show()

    def escape_does(self) -> str:
        return _("back")
