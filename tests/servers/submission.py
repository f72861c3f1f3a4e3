"""A submission server over TLS on loopback: takes mail after AUTH, or does what a test wants."""

import socket
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.certificates import Issued

Answer = str | bytes | Callable[[socket.socket], None]
EHLO = "250-smtp.example.com\r\n250-SIZE 20000000\r\n250 AUTH PLAIN LOGIN"


@dataclass
class Submission:
    """The running server: its place, all lines that clients sent, all messages that it took."""

    place: tuple[str, int]
    heard: list[str] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)

    @property
    def attempts(self) -> int:
        """How often somebody tried to sign in."""
        return sum(line.upper().startswith("AUTH") for line in self.heard)


@contextmanager
def submission(
    certificate: Issued,
    user: str,
    password: str,
    answers: Mapping[str, Answer] | None = None,
    on_mail: Callable[[bytes], None] = lambda _message: None,
) -> Iterator[Submission]:
    """Answers by the longest prefix of a line in ``answers``, else as a good server does.

    The keys ``banner`` and ``taken`` are for the greeting and the end of the message. "" hangs up,
    bytes go out raw, a function gets the connection and hangs up.
    """
    given = dict(answers or {})
    context = certificate.server_context()
    listener = socket.create_server(("127.0.0.1", 0))
    server = Submission(("127.0.0.1", int(listener.getsockname()[1])))

    def usual(line: str) -> str:
        verb = line.upper().split(" ")[0]
        match verb:
            case "EHLO":
                return EHLO
            case "AUTH" if line.upper() == "AUTH LOGIN":
                return "334 VXNlcm5hbWU6"
            case "AUTH":
                said = b64decode(line.split(" ")[2]).decode().split("\0")
                return "235 2.7.0 ok" if said == ["", user, password] else "535 5.7.8 no"
            case "DATA":
                return "354 go on"
            case "QUIT":
                return "221 bye"
        return "250 2.0.0 ok"

    def talk(plain: socket.socket) -> None:
        with plain, suppress(OSError, ssl.SSLError):
            client = context.wrap_socket(plain, server_side=True)
            lines = client.makefile("rb")

            def say(answer: Answer) -> bool:
                if callable(answer):
                    answer(client)
                    return False
                if not answer:
                    return False
                data = answer if isinstance(answer, bytes) else f"{answer}\r\n".encode()
                client.sendall(data)
                return True

            if not say(given.get("banner", "220 smtp.example.com ESMTP")):
                return
            while line := lines.readline().decode().rstrip("\r\n"):
                server.heard.append(line)
                keys = [key for key in given if line.upper().startswith(key.upper())]
                answer = given[max(keys, key=len)] if keys else usual(line)
                if not say(answer):
                    return
                if line.upper() == "DATA" and isinstance(answer, str) and answer[:1] == "3":
                    message = b""
                    while (part := lines.readline()) not in (b".\r\n", b""):
                        message += part[1:] if part.startswith(b"..") else part
                    server.taken.append(message)
                    on_mail(message)
                    if not say(given.get("taken", "250 2.0.0 queued as 4Q118")):
                        return

    def serve() -> None:
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(client,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def drips(client: socket.socket) -> None:
    """One octet at a time, and never a line's end."""
    stop = threading.Event()
    for _n in range(200):
        client.sendall(b"2")
        stop.wait(0.05)
