"""The whole wizard against the demo's world, from the first question to the result."""

from collections.abc import Iterator

import pytest

from mailwizard.demo.start import Demo, start
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.model.case import Case
from mailwizard.text import language
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.screens.letter import LetterScreen
from mailwizard.ui.tui.screens.report import ReportScreen
from tests.ui.tui_tools import text, type_in, until

SMALL = (80, 24)


@pytest.fixture
def demo(request: pytest.FixtureRequest) -> Iterator[Demo]:
    with start(request.param) as started:
        yield started


def app_for(demo: Demo) -> WizardApp:
    return WizardApp(Session(Investigation(demo.world, Case(me="", since=demo.case.since))))


async def questions(pilot, app: WizardApp, demo: Demo) -> None:
    await type_in(pilot, demo.case.me)
    await pilot.press("enter")
    await until(pilot, lambda: app.session.walk.here == "customer")
    await type_in(pilot, demo.case.sender)
    await pilot.press("enter")
    await until(pilot, lambda: app.session.walk.here == "since")
    await pilot.press("1", "4", "enter")
    await until(pilot, lambda: app.session.walk.here == "about")
    await pilot.press("enter")
    await until(pilot, lambda: app.session.walk.here == "bounce")
    await pilot.press("down", "down", "enter")
    for question in ("others", "colleagues", "internal"):
        await until(pilot, lambda question=question: app.session.walk.here == question)
        await pilot.press("down", "down", "enter")
    await until(pilot, lambda: app.session.walk.here == "sign-in")


async def choose(pilot, app: WizardApp, label: str) -> None:
    """Moves to a choice with the arrows alone, and does it."""
    await pilot.press("home")
    for _try in range(12):
        if f"> {label}" in text(app):
            await pilot.press("enter")
            return
        await pilot.press("down")
        await pilot.pause()
    raise AssertionError(text(app))


@pytest.mark.parametrize("demo", ["junk"], indirect=True)
async def test_found_in_junk_with_the_keyboard_alone(demo: Demo, tmp_path) -> None:
    app = app_for(demo)
    async with app.run_test(size=SMALL) as pilot:
        await questions(pilot, app, demo)
        await type_in(pilot, demo.password.reveal())
        await pilot.press("enter")
        for step in ("spam", "quota", "network", "dns", "sender"):
            await until(pilot, lambda step=step: app.session.walk.here == step, 30)
            await until(pilot, lambda: "Check again" in text(app), 40)
            if step == "spam":
                assert "The mail is in your spam folder." in text(app)
                assert "Who can fix it: you" in text(app)
            await choose(pilot, app, "Continue")
        await until(pilot, lambda: "In one sentence" in text(app))
        shown = text(app)
        assert "The mail is in your spam folder." in shown
        assert "Who must act: you" in shown
        assert "Report" in shown
        await choose(pilot, app, "Letter to the customer")
        await until(pilot, lambda: isinstance(app.screen, LetterScreen))
        await pilot.press("escape")
        await until(pilot, lambda: "In one sentence" in text(app))
        await choose(pilot, app, "Report")
        await until(pilot, lambda: isinstance(app.screen, ReportScreen))
        assert demo.case.me not in app.screen.query_one("#text").text
        await pilot.press("enter")
        field = app.screen.query_one("#file")
        await until(pilot, lambda: field.has_focus)
        field.value = str(tmp_path / "missing" / "report.txt")
        await pilot.press("enter")
        await until(pilot, lambda: "The folder for" in text(app))
        field.value = str(tmp_path / "report.txt")
        await pilot.press("enter")
        await until(pilot, lambda: "Saved as" in text(app))
        saved = (tmp_path / "report.txt").read_text()
        assert "spam folder" in saved
        assert demo.password.reveal() not in saved


@pytest.mark.parametrize("demo", ["wrong-password"], indirect=True)
async def test_a_wrong_password_then_webmail_instead(demo: Demo) -> None:
    app = app_for(demo)
    async with app.run_test(size=SMALL) as pilot:
        await questions(pilot, app, demo)
        await type_in(pilot, "wrong")
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "account", 30)
        await choose(pilot, app, "Go on without")
        await until(pilot, lambda: app.session.walk.here == "spam")
        await until(pilot, lambda: "> Look in webmail instead" in text(app), 30)
        await pilot.press("enter")
        await until(pilot, lambda: "look in the spam folder" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "What we found" in text(app))
        assert app.session.investigation.diagnosis().verdict.code == "FOUND_IN_JUNK"


@pytest.mark.parametrize("demo", ["gateway-down"], indirect=True)
async def test_check_everything_opens_the_network_step(demo: Demo) -> None:
    app = app_for(demo)
    async with app.run_test(size=SMALL) as pilot:
        await questions(pilot, app, demo)
        await pilot.press("f3")
        await until(pilot, lambda: app.session.walk.here == "network", 70)
        await until(pilot, lambda: "Your office's router does not answer." in text(app))
        for word in ("Who can fix it", "Continue", "Check again", "x problem    Router"):
            assert word in text(app), word


@pytest.mark.parametrize("demo", ["junk"], indirect=True)
async def test_hidden_names_are_on_no_screen(demo: Demo) -> None:
    app = app_for(demo)
    async with app.run_test(size=SMALL) as pilot:
        await questions(pilot, app, demo)
        await pilot.press("f2")
        await type_in(pilot, demo.password.reveal())
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "spam", 30)
        await until(pilot, lambda: "Check again" in text(app), 40)
        assert "customer-1.example" in text(app)
        for name in ("customer-gmbh", "acme-trading", "Angebot"):
            assert name not in text(app)


@pytest.mark.parametrize("demo", ["junk"], indirect=True)
async def test_in_chinese(demo: Demo) -> None:
    language.use("zh_CN")
    try:
        app = app_for(demo)
        async with app.run_test(size=SMALL) as pilot:
            await questions(pilot, app, demo)
            await type_in(pilot, demo.password.reveal())
            await pilot.press("enter")
            await until(pilot, lambda: app.session.walk.here == "spam", 30)
            await until(pilot, lambda: not app.session.running(app.session.node.step), 40)
            for line in text(app).splitlines():
                assert len(line) <= 80
    finally:
        language.use("en")
