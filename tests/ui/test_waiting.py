"""Waiting for the re-sent mail on both front ends: in the demo, and with a state laid out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from mailwizard.actions.waiting import Came, Waiting
from mailwizard.demo.scenarios import BY_ID
from mailwizard.demo.start import Demo, start
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.engine.waiting import WaitJob, may_wait, wait_for_mail
from mailwizard.model.case import Case
from mailwizard.model.finding import Step
from mailwizard.model.seen.arrived import MailArrived, Waited
from mailwizard.model.seen.mailbox import MailSeen
from mailwizard.text.language import LANGUAGES, speaking
from mailwizard.ui import plain_waiting
from mailwizard.ui.talk import Talk
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.screens.question import QuestionScreen
from mailwizard.ui.tui.screens.waiting import WaitScreen
from tests.ui.plain_walk import typing
from tests.ui.tui_tools import text, until

SMALL = (80, 24)
SENDER = "hans@customer-gmbh.de"


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    monkeypatch.setitem(BY_ID, "bounce-spf", replace(BY_ID["bounce-spf"], resent_after=1.0))
    with start("bounce-spf") as running:
        yield running


@pytest.fixture
def signed_in(demo: Demo) -> Iterator[Session]:
    session = Session(Investigation(demo.world, demo.case))
    run = session.sign_in(demo.password)
    assert run is not None
    assert run.wait(20)
    assert may_wait(session)
    yield session
    session.close()


def mail(folder: str = "垃圾邮件", **changes: object) -> MailSeen:
    seen = MailSeen(
        folder=folder,
        uid=7,
        arrived=datetime(2026, 11, 23, 9, tzinfo=UTC),
        dated=None,
        from_address=SENDER,
        from_name="Hans Becker",
        subject="Angebot 2026-118",
        size=4000,
        unread=True,
        matched="address",
    )
    return replace(seen, **changes)  # type: ignore[arg-type]


class LaidOut:
    """A waiting whose state a test lays out."""

    def __init__(self, session: Session) -> None:
        self.case: Case = replace(session.investigation.case, sender=SENDER)
        self.known = False
        self.stopped = False
        self.now = Waiting(
            state="waiting",
            since=datetime(2026, 11, 23, 9, tzinfo=UTC),
            waited=28.0,
            left=754.0,
            inbox_looked=3.0,
            others_looked=8.0,
            at_once=True,
            folders=(14, 15),
            others=3,
        )
        session.waiting = cast("WaitJob", self)

    def snapshot(self) -> Waiting:
        return self.now

    def stop(self) -> None:
        self.stopped = True
        self.now = replace(self.now, state="stopped")

    def arrives(self, role: str = "junk", folder: str = "垃圾邮件") -> None:
        came = Came(mail=mail(folder), role=role, waited=30.0, expected=True)  # type: ignore[arg-type]
        self.now = replace(self.now, state="arrived", came=(came,))


async def test_from_the_question_to_the_folder(signed_in: Session) -> None:
    signed_in.jump("hand-over")
    app = WizardApp(signed_in)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Result" in text(app))
        app.push_screen(WaitScreen())
        await until(pilot, lambda: "How long shall we wait" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Time left: 9:5" in text(app))
        assert signed_in.waiting is not None
        await until(pilot, lambda: "The mail has arrived." in text(app), 20)
        assert "your spam folder (垃圾邮件)" in text(app)
        assert "Angebot 2026-118" in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "Step 1" in text(app))
        await until(pilot, lambda: not signed_in.running(Step.SPAM), 30)
        assert signed_in.findings(Step.SPAM)[0].code == "FOUND_IN_JUNK"
        assert "waiting" not in text(app).splitlines()[0]
    evidence = signed_in.investigation.evidence
    assert [o.seen.role for o in evidence.of(MailArrived)] == ["junk"]
    assert [o.seen.outcome for o in evidence.of(Waited)] == ["arrived"]


async def test_behind_other_screens_the_top_line_tells(demo: Demo) -> None:
    session = Session(Investigation(demo.world, demo.case))
    session.sign_in(None)
    job = LaidOut(session)
    session.jump(Step.SPAM)
    app = WizardApp(session)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "F5 waiting 12:34" in text(app).splitlines()[0])
        await pilot.press("f5")
        await until(pilot, lambda: "Waiting for mail from hans@" in text(app))
        assert "14 of 15 folders" in text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Step 1" in text(app))
        assert not job.stopped
        job.arrives()
        await until(pilot, lambda: isinstance(app.screen, WaitScreen))
        await until(pilot, lambda: "The mail has arrived." in text(app))
        await pilot.press("enter")  # was on its way when the screen came up
        assert isinstance(app.screen, WaitScreen)
        await pilot.press("escape")
        await until(pilot, lambda: "Step 1" in text(app))
        await until(pilot, lambda: "F5" not in text(app).splitlines()[0])


async def test_nobody_is_disturbed_while_typing(demo: Demo) -> None:
    session = Session(Investigation(demo.world, demo.case))
    job = LaidOut(session)
    app = WizardApp(session)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "waiting 12:34" in text(app))
        job.arrives()
        await until(pilot, lambda: "F5 THE MAIL HAS COME" in text(app).splitlines()[0])
        assert isinstance(app.screen, QuestionScreen)
        await pilot.press("f5")
        await until(pilot, lambda: "Angebot 2026-118" in text(app))
        assert job.known


@pytest.mark.parametrize(
    ("state", "words", "first"),
    [
        ("reconnecting", "The connection is gone", "Leave it running"),
        ("over", "The time is over", "Wait again"),
        ("stopped", "You have stopped", "Wait again"),
        ("refused", "does not take your password", "Sign in again"),
        ("failed", "fault of this program", "Wait again"),
    ],
)
async def test_every_state_in_words(demo: Demo, state: str, words: str, first: str) -> None:
    session = Session(Investigation(demo.world, demo.case))
    job = LaidOut(session)
    job.now = replace(job.now, state=state)  # type: ignore[arg-type]
    app = WizardApp(session)
    async with app.run_test(size=(60, 24)) as pilot:
        app.push_screen(WaitScreen())
        await until(pilot, lambda: words in text(app) and f"> {first}" in text(app))


async def test_stop_and_names_hidden(demo: Demo) -> None:
    session = Session(Investigation(demo.world, demo.case))
    job = LaidOut(session)
    app = WizardApp(session)
    async with app.run_test(size=SMALL) as pilot:
        app.push_screen(WaitScreen())
        await until(pilot, lambda: SENDER in text(app))
        await pilot.press("f2")
        await until(pilot, lambda: "customer-gmbh" not in text(app) and "Waiting" in text(app))
        await pilot.press("right", "enter")
        await until(pilot, lambda: job.stopped and "You have stopped" in text(app))


async def test_not_offered_without_a_mailbox(demo: Demo) -> None:
    session = Session(Investigation(demo.world, demo.case))
    app = WizardApp(session)
    async with app.run_test(size=SMALL) as pilot:
        app.push_screen(WaitScreen())
        await until(pilot, lambda: "Sign in first" in text(app) and "10 minutes" not in text(app))


async def test_every_language_shows_it(demo: Demo) -> None:
    session = Session(Investigation(demo.world, demo.case))
    LaidOut(session).arrives()
    for language in LANGUAGES:
        with speaking(language):
            app = WizardApp(session)
            async with app.run_test(size=SMALL) as pilot:
                app.push_screen(WaitScreen())
                await until(pilot, lambda app=app: "Angebot 2026-118" in text(app))


def plain(session: Session, *lines: str) -> tuple[bool, str]:
    """Whether the mail came, and what was said."""
    written: list[str] = []
    typed = typing(lines)
    talk = Talk(lambda: next(typed), written.append, lambda _prompt: "")
    came = plain_waiting.run(session, talk)
    return came, "".join(written)


def test_in_the_plain_wizard(signed_in: Session) -> None:
    came, said = plain(signed_in, "10 minutes")
    assert came
    assert said.index("Waiting for mail") < said.index("The mail has arrived.")
    assert "10 of 10 folders" in said
    assert "your spam folder" in said
    assert signed_in.node.id == "spam"
    assert signed_in.findings(Step.SPAM)[0].code == "FOUND_IN_JUNK"


def test_ctrl_c_ends_the_waiting_only(signed_in: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_job: WaitJob, _talk: Talk) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(plain_waiting, "_follow", interrupted)
    came, said = plain(signed_in, "2 hours")
    assert not came
    assert "You have stopped the waiting." in said


def test_not_begun_in_the_plain_wizard(demo: Demo, signed_in: Session) -> None:
    assert plain(signed_in, "b") == (False, plain(signed_in, "b")[1])
    assert signed_in.waiting is None
    fresh = Session(Investigation(demo.world, demo.case))
    came, said = plain(fresh)
    assert not came
    assert "Sign in first" in said
    assert not may_wait(fresh)
    assert may_wait(signed_in)


def test_another_sender_ends_it(signed_in: Session) -> None:
    job = wait_for_mail(signed_in, 10)
    signed_in.answer("since", (datetime.now(UTC) - timedelta(days=3)).date().isoformat())
    assert not job.wait(0.3)
    signed_in.answer("customer", "nobody@elsewhere.example")
    assert job.wait(1)
    assert job.snapshot().state == "stopped"


def test_closing_the_session_ends_it(signed_in: Session) -> None:
    job = wait_for_mail(signed_in, 10)
    again = wait_for_mail(signed_in, 10)
    assert job.wait(1)
    assert not again.ended
    signed_in.close()
    assert again.wait(0.5)
