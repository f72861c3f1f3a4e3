"""A large mailbox in a test Dovecot, filled once and kept in the temporary folder for later runs.

Messages go in by MULTIAPPEND (RFC 3502) with LITERAL+ (RFC 7888) into mdbox.
"""

import hashlib
import inspect
import os
import shutil
import socket
import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from imapclient.imap_utf7 import encode as encode_utf7

from mailwizard.model.secret import Secret
from tests.certificates import Authority, Issued
from tests.servers import dovecot

HOST, ADDRESS = "imap.example.com", "192.0.2.10"
USER, PASSWORD = dovecot.USER, dovecot.PASSWORD
_AT_ONCE = 500
_KEPT = Path(tempfile.gettempdir()) / f"mailwizard-benchmarks-{os.getuid()}"


@dataclass(frozen=True, slots=True)
class Post:
    """One message to fill in; those of one folder come one after another."""

    folder: str
    content: bytes
    arrived: datetime
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """The running server. ``now`` is the moment for which the mailbox was filled, in UTC."""

    place: tuple[str, int]
    now: datetime
    folder: Path


@cache
def authority() -> Authority:
    """The one that the benchmark's computer trusts."""
    return Authority()


@cache
def certificate() -> Issued:
    """The mail server's certificate."""
    return authority().issue(HOST)


def secret() -> Secret:
    """The account's password."""
    return Secret(PASSWORD)


@contextmanager
def filled(name: str, posts: Callable[[datetime], Iterator[Post]]) -> Iterator[Filled]:
    """Dovecot with these messages; filled again only where the code of ``posts`` has changed.

    ``posts`` is called with the moment to count back from.
    """
    module = inspect.getsource(inspect.getmodule(posts) or posts)
    digest = hashlib.sha256((module + Path(__file__).read_text("utf-8")).encode()).hexdigest()
    folder = _KEPT / name
    stamp = folder / "filled"
    known = stamp.read_text("utf-8").split() if stamp.exists() else []
    fresh = len(known) != 2 or known[0] != digest
    if fresh and folder.exists():
        shutil.rmtree(folder)
    for parent in (_KEPT, folder):
        parent.mkdir(parents=True, exist_ok=True)
        parent.chmod(0o755)
    for leftover in ("run", "state"):
        shutil.rmtree(folder / leftover, ignore_errors=True)
    now = datetime.now(UTC).replace(microsecond=0) if fresh else datetime.fromisoformat(known[1])
    with dovecot.running(folder, certificate(), quota_kib=0, location="mdbox:~/mdbox") as server:
        if fresh:
            _fill(server.place, posts(now))
            stamp.write_text(f"{digest} {now.isoformat()}", "utf-8")
        yield Filled(server.place, now, folder)


class Raw:
    """A signed-in IMAP connection without any comfort, over TLS."""

    def __init__(self, place: tuple[str, int]) -> None:
        plain = socket.create_connection(place, 60)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        context: ssl.SSLContext = authority().client_context()
        self.socket = context.wrap_socket(plain, server_hostname=HOST)
        self.file = self.socket.makefile("rb")
        self.file.readline()
        self.run(f'LOGIN "{USER}" "{PASSWORD}"'.encode())

    def run(self, command: bytes) -> list[bytes]:
        """One command (it may hold LITERAL+ literals); its lines. Raises AssertionError for NO."""
        self.socket.sendall(b"x " + command + b"\r\n")
        lines = []
        while not (line := self.file.readline()).startswith(b"x "):
            assert line, "the server closed the connection"
            lines.append(line)
        assert line.startswith(b"x OK"), line
        return lines

    def close(self) -> None:
        """Breaks it off."""
        self.file.close()
        self.socket.close()


def _fill(place: tuple[str, int], posts: Iterator[Post]) -> None:
    raw = Raw(place)
    folder, waiting = "", list[Post]()
    for post in posts:
        if post.folder != folder or len(waiting) >= _AT_ONCE:
            _append(raw, folder, waiting)
            waiting = []
        if post.folder != folder:
            folder = post.folder
            if folder.upper() != "INBOX":
                raw.run(b'CREATE "%s"' % encode_utf7(folder))
        waiting.append(post)
    _append(raw, folder, waiting)
    raw.close()


def _append(raw: Raw, folder: str, posts: list[Post]) -> None:
    if posts:
        raw.run(b'APPEND "%s"' % encode_utf7(folder) + b"".join(map(_literal, posts)))


def _literal(post: Post) -> bytes:
    stamp = post.arrived.strftime("%d-%b-%Y %H:%M:%S +0000")
    return b' (%s) "%s" {%d+}\r\n%s' % (
        post.flags.encode(),
        stamp.encode(),
        len(post.content),
        post.content,
    )
