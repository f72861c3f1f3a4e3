"""Refused at one site, signed in at another, in both front ends: the destination is told first."""

import pytest

from mailwizard.engine.session import Session
from mailwizard.model.secret import Secret
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.setting import Setting
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.ports import Options
from mailwizard.ui.tui.widgets.password_input import PasswordInput
from tests.ui.plain_walk import walk
from tests.ui.tui_tools import Replaced, probes, session, text, type_in, until

__all__ = ["probes"]

CN, SG = "imap.qiye.aliyun.com", "imap.sg.aliyun.com"
PASSWORD = "canary7word"
tried: list[tuple[str, str]] = []


@pytest.fixture(autouse=True)
def _two_sites(probes: Replaced) -> None:
    """The mailbox is in Singapore; whoever told the server's name said China."""
    tried.clear()

    def provider(setting: Setting) -> None:
        setting.record(ProviderHint(source="mx", name="x", target="mx1.sg.aliyun.com"))

    def sign_in(setting: Setting) -> None:
        host, port = setting.imap_server
        password = setting.password
        if password is None:
            setting.record(SignIn(host=host, port=port, outcome="not-tried"))
            return
        tried.append((host, password.reveal()))
        good = host == SG
        setting.record(
            SignIn(host=host, port=port, outcome="ok")
            if good
            else SignIn(host=host, port=port, outcome="refused", text="LOGIN failed", reply="NO")
        )

    probes["provider"] = provider
    probes["sign-in"] = sign_in


def at_china() -> Session:
    given = session("lin@acme-trading.com")
    given.move_to(CN)
    given.jump("sign-in")
    return given


async def test_the_screen_offers_the_other_site() -> None:
    app = WizardApp(at_china(), Options())
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, PASSWORD)
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "account")
        await until(pilot, lambda: f"Sign in at {SG} instead" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "sign-in")
        await until(pilot, lambda: f"The password goes to {SG}" in text(app))
        assert app.screen.query_one(PasswordInput).value == ""
        assert tried == [(CN, PASSWORD)]
        await type_in(pilot, PASSWORD)
        await pilot.press("enter")
        await until(pilot, lambda: app.session.walk.here == "spam")
        assert tried == [(CN, PASSWORD), (SG, PASSWORD)]


def test_the_plain_wizard_offers_the_other_site() -> None:
    given = at_china()
    written = walk(given, "1", "1", "1", passwords=[PASSWORD, PASSWORD])
    assert f"Sign in at {SG} instead" in written
    told = written.index(f"The password is sent to {SG} only")
    assert written.index(f"The password is sent to {CN} only") < told
    assert tried == [(CN, PASSWORD), (SG, PASSWORD)]


def test_without_such_records_nothing_more_is_offered(probes: Replaced) -> None:
    del probes["provider"]
    given = at_china()
    written = walk(given, "1", passwords=[PASSWORD])
    assert "Try again with another password" in written
    assert "Sign in at" not in written
    assert given.other_site() is None


def test_a_move_takes_along_neither_the_password_nor_what_was_seen() -> None:
    given = at_china()
    run = given.sign_in(Secret(PASSWORD))
    assert run is not None
    assert run.wait(5)
    assert given.sign_in_state() == "refused"
    given.move_to(SG)
    assert given.investigation.password is None
    assert given.sign_in_state() == "not-tried"
    assert given.investigation.detected.imap_server == (SG, 993)
    assert given.investigation.detected.provider.id == "alimail"
