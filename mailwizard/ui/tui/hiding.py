"""Hides the parties' names on every screen while somebody else watches."""

from collections.abc import Sequence
from dataclasses import replace

from mailwizard.engine.session import Session
from mailwizard.model.case import Case
from mailwizard.report.redaction import Redactor
from mailwizard.text.rows import Row
from mailwizard.ui.tui.widgets.result_card import Card


class Hiding:
    """Off at first; while on, texts get the placeholders that a redacted report has, too."""

    def __init__(self, session: Session) -> None:
        self.on = False
        self._session = session
        self._kept: tuple[int, Case, Redactor] | None = None

    def toggle(self) -> None:
        """Hides names, or shows them again."""
        self.on = not self.on

    def text(self, text: str) -> str:
        """The text as it may be shown now."""
        return self._redactor().text(text) if self.on and text else text

    def card(self, card: Card) -> Card:
        """A card as it may be shown now."""
        if not self.on:
            return card
        return replace(
            card,
            headline=self.text(card.headline),
            meaning=self.text(card.meaning),
            actions=tuple(self.text(action) for action in card.actions),
            also=tuple(self.text(line) for line in card.also),
        )

    def rows(self, rows: Sequence[Row]) -> list[Row]:
        """Probe rows as they may be shown now."""
        return [replace(row, seen=self.text(row.seen)) for row in rows] if self.on else list(rows)

    def _redactor(self) -> Redactor:
        investigation = self._session.investigation
        version, case = investigation.evidence.version, investigation.case
        if self._kept is None or self._kept[:2] != (version, case):
            self._kept = (version, case, Redactor(case, investigation.evidence))
        return self._kept[2]
