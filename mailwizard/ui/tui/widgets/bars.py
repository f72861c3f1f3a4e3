"""Bars: what takes how much room, as rows to look at or to choose from, and as columns by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import OptionList

from mailwizard.text.making_room import mails
from mailwizard.ui.bar_text import (
    Bar,
    bar,
    column,
    counts,
    has_blocks,
    rooms,
    size_of,
    split_bar,
    unit_of,
)
from mailwizard.ui.tui.widgets.words import fit

_CURSOR, _BOX, _SIZE, _GAP = 2, 4, 9, 2
_LEAST_BAR, _MOST_SHARE = 8, 0.45
_SCROLL_BAR = 1
_YEAR = 5  # cells of a year's column, with the gap behind it
_LEAST_FOR_COUNTS = 46  # cells of a row: below that the numbers of mails are left out


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all rows have in common: the width of a row, and of its columns of words, in cells."""

    width: int
    rooms: tuple[int, ...]
    count: int
    most: int
    blocks: bool


def _line(row: Bar, frame: _Frame, *, cursor: bool, focused: bool) -> Content:
    """Cursor, box, words, size, number of mails, and the bar, to which nothing follows."""
    size = size_of(row)
    box = "" if row.selected is None else fit("[x]" if row.selected else "[ ]", _BOX)
    parts: list[Content | str | tuple[str, str]] = [
        "> " if cursor else "  ",
        (box, "bold" if row.selected else ""),
    ]
    for text, room in zip(row.cells, frame.rooms, strict=True):
        parts.append(fit(text, max(0, room - 1)) + " ")
    parts.append(" " * max(0, _SIZE - len(size)) + size)
    if frame.count:
        many = Content(mails(row.count) if row.count is not None else "")
        parts += [" " * max(0, frame.count - many.cell_length), many]
    words = Content.assemble(*parts)
    if cursor:
        words = words.stylize("bold reverse" if focused else "bold")
    room = max(0, frame.width - words.cell_length - _GAP)
    if row.part is None:
        bars = Content(bar(row.octets, frame.most, room, blocks=frame.blocks)).stylize("$primary")
    else:
        meant, rest = split_bar(row.octets, row.part, frame.most, room, blocks=frame.blocks)
        bars = Content.assemble((meant, "$accent"), (rest, "$text-muted"))
    return (words + " " * _GAP + bars).truncate(frame.width)


class BarList(OptionList):
    """Rows with bars; the terminal's cursor stands on the highlighted one.

    Rows that can be chosen answer Enter and Space with ``OptionList.OptionSelected``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", show=False)]

    def __init__(
        self, rows: Sequence[Bar], weights: Sequence[int] = (1,), *, id: str | None = None
    ) -> None:
        self._marked: int | None = None  # the line that the cursor was drawn on
        self._drawn_for: tuple[int, object] = (0, None)
        self._rows = tuple(rows)
        self._weights = tuple(weights)
        super().__init__(id=id, markup=False)
        self._shared = _Frame(0, (0,), 0, 0, blocks=False)

    def on_mount(self) -> None:
        self._draw()

    def show(self, rows: Sequence[Bar], weights: Sequence[int] = (1,)) -> None:
        """Shows other rows; the highlight stays on the same line."""
        if (tuple(rows), tuple(weights)) != (self._rows, self._weights):
            self._rows, self._weights = tuple(rows), tuple(weights)
            self._draw()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        self._draw()
        self.call_after_refresh(self._show_cursor)

    def _draw(self) -> None:
        width = self.size.width - _SCROLL_BAR
        drawn_for = (width, (self._rows, self._weights))
        if width <= 0 or drawn_for == self._drawn_for:
            return
        self._drawn_for = drawn_for
        self._shared = self._frame(width)
        if len(self._rows) == self.option_count:
            for number in range(self.option_count):
                self._draw_row(number)
            return
        highlighted = self.highlighted
        self.clear_options()
        self.add_options(self._content(number) for number in range(len(self._rows)))
        if self._rows:
            self.highlighted = min(highlighted or 0, len(self._rows) - 1)

    def _content(self, number: int) -> Content:
        return _line(
            self._rows[number],
            self._shared,
            cursor=number == self.highlighted,
            focused=self.has_focus,
        )

    def _draw_row(self, number: int | None) -> None:
        if number is not None and number < min(self.option_count, len(self._rows)):
            self.replace_option_prompt_at_index(number, self._content(number))

    def _frame(self, width: int) -> _Frame:
        """The words get what the longest need, as long as a bar stays beside them."""
        count = counts(self._rows) if width >= _LEAST_FOR_COUNTS else 0
        fixed = _CURSOR + _SIZE + _GAP + count
        fixed += _BOX if any(row.selected is not None for row in self._rows) else 0
        words = width - fixed - _LEAST_BAR
        if len(self._weights) == 1:
            longest = max((Content(row.cells[0]).cell_length for row in self._rows), default=0)
            words = min(longest + 1, int(width * _MOST_SHARE), words)
        return _Frame(
            width=width,
            rooms=rooms(self._rows, self._weights, max(6, words)),
            count=count,
            most=max((row.octets for row in self._rows), default=0),
            blocks=has_blocks(self.app.console.encoding),
        )

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        before, self._marked = self._marked, highlighted
        if self._drawn_for[0]:
            self._draw_row(before)
            self._draw_row(highlighted)
        self._show_cursor()

    def on_focus(self) -> None:
        self.call_after_refresh(self._draw_focus)

    def on_blur(self) -> None:
        self.call_after_refresh(self._draw_focus)

    def _draw_focus(self) -> None:
        self._draw_row(self.highlighted)
        self._show_cursor()

    def _show_cursor(self) -> None:
        if self.has_focus and self.highlighted is not None:
            at = Offset(0, self.highlighted - int(self.scroll_offset.y))
            self.app.cursor_position = self.content_region.offset + at


class YearColumns(Widget):
    """A column for each year, its size above and the year below; the early ones in one column
    where not all of them fit. Sizes are in the unit that ``unit_of`` names for the largest of them.
    """

    def __init__(self, years: Sequence[tuple[str, int]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._years = tuple(years)

    def show(self, years: Sequence[tuple[str, int]]) -> None:
        """Shows other years: (label, octets), the earliest first."""
        if self._years != tuple(years):
            self._years = tuple(years)
            self.refresh()

    def _fitting(self, most: int) -> tuple[tuple[str, int], ...]:
        if len(self._years) <= most:
            return self._years
        kept = self._years[1 - most :]
        early = sum(octets for _year, octets in self._years[: 1 - most])
        return ((f"<{kept[0][0]}", early), *kept)

    def render(self) -> Content:
        width, height = self.content_size.width, self.content_size.height
        years = self._fitting(max(2, width // _YEAR))
        tall = height - 2
        if not years or tall < 2:
            return Content("")
        blocks = has_blocks(self.app.console.encoding)
        most = max(octets for _year, octets in years)
        _name, unit = unit_of(most)
        lines: list[Content] = [Content("")] * height
        for label, octets in years:
            drawn = column(octets, most, tall, blocks=blocks)
            top = next((n for n, cell in enumerate(drawn) if cell != " "), tall)
            size = f"{octets / unit:.0f}" if octets >= unit * 10 else f"{octets / unit:.1f}"
            for number in range(height):
                if number == height - 1:
                    piece = Content(fit(label, _YEAR))
                elif number > top:  # the size stands on the line above the column
                    piece = Content(drawn[number - 1] * (_YEAR - 1) + " ").stylize("$primary")
                else:
                    piece = Content(fit(size if number == top and octets else "", _YEAR))
                lines[number] = lines[number] + piece
        return Content("\n").join(content.truncate(width) for content in lines)
