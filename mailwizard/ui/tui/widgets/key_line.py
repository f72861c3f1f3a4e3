"""A line of keys that can also be clicked; the top line is one, too."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does; ``action`` is run on a click, "" if a click does nothing."""

    key: str
    does: str
    action: str = ""

    @property
    def text(self) -> str:
        """As it is shown."""
        return f"{self.key} {self.does}"


class KeyLine(Widget):
    """Words at the left and keys behind them, or at the right; what does not fit is left out."""

    def __init__(
        self, keys: Sequence[Key], left: str = "", *, at_right: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._keys = tuple(keys)
        self._left = left
        self._at_right = at_right

    def show(self, keys: Sequence[Key]) -> None:
        """Shows other keys."""
        if self._keys != tuple(keys):
            self._keys = tuple(keys)
            self.refresh()

    def _placed(self) -> list[tuple[int, Key]]:
        width = self.content_size.width
        gap = 3
        lengths = [Content(key.text).cell_length for key in self._keys]
        keys = list(zip(self._keys, lengths, strict=True))
        left = Content(self._left).cell_length
        if self._at_right:
            x = max(0, width - sum(length + gap for _key, length in keys) + gap)
        else:
            x = left + gap if left else 0
            if x + sum(length + gap for _key, length in keys) - gap > width:
                gap = 2
        # The last key (quit) is never left out; of the others the last ones go.
        last = keys[-1][1] + gap if keys else 0
        placed = []
        for number, (key, length) in enumerate(keys, 1):
            if number == len(keys) or x + length + last <= width:
                placed.append((x, key))
                x += length + gap
        return placed

    def render(self) -> Content:
        placed = self._placed()
        end = placed[0][0] if placed else self.content_size.width
        line = Content(self._left).stylize("bold").truncate(max(0, end - 1), ellipsis=True)
        for x, key in placed:
            line = line.pad_right(max(0, x - line.cell_length))
            line = line + Content.assemble((key.key, "bold"), " ", key.does)
        return line

    async def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None:
            return
        for x, key in self._placed():
            if key.action and x <= at.x < x + Content(key.text).cell_length:
                await self.screen.run_action(key.action)
                return
