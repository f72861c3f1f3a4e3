"""The password: never shown, not even its length; never copied; never in a crash or a log."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.setting import Setting
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.ports import Options
from mailwizard.ui.tui.widgets.password_input import MASK, PasswordInput
from tests.ui.tui_tools import Replaced, blocked, probes, session, text, type_in, until

__all__ = ["probes"]

pytestmark = pytest.mark.usefixtures("probes")

CANARY = "canary7word"
SMALL = (80, 24)


def app_at_sign_in(**options: object) -> WizardApp:
    given = session("lin@acme-trading.com")
    given.jump("sign-in")
    return WizardApp(given, Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("length", [1, 3, 8, 11])
async def test_the_field_shows_no_length(length: int) -> None:
    app = app_at_sign_in()
    async with app.run_test(size=SMALL) as pilot:
        await type_in(pilot, CANARY[:length])
        await pilot.pause()
        field = app.screen.query_one(PasswordInput)
        strip = field.render_line(0)
        assert strip.text.strip() == MASK
        assert [s.text for s in strip if s.style and s.style.bgcolor][-1:] is not None
        assert app.cursor_position.x == field.content_region.x + len(MASK)


async def test_copying_cutting_and_selecting_are_blocked() -> None:
    app = app_at_sign_in()
    async with app.run_test(size=SMALL) as pilot:
        await type_in(pilot, CANARY)
        for keys in (("ctrl+shift+a",), ("home", "shift+end"), ("shift+home",)):
            await pilot.press(*keys)
            await pilot.press("ctrl+c")
            await pilot.press("ctrl+x")
        await pilot.double_click("#password")
        await pilot.press("ctrl+c")
        assert app.clipboard == ""
        assert app.screen.query_one(PasswordInput).value == CANARY
        assert CANARY not in text(app)
        assert app.is_running


async def test_it_goes_into_a_secret_and_out_of_the_field(probes: Replaced) -> None:
    taken: list[Secret | None] = []

    def sign_in(setting: Setting) -> None:
        taken.append(setting.password)
        setting.record(SignIn(host="imap.example", port=993, outcome="ok"))

    probes["sign-in"] = sign_in
    app = app_at_sign_in()
    async with app.run_test(size=SMALL) as pilot:
        await type_in(pilot, CANARY)
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "spam")
        assert taken[0] is not None
        assert taken[0].reveal() == CANARY
        assert all(CANARY not in repr(o) for o in app.session.investigation.evidence)


async def test_without_a_password_it_goes_on() -> None:
    app = app_at_sign_in()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Type the password first" in text(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.session.walk.here == "spam")
        assert app.session.declined


async def test_refused_leads_to_the_account_screen_and_back(probes: Replaced) -> None:
    probes["sign-in"] = lambda setting: setting.record(
        SignIn(host="imap.example", port=993, outcome="refused", text="NO LOGIN failed")
    )
    app = app_at_sign_in()
    async with app.run_test(size=SMALL) as pilot:
        await type_in(pilot, CANARY)
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "account")
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "sign-in")
        assert app.screen.query_one(PasswordInput).value == ""


async def test_escape_stops_a_sign_in_that_hangs(probes: Replaced) -> None:
    probes["sign-in"] = blocked
    app = app_at_sign_in()
    async with app.run_test(size=SMALL) as pilot:
        await type_in(pilot, CANARY)
        await pilot.press("enter")
        await until(pilot, lambda: "Esc stop" in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Stopped. Nothing was changed." in text(app))
        assert app.session.walk.here == "sign-in"


class Store:
    def __init__(self, available: bool) -> None:
        self._available = available
        self.kept: dict[str, Secret] = {}

    def available(self) -> bool:
        return self._available

    def get(self, address: str) -> Secret | None:
        return self.kept.get(address)

    def set(self, address: str, password: Secret) -> bool:
        self.kept[address] = password
        return True


async def test_keeping_is_only_offered_where_it_works() -> None:
    app = app_at_sign_in(password_store=Store(available=False))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause(0.2)
        assert "Remember" not in text(app)


async def test_it_is_kept_after_it_was_right(probes: Replaced) -> None:
    probes["sign-in"] = lambda setting: setting.record(
        SignIn(host="imap.example", port=993, outcome="ok")
    )
    store = Store(available=True)
    app = app_at_sign_in(password_store=store)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Remember in this computer's keyring" in text(app))
        await type_in(pilot, CANARY)
        app.screen.query_one("#keep").value = True
        await pilot.press("enter")
        await until(pilot, lambda: "lin@acme-trading.com" in store.kept)
        assert store.kept["lin@acme-trading.com"].reveal() == CANARY


async def test_a_kept_one_is_offered_first(probes: Replaced) -> None:
    probes["sign-in"] = lambda setting: setting.record(
        SignIn(host="imap.example", port=993, outcome="ok")
    )
    store = Store(available=True)
    store.kept["lin@acme-trading.com"] = Secret(CANARY)
    app = app_at_sign_in(password_store=store)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "> Use the password kept" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "spam")
        assert app.session.investigation.password is not None


def test_a_crash_prints_no_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(_app: WizardApp) -> None:
        password = CANARY
        raise ValueError(password + " is wrong")

    monkeypatch.setattr(WizardApp, "on_mount", crash)
    app = WizardApp(session())
    app.run(headless=True)
    printed = "".join(capsys.readouterr())
    assert app.return_code == 1
    assert CANARY not in printed
    assert "ValueError" in printed
    assert "Please report it" in printed


def test_a_log_of_keys_is_never_written(tmp_path: Path) -> None:
    """TEXTUAL_LOG would record every key: the way in drops it before Textual is loaded."""
    log = tmp_path / "keys.log"
    code = (
        "from mailwizard.ui.tui.run import run\n"
        "from mailwizard.ui.tui import app\n"
        "from tests.ui.tui_tools import session\n"
        "import textual.app\n"
        "async def pressing(pilot):\n"
        "    for char in 'canary7word': await pilot.press(char)\n"
        "    pilot.app.exit()\n"
        "original = textual.app.App.run\n"
        "textual.app.App.run = lambda self, **k: original(self, headless=True,"
        " auto_pilot=pressing)\n"
        "given = session('lin@acme-trading.com'); given.jump('sign-in')\n"
        "raise SystemExit(run(given, language='en'))\n"
    )
    environment = {**os.environ, "TEXTUAL_LOG": str(log), "TEXTUAL": "debug,devtools"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert not log.exists() or "key" not in log.read_text()
