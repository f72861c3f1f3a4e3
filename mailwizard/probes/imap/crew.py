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

MOST_HELPERS = 2
MOST_RECONNECTS = 3
MOST_TRIES = 2  # of one job: what breaks two connections is left out
_LOST = "the connection broke again and again"

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
        self._changed = threading.Condition()
        self._waiting: deque[tuple[J, int]] = deque()
        self._busy = 0  # hands that do a job just now
        self._hands = 0  # threads, those that still sign in among them
        self._problem: Exception | None = None

    def work(self, client: ImapClient, jobs: Sequence[J], helpers: int = MOST_HELPERS) -> None:
        """Does all jobs, the first ones first; ``client`` goes back to the pool at the end.

        ``helpers`` is how many further connections may be opened for it. Nobody waits for one that
        is still signing in when all is done. Raises Stopped.
        """
        self._waiting.extend((job, 1) for job in jobs)
        why = _LOST
        for _time in range(1 + MOST_RECONNECTS):
            self._start(partial(self._hand, client))
            for _number in range(min(helpers, len(self._waiting) - 1)):
                self._start(self._help)
            self._wait()
            if not self._waiting:
                return
            try:
                client = borrow(self._setting)
            except NoMailbox as none:
                why = none.why
                break
        self.lost += [(job, why) for job, _tries in self._waiting]
        self._waiting.clear()

    def _start(self, hand: Callable[[], None]) -> None:
        with self._changed:
            self._hands += 1
        threading.Thread(target=self._life, args=(hand,), name="crew", daemon=True).start()

    def _life(self, hand: Callable[[], None]) -> None:
        try:
            hand()
        except Stopped:
            pass
        except Exception as problem:  # noqa: BLE001 - raised again by the thread that waits
            self._problem = problem
        finally:
            with self._changed:
                self._hands -= 1
                self._changed.notify_all()

    def _wait(self) -> None:
        """Until all is done, or nobody is left to do it. Raises Stopped."""
        with self._changed:
            while self._hands and (self._busy or self._waiting) and self._problem is None:
                if self._setting.stopped:
                    raise Stopped
                self._changed.wait(0.1)
            if self._problem is not None:
                raise self._problem
        if self._setting.stopped:
            raise Stopped

    def _help(self) -> None:
        client = borrow_more(self._setting)
        if client is not None:
            self._hand(client)

    def _hand(self, client: ImapClient) -> None:
        """Takes one job after another until none is left, or the connection breaks."""
        while (taken := self._take()) is not None:
            job, tries = taken
            why = ""
            try:
                self._do(client, job)
            except Broken as broken:
                why = broken.why or _LOST
            except Stopped:
                client.close()
                raise
            finally:
                self._put_down(job, tries, why)
            if why:
                return
        give_back(self._setting, client)

    def _take(self) -> tuple[J, int] | None:
        with self._changed:
            if not self._waiting:
                return None
            self._busy += 1
            return self._waiting.popleft()

    def _put_down(self, job: J, tries: int, why: str) -> None:
        with self._changed:
            self._busy -= 1
            if why and tries < MOST_TRIES:
                self._waiting.append((job, tries + 1))
            elif why:
                self.lost.append((job, why))
            self._changed.notify_all()
