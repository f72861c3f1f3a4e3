"""What can be done: a list, or words in a row, chosen with the arrows and Enter or the mouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

_GAP = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One choice; ``label`` is in the language in use, plain text."""

    id: str
    label: str


class Choices(Widget, can_focus=True):
    """One of the items is always selected; the terminal's real cursor stands on it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,left", "move(-1)", show=False),
        Binding("down,right", "move(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter,space", "choose", show=False),
    ]

    selected: reactive[int] = reactive(0)

    class Chosen(Message):
        """An item was chosen."""

        def __init__(self, choices: "Choices", item: str) -> None:
            super().__init__()
            self.choices = choices
            self.item = item

        @property
        def control(self) -> "Choices":
            """The list that it was chosen from."""
            return self.choices

    def __init__(
        self,
        items: Sequence[Item],
        *,
        across: bool = False,
        selected: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.across = across
        self._items = tuple(items)
        self.set_reactive(Choices.selected, self._index(selected))

    @property
    def items(self) -> tuple[Item, ...]:
        """What is offered now."""
        return self._items

    def offer(self, items: Sequence[Item]) -> None:
        """Offers other items; the selection stays on the same item, or goes to the first."""
        if tuple(items) == self._items:
            return
        kept = self._items[self.selected].id if self._items else ""
        self._items = tuple(items)
        self.selected = self._index(kept)
        self.refresh(layout=True)
        self.call_after_refresh(self._show_cursor)

    def _index(self, item: str) -> int:
        return next((n for n, given in enumerate(self._items) if given.id == item), 0)

    def _places(self, width: int) -> list[tuple[int, int]]:
        """Where each item starts: (column, line)."""
        places: list[tuple[int, int]] = []
        x = y = 0
        for item in self._items:
            length = Content(item.label).cell_length + 2
            if places and (not self.across or x + length > width):
                x, y = 0, y + 1
            places.append((x, y))
            x += length + _GAP
        return places

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        places = self._places(width)
        return places[-1][1] + 1 if places else 1

    def render(self) -> Content:
        width = self.content_size.width
        lines: dict[int, Content] = {}
        for number, (item, (x, y)) in enumerate(zip(self._items, self._places(width), strict=True)):
            line = lines.get(y, Content(""))
            line = line.pad_right(max(0, x - line.cell_length))
            chosen = number == self.selected
            text = Content(("> " if chosen else "  ") + item.label)
            if chosen:
                text = text.stylize("bold")
                if self.has_focus:
                    text = text.stylize("reverse")
            lines[y] = line + text.truncate(width, ellipsis=True)
        return Content("\n").join(lines[y] for y in sorted(lines))

    def _show_cursor(self) -> None:
        if self.has_focus and self._items:
            x, y = self._places(self.content_size.width)[self.selected]
            self.app.cursor_position = self.content_region.offset + Offset(x, y)

    def watch_selected(self) -> None:
        self._show_cursor()

    def on_focus(self) -> None:
        self.call_after_refresh(self._show_cursor)

    def on_resize(self) -> None:
        self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        width = self.content_size.width
        at = event.get_content_offset(self)
        if at is None:
            return
        for number, (x, y) in enumerate(self._places(width)):
            length = Content(self._items[number].label).cell_length + 2
            if at.y == y and (x <= at.x < x + length or not self.across):
                self.selected = number
                self.action_choose()
                return

    def action_move(self, by: int) -> None:
        """To the next or the previous item; beyond the first, to what stands above."""
        target = self.selected + by
        if target < 0 and not self.across:
            self.screen.focus_previous("Input, TextArea")
        if 0 <= target < len(self._items):
            self.selected = target

    def action_first(self) -> None:
        self.selected = 0

    def action_last(self) -> None:
        self.selected = max(0, len(self._items) - 1)

    def action_choose(self) -> None:
        """Does what is selected."""
        if self._items:
            self.post_message(self.Chosen(self, self._items[self.selected].id))
