"""A text to look at, to copy, and to save to a file whose name is typed."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, TextArea

from mailwizard.storage import files
from mailwizard.text.language import _
from mailwizard.text.problems import not_saved
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose


class TextScreen(Overlay):
    """Previews what will be saved or copied. Subclasses give title, text and file name."""

    CSS_PATH = "saving.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "next_part", show=False)]
    EDITABLE = False

    def title_text(self) -> str:
        """What this is."""
        raise NotImplementedError

    def head_text(self) -> str:
        """What stands above the text, such as to whom a letter goes."""
        return ""

    def text(self) -> str:
        """The text as it is shown first."""
        raise NotImplementedError

    def file_name(self) -> str:
        """The name offered for the file."""
        raise NotImplementedError

    def more_choices(self) -> list[Item]:
        """Choices beside copying and saving."""
        return []

    def body(self) -> ComposeResult:
        yield Prose(self.title_text(), id="prompt")
        yield Prose(self.head_text(), id="why")
        yield TextArea(
            self.text(),
            read_only=not self.EDITABLE or self.wizard.hiding.on,
            soft_wrap=True,
            tab_behavior="focus",
            id="text",
        )
        with Vertical(id="saving"):
            yield Prose(_("Save as this file, Enter saves:"))
            yield Input(self.file_name(), id="file", max_length=1000)
        yield Prose("", id="problem")
        yield Choices(
            [
                Item("save", _("Save to a file")),
                Item("copy", _("Copy")),
                *self.more_choices(),
                Item("close", _("Close")),
            ],
            across=True,
            id="answers",
        )

    def filled(self) -> None:
        self.query_one("#saving").display = False
        self.query_one("#answers").focus()

    def present_text(self) -> str:
        """The text as it stands now, edited perhaps."""
        return self.query_one("#text", TextArea).text

    def saved_text(self) -> str:
        """What goes into the file."""
        return self.present_text()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Save, copy or close."""
        match message.item:
            case "save":
                self.query_one("#saving").display = True
                self.query_one("#file").focus()
            case "copy":
                self.app.copy_to_clipboard(self.present_text())
                self._say(_("Copied, where your terminal allows it. If not, save it to a file."))
            case "close":
                self.action_back()
            case other:
                self.chosen(other)

    def chosen(self, item: str) -> None:
        """One of ``more_choices``."""

    def on_input_submitted(self) -> None:
        """Enter in the field of the file's name."""
        name = self.query_one("#file", Input).value.strip()
        if not name:
            self._say(_("Type a name for the file first."))
            return
        try:
            path = Path(name).expanduser()
            files.write(path, self.saved_text())
        except files.NotSaved as problem:
            self._say(not_saved(problem.reason, problem.path))
        except RuntimeError:
            self._say(_("There is no such user's folder. Type the whole name of the file."))
        else:
            self.query_one("#saving").display = False
            self._say(_("Saved as {path}.").format(path=str(path.absolute())))
            self.query_one("#answers").focus()

    def _say(self, text: str) -> None:
        self.query_one("#problem", Prose).update(text)

    def action_next_part(self) -> None:
        """Tab: the text, the file's name where it is asked, the choices."""
        parts = ["#text", "#answers"]
        if self.query_one("#saving").display:
            parts.insert(1, "#file")
        now = next((n for n, part in enumerate(parts) if self.query_one(part).has_focus), -1)
        self.query_one(parts[(now + 1) % len(parts)]).focus()

    def action_back(self) -> None:
        saving = self.query_one("#saving")
        if saving.display:
            saving.display = False
            self.query_one("#answers").focus()
        else:
            super().action_back()
