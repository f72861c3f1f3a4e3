"""The end: one sentence, who must act, what was ruled out, the letters and the report."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from mailwizard import tree
from mailwizard.model.finding import Finding, Outcome, Step
from mailwizard.text.finding_text import render
from mailwizard.text.joined import listed
from mailwizard.text.language import _
from mailwizard.text.letters import Letter, letters
from mailwizard.ui.offers import offers
from mailwizard.ui.plain_card import headline
from mailwizard.ui.tui.screens.base import WizardScreen
from mailwizard.ui.tui.screens.details import DetailsScreen
from mailwizard.ui.tui.screens.letter import LetterScreen
from mailwizard.ui.tui.screens.report import ReportScreen
from mailwizard.ui.tui.screens.waiting import WaitScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.points import Point, Points, points
from mailwizard.ui.tui.widgets.prose import Prose
from mailwizard.ui.tui.widgets.rule import Rule
from mailwizard.ui.tui.widgets.words import SHORT

_EXPLAINS = (Outcome.CAUSE, Outcome.RISK)


class ResultScreen(WizardScreen):
    """Readable without scrolling; what else was seen scrolls below."""

    CSS_PATH = "result.tcss"

    def __init__(self, node: tree.EndNode) -> None:
        super().__init__()
        self._node = node
        self._letters: dict[str, Letter] = {}

    def body(self) -> ComposeResult:
        investigation = self.session.investigation
        diagnosis = investigation.diagnosis()
        verdict = diagnosis.verdict
        yield Prose(_(self._node.title), id="prompt")
        if self._node.id == "solved":
            yield Prose(_(self._node.why), id="why")
            yield Vertical(id="room")
        else:
            words = render(verdict, investigation.detected.provider)
            yield Rule(_("In one sentence"), words.certainty, id="sentence-rule")
            yield Points((Point("", self.shown(words.headline)),), id="headline")
            yield Points((Point("", self.shown(words.meaning)),), id="meaning")
            acts = _("Who must act: {owner}").format(owner=words.owner)
            yield Prose(acts, id="owner")
            yield Prose(self._covered(), id="covered")
            with VerticalScroll(id="more", can_focus=True):
                yield Points(self._more(verdict, words.actions))
        yield Choices(self._choices(), across=True, id="answers")

    def _covered(self) -> str:
        """Which steps are ruled out, and which could not be looked at."""
        results = self.session.investigation.diagnosis().steps
        clear = [r.step for r in results if r.outcome is Outcome.CLEAR]
        unknown = [r.step for r in results if r.outcome in (Outcome.UNKNOWN, None)]
        lines = []
        if clear:
            lines.append(_("What we ruled out: {steps}").format(steps=_names(clear)))
        if unknown:
            lines.append(_("What could not be checked: {steps}").format(steps=_names(unknown)))
        return "\n".join(lines)

    def _more(self, verdict: Finding, to_do: tuple[str, ...]) -> tuple[Point, ...]:
        investigation = self.session.investigation
        others = [
            self.shown(headline(finding, investigation))
            for finding in investigation.diagnosis().findings
            if finding is not verdict and finding.outcome in _EXPLAINS
        ]
        return points([self.shown(action) for action in to_do], others, _("Also seen:"))

    def _choices(self) -> list[Item]:
        items: list[Item] = []
        if self._node.id != "solved":
            self._letters = {letter.id: letter for letter in self._written()}
            items = [Item(name, letter.title) for name, letter in self._letters.items()]
            items += [Item(offer.id, offer.label) for offer in offers(self.session, None)]
        items += [
            Item("report", _("Report")),
            Item("details", _("Details")),
            Item("everything", _("Check everything")),
            Item("back", _("Back")),
            Item("quit", _("Quit")),
        ]
        return items

    def _written(self) -> tuple[Letter, ...]:
        investigation = self.session.investigation
        return letters(
            investigation.diagnosis(),
            investigation.case,
            investigation.detected.provider,
            self.wizard.options.organisation,
            investigation.evidence,
        )

    def filled(self) -> None:
        self.query_one("#answers").focus()

    async def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """A letter, the report, or another way on."""
        match message.item:
            case "report":
                self.app.push_screen(ReportScreen())
            case "details":
                self.app.push_screen(DetailsScreen(None))
            case "wait":
                self.app.push_screen(WaitScreen())
            case "everything":
                self.wizard.action_check_everything()
            case "back":
                self.action_back()
            case "quit":
                await self.wizard.action_quit()
            case letter:
                self.app.push_screen(LetterScreen(self._letters[letter]))


def _names(steps: list[Step]) -> str:
    return listed(_(SHORT[step]) for step in steps)
