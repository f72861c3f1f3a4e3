"""The connections of a waiting: opened again when they drop, never more than two, rarely one more
sign-in than needed.

The first one stands in the inbox with IDLE. The second one, where it is to be had, asks for the
figures of all folders every few seconds, the inbox's too: some servers offer IDLE and then tell
nothing. Between two looks it lies in the pool, for other probes to use. Without IDLE, or without a
second connection, the first one does everything in turn.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mailwizard.actions.watched import WatchedFolders
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.idle import idle
from mailwizard.probes.imap.lending import give_back, reopen
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting, Stopped

_MOST_GARBLED = 3
_MOST_CUT = 3  # IDLEs that the server ended without news: then it is not asked for more


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. ``idle``: one IDLE beside a second connection; ``alone``: without one.

    ``quick``: between two looks at inbox and junk; ``full``: at all folders; ``listing``: for new
    folders; ``least``: after each IDLE; ``second``: until a second connection is tried again;
    ``again``: before each further try to connect, the last one for all that follow.
    """

    idle: float = 60.0
    alone: float = 5.0
    quick: float = 5.0
    full: float = 10.0
    listing: float = 120.0
    least: float = 0.2
    second: float = 300.0
    again: tuple[float, ...] = (0.5, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)


class TwoLines:
    """Works on daemon threads from ``start`` to ``close``. ``changed`` is called on them.

    ``refused``: the password is not taken any more, and nothing is tried any further. ``crash`` is
    an error of ours that ended a thread.
    """

    def __init__(
        self, setting: Setting, folders: WatchedFolders, pace: Pace, changed: Callable[[], None]
    ) -> None:
        self.connected = False
        self.at_once = False
        self.refused: SignIn | None = None
        self.crash: Exception | None = None
        self._setting = setting
        self._folders = folders
        self._pace = pace
        self._changed = changed
        self._closing = threading.Event()
        self._second = threading.Event()  # the second connection does its work
        self._parts: list[Setting] = []
        self._lost_at: float | None = time.monotonic()
        self._blind = 0.0
        self._cut = 0
        self._listed_at = self._full_at = self._quick_at = 0.0

    def start(self) -> None:
        """Begins to connect, and to look."""
        for line in (self._first_line, self._second_line):
            threading.Thread(target=self._life, args=(line,), name="waiting", daemon=True).start()

    def close(self) -> None:
        """Breaks everything off, and returns at once."""
        self._closing.set()
        for part in list(self._parts):
            part.stop()

    def blind(self) -> float:
        """How many seconds there was no connection."""
        lost_at = self._lost_at
        return self._blind + (0.0 if lost_at is None else time.monotonic() - lost_at)

    def _life(self, line: Callable[[], None]) -> None:
        try:
            line()
        except Stopped:
            return
        except Exception as problem:  # noqa: BLE001 - raised again where the waiting is run
            self.crash = problem
            self._changed()

    @contextmanager
    def _part(self) -> Iterator[Setting]:
        """A setting for one connection, which is broken off at the end of the waiting."""
        part = self._setting.part()
        self._parts.append(part)
        try:
            self._pause(0)
            yield part
        finally:
            self._parts.remove(part)

    def _pause(self, seconds: float) -> None:
        """Raises Stopped at the end of the waiting."""
        if self._closing.wait(seconds):
            raise Stopped

    def _first_line(self) -> None:
        tries = 0
        while True:
            began = time.monotonic()
            with self._part() as part:
                opened = reopen(part)
                if isinstance(opened, ImapClient):
                    self._stay(opened)
                elif opened is not None and opened.outcome == "refused":
                    self.refused = opened
                    self._changed()
                    return
            tries = 0 if time.monotonic() - began > max(self._pace.again) else tries
            self._pause(self._pace.again[min(tries, len(self._pace.again) - 1)])
            tries += 1

    def _stay(self, client: ImapClient) -> None:
        """Watches until the connection breaks. Raises Stopped."""
        garbled = 0
        try:
            while not client.broken and garbled < _MOST_GARBLED:
                try:
                    if not self.connected:
                        self._resume(client)
                    self._turn(client)
                    garbled = 0
                except Garbled:
                    garbled += 1
                    self._pause(self._pace.least)
        except (Broken, Refused):
            return
        finally:
            client.close()
            self._lose()

    def _resume(self, client: ImapClient) -> None:
        """The state at the beginning, or what came while there was no connection."""
        if self._folders.started:
            self._folders.look_at_inbox(client)
            self._folders.look_at_others(client, "all")
        else:
            self._folders.start(client)
            self._listed_at = time.monotonic()
            self.at_once = "IDLE" in self._folders.capabilities
        if self._lost_at is not None:
            self._blind += time.monotonic() - self._lost_at
            self._lost_at = None
        self.connected = True
        self._changed()

    def _lose(self) -> None:
        if self.connected:
            self._lost_at = time.monotonic()
            self.connected = False
            self._changed()

    def _turn(self, client: ImapClient) -> None:
        """One look, then one IDLE or a pause."""
        if not self._second.is_set():
            self._look_at_others(client)
        opened = self._folders.look_at_inbox(client)
        if opened is None or not self.at_once:
            self._pause(self._pace.quick)
            return
        seconds = self._pace.idle if self._second.is_set() else self._pace.alone
        try:
            idled = idle(client, seconds, opened.messages)
        except Refused:
            self.at_once = False
            return
        self._cut = self._cut + 1 if idled.by_server and not idled.news else 0
        if self._cut >= _MOST_CUT:
            self.at_once = False
        self._pause(self._pace.least)

    def _look_at_others(self, client: ImapClient) -> None:
        """What is due: a server that takes long for all its folders is asked less often."""
        now = time.monotonic()
        if now >= self._listed_at + self._pace.listing:
            self._folders.list_again(client)
            self._listed_at = now
        if now >= self._full_at:
            self._folders.look_at_others(client, "all")
            took = time.monotonic() - now
            self._full_at = now + max(self._pace.full, 5 * took)
        elif now >= self._quick_at:
            self._folders.look_at_others(client, "quick")
        else:
            return
        self._quick_at = now + self._pace.quick

    def _second_line(self) -> None:
        failed = 0
        while True:
            self._pause(self._pace.least)
            if not (self.connected and self.at_once):
                self._second.clear()
                continue
            with self._part() as part:
                client = reopen(part, beside=True)
                if isinstance(client, ImapClient):
                    good = self._look_beside(part, client)
                    failed = 0 if good else failed + 1
                    pause = min(self._pace.second, self._pace.quick * 2**failed)
                elif client is None:
                    good, pause = False, self._pace.quick
                elif client.outcome == "refused":
                    self._second.clear()
                    return
                else:
                    good, pause = False, self._pace.second
            if not good:
                self._second.clear()
            self._pause(pause)

    def _look_beside(self, part: Setting, client: ImapClient) -> bool:
        """One round of looks; the connection goes back to the pool. Raises Stopped."""
        try:
            # First, so that no folder is open any more that others have left open: see figures().
            self._folders.look_at_inbox(client)
            self._look_at_others(client)
        except (Broken, Refused, Garbled):
            client.close()
            return False
        except Stopped:
            client.close()
            raise
        give_back(part, client)
        self._second.set()
        return True
