"""Small servers on loopback that say exactly what a test wants, and then hang up or keep silent."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator

Talk = Callable[[socket.socket], None]


def says(*lines: bytes, then_wait: bool = False) -> Talk:
    """Sends some octets, then closes, or waits until the other side does."""

    def talk(connection: socket.socket) -> None:
        for line in lines:
            connection.sendall(line)
        if then_wait:
            silent(connection)

    return talk


def silent(connection: socket.socket) -> None:
    """Reads until the other side closes, and says nothing."""
    while connection.recv(65536):
        pass


def answers(reply: bytes) -> Talk:
    """Waits for the end of an HTTP request's headers, then replies."""

    def talk(connection: socket.socket) -> None:
        asked = b""
        while b"\r\n\r\n" not in asked:
            more = connection.recv(4096)
            if not more:
                return
            asked += more
        connection.sendall(reply)

    return talk


def endless(chunk: bytes) -> Talk:
    """Sends the same octets until the other side is gone."""

    def talk(connection: socket.socket) -> None:
        while True:
            connection.sendall(chunk)

    return talk


def drips(octet: bytes) -> Talk:
    """Sends the same octet every 20 ms until the other side is gone."""

    def talk(connection: socket.socket) -> None:
        connection.settimeout(0.02)
        while True:
            connection.sendall(octet)
            try:
                if not connection.recv(1):
                    return
            except TimeoutError:
                continue

    return talk


def resets(connection: socket.socket) -> None:
    """Reads a little and breaks the connection off with a RST."""
    connection.recv(16)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@contextlib.contextmanager
def speaker(talk: Talk, tls: ssl.SSLContext | None = None) -> Iterator[tuple[str, int]]:
    """A server on 127.0.0.1 that gives every connection to ``talk``; its address and port."""
    listener = socket.create_server(("127.0.0.1", 0))
    open_now: list[socket.socket] = []

    def serve(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if tls is not None:
                connection = tls.wrap_socket(connection, server_side=True)
            open_now.append(connection)
            talk(connection)
        with contextlib.suppress(OSError):
            connection.close()

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _peer = listener.accept()
                open_now.append(connection)
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[:2]
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in open_now:
            with contextlib.suppress(OSError):
                connection.close()
