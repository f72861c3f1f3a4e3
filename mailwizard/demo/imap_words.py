"""Reads what an IMAP client says (RFC 3501): commands, sets, search keys; writes strings back."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from mailwizard.demo.mails import Mail

Word = str | list["Word"]

_WORD = re.compile(rb'\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|((?:[^\s()"\[]|\[[^\]]*\])+))', re.DOTALL)
_LITERAL = re.compile(rb"\{(\d+)(\+?)\}\r?\n$")
_MAX_LITERAL = 1 << 20
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class NotUnderstood(ValueError):
    """The client said what the server does not take: it answers BAD."""


async def read_command(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes | None:
    """One command line with its literals turned into quoted strings; None at the end."""
    command = b""
    while line := await reader.readline():
        literal = _LITERAL.search(line)
        if literal is None:
            return command + line.rstrip(b"\r\n")
        size = int(literal[1])
        if size > _MAX_LITERAL:
            raise NotUnderstood
        if not literal[2]:
            writer.write(b"+ go ahead\r\n")
            await writer.drain()
        content = await reader.readexactly(size)
        quoted = content.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
        command += line[: literal.start()] + b'"' + quoted + b'"'
    return None


def words(command: bytes) -> list[Word]:
    """The words of a command; a parenthesised list becomes a list. Raises NotUnderstood."""
    result: list[Word] = []
    open_lists = [result]
    position = 0
    while position < len(command.rstrip()):
        found = _WORD.match(command, position)
        if found is None:
            raise NotUnderstood
        position = found.end()
        opens, closes, quoted, atom = found.groups()
        if opens:
            inner: list[Word] = []
            open_lists[-1].append(inner)
            open_lists.append(inner)
        elif closes:
            if len(open_lists) == 1:
                raise NotUnderstood
            open_lists.pop()
        elif quoted is not None:
            open_lists[-1].append(re.sub(rb"\\(.)", rb"\1", quoted).decode("utf-8", "replace"))
        else:
            open_lists[-1].append(atom.decode("utf-8", "replace"))
    if len(open_lists) > 1:
        raise NotUnderstood
    return result


def text(word: Word) -> str:
    """The word where a single one is expected. Raises NotUnderstood for a list."""
    if isinstance(word, str):
        return word
    raise NotUnderstood


def in_set(numbers: str, largest: int) -> Callable[[int], bool]:
    """Whether a number is in a sequence set such as ``1:5,9,12:*``. Raises NotUnderstood."""
    ranges: list[tuple[int, int]] = []
    for part in numbers.split(","):
        first, _, last = part.partition(":")
        try:
            ends = [largest if end == "*" else int(end) for end in (first, last or first)]
        except ValueError:
            raise NotUnderstood from None
        ranges.append((min(ends), max(ends)))
    return lambda number: any(low <= number <= high for low, high in ranges)


def search(mails: list[Mail], keys: list[Word], *, text_keys: bool) -> list[tuple[int, Mail]]:
    """(sequence number, message) of what matches all keys.

    Flags, dates and UID sets always; FROM, TO and SUBJECT only with ``text_keys``. Raises
    NotUnderstood for every other key, and for lists.
    """
    found = list(enumerate(mails, 1))
    left = [text(key) for key in keys]
    while left:
        wanted = _key(left, mails, text_keys=text_keys)
        found = [(number, mail) for number, mail in found if wanted(number, mail)]
    return found


_FLAGS = {
    "SEEN": ("\\Seen", True),
    "UNSEEN": ("\\Seen", False),
    "DELETED": ("\\Deleted", True),
    "UNDELETED": ("\\Deleted", False),
    "FLAGGED": ("\\Flagged", True),
}


def _key(left: list[str], mails: list[Mail], *, text_keys: bool) -> Callable[[int, Mail], bool]:
    """Takes one search key off the list: a condition on sequence number and message."""
    key = left.pop(0).upper()
    if key == "ALL":
        return lambda _number, _mail: True
    if key in _FLAGS:
        flag, present = _FLAGS[key]
        return lambda _number, mail: (flag in mail.flags) is present
    if key[:1].isdigit():
        inside = in_set(key, len(mails))
        return lambda number, _mail: inside(number)
    if not left:
        raise NotUnderstood
    value = left.pop(0)
    if key == "UID":
        chosen = in_set(value, mails[-1].uid if mails else 0)
        return lambda _number, mail: chosen(mail.uid)
    if key in ("SINCE", "BEFORE"):
        day = read_date(value)
        return lambda _number, mail: (mail.arrived.date() >= day) is (key == "SINCE")
    if key not in ("FROM", "TO", "SUBJECT") or not text_keys:
        raise NotUnderstood
    name, needle = key.lower().encode() + b":", value.lower().encode()
    return lambda _number, mail: any(
        line.lower().startswith(name) and needle in line.lower()
        for line in mail.head.split(b"\r\n")
    )


def read_date(value: str) -> date:
    """A date such as ``9-Nov-2026``. Raises NotUnderstood."""
    try:
        day, month, year = value.strip('"').split("-")
        return date(int(year), _MONTHS.index(month.capitalize()) + 1, int(day))
    except ValueError:
        raise NotUnderstood from None


def internal_date(when: datetime) -> str:
    """A time as INTERNALDATE writes it."""
    utc = when.astimezone(UTC)
    return f"{utc.day:2}-{_MONTHS[utc.month - 1]}-{utc:%Y %H:%M:%S +0000}"


def quoted(value: str) -> str:
    """A quoted string."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
