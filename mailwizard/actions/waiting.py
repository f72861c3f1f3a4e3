"""Waits for the mail that the sender was asked to send again, and says where it arrives.

Nothing in the mailbox is changed: folders are opened read-only, as for a search.
"""

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailwizard.actions.two_lines import Pace, TwoLines
from mailwizard.actions.watched import New, WatchedFolders
from mailwizard.model.seen.arrived import MailArrived, Waited, WaitEnd
from mailwizard.model.seen.mailbox import MailSeen, Role
from mailwizard.probes.imap.matching import Wanted
from mailwizard.probes.setting import Setting
from mailwizard.reading.subjects import same_subject

State = Literal["waiting", "reconnecting", "arrived", "over", "stopped", "refused", "failed"]

RESERVE_SECONDS = 5.0  # a Setting needs more time than the waiting, so that its end can be noted
_TICK = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A mail tied to the sender, ``waited`` seconds after the beginning.

    ``expected``: it is the sender's, so the waiting has reached its end.
    """

    mail: MailSeen
    role: Role
    waited: float
    expected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The waiting as it stands. ``waited`` and ``left`` are seconds.

    ``inbox_looked`` and ``others_looked`` tell how many seconds ago there was a look at the inbox
    and at all other folders, None for never. ``at_once``: the server tells of new mail in the inbox
    by itself. ``folders`` are (watched, all); ``others`` is how many mails of others came in.
    """

    state: State
    since: datetime
    waited: float
    left: float
    inbox_looked: float | None = None
    others_looked: float | None = None
    at_once: bool = False
    folders: tuple[int, int] = (0, 0)
    others: int = 0
    came: tuple[Came, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing is waited for any more."""
        return self.state not in ("waiting", "reconnecting")


class Watch:
    """``run`` blocks until the mail is there, the time is over, or the setting is stopped."""

    def __init__(
        self, setting: Setting, wanted: Wanted, seconds: float, pace: Pace | None = None
    ) -> None:
        self._setting = setting
        self._wanted = wanted
        self._since = setting.world.now()
        self._began = time.monotonic()
        self._ends = self._began + seconds
        self._lock = threading.Lock()
        self._news = threading.Event()  # there is something that ``run`` should look at
        self._came: tuple[Came, ...] = ()
        self._others = 0
        self._end: WaitEnd | None = None
        self._ended_at = 0.0
        self._folders = WatchedFolders(setting, wanted, self._since, self._tell)
        self._lines = TwoLines(setting, self._folders, pace or Pace(), self._news.set)

    def snapshot(self) -> Waiting:
        """The present state; may be called from any thread."""
        with self._lock:
            now = self._ended_at if self._end else time.monotonic()
            state: State = "waiting" if self._lines.connected else "reconnecting"
            return Waiting(
                state=self._end or state,
                since=self._since,
                waited=now - self._began,
                left=max(0.0, self._ends - now),
                inbox_looked=_ago(self._folders.inbox_looked, now),
                others_looked=_ago(self._folders.others_looked, now),
                at_once=self._lines.at_once,
                folders=self._folders.counts,
                others=self._others,
                came=self._came,
            )

    def run(self) -> None:
        """Waits; records MailArrived for each mail that came, and Waited at the end."""
        self._lines.start()
        try:
            while (end := self._outcome()) is None:
                self._news.wait(_TICK)
                self._news.clear()
            waited = self._finish(end)
        finally:
            self._lines.close()
        if end == "refused" and self._lines.refused is not None:
            self._setting.record(self._lines.refused)
        self._setting.record(waited)

    def _outcome(self) -> WaitEnd | None:
        if self._lines.crash is not None:
            raise self._lines.crash
        if any(came.expected for came in self._came):
            return "arrived"
        if self._lines.refused is not None:
            return "refused"
        if time.monotonic() >= self._ends:
            return "over"
        return "stopped" if self._setting.stopped else None

    def _finish(self, end: WaitEnd) -> Waited:
        """From now on nothing is added any more; before the lines are closed, as they stood."""
        with self._lock:
            self._end, self._ended_at = end, time.monotonic()
        watched, listed = self._folders.counts
        return Waited(
            sender=self._setting.case.sender or "",
            since=self._since,
            waited=round(self._ended_at - self._began, 1),
            outcome=end,
            others_arrived=self._others,
            folders=watched if self._folders.started else 0,
            folders_listed=listed,
            folders_complete=self._folders.complete,
            blind=round(self._lines.blind(), 1),
            blind_at_end=not self._lines.connected,
        )

    def _tell(self, new: New) -> None:
        """Called on the lines' threads."""
        waited = time.monotonic() - self._began
        came = tuple(
            Came(mail=mail, role=new.role, waited=waited, expected=self._is_expected(mail))
            for mail in new.mails
        )
        with self._lock:
            if self._end is not None:
                return
            self._came += came
            self._others += new.others
        for one in came:
            self._setting.record(
                MailArrived(
                    folder=one.mail.folder,
                    role=one.role,
                    mail=one.mail,
                    waited=round(waited, 1),
                    expected=one.expected,
                )
            )
        self._news.set()

    def _is_expected(self, mail: MailSeen) -> bool:
        """Whether it is the sender's, or has the missing mail's subject and another tie to them."""
        if mail.matched == "address" or (mail.matched == "domain" and not self._wanted.address):
            return True
        subject = self._wanted.subject
        if not subject or mail.matched == "subject":
            return False
        return same_subject(subject, mail.subject)


def _ago(moment: float | None, now: float) -> float | None:
    return None if moment is None else max(0.0, now - moment)
