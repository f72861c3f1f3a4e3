"""The rescue killed for good (SIGKILL), or its cable pulled: then every message accounted for.

It runs in a child process. At a command's border it kills itself; at random octets a relay between
it and Dovecot kills it, or breaks the line. Afterwards a fresh search and rescue bring the rest.
"""

import contextlib
import os
import random
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import pytest

from mailwizard.actions.outcome import NotMoved
from mailwizard.probes.imap.client import ImapClient
from tests.actions.box import CHANGE, Box, without_move
from tests.probes.mailbox_lab import ADDRESS, certificate
from tests.servers import dovecot

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]
Dialect = Literal["move", "no-move", "no-uidplus"]
BORDERS: dict[Dialect, tuple[str, ...]] = {
    "move": ("MOVE",),
    "no-move": ("COPY", "STORE", "EXPUNGE"),
    "no-uidplus": ("COPY", "STORE"),
}
CUT_OFF_EARLY = 4  # the child's exit code where nothing was changed yet
RANDOM_POINTS = 3  # of each dialect, and each way to end
_HANDSHAKE = 6_000  # octets of TLS, sign-in and folder list, in which nothing is changed yet

Fate = tuple[tuple[bytes, ...], float, int]  # flags, INTERNALDATE, size


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Dovecot]:
    with dovecot.running(tmp_path_factory.mktemp("dovecot"), certificate()) as running:
        yield running


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize(
    ("dialect", "command"), [(d, command) for d, all_ in BORDERS.items() for command in all_]
)
def test_killed_at_a_commands_border(
    server: dovecot.Dovecot, dialect: Dialect, command: str, before: bool
) -> None:
    mailbox = Mailbox(server, f"{dialect}-{command}-{before}")
    with relayed(mailbox.box) as relay:
        ended = in_child(mailbox.box, dialect, relay, at=(command, before))
    assert ended == -signal.SIGKILL
    mailbox.must_come_out_whole(dialect)


@pytest.mark.parametrize("how", ["kill", "cable"])
@pytest.mark.parametrize("dialect", list(BORDERS))
def test_ended_at_random_octets(server: dovecot.Dovecot, dialect: Dialect, how: str) -> None:
    chance = random.Random(f"{dialect} {how}")
    octets = _octets(server, dialect)
    for number in range(RANDOM_POINTS):
        mailbox = Mailbox(server, f"{dialect}-{how}-{number}")
        with relayed(mailbox.box, chance.randrange(_HANDSHAKE, octets), how) as cut:
            ended = in_child(mailbox.box, dialect, cut)
        assert ended in (0, -signal.SIGKILL if how == "kill" else CUT_OFF_EARLY)
        mailbox.must_come_out_whole(dialect)


@cache
def _octets(server: dovecot.Dovecot, dialect: Dialect) -> int:
    """How many octets a whole rescue takes."""
    mailbox = Mailbox(server, f"{dialect}-whole")
    with relayed(mailbox.box) as relay:
        assert in_child(mailbox.box, dialect, relay) == 0
    assert relay.octets > _HANDSHAKE
    mailbox.must_come_out_whole(dialect)
    return relay.octets


class Mailbox:
    """Missing mails with flags and dates of their own, among mails that nobody may touch."""

    def __init__(self, server: dovecot.Dovecot, folder: str) -> None:
        for number in (8, 9):
            server.deliver(
                f"From: x@elsewhere.example\r\nSubject: {folder} {number}\r\n\r\n".encode(), folder
            )
        self.box = Box(server, folder)
        other = self.box.other(folder, readonly=False)
        [first] = other.search(["SUBJECT", f"{folder} 1"])
        [second] = other.search(["SUBJECT", f"{folder} 2"])
        other.add_flags([first], [b"\\Seen", b"\\Flagged"])
        other.add_flags([second], [b"$Work"])
        other.add_flags(other.search(["SUBJECT", f"{folder} 9"]), [b"\\Deleted"])
        other.logout()
        self.was = self._now(folder)
        assert len(self.was) == 4

    def must_come_out_whole(self, dialect: Dialect) -> None:
        """Nothing is lost now; and after a fresh run each mail is in the inbox, once, unchanged."""
        here, inbox = self._now(self.box.folder), self._now("INBOX")
        assert {subject for subject, _fate in [*here, *inbox]} == {s for s, _fate in self.was}
        self.box.search()
        if self.box.marks:
            with pytest.MonkeyPatch.context() as patch:
                speak(patch, dialect)
                assert self.box.rescue().left == ()
        here, inbox = self._now(self.box.folder), self._now("INBOX")
        theirs = [(s, fate) for s, fate in self.was if s in self.box.both]
        bystanders = [(s, fate) for s, fate in self.was if s not in self.box.both]
        assert inbox == theirs
        if dialect == "no-uidplus":
            marked = [
                (s, (tuple(sorted({*flags, b"\\Deleted"})), *rest)) for s, (flags, *rest) in theirs
            ]
            assert here == sorted([*marked, *bystanders])
        else:
            assert here == bystanders

    def _now(self, folder: str) -> list[tuple[str, Fate]]:
        client = self.box.other(folder)
        uids = client.search()
        items = ["FLAGS", "ENVELOPE", "INTERNALDATE", "RFC822.SIZE"]
        found = client.fetch(uids, items).values() if uids else ()
        client.logout()
        return sorted(
            (subject, (flags, data[b"INTERNALDATE"].timestamp(), data[b"RFC822.SIZE"]))
            for data in found
            if (subject := data[b"ENVELOPE"].subject.decode()).startswith(self.box.folder + " ")
            and (flags := tuple(sorted(set(data[b"FLAGS"]) - {b"\\Recent"}))) is not None
        )


def in_child(box: Box, dialect: Dialect, relay: "Relay", at: tuple[str, bool] | None = None) -> int:
    """The rescue in a child process; its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        try:
            speak(pytest.MonkeyPatch(), dialect, at)
            box.rescue()
            os._exit(0)
        except NotMoved as problem:
            print(problem.reason, problem.detail, file=sys.stderr, flush=True)
            os._exit(CUT_OFF_EARLY)
        finally:
            traceback.print_exc()
            os._exit(3)
    relay.start(child)
    _pid, status = os.waitpid(child, 0)
    relay.join()
    return os.waitstatus_to_exitcode(status)


def speak(patch: pytest.MonkeyPatch, dialect: Dialect, at: tuple[str, bool] | None = None) -> None:
    """Lets the server seem to speak so; ``at`` a command's border this process kills itself."""
    patch.setattr(ImapClient, "change", _changing(dialect, at))
    if dialect == "no-uidplus":
        patch.setattr(ImapClient, "capabilities_now", lambda _client: ("IMAP4REV1",))


def _changing(dialect: Dialect, at: tuple[str, bool] | None) -> Callable[..., Any]:
    def change(client: ImapClient, command: Any, *rest: Any) -> Any:
        if at == (command, True):
            os.kill(os.getpid(), signal.SIGKILL)
        does = CHANGE if dialect == "move" else without_move
        result = does(client, command, *rest)
        if at == (command, False):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return change


@contextlib.contextmanager
def relayed(box: Box, limit: int | None = None, how: str = "kill") -> Iterator["Relay"]:
    """Leads the box's connection through a relay for the length of a block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)
        box.world.lead(ADDRESS, 993, listener.getsockname()[:2])
        yield Relay(listener, box.server.place, limit, how)
    box.world.lead(ADDRESS, 993, box.server.place)


@dataclass
class Relay:
    """Hands octets on in both directions; at ``limit`` it kills the child, or breaks the line.

    It has ended when the server has: whatever that still had to do is done then.
    """

    listener: socket.socket
    place: tuple[str, int]
    limit: int | None
    how: str
    octets: int = 0
    child: int = 0

    def start(self, child: int) -> None:
        """Starts after the fork: a thread's locks must not be copied."""
        self.child = child
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Waits until both sides have hung up."""
        self._thread.join(20)
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        client, _peer = self.listener.accept()
        with client, socket.create_connection(self.place, 20) as server:
            back = threading.Thread(target=self._pump, args=(server, client), daemon=True)
            back.start()
            self._pump(client, server)
            back.join(20)

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(4096):
                self._count(len(data))
                target.sendall(data)
        except OSError:
            pass  # one side is gone; the other is told below
        for side in (source, target):
            try:
                side.shutdown(socket.SHUT_RD if side is source else socket.SHUT_WR)
            except OSError:
                continue

    def _count(self, more: int) -> None:
        with self._lock:
            self.octets += more
            if self.limit is None or self.octets < self.limit:
                return
            if self.how == "kill":
                os.kill(self.child, signal.SIGKILL)
        raise ConnectionAbortedError
