"""What an IMAP server said, and what can go wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mailwizard.model.shown import shown
from mailwizard.reading.headers import raw_text

_STATUS = re.compile(rb"\S+ (OK|NO|BAD|BYE|PREAUTH)(?: |\r|\n|$)(.*)", re.S | re.I)
_CODE = re.compile(r"\s*\[([A-Za-z0-9.-]{1,40})([^\[\]]{0,300})\]\s*")


@dataclass(frozen=True, slots=True)
class Reply:
    """A status line (RFC 9051, 7.1): its bracketed code in upper case, its text shown safely."""

    kind: Literal["NO", "BAD", "BYE"]
    code: str
    text: str


class Refused(Exception):
    """The server answered NO or BAD to a command; the connection is in order."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.kind)
        self.reply = reply


class Broken(Exception):
    """The connection cannot be used any more. ``why`` is for the helpdesk, shown safely."""

    def __init__(self, why: str, reply: Reply | None = None, *, silent: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.reply = reply
        self.silent = silent


class Garbled(Exception):
    """A complete reply that makes no sense; the connection may go on."""


class Disordered(Garbled):
    """Answers in another order than the commands: nobody knows what belongs to what."""


def read_reply(last: bytes, remarks: Sequence[bytes] = ()) -> Reply | None:
    """The NO or BAD of a tagged line, or the BYE before the end; None if there is neither.

    Untagged remarks (alerts) belong to the text: some servers give the reason only there.
    """
    found = [read_status(line) for line in (last, *remarks)]
    main = next((status for status in found[:1] if status and status[0] in ("NO", "BAD")), None)
    if main is None:
        main = next((status for status in found[1:] if status and status[0] == "BYE"), None)
    if main is None:
        return None
    kind, code, text = main
    for status in found[1:]:
        if status is None or status is main:
            continue
        code = code or status[1]
        if status[2] and status[2] not in text:
            text = f"{text} {status[2]}".strip()
    named: Literal["NO", "BAD", "BYE"] = "NO" if kind == "NO" else "BAD" if kind == "BAD" else "BYE"
    return Reply(named, code, shown(text))


def read_status(line: bytes) -> tuple[str, str, str] | None:
    """Kind, code and text of a status line, tagged or not; None for any other line."""
    found = _STATUS.fullmatch(line.strip())
    if found is None:
        return None
    text = raw_text(found[2])
    code = ""
    if bracketed := _CODE.match(text):
        code, text = bracketed[1].upper(), text[bracketed.end() :]
    return found[1].decode("ascii").upper(), code, shown(text)
