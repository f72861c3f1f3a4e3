"""Junk or trash is emptied: counted first, asked with all figures, saving it first is offered."""

from functools import partial

from mailwizard.engine import make_room
from mailwizard.model.finding import Step
from mailwizard.model.selection import Selection
from mailwizard.text import making_room as words
from mailwizard.text.language import _
from mailwizard.ui.room_folder import Emptied, count_lines, theirs
from mailwizard.ui.tui.screens.make_room.delete import DeleteScreen
from mailwizard.ui.tui.screens.make_room.running import JobScreen
from mailwizard.ui.tui.screens.make_room.where import WhereScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item


class EmptyScreen(JobScreen):
    """Counts; nothing is deleted before "for good" has been chosen."""

    def __init__(self, emptied: Emptied) -> None:
        super().__init__(None)
        self._emptied = emptied
        self._count: make_room.CountJob | None = None

    async def on_mount(self) -> None:  # type: ignore[override]  # Textual awaits handlers
        super().on_mount()
        self._count = make_room.count_folder(self.session, self._emptied.role)
        await self.run_job(self._count)

    @property
    def counted(self) -> make_room.Counted | None:
        """What would be deleted, once it is counted and not nothing."""
        found = self._count.counted if self._count is not None else None
        return found if found is not None and found.count else None

    def title_text(self) -> str:
        return _("Empty: {folder}").format(folder=self._folder_name())

    def _folder_name(self) -> str:
        return self.names().folder(self._emptied.folder)

    def safe_text(self) -> str:
        return _("The mails are being counted. Nothing is changed by this.")

    def told(self) -> list[str]:
        if self._count is None:
            return []
        found = theirs(self.session, self._emptied.role)
        return count_lines(self._count, self._emptied, self._folder_name(), found)

    def next_choices(self) -> list[Item]:
        if self.counted is None:
            return [Item("cancel", _("Back"))]
        items = [
            Item("save", _("Save them here first")),
            Item("cancel", _("Cancel")),
            Item(
                "delete",
                _("Delete {mails} for good").format(
                    mails=words.amount(self.counted.count, self.counted.octets)
                ),
            ),
        ]
        if theirs(self.session, self._emptied.role):
            items.insert(0, Item("bring", _("Bring the customer's mail back first")))
        return items

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Save, delete, or leave it."""
        counted = self.counted
        match message.item:
            case "stop" if self._job is not None:
                self._job.stop()
            case "bring":
                self.session.jump(Step.SPAM)
                self.wizard.show_node()
            case "save" if counted is not None:
                selection = Selection(folders=(counted.folder,))
                self.app.switch_screen(WhereScreen(selection, counted.count, counted.octets))
            case "delete" if counted is not None:
                delete = partial(make_room.empty, self.session, counted)
                self.app.switch_screen(DeleteScreen(delete, None))
            case _:
                self.leave()
