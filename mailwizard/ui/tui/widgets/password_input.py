"""A field for a password: shows no length, gives nothing to the clipboard or to a selection."""

from typing import Any

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import Input

from mailwizard.model.secret import Secret

MASK = "*" * 8


class PasswordInput(Input):
    """Typing appends, Backspace takes the last character, Ctrl+U empties; there is no cursor in it.

    The mask has always the same width, the cursor always stands behind it.
    """

    ALLOW_SELECT = False

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(password=True, placeholder=placeholder, select_on_focus=False, id=id)
        self.cursor_blink = False

    def take(self) -> Secret:
        """The password; the field is empty afterwards."""
        secret = Secret(self.value)
        self.value = ""
        return secret

    @property
    def _value(self) -> Text:
        return Text(MASK if self.value else "", no_wrap=True, overflow="ignore", end="")

    @property
    def _cursor_offset(self) -> int:
        return len(MASK) if self.value else 0

    @property
    def cursor_screen_offset(self) -> Offset:
        x, y, _width, _height = self.content_region
        return Offset(x + self._cursor_offset, y)

    def render_line(self, y: int) -> Strip:
        """The mask and the cursor behind it, wherever the value's own cursor is."""
        if y != 0 or not self.value:
            return super().render_line(y)
        segments = [Segment(MASK)]
        if self.has_focus:
            segments.append(Segment(" ", self.get_component_rich_style("input--cursor")))
        width = self.scrollable_content_region.width + 1
        return Strip(segments).adjust_cell_length(width).apply_style(self.rich_style)

    def _position_to_cell(self, position: int) -> int:  # noqa: ARG002
        return self._cursor_offset

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        event.prevent_default()
        self.focus()

    async def _on_mouse_move(self, event: events.MouseMove) -> None:
        event.stop()
        event.prevent_default()

    def get_selection(self, selection: Any) -> None:
        """Nothing of a password is ever selected."""

    def action_copy(self) -> None:
        """Copying is blocked."""

    def action_cut(self) -> None:
        """Cutting is blocked."""

    def action_cursor_left(self, select: bool = False) -> None:
        """The cursor stays behind the mask."""

    def action_cursor_right(self, select: bool = False) -> None:
        """The cursor stays behind the mask."""

    def action_cursor_left_word(self, select: bool = False) -> None:
        """The cursor stays behind the mask."""

    def action_cursor_right_word(self, select: bool = False) -> None:
        """The cursor stays behind the mask."""

    def action_home(self, select: bool = False) -> None:
        """The cursor stays behind the mask."""

    def action_end(self, select: bool = False) -> None:
        """The cursor stays behind the mask."""

    def action_select_all(self) -> None:
        """Nothing of a password is ever selected."""

    def action_delete_left_word(self) -> None:
        """Words in a password would tell of it: everything goes."""
        self.value = ""
