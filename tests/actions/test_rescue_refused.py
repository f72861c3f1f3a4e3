"""Folders that may only be read are refused before anything is copied, however they say it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from mailwizard.actions.outcome import NotMoved
from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.replies import Refused, Reply
from tests.actions.box import CHANGE, Box, without_move
from tests.probes.mailbox_lab import certificate
from tests.servers import dovecot

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed"),
]
SELECT = ImapClient.select


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Dovecot]:
    with dovecot.running(tmp_path_factory.mktemp("dovecot"), certificate(), acl=True) as running:
        yield running


def allow(box: Box, rights: str) -> None:
    """What the user may do with the folder from now on."""
    folder = box.server.folder / "mail" / dovecot.USER / box.folder
    (folder / "dovecot-acl").write_text(f"owner {rights}\n")


def why(box: Box) -> set[str]:
    """Why nothing was moved; nothing may have been copied then."""
    try:
        done = box.rescue()
    except NotMoved as refused:
        reasons = {refused.reason}
    else:
        assert done.moved == ()
        reasons = {left.reason for left in done.left}
    assert (box.subjects(box.folder), box.subjects("INBOX")) == (box.both, [])
    return reasons


@pytest.mark.parametrize("moves", [True, False], ids=["move", "no-move"])
@pytest.mark.parametrize("rights", ["lr", "lrwsi", "lrwsit"])
def test_an_acl_without_the_right_to_remove(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch, rights: str, moves: bool
) -> None:
    if not moves:
        monkeypatch.setattr(ImapClient, "change", without_move)
    box = Box(server, f"acl-{rights}-{moves}")
    allow(box, rights)
    assert why(box) == {"read-only"}


def test_an_acl_with_all_rights_is_no_hindrance(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImapClient, "change", without_move)
    box = Box(server, "acl-all")
    allow(box, "lrwstikxea")
    assert [one.left_over for one in box.rescue().moved] == ["", ""]


@pytest.mark.parametrize(
    ("rights", "expected"),
    [("lrswipcd", ""), ("lrswipkxtecda", ""), ("lrs", "read-only"), ("lrswit", "read-only")],
)
def test_rights_as_older_servers_tell_them(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch, rights: str, expected: str
) -> None:
    monkeypatch.setattr(ImapClient, "change", without_move)
    monkeypatch.setattr(ImapClient, "my_rights", lambda *_args: rights)
    box = Box(server, f"told-{rights}")
    if expected:
        assert why(box) == {expected}
    else:
        assert len(box.rescue().moved) == 2


def test_a_folder_that_opens_for_reading_alone(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(client: ImapClient, name: bytes) -> Opened:
        if name == b"examine-only":
            raise Refused(Reply("NO", "", "not yours"))
        return SELECT(client, name)

    box = Box(server, "examine-only")
    monkeypatch.setattr(ImapClient, "select", refused)
    assert why(box) == {"read-only"}


def test_a_server_that_keeps_no_mark_deleted(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_deleted(client: ImapClient, name: bytes) -> Opened:
        return replace(SELECT(client, name), permanent_flags=frozenset({"\\seen"}))

    box = Box(server, "no-mark")
    monkeypatch.setattr(ImapClient, "change", without_move)
    monkeypatch.setattr(ImapClient, "select", without_deleted)
    assert why(box) == {"read-only"}


@pytest.mark.parametrize("kind", ["NO", "BAD"])
def test_a_store_that_is_refused(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch, kind: Any
) -> None:
    def no_store(client: ImapClient, command: Any, *rest: Any) -> Any:
        if command == "STORE":
            raise Refused(Reply(kind, "", "read-only"))
        return without_move(client, command, *rest)

    box = Box(server, f"no-store-{kind}")
    monkeypatch.setattr(ImapClient, "change", no_store)
    assert why(box) == {"read-only"}


def test_a_store_that_is_refused_only_when_it_matters_is_told(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_mark(client: ImapClient, command: Any, uids: Any, *rest: Any) -> Any:
        if command == "STORE" and rest[0].startswith(b"+"):
            raise Refused(Reply("NO", "", "read-only"))
        return without_move(client, command, uids, *rest)

    box = Box(server, "no-marking")
    monkeypatch.setattr(ImapClient, "change", no_mark)
    assert [one.left_over for one in box.rescue().moved] == ["kept", "kept"]
    assert box.subjects("no-marking") == box.subjects("INBOX") == box.both


def test_a_move_that_is_not_allowed_is_no_reason_to_copy(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_permitted(client: ImapClient, command: Any, *rest: Any) -> Any:
        if command == "MOVE":
            raise Refused(Reply("NO", "NOPERM", "Permission denied"))
        return CHANGE(client, command, *rest)

    box = Box(server, "no-permission")
    monkeypatch.setattr(ImapClient, "change", not_permitted)
    assert why(box) == {"refused"}


class TestMarkedAsDeleted:
    """A mail in the inbox that only has to lose its mark."""

    def test_the_mark_is_taken_off_and_put_on_again(self, server: dovecot.Dovecot) -> None:
        box = Box(server, "INBOX")
        box.mark_deleted()
        box.search()
        done = box.rescue("unmark")
        assert (len(done.moved), done.left, done.target) == (2, (), "INBOX")
        assert box.subjects("INBOX") == box.both
        back = box.undo(done)
        assert len(back.moved) == 2
        assert box.subjects("INBOX") == ["(INBOX 1)", "(INBOX 2)"]
        other = box.other("INBOX", readonly=False)
        other.delete_messages(other.search(["SUBJECT", "INBOX"]))
        other.expunge()
        other.logout()
        assert {left.reason for left in box.rescue("unmark").left} == {"gone"}

    def test_another_mail_at_the_uid_is_left_alone(self, server: dovecot.Dovecot) -> None:
        box = Box(server, "unmark-changed")
        box.mark_deleted()
        box.marks[0] = replace(box.marks[0], message_id="<another@customer>")
        done = box.rescue("unmark")
        assert [left.reason for left in done.left] == ["changed"]
        assert len(done.moved) == 1

    @pytest.mark.parametrize("rights", ["lr", "lrwsi"])
    def test_not_where_marks_may_not_be_changed(self, server: dovecot.Dovecot, rights: str) -> None:
        box = Box(server, f"unmark-{rights}")
        box.mark_deleted()
        allow(box, rights)
        with pytest.raises(NotMoved) as refused:
            box.rescue("unmark")
        assert refused.value.reason == "read-only"

    def test_a_server_that_ignores_it_is_not_believed(
        self, server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        box = Box(server, "unmark-ignored")
        box.mark_deleted()
        monkeypatch.setattr(ImapClient, "change", lambda *_args: None)
        done = box.rescue("unmark")
        assert (done.moved, {left.reason for left in done.left}) == ((), {"read-only"})


class TestCopied:
    """A mail that only a folder of every mail shows, as archived mail at Google."""

    def test_it_is_put_into_the_inbox_and_stays(self, server: dovecot.Dovecot) -> None:
        box = Box(server, "every-mail")
        done = box.rescue("copy")
        assert (len(done.moved), done.left) == (2, ())
        assert box.subjects("every-mail") == box.subjects("INBOX") == box.both
        assert len(box.rescue("copy").moved) == 2
        assert box.subjects("INBOX") == box.both

    def test_a_folder_that_may_only_be_read_is_enough(self, server: dovecot.Dovecot) -> None:
        box = Box(server, "every-mail-ro")
        allow(box, "lr")
        assert len(box.rescue("copy").moved) == 2
        assert box.subjects("INBOX") == box.both

    def test_it_is_taken_back_by_move_alone(
        self, server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        box = Box(server, "every-mail-back")
        done = box.rescue("copy")
        given: list[str] = []

        def noted(client: ImapClient, command: Any, *rest: Any) -> Any:
            given.append(command)
            return CHANGE(client, command, *rest)

        monkeypatch.setattr(ImapClient, "change", noted)
        assert [one.left_over for one in box.undo(done).moved] == ["", ""]
        assert (given, box.subjects("INBOX")) == (["MOVE"], [])
        assert set(box.subjects("every-mail-back")) == set(box.both)

    def test_where_move_is_unknown_it_stays_in_the_inbox(
        self, server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        box = Box(server, "every-mail-stays")
        done = box.rescue("copy")
        monkeypatch.setattr(ImapClient, "change", without_move)
        back = box.undo(done)
        assert (back.moved, {left.reason for left in back.left}) == ((), {"refused"})
        assert box.subjects("every-mail-stays") == box.subjects("INBOX") == box.both
