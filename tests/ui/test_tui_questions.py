"""The questions: keyboard alone, sentences that help, the old answer kept, Esc, languages."""

from datetime import date

import pytest

from mailwizard.text import language
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.ports import Options
from mailwizard.ui.tui.screens.bounce import BoundedArea
from tests.ui.tui_tools import probes, session, text, type_in, until

__all__ = ["probes"]

pytestmark = pytest.mark.usefixtures("probes")

SMALL = (80, 24)


async def answer_first_three(pilot, app) -> None:
    await type_in(pilot, "lin@acme-trading.com")
    await pilot.press("enter")
    await until(pilot, lambda: "Whose mail is missing?" in text(app))
    await type_in(pilot, "customer-gmbh.de")
    await pilot.press("enter")
    await until(pilot, lambda: "Since when" in text(app))
    await pilot.press("1", "4", "enter")
    await until(pilot, lambda: "Do you know its subject" in text(app))
    await pilot.press("enter")
    await until(pilot, lambda: "Did the customer get" in text(app))


async def test_answers_go_into_the_case() -> None:
    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        await answer_first_three(pilot, app)
        case = app.session.investigation.case
        assert (case.me, case.sender) == ("lin@acme-trading.com", "customer-gmbh.de")
        assert case.since == date(2026, 11, 9)


async def test_what_cannot_be_read_gets_a_sentence_and_stays() -> None:
    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        await type_in(pilot, "lin")
        await pilot.press("enter")
        await until(pilot, lambda: "Type the whole address" in text(app))
        assert "lin" in text(app)
        assert app.session.walk.here == "me"


async def test_markup_in_what_was_typed_is_shown_as_it_is() -> None:
    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        app.screen.query_one("#typed").value = "[bold red]x[/]@[@click=app.quit]y"
        await pilot.press("enter")
        await until(pilot, lambda: "[bold red]x[/]" in text(app))
        assert app.session.walk.here == "me"


async def test_back_keeps_the_old_answer() -> None:
    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        await answer_first_three(pilot, app)
        await pilot.press("escape", "escape", "escape")
        await until(pilot, lambda: "customer-gmbh.de" in text(app))
        assert app.session.walk.here == "customer"
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "since")
        assert app.session.investigation.case.sender == "customer-gmbh.de"


async def test_escape_at_the_beginning_stays() -> None:
    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("escape", "escape")
        assert "What is your own mail address?" in text(app)


async def test_a_choice_with_the_arrows_and_the_real_cursor() -> None:
    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        await answer_first_three(pilot, app)
        await pilot.press("down", "down")
        await pilot.pause()
        line = text(app).splitlines()[app.cursor_position.y]
        assert line[app.cursor_position.x :].startswith("> No")
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "others")
        assert app.session.answers["bounce"] == "no"


async def test_a_choice_with_the_mouse() -> None:
    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        await answer_first_three(pilot, app)
        assert await pilot.click("#answers", offset=(4, 3))
        await until(pilot, lambda: app.session.walk.here == "others")
        assert app.session.answers["bounce"] == "unknown"


async def test_the_bounce_pasted_is_bounded() -> None:
    from textual import events

    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        await answer_first_three(pilot, app)
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "bounce-text")
        area = app.screen.query_one(BoundedArea)
        area.post_message(events.Paste("550 5.1.1 " + "x\n" * 600_000))
        await until(pilot, lambda: "more than 1 MB" in text(app))
        assert 900_000 < len(area.whole) <= 1_000_000
        await pilot.press("tab", "enter")
        await until(pilot, lambda: app.session.walk.here == "others")
        assert app.session.investigation.inputs.bounce.startswith(b"550 5.1.1")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "It is empty"), (b"\xff\xd8\xff\xe0JFIF", "This is a picture"), (None, "no file")],
)
async def test_a_bounce_file_that_is_none(tmp_path, content, sentence) -> None:
    file = tmp_path / "bounce.eml"
    if content is not None:
        file.write_bytes(content)
    app = WizardApp(session())
    async with app.run_test(size=(120, 40)) as pilot:
        await answer_first_three(pilot, app)
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "bounce-text")
        app.screen.query_one(BoundedArea).text = str(file)
        await pilot.press("tab", "enter")
        await until(pilot, lambda: sentence in text(app))
        assert app.session.walk.here == "bounce-text"
        assert str(file) in app.screen.query_one(BoundedArea).text


async def test_sixty_columns_are_enough() -> None:
    app = WizardApp(session())
    async with app.run_test(size=(60, 24)) as pilot:
        await answer_first_three(pilot, app)
        assert "First some questions" in text(app)
        assert "I don't know" in text(app)
        assert "F10" in text(app)


async def test_the_language_switches_and_what_was_typed_stays() -> None:
    app = WizardApp(session())
    try:
        async with app.run_test(size=SMALL) as pilot:
            await type_in(pilot, "lin@ac")
            await pilot.press("f4")
            await until(pilot, lambda: language.current() == "zh_CN")
            await until(pilot, lambda: "lin@ac" in text(app))
            assert app.screen.query_one("#typed").has_focus
            for _others in language.LANGUAGES.keys() - {"en", "zh_CN"}:
                await pilot.press("f4")
            await pilot.press("f4")
            await until(pilot, lambda: "What is your own mail address?" in text(app))
    finally:
        language.use("en")


async def test_hiding_names_puts_dots_over_what_was_typed() -> None:
    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        await type_in(pilot, "wang@acme.com")
        await pilot.press("f2")
        await until(pilot, lambda: "wang" not in text(app))
        await pilot.press("f2")
        await until(pilot, lambda: "wang@acme.com" in text(app))


async def test_help_opens_and_escape_closes_it() -> None:
    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f1")
        await until(pilot, lambda: "not tested: it was not tried" in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "What is your own mail address?" in text(app))


async def test_a_mistake_in_the_organisations_file_is_on_the_first_screen() -> None:
    app = WizardApp(session(), Options(notice=lambda: f"Look ({language.current()})."))
    try:
        async with app.run_test(size=SMALL) as pilot:
            assert "Look (en)." in text(app)
            await pilot.press("f4")
            await until(pilot, lambda: "Look (zh_CN)." in text(app))
    finally:
        language.use("en")
