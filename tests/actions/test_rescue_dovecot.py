"""Bringing mail back, against a real Dovecot: interrupted, repeated, refused, undone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mailwizard.actions.outcome import NotMoved
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.replies import Broken, Refused, Reply
from tests.actions.box import CHANGE, Box, without_move
from tests.probes.mailbox_lab import certificate
from tests.servers import dovecot

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Dovecot]:
    folder: Path = tmp_path_factory.mktemp("dovecot")
    with dovecot.running(folder, certificate()) as running:
        yield running


@pytest.fixture
def no_move(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImapClient, "change", without_move)


def test_moves_and_takes_it_back(server: dovecot.Dovecot) -> None:
    box = Box(server, "moved")
    done = box.rescue()
    assert (len(done.moved), done.left) == (2, ())
    assert (box.subjects("moved"), box.subjects("INBOX")) == ([], box.both)
    back = box.undo(done)
    assert (len(back.moved), back.left) == (2, ())
    assert (box.subjects("moved"), box.subjects("INBOX")) == (box.both, [])


@pytest.mark.usefixtures("no_move")
@pytest.mark.parametrize("named", [True, False])
def test_without_move_it_copies_and_removes(server: dovecot.Dovecot, named: bool) -> None:
    box = Box(server, f"copied-{named}", named=named)
    done = box.rescue()
    assert [one.left_over for one in done.moved] == ["", ""]
    assert (box.subjects(box.folder), box.subjects("INBOX")) == ([], box.both)
    assert len(box.undo(done).moved) == 2
    assert (box.subjects(box.folder), box.subjects("INBOX")) == (box.both, [])


@pytest.mark.usefixtures("no_move")
def test_what_another_program_marked_as_deleted_survives(server: dovecot.Dovecot) -> None:
    box = Box(server, "marked")
    server.deliver(b"From: x@y.example\r\nSubject: marked 9\r\n\r\n", "marked")
    other = box.other("marked", readonly=False)
    other.add_flags(other.search(["SUBJECT", "marked 9"]), [b"\\Deleted"])
    other.logout()
    box.rescue()
    assert box.subjects("marked") == ["(marked 9)"]


@pytest.mark.usefixtures("no_move")
def test_without_uidplus_the_originals_stay_marked(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImapClient, "capabilities_now", lambda _client: ("IMAP4REV1",))
    box = Box(server, "no-uidplus")
    done = box.rescue()
    assert [one.left_over for one in done.moved] == ["marked", "marked"]
    assert box.subjects("no-uidplus") == ["(no-uidplus 1)", "(no-uidplus 2)"]
    assert box.subjects("INBOX") == box.both
    again = box.rescue()
    assert len(again.moved) == 2
    assert box.subjects("INBOX") == box.both
    assert len(box.undo(again).moved) == 2
    assert box.subjects("no-uidplus") == box.both
    assert box.subjects("INBOX") == ["(no-uidplus 1)", "(no-uidplus 2)"]


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("command", ["COPY", "STORE", "EXPUNGE", "MOVE"])
def test_killed_and_repeated_nothing_is_lost_or_doubled(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch, command: str, before: bool
) -> None:
    box = Box(server, f"killed-{command}-{before}")

    def killed(client: ImapClient, given: Any, *rest: Any) -> Any:
        if given == "MOVE" and command != "MOVE":
            raise Refused(Reply("BAD", "", ""))
        if given == command and before:
            client.close()
            raise Broken("killed")
        result = CHANGE(client, given, *rest)
        if given == command:
            client.close()
            raise Broken("killed")
        return result

    monkeypatch.setattr(ImapClient, "change", killed)
    first = box.rescue()
    assert {left.reason for left in first.left} == {"interrupted"}
    somewhere = {s.strip("()") for s in box.subjects(box.folder) + box.subjects("INBOX")}
    assert somewhere == set(box.both)
    monkeypatch.setattr(ImapClient, "change", CHANGE if command == "MOVE" else without_move)
    again = box.rescue()
    assert (len(again.moved), again.left) == (2, ())
    assert (box.subjects(box.folder), box.subjects("INBOX")) == ([], box.both)


def test_a_mail_marked_as_deleted_is_not_so_in_the_inbox(server: dovecot.Dovecot) -> None:
    box = Box(server, "hidden")
    other = box.other("hidden", readonly=False)
    other.add_flags(other.search(), [b"\\Deleted"])
    other.logout()
    assert len(box.rescue().moved) == 2
    assert box.subjects("INBOX") == box.both


def test_another_uidvalidity_is_refused(server: dovecot.Dovecot) -> None:
    box = Box(server, "renumbered")
    assert box.uidvalidity is not None
    box.uidvalidity -= 1
    with pytest.raises(NotMoved) as refused:
        box.rescue()
    assert refused.value.reason == "renumbered"
    assert box.subjects("renumbered") == box.both


def test_a_folder_open_for_reading_only_is_refused(server: dovecot.Dovecot) -> None:
    box = Box(server, "read-only")
    maildir = server.folder / "mail" / dovecot.USER / "read-only"
    maildir.chmod(0o555)
    (maildir / "cur").chmod(0o555)
    try:
        with pytest.raises(NotMoved) as refused:
            box.rescue()
    finally:
        maildir.chmod(0o755)
        (maildir / "cur").chmod(0o755)
    assert refused.value.reason == "read-only"
    assert box.subjects("read-only") == box.both


def test_another_mail_at_the_uid_is_left_alone(server: dovecot.Dovecot) -> None:
    box = Box(server, "changed")
    box.marks[0] = replace(box.marks[0], message_id="<another@customer>")
    done = box.rescue()
    assert [left.reason for left in done.left] == ["changed"]
    assert len(done.moved) == 1
    assert len(box.subjects("changed")) == 1


def test_a_mail_that_is_gone_is_said_to_be(server: dovecot.Dovecot) -> None:
    box = Box(server, "gone")
    other = box.other("gone", readonly=False)
    other.delete_messages(other.search())
    other.expunge()
    other.logout()
    assert [left.reason for left in box.rescue().left] == ["gone", "gone"]


def test_a_full_mailbox_keeps_the_original(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_client: ImapClient, command: Any, *_rest: Any) -> Any:
        raise Refused(Reply("NO" if command == "COPY" else "BAD", "OVERQUOTA", "full"))

    monkeypatch.setattr(ImapClient, "change", full)
    box = Box(server, "full")
    assert [left.reason for left in box.rescue().left] == ["no-room", "no-room"]
    assert box.subjects("full") == box.both
