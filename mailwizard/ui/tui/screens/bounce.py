"""The bounce that the customer got: pasted, or the name of its file."""

from textual import events
from textual.app import ComposeResult
from textual.widgets import TextArea

from mailwizard import tree
from mailwizard.engine.answers import take
from mailwizard.text.brought import MOST_BYTES
from mailwizard.text.language import _
from mailwizard.text.typed import NotUnderstood
from mailwizard.ui.tui.screens.question import QuestionScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose

_SHOWN = 4000


class BounceScreen(QuestionScreen):
    """A large field for text; Tab leads out of it. What is larger than 1 MB is not taken whole."""

    CSS_PATH = "bounce.tcss"

    def __init__(self, question: tree.Question) -> None:
        super().__init__(question)

    def body(self) -> ComposeResult:
        question = self.question
        yield Prose(_(question.prompt), id="prompt")
        yield Prose(f"{_(question.why)}\n({_(question.example)})", id="why")
        brought = self.session.investigation.inputs.bounce or b""
        kept = self.session.answers.get(question.id, "") or brought.decode("utf-8", "replace")
        yield BoundedArea(kept, id="pasted")
        yield Prose("", id="problem")
        yield Choices(
            [
                Item("continue", _("Continue")),
                Item("skip", _("Go on without it")),
            ],
            across=True,
            id="answers",
        )

    def filled(self) -> None:
        area = self.query_one("#pasted", BoundedArea)
        area.visible = not self.wizard.hiding.on
        area.focus()
        self._say_problem(_("Tab leads from the field to the choices."))

    def on_text_area_changed(self) -> None:
        """A new try: the old remark goes."""
        area = self.query_one("#pasted", BoundedArea)
        if area.cut:
            text = _("That is more than 1 MB. Its beginning was taken, that is enough as a rule.")
        elif area.shows_a_part:
            text = _("All of it was taken; only the beginning is shown. Tab leads to the choices.")
        else:
            text = _("Tab leads from the field to the choices.")
        self._say_problem(text)

    def _take_typed(self) -> None:
        text = self.query_one("#pasted", BoundedArea).whole
        if not text.strip():
            self._say_problem(_("Paste the message first, or choose “Go on without it”."))
            return
        self._take(text)

    def _take(self, answer: str) -> None:
        try:
            take(self.session, self.question, answer)
        except NotUnderstood as problem:
            self._say_problem(_(problem.sentence))
            self.query_one("#pasted").focus()
        else:
            self.go_on()


class BoundedArea(TextArea):
    """Takes at most 1 MB; of a long text it shows the beginning, so that it stays quick.

    ``whole`` is what was given; ``cut`` tells that there was more than that.
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(text[:_SHOWN], soft_wrap=True, tab_behavior="focus", id=id)
        self.cut = False
        self._long = (text[:_SHOWN], text) if len(text) > _SHOWN else None

    @property
    def whole(self) -> str:
        """The text, also where only its beginning is shown; what was changed by hand counts."""
        if self._long is not None and self._long[0] == self.text:
            return self._long[1]
        return self.text

    @property
    def shows_a_part(self) -> bool:
        """Whether there is more than what is shown."""
        return self.whole != self.text

    def _on_paste(self, event: events.Paste) -> None:  # type: ignore[override]
        """Takes a long text; Textual calls the usual handler as well, unless prevented."""
        if len(event.text) <= _SHOWN:
            return
        event.prevent_default()
        given = self.whole + event.text
        self.cut = len(given) > MOST_BYTES
        self.text = given[:_SHOWN]
        self._long = (self.text, given[:MOST_BYTES])
