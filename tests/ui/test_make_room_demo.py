"""Room is made in the demo's full mailbox, through both front ends: saved, compared, deleted."""

import mailbox as mail_files
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailwizard.demo.mailbox import INBOX
from mailwizard.demo.start import Demo, start
from mailwizard.engine import space
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.ui import plain_make_room
from mailwizard.ui.offers import offers
from mailwizard.ui.talk import Talk
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.screens.make_room import MakeRoomScreen
from tests.ui.plain_walk import typing
from tests.ui.tui_tools import text, until


@pytest.fixture
def demo() -> Iterator[Demo]:
    with start("mailbox-full") as running:
        yield running


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("mailwizard.engine.make_room.documents", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def signed_in(demo: Demo) -> Iterator[Session]:
    session = Session(Investigation(demo.world, demo.case))
    run = session.sign_in(demo.password)
    assert run is not None
    assert run.wait(20)
    session.jump(Step.QUOTA)
    yield session
    session.close()


def in_mailbox(session: Session) -> int:
    """How many mails there are."""
    job = space.measure(session)
    assert job.wait(30)
    found = job.snapshot()
    assert found.complete
    return found.count


def saved(folder: Path) -> int:
    """How many mails the mbox files hold."""
    return sum(len(mail_files.mbox(path, create=False)) for path in folder.rglob("*.mbox"))


def talk(session: Session, *lines: str) -> tuple[bool, str]:
    """Plays a script; whether anything was deleted, and what was written."""
    written: list[str] = []
    typed = typing(lines)

    def no_password(_prompt: str) -> str:
        raise EOFError

    spoken = Talk(lambda: next(typed), written.append, no_password)
    return plain_make_room.run(session, spoken), "".join(written)


async def test_on_the_screens(signed_in: Session, documents: Path) -> None:
    before = in_mailbox(signed_in)
    app = WizardApp(signed_in)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Your mailbox is full" in text(app), 30)
        assert "make-room" in {offer.id for offer in offers(signed_in, Step.QUOTA)}
        app.push_screen(MakeRoomScreen())
        await until(pilot, lambda: "In all: 850 mails" in text(app), 30)
        assert "归档" in text(app)
        await pilot.press("tab", "tab", "home", "enter")
        await until(pilot, lambda: "Which mails shall leave" in text(app))
        # The oldest alone: three years and more.
        await pilot.press("tab", "right", "right", "tab", "tab", "home", "enter")
        await until(pilot, lambda: str(documents)[:30] in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "> Decide later" in text(app), 60)
        kept = saved(documents)
        assert 100 < kept < 400
        assert in_mailbox(signed_in) == before
        await pilot.press("end", "enter")
        await until(pilot, lambda: "So much room is free again" in text(app), 60)
        assert in_mailbox(signed_in) == before - kept
        assert saved(documents) == kept
        await pilot.press("home", "enter")
        await until(pilot, lambda: "Step 2" in text(app))
        await until(pilot, lambda: not signed_in.running(Step.QUOTA), 30)
        assert "MAILBOX_FULL" not in {f.code for f in signed_in.findings(Step.QUOTA)}


async def test_junk_is_emptied_on_the_screens(signed_in: Session) -> None:
    before = in_mailbox(signed_in)
    app = WizardApp(signed_in)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Your mailbox is full" in text(app), 30)
        app.push_screen(MakeRoomScreen())
        await until(pilot, lambda: "Empty the spam folder (7)" in text(app), 30)
        await pilot.press("tab", "tab", "home", "right", "right", "enter")
        await until(pilot, lambda: "Delete 7 mails" in text(app), 20)
        await pilot.press("end", "enter")
        await until(pilot, lambda: "Deleted from the mailbox: 7 mails" in text(app), 20)
        assert in_mailbox(signed_in) == before - 7


def test_in_the_plain_wizard(signed_in: Session, documents: Path) -> None:
    before = in_mailbox(signed_in)
    freed, said = talk(
        signed_in,
        "Save old",
        "Older",
        "3 years",
        "Folders",
        "2",
        "That is right",
        "Go on",
        str(documents),
        "Single",
        "Delete",
        "Back to the step",
    )
    assert freed
    for words in (
        "In all: 850 mails",
        "Inbox",
        "###",
        "[ ] Inbox",
        "Folders: 8 of 10",
        "Free on this disk",
        "compared one by one",
        "So much room is free again",
    ):
        assert words in said
    files = list(documents.rglob("*.eml"))
    assert len(files) > 50
    assert not any(INBOX in path.parts for path in files)
    assert in_mailbox(signed_in) == before - len(files)


def test_kept_and_taken_up_again_in_the_plain_wizard(signed_in: Session, documents: Path) -> None:
    before = in_mailbox(signed_in)
    freed, said = talk(
        signed_in,
        "Save old",
        "Older",
        "3 years",
        "Go on",
        "",
        "One file",
        "Decide later",
        "The archive of",
        "Keep",
        "Show: Senders",
        "Show: Largest",
        "Back to the step",
    )
    assert not freed
    assert said.count("compared one by one") == 2
    assert "王芳 (wangfang@huamao-parts.example)"[:12] in said
    assert in_mailbox(signed_in) == before
    assert saved(documents) > 100


def test_trash_is_emptied_in_the_plain_wizard(signed_in: Session) -> None:
    before = in_mailbox(signed_in)
    freed, said = talk(
        signed_in,
        "Empty the deleted",
        "Cancel",
        "Empty the deleted",
        "Delete",
        "Back to the step",
    )
    assert freed
    assert "Delete 57 mails" in said
    assert "The oldest is of" in said
    assert in_mailbox(signed_in) == before - 57


def test_back_leaves_everything(signed_in: Session) -> None:
    freed, _said = talk(signed_in, "Save old", "b", "Save old", "Go on", "b", "b", "b")
    assert not freed
