"""Bars: what takes how much room, as rows to look at or to choose from, and as columns by year."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import OptionList

from mailwizard.text.moving import octets as in_words
from mailwizard.ui.bar_text import Bar, bar, column, has_blocks, split_bar
from mailwizard.ui.tui.widgets.words import fit

_BOX, _SIZE, _COUNT, _GAP = 4, 9, 8, 2
_LEAST_BAR, _MOST_SHARE = 8, 0.45
_SCROLL_BAR = 1


def line(
    row: Bar, most: int, width: int, weights: Sequence[int], words: int, *, blocks: bool
) -> Content:
    """One row in ``width`` cells: box, words, size, count, and the bar, to which nothing follows.

    ``words`` is the room for the words; ``weights`` share it between the columns.
    """
    box = "" if row.selected is None else fit("[x]" if row.selected else "[ ]", _BOX)
    size = in_words(row.octets)
    parts: list[Content | str | tuple[str, str]] = [(box, "bold" if row.selected else "")]
    left = words
    for number, (text, weight) in enumerate(zip(row.cells, weights, strict=True), 1):
        room = left if number == len(weights) else words * weight // sum(weights)
        left -= room
        parts.append(fit(text, max(0, room - 1)) + " ")
    parts.append(" " * max(0, _SIZE - len(size)) + size)
    if row.count is not None:
        parts.append(f"{row.count:>{_COUNT},}")
    parts.append(" " * _GAP)
    room = max(0, width - Content.assemble(*parts).cell_length)
    if row.part is None:
        parts.append((bar(row.octets, most, room, blocks=blocks), "$primary"))
    else:
        meant, rest = split_bar(row.octets, row.part, most, room, blocks=blocks)
        parts += [(meant, "$accent"), (rest, "$text-muted")]
    return Content.assemble(*parts).truncate(width)


class BarList(OptionList):
    """Rows with bars; the terminal's cursor stands on the highlighted one.

    Rows that can be chosen answer Enter and Space with ``OptionList.OptionSelected``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", show=False)]

    def __init__(
        self, rows: Sequence[Bar], weights: Sequence[int] = (1,), *, id: str | None = None
    ) -> None:
        super().__init__(id=id, markup=False)
        self._rows = tuple(rows)
        self._weights = tuple(weights)
        self._drawn_for: tuple[int, object] = (0, None)

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
        blocks = has_blocks(self.app.console.encoding)
        most = max((row.octets for row in self._rows), default=0)
        words = self._words(width)
        lines = [line(row, most, width, self._weights, words, blocks=blocks) for row in self._rows]
        if len(lines) == self.option_count:
            for number, content in enumerate(lines):
                self.replace_option_prompt_at_index(number, content)
            return
        highlighted = self.highlighted
        self.clear_options()
        self.add_options(lines)
        if lines:
            self.highlighted = min(highlighted or 0, len(lines) - 1)

    def _words(self, width: int) -> int:
        """The room for the words: what the longest need, as long as a bar stays beside them."""
        fixed = _SIZE + _GAP
        fixed += _COUNT if any(row.count is not None for row in self._rows) else 0
        fixed += _BOX if any(row.selected is not None for row in self._rows) else 0
        if len(self._weights) > 1:
            return max(10, width - fixed - _LEAST_BAR)
        longest = max((Content(row.cells[0]).cell_length for row in self._rows), default=0) + 1
        return max(6, min(longest, int(width * _MOST_SHARE), width - fixed - _LEAST_BAR))

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        self._show_cursor()

    def on_focus(self) -> None:
        self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        if self.has_focus and self.highlighted is not None:
            at = Offset(0, self.highlighted - int(self.scroll_offset.y))
            self.app.cursor_position = self.content_region.offset + at


class YearColumns(Widget):
    """A column for each year, its size above and the year below; as many years as fit."""

    def __init__(self, years: Sequence[tuple[str, int]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._years = tuple(years)

    def show(self, years: Sequence[tuple[str, int]]) -> None:
        """Shows other years: (label, octets), the earliest first."""
        if self._years != tuple(years):
            self._years = tuple(years)
            self.refresh()

    def render(self) -> Content:
        width, height = self.content_size.width, self.content_size.height
        each = max([6, *(len(_short(octets)) + 1 for _year, octets in self._years)])
        years = self._years[-max(1, width // each) :]
        tall = height - 2
        if not years or tall < 2:
            return Content("")
        blocks = has_blocks(self.app.console.encoding)
        most = max(octets for _year, octets in years)
        columns = [column(octets, most, tall, blocks=blocks) for _year, octets in years]
        lines: list[Content] = [Content("")] * height
        for (label, octets), cells in zip(years, columns, strict=True):
            top = next((n for n, cell in enumerate(cells) if cell != " "), tall)
            for number in range(height):
                at = number - 1  # the size stands on the line above the column
                if number == height - 1:
                    piece = Content(fit(label, each))
                elif top <= at:
                    piece = Content(cells[at] * (each - 2) + "  ").stylize("$primary")
                elif number == top:
                    piece = Content(fit(_short(octets) if octets else "", each))
                else:
                    piece = Content(" " * each)
                lines[number] = lines[number] + piece
        return Content("\n").join(content.truncate(width) for content in lines)


def _short(octets: int) -> str:
    """A size without a fraction, so that columns can stand close."""
    if octets >= 10_000_000_000:
        return f"{octets / 1e9:.0f} GB"
    return f"{octets / 1e6:.0f} MB" if octets >= 1_000_000 else in_words(octets)
