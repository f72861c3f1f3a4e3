"""One of a few values on one line, changed with left and right, or with the mouse."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mailwizard.ui.tui.widgets.choices import Item

_GAP = 1


class OneOf(Widget, can_focus=True):
    """``Older than:  any  3 months [1 year] 2 years``; the value itself where not all fit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("space", "next", show=False),
        Binding("up", "leave(-1)", show=False),
        Binding("down,enter", "leave(1)", show=False),
    ]

    selected: reactive[int] = reactive(0)

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, one_of: "OneOf", item: str) -> None:
            super().__init__()
            self.one_of = one_of
            self.item = item

        @property
        def control(self) -> "OneOf":
            """The line that it was chosen on."""
            return self.one_of

    def __init__(
        self, label: str, items: Sequence[Item], *, selected: str = "", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._items = tuple(items)
        chosen = (n for n, item in enumerate(self._items) if item.id == selected)
        self.set_reactive(OneOf.selected, next(chosen, 0))

    @property
    def value(self) -> str:
        """The id of the value chosen."""
        return self._items[self.selected].id

    def _places(self) -> list[int]:
        """The column where each value starts; only that of the chosen one where not all fit."""
        start = x = Content(self._label).cell_length + _GAP
        places = []
        for item in self._items:
            places.append(x)
            x += Content(item.label).cell_length + 2 + _GAP
        if x - _GAP > self.content_size.width:
            return [start if n == self.selected else -1 for n in range(len(self._items))]
        return places

    def render(self) -> Content:
        text = Content(self._label)
        for number, (item, x) in enumerate(zip(self._items, self._places(), strict=True)):
            if x < 0:
                continue
            chosen = number == self.selected
            piece = Content(f"[{item.label}]" if chosen else f" {item.label} ")
            if chosen:
                piece = piece.stylize("bold reverse" if self.has_focus else "bold")
            text = text.pad_right(max(0, x - text.cell_length)) + piece
        return text.truncate(self.content_size.width, ellipsis=True)

    def watch_selected(self) -> None:
        self._show_cursor()

    def on_focus(self) -> None:
        self.call_after_refresh(self._show_cursor)

    def on_resize(self) -> None:
        self._show_cursor()

    def _show_cursor(self) -> None:
        if self.has_focus and self._items:
            at = Offset(self._places()[self.selected] + 1, 0)
            self.app.cursor_position = self.content_region.offset + at

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None:
            return
        for number, (item, x) in enumerate(zip(self._items, self._places(), strict=True)):
            if 0 <= x <= at.x < x + Content(item.label).cell_length + 2:
                self._choose(number)

    def action_move(self, by: int) -> None:
        """To the next or the previous value."""
        self._choose(self.selected + by)

    def action_next(self) -> None:
        """To the next value, from the last to the first."""
        self._choose((self.selected + 1) % len(self._items))

    def action_leave(self, by: int) -> None:
        """On to what stands below, or back to what stands above."""
        if by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._items) and number != self.selected:
            self.selected = number
            self.post_message(self.Changed(self, self._items[number].id))
