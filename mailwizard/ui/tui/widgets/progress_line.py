"""How far something is: a bar, and the percentage as a number."""

from textual.content import Content
from textual.widget import Widget

from mailwizard.ui.bar_text import has_blocks, split_bar

_PERCENT = 7


class ProgressLine(Widget):
    """``########------   42 %``; an empty bar where nobody knows how much there is."""

    def __init__(self, done: int = 0, total: int = 0, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._done, self._total = done, total

    def show(self, done: int, total: int) -> None:
        """Shows another state; ``total`` 0: not known."""
        if (done, total) != (self._done, self._total):
            self._done, self._total = done, total
            self.refresh()

    def render(self) -> Content:
        width = max(4, self.content_size.width - _PERCENT)
        done = min(self._done, self._total)
        whole = max(1, self._total)
        blocks = has_blocks(self.app.console.encoding)
        meant, rest = split_bar(whole, done, whole, width, blocks=blocks)
        percent = f"{done * 100 // self._total:>4} %" if self._total else ""
        return Content.assemble((meant, "$primary"), (rest, "$text-muted"), percent)
