"""Replies of SMTP servers as text (RFC 5321 section 4.2, RFC 2034)."""

import re
from collections.abc import Sequence

from mailwizard.model.seen.door import SmtpReply
from mailwizard.model.shown import shown

_LINE = re.compile(rb"(\d{3})([ -])?(.*)", re.DOTALL)
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)")
_SIZE = re.compile(r"SIZE(?:\s+(\d{1,18}))?", re.IGNORECASE)


def is_last(line: bytes) -> bool | None:
    """Whether a line ends a reply; None if it is no reply line at all."""
    match = _LINE.match(line)
    return None if match is None else match[2] != b"-"


def parse_reply(lines: Sequence[bytes]) -> SmtpReply | None:
    """One reply from its lines, the texts joined by spaces; None if it is no SMTP reply."""
    matches = [_LINE.match(line.rstrip(b"\r\n")) for line in lines]
    if not matches or matches[-1] is None:
        return None
    code = int(matches[-1][1])
    texts = [_decoded(match[3]).strip() for match in matches if match is not None]
    enhanced = _ENHANCED.match(texts[0]) if texts else None
    if enhanced:
        # The enhanced code is repeated in every line; only the words differ.
        texts = [text.removeprefix(enhanced[1]).strip() for text in texts]
    return SmtpReply(
        code=code, enhanced=enhanced[1] if enhanced else "", text=shown(" ".join(texts))
    )


def extensions(lines: Sequence[bytes]) -> tuple[int | None, bool]:
    """From the lines of an EHLO reply: the size limit (None: none stated), and STARTTLS."""
    size: int | None = None
    starttls = False
    for line in lines[1:]:
        match = _LINE.match(line.rstrip(b"\r\n"))
        keyword = _decoded(match[3]).strip() if match else ""
        stated = _SIZE.fullmatch(keyword)
        if stated and stated[1] and int(stated[1]) > 0:  # 0: no fixed maximum (RFC 1870)
            size = int(stated[1])
        starttls = starttls or keyword.upper() == "STARTTLS"
    return size, starttls


def offered(lines: Sequence[bytes]) -> frozenset[str]:
    """From the lines of an EHLO reply: the keywords in upper case, without their parameters."""
    matches = (_LINE.match(line.rstrip(b"\r\n")) for line in lines[1:])
    words = (_decoded(match[3]).split() for match in matches if match)
    return frozenset(word[0].upper() for word in words if word)


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("gb18030", "replace")
