"""Every check at once; at its end the step opens that explains the missing mail."""

from textual.app import ComposeResult

from mailwizard.engine.runner import ENDED, ProbeState
from mailwizard.model.finding import Step
from mailwizard.text.language import _
from mailwizard.text.rows import Row, rows
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.probe_table import ProbeTable
from mailwizard.ui.tui.widgets.prose import Prose

_ALL: tuple[Step | None, ...] = (None, *Step)


class EverythingScreen(Overlay):
    """The rows of all steps, and how many are done."""

    CSS_PATH = "everything.tcss"

    def body(self) -> ComposeResult:
        yield Prose(_("Checking everything"), id="prompt")
        yield Prose("", id="why")
        yield ProbeTable(self._rows(), id="probes")
        yield Choices([Item("stop", _("Stop"))], id="answers")

    def filled(self) -> None:
        self.query_one("#answers").focus()
        self._refresh()

    def on_mount(self) -> None:
        self.session.start_everything(self.wizard.teller())
        self.set_interval(0.15, self._refresh)

    def _rows(self) -> list[Row]:
        found: list[Row] = []
        for step in _ALL:
            states = self.session.states(step)
            found += rows(step, states, self.session.investigation.evidence, ())
        return self.wizard.hiding.rows(found)

    def probe_changed(self, state: ProbeState) -> None:  # noqa: ARG002
        self._refresh()

    def _refresh(self) -> None:
        if self.app.screen is not self or not self.query("#why"):
            return
        states = [state for step in _ALL for state in self.session.states(step)]
        done = sum(state.status in ENDED for state in states)
        text = _("{done} of {total} done. Nothing is changed by this. Esc stops it.")
        self.query_one("#why", Prose).update(text.format(done=done, total=len(states)))
        self.query_one("#probes", ProbeTable).show(self._rows())
        self.show_tree()
        if not any(self.session.running(step) for step in _ALL):
            self._open_what_explains()

    def _open_what_explains(self) -> None:
        self.session.jump(self.session.explaining_step())
        self.wizard.show_node()

    def escape_does(self) -> str:
        return _("stop")

    def on_choices_chosen(self) -> None:
        """Stop."""
        self.action_back()

    def action_back(self) -> None:
        self.session.stop()
        self.app.pop_screen()
