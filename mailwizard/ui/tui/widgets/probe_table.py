"""The probes of a step as rows: there before they start, updated in place, never moved."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from mailwizard.text.language import _
from mailwizard.text.rows import STATES, Row
from mailwizard.ui.tui.widgets.words import MARKS, STYLES, fit

_SECONDS = 7
_LEAST_SEEN = 30


class ProbeTable(VerticalScroll):
    """Shows rows in a fixed order; scrolls where they do not all fit."""

    def __init__(self, rows: Sequence[Row], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = ProbeRows(rows)

    def compose(self) -> ComposeResult:
        yield self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Updates every row in place."""
        self._rows.show(rows)

    def reveal(self) -> None:
        """Scrolls to the first row with something wrong, if there is one."""
        self.call_after_refresh(self._reveal)  # how many rows fit is known only then

    def _reveal(self) -> None:
        line = self._rows.first_wrong()
        if line is not None:
            self.scroll_to(y=max(0, line - self.size.height // 2), animate=False)


class ProbeRows(Widget):
    """The rows themselves: state word, what, what was seen, seconds."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self._rows = tuple(rows)

    def show(self, rows: Sequence[Row]) -> None:
        """Updates every row in place."""
        if self._rows != tuple(rows):
            resized = len(rows) != len(self._rows)
            self._rows = tuple(rows)
            self.refresh(layout=resized)

    def first_wrong(self) -> int | None:
        """The line of the first row that is neither in order nor out of the question."""
        for wrong in (("problem",), ("risk",), ("not known",)):
            for number, row in enumerate(self._rows):
                if row.state in wrong:
                    return number
        return None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return max(1, len(self._rows))

    def render(self) -> Content:
        width = self.content_size.width
        states = max(Content(_(word)).cell_length for word in STATES.values()) + 3
        room = max(10, width - states - _SECONDS - 1)
        names = max((Content(row.what).cell_length for row in self._rows), default=0) + 2
        what = min(names, max(20, room - _LEAST_SEEN))
        lines = []
        for row in self._rows:
            word = f"{MARKS[row.state]} {_(STATES[row.state])}"
            seconds = f"{row.seconds:.1f} s" if row.state != "waiting" else ""
            # A long name reaches into the next column as far as there is nothing.
            seen = min(Content(row.seen).cell_length, room - what)
            name = max(what, min(Content(row.what).cell_length + 2, room - seen))
            lines.append(
                Content.assemble(
                    (fit(word, states), STYLES[row.state]),
                    fit(row.what, name - 1) + " ",
                    (fit(row.seen, room - name) + " ", "$text-muted"),
                    (f"{seconds:>{_SECONDS}}", "$text-muted"),
                )
            )
        return Content("\n").join(lines)
