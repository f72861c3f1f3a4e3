"""A test mail to oneself: asked for first, watched, told."""

import time
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from mailwizard.engine.self_test import (
    SelfTesting,
    findings,
    may_test,
    send_test_mail,
    sending_host,
)
from mailwizard.text import self_testing
from mailwizard.text.language import _
from mailwizard.ui.self_test_lines import afterwards_lines, confirmation_lines, doing_line
from mailwizard.ui.tui import cards
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose
from mailwizard.ui.tui.widgets.result_card import ResultCard

Phase = Literal["ask", "running", "done"]
_MOMENT = 0.6  # seconds


class SelfTestScreen(Overlay):
    """Nothing is sent before "Send it" has been chosen."""

    CSS_PATH = "self_test.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "other_part", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._phase: Phase = "ask"
        self._job: SelfTesting | None = None
        self._started = 0.0

    def body(self) -> ComposeResult:
        yield Prose(self._title(), id="prompt")
        yield Prose(self._why(), id="why")
        told = findings(self.session) if self._phase == "done" else ()
        if words := self._words():
            yield Prose(self.shown(words), id="told")
        if told and self._job is not None and self._job.result is not None:
            yield ResultCard(self.wizard.hiding.card(cards.of_finding(self.session, told[0])))
        else:
            yield Vertical(id="room")
        yield Choices(self._choices(), across=True, id="answers")

    def _title(self) -> str:
        match self._phase:
            case "ask":
                return self_testing.question()
            case "running":
                return doing_line(self._job) if self._job is not None else ""
        return _("What the test mail tells")

    def _why(self) -> str:
        if self._phase != "running":
            return ""
        return self_testing.seconds_line(int(time.monotonic() - self._started))

    def _words(self) -> str:
        if self._phase == "ask":
            return "\n\n".join(confirmation_lines(self.session))
        if self._phase == "done" and self._job is not None:
            return "\n".join(afterwards_lines(self._job))
        return ""

    def _choices(self) -> list[Item]:
        match self._phase:
            case "ask" if sending_host(self.session) is None:
                return [Item("back", _("Back"))]
            case "ask":
                return [Item("send", _("Send it")), Item("back", _("Cancel"))]
            case "running":
                return [Item("stop", _("Stop"))]
        items = [Item("back", _("Go on"))]
        if may_test(self.session):
            items.append(Item("again", _("Test again")))
        return items

    def filled(self) -> None:
        self.query_one("#why").display = self._phase == "running"
        self.query_one("#answers").focus()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(0.15, self._tick)

    def on_unmount(self) -> None:
        """Whoever leaves in the middle has had enough; what has arrived is still removed.

        At the program's end there is a moment for that, and no more: quitting must not take long.
        """
        if self._job is not None and not self._job.ended:
            self._job.stop()
            self._job.wait(_MOMENT)

    async def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """The way on."""
        match message.item:
            case "send":
                self._job = send_test_mail(self.session)
                self._started = time.monotonic()
                await self._show("running")
            case "again":
                await self._show("ask")
            case _:
                self._leave()

    async def _tick(self) -> None:
        if self._phase != "running" or self._job is None:
            return
        if self._job.ended:
            await self._show("done")
        else:
            self.query_one("#prompt", Prose).update(self._title())
            self.query_one("#why", Prose).update(self._why())

    async def _show(self, phase: Phase) -> None:
        self._phase = phase
        await self.recompose()
        self.filled()

    def _leave(self) -> None:
        """Esc, Cancel, Stop, Go on: what that means now."""
        if self._phase == "running" and self._job is not None:
            self._job.stop()
        elif self._job is not None:
            self.wizard.show_node()  # the step's result may be another one now
        else:
            self.app.pop_screen()

    def escape_does(self) -> str:
        return _("stop") if self._phase == "running" else _("back")

    def action_other_part(self) -> None:
        """Tab: between what to do, where it scrolls, and the choices."""
        for actions in self.query(".actions"):
            if actions.can_focus:
                (self.query_one("#answers") if actions.has_focus else actions).focus()

    def action_back(self) -> None:
        self._leave()
