"""The jobs that the screens drive: archive, stop, resume, delete, keep, count, empty."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest

from mailwizard.actions.archive import connection, copying, deletion
from mailwizard.engine import make_room
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.model.observation import Seen, from_json, to_json
from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.room_made import MailArchived, MailDeleted
from mailwizard.model.selection import Selection
from mailwizard.report.redaction import Redactor
from mailwizard.text.facts import fact
from tests.actions.archive_lab import in_archive, letters, remember
from tests.actions.archive_server import Office, Room
from tests.probes.mailbox_lab import HOST, mailbox
from tests.servers.fake_imap import PASSWORD, USER, Dialect, Folder
from tests.servers.fake_imap import Session as Line
from tests.worlds import CASE

LETTERS = letters(12, seed=8)
S = TypeVar("S", bound=Seen)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PAUSES", (0.0,) * 6)
    monkeypatch.setattr(copying, "BATCH", 5)
    monkeypatch.setattr(deletion, "BATCH", 5)


@dataclass
class Desk:
    """A session with somebody signed in, a fake mailbox, and a folder for documents."""

    session: Session
    office: Office
    dialect: Dialect
    documents: Path

    def seen(self, kind: type[S]) -> list[S]:
        """What was recorded."""
        return [o.seen for o in self.session.investigation.evidence.of(kind)]

    def archive(self, *folders: str) -> make_room.ArchiveJob:
        """An archive that has come to its end."""
        chosen = Selection(folders=folders or ("INBOX",))
        job = make_room.archive(self.session, chosen, self.documents, "mbox")
        return ended(job)


J = TypeVar("J", bound=make_room.RoomJob)


def ended(job: J) -> J:
    """The job once it has ended."""
    assert job.wait(10)
    assert not job.crashed
    return job


@contextmanager
def desk(documents: Path, **rooms: list[bytes]) -> Iterator[Desk]:
    office = Office(
        {name: Room({2 * n: m for n, m in enumerate(some, 1)}) for name, some in rooms.items()}
    )
    remember(message for some in rooms.values() for message in some)
    flags = {"Trash": "\\Trash", "Junk": "\\Junk"}
    folders = [Folder(name, flags.get(name, "")) for name in rooms]
    dialect = Dialect(script=office, later_capability="IMAP4rev1 UIDPLUS")
    with mailbox(*folders, dialect=dialect, case=replace(CASE, me=USER, imap_host=HOST)) as lab:
        investigation = Investigation(lab.world, lab.case)
        investigation.password = Secret(PASSWORD)
        seen = SignIn(host=HOST, port=993, outcome="ok")
        now = lab.world.now()
        investigation.evidence.add("sign-in", seen, at=now, seconds=0.0)
        yield Desk(Session(investigation), office, dialect, documents)


def test_the_whole_way(tmp_path: Path) -> None:
    with desk(tmp_path, INBOX=LETTERS, Kunde=LETTERS[:3]) as at:
        job = at.archive("INBOX", "Kunde")
        progress = job.progress_now()
        assert (progress.phase, progress.done, progress.total) == ("done", 15, 15)
        assert progress.octets_done == progress.octets_total > 0
        archived = job.archived
        assert archived is not None
        assert archived.folders == {"INBOX": 12, "Kunde": 3}
        assert (archived.path / "README.txt").read_text("utf-8-sig").count(USER) == 1
        assert len(at.office.rooms["INBOX"].messages) == 12
        assert [one.phase for one in make_room.unfinished(at.session, tmp_path)] == ["checked"]
        deleting = ended(make_room.delete(at.session, archived))
        assert deleting.progress_now().phase == "done"
        assert deleting.deleted.count == 15
        assert deleting.deleted.folders == {"INBOX": 12, "Kunde": 3}
        assert at.office.rooms["INBOX"].messages == {}
        assert make_room.unfinished(at.session, tmp_path) == ()
        assert sorted(path.name for path in archived.path.iterdir()) == [
            "INBOX.mbox",
            "Kunde.mbox",
            "README.txt",
        ]
        [told], [removed] = at.seen(MailArchived), at.seen(MailDeleted)
        assert (told.messages, told.octets) == (15, archived.octets)
        assert (removed.messages, removed.archived) == (15, True)
        evidence = at.session.investigation.evidence
        for observation in [*evidence.of(MailArchived), *evidence.of(MailDeleted)]:
            assert "15" in fact(observation)
            assert from_json(to_json(observation)).seen == observation.seen
            redacted = Redactor(at.session.investigation.case, evidence).observation(observation)
            assert "Kunde" not in str(redacted)
            assert USER not in str(redacted)


def test_stopped_at_once_and_resumed(tmp_path: Path) -> None:
    with desk(tmp_path, INBOX=LETTERS) as at:
        jobs: list[make_room.ArchiveJob] = []

        def before(_line: Line, uid: int) -> bool:
            if uid == 16:
                while not jobs:
                    pass
                jobs[0].stop()
            return True

        at.office.before = before
        chosen = Selection(folders=("INBOX",))
        jobs.append(make_room.archive(at.session, chosen, tmp_path, "eml"))
        stopped = ended(jobs[0])
        assert stopped.progress_now().phase == "stopped"
        assert stopped.archived is None
        [left] = make_room.unfinished(at.session, tmp_path)
        assert (left.phase, left.total, left.form) == ("copying", 12, "eml")
        assert 0 < left.done < 12
        at.office.before = lambda _line, _uid: True
        resumed = ended(make_room.resume(at.session, left))
        assert resumed.archived is not None
        assert resumed.archived.count == 12
        assert Counter(in_archive(left.path, "INBOX")) == Counter(LETTERS)


def test_the_deletion_is_stopped_and_goes_on(tmp_path: Path) -> None:
    with desk(tmp_path, INBOX=LETTERS) as at:
        archived = at.archive().archived
        assert archived is not None
        jobs: list[make_room.DeleteJob] = []
        answer = at.office.__call__

        def script(line: Line, tag: str, verb: str, arguments: str) -> bool:
            if verb == "UID" and arguments.startswith("EXPUNGE 12"):
                while not jobs:
                    pass
                jobs[0].stop()
            return answer(line, tag, verb, arguments)

        at.dialect.script = script
        jobs.append(make_room.delete(at.session, archived))
        assert ended(jobs[0]).progress_now().phase == "stopped"
        assert jobs[0].deleted.count == 5
        [left] = make_room.unfinished(at.session, tmp_path)
        assert left.phase == "deleting"
        again = ended(make_room.resume(at.session, left)).archived
        assert again is not None
        assert again.removed == 5
        assert ended(make_room.delete(at.session, again)).deleted.count == 7
        assert at.office.rooms["INBOX"].messages == {}
        assert make_room.unfinished(at.session, tmp_path) == ()


def test_kept_in_the_mailbox_as_well(tmp_path: Path) -> None:
    with desk(tmp_path, INBOX=LETTERS) as at:
        archived = at.archive().archived
        assert archived is not None
        assert make_room.keep(at.session, archived)
        assert make_room.unfinished(at.session, tmp_path) == ()
        assert not make_room.keep(at.session, archived)
        assert len(at.office.rooms["INBOX"].messages) == 12
        assert ended(make_room.delete(at.session, archived)).progress_now().problem == "changed"
        assert len(at.office.rooms["INBOX"].messages) == 12


def test_empty_what_was_counted_and_nothing_newer(tmp_path: Path) -> None:
    with desk(tmp_path, INBOX=LETTERS, Trash=LETTERS[:7]) as at:
        counted = ended(make_room.count_folder(at.session, "trash")).counted
        assert counted is not None
        assert (counted.folder, counted.count) == ("Trash", 7)
        assert counted.octets == sum(map(len, LETTERS[:7]))
        at.office.rooms["Trash"].messages[100] = b"new\r\n"
        deleted = ended(make_room.empty(at.session, counted)).deleted
        assert (deleted.count, deleted.octets, deleted.left) == (7, counted.octets, ())
        assert at.office.rooms["Trash"].messages == {100: b"new\r\n"}
        assert at.seen(MailDeleted)[-1].archived is False
        at.office.rooms["Trash"].uidvalidity = 5
        again = ended(make_room.empty(at.session, counted))
        assert again.progress_now().problem == "changed"
        assert at.office.rooms["Trash"].messages == {100: b"new\r\n"}
        nothing = ended(make_room.count_folder(at.session, "junk")).progress_now()
        assert (nothing.phase, nothing.problem) == ("problem", "nothing-chosen")


def test_nobody_signed_in_and_nothing_chosen(tmp_path: Path) -> None:
    with desk(tmp_path, INBOX=LETTERS, Empty=[]) as at:
        assert at.archive("Empty").progress_now().problem == "nothing-chosen"
        at.session.investigation.password = None
        at.session.investigation.mailboxes.close()
        at.session.investigation.evidence.begin("sign-in")
        assert at.archive().progress_now().problem == "no-connection"
        assert list(tmp_path.iterdir()) == []


def test_the_password_does_not_hold_any_more(tmp_path: Path) -> None:
    """It is asked for once, and the refusal is recorded."""
    with desk(tmp_path, INBOX=LETTERS) as at:

        def before(line: Line, uid: int) -> bool:
            if uid == 16:
                at.dialect.login = "NO [AUTHENTICATIONFAILED] changed"
                line.hang_up()
                raise OSError
            return True

        at.office.before = before
        job = at.archive()
        assert job.progress_now().problem == "no-connection"
        assert at.seen(SignIn)[-1].outcome == "refused"
        assert make_room.unfinished(at.session, tmp_path)[0].done == 7


def test_a_line_that_is_down_at_the_beginning_is_waited_for(tmp_path: Path) -> None:
    """It costs nobody the sign-in: the same work can be begun again without a new one."""
    with desk(tmp_path, INBOX=LETTERS) as at:
        at.dialect.greeting = b"* BYE come back later\r\n"
        selection = Selection(folders=("INBOX",))
        first = ended(make_room.archive(at.session, selection, tmp_path, "mbox"))
        assert first.progress_now().problem == "no-connection"
        assert at.session.sign_in_state() == "ok"
        at.dialect.greeting = b"* OK ready\r\n"
        archived = at.archive("INBOX").archived
        assert archived is not None
        assert archived.count == len(LETTERS)
