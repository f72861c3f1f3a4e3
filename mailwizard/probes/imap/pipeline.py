"""Commands sent one behind the other without waiting, answered in their order (RFC 9051, 5.5)."""

import re
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mailwizard.probes.imap.client import ImapClient, quoted
from mailwizard.probes.imap.replies import Garbled, Refused
from mailwizard.probes.imap.wire import COMMAND_SECONDS


@dataclass(frozen=True, slots=True)
class Answer:
    """One command's end: ``refused`` is None for OK; ``data`` are its untagged replies by name."""

    refused: Refused | None
    data: dict[str, list[Any]]


def pipelined(
    client: ImapClient, commands: Sequence[bytes], seconds: float = COMMAND_SECONDS
) -> Generator[Answer, None, None]:
    """Sends all at once and yields the answers as they come; ``seconds`` bounds each of them.

    Whoever stops reading early has broken the connection off. Raises Garbled (and the connection
    is closed) where the answers come in another order, so that nobody knows what belongs to what;
    Broken, Stopped.
    """
    if not commands:
        return
    finished = False
    try:
        with client.talk(seconds) as wire:
            left = wire.begin_commands(commands)
            while left:
                typ, data = wire.finish_command(left.pop(0), seconds)
                if wire.answered(left):
                    raise Garbled("answers out of order")
                yield Answer(client.refusal() if typ != "OK" else None, data)
        finished = True
    finally:
        if not finished:
            client.close()


def whole_lines(data: Iterable[Any]) -> list[bytes]:
    """Whole replies, a literal in them written as a quoted string."""
    lines: list[bytes] = []
    going_on = False
    for item in list(data)[:200]:
        if isinstance(item, tuple):
            before = re.sub(rb"\{\d+\+?\}\s*\Z", b"", bytes(item[0]))
            part = before + quoted(bytes(item[1]))
        else:
            part = bytes(item or b"")
        if going_on:
            lines[-1] += part
        else:
            lines.append(part)
        going_on = isinstance(item, tuple)
    return lines
