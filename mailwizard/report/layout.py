"""Lines of at most so many terminal cells; Chinese characters take two."""

import unicodedata

_NOT_FIRST = frozenset("，。、；：？！）》」』”’…％,.;:?!)]}%")


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    return sum(_cells(char) for char in text)


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """The text in lines of at most ``width`` cells, the first and the others with their indent.

    Broken at spaces, between Chinese characters, and inside a word only if it fills a line alone.
    """
    rest = " " * cells(first) if rest is None else rest
    lines: list[str] = []
    line, indent = "", first
    for piece in _pieces(text):
        if not line and piece == " ":
            continue
        if cells(indent) + cells(line) + cells(piece.rstrip()) > width:
            if line:
                lines.append(indent + line.rstrip())
                line, indent = "", rest
            piece = piece.lstrip()
            while cells(indent) + cells(piece) > width:
                head = _head(piece, max(2, width - cells(indent)))
                lines.append(indent + head)
                piece, indent = piece[len(head) :], rest
        line += piece
    if line.strip() or not lines:
        lines.append((indent + line).rstrip())
    return lines


def pad(text: str, width: int) -> str:
    """The text filled up with spaces to so many cells."""
    return text + " " * max(0, width - cells(text))


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _pieces(text: str) -> list[str]:
    """What stays together: words, spaces, single wide characters with the marks behind them."""
    pieces: list[str] = []
    for char in " ".join(text.split()):
        wide = _cells(char) == 2
        last = pieces[-1] if pieces else " "
        joins = char in _NOT_FIRST or (not wide and char != " " and _cells(last[-1]) < 2)
        if pieces and last != " " and char != " " and joins:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _head(text: str, width: int) -> str:
    taken = ""
    for char in text:
        if cells(taken + char) > width:
            break
        taken += char
    return taken or text[0]
