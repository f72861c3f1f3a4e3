"""A mailbox to wait in: its world, one waiting at a quick pace, and a relay that can be cut."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from mailwizard.actions.two_lines import Pace
from mailwizard.actions.waiting import Waiting, Watch
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.arrived import MailArrived, Waited
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.imap.matching import Wanted
from mailwizard.probes.mailbox_pool import MailboxPool
from mailwizard.probes.setting import Setting
from tests.probes.mailbox_lab import ADDRESS, HOST, PROBES, SINCE, authority
from tests.worlds import CASE, LoopbackWorld, probe_run

QUICK = Pace(
    idle=20.0,
    alone=0.2,
    quick=0.1,
    full=0.15,
    listing=0.3,
    least=0.01,
    second=0.5,
    again=(0.05, 0.1, 0.2),
)


def until(holds: Callable[[], object], seconds: float = 10.0) -> None:
    """Waits until something holds; fails after ``seconds``."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it never came true"
        threading.Event().wait(0.01)


@dataclass
class Room:
    """The world, the records and the open connections of one test."""

    world: LoopbackWorld
    case: Case
    password: str
    evidence: Evidence = field(default_factory=Evidence)
    pool: MailboxPool = field(default_factory=MailboxPool)

    def setting(self, probe: str, seconds: float) -> Setting:
        return probe_run(
            self.world,
            case=self.case,
            evidence=self.evidence,
            password=self.password,
            mailboxes=self.pool,
            seconds=seconds,
            probe=probe,
        ).setting

    def probe(self, name: str) -> None:
        """Runs one probe to its end."""
        PROBES[name](self.setting(name, 10))

    @property
    def arrived(self) -> list[MailArrived]:
        return [o.seen for o in self.evidence.of(MailArrived)]

    @property
    def waited(self) -> Waited:
        [waited] = [o.seen for o in self.evidence.of(Waited)]
        return waited

    @property
    def outcomes(self) -> list[str]:
        return [o.seen.outcome for o in self.evidence.of(SignIn)]

    @contextmanager
    def waiting(self, seconds: float = 30.0, pace: Pace = QUICK) -> Iterator["Running"]:
        """A waiting on a thread, stopped at the end of the block."""
        wanted = Wanted.of(self.case)
        assert wanted is not None
        setting = self.setting("waiting", seconds + 5)
        running = Running(Watch(setting, wanted, seconds, pace), setting)
        running.thread.start()
        try:
            yield running
        finally:
            setting.stop()
            running.thread.join(5)
            self.pool.close()
            assert not running.thread.is_alive()


class Running:
    """A waiting that is under way."""

    def __init__(self, watch: Watch, setting: Setting) -> None:
        self.watch = watch
        self.setting = setting
        self.thread = threading.Thread(target=watch.run, daemon=True)

    @property
    def now(self) -> Waiting:
        return self.watch.snapshot()

    def until(self, holds: Callable[[Waiting], object], seconds: float = 10.0) -> Waiting:
        """Waits until the state is such; the state."""
        until(lambda: holds(self.now), seconds)
        return self.now

    def begun(self) -> Waiting:
        """Waits until whatever comes is seen."""
        return self.until(lambda now: now.state == "waiting" and now.folders[0])

    def end(self, seconds: float = 10.0) -> Waiting:
        """Waits for the end; the state at the end, which is recorded."""
        self.thread.join(seconds)
        assert not self.thread.is_alive(), self.now
        return self.now


def room(place: tuple[str, int], me: str, password: str, **changes: object) -> Room:
    """Signs in at a server of the tests."""
    world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
    world.lead(ADDRESS, 993, place)
    case = replace(CASE, me=me, since=SINCE, **changes)  # type: ignore[arg-type]
    made = Room(world, case, password)
    made.probe("sign-in")
    assert made.outcomes == ["ok"]
    return made


class Relay:
    """Between the program and a server: counts connections, and cuts them when it is told to."""

    def __init__(self, to: tuple[str, int]) -> None:
        self._to = to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self.most = 0
        self.taken = 0
        self.shut = False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def place(self) -> tuple[str, int]:
        host, port = self._listener.getsockname()[:2]
        return host, port

    @property
    def open(self) -> int:
        with self._lock:
            return len(self._pairs)

    def cut(self, *, shut: bool = False) -> None:
        """Breaks all connections off; ``shut``: takes none until it is told to."""
        self.shut = shut
        with self._lock:
            for pair in self._pairs:
                for end in pair:
                    _close(end)

    def close(self) -> None:
        self._listener.close()
        self.cut(shut=True)

    def _accept(self) -> None:
        while True:
            try:
                near, _peer = self._listener.accept()
            except OSError:
                return
            if self.shut:
                near.close()
                continue
            far = socket.create_connection(self._to, 5)
            with self._lock:
                self.taken += 1
                self._pairs.append((near, far))
                self.most = max(self.most, len(self._pairs))
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with self._lock:
            self._pairs = [pair for pair in self._pairs if source not in pair]
        _close(source)
        _close(target)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
