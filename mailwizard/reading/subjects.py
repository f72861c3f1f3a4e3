"""Compares subjects as people mean them: without "Re:", case, width and spacing."""

import re
import unicodedata

_PREFIX = re.compile(
    r"^\s*(?:(?:re|r|fw|fwd|aw|wg|antw|sv|vs|vb|tr|rif|res|enc|odp|ref|ynt"
    r"|回复|回覆|答复|答覆|转发|轉寄|轉發|返信|転送|회신|전달)"
    r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*:|\[[^\[\]]{1,30}\])\s*"
)
_SHORTEST = 4


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
    """Whether a mail's subject is the one asked for, or holds it as whole words."""
    key, other = subject_key(wanted), subject_key(subject)
    if not key or not other:
        return False
    if key == other:
        return True
    if len(key) < _SHORTEST:
        return False
    before = r"(?<![a-z0-9])" if key[0].isascii() and key[0].isalnum() else ""
    after = r"(?![a-z0-9])" if key[-1].isascii() and key[-1].isalnum() else ""
    return re.search(before + re.escape(key) + after, other) is not None
