"""Moving found mail to the inbox, in the demo's world, through both front ends."""

from collections.abc import Iterator

import pytest
from textual.widgets import OptionList

from mailwizard.demo.mailbox import JUNK
from mailwizard.demo.start import Demo, start
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.repair import movable
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.seen.mailbox import FolderSearch
from mailwizard.ui.tui.app import WizardApp
from tests.ui.plain_walk import walk
from tests.ui.tui_tools import text, until

SMALL = (80, 24)


@pytest.fixture
def demo() -> Iterator[Demo]:
    with start("junk") as running:
        yield running


@pytest.fixture
def signed_in(demo: Demo) -> Iterator[Session]:
    session = Session(Investigation(demo.world, demo.case))
    run = session.sign_in(demo.password)
    assert run is not None
    assert run.wait(20)
    session.jump(Step.SPAM)
    yield session
    session.close()


def found(session: Session, folder: str) -> int:
    """How many of the customer's mails the last search has seen in a folder."""
    searches = session.investigation.evidence.of(FolderSearch)
    return sum(len(o.seen.hits) for o in searches if o.seen.folder == folder)


def code(session: Session) -> str:
    return session.findings(Step.SPAM)[0].code


async def test_moved_on_the_screens_and_taken_back(signed_in: Session) -> None:
    app = WizardApp(signed_in)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Move to the inbox (2)" in text(app), 30)
        await pilot.press("home", "enter")
        await until(pilot, lambda: "Which mails" in text(app))
        assert "[x]" in text(app)
        assert "Hans Becker" in text(app)
        await pilot.press("f2")
        await until(pilot, lambda: "Hans Becker" not in text(app))
        await pilot.press("f2")
        await until(pilot, lambda: "Hans Becker" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Move these mails?" in text(app))
        assert f"2 ({JUNK}: 2)" in " ".join(text(app).split())
        assert found(signed_in, JUNK) == 2
        await pilot.press("enter")
        await until(pilot, lambda: "Moved to the inbox: 2." in text(app), 20)
        for words in ("> That solved it", "Undo", "信任发件人"):
            assert words in text(app)
        await pilot.press("right", "enter")
        await until(pilot, lambda: code(signed_in) == "IN_INBOX", 30)
        assert (found(signed_in, JUNK), found(signed_in, "INBOX")) == (0, 2)
        assert not movable(signed_in)
        assert "Step 1" in text(app)


async def test_undo_and_a_smaller_choice(signed_in: Session) -> None:
    app = WizardApp(signed_in)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Move to the inbox (2)" in text(app), 30)
        await pilot.press("home", "enter")
        await until(pilot, lambda: "Which mails" in text(app))
        await pilot.press("tab")
        await until(pilot, lambda: app.screen.query_one(OptionList).has_focus)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "Move to the inbox (1)" in text(app))
        await pilot.press("tab", "home", "enter")
        await until(pilot, lambda: "Move these mails?" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Moved to the inbox: 1." in text(app), 20)
        await pilot.press("end", "enter")
        await until(pilot, lambda: f"Moved back to {JUNK}: 1." in text(app), 20)
        await pilot.press("escape")
        await until(pilot, lambda: "Step 1" in text(app))
        await until(pilot, lambda: not signed_in.running(Step.SPAM), 30)
        assert (code(signed_in), found(signed_in, JUNK)) == ("FOUND_IN_JUNK", 2)


async def test_nothing_is_moved_without_the_confirmation(signed_in: Session) -> None:
    app = WizardApp(signed_in)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Move to the inbox (2)" in text(app), 30)
        await pilot.press("home", "enter")
        await until(pilot, lambda: "Which mails" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Move these mails?" in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Which mails" in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Step 1" in text(app))
    run = signed_in.start_step(Step.SPAM)
    assert run.wait(30)
    assert found(signed_in, JUNK) == 2


def test_moved_in_the_plain_wizard(signed_in: Session) -> None:
    said = walk(signed_in, "Move to", "Move", "Check again", "q")
    assert "Moved to the inbox: 2." in said
    assert "信任发件人" in said
    assert code(signed_in) == "IN_INBOX"


def test_taken_back_in_the_plain_wizard(signed_in: Session) -> None:
    said = walk(signed_in, "Move to", "Leave one", "1", "Move", "Undo", "q")
    assert "Moved to the inbox: 1." in said
    assert f"Moved back to {JUNK}: 1." in said
    assert (code(signed_in), found(signed_in, JUNK)) == ("FOUND_IN_JUNK", 2)


def test_cancelled_in_the_plain_wizard(signed_in: Session) -> None:
    walk(signed_in, "Move to", "Cancel", "again", "q")
    assert found(signed_in, JUNK) == 2


def test_not_offered_for_what_the_user_saw_in_webmail(demo: Demo) -> None:
    session = Session(Investigation(demo.world, demo.case))
    session.sign_in(None)
    session.answer("webmail-junk", "yes")
    assert code(session) == "FOUND_IN_JUNK"
    assert not movable(session)
