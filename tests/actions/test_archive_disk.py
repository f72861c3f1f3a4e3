"""What the disk does to an archive: full at any octet, slow names, messages larger than memory."""

import errno
import os
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mailwizard.actions.archive import documents, mbox
from mailwizard.actions.archive.journal import NAME
from mailwizard.actions.archive.names import folder_file, message_file, safe_part
from mailwizard.actions.archive.outcome import CannotGoOn, Form
from mailwizard.actions.archive.quoting import Lines
from mailwizard.model.selection import Selection
from tests.actions.archive_lab import FOLDERS, box, in_archive, in_child, letters, small_steps
from tests.actions.test_archive_habits import ALL, LETTERS, place
from tests.servers import dovecot


class FullDisk:
    """Takes so many octets and no more, until there is room again."""

    def __init__(self, patch: pytest.MonkeyPatch, room: int) -> None:
        self.room = room
        self._write = os.write
        patch.setattr(os, "write", self.write)

    def write(self, handle: int, data: Any) -> int:
        """Writes a part, as a full disk does, or says that it is full."""
        if os.fstat(handle).st_nlink == 0 or not os.path.isfile(f"/proc/self/fd/{handle}"):
            return self._write(handle, data)
        if self.room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = self._write(handle, bytes(data)[: self.room])
        self.room -= written
        return written


@pytest.mark.parametrize("form", ["mbox", "eml"])
def test_full_at_many_points(form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with place(tmp_path, *LETTERS) as at:
        disk = FullDisk(monkeypatch, 0)
        problems: list[str] = []
        for room in (*range(0, 30_000, 1999), 100_000, 1_100_000, 2_500_000, 9_000_000):
            disk.room = room
            try:
                done = at.lab.archive(form, ALL)
            except CannotGoOn as problem:
                problems.append(problem.problem)
        assert len(problems) > 5
        assert set(problems) == {"no-disk-room"}
        assert disk.room > 0
        assert done.count == len(LETTERS)
        assert at.archived() == Counter(LETTERS)
        assert [path.name for path in tmp_path.iterdir()] == ["Archive"]


def test_no_room_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, *LETTERS) as at:
        monkeypatch.setattr(documents, "_SPARE", 1 << 60)
        with pytest.raises(CannotGoOn) as caught:
            at.lab.archive("mbox", ALL)
        assert caught.value.problem == "no-disk-room"
        assert caught.value.need > 1 << 59
        assert list(tmp_path.iterdir()) == []
        with pytest.raises(CannotGoOn) as caught:
            documents.make_sure_of_room(tmp_path / "nowhere", "mbox", 1, 1)
        assert caught.value.problem == "not-writable"


@pytest.mark.parametrize("form", ["mbox", "eml"])
def test_the_unfinished_archive_was_tampered_with(form: Form, tmp_path: Path) -> None:
    """What is not there any more is never deleted from the mailbox."""
    with place(tmp_path, *LETTERS) as at:
        done = at.lab.archive(form, ALL)
        if form == "mbox":
            os.truncate(done.path / "INBOX.mbox", 500)
        else:
            for file in list((done.path / "INBOX").iterdir())[:4]:
                file.unlink()
        deleted = at.lab.delete(at.lab.archive())
        assert set(deleted.left_by_reason()) == {"damaged"}
        assert Counter(at.inbox.messages.values()) + at.archived() >= Counter(LETTERS)


def test_a_torn_journal(tmp_path: Path) -> None:
    """Cut anywhere behind its beginning, what is behind the cut is copied again, once."""
    with place(tmp_path, *LETTERS) as at:
        at.lab.archive("mbox", ALL)
        journal = tmp_path / "Archive" / NAME
        whole = journal.read_bytes()
        file = tmp_path / "Archive" / "INBOX.mbox"
        for cut in range(len(whole) - 1, whole.index(b'"kept"'), -211):
            journal.write_bytes(whole[:cut] + b"\x00\xff" * (cut % 3))
            file.rename(file.with_name(f"{file.name}.part"))
            assert at.lab.archive().count == len(LETTERS)
            assert at.archived() == Counter(LETTERS)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 16, 1000])
def test_quoting_in_parts_can_be_taken_back(size: int) -> None:
    for message in letters(30, seed=size):
        quote, unquote = Lines("quote"), Lines("unquote")
        message = message[:20_000]
        parts = [message[at : at + size] for at in range(0, len(message), size)]
        stored = b"".join(map(quote.feed, parts)) + quote.end()
        assert b"\nFrom " not in stored
        assert not stored.startswith(b"From ")
        back = [stored[at : at + size + 3] for at in range(0, len(stored), size + 3)]
        assert b"".join(map(unquote.feed, back)) + unquote.end() == message


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("INBOX", "INBOX"),
        ("客户/2019 年", "客户/2019 年"),
        ("../../x", "_/_/x"),
        ("/etc/passwd", "etc/passwd"),
        ("CON", "_CON"),
        ("con.txt/Nul", "_con.txt/_Nul"),
        ("a\x1b[31m\u202eb\x00", "a_[31mb_"),
        (".hidden", "hidden"),
        ("trailing. ", "trailing"),
        ("C:\\x", "C__x"),
        ("x.mbox", "x.mbox_"),
        ("", "_"),
        ("...", "_"),
    ],
)
def test_names_of_folders(name: str, expected: str) -> None:
    assert folder_file(name, "/", set()) == expected


def test_names_are_told_apart_and_short_enough() -> None:
    taken: set[str] = set()
    long = ["长" * 300, "长" * 300 + "x", "n" * 300]
    names = [folder_file(name, "/", taken) for name in ("Sent", "SENT", "sent", "Ｓｅｎｔ", *long)]
    assert len({name.casefold() for name in names}) == len(names)
    assert max(len(name.encode()) for name in names) < 130
    assert safe_part("\u202e", "mail") == "mail"
    assert message_file("a/b" * 100, None, 7).endswith(" (7).eml")
    deep = [f"{'/'.join(['n' * 300] * 40)}/{end}" for end in "ab"]
    places = [folder_file(name, "/", taken) for name in (*deep, "客户/" * 5 + "德国" * 20)]
    assert max(map(len, places)) < 100
    assert len({*places}) == 3
    usual = "Kunden/Customer GmbH & Co. KG/Angebote und Bestellungen/2019"
    assert folder_file(usual, "/", taken) == usual


@pytest.mark.parametrize("form", ["mbox", "eml"])
def test_a_large_message_takes_no_memory(form: Form, tmp_path: Path) -> None:
    line = b"From the very long text of a message\r\n" + b"as large as none should be\r\n" * 40
    large = b"From: a@b\r\n\r\n" + line * (60_000_000 // len(line)) + b">" * 3_000_000
    with place(tmp_path, large) as at:
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            done = at.lab.archive(form, ALL)
            most = tracemalloc.get_traced_memory()[1] - before
        finally:
            tracemalloc.stop()
    # The fake server of this process holds the reply two times.
    assert most < 2 * len(large) + 12_000_000
    assert (done.octets, done.count) == (len(large), 1)


@pytest.mark.system
@pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed")
def test_hostile_folders_in_dovecot_and_killed(tmp_path: Path) -> None:
    """Folders whose names clash on a disk, in one archive that is killed once."""
    with box(tmp_path, 4) as lab, small_steps():
        names = ["Sent", "SENT", "CON", "a.mbox", "名" * 60]
        for number, name in enumerate(names):
            (lab.maildir / name / "cur").mkdir(parents=True)
            (lab.maildir / name / "cur" / f"{number}.x.y").write_bytes(LETTERS[number])
            for part in ("new", "tmp"):
                (lab.maildir / name / part).mkdir()
        for path in (lab.maildir, *lab.maildir.rglob("*")):
            owner = (lab.maildir / "cur").stat()
            os.chown(path, owner.st_uid, owner.st_gid)
        chosen = Selection(folders=(*FOLDERS, *names))
        assert in_child(lambda: lab.archive("mbox", chosen), at=60) is None
        done = lab.archive("mbox", chosen)
        assert done.count == 8 + len(names)
        root = lab.parent / "Archive"
        found: Counter[bytes] = Counter()
        for file in root.rglob("*.mbox"):
            found.update(in_archive(root, str(file.relative_to(root))[: -len(mbox.ENDING)]))
        assert found == Counter(
            [*LETTERS[: len(names)], *(m for some in lab.at_first.values() for m in some)]
        )
        assert lab.delete(done).count == done.count
