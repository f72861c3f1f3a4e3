"""A mailbox in Dovecot to be archived, and children of the test that are killed while they work."""

import mailbox
import os
import random
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailwizard.actions.archive import archiving, copying, deletion
from mailwizard.actions.archive.archiving import Plan, find_unfinished
from mailwizard.actions.archive.connection import Lasting
from mailwizard.actions.archive.outcome import Archived, CannotGoOn, Deleted, Form, Pace
from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.selection import Selection
from mailwizard.probes.imap.wire import Wire
from mailwizard.probes.setting import Setting
from tests.probes.mailbox_lab import ADDRESS, HOST, authority, certificate
from tests.servers import dovecot
from tests.worlds import CASE, LoopbackWorld, probe_run

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FOLDERS = ("INBOX", "客户/2019 年")
NASTY = (
    b"From: a@b\r\nSubject: =?utf-8?b?5ZCI5ZCM?= / \\ :*?\r\n\r\nFrom one\r\n>From\r\n>>From x\r\n",
    b"From: a@b\r\nSubject: no end of line\r\n\r\nFrom no end",
    b"From: a@b\r\nSubject: CON\r\n\r\n8 bit \xff\xfe\x80 and \x01, From inside\r\n\r\nFrom \r\n",
    b"From: a@b\r\n\r\n" + b">" * 70_000 + b"From far\r\nFrom",
    b"From: a@b\r\nSubject: ../../etc/passwd\r\n\r\n\r\n\r\nFrom a\r\n\r\n\r\n",
    b"no header at all",
)


def letters(count: int, seed: int = 1) -> list[bytes]:
    """Messages that differ, some of them nasty, one of them large."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        body = b"".join(
            chance.choice(
                (b"From me %d\r\n", b">From %d\r\n", b"line %d\r\n", b"\r\n", b"F%d")
            ).replace(b"%d", b"%d" % chance.randrange(99))
            for _line in range(chance.randrange(60))
        )
        made.append(
            b"From: a@b\r\nMessage-ID: <%d.%d@x>\r\nSubject: letter %d\r\n\r\n%s"
            % (seed, number, number, body)
        )
    for number, nasty in enumerate(NASTY[:count]):
        made[number] = nasty
    if count > 10:
        made[10] += os.urandom(1_500_000).hex().encode()
    return made


@dataclass
class Lab:
    """A mailbox, and what was in it at the beginning, by folder."""

    world: LoopbackWorld
    maildir: Path
    parent: Path
    at_first: dict[str, list[bytes]] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)
    user: str = dovecot.USER
    password: str = dovecot.PASSWORD

    def setting(self, seconds: float = 60.0) -> Setting:
        """For one action, with somebody signed in."""
        if not self.evidence.of(SignIn):
            seen = SignIn(host=HOST, port=993, outcome="ok")
            self.evidence.add("sign-in", seen, at=NOW, seconds=0.0)
        run = probe_run(
            self.world,
            case=replace(CASE, me=self.user),
            password=self.password,
            evidence=self.evidence,
            seconds=seconds,
        )
        return run.setting

    def archive(
        self,
        form: Form = "mbox",
        selection: Selection | None = None,
        setting: Setting | None = None,
        pace: Pace | None = None,
    ) -> Archived:
        """Begins an archive, or goes on with the one that there is."""
        setting, pace = setting or self.setting(), pace or Pace(lambda: 0.0)
        found = find_unfinished(self.parent, self.user)
        if found:
            return archiving.go_on(setting, found[0].path, pace)
        chosen = selection or Selection(folders=FOLDERS)
        plan = Plan(
            selection=chosen, parent=self.parent, form=form, name="Archive", readme="Read me\n"
        )
        return archiving.begin(setting, plan, NOW, pace)

    def delete(self, archived: Archived, setting: Setting | None = None) -> Deleted:
        """Deletes what is in the archive."""
        setting, tally = setting or self.setting(), deletion.Tally()
        lasting = Lasting(setting)
        try:
            with archiving.opened(archived.path, self.user) as (journal, ledger):
                deletion.delete_archived(
                    setting, lasting, journal, ledger, archived, Pace(lambda: 0.0), tally
                )
        finally:
            lasting.close()
        return tally.close()

    def in_mailbox(self, folder: str) -> list[bytes]:
        """What the server has of a folder, read from its files."""
        place = self.maildir / ("" if folder == "INBOX" else folder)
        files = [file for name in ("new", "cur") for file in (place / name).iterdir()]
        return [file.read_bytes() for file in files]

    def accounted(self) -> None:
        """Every message is in the mailbox or in the archive, and none is twice in the archive."""
        for folder, first in self.at_first.items():
            here = Counter(self.in_mailbox(folder))
            there = Counter(in_archive(self.parent / "Archive", folder))
            assert not there - Counter(first), "more in the archive than there was"
            assert not Counter(first) - (here + there), "lost"


def in_archive(root: Path, folder: str) -> list[bytes]:
    """What an archive holds of a folder in files with final names, read by other means."""
    found: list[bytes] = []
    for path in (root / f"{folder}.mbox", root / folder):
        if path.is_dir():
            found += [file.read_bytes() for file in path.glob("*.eml")]
        elif path.exists():
            box = mailbox.mbox(path, create=False)
            for key in box.keys():  # noqa: SIM118 - a mailbox yields messages
                octets = re.sub(rb"(?m)^>(>*From )", rb"\1", box.get_bytes(key))
                found.append(octets)
            box.close()
    return [known_again(octets) for octets in found]


_endings: dict[bytes, bytes] = {}


def known_again(octets: bytes) -> bytes:
    """An mbox ends a message that has no line break at its end with one."""
    return _endings.get(octets, octets)


@contextmanager
def box(folder: Path, count: int = 30, *, quota_kib: int = 500_000) -> Iterator[Lab]:
    """Dovecot with letters in two folders."""
    with dovecot.running(folder, certificate(), quota_kib=quota_kib) as server:
        world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
        world.lead(ADDRESS, 993, server.place)
        parent = folder / "Documents"
        parent.mkdir()
        lab = Lab(world, server.folder / "mail" / dovecot.USER, parent)
        for number, name in enumerate(FOLDERS):
            lab.at_first[name] = letters(count, number)
            fill(server, "" if name == "INBOX" else name, lab.at_first[name])
        yield lab


def fill(server: dovecot.Dovecot, folder: str, messages: list[bytes]) -> None:
    """Delivers messages, in their order."""
    remember(messages)
    for message in messages:
        server.deliver(message, folder)


def remember(messages: Iterable[bytes]) -> None:
    """So that they are known again when they come back from an mbox."""
    for message in messages:
        if not message.endswith(b"\n"):
            _endings[message + b"\n"] = message


@contextmanager
def small_steps() -> Iterator[None]:
    """Many syncs for few messages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "BATCH", 7)
        patch.setattr(copying, "UNSYNCED", 100_000)
        patch.setattr(deletion, "BATCH", 4)
        yield


class Doomed:
    """Counts what a process does to the disk and the line, and kills it in the midst of one."""

    def __init__(self, at: int, report: int) -> None:
        self.at, self.report, self.events = at, report, 0
        for name in ("fsync", "replace", "ftruncate", "unlink"):
            self._wrap(os, name)
        self._wrap(Wire, "send")
        self._wrap(Wire, "_fill")
        original = os.write

        def write(handle: int, data: Any) -> int:
            if self._now():
                original(handle, bytes(data)[: len(data) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return original(handle, data)

        os.write = write
        self._write = original

    def tell(self) -> None:
        """Tells the parent how much was done in all."""
        self._write(self.report, b"%d" % self.events)

    def _now(self) -> bool:
        self.events += 1
        return self.events == self.at

    def _wrap(self, place: Any, name: str) -> None:
        original = getattr(place, name)

        def call(*arguments: Any, **named: Any) -> Any:
            if self._now():
                if self.at % 2:  # half of them after it is done, but before anything else is
                    original(*arguments, **named)
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **named)

        setattr(place, name, call)


def in_child(work: Callable[[], object], at: int = 0) -> int | None:
    """Does it in a child that is killed at its event number ``at`` (0: never).

    How many events it took, None where it was killed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            doomed = Doomed(at, writing)
            work()
            doomed.tell()
            code = 0
        except CannotGoOn as problem:
            os.write(2, f"{problem.problem} {problem.detail}\n".encode())
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as report:
        told = report.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None
    assert os.WEXITSTATUS(status) == 0, "the child did not come to its end"
    return int(told)
