"""A server that agrees to anything, and records every octet before and after decryption."""

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from tests.servers.speakers import speaker

Talk = Literal["imap", "smtp"]
Start = Literal["tls", "plain", "starttls", "starttls-stripped", "starttls-injected"]


class Stream(Protocol):
    """What a conversation goes over."""

    def send(self, data: bytes) -> None: ...

    def lines(self) -> Iterator[bytes]: ...


@dataclass
class Impostor:
    """Where it listens, and all that it got: raw octets and, of TLS, the clear text too."""

    place: tuple[str, int] = ("", 0)
    heard: bytearray = field(default_factory=bytearray)
    connections: int = 0


class _Plain:
    def __init__(self, connection: socket.socket, heard: bytearray) -> None:
        self.connection = connection
        self._heard = heard

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def take(self) -> bytes:
        data = self.connection.recv(65536)
        self._heard += data
        return data

    def lines(self) -> Iterator[bytes]:
        rest = b""
        while data := self.take():
            *whole, rest = (rest + data).split(b"\n")
            yield from whole


class _Encrypted:
    """TLS over memory, so that what comes over the wire can be kept as well."""

    def __init__(self, plain: _Plain, context: ssl.SSLContext, heard: bytearray) -> None:
        self._plain, self._heard = plain, heard
        self._coming, self._going = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._coming, self._going, server_side=True)
        self._run(self._tls.do_handshake)

    def send(self, data: bytes) -> None:
        self._run(lambda: self._tls.write(data))

    def lines(self) -> Iterator[bytes]:
        rest = b""
        while True:
            data: bytes = self._run(lambda: self._tls.read(65536))
            if not data:
                return
            self._heard += data
            *whole, rest = (rest + data).split(b"\n")
            yield from whole

    def _run(self, step: Callable[[], object]) -> bytes:
        while True:
            try:
                done = step()
            except ssl.SSLWantReadError:
                self._flush()
                data = self._plain.take()
                if not data:
                    return b""
                self._coming.write(data)
            except ssl.SSLError:
                with contextlib.suppress(OSError):
                    self._flush()
                raise
            else:
                self._flush()
                return done if isinstance(done, bytes) else b""

    def _flush(self) -> None:
        if data := self._going.read():
            self._plain.send(data)


def _imap(stream: Stream, *, starttls: bool = False, greet: bool = True) -> bool:
    """Agrees to every command; True where STARTTLS was asked for."""
    offered = b"IMAP4rev1 AUTH=PLAIN" + (b" STARTTLS" if starttls else b"")
    if greet:
        stream.send(b"* OK [CAPABILITY " + offered + b"] ready\r\n")
    for line in stream.lines():
        tag, _, rest = line.partition(b" ")
        verb = rest.strip().upper()
        if verb == b"CAPABILITY":
            stream.send(b"* CAPABILITY " + offered + b"\r\n")
        if verb == b"STARTTLS":
            return True
        if b"AUTHENTICATE" in verb or verb.endswith(b"}"):
            stream.send(b"+ \r\n")
        stream.send(tag + b" OK done\r\n")
    return False


_REPLIES = {
    b"EHLO": b"250-ready\r\n250 AUTH PLAIN LOGIN",
    b"AUTH": b"235 ok",
    b"DATA": b"354 go on",
}


def _smtp(stream: Stream) -> None:
    stream.send(b"220 ready\r\n")
    for line in stream.lines():
        verb = line[:4].upper()
        stream.send(_REPLIES.get(verb, b"250 ok") + b"\r\n")


@contextlib.contextmanager
def impostor(
    talk: Talk,
    start: Start,
    context: ssl.SSLContext | None = None,
    after_handshake: bytes | None = None,
) -> Iterator[Impostor]:
    """Listens on 127.0.0.1. ``after_handshake`` is sent raw before it hangs up."""
    seen = Impostor()

    def serve(connection: socket.socket) -> None:
        seen.connections += 1
        plain = _Plain(connection, seen.heard)
        if start.startswith("starttls"):
            if not _imap(plain, starttls=start != "starttls-stripped"):
                return
            more = b"* CAPABILITY IMAP4rev1\r\na3 OK\r\n" if start == "starttls-injected" else b""
            plain.send(b"a2 OK begin TLS\r\n" + more)
        stream: Stream = plain
        if start != "plain":
            assert context is not None
            stream = _Encrypted(plain, context, seen.heard)
        if after_handshake is not None:
            plain.send(after_handshake)
            connection.shutdown(socket.SHUT_WR)
            while plain.take():
                pass
        elif talk == "smtp":
            _smtp(stream)
        else:
            _imap(stream, greet=not start.startswith("starttls"))

    with speaker(serve) as seen.place:
        yield seen
