"""A step: rows that stand before they start, a card that is readable, stopping, quitting."""

import os
import signal
import time

import pytest
from textual.filter import Monochrome, NoColor

from mailwizard.model.seen.mailbox import Quota, QuotaResource
from mailwizard.probes.setting import Setting
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.widgets.probe_table import ProbeTable
from tests.ui.tui_tools import Replaced, blocked, probes, session, text, type_in, until

__all__ = ["probes"]

pytestmark = pytest.mark.usefixtures("probes")

SMALL = (80, 24)


def app_at(node: str) -> WizardApp:
    given = session("lin@acme-trading.com")
    given.jump(node)
    return WizardApp(given)


def full(setting: Setting) -> None:
    setting.record(
        Quota(
            supported=True,
            resources=(
                QuotaResource(root="", resource="STORAGE", used=5_000_000, limit=5_120_000),
            ),
        )
    )


async def test_rows_stand_where_they_stood_when_they_end(probes: Replaced) -> None:
    probes["gateway"] = blocked
    app = app_at("network")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "> running" in text(app))
        before = text(app).splitlines()
        row = next(n for n, line in enumerate(before) if "Router" in line)
        card = next(n for n, line in enumerate(before) if "What we found" in line)
        await pilot.press("escape")
        await until(pilot, lambda: "Check again" in text(app))
        after = text(app).splitlines()
        assert "Router" in after[row]
        assert "What we found" in after[card]


async def test_escape_stops_then_goes_back(probes: Replaced) -> None:
    probes["quota"] = blocked
    app = app_at("quota")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Esc stop" in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Esc back" in text(app))
        assert app.session.walk.here == "quota"
        await pilot.press("escape")
        await until(pilot, lambda: app.session.walk.here == "me")


async def test_a_long_run_says_so_and_how_to_stop(
    probes: Replaced, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailwizard.text.rows.SLOW_SECONDS", 0.2)
    probes["quota"] = blocked
    app = app_at("quota")
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "takes longer than usual" in text(app))


async def test_what_was_seen_and_the_choices_are_on_one_screen(probes: Replaced) -> None:
    probes["quota"] = full
    app = app_at("quota")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "97 % full" in text(app))
        await until(pilot, lambda: "Check again" in text(app))
        for word in ("Step 2", "What we found", "Continue", "Details", "F10"):
            assert word in text(app), word


async def test_look_ups_follow_each_other_and_lead_back() -> None:
    app = app_at("spam")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "> Look in webmail instead" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "look in the spam folder" in text(app))
        assert "Look here:" in text(app)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "folder of deleted mail" in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "> No" in text(app))
        await pilot.press("enter", "down", "enter", "down", "down", "enter")
        await until(pilot, lambda: "log of received mail" in text(app))
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: "Step 1" in text(app))
        answers = app.session.answers
        assert (answers["webmail-junk"], answers["webmail-log"]) == ("no", "absent")


async def test_that_solved_it_leads_to_the_end_and_back() -> None:
    app = app_at("dns")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "That solved it" in text(app))
        while "> That solved it" not in text(app):
            await pilot.press("down")
            await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "solved")
        await pilot.press("escape")
        await until(pilot, lambda: app.session.walk.here == "dns")
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "sender")


async def test_check_everything_opens_what_explains() -> None:
    app = app_at("me")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f3")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        expected = app.session.explaining_step
        await until(pilot, lambda: app.session.walk.here == expected())
        assert app.session.walk.here != "me"


async def test_check_everything_needs_an_address() -> None:
    app = WizardApp(session())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        assert app.session.walk.here == "me"
        assert not app.session.begun(None)


@pytest.mark.parametrize("key", ["f10", "ctrl+q"])
async def test_quitting_takes_less_than_a_second_with_a_blocked_probe(
    probes: Replaced, key: str
) -> None:
    probes["quota"] = blocked
    app = app_at("quota")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "> running" in text(app))
        started = time.monotonic()
        await pilot.press(key)
    assert time.monotonic() - started < 1.0


async def test_what_ends_because_one_quits_opens_no_screen(probes: Replaced) -> None:
    """Signing in is broken off by quitting: the step that would follow must not be built."""
    probes["sign-in"] = blocked
    app = app_at("sign-in")
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "word")
        await pilot.press("enter")
        await until(pilot, lambda: "asking" in text(app))
        here = app.screen
        app._leave()
        app.session.jump("network")
        app.show_node()
        assert app.screen is here
    assert app.return_code == 0


async def test_wide_screens_have_the_tree_beside() -> None:
    app = app_at("network")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Check again" in text(app))
        assert app.screen.query_one("#tree-column").display
        assert not app.screen.query_one("#tree-line").display
        assert app.screen.query_one(ProbeTable).size.height >= 10


async def test_narrow_screens_shorten_the_tree() -> None:
    app = app_at("network")
    async with app.run_test(size=(60, 24)) as pilot:
        await until(pilot, lambda: "Check again" in text(app))
        assert "Step 3 of 6" in text(app)


async def test_without_colour_there_are_no_greys_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's own way to drop colours leaves greys, which vanish on some backgrounds."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_at("network")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Check again" in text(app))
        await pilot.press("f6")
        assert app.native_ansi_color
        kinds = {type(each) for each in app._filters}
        assert NoColor in kinds
        assert Monochrome not in kinds


async def test_a_signal_to_end_quits_with_the_terminal_restored() -> None:
    app = WizardApp(session())
    async with app.run_test(size=(80, 24)) as pilot:
        os.kill(os.getpid(), signal.SIGTERM)
        await until(pilot, lambda: not app.is_running or app._exit)
