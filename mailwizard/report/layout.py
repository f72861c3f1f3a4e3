"""Lines of at most so many terminal cells; Chinese characters take two."""

from mailwizard.text.cells import cells, cells_of, pad

__all__ = ["cells", "pad", "wrap"]

_NOT_FIRST = frozenset("，。、；：？！）》」』”’…％,.;:?!)]}%")


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


def _pieces(text: str) -> list[str]:
    """What stays together: words, spaces, single wide characters with the marks behind them."""
    pieces: list[str] = []
    for char in " ".join(text.split()):
        wide = cells_of(char) == 2
        last = pieces[-1] if pieces else " "
        joins = char in _NOT_FIRST or (not wide and char != " " and cells_of(last[-1]) < 2)
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
