"""An SMTP server on loopback that says what a test tells it to, and remembers what it was told."""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

EHLO = "250-mx.example.com\r\n250-SIZE 20000000\r\n250 STARTTLS"


@dataclass
class Mouth:
    """A running server: its port, every line that clients sent, and how many clients came.

    ``secret`` are the lines that came under TLS.
    """

    port: int
    heard: list[str] = field(default_factory=list)
    secret: list[str] = field(default_factory=list)
    connections: int = 0


@contextmanager
def smtp(
    replies: Mapping[str, str | bytes | Sequence[str]] | None = None,
    banner: str | bytes | None = "220 mx.example.com ESMTP",
    greet: threading.Event | None = None,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Mouth]:
    """Answers by the longest prefix of a command in ``replies`` (others: 250), "" hangs up.

    Bytes are sent raw; of a list each connection gets the next, the later ones the last. ``banner``
    None says nothing at all, bytes are sent raw; it waits for ``greet`` if given. With ``tls`` it
    goes on encrypted after STARTTLS.
    """
    ready = {"STARTTLS": "220 2.0.0 Ready" if tls else "454 4.7.0 TLS not available"}
    said: dict[str, str | bytes | Sequence[str]]
    said = {"EHLO": EHLO, "QUIT": "221 bye", **ready, **(replies or {})}
    server = socket.create_server(("127.0.0.1", 0))
    mouth = Mouth(int(server.getsockname()[1]))

    def talk(client: socket.socket, number: int) -> None:
        with client, suppress(OSError):
            if greet is not None:
                greet.wait(20)
            if banner is None:
                client.recv(1)
                return
            client.sendall(banner if isinstance(banner, bytes) else f"{banner}\r\n".encode())
            if said_to(client, number, mouth.heard) and tls is not None:
                with tls.wrap_socket(client, server_side=True) as safe:
                    said_to(safe, number, mouth.secret)

    def said_to(client: socket.socket, number: int, kept: list[str]) -> bool:
        """Answers until the end; whether TLS comes next."""
        for line in client.makefile("rb", buffering=0):
            command = line.decode("utf-8", "replace").strip()
            mouth.heard.append(command)
            if kept is not mouth.heard:
                kept.append(command)
            fitting = [key for key in said if command.upper().startswith(key.upper())]
            reply = said[max(fitting, key=len)] if fitting else "250 2.0.0 Ok"
            if not isinstance(reply, str | bytes):
                reply = reply[min(number, len(reply) - 1)]
            if not reply:
                return False
            client.sendall(reply if isinstance(reply, bytes) else f"{reply}\r\n".encode())
            if command.upper() == "STARTTLS" and tls is not None:
                return True
        return False

    def serve() -> None:
        while True:
            try:
                client, _address = server.accept()
            except OSError:
                return
            args = (client, mouth.connections)
            mouth.connections += 1
            threading.Thread(target=talk, args=args, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield mouth
    finally:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
