"""Where we are in the tree, on one line: each step with its state as a word and a mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget

from mailwizard.report.layout import wrap
from mailwizard.text.language import _
from mailwizard.text.rows import STATES, State
from mailwizard.ui.tui.widgets.words import MARKS, STYLES


@dataclass(frozen=True, slots=True)
class Stop:
    """One step on the line. ``state`` None: not looked at yet."""

    title: str
    state: State | None
    here: bool
    result: str = ""


class _Tree(Widget):
    """The steps with their states."""

    def __init__(self, stops: Sequence[Stop], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._stops = tuple(stops)

    def show(self, stops: Sequence[Stop]) -> None:
        """Shows another state of things."""
        if self._stops != tuple(stops):
            self._stops = tuple(stops)
            self.refresh()


class TreeLine(_Tree):
    """All steps with their state words, or with marks alone, or only "Step 3 of 6": what fits."""

    def render(self) -> Content:
        width = self.content_size.width
        for line in (
            self._line(" > ", words=True),
            self._line(" > ", words=False),
            self._line("  ", words=False),
        ):
            if line.cell_length <= width:
                return line
        return self._short().truncate(width, ellipsis=True)

    def _line(self, between: str, *, words: bool) -> Content:
        return Content(between).join(
            _stop(number, stop, words=words) for number, stop in enumerate(self._stops, 1)
        )

    def _short(self) -> Content:
        for number, stop in enumerate(self._stops, 1):
            if stop.here:
                text = _("Step {number} of {total}").format(number=number, total=len(self._stops))
                return Content(f"{text}: ") + _stop(0, stop, words=True)
        return Content(_("First some questions, then {total} steps").format(total=len(self._stops)))


def _stop(number: int, stop: Stop, *, words: bool) -> Content:
    name = f"{number} {stop.title}" if number else stop.title
    text = Content(f"[{name}]").stylize("bold") if stop.here else Content(name)
    if stop.state is None:
        return text
    word = f"{MARKS[stop.state]} {_(STATES[stop.state])}" if words else MARKS[stop.state]
    return text + Content(" ") + Content(word).stylize(STYLES[stop.state])


class TreeColumn(_Tree):
    """The same as a column with each step's result under it, where there is room beside."""

    def render(self) -> Content:
        parts: list[Content] = []
        for number, stop in enumerate(self._stops, 1):
            parts.append(_stop(number, stop, words=True))
            if stop.result:
                lines = wrap(stop.result, max(4, self.content_size.width))
                parts += [Content(line).stylize("$text-muted") for line in lines]
            parts.append(Content(""))
        return Content("\n").join(parts)
