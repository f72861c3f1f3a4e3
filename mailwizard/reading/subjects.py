"""Compares subjects as people mean them: without "Re:", case, width and spacing."""

import re
import unicodedata

_PREFIX = re.compile(
    r"^\s*(?:(?:re|r|fw|fwd|aw|wg|antw|sv|vs|vb|tr|rif|res|enc|odp|ref|ynt"
    r"|回复|回覆|答复|答覆|转发|轉寄|轉發|返信|転送|회신|전달)"
    r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*:|\[[^\[\]]{1,30}\])\s*"
)
_SHORTEST = 4
_SHORTEST_WIDE = 2  # Chinese, Japanese, Korean: two characters are a word
_TELLING = 12  # columns
_NUMBER = re.compile(r"\d{3}")


def subject_key(subject: str) -> str:
    """The subject folded for comparison: prefixes of answers and bracketed tags removed."""
    text = " ".join(unicodedata.normalize("NFKC", subject[:1000]).casefold().split())
    for _ in range(12):
        found = _PREFIX.match(text)
        if found is None or found.end() == len(text):
            break
        text = text[found.end() :]
    return text


def same_subject(wanted: str, subject: str) -> bool:
    """Whether a mail's subject is the one asked for, as somebody remembers it.

    It may hold what is wanted as whole words, or be held in it, where it is not just any word.
    """
    key, other = subject_key(wanted), subject_key(subject)
    if not key or not other:
        return False
    if key == other:
        return True
    shortest = _SHORTEST if key.isascii() else _SHORTEST_WIDE
    if len(key) >= shortest and holds_words(other, key):
        return True
    return _is_telling(other) and holds_words(key, other)


def subject_ties(wanted: str, subject: str) -> bool:
    """Whether the subject alone tells that a mail is the one asked for, whoever wrote it.

    A part must be more than a word that anybody writes: long, or with a number in it.
    """
    key, other = subject_key(wanted), subject_key(subject)
    if not key or not other:
        return False
    return key == other or (_is_telling(key) and holds_words(other, key))


def holds_words(text: str, part: str) -> bool:
    """Whether a folded text holds a part that does not begin or end within a Latin word."""
    before = r"(?<![a-z0-9])" if part[0].isascii() and part[0].isalnum() else ""
    after = r"(?![a-z0-9])" if part[-1].isascii() and part[-1].isalnum() else ""
    return re.search(before + re.escape(part) + after, text) is not None


def _is_telling(key: str) -> bool:
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in key)
    return width >= _TELLING or (len(key) >= _SHORTEST and _NUMBER.search(key) is not None)
