"""One step: what it checks and why, its probes as they run, the result, and what can be done."""

from textual.app import ComposeResult
from textual.containers import Horizontal

from mailwizard import tree
from mailwizard.engine.repair import movable
from mailwizard.engine.runner import ProbeState
from mailwizard.model.finding import Step
from mailwizard.text.joined import bracketed
from mailwizard.text.language import _
from mailwizard.text.rows import Row, rows
from mailwizard.ui.browser import open_page, sign_in_page
from mailwizard.ui.offers import offers
from mailwizard.ui.plain_card import way_in_now
from mailwizard.ui.tui import cards
from mailwizard.ui.tui.screens.base import WizardScreen
from mailwizard.ui.tui.screens.details import DetailsScreen
from mailwizard.ui.tui.screens.question import LookUpScreen
from mailwizard.ui.tui.screens.rescue import RescueScreen
from mailwizard.ui.tui.screens.self_test import SelfTestScreen
from mailwizard.ui.tui.screens.waiting import WaitScreen
from mailwizard.ui.tui.screens.way_in import WayInScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.probe_table import ProbeTable
from mailwizard.ui.tui.widgets.prose import Prose
from mailwizard.ui.tui.widgets.result_card import Card, ResultCard
from mailwizard.ui.tui.widgets.way_in import WayInMap

_KEYS = {"watch-line": "F7"}
_LOOK_FIRST = (Step.SPAM, Step.QUOTA)
_ABOVE_AND_BELOW = 9
_LEAST_CARD = 9
_LEAST_MAP = 8  # lines, with an empty one above and below


class StepScreen(WizardScreen):
    """Starts its probes when it is first shown; coming back shows what was seen."""

    CSS_PATH = "step.tcss"

    def __init__(self, node: tree.StepNode) -> None:
        super().__init__()
        self._node = node
        self._was_running = False

    def body(self) -> ComposeResult:
        with Horizontal(id="title-line"):
            yield Prose(self._title(), id="prompt")
            yield Prose("", id="coverage")
        yield Prose(_(self._node.why), id="why")
        yield ProbeTable(self._rows(), id="probes")
        if self._node.step is Step.DNS:
            yield WayInMap(id="map")
        yield ResultCard(self._card(), id="card")
        yield Choices(self._choices(), across=True, id="answers")

    def _title(self) -> str:
        return _("Step {number}: {title}").format(
            number=list(Step).index(self._node.step) + 1, title=_(self._node.title)
        )

    def _rows(self) -> list[Row]:
        step = self._node.step
        running = self.session.running(step)
        findings = () if running else self.session.investigation.diagnosis().findings
        evidence = self.session.investigation.evidence
        found = rows(step, self.session.states(step), evidence, findings)
        return self.wizard.hiding.rows(found)

    def _card(self) -> Card:
        return self.wizard.hiding.card(cards.of_step(self.session, self._node.step))

    def _choices(self) -> list[Item]:
        step = self._node.step
        back = Item("back", _("Back"))
        details = Item("details", _("Details"))
        way = [Item("way-in", _("The way in"))] if step is Step.DNS else []
        if self.session.running(step):
            skip = Item("continue", _("Skip this step"))
            return [Item("stop", _("Stop")), skip, *way, details, back]
        look = Item("look", _("Look in webmail instead"))
        if step not in _LOOK_FIRST:
            look = Item("look", _("Look yourself"))
        items = [
            Item("continue", _("Continue")),
            Item("again", _("Check again")),
            Item("solved", _("That solved it")),
            *way,
            details,
            back,
        ]
        if self._node.look_ups:
            unseen = step in _LOOK_FIRST and self.session.sign_in_state() != "ok"
            items.insert(0 if unseen and not self._looked() else 2, look)
        for offer in offers(self.session, step):
            key = _KEYS.get(offer.id)
            label = bracketed(offer.label, key) if key else offer.label
            items.insert(0 if offer.urgent else 2, Item(offer.id, label))
        return items

    def _looked(self) -> bool:
        return any(self.session.believes(question.id) for question in self._node.look_ups)

    def filled(self) -> None:
        self._fit()
        self._refresh()
        self.query_one("#answers").focus()

    def on_mount(self) -> None:
        if not self.session.begun(self._node.step):
            self.session.start_step(self._node.step, self.wizard.teller())
        self._was_running = True
        self.set_interval(0.15, self._tick)

    def on_resize(self) -> None:
        self._fit()
        self._refresh()

    def _fit(self) -> None:
        """The rows get what the card does not need, so that nothing moves later."""
        room = self.app.size.height - _ABOVE_AND_BELOW - _LEAST_CARD
        rows_height = min(len(self.session.states(self._node.step)), max(3, room))
        for table in self.query("#probes"):
            table.styles.height = rows_height
        left = room - rows_height
        for drawing in self.query("#map"):
            drawing.styles.display = "block" if left >= _LEAST_MAP else "none"
            drawing.styles.height = max(1, left - 2)

    def probe_changed(self, state: ProbeState) -> None:
        if state.probe.step == self._node.step:
            self._refresh()

    def _tick(self) -> None:
        if self._was_running:
            self._refresh()

    def _refresh(self) -> None:
        if not self.query("#answers"):
            return
        running = self.session.running(self._node.step)
        table = self.query_one("#probes", ProbeTable)
        table.show(self._rows())
        self.query_one("#card", ResultCard).show(self._card())
        for drawing in self.query("#map").results(WayInMap):
            if drawing.display:
                way, _told = way_in_now(self.session, self.shown)
                drawing.show(way, {})  # what was found stands in the card
        self.query_one("#answers", Choices).offer(self._choices())
        self.query_one("#coverage", Prose).update(self._coverage())
        self.show_tree()
        if self._was_running and not running:
            table.reveal()
            if any(offer.urgent for offer in offers(self.session, self._node.step)):
                self.query_one("#answers", Choices).action_first()
        self._was_running = running

    def _coverage(self) -> str:
        for result in self.session.investigation.diagnosis().steps:
            if result.step == self._node.step and result.folders is not None:
                done, total = result.folders
                return _("searched {done} of {total} folders").format(done=done, total=total)
        return ""

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """What was chosen under the card."""
        solved = tree.solved_question(self._node.step)
        match message.item:
            case "continue":
                if self.session.running(self._node.step):
                    self.session.stop()
                if self.session.answers.get(solved) == "yes":
                    self.session.answer(solved, "no")
                self._go_on()
            case "solved":
                self.session.answer(solved, "yes")
                self._go_on()
            case "stop":
                self.session.stop()
                self._refresh()
            case "again":
                self.session.start_step(self._node.step, self.wizard.teller())
                self._was_running = True
                self._refresh()
            case "move":
                self.app.push_screen(RescueScreen(movable(self.session)))
            case "make-room":
                # Only here: with the archive behind it, it costs as much as a third of the start.
                from mailwizard.ui.tui.screens.make_room.picture import MakeRoomScreen

                self.app.push_screen(MakeRoomScreen())
            case "self-test":
                self.app.push_screen(SelfTestScreen())
            case "open-page":
                self.remark(open_page(sign_in_page(self.session)))
            case "watch-line":
                self.watch_line()
            case "wait":
                self.app.push_screen(WaitScreen())
            case "look":
                self.app.switch_screen(LookUpScreen(self._node))
            case "way-in":
                self.app.push_screen(WayInScreen())
            case "details":
                self.app.push_screen(DetailsScreen(self._node.step))
            case "back":
                super().action_back()

    def watch_line(self) -> None:
        """Opens the watch of the line, where this step offers it now."""
        if any(offer.id == "watch-line" for offer in offers(self.session, self._node.step)):
            # Only here: the probes that it looks with are loaded with it.
            from mailwizard.ui.tui.screens.line_watch import LineWatchScreen

            self.app.push_screen(LineWatchScreen())

    def _go_on(self) -> None:
        self.session.advance()
        self.wizard.show_node()

    def escape_does(self) -> str:
        return _("stop") if self.session.running(self._node.step) else _("back")

    def action_back(self) -> None:
        if self.session.running(self._node.step):
            self.session.stop()
            self._refresh()
        else:
            super().action_back()
