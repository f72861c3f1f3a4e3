"""HTML → text, for bounces that say what happened in HTML only. In linear time."""

import html
import re

_LINE = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d|/table|/blockquote|p|div|tr|hr)\b[^<>]*>", re.I)
_CELL = re.compile(r"</t[dh]\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-z/!?][^<>]*>", re.IGNORECASE)


def html_to_text(source: str) -> str:
    """The words of a page, one block a line; scripts, styles and comments left out."""
    for start, end in (("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>")):
        source = _without(source, start, end)
    source = re.sub(r"[\r\n\t ]+", " ", source)
    text = _TAG.sub("", _CELL.sub(" ", _LINE.sub("\n", source)))
    lines = [
        " ".join(line.split()) for line in html.unescape(text).replace("\xa0", " ").split("\n")
    ]
    return "\n".join(lines)


def _without(source: str, start: str, end: str) -> str:
    kept: list[str] = []
    lower = source.lower()
    position = 0
    while (begin := lower.find(start, position)) >= 0:
        finish = lower.find(end, begin)
        if finish < 0:
            break
        kept.append(source[position:begin])
        position = finish + len(end)
    kept.append(source[position:])
    return "".join(kept)
