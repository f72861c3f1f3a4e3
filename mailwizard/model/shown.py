"""Text that others wrote, made safe to show: servers' replies, subjects, names, DNS strings."""

import unicodedata

_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def shown(text: str | bytes, limit: int = 500) -> str:
    """One line of harmless text, at most ``limit`` characters.

    Control characters and terminal escapes become visible (``\\x1b``), line breaks become spaces,
    bidirectional overrides and invisible format characters are dropped, a cut ends in "…".
    """
    if isinstance(text, bytes):
        text = text[: limit * 8].decode("utf-8", "replace")
    out: list[str] = []
    for char in text[: limit * 4]:
        category = unicodedata.category(char)
        if char in "\r\n\t\v\f\u2028\u2029\x85":
            out.append(" ")
        elif category in ("Cc", "Cs", "Co", "Cn"):
            out.append(f"\\x{ord(char):02x}")
        elif category == "Cf" or unicodedata.bidirectional(char) in _BIDI:
            continue
        else:
            out.append(char)
    line = " ".join("".join(out).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
