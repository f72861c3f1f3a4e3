"""A server that falls silent, drips or chatters at any command: a stop ends it at once, no loss."""

import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from mailwizard.engine import make_room
from mailwizard.model.selection import Selection
from tests.actions.archive_lab import in_archive
from tests.actions.test_archive_jobs import LETTERS, Desk, desk, ended
from tests.servers.fake_imap import Session

COPYING = ("CAPABILITY", "LIST", "EXAMINE", "FETCH", "UID FETCH")
DELETING = ("LIST", "SELECT", "UID FETCH", "UID STORE", "UID EXPUNGE")


class Mute:
    """Says nothing more to one command, or goes on for ever with what is none of its answers."""

    def __init__(self, at: Desk, command: str, how: str) -> None:
        self._answer, self._command, self._how = at.office.__call__, command, how
        self.reached, self.over = threading.Event(), threading.Event()
        at.dialect.script = self

    def __call__(self, session: Session, tag: str, verb: str, arguments: str) -> bool:
        """The script."""
        if self.over.is_set() or not f"{verb} {arguments}".startswith(self._command):
            return self._answer(session, tag, verb, arguments)
        if verb == "UID" and self._command != "UID FETCH":
            self._answer(session, tag, verb, arguments)  # done, but the answer is cut off
        self.reached.set()
        while not self.over.wait(0.01):
            if self._how == "drips":
                session.connection.sendall(b"*")
            elif self._how == "chatters":
                session.connection.sendall(b"* OK still here\r\n" * 50)
        raise OSError


def stopped_at_once(job: make_room.RoomJob, mute: Mute) -> None:
    """As soon as the server has reached the command."""
    assert mute.reached.wait(10)
    before = time.monotonic()
    job.stop()
    assert job.wait(2)
    assert time.monotonic() - before < 1
    assert job.progress_now().phase == "stopped"
    mute.over.set()


@pytest.mark.parametrize("how", ["silent", "drips", "chatters"])
@pytest.mark.parametrize("command", COPYING)
def test_stopped_while_it_copies(command: str, how: str, tmp_path: Path) -> None:
    with desk(tmp_path, INBOX=LETTERS) as at:
        mute = Mute(at, command, how)
        chosen = Selection(folders=("INBOX",))
        stopped_at_once(make_room.archive(at.session, chosen, tmp_path, "mbox"), mute)
        found = make_room.unfinished(at.session, tmp_path)
        job = ended(
            make_room.resume(at.session, found[0])
            if found
            else make_room.archive(at.session, chosen, tmp_path, "mbox")
        )
        assert job.archived is not None
        assert job.archived.count == len(LETTERS)
        assert Counter(in_archive(job.archived.path, "INBOX")) == Counter(LETTERS)


@pytest.mark.parametrize("how", ["silent", "drips", "chatters"])
@pytest.mark.parametrize("command", DELETING)
def test_stopped_while_it_deletes(command: str, how: str, tmp_path: Path) -> None:
    with desk(tmp_path, INBOX=LETTERS) as at:
        archived = at.archive("INBOX").archived
        assert archived is not None
        mute = Mute(at, command, how)
        stopped_at_once(make_room.delete(at.session, archived), mute)
        [found] = make_room.unfinished(at.session, tmp_path)
        again = ended(make_room.resume(at.session, found)).archived
        assert again is not None
        ended(make_room.delete(at.session, again))
        assert at.office.rooms["INBOX"].messages == {}
        assert Counter(in_archive(archived.path, "INBOX")) == Counter(LETTERS)
