"""One question: to choose an answer, or to type one."""

from textual.app import ComposeResult
from textual.widgets import Input

from mailwizard import tree
from mailwizard.engine.answers import take
from mailwizard.text.language import _
from mailwizard.text.typed import NotUnderstood
from mailwizard.ui.plain_card import menu_words
from mailwizard.ui.tui.screens.base import WizardScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose


class QuestionScreen(WizardScreen):
    """A question of the tree's, with the reason, an example, and the answer given before."""

    CSS_PATH = "question.tcss"

    def __init__(self, question: tree.Question) -> None:
        super().__init__()
        self.question = question

    def body(self) -> ComposeResult:
        question = self.question
        notice = self.wizard.options.notice
        if notice is not None and question.id == tree.START:
            yield Prose(self.shown(notice()), id="notice")
        yield Prose(_(question.prompt), id="prompt")
        yield Prose(_(question.why), id="why")
        if place := self._place():
            yield Prose(place, id="place")
        if question.kind == "choice":
            yield Choices(
                [Item(choice.id, _(choice.label)) for choice in question.choices],
                selected=self.session.answers.get(question.id, ""),
                id="answers",
            )
            return
        yield Prose(_(question.example), id="example")
        yield Input(value=self.session.answers.get(question.id, ""), id="typed", max_length=1000)
        yield Prose("", id="problem")
        yield Choices(self._ways_on(), id="answers")

    def _ways_on(self) -> list[Item]:
        items = [Item("continue", _("Continue"))]
        if self.question.may_skip:
            items.append(Item("skip", _("I don't know")))
        return items

    def _place(self) -> str:
        """Where to look, in the words of the provider's menus."""
        provider = self.session.investigation.detected.provider
        path = provider.paths.get(self.question.path)
        return _("Look here: {path}").format(path=menu_words(path)) if path else ""

    def filled(self) -> None:
        self.hide_typed()
        self.query_one("#answers" if self.question.kind == "choice" else "#typed").focus()

    def on_input_submitted(self) -> None:
        """Enter in the field."""
        self._take_typed()

    def on_input_changed(self) -> None:
        """A new try: the old remark goes."""
        self._say_problem("")

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """An answer, or the way on."""
        match message.item:
            case "continue" if self.question.kind != "choice":
                self._take_typed()
            case "skip" if self.question.kind != "choice":
                self._take("")
            case answer:
                self._take(answer)

    def _take_typed(self) -> None:
        typed = self.query_one("#typed", Input).value
        if self.question.may_skip and not typed.strip():
            typed = ""
        self._take(typed)

    def _take(self, answer: str) -> None:
        try:
            take(self.session, self.question, answer)
        except NotUnderstood as problem:
            self._say_problem(_(problem.sentence))
            self.query_one("#typed").focus()
        else:
            self.go_on()

    def go_on(self) -> None:
        """To the next node; once the own address is known, who runs the mailbox is found out."""
        if self.session.investigation.case.me:
            self.session.find_provider(self.wizard.teller())
        self.session.advance()
        self.wizard.show_node()

    def _say_problem(self, text: str) -> None:
        for problem in self.query("#problem").results(Prose):
            problem.update(text)


class LookUpScreen(QuestionScreen):
    """One of a step's guided look-ups in webmail; after the last the step is shown again."""

    def __init__(self, node: tree.StepNode, number: int = 0) -> None:
        super().__init__(node.look_ups[number])
        self._node = node
        self._number = number

    def go_on(self) -> None:
        if tree.settled(self.question, self.session.answers.get(self.question.id, "")):
            self.wizard.show_node()
        else:
            self._move(self._number + 1)

    def action_back(self) -> None:
        self._move(self._number - 1)

    def _move(self, number: int) -> None:
        if 0 <= number < len(self._node.look_ups):
            self.app.switch_screen(LookUpScreen(self._node, number))
        else:
            self.wizard.show_node()
