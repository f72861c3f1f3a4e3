"""The result of a step: what we found, what it means, who can fix it, how sure, what to do."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from mailwizard.text.language import _
from mailwizard.ui.tui.widgets.points import Point, Points, points
from mailwizard.ui.tui.widgets.rule import Rule


@dataclass(frozen=True, slots=True)
class Card:
    """The card's words, in the language in use, plain text. ``also`` are further findings."""

    heading: str
    headline: str
    meaning: str = ""
    owner: str = ""
    certainty: str = ""
    actions: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class ResultCard(Vertical):
    """Headline, meaning and owner always stand; the actions scroll where they need to."""

    def __init__(self, card: Card, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._card = card

    def compose(self) -> ComposeResult:
        yield Rule()
        yield Points(classes="headline")
        yield Points(classes="meaning")
        yield Points(classes="owner")
        with VerticalScroll(classes="actions"):
            yield Points()

    def on_mount(self) -> None:
        self._fill()

    def show(self, card: Card) -> None:
        """Shows another result."""
        if card != self._card:
            self._card = card
            self._fill()

    def _fill(self) -> None:
        card = self._card
        rule = self.query_one(Rule)
        rule.left, rule.right = card.heading, card.certainty
        self._say(".headline", card.headline)
        self._say(".meaning", card.meaning)
        owner = _("Who can fix it: {owner}").format(owner=card.owner) if card.owner else ""
        self._say(".owner", owner)
        for inner in self.query(".actions Points").results(Points):  # none where the app just ends
            inner.show(points(card.actions, card.also, _("Also seen in this step:")))
        scroll = self.query_one(".actions", VerticalScroll)
        scroll.can_focus = bool(card.actions or card.also)
        scroll.scroll_home(animate=False)

    def _say(self, where: str, text: str) -> None:
        widget = self.query_one(where, Points)
        widget.show((Point("", text),))
        widget.display = bool(text)
