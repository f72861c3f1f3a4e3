"""The space of 500 folders of a server that gives no quota, with as few commands as it allows.

The whole ``quota`` probe, signed in before: once as Dovecot is, once as if it could not list all
sizes at once, once as if it could tell no sizes at all.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from unittest import mock

from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.mailbox import MailboxSize
from mailwizard.probes.imap import space
from mailwizard.probes.imap.figures import status_items
from mailwizard.probes.imap.replies import Refused, Reply
from mailwizard.probes.imap.wire import Wire
from mailwizard.probes.mailbox_pool import MailboxPool
from mailwizard.probes.quota import quota
from mailwizard.probes.sign_in import sign_in
from tests.benchmarks.mailbox import ADDRESS, HOST, PASSWORD, USER, Post, authority, filled
from tests.benchmarks.relay import delayed
from tests.benchmarks.result import Result
from tests.worlds import CASE, LoopbackWorld, probe_run

FOLDERS, MESSAGES = 500, 20
_BESIDE = 5  # commands that are no folder's: NOOP, LIST, those that are tried
_UNCOUNTED = (b"LOGIN", b"CAPABILITY", b"ID", b"GETQUOTAROOT")  # these measure nothing
_BAD = Refused(Reply("BAD", "", "unknown command"))


def posts(now: datetime) -> Iterator[Post]:
    """10,000 mails, 20 a folder; the inbox among them."""
    for folder in range(FOLDERS - 2):  # Dovecot's own spam and trash folders are there, too
        name = "INBOX" if folder == 0 else f"Project {folder:03d}"
        for number in range(MESSAGES):
            arrived = now - timedelta(days=number)
            content = b"From: P <p@other.example>\r\nSubject: %d\r\n\r\n" % number + b"x" * 500
            yield Post(name, content + b"\r\n", arrived, r"\Seen")


def run() -> list[Result]:
    """Commands, and seconds at round trips of 100 ms."""
    results: list[Result] = []
    with filled("folders", posts) as server:
        _measured(server.place)  # the server's caches are warm from here on
        with delayed(server.place, 0.1) as far:
            for name, refused, bound in (
                ("all at once", (), _BESIDE),
                ("STATUS of each", ("_all_at_once",), _BESIDE + FOLDERS),
                ("no sizes told", ("_all_at_once", "SIZE"), _BESIDE + 3 * FOLDERS),
            ):
                with _without(refused):
                    near = _measured(server.place)
                    slow = _measured(far)
                detail = f"{slow.seconds:.2f} s at 100 ms, {near.seconds:.2f} s on loopback"
                results += [
                    Result(name=f"500 folders, {name}", figure=near.commands, bound=bound,
                           unit="commands", detail=detail),
                    Result(name=f"500 folders, {name}, at 100 ms", figure=slow.seconds, bound=5.0,
                           unit="s"),
                ]  # fmt: skip
    return results


@dataclass(frozen=True)
class _Measured:
    """One run: its seconds, and the commands that were sent for it after the sign-in."""

    seconds: float
    commands: int


@contextmanager
def _without(refused: tuple[str, ...]) -> Iterator[None]:
    """As if the server did not understand how we ask."""

    def no_size(text: bytes) -> dict[str, int]:
        return {name: number for name, number in status_items(text).items() if name != "SIZE"}

    with ExitStack() as stack:
        if "_all_at_once" in refused:
            stack.enter_context(mock.patch.object(space, "_all_at_once", side_effect=_BAD))
        if "SIZE" in refused:
            stack.enter_context(mock.patch.object(space, "status_items", no_size))
        yield


def _measured(place: tuple[str, int]) -> _Measured:
    world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
    world.lead(ADDRESS, 993, place)
    evidence, pool = Evidence(), MailboxPool()
    case = replace(CASE, me=USER, imap_host=HOST)
    run = probe_run(
        world, case=case, evidence=evidence, password=PASSWORD, mailboxes=pool, seconds=60
    )
    sign_in(run.setting)
    sent: list[bytes] = []
    send = Wire.send

    def noted(wire: Wire, data: bytes) -> None:
        sent.extend(line for line in bytes(data).splitlines() if line.split()[1] not in _UNCOUNTED)
        send(wire, data)

    with mock.patch.object(Wire, "send", noted):
        begins = time.perf_counter()
        quota(run.setting)
        took = time.perf_counter() - begins
    pool.close()
    found = [o.seen for o in evidence.of(MailboxSize)]
    assert found[0].complete, found[0].detail
    assert sum(found[0].messages.values()) == (FOLDERS - 2) * MESSAGES
    return _Measured(took, len(sent))
