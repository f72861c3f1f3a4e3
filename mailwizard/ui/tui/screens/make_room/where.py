"""Where the archive goes, and in which form: shown, typed, and checked before anything starts."""

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from mailwizard.actions.archive.outcome import Form
from mailwizard.engine import make_room
from mailwizard.model.selection import Selection
from mailwizard.text import making_room as words
from mailwizard.text.language import _
from mailwizard.ui.room_place import NotAPlace, disk_words, place
from mailwizard.ui.tui.screens.make_room.archive import ArchiveScreen
from mailwizard.ui.tui.screens.make_room.running import RoomScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.one_of import OneOf
from mailwizard.ui.tui.widgets.prose import Prose


class WhereScreen(RoomScreen):
    """``selection`` is what will be archived, ``count`` mails of ``octets`` in all."""

    def __init__(self, selection: Selection, count: int, octets: int) -> None:
        super().__init__()
        self._selection = selection
        self._count = count
        self._octets = octets
        self._form: Form = "mbox"
        self._typed = str(make_room.documents())

    def body(self) -> ComposeResult:
        yield Prose(_("Where shall the mails be saved?"), id="prompt")
        yield Prose(
            _("To be saved: {mails}. A new folder is made for them here:").format(
                mails=words.amount(self._count, self._octets)
            ),
            id="why",
        )
        yield Input(self._typed, id="place", max_length=1000)
        yield Prose("", id="disk")
        yield OneOf(
            _("As:"),
            [Item("mbox", _("one file per folder")), Item("eml", _("single mails"))],
            selected=self._form,
            id="form",
        )
        yield Prose(words.opening(self._form), id="form-why")
        yield Vertical(id="room")
        yield Prose("", id="problem")
        yield Choices(
            [Item("start", _("Save them")), Item("cancel", _("Back"))], across=True, id="answers"
        )

    def parts(self) -> Sequence[str]:
        return ("#place", "#form", "#answers")

    def filled(self) -> None:
        self.hide_typed()
        self.query_one("#answers").focus()
        self._show_disk()

    def on_input_changed(self) -> None:
        """Another place: its disk may be another."""
        self._typed = self.query_one("#place", Input).value
        self.query_one("#problem", Prose).update("")
        self._show_disk()

    def on_input_submitted(self) -> None:
        """Enter in the field: on to the choices."""
        self.query_one("#answers").focus()

    def on_one_of_changed(self, message: OneOf.Changed) -> None:
        """The other form."""
        self._form = "eml" if message.item == "eml" else "mbox"
        self.query_one("#form-why", Prose).update(words.opening(self._form))
        self._show_disk()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Starts it, where the place is one."""
        if message.item == "cancel":
            self.app.pop_screen()
            return
        try:
            parent = place(self._typed)
        except NotAPlace as problem:
            self.query_one("#problem", Prose).update(problem.sentence)
            self.query_one("#place").focus()
            return
        job = make_room.archive(self.session, self._selection, parent, self._form)
        elsewhere = partial(WhereScreen, self._selection, self._count, self._octets)
        self.app.switch_screen(ArchiveScreen(job, parent, elsewhere))

    def _show_disk(self) -> None:
        need = make_room.needed(self._form, self._count, self._octets)
        self.query_one("#disk", Prose).update(disk_words(self._typed, need))
