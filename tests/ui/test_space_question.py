"""What webmail shows as used and in all: typed in both front ends, skipped, and judged."""

from collections.abc import Callable

import pytest

from mailwizard import tree
from mailwizard.engine.answers import take
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.text.typed import NotUnderstood
from mailwizard.ui.tui.app import WizardApp
from tests.engine.builders import session as bare_session
from tests.ui.plain_walk import walk
from tests.ui.tui_tools import probes, session, text, type_in, until

__all__ = ["probes"]

QUESTION = tree.LOOK_UPS["webmail-space"]


def codes(at: Session) -> list[str]:
    """What the quota step has found."""
    return [finding.code for finding in at.findings(Step.QUOTA)]


def test_an_answer_is_kept_in_its_normal_form_and_can_be_skipped() -> None:
    at = bare_session()
    take(at, QUESTION, "已用 4.8G，共 5G")
    assert at.answers["webmail-space"] == "4.8 GB / 5 GB"
    assert codes(at) == ["QUOTA_NEARLY_FULL"]
    take(at, QUESTION, at.answers["webmail-space"])
    assert at.answers["webmail-space"] == "4.8 GB / 5 GB"
    take(at, QUESTION, " ")
    assert at.answers["webmail-space"] == ""
    assert codes(at) == []


@pytest.mark.parametrize("typed", ["nearly full", "4.8 GB", "x" * 5000, "5/4.8 GB"])
def test_what_is_not_clear_changes_nothing(typed: str) -> None:
    at = bare_session()
    take(at, QUESTION, "5 GB of 5 GB")
    with pytest.raises(NotUnderstood):
        take(at, QUESTION, typed)
    assert codes(at) == ["MAILBOX_FULL"]


def test_in_the_plain_wizard() -> None:
    at = bare_session()
    at.jump(Step.QUOTA)
    said = walk(at, "look", "4", "full", "4.8 GB of 5 GB", "continue")
    assert "for example 4.8 GB of 5 GB, or 96 %" in said
    assert "Type what is used and what there is in all" in said
    assert at.answers["webmail-space"] == "4.8 GB / 5 GB"
    assert codes(at) == ["QUOTA_NEARLY_FULL"]


def test_in_the_plain_wizard_it_can_be_skipped() -> None:
    at = bare_session()
    at.jump(Step.QUOTA)
    walk(at, "look", "1", "", "continue")
    assert at.answers["webmail-space"] == ""
    assert codes(at) == ["MAILBOX_FULL"]


@pytest.mark.usefixtures("probes")
async def test_on_the_screen() -> None:
    at = session(me="lin@acme-trading.com")
    at.jump(Step.QUOTA)
    app = WizardApp(at)

    def shows(words: str) -> Callable[[], bool]:
        return lambda: words in text(app)

    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, shows("> Look in webmail instead"))
        await pilot.press("enter")
        await until(pilot, shows("What does webmail say"))
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, shows("How much space does webmail show"))
        await type_in(pilot, "full")
        await pilot.press("enter")
        await until(pilot, shows("Type what is used"))
        app.screen.query_one("#typed").value = "4.8/5G"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, shows("Step 2"))
        await until(pilot, shows("nearly full: 96 %"))
    assert at.answers["webmail-space"] == "4.8 GB / 5 GB"


@pytest.mark.usefixtures("probes")
async def test_on_the_screen_it_can_be_skipped() -> None:
    at = session(me="lin@acme-trading.com")
    at.jump(Step.QUOTA)
    app = WizardApp(at)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "> Look in webmail instead" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "What does webmail say" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "How much space does webmail show" in text(app))
        await pilot.press("tab", "down", "enter")
        await until(pilot, lambda: "Your mailbox is full" in text(app))
    assert at.answers["webmail-space"] == ""
