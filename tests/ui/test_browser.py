"""The browser that is opened on a Wi-Fi's sign-in page, and only where it has a window."""

import webbrowser

import pytest

from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner, Step
from mailwizard.ui.browser import open_page, sign_in_page
from mailwizard.ui.offers import offers
from tests.engine.builders import CASE
from tests.worlds import LoopbackWorld

URL = "http://connect.example/"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    pages: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(pages.append(url)) or True)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return pages


def test_in_a_window(opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert URL in open_page(URL)
    assert opened == [URL]


def test_without_windows_no_text_browser_takes_the_terminal(opened: list[str]) -> None:
    assert "yourself" in open_page(URL)
    assert opened == []


@pytest.mark.usefixtures("opened")
def test_where_none_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    for fault in (webbrowser.Error("none"), OSError("none")):

        def fails(_url: str, why: Exception = fault) -> bool:
            raise why

        monkeypatch.setattr(webbrowser, "open", fails)
        assert "yourself" in open_page(URL)
    monkeypatch.setattr(webbrowser, "open", lambda _url: False)
    assert "yourself" in open_page(URL)


def test_offered_where_a_sign_in_page_is_in_the_way(
    opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Session(Investigation(LoopbackWorld(), CASE))
    assert [offer.id for offer in offers(here, Step.NETWORK)] == ["watch-line"]
    portal = Finding(
        code="CAPTIVE_PORTAL",
        step=Step.NETWORK,
        outcome=Outcome.CAUSE,
        owner=Owner.YOU,
        certainty=Certainty.SURE,
        because=("o1",),
        data={"host": "connect.example"},
    )
    monkeypatch.setattr(Session, "findings", lambda _self, _step: (portal,))
    assert sign_in_page(here) == URL
    first, watch = offers(here, Step.NETWORK)
    assert (first.id, first.urgent, watch.id) == ("open-page", True, "watch-line")
    assert opened == []
