"""The map of the way in on the screen: it fills, it can be read at both sizes, nothing is cut."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.probes.setting import Setting
from mailwizard.report.layout import cells
from mailwizard.text.language import _, use
from mailwizard.ui.plain_card import way_in_text
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.screens.step import StepScreen
from mailwizard.ui.tui.screens.way_in import WayInScreen
from mailwizard.ui.tui.widgets.way_in import WayInMap
from tests.diagnosis import domain_builders as b
from tests.ui.tui_tools import Replaced, probes, session, text, until

__all__ = ["probes"]

pytestmark = pytest.mark.usefixtures("probes")

SMALL, LARGE = (80, 24), (120, 40)
MX = ("5 mail.oldhost.net", "5 mx1.qiye.aliyun.com", "10 mx2.qiye.aliyun.com")
HOSTS = tuple(record.split()[1] for record in MX)


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> str:
    try:
        use(request.param)
    except KeyError:
        pytest.skip("the Chinese catalogue is not compiled")
    return str(request.param)


def records(*seen: Any) -> Callable[[Setting], None]:
    def probe(setting: Setting) -> None:
        for one in seen:
            setting.record(one)

    return probe


def parent() -> DnsAnswer:
    names = (f"ns1.{b.DOMAIN}", f"ns2.{b.DOMAIN}")
    return b.dns("parent", "192.5.6.30", "NS", "nodata", referral=names)


def mixed(probes: Replaced) -> None:
    """Two providers' exchangers, as the probes would record them."""
    relay = b.reply(554, "Relay access denied", "5.7.1")
    probes["domain"] = records(
        *b.control(),
        *b.public("MX", "answer", *MX),
        b.office("answer", *MX),
        *b.there(*HOSTS),
        b.signed_in(),
    )
    probes["name-servers"] = records(parent(), b.zone(1, "answer", *MX), b.zone(2, "answer", *MX))
    probes["registration"] = records(b.registered())
    probes["door"] = records(
        b.door(HOSTS[0], relay, relay, relay), b.door(HOSTS[1]), b.door(HOSTS[2])
    )
    probes["door-control"] = records(b.other_door())


def app_at_dns() -> WizardApp:
    given = session(f"lin@{b.DOMAIN}")
    given.jump("dns")
    return WizardApp(given)


def on_map(app: WizardApp) -> bool:
    return isinstance(app.screen, WayInScreen) and _("Your mailbox") in text(app)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.usefixtures("language")
async def test_the_whole_way_can_be_read(probes: Replaced, size: tuple[int, int]) -> None:
    mixed(probes)
    app = app_at_dns()
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: not app.session.running("dns") and _("Details") in text(app))  # type: ignore[arg-type]
        app.push_screen(WayInScreen())
        await until(pilot, lambda: on_map(app))
        shown = text(app)
        for host in HOSTS:
            assert host in shown
        assert _("Registry") in shown
        assert _("your address is accepted") in shown
        assert "…" not in shown.replace(_("asking …"), "")
        assert all(cells(line.rstrip()) <= size[0] for line in shown.splitlines())
        drawing = app.screen.query_one(WayInMap)
        assert drawing.max_scroll_y == 0
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, StepScreen))


async def test_it_is_a_choice_of_the_step_also_in_a_small_window(probes: Replaced) -> None:
    mixed(probes)
    app = app_at_dns()
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Check again" in text(app))
        assert not app.screen.query_one("#map").display
        assert "The way in" in text(app)
        await pilot.press("home", *(["right"] * 3), "enter")
        await until(pilot, lambda: on_map(app))


async def test_it_stands_in_the_step_where_there_is_room(probes: Replaced) -> None:
    mixed(probes)
    app = app_at_dns()
    async with app.run_test(size=LARGE) as pilot:
        await until(pilot, lambda: "Check again" in text(app) and "your address is" in text(app))
        card = next(n for n, line in enumerate(text(app).splitlines()) if "What we found" in line)
        assert card < 30
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not app.screen.query_one("#map").display)
        assert "What we found" in text(app)


async def test_it_fills_while_the_probes_run(probes: Replaced) -> None:
    mixed(probes)
    go_on = threading.Event()
    door = probes["door"]

    def late(setting: Setting) -> None:
        go_on.wait(20)
        door(setting)

    probes["door"] = late
    app = app_at_dns()
    async with app.run_test(size=LARGE) as pilot:
        await until(pilot, lambda: "2 of 2 answer" in text(app))
        assert "your address is" not in text(app)
        before = text(app).splitlines()
        card = next(n for n, line in enumerate(before) if "What we found" in line)
        go_on.set()
        await until(pilot, lambda: "your address is accepted" in text(app))
        assert "What we found" in text(app).splitlines()[card]


async def test_names_are_hidden_here_too(probes: Replaced) -> None:
    mixed(probes)
    app = app_at_dns()
    async with app.run_test(size=LARGE) as pilot:
        await until(pilot, lambda: "Check again" in text(app))
        await pilot.press("f2")
        app.push_screen(WayInScreen())
        await until(pilot, lambda: on_map(app))
        assert "acme" not in text(app)
        assert "oldhost" not in text(app)


async def test_details_and_the_plain_wizard_have_it_in_words(probes: Replaced) -> None:
    mixed(probes)
    given = session(f"lin@{b.DOMAIN}")
    given.jump("dns")
    app = WizardApp(given)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Check again" in text(app))
        said = "\n".join(way_in_text(given))
    assert "1. [ok] Registry" in said
    assert "6. [ok] Your mailbox: your address is accepted" in said
    assert not set(said) & set("│├└─")
