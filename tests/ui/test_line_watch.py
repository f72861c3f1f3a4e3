"""Watching the line in the demo's world, through both front ends."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from mailwizard.demo.start import start
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.line_watch import Pace, findings
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.seen.line_watch import LineWatched
from mailwizard.report.as_html import as_html
from mailwizard.report.as_markdown import as_markdown
from mailwizard.report.as_text import WIDTH, as_text
from mailwizard.report.document import document
from mailwizard.report.layout import cells
from mailwizard.report.report import Report, build
from mailwizard.report.saved import to_json
from mailwizard.text.language import speaking
from mailwizard.ui import plain_line_watch
from mailwizard.ui.offers import offers
from mailwizard.ui.talk import Talk
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.screens.help import HelpScreen
from mailwizard.ui.tui.screens.line_watch import LineWatchScreen
from tests.ui.plain_walk import typing
from tests.ui.tui_tools import text, until

SMALL, LARGE = (80, 24), (120, 40)


class Hurried:
    """A clock that jumps to the next look as soon as one waits for it."""

    def __init__(self, gone: Callable[[int], bool] = lambda _number: False) -> None:
        self.now, self.number, self._gone = 0.0, 0, gone
        self.pace = Pace(clock=lambda: self.now, pause=self._pause, look=self._look)

    def away(self) -> bool:
        return self._gone(self.number)

    def _pause(self, _halt: object, seconds: float) -> None:
        self.now += seconds

    def _look(self, setting: object, number: int) -> None:
        self.number = number
        Pace().look(setting, number)  # type: ignore[arg-type]


@pytest.fixture
def hurried_line() -> Hurried:
    return Hurried(lambda number: number in (4, 5, 12, 13, 20))


@pytest.fixture
def session(hurried_line: Hurried) -> Iterator[Session]:
    with start("never-sent") as demo:
        world = replace(demo.world, away=hurried_line.away, patience=0.05)
        here = Session(Investigation(world, demo.case))
        yield here
        here.close()


def record_of(session: Session) -> LineWatched:
    [observation] = session.investigation.evidence.of(LineWatched)
    return observation.seen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_on_the_screens(
    session: Session,
    hurried_line: Hurried,
    size: tuple[int, int],
) -> None:
    session.jump(Step.NETWORK)
    app = WizardApp(session)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "Step 3" in text(app), 30)
        await until(pilot, lambda: not session.running(Step.NETWORK), 30)
        await until(pilot, lambda: "Watch the line" in text(app))
        await pilot.press("f7")
        await until(pilot, lambda: "How long shall we watch the line?" in text(app))
        screen = app.screen
        assert isinstance(screen, LineWatchScreen)
        screen._pace = hurried_line.pace
        assert "Nobody signs in" in " ".join(text(app).split())
        assert "2 minutes" in text(app)
        assert "15 minutes" in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "Watch again" in text(app), 60)
        shown = text(app)
        assert "....XX......XX......X..." in shown
        assert "The line was watched to the end." in shown
        assert "drops out now and then" in " ".join(shown.split())
        assert "X no answer" in shown
        for rung in ("Cable or Wi-Fi", "Router", "Name service", "Internet", "Webmail"):
            assert rung in shown
        await pilot.press("f2")
        await until(pilot, lambda: "show names" in text(app))
        assert "....XX......XX......X..." in text(app)
        await pilot.press("end", "enter")
        await until(pilot, lambda: "How long shall we watch the line?" in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Step 3" in text(app))
    assert record_of(session).looks == 24


async def test_stopped_and_left_on_the_screen(session: Session) -> None:
    session.jump(Step.NETWORK)
    app = WizardApp(session)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Watch the line" in text(app), 30)
        app.push_screen(LineWatchScreen(Pace(every=0.05)))
        await until(pilot, lambda: "How long" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Time left" in text(app) and "Router" in text(app), 10)
        await until(pilot, lambda: "ms" in text(app), 20)
        assert "Esc stop" in text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "You have stopped watching the line." in text(app), 10)
        assert "Watch again" in text(app)
        assert "Esc back" in text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Step 3" in text(app), 10)
    assert record_of(session).stopped


async def test_the_chart_fits_a_terminal_that_was_made_smaller(session: Session) -> None:
    app = WizardApp(session)
    async with app.run_test(size=LARGE) as pilot:
        screen = LineWatchScreen(Pace(every=0.05))
        app.push_screen(screen)
        await until(pilot, lambda: "How long" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: " ms" in text(app), 20)
        await pilot.press("escape")
        await until(pilot, lambda: "You have stopped" in text(app), 10)
        for size in (SMALL, LARGE, SMALL):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: _right_end(text(app)) == screen._width)
            assert screen._width == screen.query_one("#prompt").size.width


def _right_end(shown: str) -> int:
    """Where the chart's row of the router ends, counted from its beginning."""
    [row] = [
        line.rstrip()
        for line in shown.splitlines()
        if line.rstrip().endswith(" ms") and "Router  " in line
    ]
    return len(row) - row.index("Router")


async def test_the_key_does_nothing_elsewhere(session: Session) -> None:
    app = WizardApp(session)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f7")
        assert not isinstance(app.screen, LineWatchScreen)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await until(pilot, lambda: "F7" in text(app))
        await pilot.press("f7")
        assert not isinstance(app.screen, LineWatchScreen)


def said(session: Session, pace: Pace | None, *lines: str) -> str:
    written: list[str] = []
    typed = typing(lines)

    def no_password(_prompt: str) -> str:
        raise EOFError

    told = plain_line_watch.run(
        session, Talk(lambda: next(typed), written.append, no_password), pace
    )
    assert told == bool(findings(session))
    return "".join(written)


def test_in_the_plain_wizard(session: Session, hurried_line: Hurried) -> None:
    told = said(session, hurried_line.pace, "1")
    assert "Nobody signs in" in " ".join(told.split())
    assert told.count("Router: no answer\n") == 3
    assert told.count("Router: answers\n") == 4  # at first, and back again three times
    assert "Internet: answers\n" in told
    assert "Router: 19 answered, 5 without an answer" in " ".join(told.split())
    assert told.count("no answer for 10 s") == 2
    assert "drops out now and then" in " ".join(told.split())
    assert [offer.id for offer in offers(session, Step.NETWORK)] == ["watch-line"]


def test_back_in_the_plain_wizard(session: Session) -> None:
    assert "2 minutes" in said(session, None, "b")
    assert not session.investigation.evidence.of(LineWatched)


def report(session: Session, *, redact: bool) -> Report:
    return build(session.investigation, language="en", redact=redact, seconds=1.0)


@pytest.mark.parametrize("redact", [False, True])
def test_the_report_draws_it_again(
    session: Session, hurried_line: Hurried, *, redact: bool
) -> None:
    said(session, hurried_line.pace, "1")
    told = report(session, redact=redact)
    page = document(told)
    plain, markdown, html = as_text(page), as_markdown(page), as_html(page)
    row = "Router              ....XX......XX......X..."
    assert f"  {row}\n" in plain
    assert f"    {row}\n" in markdown
    assert "<pre>Cable or Wi-Fi" in html
    assert row in html
    for form in (plain, markdown, html):
        assert "The line, over time" in form
        assert "24 looks" in " ".join(form.split())
    assert all(cells(line) <= WIDTH for line in plain.splitlines())
    saved = to_json(told)
    assert '"ooooxxoooooo' in saved
    for form in (plain, markdown, html, saved):
        assert ("acme-trading" in form) is not redact


def test_without_a_watch_the_report_says_nothing_of_it(session: Session) -> None:
    assert "over time" not in as_text(document(report(session, redact=False)))


def test_in_chinese_the_chart_keeps_its_columns(session: Session, hurried_line: Hurried) -> None:
    said(session, hurried_line.pace, "1")
    with speaking("zh_CN"):
        plain = as_text(document(report(session, redact=False)))
    rows = [line for line in plain.splitlines() if line.endswith("........................")]
    assert len({cells(line) for line in rows}) == 1
