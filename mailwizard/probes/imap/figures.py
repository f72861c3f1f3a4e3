"""How far folders are filled, asked of all of them at once, without opening them."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.pipeline import pipelined
from mailwizard.probes.imap.space import quoted

AT_ONCE = 100
_ITEMS = b"(MESSAGES UIDNEXT UIDVALIDITY)"
_INNER = re.compile(rb"\(([^()]{0,1000})\)\s*\Z")
_FIGURE = re.compile(rb"(MESSAGES|UIDNEXT|UIDVALIDITY) (\d{1,10})(?!\d)", re.I)


def figures(client: ImapClient, names: Sequence[bytes]) -> Iterator[Opened | None]:
    """STATUS of each folder, in the order given; None where the server refused it.

    The folder that is open should not be among them: STATUS of it may be stale (RFC 9051, 6.3.11).
    Raises Garbled, Broken, Stopped.
    """
    for start in range(0, len(names), AT_ONCE):
        commands = [b"STATUS %s %s" % (quoted(n), _ITEMS) for n in names[start : start + AT_ONCE]]
        with closing(pipelined(client, commands)) as answers:
            for answer in answers:
                if answer.refused is not None:
                    yield None
                else:
                    yield _read(answer.data.get("STATUS", []))


def _read(data: list[Any]) -> Opened | None:
    """The figures of the last STATUS reply; a folder's name cannot be mistaken for them."""
    if not data:
        return None
    text = data[-1]
    line = b" ".join(text) if isinstance(text, tuple) else bytes(text or b"")
    inner = _INNER.search(line)
    found = {name.upper(): int(n) for name, n in _FIGURE.findall(inner[1])} if inner else {}
    return Opened(
        messages=found.get(b"MESSAGES"),
        uidnext=found.get(b"UIDNEXT"),
        uidvalidity=found.get(b"UIDVALIDITY"),
    )
