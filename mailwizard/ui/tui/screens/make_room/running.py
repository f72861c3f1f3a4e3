"""What the screens of making room have in common, and how a job is shown while it runs."""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from mailwizard.actions.archive.outcome import Progress
from mailwizard.text import making_room as words
from mailwizard.text.language import _
from mailwizard.ui.room_rows import Names
from mailwizard.ui.room_told import figures
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.points import Point, Points
from mailwizard.ui.tui.widgets.progress_line import ProgressLine
from mailwizard.ui.tui.widgets.prose import Prose


class RunningJob(Protocol):
    """What is shown of a job, whatever it does."""

    @property
    def ended(self) -> bool:
        """Whether all is done, or was stopped."""

    def progress_now(self) -> Progress:
        """How far it is."""

    def stop(self) -> None:
        """Breaks it off."""


class RoomScreen(Overlay):
    """One of the screens of making room: Tab goes round its parts."""

    CSS_PATH = "make_room.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "other_part(1)", show=False),
        Binding("shift+tab", "other_part(-1)", show=False),
    ]

    STARTS_HERE = False

    def names(self) -> Names:
        """Names as they may be shown now."""
        return Names(self.shown, hidden=self.wizard.hiding.on)

    def begin(self) -> None:
        """Measures the mailbox; only the screen that everything starts from does that."""

    def back_to_picture(self) -> None:
        """Back to the screen that everything starts from."""
        while isinstance(self.app.screen, RoomScreen) and not self.app.screen.STARTS_HERE:
            self.app.pop_screen()

    def begin_again(self) -> None:
        """Back to the picture, which is measured anew."""
        self.back_to_picture()
        if isinstance(self.app.screen, RoomScreen):
            self.app.screen.begin()

    def parts(self) -> Sequence[str]:
        """What Tab goes round, in its order."""
        return ("#answers",)

    def action_other_part(self, by: int) -> None:
        """Tab: to the next part that is there."""
        there = [part for part in self.parts() if self.query(part)]
        now = next((n for n, part in enumerate(there) if self.query_one(part).has_focus), -by)
        if there:  # at once: the next key, however quickly it follows, is for that part
            self.set_focus(self.query_one(there[(now + by) % len(there)]))


class JobScreen(RoomScreen):
    """Shows a job's phase, bar, figures and Stop; then what came of it, and how to go on.

    Subclasses give the words; while it runs, Esc and Stop break it off between two mails.
    """

    def __init__(self, job: RunningJob | None) -> None:
        super().__init__()
        self._job = job
        self._shown_end = False

    @property
    def running(self) -> bool:
        """Whether the job is at work."""
        return self._job is not None and not self._job.ended

    def title_text(self) -> str:
        """What this is."""
        raise NotImplementedError

    def safe_text(self) -> str:
        """What may be relied on while it runs."""
        raise NotImplementedError

    def told(self) -> list[str]:
        """What came of it, a paragraph each."""
        raise NotImplementedError

    def next_choices(self) -> list[Item]:
        """What can be done once it has ended."""
        raise NotImplementedError

    def phase_text(self, progress: Progress) -> str:
        """What the job is doing."""
        return words.phase(progress.phase)

    def body(self) -> ComposeResult:
        yield Prose(self.title_text(), id="prompt")
        if self.running:
            yield Prose("", id="why")
            yield ProgressLine(id="bar")
            yield Prose("", id="figures")
            yield Prose("", id="pace")
            yield Prose(self.safe_text(), id="safe")
            yield Vertical(id="room")
            yield Choices([Item("stop", _("Stop"))], across=True, id="answers")
            return
        self._shown_end = True
        with VerticalScroll(id="told-scroll"):
            for text in self.told():
                yield Points((Point("", self.shown(text)),), classes="told")
        yield Choices(self.next_choices(), across=True, id="answers")

    def parts(self) -> Sequence[str]:
        return ("#told-scroll", "#answers")

    def filled(self) -> None:
        self.query_one("#answers").focus()
        self._show_progress()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(0.15, self._tick)

    def on_unmount(self) -> None:
        if self._job is not None and not self._job.ended:
            self._job.stop()

    async def run_job(self, job: RunningJob) -> None:
        """Shows a job that has just been started."""
        self._job = job
        self._shown_end = False
        await self.again()

    async def again(self) -> None:
        """Builds the body anew, with the focus where it belongs."""
        await self.recompose()
        self.filled()
        self.show_tree()

    async def _tick(self) -> None:
        if self.running:
            self._show_progress()
        elif not self._shown_end:
            self._shown_end = True
            await self.again()

    def _show_progress(self) -> None:
        if self._job is None or not self.query("#bar"):
            return
        now = self._job.progress_now()
        by_octets = now.octets_total > 0
        done, total = (now.octets_done, now.octets_total) if by_octets else (now.done, now.total)
        self.query_one("#bar", ProgressLine).show(done, total)
        self.query_one("#why", Prose).update(self.phase_text(now))
        self.query_one("#figures", Prose).update("   ".join(figures(now)))
        self.query_one("#pace", Prose).update(words.pace(now.rate, now.remaining))

    def escape_does(self) -> str:
        return _("stop") if self.running else _("back")

    async def action_back(self) -> None:  # type: ignore[override]  # Textual awaits actions
        if self._job is not None and self.running:
            self._job.stop()
        else:
            self.leave()

    def leave(self) -> None:
        """Esc once nothing runs."""
        self.app.pop_screen()
