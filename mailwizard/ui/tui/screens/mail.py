"""One found mail: what its headers tell, over the list that it was chosen from."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mailwizard.engine.repair import Movable
from mailwizard.text.language import _
from mailwizard.text.one_mail import mail_details
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose


class MailScreen(Overlay):
    """Header fields alone: the body is never fetched."""

    CSS_PATH = "mail.tcss"

    def __init__(self, found: Movable) -> None:
        super().__init__()
        self._found = found

    def body(self) -> ComposeResult:
        yield Prose(_("One mail"), id="prompt")
        with VerticalScroll(id="headers", can_focus=False):
            lines = mail_details(self._found.mail, self._found.role, self._found.reasons)
            yield Prose(self.shown("\n".join(lines)))
        yield Choices([Item("close", _("Close"))], id="answers")

    def filled(self) -> None:
        self.query_one("#answers").focus()

    def on_choices_chosen(self) -> None:
        """Close."""
        self.action_back()
