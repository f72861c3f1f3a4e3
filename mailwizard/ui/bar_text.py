"""Bars and cut texts as plain characters: what both front ends draw pictures with."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailwizard.model.amounts import KIB
from mailwizard.model.amounts import octets as octets_in_words
from mailwizard.report.layout import cells, pad
from mailwizard.text.making_room import mails

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL, _REST = "█", "░"
_ASCII_FULL, _ASCII_HALF, _ASCII_REST = "#", "=", "-"
_COLUMN = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. ``cells`` are its words, a column each.

    ``count`` is a number of mails, None where there is none to show. ``selected``: None where
    nothing can be chosen. ``part``: octets of it that are meant, None where that says nothing.
    """

    cells: tuple[str, ...]
    octets: int
    count: int | None = None
    selected: bool | None = None
    part: int | None = None


def size_of(row: Bar) -> str:
    """A row's size; dots where there are mails that have not been measured yet."""
    return "…" if row.count and not row.octets else octets_in_words(row.octets)


def has_blocks(encoding: str) -> bool:
    """Whether a terminal of this encoding can show block characters."""
    return encoding.lower().replace("-", "").startswith("utf")


def bar(octets: int, most: int, width: int, *, blocks: bool) -> str:
    """A bar whose length stands for ``octets``, where ``most`` fills ``width`` cells.

    What is there at all is never nothing: it has at least the thinnest mark.
    """
    if octets <= 0 or most <= 0 or width <= 0:
        return ""
    eighths = max(1, min(8 * width, round(8 * width * octets / most)))
    whole, part = divmod(eighths, 8)
    if blocks:
        return _FULL * whole + (_EIGHTHS[part] if part else "")
    return _ASCII_FULL * whole + (_ASCII_HALF if part >= 4 or not whole else "")


def split_bar(octets: int, part: int, most: int, width: int, *, blocks: bool) -> tuple[str, str]:
    """The same bar in two pieces: the ``part`` of it that is meant, and the rest, drawn lighter.

    Whole cells only, so that the pieces stand side by side.
    """
    if octets <= 0 or most <= 0 or width <= 0:
        return "", ""
    length = max(1, min(width, round(width * octets / most)))
    meant = min(length, round(length * part / octets)) if part > 0 else 0
    if part > 0:
        meant = max(1, meant)
    if 0 < part < octets and length > 1:
        meant = min(meant, length - 1)
    full, rest = (_FULL, _REST) if blocks else (_ASCII_FULL, _ASCII_REST)
    return full * meant, rest * (length - meant)


def column(octets: int, most: int, height: int, *, blocks: bool) -> list[str]:
    """A column of ``height`` cells, the topmost first, one character each."""
    if octets <= 0 or most <= 0 or height <= 0:
        return [" "] * max(0, height)
    eighths = max(1, min(8 * height, round(8 * height * octets / most)))
    drawn = []
    for line in range(height):
        filled = min(8, max(0, eighths - 8 * (height - 1 - line)))
        if blocks:
            drawn.append(_COLUMN[filled])
        elif filled == 8:
            drawn.append(_ASCII_FULL)
        else:
            drawn.append(_ASCII_HALF if filled >= 4 or (filled and line == height - 1) else " ")
    return drawn


def unit_of(most: int) -> tuple[str, int]:
    """The unit in which sizes up to ``most`` octets are short, and its octets."""
    for name, octets in (("GB", KIB**3), ("MB", KIB**2)):
        if most >= octets:
            return name, octets
    return "KB", KIB


def fit(text: str, width: int) -> str:
    """The text in exactly ``width`` cells, cut with an ellipsis or filled with spaces."""
    if cells(text) <= width:
        return pad(text, width)
    kept = ""
    for char in text:
        if cells(kept + char) > width - 1:
            break
        kept += char
    return pad(kept + "…" if width > 0 else "", width)


def rooms(rows: Sequence[Bar], weights: Sequence[int], width: int) -> tuple[int, ...]:
    """How many cells each column of words gets, with the gap behind it.

    They share the width by their weights; one of weight 0 gets what its widest needs.
    """
    fixed = [
        0 if weight else max((cells(row.cells[n]) + 2 for row in rows), default=0)
        for n, weight in enumerate(weights)
    ]
    shared = max(0, width - sum(fixed))
    found = [
        room or shared * weight // sum(weights) for room, weight in zip(fixed, weights, strict=True)
    ]
    found[-1] += width - sum(found)
    return tuple(max(0, room) for room in found)


_SIZE, _BAR = 10, 16


def counts(rows: Sequence[Bar]) -> int:
    """The room that the numbers of mails need; 0 where no row has one."""
    return max((cells(mails(row.count)) + 2 for row in rows if row.count is not None), default=0)


def line(row: Bar, most: int, count: int, width: int, weights: tuple[int, ...] = (1,)) -> str:
    """One row as text: its words, size, number of mails, and a bar of ASCII characters.

    ``count`` is the room for the number of mails (``counts`` of all rows). A column of weight 0
    is as wide as this row's words.
    """
    box = "" if row.selected is None else ("[x] " if row.selected else "[ ] ")
    words = max(10, width - len(box) - _SIZE - count - _BAR - 2)
    text = ""
    for cell, room in zip(row.cells, rooms([row], weights, words), strict=True):
        text += fit(cell, max(0, room - 1)) + " "
    many = "" if row.count is None else mails(row.count)
    size = size_of(row)
    if row.part is None:
        drawn = bar(row.octets, most, _BAR, blocks=False)
    else:
        drawn = "".join(split_bar(row.octets, row.part, most, _BAR, blocks=False))
    many = " " * (count - cells(many)) + many
    return f"{box}{text}{size:>{_SIZE}}{many}  {drawn}"
