"""The map of the way in: as full as fits, updated in place while the probes run."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from mailwizard.diagnosis.way_in_parts import WayIn
from mailwizard.report.way_in_drawing import ASCII, LINES, Line, drawn
from mailwizard.ui.tui.widgets.words import STYLES

_LEAST_WIDTH = 40


class WayInMap(VerticalScroll):
    """Shows the map; scrolls where even its shortest form is longer than the room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = WayInLines()

    def compose(self) -> ComposeResult:
        yield self._lines

    def show(self, way: WayIn | None, told: Mapping[str, str]) -> None:
        """Shows the map as it is now; ``told`` are headlines by a finding's code."""
        self._lines.show(way, told, self.size.height)

    def on_resize(self) -> None:
        """Another room may hold more of it, or less."""
        self._lines.fit(self.size.height)


class WayInLines(Widget):
    """The lines of the map."""

    def __init__(self) -> None:
        super().__init__()
        self._way: WayIn | None = None
        self._told: dict[str, str] = {}
        self._most = 0

    def show(self, way: WayIn | None, told: Mapping[str, str], most: int) -> None:
        """Shows another state of it, in ``most`` lines if it can be."""
        if (way, dict(told), most) != (self._way, self._told, self._most):
            self._way, self._told, self._most = way, dict(told), most
            self.refresh(layout=True)

    def fit(self, most: int) -> None:
        """Keeps to another number of lines."""
        self.show(self._way, self._told, most)

    def _drawn(self, width: int) -> list[Line]:
        if self._way is None:
            return []
        art = LINES if self.app.console.encoding.startswith("utf") else ASCII
        most = self._most or None
        return drawn(self._way, self._told, max(_LEAST_WIDTH, width), most=most, art=art)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return max(1, len(self._drawn(width)))

    def render(self) -> Content:
        return Content("\n").join(_styled(line) for line in self._drawn(self.content_size.width))


def _styled(line: Line) -> Content:
    parts: list[Content] = []
    for piece in line:
        content = Content(piece.text)
        if piece.state is not None:
            content = content.stylize(STYLES[piece.state])
        elif piece.faint:
            content = content.stylize("$primary")
        elif piece.strong:
            content = content.stylize("bold")
        parts.append(content)
    return Content("").join(parts)
