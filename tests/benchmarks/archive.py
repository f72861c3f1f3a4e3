"""An archive of 10,000 messages (1 GB), checked, against mbsync into a Maildir.

mbsync writes each message into a file of its own and syncs it; it does not read anything back.
"""

import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mailwizard.actions.archive import archiving
from mailwizard.actions.archive.outcome import Form, Pace
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.selection import Selection
from tests.benchmarks.mailbox import (
    ADDRESS,
    HOST,
    PASSWORD,
    USER,
    Filled,
    Post,
    authority,
    certificate,
    filled,
)
from tests.benchmarks.result import Result
from tests.worlds import CASE, LoopbackWorld, probe_run

MESSAGES = int(os.environ.get("MAILWIZARD_BENCHMARK_MESSAGES", "10000"))
FEW = MESSAGES // 10
_AVERAGE = 100_000
_MBSYNC = """
IMAPAccount a
Host 127.0.0.1
Port {port}
User {user}
Pass {password}
SSLType IMAPS
CertificateFile {certificate}
AuthMechs LOGIN

IMAPStore far
Account a

MaildirStore near
Path {folder}/
Inbox {folder}/INBOX
SubFolders Verbatim

Channel c
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
"""


def posts(now: datetime) -> Iterator[Post]:
    """1 GB in the inbox: most messages small, a few of megabytes; a tenth of it in a folder."""
    for folder, count in (("INBOX", MESSAGES), ("Few", FEW)):
        dice = random.Random(11)
        line = b"RnJvbSB0aGUgYmFzZTY0IG9mIGFuIGF0dGFjaG1lbnQgdGhhdCBpcyBhcyBsb25nIGFzIGl0IGlzLg\r\n"
        for number in range(count):
            size = int(dice.paretovariate(1.16) * _AVERAGE / 5.4)
            head = (
                f"From: p{number}@other.example\r\nMessage-ID: <{folder}.{number}@other>\r\n"
                f"Subject: Order {number} and what belongs to it\r\n\r\nFrom {number}\r\n"
            ).encode()
            body = line * (min(size, 20_000_000) // len(line))
            yield Post(folder, head + body, now - timedelta(days=number % 900), r"\Seen")


def run() -> list[Result]:
    """The ratio of the rates, and the memory for a tenth and for the whole."""
    if shutil.which("mbsync") is None:
        raise SystemExit("mbsync is not installed: apt-get install isync")
    with filled(f"archive-{MESSAGES}", posts) as box, tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _archive(box, folder / "warm", "INBOX", "mbox")  # so that nobody reads a cold mailbox
        theirs = _timed(lambda: _mbsync(box, folder / "maildir"))
        ours, octets, memory = _in_child(lambda: _archive(box, folder / "a", "INBOX", "mbox"))
        single, _octets, _memory = _in_child(lambda: _archive(box, folder / "b", "INBOX", "eml"))
        _few, _octets, memory_few = _in_child(lambda: _archive(box, folder / "c", "Few", "mbox"))
    rates = f"{octets / ours / 1e6:.0f} MB/s, mbsync {octets / theirs / 1e6:.0f} MB/s"
    return [
        Result(
            name=f"archive of {MESSAGES} messages (mbox), rate",
            figure=theirs / ours,
            bound=0.5,
            unit="x",
            at_least=True,
            detail=f"of mbsync's: {rates}, {octets / 1e6:.0f} MB",
        ),
        Result(
            name=f"archive of {MESSAGES} messages (eml), rate",
            figure=theirs / single,
            bound=0.5,
            unit="x",
            at_least=True,
            detail=f"of mbsync's: {octets / single / 1e6:.0f} MB/s",
        ),
        Result(
            name=f"memory above idle, {MESSAGES} messages",
            figure=memory,
            bound=memory_few + 4,
            unit="MB",
            detail=f"with {FEW} messages {memory_few:.1f} MB",
        ),
    ]


def _timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def _archive(box: Filled, parent: Path, name: str, form: Form) -> int:
    """Copied and read back; its octets."""
    parent.mkdir()
    world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
    world.lead(ADDRESS, 993, box.place)
    run = probe_run(world, case=replace(CASE, me=USER), password=PASSWORD, seconds=600)
    seen = SignIn(host=HOST, port=993, outcome="ok")
    run.evidence.add("sign-in", seen, at=datetime.now(UTC), seconds=0.0)
    selection = Selection(folders=(name,))
    plan = archiving.Plan(
        selection=selection, parent=parent, form=form, name="Archive", readme="Read me\n"
    )
    done = archiving.begin(run.setting, plan, datetime.now(UTC), Pace(time.monotonic))
    assert done.count == (MESSAGES if name == "INBOX" else FEW), done
    shutil.rmtree(parent)
    return done.octets


def _in_child(work: Callable[[], int]) -> tuple[float, int, float]:
    """Seconds, octets, and the highest memory above that of the beginning, in MB."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            Path("/proc/self/clear_refs").write_text("5")  # the highest memory is that of now
            idle = _highest()
            began = time.monotonic()
            octets = work()
            told: tuple[Any, ...] = (time.monotonic() - began, octets, _highest() - idle)
            os.write(writing, " ".join(map(str, told)).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as report:
        words = report.read().split()
    os.waitpid(child, 0)
    return float(words[0]), int(words[1]), float(words[2])


def _highest() -> float:
    """VmHWM in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise LookupError("VmHWM")


def _mbsync(box: Filled, folder: Path) -> None:
    folder.mkdir()
    trusted = folder / "certificate.pem"
    pem, _key = certificate().write(folder)
    trusted.write_bytes(Path(pem).read_bytes())
    config = folder / "mbsyncrc"
    config.write_text(
        _MBSYNC.format(
            port=box.place[1], user=USER, password=PASSWORD, certificate=trusted, folder=folder
        )
    )
    done = subprocess.run(
        ["mbsync", "-q", "-c", str(config), "c"], capture_output=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    got = sum(1 for name in ("new", "cur") for _file in (folder / "INBOX" / name).iterdir())
    assert got == MESSAGES, got
    shutil.rmtree(folder)
