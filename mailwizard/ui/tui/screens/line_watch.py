"""Watching the line: choose how long, see what answers when, be told what that means."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mailwizard.engine.line_watch import MINUTES, LineWatch, Pace, Watching, findings, watch_line
from mailwizard.text import line_watching as words
from mailwizard.text.language import _
from mailwizard.ui.line_watch_lines import chart_lines, gone_lines
from mailwizard.ui.tui import cards
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.key_line import KeyLine
from mailwizard.ui.tui.widgets.result_card import ResultCard

_TICK = 0.25
_LEAST_WIDTH = 40
_STYLES = {"X": "$error bold", "~": "$warning bold"}


class LineWatchScreen(Overlay):
    """A chart with a row a rung and a column a look. Leaving it ends the watch."""

    CSS_PATH = "line_watch.tcss"

    def __init__(self, pace: Pace | None = None) -> None:
        super().__init__()
        self._pace = pace
        self._job: LineWatch | None = None
        self._told_end = False
        self._width = 0

    def body(self) -> ComposeResult:
        yield Static("", id="prompt", markup=False)
        yield Static("", id="why", markup=False)
        yield Static("", id="chart", markup=False)
        yield Static("", id="legend", markup=False)
        found = findings(self.session) if self._told_end else ()
        if found:
            yield ResultCard(self.wizard.hiding.card(cards.of_finding(self.session, found[0])))
        else:
            with VerticalScroll(id="gone", can_focus=False):
                yield Static("", id="gone-lines", markup=False)
        yield Choices([], across=True, id="answers")

    def filled(self) -> None:
        self._show()
        self.call_after_refresh(self._show)  # with the width that is known only then
        self.query_one("#answers").focus()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(_TICK, self._tick)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)  # the chart's own new width is known only then

    def on_unmount(self) -> None:
        """Nothing goes on that nobody sees."""
        if self._job is not None:
            self._job.stop()

    async def _tick(self) -> None:
        if self._job is None or self._told_end:
            return
        if self._job.ended:
            self._told_end = True
            await self.rebuild()
        else:
            self._show()

    def _show(self) -> None:
        if not self.query("#answers"):
            return
        now = None if self._job is None else self._job.snapshot()
        self._say("#prompt", words.question() if now is None else words.headline(now.state))
        self._say("#why", _why(now))
        chart = self.query_one("#chart", Static)
        legend = self.query_one("#legend", Static)
        chart.display = legend.display = now is not None
        if now is not None:
            chart.update(self._chart(now))
            legend.update(words.legend())
            for lines in self.query("#gone-lines").results(Static):
                lines.update("\n".join(gone_lines(now)))
        self.query_one("#answers", Choices).offer(self._choices(now))
        self.query_one("#keys", KeyLine).show(self.keys())

    def _say(self, where: str, text: str) -> None:
        self.query_one(where, Static).update(self.shown(text))

    def _chart(self, now: Watching) -> Content:
        self._width = self.query_one("#prompt").size.width or self._width
        lines = chart_lines(now, max(_LEAST_WIDTH, self._width))
        content = Content("\n".join(lines))
        start = 0
        for line in lines[:-1]:
            for place, mark in enumerate(line):
                if style := _STYLES.get(mark):
                    content = content.stylize(style, start + place, start + place + 1)
            start += len(line) + 1
        return content

    def _choices(self, now: Watching | None) -> list[Item]:
        back = Item("close", _("Back"))
        if now is None:
            offered = words.choices(MINUTES)
            return [*(Item(str(minutes), label) for minutes, label in offered), back]
        if not now.ended:
            return [Item("stop", _("Stop"))]
        return [back, Item("again", _("Watch again"))]

    async def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """How long, or what to do now."""
        match message.item:
            case "stop":
                self._stop()
            case "again":
                self._job, self._told_end = None, False
                await self.rebuild()
            case "close":
                self._leave()
            case minutes if minutes.isdecimal():
                self._job = watch_line(self.session, int(minutes), self._pace)
                self._show()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _leave(self) -> None:
        """The step's result may be another one now."""
        if self._job is None:
            self.app.pop_screen()
        else:
            self.wizard.show_node()

    def escape_does(self) -> str:
        running = self._job is not None and not self._job.ended
        return _("stop") if running else _("back")

    def action_back(self) -> None:
        if self._job is not None and not self._job.ended:
            self._stop()
        else:
            self._leave()


def _why(now: Watching | None) -> str:
    if now is None:
        return words.reason()
    return words.meaning(len(now.looks), now.left, ended=now.ended)
