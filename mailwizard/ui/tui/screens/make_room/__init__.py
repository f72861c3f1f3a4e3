"""Making room in the mailbox: the picture, the choice, the archive, and only then the deletion."""

from mailwizard.ui.tui.screens.make_room.picture import MakeRoomScreen

__all__ = ["MakeRoomScreen"]
