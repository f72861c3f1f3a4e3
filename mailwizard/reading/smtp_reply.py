"""Finds what a mail server said inside any text: reply code, enhanced code, who said it."""

import re
from dataclasses import dataclass

from mailwizard.reading.addresses import public_address

# A three-digit code stands where a reply can begin, and is followed by no unit of measure.
_CODE = re.compile(
    r"(?:^|[\s:;'\"“‘(<>#,=：；，（「\[])"
    r"([245][0-5]\d)(?:[ \t]+#?|-|[ \t]?#)(?=\S)"
    r"(?:([245]\.[0-7]\.\d{1,3})(?![\d.]))?"
    r"(?!\s*(?:(?:hours?|days?|minutes?|seconds?|[kmg]i?b|bytes|eur|usd|rmb|stunden|tage)\b"
    r"|小时|天|分钟|封|元|%|€))",
    re.IGNORECASE,
)
_BARE_CODE = re.compile(r"^\W*([45][0-5]\d)\W*$")
_ENHANCED = re.compile(r"(?<![\d.])([245]\.[0-7]\.\d{1,3})(?![\d.]*\d)")
_REPEATED = re.compile(r"(?<=\s)([245]\d\d)[- ](?:[245]\.[0-7]\.\d{1,3}[ \t])?")
_IPV4 = re.compile(r"(?<![\d.])((?:\d{1,3}\.){3}\d{1,3})(?![\d]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:])((?:[0-9a-f]{1,4}:){2,7}[0-9a-f:]{1,30})(?![\w:])", re.IGNORECASE)
_HOST = r"([a-z0-9](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63}){1,9})"
_SAID_BY = (
    re.compile(rf"host\s+{_HOST}\s*[\[(]([0-9a-f.:]+)[\])](?::\d+)?\s*said", re.IGNORECASE),
    re.compile(rf"host:?\s*{_HOST}\s*[\[(]([0-9a-f.:]+)[\])]", re.IGNORECASE),
    re.compile(rf"connect to\s+{_HOST}\s*[\[(]([0-9a-f.:]+)[\])]", re.IGNORECASE),
    re.compile(rf"\bby\s+{_HOST}\.?\s*\[([0-9a-f.:]+)\]", re.IGNORECASE),
    re.compile(
        r"()(?:connected to\s+)?\b((?:\d{1,3}\.){3}\d{1,3})\s+(?:does not like|failed after|but)",
        re.I,
    ),
    re.compile(rf"while talking to\s+{_HOST}()", re.IGNORECASE),
    re.compile(
        rf"(?:remote server|remote host|server)\s+{_HOST}()\s+(?:said|returned|rejected)", re.I
    ),
    re.compile(
        rf"{_HOST}()\s+(?:gave this error|rejected your message|remote server returned)", re.I
    ),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's reply: ``code`` 0 and ``enhanced`` "" if not given; ``said`` from the code on."""

    code: int
    enhanced: str
    said: str


def find_reply(text: str) -> Reply | None:
    """The reply in a one-line text: one with an enhanced code before one without; None if none."""
    line = text[:4000]
    matches = list(_CODE.finditer(line))
    chosen = next((m for m in matches if m[2]), None) or next(
        (m for m in matches if m[1][0] != "2"), matches[0] if matches else None
    )
    if chosen is not None:
        said = _tidy(line[chosen.start(1) :])
        enhanced = chosen[2] or ""
        if not enhanced and (after := _ENHANCED.search(said)):
            enhanced = after[1]
        return Reply(int(chosen[1]), enhanced, said)
    if alone := _ENHANCED.search(line):
        return Reply(0, alone[1], _tidy(line[alone.start() :]))
    if bare := _BARE_CODE.match(line):
        return Reply(int(bare[1]), "", bare[1])
    return None


def said_by(text: str) -> tuple[str, str]:
    """The host (and its address) that gave the reply, where the text names it; else ""."""
    for pattern in _SAID_BY:
        if found := pattern.search(text[:4000]):
            address = public_address(found[2]) if found[2] else ""
            return found[1].lower() or address, address
    return "", ""


def refused_address(said: str, but: str = "") -> str:
    """The address of the refused connection, where the server's own sentence names it.

    ``but`` is the server's own address, which never is the one that was refused.
    """
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(said[:2000]):
            address = public_address(match[1])
            if address and address != but:
                return address
    return ""


_END = re.compile(r"\s(?:giving up on|i'm not going to try again)\b.*", re.IGNORECASE)


def _tidy(said: str) -> str:
    """One reply of several lines (550-5.7.1 …, 550 5.7.1 …) as one sentence."""
    head, rest = said[:4], said[4:]
    rest = _END.sub("", rest)
    said = (head + _REPEATED.sub("", rest)).strip().strip("'\"”’")
    if said.endswith(")") and said.count("(") < said.count(")"):
        said = said[:-1]
    return said.strip()[:1000]
