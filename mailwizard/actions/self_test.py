"""A test mail from the user's own address to itself: sent, timed, found, and taken away again."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mailwizard.actions.own_copies import FIRST, OwnCopies
from mailwizard.actions.own_message import OwnMessage
from mailwizard.actions.submission import PORT, Submitted, submit
from mailwizard.model.evidence import Evidence
from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.self_test import OwnCopy, SelfTest
from mailwizard.probes.imap.folders import Place
from mailwizard.probes.imap.lending import NoMailbox
from mailwizard.probes.imap.replies import Broken
from mailwizard.probes.setting import Setting, Skipped, Stopped
from mailwizard.providers.submission import submission_host

Phase = Literal["opening", "sending", "looking", "cleaning"]

SECONDS = 300.0  # for all of it
WAIT_SECONDS = 120.0
UNANSWERED_SECONDS = 30.0  # where it is not known whether the server took it
_REMEMBER_SECONDS = 12.0
_SWEEP_SECONDS = 40.0
_RESERVE_SECONDS = 10.0
_PAUSE, _LATER_PAUSE, _LATER = 0.5, 2.0, 15.0  # seconds between looks, at first and after a while
_FEW = 8  # of the other folders, between two looks into the inbox
_NO_ARRIVAL = frozenset({"sent", "drafts", "all"})
_PASSES = 3
_LOST = (Broken, NoMailbox, Skipped)


@dataclass(slots=True)
class OwnMailTest:
    """One test. ``enough`` ends the waiting; what was found is taken away all the same.

    ``sending`` is a setting of its own, so that the sending alone can be broken off. ``tell``
    hears what is being done now.
    """

    setting: Setting
    sending: Setting
    enough: threading.Event
    tell: Callable[[Phase], None] = lambda _phase: None
    wait_seconds: float = WAIT_SECONDS

    def run(self) -> SelfTest:
        """Does all of it, and records what came of it. Asks nobody: that is the screen's part."""
        done = self._run()
        self.setting.record(done)
        return done

    def _run(self) -> SelfTest:
        setting = self.setting
        host = submission_host(setting.provider, setting.imap_server[0], setting.case.domain)
        me = setting.case.me
        done = SelfTest(host=host or "", port=PORT, outcome="no-server", address=me)
        if host is None:
            return done
        if (refused := refused_before(setting.evidence)) is not None:
            return replace(refused, tried=False)
        done = replace(done, outcome="no-mailbox")
        if setting.password is None:
            return done
        local = me.rpartition("@")[0]
        message = OwnMessage.write(f"{local}@{setting.case.domain}", setting.world.now())
        self.tell("opening")
        try:
            mailbox = OwnCopies.of(setting, message)
        except _LOST as problem:
            return replace(done, detail=_why(problem))
        except Stopped:
            return replace(done, outcome="stopped")
        try:
            return self._with(mailbox, done, setting.password)
        finally:
            mailbox.close()

    def _with(self, mailbox: OwnCopies, done: SelfTest, password: Secret) -> SelfTest:
        try:
            self._remember(mailbox)
        except _LOST as problem:
            return replace(done, detail=_why(problem))
        except Stopped:
            return replace(done, outcome="stopped")
        self.tell("sending")
        message = mailbox.message
        sent = self._send(done.host, password, message)
        done = replace(
            done,
            outcome=sent.outcome,
            stage=sent.stage,
            reply=sent.reply,
            detail=sent.detail,
            folders=len(mailbox.places),
        )
        if sent.outcome not in ("sent", "unanswered"):
            return done
        done = replace(done, sent_at=self.setting.world.now(), subject=message.subject)
        return _Looking(self, mailbox, time.monotonic()).through(done)

    def _remember(self, mailbox: OwnCopies) -> None:
        ends = time.monotonic() + _REMEMBER_SECONDS
        for place in mailbox.places:
            if time.monotonic() > ends or self.enough.is_set():
                return
            mailbox.remember(place)

    def _send(self, host: str, password: Secret, message: OwnMessage) -> Submitted:
        if self.enough.is_set():
            return Submitted(outcome="stopped")
        try:
            return submit(self.sending, host, password, message.address, message.octets)
        except Stopped:
            return Submitted(outcome="stopped")


class _Looking:
    """After the sending: waits for the mail, then takes away what has come."""

    def __init__(self, test: OwnMailTest, mailbox: OwnCopies, began: float) -> None:
        self._test = test
        self._mailbox = mailbox
        self._began = began

    def through(self, done: SelfTest) -> SelfTest:
        """Looks, cleans up, and tells what is known, however it ends."""
        whole = done.outcome == "sent"
        wait = (
            self._test.wait_seconds if whole else min(UNANSWERED_SECONDS, self._test.wait_seconds)
        )
        try:
            self._test.tell("looking")
            self._wait(wait)
            waited = self._since()
            done = replace(done, waited=waited, waited_enough=waited >= wait)
            self._test.tell("cleaning")
            done = replace(done, folders_looked=self._sweep(self._mailbox.places))
            self._clean()
        except (*_LOST, Stopped) as problem:
            done = replace(done, detail=_why(problem))
        copies = tuple(self._mailbox.copies.values())
        if (arrived := self._arrived()) is not None:
            done = replace(done, seconds=arrived.seconds, folder=arrived.folder, role=arrived.role)
        return replace(done, waited=done.waited or self._since(), copies=_settled(copies))

    def _since(self) -> float:
        return round(time.monotonic() - self._began, 1)

    def _wait(self, seconds: float) -> None:
        """Until the mail is seen, the time is over, or somebody has had enough."""
        first = [p for p in self._mailbox.places if p.folder.role in FIRST]
        others = [p for p in self._mailbox.places if p.folder.role not in FIRST]
        turn = 0
        while not self._test.enough.is_set():
            few = [others[(turn + n) % len(others)] for n in range(min(_FEW, len(others)))]
            turn += len(few)
            for place in (*first, *few):
                self._mailbox.look(place, self._since())
                if self._arrived() is not None:
                    return
            passed = self._since()
            if passed >= seconds or self._test.setting.remaining() < _RESERVE_SECONDS:
                return
            pause = _PAUSE if passed < _LATER else _LATER_PAUSE
            self._test.enough.wait(min(pause, seconds - passed + 0.05))

    def _sweep(self, places: Sequence[Place]) -> int:
        """Looks once into each folder; how many could be looked at."""
        looked = 0
        ends = time.monotonic() + _SWEEP_SECONDS
        for number, place in enumerate(places):
            if time.monotonic() > ends or self._test.setting.remaining() < _RESERVE_SECONDS / 2:
                break
            looked += self._mailbox.look(place, self._since())
            self._test.setting.progress(number + 1, len(places))
        return looked

    def _clean(self) -> None:
        """Takes every copy away; then looks again where one may have come meanwhile."""
        for _pass in range(_PASSES):
            with_copy = {name for name, _uid in self._mailbox.copies}
            for place in self._mailbox.places:
                if place.wire_name in with_copy:
                    self._mailbox.remove(place)
            likely = [
                place
                for place in self._mailbox.places
                if place.folder.role != "other" or place.wire_name in with_copy
            ]
            before = len(self._mailbox.copies)
            self._sweep(likely)
            if len(self._mailbox.copies) == before:
                return

    def _arrived(self) -> OwnCopy | None:
        """Where the mail arrived: the inbox, if it is there too, else where it was seen first."""
        copies = self._mailbox.copies.values()
        # In the trash may be what was moved there from here.
        not_there = _NO_ARRIVAL | {"trash" for copy in copies if copy.fate == "trashed"}
        found = [copy for copy in copies if copy.role not in not_there]
        inbox = [copy for copy in found if copy.role == "inbox"]
        return next(iter(inbox or found), None)


def refused_before(evidence: Evidence) -> SelfTest | None:
    """The submission server's refusal of the password that is in use; None if there was none.

    A password that was refused is not sent again: only another sign-in makes it another question.
    """
    newest: SelfTest | None = None
    for observation in evidence.all():
        if isinstance(observation.seen, SignIn) and observation.seen.outcome == "ok":
            newest = None
        elif isinstance(observation.seen, SelfTest) and observation.seen.outcome == "refused":
            newest = observation.seen
    return newest


def _settled(copies: Sequence[OwnCopy]) -> tuple[OwnCopy, ...]:
    """What was moved to the trash and removed there is removed."""
    emptied = any(copy.role == "trash" and copy.fate == "removed" for copy in copies)
    return tuple(
        replace(copy, fate="removed") if emptied and copy.fate == "trashed" else copy
        for copy in copies
    )


def _why(problem: Exception) -> str:
    match problem:
        case NoMailbox() | Broken():
            return problem.why
        case Stopped():
            return "stopped"
    return str(problem)
