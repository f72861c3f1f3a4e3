"""Sessions for the tests of the screens: probes replaced, or none at all; ways to read a screen."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from textual.pilot import Pilot

from mailwizard import plan
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.engine.world import standard_controls
from mailwizard.model.case import Case
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.ui.tui.app import WizardApp

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class NoWorld:
    """Leads nowhere: the probes are replaced."""

    def __init__(self) -> None:
        self.controls = standard_controls()

    def now(self) -> datetime:
        return NOW

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"a test's probe asked the world for {name}")


def session(me: str = "") -> Session:
    """A session at its very beginning, or with the own address given already."""
    case = Case(me=me, since=date(2026, 11, 9))
    return Session(Investigation(NoWorld(), case))  # type: ignore[arg-type]


Replaced = dict[str, Callable[[Setting], None]]


@pytest.fixture
def probes(monkeypatch: pytest.MonkeyPatch) -> Replaced:
    """What each probe does, by its id; those not listed have nothing to ask."""
    does: Replaced = {}

    def nothing(_setting: Setting) -> None:
        raise Skipped("no-sender")

    monkeypatch.setattr(plan.Probe, "load", lambda probe: does.get(probe.id, nothing))
    return does


def blocked(_setting: Setting) -> None:
    """Hangs in a call that nothing breaks off."""
    threading.Event().wait(60)


def text(app: WizardApp) -> str:
    """What the screen shows, without styles."""
    height = app.size.height
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip) for strip in lines[:height])


async def until(pilot: Pilot[None], holds: Callable[[], bool], seconds: float = 8.0) -> None:
    """Waits until something holds, with no fixed sleep; fails with the screen otherwise."""
    for _try in range(int(seconds / 0.02)):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError(text(pilot.app))  # type: ignore[arg-type]


async def type_in(pilot: Pilot[None], words: str) -> None:
    """Types words, key by key."""
    for char in words:
        await pilot.press({"@": "at", ".": "full_stop", "-": "minus"}.get(char, char))
