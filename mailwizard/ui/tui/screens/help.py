"""Help: how the wizard is used, on one page."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mailwizard.text.language import _
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose


class HelpScreen(Overlay):
    """Keys, the words of the rows, and what is never done."""

    CSS_PATH = "help.tcss"

    def body(self) -> ComposeResult:
        yield Prose(_("Help"), id="prompt")
        with VerticalScroll(id="help", can_focus=False):
            yield Prose("\n".join(self._lines()))
        yield Choices([Item("close", _("Close"))], id="answers")

    def _lines(self) -> list[str]:
        return [
            _(
                "The wizard looks step by step for the mail that you miss, and says in the end who"
                " has to do what. It only looks. Before it changes anything in your mailbox, or"
                " sends a test mail, it asks you."
            ),
            "",
            _("Arrows and Enter choose. Tab moves between fields. Esc goes back or stops."),
            _("F2 hides names and addresses, for when somebody else watches your screen."),
            _("F3 checks everything at once and opens the step that explains the missing mail."),
            _("F5 shows the waiting for a mail again, which goes on while you do something else."),
            _("F7 watches the line for some minutes and draws what answered (network step)."),
            _("F4 changes the language. F6 changes the colours. F10 ends the program at once."),
            "",
            _("ok: looked at, in order."),
            _("problem: this explains the missing mail, or keeps mail away."),
            _("risk: this may explain it, or soon will."),
            _("not known: it was tried, but no answer can be given. It is no fault."),
            _("not tested: it was not tried, for the reason that stands beside it."),
        ]

    def filled(self) -> None:
        self.query_one("#answers").focus()

    def on_choices_chosen(self) -> None:
        """Close."""
        self.action_back()
