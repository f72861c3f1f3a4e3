"""The test mail to oneself, against a real Dovecot and a submission server that files into it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from imapclient import IMAPClient

from mailwizard.actions import self_test as action
from mailwizard.actions.own_message import OwnMessage
from mailwizard.actions.self_test import OwnMailTest, Phase
from mailwizard.model.observation import to_json
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.self_test import SelfTest
from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.replies import Broken, Refused, Reply
from mailwizard.providers.submission import submission_host
from tests.probes.mailbox_lab import ADDRESS, HOST, PROBES, authority, certificate
from tests.servers import dovecot
from tests.servers.submission import Answer, Submission, submission
from tests.worlds import CASE, PROVIDER, LoopbackWorld, ProbeRun, probe_run

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed"),
]
SENDING, PLACE = "smtp.example.com", "192.0.2.20"
OTHER = b"From: a@customer.example\r\nSubject: other\r\nMessage-ID: <other@x>\r\n\r\nbody\r\n"
SITE = replace(PROVIDER.sites[0], smtp=SENDING)
CHANGE = ImapClient.change
Deliver = Callable[[bytes], None]


class Lab:
    """A mailbox of its own in the running Dovecot, and a submission server before it."""

    def __init__(self, server: dovecot.Dovecot, smtp: Submission) -> None:
        self.server, self.smtp = server, smtp
        self.world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS], SENDING: [PLACE]})
        self.world.lead(ADDRESS, 993, server.place)
        self.world.lead(PLACE, 465, smtp.place)
        self.provider = replace(PROVIDER, sites=(SITE,))
        self.run = self.setting("sign-in")
        PROBES["sign-in"](self.run.setting)
        self.run.setting.mailboxes.close()
        self.enough = threading.Event()
        self.phases: list[Phase] = []

    def setting(self, name: str = "self-test", seconds: float = 60) -> ProbeRun:
        evidence = self.run.evidence if hasattr(self, "run") else None
        return probe_run(
            self.world,
            case=replace(CASE, me=dovecot.USER),
            provider=self.provider,
            password=dovecot.PASSWORD,
            evidence=evidence,
            probe=name,
            seconds=seconds,
        )

    def test(self, wait: float = 5.0, tell: Callable[[Phase], None] | None = None) -> SelfTest:
        setting, sending = self.setting(), self.setting("sending")
        work = OwnMailTest(
            setting.setting, sending.setting, self.enough, tell or self.phases.append, wait
        )
        done = work.run()
        assert setting.seen(SelfTest) == [done]
        log = repr([to_json(o) for o in setting.evidence])
        assert dovecot.PASSWORD not in log
        return done

    def mails(self, folder: str) -> list[str]:
        """Subjects in a folder; those marked as deleted in brackets."""
        with other_program(self.server) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), ["FLAGS", "ENVELOPE"])
        return sorted(
            f"({data[b'ENVELOPE'].subject.decode()})"
            if b"\\Deleted" in data[b"FLAGS"]
            else data[b"ENVELOPE"].subject.decode()
            for data in found.values()
        )

    def clean(self) -> bool:
        """Whether no folder holds a test mail."""
        folders = ("INBOX", "垃圾邮件", "Trash", "Sent", "客户")
        return not any("mailwizard" in one for folder in folders for one in self.mails(folder))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Dovecot]:
    with dovecot.running(tmp_path_factory.mktemp("dovecot"), certificate()) as running:
        for folder in ("", "客户", "Sent", "Trash"):
            running.deliver(OTHER, folder)
        yield running


@pytest.fixture(autouse=True)
def _as_before(server: dovecot.Dovecot) -> Iterator[None]:
    """No test mail stays for the next test."""
    yield
    with other_program(server) as client:
        for folder in ("INBOX", "Trash"):
            client.select_folder(folder)
            if uids := client.search(["SUBJECT", "mailwizard"]):
                client.add_flags(uids, [b"\\Deleted"])
                client.uid_expunge(uids)


@contextmanager
def other_program(server: dovecot.Dovecot) -> Iterator[IMAPClient]:
    """Another program's connection to the mailbox."""
    context = authority().client_context()
    context.check_hostname = False
    host, port = server.place
    with IMAPClient(host, port=port, ssl_context=context, timeout=5) as client:
        client.login(dovecot.USER, dovecot.PASSWORD)
        yield client


@contextmanager
def lab(
    server: dovecot.Dovecot, deliver: Deliver, answers: dict[str, Answer] | None = None
) -> Iterator[Lab]:
    presents = authority().issue(SENDING)
    with submission(presents, dovecot.USER, dovecot.PASSWORD, answers, deliver) as smtp:
        yield Lab(server, smtp)


def into(server: dovecot.Dovecot, *folders: str, after: float = 0.0) -> Deliver:
    """Files every mail into folders ("" is the inbox), at once or in the background."""

    def all_of_them(message: bytes) -> None:
        for folder in folders:
            server.deliver(message, folder)

    def deliver(message: bytes) -> None:
        if after:
            threading.Timer(after, all_of_them, (message,)).start()
        else:
            all_of_them(message)

    return deliver


def mark_deleted(server: dovecot.Dovecot, folder: str = "INBOX") -> None:
    """Another program has marked the other mail there as deleted, and not yet tidied up."""
    with other_program(server) as client:
        client.select_folder(folder)
        client.add_flags(client.search(), [b"\\Deleted"])


def test_seen_in_the_inbox_and_taken_away_alone(server: dovecot.Dovecot) -> None:
    mark_deleted(server)
    with lab(server, into(server, "", "Sent", after=0.3)) as box:
        done = box.test()
    assert (done.outcome, done.role, done.folder) == ("sent", "inbox", "INBOX")
    assert done.seconds is not None
    assert 0.2 < done.seconds < 4
    assert {(copy.role, copy.fate) for copy in done.copies} == {
        ("inbox", "removed"),
        ("sent", "removed"),
    }
    assert done.folders_looked == done.folders
    assert box.phases == ["opening", "sending", "looking", "cleaning"]
    assert box.mails("INBOX") == ["(other)"]
    assert box.clean()
    assert done.subject.encode() in box.smtp.taken[0]


@pytest.mark.parametrize(
    ("folder", "role"), [("垃圾邮件", "junk"), ("客户", "other"), ("Trash", "trash")]
)
def test_seen_in_another_folder(server: dovecot.Dovecot, folder: str, role: str) -> None:
    with lab(server, into(server, folder, after=0.2)) as box:
        done = box.test()
        assert (done.folder, done.role, [c.fate for c in done.copies]) == (
            folder,
            role,
            ["removed"],
        )
        assert box.clean()


def test_what_another_program_moves_meanwhile_is_taken_away_there(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[int] = []

    def moves_it(client: ImapClient, command: Any, uids: Any, *rest: Any) -> Any:
        if command == "STORE" and not moved:
            moved.extend(uids)
            CHANGE(client, "MOVE", uids, "垃圾邮件".encode("utf-7").replace(b"+", b"&"))
            return None
        return CHANGE(client, command, uids, *rest)

    monkeypatch.setattr(ImapClient, "change", moves_it)
    with lab(server, into(server, "")) as box:
        done = box.test()
        assert moved
        assert done.role == "inbox"
        assert [c.role for c in done.copies] == ["inbox", "junk"]
        assert box.clean()


def test_not_seen(server: dovecot.Dovecot) -> None:
    with lab(server, into(server, "Sent")) as box:
        done = box.test(wait=1.0)
        assert (done.seconds, done.waited_enough) == (None, True)
        assert done.folders_looked == done.folders > 3
        assert [(c.role, c.fate) for c in done.copies] == [("sent", "removed")]
        assert box.clean()


def test_without_uidplus_it_goes_to_the_trash(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImapClient, "capabilities_now", lambda _client: ("IMAP4REV1", "MOVE"))
    with lab(server, into(server, "")) as box:
        done = box.test()
        assert [(c.role, c.fate) for c in done.copies] == [
            ("inbox", "trashed"),
            ("trash", "marked"),
        ]
        assert box.mails("INBOX") == ["(other)"]
        assert box.mails("Trash") == [f"({done.subject})", "other"]


def test_without_uidplus_and_move_it_is_marked(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[str] = []

    def refuses(client: ImapClient, command: Any, *rest: Any) -> Any:
        commands.append(command)
        if command == "MOVE":
            raise Refused(Reply("BAD", "", "Unknown command"))
        return CHANGE(client, command, *rest)

    monkeypatch.setattr(ImapClient, "capabilities_now", lambda _client: ("IMAP4REV1",))
    monkeypatch.setattr(ImapClient, "change", refuses)
    with lab(server, into(server, "")) as box:
        done = box.test()
        assert [c.fate for c in done.copies] == ["marked"]
        assert box.mails("INBOX") == [f"({done.subject})", "(other)"]
        assert "EXPUNGE" not in commands


def test_a_server_that_does_not_tell_its_next_uid(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    examine = ImapClient.examine

    def tells_less(client: ImapClient, name: bytes) -> Opened:
        return replace(examine(client, name), uidnext=None, uidvalidity=None)

    monkeypatch.setattr(ImapClient, "examine", tells_less)
    with lab(server, into(server, "客户", after=0.2)) as box:
        done = box.test()
        assert (done.folder, [c.fate for c in done.copies]) == ("客户", ["removed"])


def test_a_uidnext_that_stands_still(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    examine = ImapClient.examine

    def stale(client: ImapClient, name: bytes) -> Opened:
        return replace(examine(client, name), uidnext=1)

    monkeypatch.setattr(ImapClient, "examine", stale)
    with lab(server, into(server, "", after=0.2)) as box:
        assert box.test().role == "inbox"


def test_a_connection_that_breaks_is_opened_anew(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch, breaks = ImapClient.fetch, [3, 2]

    def now_and_then(client: ImapClient, *arguments: Any) -> Any:
        if breaks and (breaks[-1] == 0):
            breaks.pop()
            client.close()
            raise Broken("gone")
        if breaks:
            breaks[-1] -= 1
        return fetch(client, *arguments)

    monkeypatch.setattr(ImapClient, "fetch", now_and_then)
    with lab(server, into(server, "", "客户", "垃圾邮件", "Sent")) as box:
        done = box.test()
        assert breaks == []
        assert done.role == "inbox"
        assert {c.fate for c in done.copies} <= {"removed", "left"}


def test_told_where_it_lies_when_the_mailbox_is_lost(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_client: ImapClient, _name: bytes) -> Opened:
        raise Broken("gone")

    monkeypatch.setattr(ImapClient, "select", lost)
    with lab(server, into(server, "")) as box:
        done = box.test()
        assert (done.role, [(c.folder, c.fate) for c in done.copies]) == (
            "inbox",
            [("INBOX", "left")],
        )
        monkeypatch.undo()
        assert done.subject in box.mails("INBOX")


def test_what_stands_in_its_place_is_left_alone(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, looks = OwnMessage.names, [0]

    def another_one_later(message: OwnMessage, fields: Any) -> bool:
        looks[0] += names(message, fields)
        return names(message, fields) and looks[0] == 1

    monkeypatch.setattr(OwnMessage, "names", another_one_later)
    with lab(server, into(server, "")) as box:
        done = box.test()
        assert [c.fate for c in done.copies] == ["left"]
        assert box.mails("INBOX") == ["(other)", done.subject]


def test_a_folder_for_reading_only_keeps_it(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    select = ImapClient.select

    def read_only(client: ImapClient, name: bytes) -> Opened:
        return replace(select(client, name), writable=False)

    monkeypatch.setattr(ImapClient, "select", read_only)
    with lab(server, into(server, "")) as box:
        done = box.test()
        assert [c.fate for c in done.copies] == ["left"]
        assert box.mails("INBOX") == ["(other)", done.subject]


def test_a_folder_that_cannot_be_opened_is_not_counted(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    examine = ImapClient.examine

    def refuses(client: ImapClient, name: bytes) -> Opened:
        if name == b"Trash":
            raise Refused(Reply("NO", "", "no"))
        return examine(client, name)

    monkeypatch.setattr(ImapClient, "examine", refuses)
    with lab(server, lambda _message: None) as box:
        done = box.test(wait=0.5)
        assert done.folders_looked == done.folders - 1


def test_where_a_folder_shows_all_mail_only_the_trash_takes_it_away(
    server: dovecot.Dovecot,
) -> None:
    server.deliver(OTHER, "All")
    with lab(server, into(server, "", "All")) as box:
        box.provider = replace(box.provider, folders={"all": ("All",)})
        done = box.test()
        assert done.role == "inbox"
        fates = {(copy.role, copy.fate) for copy in done.copies}
        assert fates == {("inbox", "removed"), ("all", "removed"), ("trash", "removed")}
        assert box.clean()
        assert box.mails("All") == ["other"]


def test_only_among_all_mail_is_no_arrival(server: dovecot.Dovecot) -> None:
    with lab(server, into(server, "All")) as box:
        box.provider = replace(box.provider, folders={"all": ("All",)})
        done = box.test(wait=0.5)
        assert (done.seconds, done.role, done.folder) == (None, None, "")
        assert box.mails("All") == ["other"]


def test_a_folder_list_that_is_refused_leaves_nothing_to_look_at(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_client: ImapClient, *_how: Any) -> Any:
        raise Refused(Reply("NO", "", "no"))

    monkeypatch.setattr(ImapClient, "list_lines", refused)
    with lab(server, into(server, "")) as box:
        done = box.test()
        assert (done.role, done.folders) == ("inbox", 1)
        assert box.clean()


def test_many_folders(server: dovecot.Dovecot) -> None:
    with lab(server, into(server, "Many/f37", after=0.1)) as box:
        with other_program(server) as client:
            for number in range(40):
                client.create_folder(f"Many/f{number}")
        done = box.test(wait=30)
        assert done.folder == "Many/f37"
        assert done.folders_looked == done.folders > 40
        assert [c.fate for c in done.copies] == ["removed"]


def test_stopped_while_waiting_what_came_is_taken_away(server: dovecot.Dovecot) -> None:
    with lab(server, into(server, "Sent")) as box:
        threading.Timer(0.6, box.enough.set).start()
        began = time.monotonic()
        done = box.test(wait=30)
        assert time.monotonic() - began < 10
        assert (done.outcome, done.seconds, done.waited_enough) == ("sent", None, False)
        assert [c.fate for c in done.copies] == ["removed"]
        assert box.clean()


def test_stopped_before_it_is_sent(server: dovecot.Dovecot) -> None:
    with lab(server, into(server, "")) as box:
        box.enough.set()
        assert box.test().outcome == "stopped"
        assert box.smtp.heard == []


def test_stopped_hard_while_it_looks(server: dovecot.Dovecot) -> None:
    with lab(server, lambda _message: None) as box:
        setting, sending = box.setting(), box.setting("sending")
        work = OwnMailTest(setting.setting, sending.setting, threading.Event(), wait_seconds=30)
        threading.Timer(0.6, setting.setting.stop).start()
        done = work.run()
        assert (done.outcome, done.waited_enough) == ("sent", False)


def test_a_refused_password_is_never_sent_again(server: dovecot.Dovecot) -> None:
    with lab(server, into(server, ""), {"AUTH": "535 5.7.8 no"}) as box:
        first, second = box.test(), box.test()
        assert (first.outcome, first.tried) == ("refused", True)
        assert second == replace(first, tried=False)
        assert box.smtp.attempts == 1
        # Another sign-in to the mailbox makes it another question.
        ok = SignIn(host=HOST, port=993, outcome="ok")
        box.run.evidence.add("sign-in", ok, at=box.world.now(), seconds=0)
        assert box.test().tried
        assert box.smtp.attempts == 2


def test_unanswered_is_looked_for_all_the_same(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(action, "UNANSWERED_SECONDS", 1.0)
    with lab(server, into(server, ""), {"taken": ""}) as box:
        done = box.test()
        assert (done.outcome, done.role) == ("unanswered", "inbox")
        assert box.clean()
    with lab(server, lambda _message: None, {"taken": ""}) as box:
        assert box.test().seconds is None


def test_nothing_is_sent_where_it_could_not_be_looked_for(server: dovecot.Dovecot) -> None:
    with lab(server, into(server, "")) as box:
        del box.world.hosts[HOST]
        done = box.test()
        assert done.outcome == "no-mailbox"
        assert done.detail
        assert box.smtp.heard == []


def test_no_server_is_guessed(server: dovecot.Dovecot) -> None:
    with lab(server, into(server, "")) as box:
        box.provider = PROVIDER
        done = box.test()
        assert (done.outcome, done.host, box.smtp.heard) == ("no-server", "", [])


@pytest.mark.parametrize(
    ("imap", "expected"),
    [
        (HOST, SENDING),
        (HOST.upper() + ".", SENDING),
        ("imap.acme.example", "smtp.acme.example"),
        ("mail.acme.example", None),
        ("imap.other.example", None),
    ],
)
def test_which_server(imap: str, expected: str | None) -> None:
    provider = replace(PROVIDER, sites=(SITE,))
    assert submission_host(provider, imap, "acme.example") == expected
