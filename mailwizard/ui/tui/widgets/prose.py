"""Plain text that wraps well in every language."""

from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widgets import Static

from mailwizard.report.layout import cells, wrap


class Prose(Static):
    """Breaks Chinese between any two characters, but never before a comma or a full stop.

    Line ends in the text stay, and so does the indent of a line.
    """

    def __init__(
        self, text: str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(text, id=id, classes=classes, markup=False)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Shows another text; the same one costs nothing."""
        if content != self.content:
            super().update(content, layout=layout)

    def _lines(self, width: int) -> list[str]:
        lines: list[str] = []
        for line in str(self.content).split("\n"):
            if cells(line) <= width:
                lines.append(line)
            else:
                indent = line[: len(line) - len(line.lstrip(" "))]
                lines += wrap(line, max(4, width), indent)
        return lines

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return max(cells(line) for line in str(self.content).split("\n"))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n".join(self._lines(self.content_size.width)))
