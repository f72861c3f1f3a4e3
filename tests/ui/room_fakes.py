"""Jobs of making room that stand still where a test wants them: frozen snapshots, no mailbox."""

from array import array
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mailwizard.engine import make_room
from mailwizard.engine.make_room import (
    Archived,
    Counted,
    Deleted,
    Progress,
    Unfinished,
)
from mailwizard.model.seen.space import FolderSpace, LargeMail, SenderSpace, YearSpace
from mailwizard.model.selection import Selection
from mailwizard.model.space import Mails, Space

MB = 1024**2

_EPOCH = date(1970, 1, 1)


def _mails(days: list[date], size: int) -> Mails:
    numbers = [(day - _EPOCH).days for day in days]
    return Mails(array("H", numbers), array("I", [size] * len(numbers)))


OLD, NEW = date(2023, 5, 4), date(2026, 11, 2)
_CONTENT = {
    "INBOX": ("inbox", [OLD] * 6 + [NEW] * 4, 20 * MB),
    "Projekt Nordlicht": ("other", [OLD] * 3, 11 * MB),
    "Spam": ("junk", [NEW] * 5, 2 * MB // 5),
    "Bin": ("trash", [OLD] * 2, 2 * MB),
    "Drafts": ("drafts", [OLD], 1_000),
}
SPACE = Space(
    folders=tuple(
        FolderSpace(name=name, role=role, count=len(days), octets=len(days) * size, done=True)  # type: ignore[arg-type]
        for name, (role, days, size) in _CONTENT.items()
    ),
    mails={name: _mails(days, size) for name, (_role, days, size) in _CONTENT.items()},
    years=(
        YearSpace(year=2026, count=9, octets=82 * MB),
        YearSpace(year=2023, count=12, octets=157 * MB + 1_000),
    ),
    senders=(
        SenderSpace(
            address="p.nordmann@spedition.example", name="Paul Nordmann", count=7, octets=90 * MB
        ),
    ),
    largest=(
        LargeMail(
            folder="INBOX",
            uid=7,
            size=20 * MB,
            arrived=datetime(2023, 5, 4, tzinfo=UTC),
            from_address="p.nordmann@spedition.example",
            from_name="Paul Nordmann",
            subject="Frachtpapiere Nordlicht",
        ),
    ),
    done=21,
    total=21,
    complete=True,
)
HALF = replace(SPACE, complete=False, done=9)


class FakeJob:
    """A job that ends when the test says so, or when it is stopped."""

    def __init__(self, *, ended: bool = False) -> None:
        self.ended = ended
        self.stopped = 0
        self.now = Progress()

    def stop(self) -> None:
        self.stopped += 1
        self.now = replace(self.now, phase="stopped", rate=0.0, remaining=None)
        self.ended = True

    def wait(self, _seconds: float) -> bool:
        self.ended = True
        return True

    def progress_now(self) -> Progress:
        return self.now


class FakeSpace(FakeJob):
    """A survey that has got as far as its snapshot."""

    def __init__(self, space: Space, *, ended: bool = True) -> None:
        super().__init__(ended=ended)
        self.space = space

    def snapshot(self) -> Space:
        return self.space


class FakeArchive(FakeJob):
    """An archive; ``finish`` brings it to its good end."""

    archived: Archived | None = None

    def finish(self, archived: Archived) -> None:
        self.now = replace(self.now, phase="done")
        self.archived = archived
        self.ended = True


class FakeDelete(FakeJob):
    """A deletion, and what it has deleted."""

    deleted = Deleted(count=0, octets=0)

    def finish(self, deleted: Deleted) -> None:
        self.now = replace(self.now, phase="done")
        self.deleted = deleted
        self.ended = True


class FakeCount(FakeJob):
    """A folder that is counted at once."""

    def __init__(self, counted: Counted | None) -> None:
        super().__init__(ended=True)
        self.counted = counted
        self.now = Progress(phase="done" if counted else "problem")


class Engine:
    """What the screens start, in place of the engine; ``calls`` tells what they asked for."""

    def __init__(self, documents: Path) -> None:
        self.folder = documents
        self.survey = FakeSpace(SPACE)
        self.archiving = FakeArchive()
        self.deleting = FakeDelete()
        self.counted: Counted | None = None
        self.left: tuple[Unfinished, ...] = ()
        self.calls: list[tuple[object, ...]] = []

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Takes the engine's place."""

        def does(name: str, gives: Callable[[], object]) -> None:
            def called(_session: object, *arguments: object) -> object:
                self.calls.append((name, *arguments))
                return gives()

            module = "space" if name == "measure" else "make_room"
            monkeypatch.setattr(f"mailwizard.engine.{module}.{name}", called)

        does("measure", lambda: self.survey)
        does("archive", lambda: self.archiving)
        does("resume", lambda: self.archiving)
        does("delete", lambda: self.deleting)
        does("empty", lambda: self.deleting)
        does("keep", lambda: True)
        does("count_folder", lambda: FakeCount(self.counted))
        monkeypatch.setattr(make_room, "unfinished", lambda _session, _parent: self.left)
        monkeypatch.setattr(make_room, "documents", lambda: self.folder)

    def asked(self, name: str) -> list[tuple[object, ...]]:
        """With what something was started, each time."""
        return [arguments for called, *arguments in self.calls if called == name]

    def selection(self) -> Selection:
        """What the archive was started with."""
        selection = self.asked("archive")[-1][0]
        assert isinstance(selection, Selection)
        return selection
