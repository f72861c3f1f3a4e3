"""How far folders are filled, asked of all at once, and what is at the end of an opened one."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing

from mailwizard.probes.imap.client import ImapClient, Opened, quoted
from mailwizard.probes.imap.pipeline import Answer, pipelined, whole_lines

AT_ONCE = 100
_STEP, _MOST_STEP = 20, 500
_ITEMS = b"(MESSAGES UIDNEXT UIDVALIDITY)"
_INNER = re.compile(rb"\(([^()]{0,1000})\)\s*\Z")
_FIGURE = re.compile(rb"\b([A-Z]{3,20}) (\d{1,18})(?!\d)", re.I)
_MOST = 0xFFFFFFFF  # of every number but SIZE


def figures(client: ImapClient, names: Sequence[bytes]) -> Iterator[Opened | None]:
    """STATUS of each folder, in the order given; None where the server refused it.

    The folder that is open should not be among them: STATUS of it may be stale (RFC 9051, 6.3.11).
    Raises Garbled, Broken, Stopped.
    """
    for start in range(0, len(names), AT_ONCE):
        commands = [b"STATUS %s %s" % (quoted(n), _ITEMS) for n in names[start : start + AT_ONCE]]
        with closing(pipelined(client, commands)) as answers:
            for line in status_lines(list(answers)):
                yield _read(line)


def status_lines(answers: Sequence[Answer]) -> list[bytes | None]:
    """The STATUS reply to each command; None where it was refused, or nothing was said.

    Some servers answer several commands first and end them all afterwards: then the order tells.
    """
    said = [whole_lines(answer.data.get("STATUS", [])) for answer in answers]
    lines = [line for several in said for line in several]
    taken = [answer.refused is None for answer in answers]
    if len(lines) == sum(taken):
        left = iter(lines)
        return [next(left) if ok else None for ok in taken]
    return [
        several[-1] if ok and several else None for ok, several in zip(taken, said, strict=True)
    ]


def status_items(text: bytes) -> dict[str, int]:
    """The numbers of a STATUS reply by item (RFC 9051, 7.3.4), in upper case.

    They are at its end, so that a folder's name cannot be mistaken for them.
    """
    inner = _INNER.search(text)
    said = _FIGURE.findall(inner[1]) if inner else []
    found = {name.decode("ascii").upper(): int(number) for name, number in said}
    return {name: number for name, number in found.items() if number <= _MOST or name == "SIZE"}


def _read(line: bytes | None) -> Opened | None:
    if line is None:
        return None
    found = status_items(line)
    return Opened(
        messages=found.get("MESSAGES"),
        uidnext=found.get("UIDNEXT"),
        uidvalidity=found.get("UIDVALIDITY"),
    )


def changed(seen: Opened | None, now: Opened) -> bool:
    """Whether something may be new: a stale UIDNEXT beside more messages counts, too."""
    if seen is None or rebuilt(seen, now):
        return True
    if now.uidnext is not None and seen.uidnext is not None and now.uidnext > seen.uidnext:
        return True
    if now.messages is None or seen.messages is None:
        return now.messages != seen.messages
    if now.uidnext is None or seen.uidnext is None:
        return now.messages != seen.messages
    return now.messages > seen.messages


def rebuilt(seen: Opened, now: Opened) -> bool:
    """Whether the folder's UIDs name other messages than before (RFC 9051, 2.3.1.1)."""
    return None not in (seen.uidvalidity, now.uidvalidity) and seen.uidvalidity != now.uidvalidity


def last_uids(client: ImapClient, messages: int, first: int, most: int) -> list[int]:
    """The UIDs from ``first`` on among the last ``most`` messages, by number: no SEARCH can lie."""
    found: set[int] = set()
    end, least, step = messages, max(0, messages - most), _STEP
    while end > least:
        start = max(least, end - step)
        replies = client.fetch_numbered(range(start + 1, end + 1), ("UID",))
        uids = [uid for reply in replies if isinstance(uid := reply.get(b"UID"), int)]
        found.update(uid for uid in uids if uid >= first)
        if not uids or min(uids) < first:
            break
        end, step = start, min(step * 5, _MOST_STEP)
    return sorted(found)
