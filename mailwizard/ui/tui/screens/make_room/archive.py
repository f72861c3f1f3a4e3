"""Mails are saved to this computer and compared; then the question whether to delete them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from mailwizard.actions.archive.outcome import Archived
from mailwizard.engine import make_room
from mailwizard.engine.make_room import ArchiveJob
from mailwizard.text import making_room as words
from mailwizard.text.language import _
from mailwizard.ui.room_told import archive_lines, stopped_lines
from mailwizard.ui.tui.screens.make_room.delete import DeleteScreen
from mailwizard.ui.tui.screens.make_room.running import JobScreen, RoomScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item


class ArchiveScreen(JobScreen):
    """Nothing is deleted here; keeping everything is what is chosen at first."""

    def __init__(
        self,
        job: ArchiveJob,
        parent: Path,
        elsewhere: Callable[[], RoomScreen] | None = None,
    ) -> None:
        """``elsewhere`` gives the screen that asks for the place once more."""
        super().__init__(job)
        self._archiving = job
        self._elsewhere = elsewhere
        self._parent_folder = parent

    @property
    def archived(self) -> Archived | None:
        """What may be deleted now, once it is saved and compared."""
        found = self._archiving.archived
        return found if found is not None and found.count else None

    def title_text(self) -> str:
        if self.running:
            return _("Saving the mails to this computer")
        if self.archived is not None:
            return _("The mails are saved")
        return _("Not all mails are saved yet")

    def safe_text(self) -> str:
        return _(
            "Nothing is deleted by this, and the mail is safe at every moment. You can stop and"
            " continue later: it goes on where it stopped."
        )

    def told(self) -> list[str]:
        if self._archiving.archived is not None:
            return archive_lines(self._archiving.archived)
        left = self._left()
        return stopped_lines(self._archiving.progress_now(), left[0] if left else None)

    def next_choices(self) -> list[Item]:
        if self.archived is not None:
            delete = _("Delete {mails} from the mailbox").format(
                mails=words.amount(self.archived.count, self.archived.octets)
            )
            return [
                Item("later", _("Decide later")),
                Item("keep", _("Keep them in the mailbox, too")),
                Item("delete", delete),
            ]
        items = [Item("later", _("Back"))]
        if self._archiving.archived is None:
            if self._elsewhere is not None:
                items.insert(0, Item("elsewhere", _("Choose another place")))
            if self._left():
                items.insert(0, Item("resume", _("Go on")))
        return items

    async def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Keep, delete, go on, or stop; what is decided later is offered again."""
        match message.item:
            case "stop":
                self._archiving.stop()
            case "keep" if self.archived is not None:
                make_room.keep(self.session, self.archived)
                self.leave()
            case "delete" if self.archived is not None:
                delete = partial(make_room.delete, self.session, self.archived)
                self.app.switch_screen(DeleteScreen(delete, self.archived))
            case "elsewhere" if self._elsewhere is not None:
                self.app.switch_screen(self._elsewhere())
            case "resume":
                if left := self._left():
                    self._archiving = make_room.resume(self.session, left[0])
                    await self.run_job(self._archiving)
            case _:
                self.leave()

    def leave(self) -> None:
        """What was saved, or begun, is offered beside the picture; else another choice is made."""
        if self._archiving.archived is not None or self._left():
            self.back_to_picture()
        else:
            super().leave()

    def _left(self) -> tuple[make_room.Unfinished, ...]:
        """Archives there that can be gone on with, the newest first."""
        found = make_room.unfinished(self.session, self._parent_folder)
        return tuple(one for one in found if one.phase == "copying")
