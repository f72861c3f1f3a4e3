"""Much work shared out among up to three connections, none of it lost when one of them breaks."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.lending import NoMailbox, borrow, borrow_more, give_back
from mailwizard.probes.imap.replies import Broken
from mailwizard.probes.setting import Setting, Stopped
from mailwizard.probes.side_by_side import SideBySide

MOST_HELPERS = 2
MOST_RECONNECTS = 3
MOST_TRIES = 2  # of one job: what breaks two connections is left out

J = TypeVar("J")


class Crew(Generic[J]):
    """``do`` does one job on one connection; it may raise Broken or Stopped, and nothing else.

    It is called from several threads at once. ``lost`` are the jobs that could not be done, with
    the reason for the helpdesk.
    """

    def __init__(self, setting: Setting, do: Callable[[ImapClient, J], None]) -> None:
        self.lost: list[tuple[J, str]] = []
        self._setting = setting
        self._do = do
        self._lock = threading.Lock()
        self._waiting: deque[tuple[J, int]] = deque()

    def work(self, client: ImapClient, jobs: Sequence[J], helpers: int = MOST_HELPERS) -> None:
        """Does all jobs, the first ones first; ``client`` goes back to the pool at the end.

        ``helpers`` is how many further connections may be opened for it. Raises Stopped.
        """
        self._waiting.extend((job, 1) for job in jobs)
        reconnects = 0
        why = ""
        while True:
            crew: SideBySide[None] = SideBySide(self._setting, [partial(self._hand, client)])
            for _number in range(min(helpers, len(self._waiting) - 1)):
                crew.start(self._help)
            for _ended in crew.results():
                pass
            if self._setting.stopped:
                raise Stopped
            if not self._waiting:
                return
            reconnects += 1
            if reconnects > MOST_RECONNECTS:
                break
            try:
                client = borrow(self._setting)
            except NoMailbox as none:
                why = none.why
                break
        self.lost += [(job, why or "the connection broke again and again") for job, _ in self._rest]

    @property
    def _rest(self) -> list[tuple[J, int]]:
        rest = list(self._waiting)
        self._waiting.clear()
        return rest

    def _help(self) -> None:
        client = borrow_more(self._setting)
        if client is not None:
            self._hand(client)

    def _hand(self, client: ImapClient) -> None:
        """Takes one job after another until none is left, or the connection breaks."""
        while True:
            with self._lock:
                if not self._waiting:
                    break
                job, tries = self._waiting.popleft()
            try:
                self._do(client, job)
            except Broken as broken:
                with self._lock:
                    if tries < MOST_TRIES:
                        self._waiting.append((job, tries + 1))
                    else:
                        self.lost.append((job, broken.why))
                return
            except Stopped:
                client.close()
                raise
        give_back(self._setting, client)
