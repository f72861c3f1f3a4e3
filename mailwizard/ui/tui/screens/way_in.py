"""The map of the way in, with the whole screen to itself."""

from textual.app import ComposeResult

from mailwizard.engine.runner import ProbeState
from mailwizard.model.finding import Step
from mailwizard.text.language import _
from mailwizard.ui.plain_card import way_in_now
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose
from mailwizard.ui.tui.widgets.way_in import WayInMap


class WayInScreen(Overlay):
    """Fills while the probes run; nothing is asked and nothing changed."""

    CSS_PATH = "way_in.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._was_running = False

    def body(self) -> ComposeResult:
        domain = self.session.investigation.case.domain
        title = _("The way that mail takes to {domain}").format(domain=domain)
        yield Prose(self.shown(title), id="prompt")
        yield WayInMap(id="map")
        yield Choices([Item("close", _("Back"))], across=True, id="answers")

    def filled(self) -> None:
        self._show()
        self.query_one("#answers").focus()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(0.3, self._tick)

    def probe_changed(self, state: ProbeState) -> None:  # noqa: ARG002
        self._show()

    def _tick(self) -> None:
        """Once more after the last probe: then it is judged."""
        running = self.session.running(Step.DNS)
        if running or self._was_running:
            self._show()
        self._was_running = running

    def _show(self) -> None:
        for drawing in self.query("#map").results(WayInMap):
            drawing.show(*way_in_now(self.session, self.shown))

    def on_choices_chosen(self) -> None:
        """Back."""
        self.action_back()
