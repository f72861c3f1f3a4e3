"""Servers with bad habits: what is archived is what they have, and nothing else is deleted."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from mailwizard.actions.archive import choosing, connection, copying, receiving
from mailwizard.actions.archive.outcome import CannotGoOn, Pace
from mailwizard.model.selection import Selection
from mailwizard.probes.imap.client import Opened
from mailwizard.probes.imap.wire import Wire
from mailwizard.probes.setting import Stopped
from tests.actions.archive_lab import Lab, in_archive, letters, remember
from tests.actions.archive_server import Office, Room
from tests.probes.mailbox_lab import mailbox
from tests.servers.fake_imap import PASSWORD, USER, Dialect, Folder, Session
from tests.worlds import CASE

LETTERS = letters(12, seed=5)
ALL = Selection(folders=("INBOX",))


@dataclass
class Place:
    """A fake mailbox and the documents."""

    lab: Lab
    office: Office
    dialect: Dialect

    @property
    def inbox(self) -> Room:
        """The inbox."""
        return self.office.rooms["INBOX"]

    def archived(self, folder: str = "INBOX") -> Counter[bytes]:
        """What the archive holds."""
        return Counter(in_archive(self.lab.parent / "Archive", folder))


@contextmanager
def place(
    parent: Path, *messages: bytes, capability: str = "IMAP4rev1 UIDPLUS", **habits: object
) -> Iterator[Place]:
    room = Room({10 * number: message for number, message in enumerate(messages, 1)})
    remember(messages)
    office = Office({"INBOX": room}, **habits)  # type: ignore[arg-type]
    dialect = Dialect(script=office, later_capability=capability)
    folders = [Folder("INBOX"), Folder("Trash", "\\Trash")]
    office.rooms["Trash"] = Room({})
    with mailbox(*folders, dialect=dialect, case=replace(CASE, me=USER)) as server:
        yield Place(
            Lab(server.world, parent, parent, {}, user=USER, password=PASSWORD), office, dialect
        )


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PAUSES", (0.0,) * 6)
    monkeypatch.setattr(copying, "BATCH", 5)


def quoted(number: int, message: bytes, words: str) -> bytes:
    """A short message as a quoted string, the others as literals; the UID behind it."""
    uid, rest = words.split("FETCH (")[1].split(" ", 2)[1:]
    if len(message) > 100 or b"\n" in message:
        data = b"{%d}\r\n%s" % (len(message), message)
    else:
        data = b'"' + message.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    return b"* %d FETCH (BODY[] %s %s UID %s)\r\n" % (number, data, rest.encode(), uid.encode())


def unasked(_number: int, message: bytes, words: str) -> bytes:
    """Much that nobody asked for, around what was asked for."""
    data = b"%s BODY[] {%d}\r\n%s)\r\n" % (words.encode(), len(message), message)
    return (
        b"* 3 FETCH (FLAGS (\\Seen))\r\n* 7 EXISTS\r\n"
        b"* 2 FETCH (UID 999 BODY[] {3}\r\nabc)\r\n"
        b"* 2 FETCH (BODY[] {4}\r\nabcd)\r\n"
        b"* 2 FETCH (UID 20 FLAGS () BODY[TEXT] {5}\r\nabcde)\r\n" + data + data
    )


@pytest.mark.parametrize("form", ["mbox", "eml"])
@pytest.mark.parametrize(
    "habits",
    [
        {},
        {"body": quoted},
        {"body": unasked},
        {"end": "NO [EXPUNGEISSUED] some are gone"},
        {"size": lambda message: len(message) + 7},
        {"size": lambda _message: 1},
    ],
    ids=["none", "quoted", "unasked", "NO at the end", "size a bit off", "size 1"],
)
def test_everything_is_archived_and_deleted(
    form: str, habits: dict[str, object], tmp_path: Path
) -> None:
    messages = [*LETTERS, b'q"uo\\ted', b"zero \x00 octet\r\n"]
    with place(tmp_path, *messages, **habits) as at:
        done = at.lab.archive(form, ALL)  # type: ignore[arg-type]
        assert (done.count, done.left) == (len(messages), ())
        if form == "eml":
            assert len(list((done.path / "INBOX").glob("2019-03-* letter * (*).eml"))) == 6
        assert at.archived() == Counter(messages)
        assert done.octets == sum(map(len, messages))
        deleted = at.lab.delete(done)
        assert (deleted.count, deleted.left, deleted.flagged_only) == (len(messages), (), 0)
        assert at.inbox.messages == {}


@pytest.mark.parametrize("form", ["mbox", "eml"])
def test_a_message_of_no_octets(form: str, tmp_path: Path) -> None:
    with place(tmp_path, b"", b"a: b\r\n\r\nc\r\n") as at:
        done = at.lab.archive(form, ALL)  # type: ignore[arg-type]
        assert done.count == 2
        assert at.archived() == Counter([b"", b"a: b\r\n\r\nc\r\n"])


def test_what_comes_much_too_short_is_not_deleted(tmp_path: Path) -> None:
    without_a_third = b"From: a@b\r\n\r\n" + b"the rest was taken away\r\n" * 2000
    sizes = {
        LETTERS[0]: 90_000,
        LETTERS[7]: len(LETTERS[7]),
        without_a_third: len(without_a_third) * 3 // 2,
    }
    with place(tmp_path, *sizes, size=sizes.__getitem__) as at:
        done = at.lab.archive("mbox", ALL)
        assert [(one.uid, one.reason) for one in done.left] == [(10, "short"), (30, "short")]
        assert at.lab.delete(done).count == 1
        assert list(at.inbox.messages) == [10, 30]


@pytest.mark.parametrize("form", ["mbox", "eml"])
def test_the_line_is_cut_in_the_midst_of_messages(form: str, tmp_path: Path) -> None:
    cuts = iter([30, 60, 90, 110, 110])
    next_cut = [next(cuts)]

    def before(session: Session, uid: int) -> bool:
        if uid == next_cut[0]:
            next_cut[0] = next(cuts, 0)
            message = LETTERS[uid // 10 - 1]
            half = len(message) // 2
            head = f"* 1 FETCH (UID {uid} BODY[] {{{len(message)}}}\r\n".encode()
            session.connection.sendall(head + message[:half])
            session.hang_up()
            raise OSError
        return True

    with place(tmp_path, *LETTERS, before=before) as at:
        done = at.lab.archive(form, ALL)  # type: ignore[arg-type]
        assert (done.count, done.left) == (len(LETTERS), ())
        assert at.archived() == Counter(LETTERS)


def test_a_message_that_always_breaks_the_line_is_left(tmp_path: Path) -> None:
    def before(session: Session, uid: int) -> bool:
        if uid == 50:
            session.connection.sendall(b"* 5 FETCH (UID 50 BODY[] {100}\r\nFrom ")
            session.hang_up()
            raise OSError
        return uid != 70

    with place(tmp_path, *LETTERS, before=before) as at:
        done = at.lab.archive("mbox", ALL)
        assert sorted((one.uid, one.reason) for one in done.left) == [
            (50, "not-sent"),
            (70, "not-sent"),
        ]
        assert at.archived() == Counter(LETTERS) - Counter([LETTERS[4], LETTERS[6]])
        assert at.lab.delete(done).count == len(LETTERS) - 2
        assert sorted(at.inbox.messages) == [50, 70]


def test_a_line_that_never_holds_ends_in_a_problem_and_can_be_resumed(tmp_path: Path) -> None:
    holds = [False]

    def before(session: Session, uid: int) -> bool:
        if uid > 60 and not holds[0]:
            session.hang_up()
            raise OSError
        return True

    with place(tmp_path, *LETTERS, before=before) as at:
        with pytest.raises(CannotGoOn) as caught:
            at.lab.archive("mbox", ALL)
        assert caught.value.problem == "no-connection"
        holds[0] = True
        assert at.lab.archive("mbox").count == len(LETTERS)
        assert at.archived() == Counter(LETTERS)


@pytest.mark.parametrize("form", ["mbox", "eml"])
def test_numbered_anew_in_between(form: str, tmp_path: Path) -> None:
    """The same messages under other UIDs, one gone and one new: none is twice in the archive."""
    stop = [True]

    def before(session: Session, uid: int) -> bool:
        if stop[0] and uid > 90:
            session.hang_up()
            raise OSError
        return True

    with place(tmp_path, *LETTERS, before=before) as at:
        with pytest.raises(CannotGoOn):
            at.lab.archive(form, ALL)  # type: ignore[arg-type]
        stop[0] = False
        new = b"From: new\r\n\r\nnew\r\n"
        left = [*LETTERS[1:], new]
        at.inbox.messages = {7 * n: message for n, message in enumerate(left, 1)}
        at.inbox.uidvalidity = 2
        done = at.lab.archive()
        assert (done.count, done.left) == (len(left), ())
        assert at.archived() == Counter([*LETTERS, new])
        at.lab.delete(done)
        assert at.inbox.messages == {}


def test_numbered_anew_before_the_deletion(tmp_path: Path) -> None:
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive("mbox", ALL)
        at.inbox.messages = {3 * n: message for n, message in enumerate(LETTERS[::-1], 1)}
        at.inbox.uidvalidity = 9
        deleted = at.lab.delete(done)
        assert deleted.left_by_reason() == {"renumbered": len(LETTERS)}
        assert len(at.inbox.messages) == len(LETTERS)
        assert at.lab.delete(at.lab.archive()).count == len(LETTERS)
        assert at.inbox.messages == {}
        assert at.archived() == Counter(LETTERS)


def test_changed_or_gone_meanwhile(tmp_path: Path) -> None:
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive("mbox", ALL)
        del at.inbox.messages[80]
        at.inbox.messages[90] = b"From: another\r\nMessage-ID: <9@y>\r\n\r\n".ljust(
            len(LETTERS[8]), b"x"
        )
        deleted = at.lab.delete(done)
        assert deleted.left_by_reason() == {"gone": 1, "changed": 1}
        assert list(at.inbox.messages) == [90]


def test_the_archive_is_damaged_before_the_deletion(tmp_path: Path) -> None:
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive("mbox", ALL)
        file = done.path / "INBOX.mbox"
        octets = file.read_bytes()
        place_of = octets.index(b"letter 8")
        file.write_bytes(octets[:place_of] + b"L" + octets[place_of + 1 :])
        assert at.lab.delete(done).left_by_reason() == {"damaged": 1}
        assert at.inbox.messages == {90: LETTERS[8]}


def test_without_uidplus_messages_stay_flagged(tmp_path: Path) -> None:
    with place(tmp_path, *LETTERS, capability="IMAP4rev1", single=False) as at:
        done = at.lab.archive("mbox", ALL)
        deleted = at.lab.delete(done)
        assert (deleted.count, deleted.flagged_only) == (len(LETTERS), len(LETTERS))
        assert at.inbox.deleted == set(at.inbox.messages)
        assert not [line for line in at.office.commands if "EXPUNGE" in line]


def test_where_folders_are_labels_mail_goes_to_the_trash(tmp_path: Path) -> None:
    with place(tmp_path, *LETTERS, capability="IMAP4rev1 UIDPLUS MOVE X-GM-EXT-1") as at:
        deleted = at.lab.delete(at.lab.archive("mbox", ALL))
        assert (deleted.count, deleted.in_trash) == (len(LETTERS), len(LETTERS))
        assert Counter(at.office.rooms["Trash"].messages.values()) == Counter(LETTERS)
        assert not [line for line in at.office.commands if "EXPUNGE" in line]


def test_read_only_folder(tmp_path: Path) -> None:
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive("mbox", ALL)
        at.inbox.read_only = True
        assert at.lab.delete(done).left_by_reason() == {"read-only": len(LETTERS)}
        at.inbox.read_only = False
        assert at.lab.delete(at.lab.archive()).count == len(LETTERS)


def test_by_age(tmp_path: Path) -> None:
    """The day of arrival counts in UTC, and is exclusive."""
    with place(tmp_path, *LETTERS) as at:
        chosen = Selection(folders=("INBOX", "None"), before=date(2019, 3, 24))
        done = at.lab.archive("mbox", chosen)
        before = [uid for uid in at.inbox.messages if uid % 27 + 1 < 24]
        assert done.count == len(before)
        assert [(one.folder, one.reason) for one in done.left] == [("None", "no-folder")]


def test_stopped_and_resumed(tmp_path: Path) -> None:
    with place(tmp_path, *LETTERS) as at:
        setting = at.lab.setting()

        def before(_session: Session, uid: int) -> bool:
            if uid == 80:
                setting.stop()
            return True

        at.office.before = before
        with pytest.raises(Stopped):
            at.lab.archive("mbox", ALL, setting=setting)
        at.office.before = lambda _session, _uid: True
        pace = Pace(lambda: 0.0)
        assert at.lab.archive(pace=pace).count == len(LETTERS)
        assert at.archived() == Counter(LETTERS)
        fetched = [line for line in at.office.commands if "BODY.PEEK[]" in line]
        assert "10" not in fetched[-1].split()[2].split(",")  # what was there is not asked for


def test_two_at_once(tmp_path: Path) -> None:
    seen: list[str] = []

    with place(tmp_path, *LETTERS) as at:

        def before(_session: Session, uid: int) -> bool:
            if uid == 60:
                with pytest.raises(CannotGoOn) as caught:
                    at.lab.archive()
                seen.append(caught.value.problem)
            return True

        at.office.before = before
        assert at.lab.archive("mbox", ALL).count == len(LETTERS)
    assert seen == ["busy"]


@pytest.mark.parametrize("refuse", ["EXAMINE", "LIST"])
def test_a_refusal_is_a_problem_or_a_folder_left(refuse: str, tmp_path: Path) -> None:
    with place(tmp_path, *LETTERS) as at:
        answer: Callable[..., bool] = at.office.__call__

        def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
            if verb == refuse:
                session.say(f"{tag} NO not today")
                return True
            return answer(session, tag, verb, arguments)

        at.dialect.script = script
        with pytest.raises(CannotGoOn) as caught:
            at.lab.archive("mbox", ALL)
        expected = {"EXAMINE": "nothing-chosen", "LIST": "refused"}
        assert caught.value.problem == expected[refuse]
        assert list(tmp_path.iterdir()) == []


def test_a_server_that_falls_silent_or_announces_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_fill", "readline"):
        monkeypatch.setattr(getattr(Wire, name), "__defaults__", (0.2,))
    monkeypatch.setattr(receiving, "_MOST", 1 << 20)
    tricks = {
        30: b"* 3 FETCH (UID 30 BODY[] {4294967295}\r\nFrom ",
        50: b"* 5 FETCH (UID 50 BODY[] {4294967295}\r\n" + b"From x\r\n" * 300_000,
        70: b"* 7 FETCH (UID 70 BODY[] {99999999999999999999}\r\nabc",
    }

    def before(session: Session, uid: int) -> bool:
        if uid in tricks:
            session.connection.sendall(tricks[uid])
            raise OSError
        return True

    messages = [letter[:2000] for letter in LETTERS]
    with place(tmp_path, *messages, before=before) as at:
        done = at.lab.archive("mbox", ALL)
        assert {one.uid for one in done.left} == set(tricks)
        assert done.count == len(messages) - len(tricks)
        assert sum(path.stat().st_size for path in done.path.iterdir()) < 60_000


def test_a_server_that_hands_out_nothing_any_more(tmp_path: Path) -> None:
    """Not thousands of messages that are left, but one problem, and it goes on later."""
    messages = letters(40, seed=3)
    sends = [False]
    with place(tmp_path, *messages, before=lambda _s, uid: uid < 80 or sends[0]) as at:
        at.office.end = "NO [LIMIT] too much for today"
        with pytest.raises(CannotGoOn) as caught:
            at.lab.archive("mbox", ALL)
        assert (caught.value.problem, caught.value.detail) == ("refused", "too much for today")
        sends[0] = True
        assert at.lab.archive().count == len(messages)
        assert at.archived() == Counter(messages)


def test_a_folder_that_is_closed_in_between(tmp_path: Path) -> None:
    def before(session: Session, uid: int) -> bool:
        if uid == 80:
            at.inbox.refuse = "no such folder"
            session.hang_up()
            raise OSError
        return True

    with place(tmp_path, *LETTERS, before=before) as at:
        at.office.rooms["Trash"].messages = {1: LETTERS[0]}
        done = at.lab.archive("mbox", Selection(folders=("INBOX", "Trash")))
        assert done.folders == {"INBOX": 7, "Trash": 1}
        assert [(one.folder, one.reason) for one in done.left] == [("INBOX", "no-folder")]
        assert at.lab.delete(done).left_by_reason() == {"refused": 7}


def test_large_folders_are_listed_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in (1, 4, 6, 11, 12, 13):
        monkeypatch.setattr(choosing, "PART", part)
        assert [int(each.split(b":")[0]) for each in choosing.parts(Opened(12, None))] == [
            *range(1, 13, part)
        ]
    monkeypatch.setattr(choosing, "PART", 5)
    with place(tmp_path, *LETTERS[:11]) as at:
        assert at.lab.archive("mbox", ALL).count == 11
        assert [line for line in at.office.commands if line.startswith("FETCH")] == [
            f"FETCH {part} (UID RFC822.SIZE)" for part in ("1:5", "6:10", "11:*")
        ]
