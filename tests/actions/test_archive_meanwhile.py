"""What others do to an archive between its check and the deletion: no mail is in neither place."""

import contextlib
import os
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mailwizard.actions.archive import connection, deletion, disk
from mailwizard.actions.archive.journal import NAME
from mailwizard.actions.archive.outcome import CannotGoOn
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.imap.client import ImapClient
from tests.actions.archive_lab import NOW
from tests.actions.test_archive_habits import ALL, LETTERS, place
from tests.probes.mailbox_lab import HOST
from tests.servers.fake_imap import Session


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the pauses before a further attempt to connect."""
    monkeypatch.setattr(connection, "PAUSES", (0.0,) * 4)


def after_the_first_batch(patch: pytest.MonkeyPatch, does: Callable[[], object]) -> None:
    """Does something right after the first messages were removed from the mailbox."""
    patch.setattr(deletion, "BATCH", 3)
    change = ImapClient.change
    done: list[bool] = []

    def changes(client: ImapClient, command: object, *rest: object) -> object:
        changed = change(client, command, *rest)  # type: ignore[arg-type]
        if command == "EXPUNGE" and not done:
            done.append(True)
            does()
        return changed

    patch.setattr(ImapClient, "change", changes)


def test_the_file_is_deleted_while_messages_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive("mbox", ALL)
        after_the_first_batch(monkeypatch, (done.path / "INBOX.mbox").unlink)
        assert at.lab.delete(done).left_by_reason() == {"damaged": len(LETTERS) - 3}
        assert len(at.inbox.messages) == len(LETTERS) - 3


def test_another_file_takes_its_place_while_messages_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a mail program does that compacts the file."""
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive("mbox", ALL)
        file = done.path / "INBOX.mbox"

        def compact() -> None:
            other = file.with_name("other")
            other.write_bytes(file.read_bytes()[300:])
            os.replace(other, file)

        after_the_first_batch(monkeypatch, compact)
        assert at.lab.delete(done).count == 3
        assert len(at.inbox.messages) == len(LETTERS) - 3


@pytest.mark.parametrize("form", ["mbox", "eml"])
def test_the_whole_folder_is_moved_away(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive(form, ALL)  # type: ignore[arg-type]
        away = tmp_path / "Trash"
        after_the_first_batch(monkeypatch, lambda: shutil.move(done.path, away))
        with contextlib.suppress(CannotGoOn):
            at.lab.delete(done)
        assert len(at.inbox.messages) == len(LETTERS) - 3


def test_a_journal_spoiled_in_its_midst_costs_no_mail(tmp_path: Path) -> None:
    """What was removed from the mailbox is in the archive alone: nothing of it may be cut off."""
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive("mbox", ALL)
        archive = (done.path / "INBOX.mbox").read_bytes()
        del at.inbox.messages[40]
        journal = done.path / NAME
        lines = journal.read_bytes().splitlines(keepends=True)
        spoiled = next(number for number, line in enumerate(lines) if b'"kept"' in line) + 2
        lines[spoiled] = b"\x00" * len(lines[spoiled]) + b"\n"
        journal.write_bytes(b"".join(lines))
        with pytest.raises(CannotGoOn) as caught:
            at.lab.archive()
        assert caught.value.problem == "changed"
        assert (done.path / "INBOX.mbox").read_bytes() == archive
        assert journal.read_bytes() == b"".join(lines)


def test_an_older_journal_brought_back_costs_no_mail(tmp_path: Path) -> None:
    """As a program does that keeps folders on two computers alike."""
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive("mbox", ALL)
        archive = (done.path / "INBOX.mbox").read_bytes()
        journal = done.path / NAME
        lines = journal.read_bytes().splitlines(keepends=True)
        first = next(number for number, line in enumerate(lines) if b'"kept"' in line)
        at.lab.delete(done)
        at.inbox.messages = {120: LETTERS[11]}
        journal.write_bytes(b"".join(lines[: first + 4]))
        with pytest.raises(CannotGoOn) as caught:
            at.lab.archive()
        assert caught.value.problem == "changed"
        assert (done.path / "INBOX.mbox").read_bytes() == archive
        assert at.archived() >= Counter(LETTERS[4:11])


def test_an_older_journal_brought_back_writes_over_no_file(tmp_path: Path) -> None:
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive("eml", ALL)
        journal = done.path / NAME
        lines = journal.read_bytes().splitlines(keepends=True)
        first = next(number for number, line in enumerate(lines) if b'"kept"' in line)
        at.lab.delete(done)
        other = LETTERS[6].replace(b"Message-ID", b"X-Another")
        at.inbox.messages = {70: other}
        journal.write_bytes(b"".join(lines[: first + 6]))
        with pytest.raises(CannotGoOn) as caught:
            at.lab.archive()
        assert caught.value.problem == "changed"
        assert at.archived() >= Counter(LETTERS)


def test_new_folders_are_lasting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every folder that is made has its name synced in the one above it."""
    synced: list[Path] = []
    monkeypatch.setattr(disk, "sync_folder", synced.append)
    made = tmp_path / "a" / "b" / "c"
    disk.make_folders(made)
    assert made.is_dir()
    assert synced == [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]


def test_half_a_message_is_cut_off_although_its_other_half_is_gone(tmp_path: Path) -> None:
    """Killed in the midst of a message that another program takes away before it is resumed."""
    stop = [True]

    def before(session: Session, uid: int) -> bool:
        if stop[0] and uid > 70:
            session.hang_up()
            raise OSError
        return True

    with place(tmp_path, *LETTERS, before=before) as at:
        with pytest.raises(CannotGoOn):
            at.lab.archive("mbox", ALL)
        with (tmp_path / "Archive" / "INBOX.mbox.part").open("ab") as file:
            file.write(b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\nFrom: half")
        stop[0] = False
        for uid in list(at.inbox.messages):
            if uid > 70:
                del at.inbox.messages[uid]
        done = at.lab.archive()
        assert done.count == 7
        assert at.archived() == Counter(LETTERS[:7])
        assert b"From: half" not in (done.path / "INBOX.mbox").read_bytes()


def test_a_password_that_somebody_else_saw_refused_is_not_tried_again(tmp_path: Path) -> None:
    """Another probe was refused while the line of the archive was lost."""
    with place(tmp_path, *LETTERS) as at:

        def before(session: Session, uid: int) -> bool:
            if uid == 50:
                seen = SignIn(host=HOST, port=993, outcome="refused", text="changed")
                at.lab.evidence.add("waiting", seen, at=NOW + timedelta(1), seconds=0.0)
                session.hang_up()
                raise OSError
            return True

        at.office.before = before
        with pytest.raises(CannotGoOn) as caught:
            at.lab.archive("mbox", ALL)
        assert (caught.value.problem, caught.value.detail) == ("no-connection", "refused changed")
        assert sum(line.startswith("LOGIN") for line in at.office.commands) == 1


@pytest.mark.parametrize("quoted", [True, False])
def test_another_mail_of_the_same_size_and_minute_is_left_alone(
    quoted: bool, tmp_path: Path
) -> None:
    """Its Message-ID tells, in whichever form the server writes it."""
    with place(tmp_path, *LETTERS, quotes_fields=quoted) as at:
        done = at.lab.archive("mbox", ALL)
        other = LETTERS[7].replace(b"Message-ID: <5.7@x>", b"Message-ID: <5.9@x>")
        assert other != LETTERS[7]
        at.inbox.messages[80] = other
        assert at.lab.delete(done).left_by_reason() == {"changed": 1}
        assert at.inbox.messages == {80: other}


def test_what_a_server_passes_over_after_a_break_is_not_taken_for_removed(tmp_path: Path) -> None:
    """It answers the first look after the line broke in part, and says OK."""
    asked: list[int] = []

    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive("mbox", ALL)
        answer: Callable[..., bool] = at.office.__call__

        def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
            if "MESSAGE-ID" in arguments:
                asked.append(session.number)
                if len(asked) == 1:
                    session.hang_up()
                    raise OSError
                arguments = arguments.replace("10,20,30,", "")
            return answer(session, tag, verb, arguments)

        at.dialect.script = script
        deleted = at.lab.delete(done)
        assert deleted.count == len(LETTERS) - 3
        assert deleted.left_by_reason() == {"refused": 3}
        assert list(at.inbox.messages) == [10, 20, 30]
        at.dialect.script = answer
        assert at.lab.delete(at.lab.archive()).count == 3
        assert at.inbox.messages == {}
