"""One sender in 14 days over 24 folders and 120,000 messages.

The whole ``search`` probe on a pool that is signed in, against a raw-socket script that sends the
very commands that the probe sent, one connection beside the other, and only counts octets.
"""

import gc
import random
import re
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.mailbox import FolderSearch
from mailwizard.probes.imap.wire import Wire
from mailwizard.probes.mailbox_pool import MailboxPool
from mailwizard.probes.search import search
from mailwizard.probes.sign_in import sign_in
from tests.benchmarks.mailbox import (
    ADDRESS,
    HOST,
    PASSWORD,
    USER,
    Filled,
    Post,
    Raw,
    authority,
    filled,
)
from tests.benchmarks.relay import delayed
from tests.benchmarks.result import Result
from tests.worlds import CASE, LoopbackWorld, probe_run

PAIRS = 15
FOLDERS, MESSAGES, DAYS = 24, 5_000, 460
_NAMES = ("INBOX", "垃圾邮件", "Trash", "Sent", "客户/德国")


def posts(now: datetime) -> Iterator[Post]:
    """120,000 messages of the last 460 days, 5,000 a folder, one in 500 from the sender."""
    dice = random.Random(7)
    for folder in range(FOLDERS):
        name = _NAMES[folder] if folder < len(_NAMES) else f"Project {folder:02d}"
        for number in range(MESSAGES):
            arrived = now - timedelta(days=DAYS * (1 - (number + 1) / (MESSAGES + 1)))
            yield Post(name, _message(folder, number, arrived, dice), arrived, r"\Seen")


def _message(folder: int, number: int, arrived: datetime, dice: random.Random) -> bytes:
    tied = number % 500 == 499
    sender = "buyer@customer.example" if tied else f"p{dice.randrange(900)}@other.example"
    host = sender.partition("@")[2]
    lines = (
        f"Return-Path: <{sender}>",
        f"Received: from mx.{host} (mx.{host} [198.51.100.{dice.randrange(250)}])",
        f"\tby mx1.example.com with ESMTPS id {dice.randrange(10**12):x}; {arrived:%c} +0000",
        f"From: =?utf-8?B?5byg5LiJ?= <{sender}>",
        "To: lin@example.com",
        f"Subject: Order {folder}-{number} and what belongs to it",
        f"Date: {arrived:%a, %d %b %Y %H:%M:%S} +0000",
        f"Message-ID: <{folder}.{number}@{host}>",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Good morning, please see below. " * dice.randrange(5, 20),
        "",
    )
    return "\r\n".join(lines).encode()


@dataclass
class Recorded:
    """What the probe sent on one connection after its sign-in: each time one or more commands."""

    opened: bool = False  # by the probe itself
    sent: list[bytes] = field(default_factory=list)


def run() -> list[Result]:
    """The ratio on loopback, and the seconds at round trips of 100 ms."""
    with filled("search", posts) as server:
        _search(server, server.place)  # the server's caches are warm from here on
        ratios, seconds = [], (0.0, 0.0)
        for _pair in range(PAIRS):
            recorded = _Recorder()
            ours = _search(server, server.place, recorded)
            theirs = _raw(server.place, recorded.all())
            ratios.append(ours / theirs)
            seconds = (ours, theirs)
        with delayed(server.place, 0.1) as far:
            slow = statistics.median(_search(server, far) for _time in range(3))
    detail = f"{seconds[0]:.2f} s, raw {seconds[1]:.2f} s"
    return [
        Result(
            name="one sender in 14 days, 120,000 messages",
            figure=statistics.median(ratios),
            bound=1.5,
            unit="x",
            detail=detail,
        ),
        Result(name="the same at 100 ms", figure=slow, bound=2.0, unit="s"),
    ]


class _Recorder:
    """Takes down what goes out on each wire while the block runs."""

    def __init__(self) -> None:
        self._by_wire: dict[int, Recorded] = {}
        self._wires: list[Wire] = []

    def note(self, wire: Wire, data: bytes) -> None:
        known = self._by_wire.get(id(wire))
        if known is None:
            self._wires.append(wire)
            known = self._by_wire[id(wire)] = Recorded()
        if b" LOGIN " in data[:20] or b" CAPABILITY" in data[:20]:
            known.opened = True
            return
        known.sent.append(data)

    def all(self) -> list[Recorded]:
        return list(self._by_wire.values())

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Takes down everything that is sent within the block."""
        send = Wire.send

        def noted(wire: Wire, data: bytes) -> None:
            self.note(wire, bytes(data))
            send(wire, data)

        with mock.patch.object(Wire, "send", noted):
            yield


def _search(server: Filled, place: tuple[str, int], recorder: "_Recorder | None" = None) -> float:
    """Seconds that the whole probe takes, signed in before."""
    world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
    world.lead(ADDRESS, 993, place)
    since = (server.now - timedelta(days=14)).date()
    case = replace(CASE, me=USER, since=since)
    pool, evidence = MailboxPool(), Evidence()
    given: dict[str, Any] = {"case": case, "password": PASSWORD, "mailboxes": pool}
    first = probe_run(world, evidence=evidence, probe="sign-in", seconds=30, **given)
    sign_in(first.setting)
    second = probe_run(world, evidence=evidence, probe="search", seconds=50, **given)
    gc.collect()
    with recorder.listening() if recorder is not None else nullcontext():
        begins = time.perf_counter()
        search(second.setting)
        took = time.perf_counter() - begins
    found = [o.seen for o in evidence.of(FolderSearch)]
    assert len(found) == FOLDERS
    assert all(seen.complete for seen in found), found
    assert sum(len(seen.hits) for seen in found) >= FOLDERS // 3
    pool.close()
    return took


def _raw(place: tuple[str, int], recorded: list[Recorded]) -> float:
    """Seconds for the same commands on as many connections, whose octets are only counted."""
    signed_in = [Raw(place) for one in recorded if not one.opened]
    begins = time.perf_counter()
    threads = [
        threading.Thread(target=_say, args=(place, one, None if one.opened else signed_in.pop()))
        for one in recorded
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begins


def _say(place: tuple[str, int], one: Recorded, raw: Raw | None) -> None:
    raw = raw or Raw(place)
    octets = 0
    for commands in one.sent:
        raw.socket.sendall(commands)
        tag = commands.rstrip(b"\r\n").rpartition(b"\n")[2].partition(b" ")[0]
        ending = re.compile(rb"(?:^|\n)" + tag + rb" (?:OK|NO|BAD)[^\n]*\n")
        tail = b""
        while not ending.search(tail):
            part = raw.socket.recv(1 << 16)
            octets += len(part)
            tail = (tail + part)[-1000:]
    assert octets > 0
    raw.close()
