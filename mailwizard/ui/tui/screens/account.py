"""The sign-in was refused: what that means, and trying again or looking in webmail."""

from textual.app import ComposeResult

from mailwizard import tree
from mailwizard.text.language import _
from mailwizard.ui.tui import cards
from mailwizard.ui.tui.screens.base import WizardScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose
from mailwizard.ui.tui.widgets.result_card import ResultCard


class AccountScreen(WizardScreen):
    """The card of the refusal, and the tree's choices."""

    CSS_PATH = "account.tcss"

    def __init__(self, node: tree.AccountNode) -> None:
        super().__init__()
        self._node = node

    def body(self) -> ComposeResult:
        yield Prose(_(self._node.title), id="prompt")
        card = cards.of_account(self.session, _(self._node.why))
        yield ResultCard(self.wizard.hiding.card(card), id="card")
        yield Choices([Item(c.id, _(c.label)) for c in self._node.choices], id="answers")

    def filled(self) -> None:
        self.query_one("#answers").focus()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Again, or without."""
        self.session.answer(self._node.id, message.item)
        self.session.advance()
        self.wizard.show_node()
