"""The 50 largest of 100,000 messages without SORT, and a whole survey of them.

Measured in a process of its own that has done nothing else: seconds by its clock, memory as the
highest resident set (Linux's VmHWM) above that of the idle, signed-in process.
"""

import gc
import json
import random
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from mailwizard.model.evidence import Evidence
from mailwizard.model.space import Space
from mailwizard.probes.imap import largest as search
from mailwizard.probes.imap.largest import largest
from mailwizard.probes.imap.lending import borrow, give_back
from mailwizard.probes.imap.survey import Survey
from mailwizard.probes.mailbox_pool import MailboxPool
from mailwizard.probes.setting import Setting
from mailwizard.probes.sign_in import sign_in
from tests.benchmarks.mailbox import ADDRESS, HOST, PASSWORD, USER, Filled, Post, authority, filled
from tests.benchmarks.result import Result
from tests.worlds import CASE, LoopbackWorld, probe_run

MESSAGES, MOST, DAYS = 100_000, 50, 2000
_TIMES = 5


def posts(now: datetime) -> Iterator[Post]:
    """Mail as it is: most of it small, one in a hundred with an attachment, few of them large."""
    dice = random.Random(11)
    for number in range(MESSAGES):
        arrived = now - timedelta(days=DAYS * (1 - (number + 1) / (MESSAGES + 1)))
        body = dice.randrange(200, 900)
        if number % 100 == 7:
            body = dice.randrange(5_000, 30_000)
        if number % 1000 == 13:
            body = dice.randrange(100_000, 400_000)
        lines = (
            f"From: P <p{dice.randrange(3000)}@other.example>",
            f"Subject: Order {number}",
            f"Date: {arrived:%a, %d %b %Y %H:%M:%S} +0000",
            "",
            "",
        )
        content = "\r\n".join(lines).encode() + b"x" * 70 + (b"\r\n" + b"y" * 74) * (body // 76)
        yield Post("INBOX", content + b"\r\n", arrived, r"\Seen")


def run() -> list[Result]:
    """Seconds and megabytes."""
    with filled("largest", posts) as server:
        _alone(server, "largest")  # the server's caches are warm from here on
        took, memory = _alone(server, "largest")
        read_took, read_memory = _alone(server, "reading")
        survey_took, survey_memory = _alone(server, "survey")
    return [
        Result(name="50 largest of 100,000", figure=took, bound=0.5, unit="s"),
        Result(name="its memory above idle", figure=memory, bound=5.0, unit="MB"),
        Result(name="without SEARCH, memory above idle", figure=read_memory, bound=5.0,
               unit="MB", detail=f"{read_took:.1f} s"),
        Result(name="survey of 100,000, memory above idle", figure=survey_memory, bound=5.0,
               unit="MB", detail=f"{survey_took:.1f} s"),
    ]  # fmt: skip


def _alone(server: Filled, what: str) -> tuple[float, float]:
    """Seconds and megabytes of one measurement in a process of its own."""
    with tempfile.NamedTemporaryFile() as pem:
        pem.write(authority().pem)
        pem.flush()
        command = [sys.executable, "-m", __name__, what, str(server.place[1]), pem.name]
        told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    took, memory = json.loads(told.stdout)
    return float(took), float(memory)


@dataclass
class _World(LoopbackWorld):
    """Trusts the authority of the process that runs the server."""

    pem: str = ""

    def tls_context(self) -> ssl.SSLContext:
        """A verifying context."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.pem)
        return context


def _measure(what: str, port: int, pem: str) -> tuple[float, float]:
    world = _World(hosts={HOST: [ADDRESS]}, pem=pem)
    world.lead(ADDRESS, 993, ("127.0.0.1", port))
    evidence, pool = Evidence(), MailboxPool()
    case = replace(CASE, me=USER, imap_host=HOST)
    run = probe_run(
        world, case=case, evidence=evidence, password=PASSWORD, mailboxes=pool, seconds=120
    )
    sign_in(run.setting)
    if what == "reading":
        search.MANY = MESSAGES  # so few that all sizes are read
    work = (_survey if what == "survey" else _largest)(run.setting)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the highest is now what there is
    idle = _resident("VmRSS")
    seconds = [_seconds(work)]
    highest = _resident("VmHWM")
    if what != "survey":
        seconds += [_seconds(work) for _time in range(_TIMES - 1)]
    pool.close()
    return sorted(seconds)[len(seconds) // 2], (highest - idle) / 1024


def _largest(setting: Setting) -> Callable[[], None]:
    client = borrow(setting)
    messages = client.examine(b"INBOX").messages or 0

    def work() -> None:
        found = largest(client, messages, MOST)
        assert len(found) == MOST
        assert found[0][1] >= found[-1][1] > 100_000

    return work


def _survey(setting: Setting) -> Callable[[], None]:
    give_back(setting, borrow(setting))

    def work() -> None:
        survey = Survey()
        survey.run(setting)
        found: Space = survey.snapshot()
        assert found.done == found.total == MESSAGES, found.detail
        assert found.complete, found.detail

    return work


def _seconds(work: Callable[[], None]) -> float:
    begins = time.perf_counter()
    work()
    return time.perf_counter() - begins


def _resident(which: str) -> int:
    """In KB."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(f"{which}:"):
            return int(line.split()[1])
    raise LookupError(which)


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
