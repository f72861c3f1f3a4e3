"""A line across, with words in it."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class Rule(Widget):
    """``-- What we found ------------ we are sure --``; without words a bare line."""

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def __init__(self, left: str = "", right: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Rule.left, left)
        self.set_reactive(Rule.right, right)

    def render(self) -> Content:
        width = self.content_size.width
        line = "─" if self.app.console.encoding.startswith("utf") else "-"
        left = f"{line}{line} {self.left} " if self.left else ""
        right = f" {self.right} {line}{line}" if self.right else ""
        room = width - Content(left).cell_length - Content(right).cell_length
        if room < 1:
            right, room = "", max(0, width - Content(left).cell_length)
        return Content(left + line * room + right).truncate(width)
