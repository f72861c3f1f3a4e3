"""Numbered or dashed points with hanging indents."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from mailwizard.report.layout import wrap


@dataclass(frozen=True, slots=True)
class Point:
    """A mark such as "1." and its text; without a mark a heading."""

    mark: str
    text: str


def points(numbered: Sequence[str], also: Sequence[str], heading: str) -> tuple[Point, ...]:
    """What to do, numbered; then what else was seen, under its heading."""
    found = [Point(f"{number}.", text) for number, text in enumerate(numbered, 1)]
    if also:
        found.append(Point("", heading))
        found += [Point("-", text) for text in also]
    return tuple(found)


class Points(Widget):
    """Wraps each text beside its mark, Chinese between any two characters."""

    def __init__(
        self, given: Sequence[Point] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._points = tuple(given)

    def show(self, given: Sequence[Point]) -> None:
        """Shows other points."""
        if self._points != tuple(given):
            self._points = tuple(given)
            self.refresh(layout=True)

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for point in self._points:
            mark = f" {point.mark:<3}" if point.mark else ""
            lines += [Content(line) for line in wrap(point.text, max(4, width), mark)]
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))
