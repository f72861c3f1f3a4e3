"""Which mails are saved and then deleted: by folder, age and size, with what that comes to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from textual.app import ComposeResult
from textual.widgets import OptionList

from mailwizard.model.space import Space
from mailwizard.text import making_room as words
from mailwizard.text.language import _
from mailwizard.ui.bar_text import Bar
from mailwizard.ui.room_choice import AGES, SIZES, Counted, usual
from mailwizard.ui.room_rows import choice_rows
from mailwizard.ui.tui.screens.make_room.running import RoomScreen
from mailwizard.ui.tui.screens.make_room.where import WhereScreen
from mailwizard.ui.tui.widgets.bars import BarList
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.key_line import Key
from mailwizard.ui.tui.widgets.one_of import OneOf
from mailwizard.ui.tui.widgets.prose import Prose


class ChooseScreen(RoomScreen):
    """Nothing happens here; at first old mail of all folders but the drafts is chosen."""

    def __init__(self, found: Space, today: date) -> None:
        super().__init__()
        self._space = found
        self._counted = Counted(found)
        self._chosen = usual(found, today)

    def body(self) -> ComposeResult:
        yield Prose(_("Which mails shall leave the mailbox?"), id="prompt")
        yield Prose(
            _("They are saved on this computer first. Enter takes a folder in or out."),
            id="why",
        )
        yield BarList(self._rows(), id="folders")
        ages = [Item(age.id, _(age.label)) for age in AGES]
        sizes = [Item(size.id, _(size.label)) for size in SIZES]
        yield OneOf(_("Older than:"), ages, selected=self._chosen.age, id="age")
        yield OneOf(_("At least:"), sizes, selected=self._chosen.size, id="size")
        yield Prose("", id="meant")
        yield Prose("", id="stays")
        yield Choices(self._choices(), across=True, id="answers")

    def parts(self) -> Sequence[str]:
        return ("#folders", "#age", "#size", "#answers")

    def keys(self) -> Sequence[Key]:
        usual = super().keys()
        return (usual[0], Key("Enter", _("in or out")), Key("Tab", _("on")), *usual[2:])

    def filled(self) -> None:
        self._refresh()
        self.query_one("#folders").focus()

    def _rows(self) -> list[Bar]:
        return choice_rows(self._space, self._chosen, self._counted, self.names())

    def _choices(self) -> list[Item]:
        count, _octets = self._counted.all(self._chosen)
        items = [Item("back", _("Back"))]
        if count:
            items.insert(0, Item("on", _("Go on: where to?")))
        return items

    def _refresh(self) -> None:
        self.query_one("#folders", BarList).show(self._rows())
        count, octets = self._counted.all(self._chosen)
        self.query_one("#meant", Prose).update(
            words.meant(count, octets, whole=self._space.complete)
        )
        self.query_one("#stays", Prose).update(
            words.stays(self._space.count - count, self._space.octets - octets)
        )
        self.query_one("#answers", Choices).offer(self._choices())

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Takes a folder in or out."""
        self._chosen = self._chosen.toggled(self._space.folders[message.option_index].name)
        self._refresh()

    def on_one_of_changed(self, message: OneOf.Changed) -> None:
        """Another age or size."""
        if message.control.id == "age":
            self._chosen = replace(self._chosen, age=message.item)
        else:
            self._chosen = replace(self._chosen, size=message.item)
        self._refresh()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """On, or back."""
        if message.item == "on":
            selection = self._chosen.selection()
            self.app.push_screen(WhereScreen(selection, *self._counted.all(self._chosen)))
        else:
            self.app.pop_screen()
