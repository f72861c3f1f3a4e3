"""The evidence behind the findings, as text that can be selected and copied."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from mailwizard.model.finding import Step
from mailwizard.text.language import _
from mailwizard.ui.plain_card import details, way_in_text
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose


class DetailsScreen(Overlay):
    """For the helpdesk: codes, and the observations that each finding stands on."""

    CSS_PATH = "details.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "other_part", show=False)]

    def __init__(self, step: Step | None) -> None:
        super().__init__()
        self._step = step

    def body(self) -> ComposeResult:
        yield Prose(_("Details for the helpdesk"), id="prompt")
        yield TextArea(self._text(), read_only=True, soft_wrap=True, id="evidence")
        yield Choices(
            [Item("close", _("Close")), Item("copy", _("Copy"))], across=True, id="answers"
        )

    def _text(self) -> str:
        investigation = self.session.investigation
        diagnosis = investigation.diagnosis()
        findings = diagnosis.findings if self._step is None else diagnosis.of_step(self._step)
        lines = details(findings, investigation)
        if self._step in (None, Step.DNS) and self.session.begun(Step.DNS):
            lines += ["", *way_in_text(self.session)]
        return self.shown("\n".join(lines))

    def filled(self) -> None:
        self.query_one("#evidence").focus()

    def action_other_part(self) -> None:
        """Between the text and the choices."""
        text, choices = self.query_one("#evidence"), self.query_one("#answers")
        (choices if text.has_focus else text).focus()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Close, or copy all of it."""
        if message.item == "copy":
            self.app.copy_to_clipboard(self._text())
            self.remark(_("Copied, where your terminal allows it."))
        else:
            self.action_back()
