"""A mailbox on loopback for the mailbox probes' tests: world, server, and one call a probe."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TypeVar

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Seen
from mailwizard.probes.history import history
from mailwizard.probes.mailbox_pool import MailboxPool
from mailwizard.probes.quota import quota
from mailwizard.probes.search import search
from mailwizard.probes.sign_in import sign_in
from tests.certificates import Authority, Issued
from tests.servers.fake_imap import PASSWORD, Dialect, FakeImap, Folder, serving
from tests.worlds import CASE, LoopbackWorld, probe_run

HOST, ADDRESS = "imap.example.com", "192.0.2.10"
SINCE = (datetime.now(UTC) - timedelta(days=14)).date()
PROBES = {"sign-in": sign_in, "search": search, "history": history, "quota": quota}

S = TypeVar("S", bound=Seen)


@cache
def authority() -> Authority:
    """The one that the tests' computer trusts."""
    return Authority()


@cache
def certificate() -> Issued:
    """The mail server's good certificate."""
    return authority().issue(HOST)


@dataclass
class MailboxLab:
    """Runs probes one after another against one world, with one log and one pool."""

    world: LoopbackWorld
    server: FakeImap
    case: Case
    evidence: Evidence
    pool: MailboxPool

    def run(self, probe: str, *, password: str | None = PASSWORD, seconds: float = 10.0) -> None:
        """Runs one probe to its end; Skipped and Stopped come through."""
        run = probe_run(
            self.world,
            case=self.case,
            evidence=self.evidence,
            password=password,
            mailboxes=self.pool,
            seconds=seconds,
            probe=probe,
        )
        PROBES[probe](run.setting)

    def seen(self, kind: type[S], probe: str | None = None) -> list[S]:
        """What was recorded of one kind."""
        return [o.seen for o in self.evidence.of(kind, probe)]


@contextmanager
def mailbox(
    *folders: Folder,
    dialect: Dialect | None = None,
    case: Case | None = None,
    presents: Issued | None = None,
) -> Iterator[MailboxLab]:
    """A fake server under the provider's name and address."""
    with serving(presents or certificate(), dialect, *folders) as server:
        world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
        world.lead(ADDRESS, 993, server.place)
        pool = MailboxPool()
        asked = case or replace(CASE, since=SINCE)
        yield MailboxLab(world, server, asked, Evidence(), pool)
        pool.close()
