"""What all screens have in common: the top line, the tree, a body, the keys, and Esc."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input, TextArea

from mailwizard.engine.runner import ProbeState
from mailwizard.engine.session import Session
from mailwizard.text import language
from mailwizard.text.language import _
from mailwizard.ui.tui.stops import stops
from mailwizard.ui.tui.waiting_key import waiting_keys
from mailwizard.ui.tui.widgets.choices import Choices
from mailwizard.ui.tui.widgets.key_line import Key, KeyLine
from mailwizard.ui.tui.widgets.password_input import PasswordInput
from mailwizard.ui.tui.widgets.rule import Rule
from mailwizard.ui.tui.widgets.tree_line import TreeColumn, TreeLine

if TYPE_CHECKING:
    from mailwizard.ui.tui.app import WizardApp


class WizardScreen(Screen[None]):
    """A screen of the wizard. ``rebuild`` shows it anew in another language, or with names hidden.

    Subclasses give ``body`` and, where something must be filled in afterwards, ``filled``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("down", "to_choices", show=False),
    ]
    AUTO_FOCUS = ""

    @property
    def wizard(self) -> "WizardApp":
        """The app."""
        return cast("WizardApp", self.app)

    @property
    def session(self) -> Session:
        """The session that this screen shows."""
        return self.wizard.session

    def body(self) -> ComposeResult:
        """What this screen shows between the tree and the keys."""
        raise NotImplementedError

    def filled(self) -> None:
        """Called when the body stands, at first and after each rebuilding."""

    def probe_changed(self, state: ProbeState) -> None:
        """A probe changed while this screen is on top."""

    def shown(self, text: str) -> str:
        """A text as it may be shown now."""
        return self.wizard.shown(text)

    def remark(self, text: str) -> None:
        """Says something that is not essential, for a few seconds."""
        self.notify(self.shown(text), markup=False, timeout=6)

    def compose(self) -> ComposeResult:
        now = stops(self.session, self.shown)
        yield KeyLine(
            self.top_keys(),
            _("mailwizard   Why does my customer's mail not arrive?"),
            at_right=True,
            id="top",
        )
        yield TreeLine(now, id="tree-line")
        yield Rule(id="top-rule")
        with Horizontal(id="middle"):
            yield TreeColumn(now, id="tree-column")
            with Vertical(id="body"):
                yield from self.body()
        yield KeyLine(self.keys(), id="keys")

    def top_keys(self) -> Sequence[Key]:
        """The keys of the top line: a waiting in the background first."""
        names = list(language.LANGUAGES.values())
        codes = list(language.LANGUAGES)
        following = names[(codes.index(language.current()) + 1) % len(names)]
        return (
            *waiting_keys(self.session),
            Key("F4", following, "app.next_language"),
            Key("F1", _("Help"), "app.wizard_help"),
        )

    def show_top(self) -> None:
        """Brings the top line up to now."""
        for line in self.query("#top").results(KeyLine):
            line.show(self.top_keys())

    def keys(self) -> Sequence[Key]:
        """The keys of this screen, the most useful first."""
        hide = _("show names") if self.wizard.hiding.on else _("hide names")
        return (
            Key(_("Up/Down"), _("choose")),
            Key("Enter", _("do")),
            Key("Esc", self.escape_does(), "screen.back"),
            Key("F2", hide, "app.hide_names"),
            Key("F3", _("check all"), "app.check_everything"),
            Key("F10", _("quit"), "app.quit"),
        )

    def escape_does(self) -> str:
        """What Esc does here now."""
        return _("back")

    def on_mount(self) -> None:
        self.filled()

    def show_tree(self) -> None:
        """Brings the tree's line and column, and the keys, up to now."""
        now = stops(self.session, self.shown)
        self.query_one(TreeLine).show(now)
        self.query_one(TreeColumn).show(now)
        self.query_one("#keys", KeyLine).show(self.keys())

    async def rebuild(self) -> None:
        """Shows everything anew; what was typed stays."""
        focused = self.focused.id if self.focused is not None else None
        inputs = {w.id: w.value for w in self.query(Input) if w.id}
        areas = {w.id: w.text for w in self.query(TextArea) if w.id and not w.read_only}
        await self.recompose()
        for name, value in inputs.items():
            self.query_one(f"#{name}", Input).value = value
        for name, text in areas.items():
            for area in self.query(f"#{name}").results(TextArea):
                area.text = text
        self.filled()
        if focused is not None and (again := self.query(f"#{focused}")):
            again.first().focus()

    def hide_typed(self) -> None:
        """While names are hidden, fields show dots."""
        for field in self.query(Input):
            if not isinstance(field, PasswordInput):
                field.password = self.wizard.hiding.on

    def action_to_choices(self) -> None:
        """Down from a field of one line, whose Enter does the first choice: on to the next one."""
        answers = self.query_one("#answers", Choices)
        answers.focus()
        if answers.selected == 0:
            answers.action_move(1)

    def action_back(self) -> None:
        """To the screen before; at the very beginning it stays."""
        self.session.back()
        self.wizard.show_node()


class Overlay(WizardScreen):
    """A screen over the present one; Esc goes back to it, with nothing changed."""

    def action_back(self) -> None:
        self.app.pop_screen()
