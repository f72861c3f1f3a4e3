"""Saved mails are deleted from the mailbox; then what that has brought, and what is next."""

from collections.abc import Callable

from mailwizard.actions.archive.outcome import Archived, Progress
from mailwizard.engine.make_room import DeleteJob
from mailwizard.model.finding import Step
from mailwizard.text import making_room as words
from mailwizard.text.language import _
from mailwizard.ui.room_told import deleted_lines
from mailwizard.ui.tui.screens.make_room.running import JobScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item


class DeleteScreen(JobScreen):
    """``start`` begins the deletion, and goes on with it. ``archived`` is what was saved before;
    None where a folder is emptied.
    """

    def __init__(self, start: Callable[[], DeleteJob], archived: Archived | None) -> None:
        self._start = start
        self._deleting = start()
        super().__init__(self._deleting)
        self._archived = archived

    def title_text(self) -> str:
        return _("Deleting from the mailbox") if self.running else _("What was done")

    def safe_text(self) -> str:
        if self._archived is None:
            return _("Esc stops it; what is not deleted by then stays.")
        return _("Only what is saved on this computer is deleted. Esc stops it.")

    def phase_text(self, progress: Progress) -> str:
        return words.phase(progress.phase, emptying=self._archived is None)

    def told(self) -> list[str]:
        now = self._deleting.progress_now()
        return deleted_lines(self._deleting.deleted, now, self._archived)

    def next_choices(self) -> list[Item]:
        items = [Item("again", _("Check again")), Item("more", _("Make more room"))]
        if self._deleting.progress_now().phase in ("stopped", "problem"):
            items.insert(0, Item("on", _("Go on")))
        return items

    async def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Stop, or on."""
        match message.item:
            case "stop":
                self._deleting.stop()
            case "on":
                self._deleting = self._start()
                await self.run_job(self._deleting)
            case "more":
                self.begin_again()
            case _:
                self.leave()

    def leave(self) -> None:
        """The quota is looked at anew: what was seen of it is not true any more."""
        self.session.start_step(Step.QUOTA, self.wizard.teller())
        self.wizard.show_node()
