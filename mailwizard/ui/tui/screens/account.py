"""The sign-in was refused: what that means, and trying again or looking in webmail."""

from textual.app import ComposeResult

from mailwizard import tree
from mailwizard.text.language import _
from mailwizard.ui.tui import cards
from mailwizard.ui.tui.screens.base import WizardScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose
from mailwizard.ui.tui.widgets.result_card import ResultCard

ELSEWHERE = "elsewhere"


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
        yield Choices(self._choices(), id="answers")

    def _choices(self) -> list[Item]:
        items = [Item(c.id, _(c.label)) for c in self._node.choices]
        host = self.session.other_site()
        if host is not None:
            label = _("Sign in at {host} instead").format(host=host)
            items.insert(0, Item(ELSEWHERE, self.shown(label)))
        return items

    def filled(self) -> None:
        self.query_one("#answers").focus()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """At the other site, again, or without."""
        host = self.session.other_site()
        if message.item == ELSEWHERE and host is not None:
            self.session.answer(self._node.id, "retry")
            self.session.move_to(host)
        else:
            self.session.answer(self._node.id, message.item)
        self.session.advance()
        self.wizard.show_node()
