"""A watch of the line as a chart of plain characters: a row a rung, a column a look."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mailwizard.model.seen.line_watch import (
    ANSWERED,
    MOST_LOOKS,
    SILENT,
    SLOW,
    UNKNOWN,
    UNTESTED,
    LineWatched,
)
from mailwizard.report.layout import cells, pad
from mailwizard.text import line_watching as words

_SHOWN = {ANSWERED: ".", SLOW: "~", SILENT: "X", UNTESTED: " ", UNKNOWN: "?"}
_BEAT = 12  # columns from one time of day to the next
_CLOCK = 8  # cells of a time of day


@dataclass(frozen=True, slots=True)
class _Row:
    """One rung: its name, its marks, and what stands at the right."""

    label: str
    history: str
    right: str = ""


def newest(watched: LineWatched, right: Sequence[str], width: int, *, local: bool) -> list[str]:
    """The chart in one piece of at most ``width`` cells, its newest looks at the right.

    Where there is little room, what stands at the right is left out.
    """
    rows = _rows(watched, right)
    if _columns(rows, width) < _BEAT:
        rows = _rows(watched, [""] * len(watched.rungs))
    columns = max(_BEAT, _columns(rows, width))
    begin = max(0, _count(watched) - columns)
    return _piece(rows, begin, columns, _times(watched, local=local))


def whole(watched: LineWatched, width: int) -> list[str]:
    """The whole chart for a report, in as many pieces as it takes; times in UTC."""
    rows = _rows(watched, [""] * len(watched.rungs))
    columns = max(_BEAT, _columns(rows, width) // _BEAT * _BEAT)
    lines: list[str] = []
    for begin in range(0, _count(watched), columns):
        lines += [
            *([""] if lines else []),
            *_piece(rows, begin, columns, _times(watched, local=False)),
        ]
    return lines


def _rows(watched: LineWatched, right: Sequence[str]) -> list[_Row]:
    count = _count(watched)
    return [
        _Row(words.name(rung.rung), rung.history[:count], at_right)
        for rung, at_right in zip(watched.rungs, right, strict=False)
    ]


def _count(watched: LineWatched) -> int:
    """How many looks are drawn: a record may come from anybody's file."""
    return min(len(watched.offsets), MOST_LOOKS)


def _times(watched: LineWatched, *, local: bool) -> Callable[[int], str]:
    return lambda index: words.time_of(watched, watched.offsets[index], local=local)


def _columns(rows: Sequence[_Row], width: int) -> int:
    label, right = _label(rows), max((cells(row.right) for row in rows), default=0)
    return width - label - 2 - (right + 1 if right else 0)


def _label(rows: Sequence[_Row]) -> int:
    return max((cells(row.label) for row in rows), default=0)


def _piece(rows: Sequence[_Row], begin: int, columns: int, time: Callable[[int], str]) -> list[str]:
    label = _label(rows)
    lines = []
    for row in rows:
        marks = "".join(_SHOWN.get(mark, "?") for mark in row.history[begin : begin + columns])
        line = f"{pad(row.label, label)}  {marks.ljust(columns)} {row.right}"
        lines.append(line.rstrip())
    scale = [" "] * columns
    last = min(columns, max((len(row.history) for row in rows), default=0) - begin)
    first = -begin % _BEAT
    for column in range(first, last, _BEAT):
        if column + _CLOCK <= columns:
            scale[column : column + _CLOCK] = time(begin + column).ljust(_CLOCK)[:_CLOCK]
    return [*lines, f"{' ' * label}  {''.join(scale)}".rstrip()]
