"""Tells of a waiting that goes on behind other screens, and of its end."""

from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

from mailwizard.engine.waiting import WaitJob
from mailwizard.text.language import _
from mailwizard.ui.tui.screens.base import Overlay, WizardScreen
from mailwizard.ui.tui.screens.waiting import WaitScreen

if TYPE_CHECKING:
    from mailwizard.ui.tui.app import WizardApp

_KEEP_TITLE, _TITLE_BACK = "\x1b[22;2t", "\x1b[23;2t"


class Background:
    """``look`` is called a few times a second."""

    def __init__(self, app: "WizardApp") -> None:
        self._app = app
        self._told: WaitJob | None = None
        self._titled = False

    def look(self) -> None:
        """Keeps the top line up to now; tells of an end once, where that disturbs nobody."""
        screen, job = self._app.screen, self._app.session.waiting
        if isinstance(screen, WizardScreen):
            screen.show_top()
        if job is None or job.known:
            self.untitle()
            return
        now = job.snapshot()
        if not now.ended:
            return
        if self._told is not job:
            self._told = job
            if now.state == "arrived":
                self._app.bell()
                self._title(_("The mail has arrived."))
        if _may_be_covered(screen):
            self._app.push_screen(WaitScreen(uncalled=True))

    def _title(self, text: str) -> None:
        """The terminal's title, seen while another window is in front. No names: others see it."""
        self._titled = True
        self._write(f"{_KEEP_TITLE}\x1b]2;{text}\x07")

    def untitle(self) -> None:
        """The title as it was before."""
        if self._titled:
            self._titled = False
            self._write(_TITLE_BACK)

    def _write(self, text: str) -> None:
        if self._app._driver is not None:
            self._app._driver.write(text)


def _may_be_covered(screen: object) -> bool:
    """Not while somebody types, or is in the middle of something: the top line tells it there."""
    if not isinstance(screen, WizardScreen) or isinstance(screen, Overlay):
        return False
    return not isinstance(screen.focused, Input | TextArea)
