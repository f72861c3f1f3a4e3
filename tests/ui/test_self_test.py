"""A test mail to oneself in the demo's world, through both front ends."""

from collections.abc import Iterator

import pytest

from mailwizard.demo.mailbox import INBOX
from mailwizard.demo.start import Demo, start
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.self_test import findings, may_test, send_test_mail
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.secret import Secret
from mailwizard.model.seen.self_test import SelfTest
from mailwizard.ui import plain_self_test
from mailwizard.ui.talk import Talk
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.screens.self_test import SelfTestScreen
from tests.ui.plain_walk import typing
from tests.ui.tui_tools import text, until

SMALL = (80, 24)


def signed_in(demo: Demo) -> Session:
    session = Session(Investigation(demo.world, demo.case))
    run = session.sign_in(demo.password)
    assert run is not None
    assert run.wait(20)
    session.jump(Step.SPAM)
    return session


@pytest.fixture
def session() -> Iterator[Session]:
    with start("junk") as demo:
        here = signed_in(demo)
        yield here
        here.close()


def outcome_of(of: Session) -> SelfTest:
    [observation] = of.investigation.evidence.of(SelfTest)
    return observation.seen


async def test_on_the_screens(session: Session) -> None:
    app = WizardApp(session)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Step 1" in text(app), 30)
        app.push_screen(SelfTestScreen())
        await until(pilot, lambda: "Send a test mail to yourself?" in text(app))
        shown = " ".join(text(app).split())
        assert "from lin@acme-trading.com to lin@acme-trading.com, over smtp.qiye" in shown
        assert "removed again" in shown
        assert not session.investigation.evidence.of(SelfTest)
        await pilot.press("f2")
        await until(pilot, lambda: "acme-trading" not in text(app))
        await pilot.press("f2")
        await pilot.press("enter")
        await until(pilot, lambda: "Stop" in text(app))
        await until(pilot, lambda: "arrived in your inbox" in " ".join(text(app).split()), 30)
        assert "The test mail was removed again." in text(app)
        assert "Test again" in text(app)
        assert outcome_of(session).folder == INBOX
        await pilot.press("end", "enter")
        await until(pilot, lambda: "Send a test mail to yourself?" in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Step 1" in text(app))


async def test_stopped_on_the_screen(session: Session) -> None:
    app = WizardApp(session)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Step 1" in text(app), 30)
        app.push_screen(SelfTestScreen())
        await until(pilot, lambda: "Send it" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Stop" in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "What the test mail tells" in text(app), 20)


def test_cancelled(session: Session) -> None:
    assert "Send it" in said(session, "Cancel")
    assert not session.investigation.evidence.of(SelfTest)


def said(session: Session, *lines: str) -> str:
    written: list[str] = []
    typed = typing(lines)

    def no_password(_prompt: str) -> str:
        raise EOFError

    talk = Talk(lambda: next(typed), written.append, no_password)
    plain_self_test.run(session, talk)
    return "".join(written)


def test_in_the_plain_wizard(session: Session) -> None:
    told = said(session, "Send it", "Test again", "Cancel")
    for words in ("over smtp.qiye.aliyun.com", "Waiting for it", "arrived in your inbox"):
        assert words in told
    assert "The test mail was removed again." in told
    result = outcome_of(session)
    assert result.seconds is not None
    assert result.seconds > 1
    assert [finding.code for finding in findings(session)] == ["SELF_TEST_ARRIVED"]
    assert session.investigation.diagnosis().verdict.code != "SELF_TEST_ARRIVED"


def test_the_mail_in_a_full_mailbox_is_not_taken() -> None:
    with start("mailbox-full") as demo:
        here = signed_in(demo)
        told = said(here, "Send it", "Go on")
        assert "Mailbox full" in told
        assert outcome_of(here).outcome == "rejected"
        here.close()


def test_not_offered_after_a_refusal_and_without_a_password(session: Session) -> None:
    assert may_test(session)
    good = session.investigation.password
    session.investigation.password = Secret("canary-118-not-the-one")
    job = send_test_mail(session)
    assert job.wait(20)
    assert job.result is not None
    assert job.result.outcome == "refused"
    assert not may_test(session)
    observations = repr([o.seen for o in session.investigation.evidence])
    assert "canary-118" not in observations
    session.investigation.password = None
    assert not may_test(session)
    run = session.sign_in(good)
    assert run is not None
    assert run.wait(20)
    assert may_test(session)
