"""From plain text to TLS on IMAP's old port (RFC 9051, 6.2.1); nothing secret is said before it."""

import re
import socket
from dataclasses import dataclass

from mailwizard.model.seen.network import StartTls
from mailwizard.model.shown import shown
from mailwizard.probes.bounded import read_until
from mailwizard.probes.setting import Setting

PLAIN_PORT = 143
"""The one port where a server is expected to greet in plain text."""

GREETING_SECONDS = 8.0
ANSWER_SECONDS = 5.0
MOST_OCTETS = 8192  # of any one answer

_GREETING = re.compile(rb"\* (OK|PREAUTH|BYE)(?:[ \r]|$)", re.I)
_CAPABILITIES = re.compile(rb"(?im)^\* CAPABILITY ([^\r\n]*)")


@dataclass(frozen=True, slots=True)
class Upgrade:
    """How far it went, and the server's first line, shown safely. ``ready``: TLS comes next."""

    state: StartTls
    greeting: str = ""


def ask_for_tls(
    setting: Setting, connection: socket.socket, seconds: float = GREETING_SECONDS
) -> Upgrade:
    """Hears the greeting, asks what is offered, says STARTTLS. Raises Stopped.

    Only what a server says after TLS is verified counts for the sign-in, so that nothing of this
    talk but its outcome is kept. A server that takes us for signed in (PREAUTH) leaves no way to
    STARTTLS (RFC 9051, 7.1.4): that is the same as not offering it.
    """
    talk = _Talk(setting, connection)
    line = talk.line(seconds)
    if line is None:
        return Upgrade(talk.state, shown(talk.heard, 200))
    greeting = shown(line, 200)
    kind = _GREETING.match(line)
    if kind is None:
        return Upgrade("garbled", greeting)
    if kind[1].upper() != b"OK":
        return Upgrade("busy" if kind[1].upper() == b"BYE" else "not-offered", greeting)
    answer = talk.say(b"a1", b"CAPABILITY")
    if answer is None:
        return Upgrade(talk.state, greeting)
    offered = b" ".join(_CAPABILITIES.findall(answer)).upper().split()
    if not offered:
        return Upgrade("garbled", greeting)
    if b"STARTTLS" not in offered:
        return Upgrade("not-offered", greeting)
    answer = talk.say(b"a2", b"STARTTLS")
    if answer is None:
        return Upgrade(talk.state, greeting)
    if not re.search(rb"(?im)^a2 OK(?:[ \r]|$)", answer):
        return Upgrade("refused", greeting)
    # Whoever is in between could add to the server's words here, to be taken for its words after
    # verification (CVE-2011-0411): an honest server waits for our side of the handshake.
    return Upgrade("injected" if talk.heard else "ready", greeting)


class _Talk:
    """Lines in plain text, bounded. ``heard`` is what came beyond the last answer."""

    def __init__(self, setting: Setting, connection: socket.socket) -> None:
        self._setting = setting
        self._connection = connection
        self.heard = b""
        self.state: StartTls = ""

    def line(self, seconds: float) -> bytes | None:
        """The next line; None where none comes: then ``state`` says why."""
        return self._up_to(re.compile(rb"\n"), seconds)

    def say(self, tag: bytes, command: bytes) -> bytes | None:
        """The whole answer to one command; None as in ``line``."""
        self._connection.settimeout(self._setting.limit(ANSWER_SECONDS))
        try:
            self._connection.sendall(tag + b" " + command + b"\r\n")
        except OSError:
            self.state = "broken"
            return None
        return self._up_to(re.compile(rb"(?im)^" + tag + rb" [^\n]*\n"), ANSWER_SECONDS)

    def _up_to(self, end: re.Pattern[bytes], seconds: float) -> bytes | None:
        found = end.search(self.heard)
        if found is None:
            before = self.heard
            more, ended = read_until(
                self._setting,
                self._connection,
                lambda so_far: end.search(before + so_far) is not None,
                seconds,
                MOST_OCTETS,
            )
            self.heard = before + more
            found = end.search(self.heard)
            if found is None:
                self.state = _STATES[ended]
                return None
        answer, self.heard = self.heard[: found.end()], self.heard[found.end() :]
        return answer


_STATES: dict[str, StartTls] = {
    "silent": "silent",
    "closed": "broken",
    "reset": "broken",
    "endless": "garbled",
}
