"""How many terminal cells a text takes; Chinese characters take two."""

import unicodedata


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    return sum(cells_of(char) for char in text)


def cells_of(char: str) -> int:
    """The cells of one character: 0 for what is drawn over the one before it."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, width: int) -> str:
    """The text filled up with spaces to so many cells."""
    return text + " " * max(0, width - cells(text))
