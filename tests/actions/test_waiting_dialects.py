"""Waiting at servers that speak oddly: the mail is seen, or it is said why not."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from mailwizard.actions.watched import WatchedFolders
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.waiting import WaitJob
from mailwizard.model.secret import Secret
from mailwizard.probes.imap import idle as idling
from tests.actions.waiting_lab import QUICK, Room, Running, room, until
from tests.probes.mailbox_lab import HOST, certificate
from tests.servers.fake_imap import PASSWORD, USER, Dialect, FakeImap, Folder, Session, mail
from tests.servers.fake_imap import serving as fake

IDLE = "IMAP4rev1 ID IDLE"


@dataclass
class Habits:
    """How the server behaves; what a test changes, it changes while the server runs."""

    uidnext: bool = True
    ahead: int = 0  # how far UIDNEXT is off
    listing: bool = True
    status: bool = True
    validity: int = 7
    idle: Callable[["Talk", Session, str], None] = lambda talk, session, tag: talk.idle(
        session, tag
    )
    done: Callable[[Session, str], None] = lambda session, tag: session.say(f"{tag} OK done")
    login: Callable[[Session, str], bool] = lambda _session, _tag: False


@dataclass
class Talk:
    """Answers STATUS, EXAMINE and IDLE by these habits."""

    habits: Habits
    server: FakeImap | None = None
    idlers: dict[Session, str] = field(default_factory=dict)
    idled: int = 0

    def __call__(self, session: Session, tag: str, verb: str, arguments: str) -> bool:
        assert self.server is not None
        match tag, verb:
            case _, "STATUS":
                self._status(session, tag, arguments)
            case _, "EXAMINE":
                self._examine(session, tag, arguments)
            case _, "IDLE":
                self.idled += 1
                self.habits.idle(self, session, tag)
            case "DONE", _:
                self.habits.done(session, self.idlers.pop(session, "?"))
            case _, "LIST" if not self.habits.listing:
                session.say(f"{tag} NO not now")
            case _, "LOGIN":
                return self.habits.login(session, tag)
            case _:
                return False
        return True

    def idle(self, session: Session, tag: str) -> None:
        """As it should be: waits for DONE."""
        self.idlers[session] = tag
        session.say("+ idling")

    def tell(self, *lines: str | bytes) -> None:
        """Says something to everybody who idles."""
        for session in list(self.idlers):
            session.say(*lines)

    def _status(self, session: Session, tag: str, arguments: str) -> None:
        name = arguments.split('"')[1]
        folder = self._folder(name)
        if folder is None or not self.habits.status:
            session.say(f"{tag} NO not here")
            return
        count = len(folder.messages)
        more = f" UIDNEXT {count + 101 + self.habits.ahead} UIDVALIDITY {self.habits.validity}"
        session.say(f'* STATUS "{name}" (MESSAGES {count}{more if self.habits.uidnext else ""})')
        session.say(f"{tag} OK done")

    def _examine(self, session: Session, tag: str, arguments: str) -> None:
        session.folder = self._folder(arguments.strip('"'))
        if session.folder is None or session.folder.refuse:
            session.say(f"{tag} NO [NOPERM] not here")
            return
        count = len(session.folder.messages)
        session.say(f"* {count} EXISTS", f"* OK [UIDVALIDITY {self.habits.validity}] valid")
        if self.habits.uidnext:
            session.say(f"* OK [UIDNEXT {count + 101 + self.habits.ahead}] next")
        session.say(f"{tag} OK [READ-ONLY] done")

    def _folder(self, name: str) -> Folder | None:
        assert self.server is not None
        return next((f for f in self.server.folders if f.name == name), None)


@dataclass
class Odd:
    """The odd server and somebody who waits there."""

    server: FakeImap
    talk: Talk
    habits: Habits
    room: Room

    def arrives(self, folder: str = "INBOX", sender: str = "", **more: object) -> None:
        """A mail comes in, without a word to those who idle."""
        author = sender or "Hans <buyer@customer.example>"
        message = mail(author, days_ago=0, **more)  # type: ignore[arg-type]
        [place] = [f for f in self.server.folders if f.name == folder]
        place.messages.append(message)

    def logins(self) -> int:
        return self.server.verbs().count("LOGIN")


def _folders() -> list[Folder]:
    return [
        Folder("INBOX", messages=[mail(days_ago=2), mail("a@else.example", days_ago=1)]),
        Folder("Junk", "\\Junk", messages=[mail("spam@else.example", days_ago=1)]),
        Folder("Projects", messages=[mail(days_ago=3)]),
    ]


@contextmanager
def odd(capability: str = IDLE, **habits: object) -> Iterator[Odd]:
    """A server with habits."""
    made = Habits(**habits)  # type: ignore[arg-type]
    talk = Talk(made)
    with fake(certificate(), Dialect(capability=capability, script=talk), *_folders()) as server:
        talk.server = server
        yield Odd(server, talk, made, room(server.place, USER, PASSWORD))


def ends_with_arrival(run: Running, box: Odd, folder: str = "INBOX") -> None:
    run.begun()
    box.arrives(folder)
    end = run.end()
    assert end.state == "arrived", end
    assert [came.mail.folder for came in end.came] == [folder]


def refuse(_talk: Talk, session: Session, tag: str) -> None:
    session.say(f"{tag} BAD invalid command or parameters")


def end_at_once(_talk: Talk, session: Session, tag: str) -> None:
    session.say("+ idling", f"{tag} OK that is all")


@pytest.mark.parametrize("folder", ["INBOX", "Junk", "Projects"])
@pytest.mark.parametrize(
    "habits",
    [
        {"capability": "IMAP4rev1 ID"},
        {"idle": refuse},
        {"idle": end_at_once},
        {},  # offers IDLE, and then tells nothing
        {"uidnext": False},
        {"ahead": 5000},
        {"status": False},
        {"status": False, "uidnext": False, "capability": "IMAP4rev1 ID"},
    ],
    ids=["none", "refused", "cut", "lies", "no-uidnext", "wrong-uidnext", "no-status", "nothing"],
)
def test_seen_in_every_dialect(habits: dict[str, object], folder: str) -> None:
    with odd(**habits) as box, box.room.waiting() as run:  # type: ignore[arg-type]
        ends_with_arrival(run, box, folder)
        verbs = set(box.server.verbs())
    assert not verbs & {"SELECT", "STORE", "EXPUNGE", "CLOSE", "SEARCH"}
    assert ("IDLE" in verbs) is ("capability" not in habits)


def test_where_no_folder_is_listed_the_inbox_is_watched() -> None:
    with odd(listing=False) as box:
        with box.room.waiting() as run:
            ends_with_arrival(run, box)
        assert box.room.waited.folders_complete is False


def test_very_many_new_mails_at_once() -> None:
    with odd() as box, box.room.waiting() as run:
        run.begun()
        spam = mail("newsletter@else.example", days_ago=0)
        box.server.folders[1].messages += [mail(days_ago=0, subject="early"), *[spam] * 700]
        end = run.end()
    assert [came.mail.subject for came in end.came] == ["early"]
    assert end.others == 700


def test_told_by_idle_alone() -> None:
    slow = replace(QUICK, quick=30.0, full=30.0, alone=20.0)
    with odd() as box, box.room.waiting(pace=slow) as run:
        until(lambda: box.talk.idlers and run.now.at_once)
        box.arrives()
        box.talk.tell("* 3 EXISTS")
        assert run.end(2).came[0].mail.folder == "INBOX"


@pytest.mark.parametrize(
    "chatter",
    [
        [b"* OK Still here"],
        [b"* 1 FETCH (FLAGS (\\Seen))", b"* 1 EXPUNGE", b"* 0 RECENT"],
        [b"* 1 FETCH (BODY {5}\r\nhello)"],
        [b"", b"\xff\xfe\x00garbage", b"not a reply at all"],
    ],
    ids=["here", "flags", "literal", "garbage"],
)
def test_chatter_is_no_news(chatter: list[bytes]) -> None:
    slow = replace(QUICK, quick=30.0, full=30.0, alone=20.0)
    with odd() as box, box.room.waiting(pace=slow) as run:
        until(lambda: box.talk.idlers and run.now.at_once)
        box.talk.tell(*chatter)
        box.arrives()
        box.talk.tell("* 3 EXISTS")
        assert run.end(3).state == "arrived"
    assert box.logins() <= 3


def test_a_rebuilt_folder_shows_only_what_is_new() -> None:
    with odd() as box, box.room.waiting() as run:
        run.begun()
        box.habits.validity = 8
        until(lambda: box.server.verbs().count("FETCH") >= 3)
        box.arrives("Projects", "somebody@else.example")
        run.until(lambda now: now.others == 1)
        assert run.now.came == ()
        box.arrives("Projects")
        assert [came.mail.folder for came in run.end().came] == ["Projects"]


def test_goodbye_in_the_middle() -> None:
    with odd() as box, box.room.waiting() as run:
        until(lambda: box.talk.idlers)
        for session in list(box.talk.idlers):
            session.say("* BYE Autologout; idle for too long")
            session.hang_up()
        box.talk.idlers.clear()
        ends_with_arrival(run, box)
    assert box.room.outcomes == ["ok"]


def test_the_answer_to_done_never_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idling, "END_SECONDS", 0.2)
    short = replace(QUICK, idle=0.2)
    with odd(done=lambda _session, _tag: None) as box, box.room.waiting(pace=short) as run:
        ends_with_arrival(run, box)


def test_the_answer_to_done_comes_late() -> None:
    def late(session: Session, tag: str) -> None:
        threading.Timer(0.3, session.say, [f"{tag} OK done"]).start()

    with odd(done=late) as box, box.room.waiting(pace=replace(QUICK, idle=0.1)) as run:
        ends_with_arrival(run, box)


def test_stopped_at_once_while_it_drips() -> None:
    ended = threading.Event()

    def drip(_talk: Talk, session: Session, _tag: str) -> None:
        session.say("+ idling")
        try:
            while not ended.wait(0.02):
                session.connection.sendall(b"*")
        except OSError:
            return

    with odd(idle=drip) as box, box.room.waiting() as run:
        until(lambda: box.talk.idled)
        run.setting.stop()
        assert run.end(QUICK.idle / 2).state == "stopped"
        ended.set()


@pytest.mark.parametrize("reply", ["NO [LIMIT] Too many connections", "NO no", "* BYE go away"])
def test_only_one_connection_is_to_be_had(reply: str) -> None:
    with odd() as box:
        box.room.pool.close()
        begun = box.logins()

        def login(session: Session, tag: str) -> bool:
            if box.logins() <= begun + 1:
                return False
            session.say(reply if reply.startswith("*") else f"{tag} {reply}")
            return True

        box.habits.login = login
        with box.room.waiting() as run:
            until(lambda: box.logins() >= begun + 2)
            ends_with_arrival(run, box, "Projects")
        assert box.logins() <= begun + 3
    assert box.room.outcomes == ["ok"]


def test_the_password_is_not_taken_any_more() -> None:
    with odd() as box, box.room.waiting() as run:
        run.begun()
        box.habits.login = lambda session, tag: (
            session.say(f"{tag} NO [AUTHENTICATIONFAILED] no") is None
        )
        logins = box.logins()
        box.room.pool.close()
        for session in list(box.talk.idlers):
            session.hang_up()
        end = run.end()
    assert end.state == "refused"
    assert box.room.outcomes == ["ok", "refused"]
    assert box.room.waited.outcome == "refused"
    assert box.logins() - logins <= 2


def test_a_folder_that_is_refused_is_not_counted_as_watched() -> None:
    with odd() as box:
        box.server.folders.append(Folder("Secret", refuse="NO"))
        box.habits.status = False
        with box.room.waiting() as run:
            assert run.begun().folders == (3, 4)


def test_mail_that_was_moved_or_is_old_does_not_arrive() -> None:
    with odd() as box, box.room.waiting() as run:
        run.begun()
        old = mail(days_ago=3)
        box.server.folders[0].messages.append(old)
        box.arrives("INBOX", "somebody@else.example")
        run.until(lambda now: now.others == 1)
        assert run.now.came == ()


def test_a_colleague_of_the_sender_is_told_and_waiting_goes_on() -> None:
    with odd() as box, box.room.waiting() as run:
        run.begun()
        box.arrives("INBOX", "Eva <eva@customer.example>")
        now = run.until(lambda now: now.came)
        assert (now.state, now.came[0].expected) == ("waiting", False)
        box.arrives("Junk")
        assert [came.expected for came in run.end().came] == [False, True]


def test_where_all_mail_is_shown_the_mails_own_place_is_told() -> None:
    with odd() as box:
        everything = Folder("Everything", "\\All", messages=[mail(days_ago=2)])
        box.server.folders.append(everything)
        with box.room.waiting() as run:
            run.begun()
            message = mail(days_ago=0)
            everything.messages.append(message)
            box.server.folders[2].messages.append(message)
            end = run.end()
    assert [came.mail.folder for came in end.came] == ["Projects"]


def test_nothing_can_be_reached() -> None:
    with odd() as box:
        box.room.pool.close()
        box.room.world.faults["192.0.2.10", 993] = ConnectionRefusedError()
        with box.room.waiting(seconds=0.6) as run:
            end = run.end(3)
    assert end.state == "over"
    waited = box.room.waited
    assert (waited.folders, waited.blind_at_end) == (0, True)
    assert waited.blind > 0.5
    assert box.room.outcomes == ["ok"]


def test_stopped_at_once_while_it_cannot_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    with odd() as box:
        box.room.pool.close()
        asked = threading.Event()
        hangs = threading.Event()

        def connect(*_arguments: object) -> None:
            asked.set()
            hangs.wait(30)
            raise TimeoutError

        monkeypatch.setattr(box.room.world, "connect", connect)
        with box.room.waiting() as run:
            assert asked.wait(5)
            run.setting.stop()
            assert run.end(5).state == "stopped"
        hangs.set()


def test_a_fault_of_ours_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with odd() as box:
        case = replace(box.room.case, imap_host=HOST)
        investigation = Investigation(box.room.world, case, box.room.evidence)
        investigation.password = Secret(PASSWORD)
        monkeypatch.setattr(WatchedFolders, "start", lambda *_arguments: 1 / 0)
        job = WaitJob(investigation, 30.0, QUICK)
        assert job.wait(5)
        investigation.close()
    assert job.crashed
    assert job.snapshot().state == "failed"


def test_at_most_three_connections_beside_other_work() -> None:
    with odd() as box, box.room.waiting() as run:
        run.begun()
        until(lambda: box.logins() >= 2)
        box.room.probe("search")
        box.arrives("Junk")
        run.end()
        assert box.logins() <= 3


def test_clocks_that_differ_do_not_hide_the_mail() -> None:
    with odd() as box:
        box.room.world.clock = lambda: datetime.now(UTC) + timedelta(hours=3)
        with box.room.waiting() as run:
            ends_with_arrival(run, box)
