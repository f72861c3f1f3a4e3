"""Work shared out among connections: all of it done, none twice, whatever breaks or hangs."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.crew import Crew
from mailwizard.probes.imap.lending import borrow
from mailwizard.probes.imap.replies import Broken
from mailwizard.probes.setting import Setting, Stopped
from tests.probes.mailbox_lab import HOST, SINCE, MailboxLab, mailbox
from tests.servers.fake_imap import PASSWORD, Dialect, Session
from tests.worlds import CASE, probe_run


def setting(lab: MailboxLab, seconds: float = 10.0) -> Setting:
    lab.run("sign-in")
    return probe_run(
        lab.world,
        case=replace(CASE, since=SINCE, imap_host=HOST),
        evidence=lab.evidence,
        password=PASSWORD,
        mailboxes=lab.pool,
        seconds=seconds,
        probe="crew",
    ).setting


class Done:
    """Notes what was done, and by how many connections."""

    def __init__(self, problem: Callable[[ImapClient, int], None] | None = None) -> None:
        self.jobs: list[int] = []
        self.clients: set[int] = set()
        self._problem = problem
        self._lock = threading.Lock()

    def do(self, client: ImapClient, job: int) -> None:
        if self._problem is not None:
            self._problem(client, job)
        client.noop()
        with self._lock:
            self.jobs.append(job)
            self.clients.add(id(client))


def test_all_is_done_once_on_three_connections() -> None:
    with mailbox() as lab:
        given = setting(lab)
        done = Done(lambda _client, _job: time.sleep(0.005))
        crew = Crew(given, done.do)
        crew.work(borrow(given), range(60))
        assert sorted(done.jobs) == list(range(60))
        assert 1 < len(done.clients) <= 3
        assert crew.lost == []
        assert lab.server.received <= 3


def test_one_job_needs_one_connection() -> None:
    with mailbox() as lab:
        given = setting(lab)
        Crew(given, Done().do).work(borrow(given), [1])
        assert lab.server.received == 1


def test_nobody_waits_for_a_connection_that_hangs() -> None:
    hang = threading.Event()

    def script(session: Session, _tag: str, verb: str, _arguments: str) -> bool:
        if verb == "LOGIN" and session.server.received > 1:
            hang.wait(10)
        return False

    with mailbox(dialect=Dialect(script=script)) as lab:
        given = setting(lab)
        done = Done()
        began = time.monotonic()
        Crew(given, done.do).work(borrow(given), range(20))
        assert time.monotonic() - began < 2
        assert sorted(done.jobs) == list(range(20))
        hang.set()


def test_what_breaks_every_connection_is_lost_alone() -> None:
    def problem(client: ImapClient, job: int) -> None:
        if job == 3:
            client.close()
            raise Broken("bad job")

    with mailbox() as lab:
        given = setting(lab)
        done = Done(problem)
        crew = Crew(given, done.do)
        crew.work(borrow(given), range(8))
        assert sorted(done.jobs) == [0, 1, 2, 4, 5, 6, 7]
        assert crew.lost == [(3, "bad job")]


def test_a_server_that_always_breaks_ends() -> None:
    def problem(client: ImapClient, _job: int) -> None:
        client.close()
        raise Broken("gone")

    with mailbox() as lab:
        given = setting(lab)
        done = Done(problem)
        crew = Crew(given, done.do)
        crew.work(borrow(given), range(50))
        assert done.jobs == []
        assert sorted(job for job, _why in crew.lost) == list(range(50))


def test_stopped_in_the_middle() -> None:
    reached = threading.Event()

    def script(session: Session, _tag: str, verb: str, _arguments: str) -> bool:
        if verb == "NOOP" and len(session.server.commands) > 12:
            reached.set()
            return True
        return False

    with mailbox(dialect=Dialect(script=script)) as lab:
        given = setting(lab)
        client = borrow(given)
        threading.Thread(target=lambda: (reached.wait(5), given.stop()), daemon=True).start()
        began = time.monotonic()
        with pytest.raises(Stopped):
            Crew(given, Done().do).work(client, range(50))
        assert time.monotonic() - began < 3


def test_an_error_of_our_own_comes_through() -> None:
    def problem(_client: ImapClient, job: int) -> None:
        if job == 2:
            raise KeyError(job)

    with mailbox() as lab:
        given = setting(lab)
        with pytest.raises(KeyError):
            Crew(given, Done(problem).do).work(borrow(given), range(5))
