"""IDLE (RFC 2177): the server tells of new mail in the opened folder the moment that it comes."""

import re
import time
from dataclasses import dataclass

from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.wire import Wire

MOST_SECONDS = 540.0  # servers take a silent client for gone after 29 minutes, many much sooner
BEGIN_SECONDS = 15.0
END_SECONDS = 10.0  # a server that does not answer DONE within is taken for gone
_MOST_LINES = 1000  # of one IDLE: a server that chatters without end is left and asked anew

_COUNT = re.compile(rb"\* (\d{1,10}) (EXISTS|EXPUNGE)\b", re.I)
_LITERAL = re.compile(rb"\{(\d{1,12})\+?\}\r?\n\Z")


@dataclass(frozen=True, slots=True)
class Idled:
    """How one IDLE ended. ``news``: the folder has more messages than were known.

    ``by_server``: the server ended it by itself.
    """

    news: bool
    by_server: bool = False


def idle(client: ImapClient, seconds: float, messages: int | None) -> Idled:
    """Waits up to ``seconds`` for news of the opened folder, which had ``messages`` (EXISTS).

    Whatever else the server says meanwhile (still here, flags, gone messages) is passed over. Its
    answer to DONE is the sign that the line is alive. Raises Refused (it does not want IDLE),
    Broken, Stopped.
    """
    finished = False
    try:
        with client.talk(BEGIN_SECONDS) as wire:
            tag = wire.begin_commands([b"IDLE"])[0]
            state = _State(messages)
            line = _whole(wire, wire.readline())
            while not line.startswith((b"+", tag + b" ")):
                state.note(line)
                line = _whole(wire, wire.readline())
            begun = line.startswith(b"+")
            by_server = not begun or _listen(wire, tag, state, seconds)
            if not by_server:
                wire.send(b"DONE\r\n")
                wire.begin(END_SECONDS)
                while not (line := _whole(wire, wire.readline())).startswith(tag + b" "):
                    state.note(line)
            wire.end_command(tag)
            finished = True
            if not begun and not line[len(tag) :].strip().upper().startswith(b"OK"):
                raise client.refusal()
            return Idled(state.news, by_server)
    finally:
        if not finished:
            client.close()


class _State:
    """What the server has said so far of how many messages there are."""

    def __init__(self, messages: int | None) -> None:
        self._messages = messages
        self.news = False

    def note(self, line: bytes) -> None:
        found = _COUNT.match(line)
        if found is None:
            return
        number, known = int(found[1]), self._messages
        if found[2].upper() == b"EXPUNGE":
            self._messages = None if known is None else max(0, known - 1)
        else:
            # Some servers begin with the number that everybody knows: that is no news.
            self.news = self.news or known is None or number > known
            self._messages = number


def _listen(wire: Wire, tag: bytes, state: _State, seconds: float) -> bool:
    """Until there is news or the time is over; True if the server ended the IDLE by itself."""
    ends = time.monotonic() + min(seconds, MOST_SECONDS)
    lines = 0
    while not state.news and lines < _MOST_LINES and (left := ends - time.monotonic()) > 0:
        line = wire.await_line(left)
        if line is None:
            continue
        line = _whole(wire, line)
        if line.startswith(tag + b" "):
            return True
        if line[:5].upper() == b"* BYE":
            raise wire.abort("the server said goodbye")
        state.note(line)
        lines += 1
    return False


def _whole(wire: Wire, line: bytes) -> bytes:
    """A reply with what follows its literals; the literals themselves are of no use here."""
    while found := _LITERAL.search(line):
        wire.read(int(found[1]))
        line = line[: found.start()] + wire.readline()
    return line
