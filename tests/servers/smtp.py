"""An SMTP server on loopback that says what a test tells it to, and remembers what it was told."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

EHLO = "250-mx.example.com\r\n250-SIZE 20000000\r\n250 STARTTLS"


@dataclass
class Mouth:
    """A running server: its port, and every line that clients sent."""

    port: int
    heard: list[str] = field(default_factory=list)


@contextmanager
def smtp(
    replies: Mapping[str, str] | None = None,
    banner: str | bytes | None = "220 mx.example.com ESMTP",
    greet: threading.Event | None = None,
) -> Iterator[Mouth]:
    """Answers by the longest prefix of a command in ``replies`` (others: 250), "" hangs up.

    ``banner`` None says nothing at all, bytes are sent raw; it waits for ``greet`` if given.
    """
    said = {"EHLO": EHLO, "QUIT": "221 bye", **(replies or {})}
    server = socket.create_server(("127.0.0.1", 0))
    mouth = Mouth(int(server.getsockname()[1]))

    def talk(client: socket.socket) -> None:
        with client, suppress(OSError):
            if greet is not None:
                greet.wait(20)
            if banner is None:
                client.recv(1)
                return
            client.sendall(banner if isinstance(banner, bytes) else f"{banner}\r\n".encode())
            for line in client.makefile("rb"):
                command = line.decode("utf-8", "replace").strip()
                mouth.heard.append(command)
                fitting = [key for key in said if command.upper().startswith(key.upper())]
                reply = said[max(fitting, key=len)] if fitting else "250 2.0.0 Ok"
                if not reply:
                    return
                client.sendall(f"{reply}\r\n".encode())

    def serve() -> None:
        while True:
            try:
                client, _address = server.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(client,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield mouth
    finally:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
