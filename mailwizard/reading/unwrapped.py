"""Text that went through mail programs → blocks of lines: quote marks and soft line ends undone."""

import re

_MAX_LINES = 6_000
_MAX_LINE = 2_000
_QUOTE = re.compile(r"^(?:\s{0,3}[>|｜]\s?)+(?!\s*\S+@\S+>)")
_QUOTED_PRINTABLE = re.compile(r"=(?:[0-9A-F]{2}|\n)")


def blocks(text: str) -> list[list[str]]:
    """Paragraphs as lists of lines, without quote marks; a pasted quoted-printable source is read.

    Bounded: the first 6,000 lines, 2,000 characters of each.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    text = re.sub("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]", "", text)
    if len(_QUOTED_PRINTABLE.findall(text[:50_000])) >= 6:
        text = _from_quoted_printable(text)
    found: list[list[str]] = [[]]
    for raw in text.split("\n")[:_MAX_LINES]:
        line = _QUOTE.sub("", raw[:_MAX_LINE]).strip()
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return found if found[-1] else found[:-1]


def _from_quoted_printable(text: str) -> str:
    import quopri

    from mailwizard.reading.text_from_bytes import decoded

    return decoded(quopri.decodestring(text.encode("utf-8", "replace")))
