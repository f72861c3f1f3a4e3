"""The preview before mail is moved: why it was sorted out, one mail's headers, what to heed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from textual.geometry import Region
from textual.widgets import OptionList, Static

from mailwizard.demo.mailbox import JUNK
from mailwizard.demo.start import Demo, start
from mailwizard.engine import repair
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.repair import Movable, bring_back, movable, take_back
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.seen.moved import MailMoved
from mailwizard.reading.junk_reasons import Reason
from mailwizard.report.document import document
from mailwizard.report.report import build
from mailwizard.text import language
from mailwizard.ui import plain_rescue
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.screens import step
from tests.ui.plain_walk import walk
from tests.ui.tui_tools import text, until

SIZES = [(80, 24), (120, 40)]


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


@pytest.fixture
def doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    """The older of the two mails is not really the customer's, as our own server found."""

    def with_doubt(session: Session) -> tuple[Movable, ...]:
        found = movable(session)
        forged = (Reason("dmarc-fail", "customer-gmbh.de"),)
        return (*found[:1], *(replace(one, reasons=forged) for one in found[1:]))

    for module in (step, plain_rescue, repair):
        monkeypatch.setattr(module, "movable", with_doubt)


@pytest.fixture
def in_chinese() -> Iterator[None]:
    language.use("zh_CN")
    yield
    language.use("en")


def said(app: WizardApp) -> str:
    return " ".join(text(app).split())


def reason(app: WizardApp) -> str:
    return "".join(str(shown.content) for shown in app.screen.query("#reason").results(Static))


def places(app: WizardApp) -> list[Region]:
    return [app.screen.query_one(f"#{name}").region for name in ("mails", "reason", "answers")]


@pytest.mark.usefixtures("doubtful")
@pytest.mark.parametrize("size", SIZES)
async def test_the_reason_follows_the_cursor_and_nothing_moves(
    signed_in: Session, size: tuple[int, int]
) -> None:
    app = WizardApp(signed_in)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "Move to the inbox (2)" in text(app), 30)
        await pilot.press("home", "enter")
        await until(pilot, lambda: "Why it was sorted out: Its content" in said(app))
        assert "7.2 spam points" in reason(app)
        assert "really from customer-gmbh.de" in reason(app)
        before = places(app)
        assert "[x]!" in text(app)
        await pilot.press("tab", "down")
        await until(pilot, lambda: "identity checks failed" in reason(app))
        assert "Check with the customer by phone before you open attachments." in reason(app)
        assert places(app) == before
        await pilot.press("tab", "home", "enter")
        await until(pilot, lambda: "Move these mails?" in text(app))
        assert "Mails with “!”: 1. Somebody else may" in said(app)
        await pilot.press("enter")
        await until(pilot, lambda: "Moved to the inbox: 2." in text(app), 20)


@pytest.mark.parametrize("size", SIZES)
async def test_one_mail_is_shown_with_its_headers(
    signed_in: Session, size: tuple[int, int]
) -> None:
    app = WizardApp(signed_in)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "Move to the inbox (2)" in text(app), 30)
        await pilot.press("home", "enter")
        await until(pilot, lambda: "Which mails" in text(app))
        await pilot.press("tab", "down", "tab", "right", "enter")
        await until(pilot, lambda: "One mail" in text(app))
        for words in ("Re: Anfrage", "Hans Becker <hans@customer-gmbh.de>", f"Folder: {JUNK}"):
            assert words in text(app)
        await pilot.press("f2")
        await until(pilot, lambda: "Hans Becker" not in text(app))
        assert "hans@customer-gmbh.de" not in text(app)
        await pilot.press("f2")
        await pilot.press("escape")
        await until(pilot, lambda: "Which mails" in text(app))
        assert app.screen.query_one("#mails", OptionList).highlighted == 1
        await pilot.press("escape")
        await until(pilot, lambda: "Step 1" in text(app))


@pytest.mark.usefixtures("in_chinese", "doubtful")
@pytest.mark.parametrize("size", SIZES)
async def test_columns_stand_in_chinese(signed_in: Session, size: tuple[int, int]) -> None:
    app = WizardApp(signed_in)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#answers")) and "2）" in text(app), 30)
        await pilot.press("home", "enter")
        await until(pilot, lambda: bool(app.screen.query("#mails")))
        for strip in app.screen._compositor.render_strips():
            assert strip.cell_length == size[0]
        options = app.screen.query_one("#mails", OptionList).options
        assert len({str(option.prompt).index("KB") for option in options}) == 1


def test_the_plain_wizard_explains_and_shows_one(signed_in: Session) -> None:
    told = walk(signed_in, "Move to", "Show one", "2", "Cancel", "q")
    assert "Why it was sorted out: Its content gave it 7.2 spam points." in told
    assert "Identity: The identity checks passed" in told
    assert "Subject: Re: Anfrage" in told


@pytest.mark.usefixtures("doubtful")
def test_the_plain_wizard_warns(signed_in: Session) -> None:
    told = walk(signed_in, "Move to", "Cancel", "q")
    assert ") ! " in told
    assert "Check with the customer by phone" in told


def again(session: Session) -> None:
    assert session.start_step(Step.SPAM).wait(30)


def test_what_was_changed_is_recorded_and_reported(signed_in: Session) -> None:
    again(signed_in)
    done = bring_back(signed_in, movable(signed_in))
    assert done.wait(20)
    back = take_back(signed_in, done.done)
    assert back.wait(20)
    seen = [o.seen for o in signed_in.investigation.evidence if isinstance(o.seen, MailMoved)]
    assert [(s.folder, s.target, s.undone, s.moved) for s in seen] == [
        (JUNK, "INBOX", False, 2),
        ("INBOX", JUNK, True, 2),
    ]
    assert len(seen[0].uids) == 2
    report = build(signed_in.investigation, language="en", seconds=1.0, redact=True)
    [section] = [
        s for s in document(report).sections if s.title == "What was changed in the mailbox"
    ]
    assert "Moved to the inbox: 2." in str(section.blocks)
    assert f"Moved back to {JUNK}: 2." in str(section.blocks)


def test_a_mail_marked_as_deleted_in_the_inbox_loses_its_mark(signed_in: Session) -> None:
    again(signed_in)
    first = bring_back(signed_in, movable(signed_in))
    assert first.wait(20)
    again(signed_in)
    [moved] = first.done
    marked = take_back(signed_in, [replace(moved, folder="INBOX", way="unmark")])
    assert marked.wait(20)
    again(signed_in)
    [finding, *_rest] = signed_in.findings(Step.SPAM)
    assert (finding.code, finding.data["variant"]) == ("FOUND_IN_TRASH", "marked")
    found = movable(signed_in)
    assert [one.way for one in found] == ["unmark", "unmark"]
    done = bring_back(signed_in, found)
    assert done.wait(20)
    [rescued] = done.done
    assert (len(rescued.moved), rescued.target) == (2, "INBOX")
    again(signed_in)
    assert signed_in.findings(Step.SPAM)[0].code == "IN_INBOX"
    assert not movable(signed_in)
