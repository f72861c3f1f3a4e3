"""The wizard without a screen: moving, answering, starting and repeating probes."""

import threading
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailwizard import tree
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import Interface
from mailwizard.model.seen.user import Answer
from mailwizard.probes.setting import Setting
from tests.engine.builders import replace_plan, session, stub
from tests.worlds import NO_LINK

QUESTIONS = ("me", "customer", "since", "about", "bounce", "others", "colleagues", "internal")


def answered(at: Session) -> dict[str, str]:
    """What is believed of the user's answers."""
    return {o.seen.question: o.seen.value for o in at.investigation.evidence.of(Answer)}


def signs_in(outcome: str) -> object:
    def sign_in(setting: Setting) -> None:
        setting.record(SignIn(host="h", port=993, outcome=outcome))  # type: ignore[arg-type]

    return sign_in


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["yes", "no", "unknown"]), max_size=12))
def test_back_after_an_answer_is_the_state_before_it(choices: list[str]) -> None:
    at = session()
    at.walk = at.walk.to("bounce")
    for choice in choices:
        question = at.node
        if not isinstance(question, tree.Question):
            break
        before = at.walk, answered(at)
        at.answer(question.id, choice)
        at.advance()
        at.back()
        assert (at.walk, answered(at)) == before
        assert at.answers[question.id] == choice, "it is offered again"
        at.answer(question.id, choice)
        at.advance()


def test_the_questions_come_in_their_order() -> None:
    at = session()
    way = [at.walk.here]
    for question in QUESTIONS:
        if question == "bounce":
            at.answer("bounce", "no")
        way.append(at.advance().id)
    assert tuple(way) == (*QUESTIONS, "sign-in")


def test_the_end_stays_the_end() -> None:
    at = session()
    at.jump("hand-over")
    assert at.advance().id == "hand-over"
    assert at.jump("hand-over").id == "hand-over"
    assert at.back().id == "me"


@pytest.mark.parametrize(
    ("outcome", "state", "target"),
    [
        ("ok", "ok", Step.SPAM),
        ("refused", "refused", "account"),
        ("no-password-login", "refused", "account"),
        ("unreachable", "unreachable", Step.NETWORK),
        ("not-verified", "unreachable", Step.NETWORK),
        ("silent", "unreachable", Step.NETWORK),
        ("unavailable", "unreachable", Step.NETWORK),
    ],
)
def test_where_signing_in_leads(
    monkeypatch: pytest.MonkeyPatch, outcome: str, state: str, target: str
) -> None:
    replace_plan(monkeypatch, stub("sign-in", signs_in(outcome), step=None))  # type: ignore[arg-type]
    at = session()
    at.jump("sign-in")
    run = at.sign_in(Secret("word"))
    assert run is not None
    assert run.wait(5)
    assert at.sign_in_state() == state
    assert at.advance().id == target


def test_without_a_password_nothing_is_started() -> None:
    at = session()
    at.jump("sign-in")
    assert at.sign_in(None) is None
    assert at.sign_in_state() == "declined"
    assert at.advance().id == Step.SPAM


def test_a_second_sign_in_replaces_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def sign_in(setting: Setting) -> None:
        assert setting.password is not None
        tried.append(setting.password.reveal())
        outcome = "ok" if setting.password.reveal() == "right" else "refused"
        setting.record(SignIn(host="h", port=993, outcome=outcome))  # type: ignore[arg-type]

    replace_plan(monkeypatch, stub("sign-in", sign_in, step=None))
    at = session()
    for word, state in (("wrong", "refused"), ("right", "ok")):
        run = at.sign_in(Secret(word))
        assert run is not None
        assert run.wait(5)
        assert at.sign_in_state() == state
    assert tried == ["wrong", "right"]
    assert "right" not in repr(at.investigation.evidence.all())


def test_a_step_starts_what_it_needs_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    replace_plan(
        monkeypatch,
        stub("sign-in", lambda _s: ran.append("sign-in"), step=None),
        stub("search", lambda _s: ran.append("search"), step=Step.SPAM, after=("sign-in",)),
        stub("quota", lambda _s: ran.append("quota"), step=Step.QUOTA, after=("sign-in",)),
    )
    at = session()
    assert not at.begun(Step.SPAM)
    assert at.start_step(Step.SPAM).wait(5)
    assert at.begun(Step.SPAM)
    assert not at.running(Step.SPAM)
    assert at.start_step(Step.QUOTA).wait(5)
    assert at.start_step(Step.QUOTA).wait(5)
    assert ran == ["sign-in", "search", "quota", "quota"]


def test_everything_starts_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    replace_plan(
        monkeypatch,
        stub("link", lambda _s: ran.append("link"), step=Step.NETWORK),
        stub("domain", lambda _s: ran.append("domain"), step=Step.DNS),
    )
    at = session()
    assert at.start_step(Step.NETWORK).wait(5)
    assert at.start_everything().wait(5)
    assert ran == ["link", "domain"]
    assert [state.status for state in at.states(Step.NETWORK)] == ["done"]


def test_close_returns_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = threading.Event()
    replace_plan(monkeypatch, stub("link", lambda _s: bool(stuck.wait(20)) and None))
    at = session()
    at.start_step(Step.NETWORK)
    assert at.running(Step.NETWORK)
    began = time.monotonic()
    at.close()
    assert time.monotonic() - began < 0.5
    assert not at.running(Step.NETWORK)
    stuck.set()


def test_another_sender_forgets_what_was_seen_for_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replace_plan(monkeypatch, stub("sender-domain", step=Step.SENDER))
    at = session()
    assert at.start_step(Step.SENDER).wait(5)
    at.answer("customer", "somebody@else.example")
    assert not at.begun(Step.SENDER)
    assert at.investigation.case.sender == "somebody@else.example"


def test_what_was_asked_over_a_broken_line_is_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cable was out: as soon as it is looked at again, nobody's silence of then counts."""
    plugged = threading.Event()

    def link(setting: Setting) -> None:
        address = ("10.0.0.5",) if plugged.is_set() else ()
        card = Interface(name="eth0", addresses=address, kind="cable")
        setting.record(replace(NO_LINK, interfaces=(card,) if address else ()))

    ran: list[str] = []
    replace_plan(
        monkeypatch,
        stub("link", link),
        stub("domain", lambda _s: ran.append("domain"), step=Step.DNS),
        stub("search", lambda _s: ran.append("search"), step=Step.SPAM),
    )
    at = session()
    assert at.start_everything().wait(5)
    assert at.investigation.line_broken
    assert sorted(ran) == ["domain", "search"]
    plugged.set()
    assert at.start_step(Step.NETWORK).wait(5)
    assert not at.investigation.line_broken
    assert not at.begun(Step.DNS)
    assert at.begun(Step.SPAM)
    assert at.start_everything().wait(5)
    assert ran.count("domain") == 2
    assert ran.count("search") == 1
    assert at.start_step(Step.NETWORK).wait(5)
    assert at.begun(Step.DNS), "a line that is in order takes nothing away"


def test_everything_is_looked_at_again_after_the_line_was_broken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[str] = []

    def link(setting: Setting) -> None:
        ran.append("link")
        setting.record(NO_LINK)

    replace_plan(monkeypatch, stub("link", link))
    at = session()
    assert at.start_everything().wait(5)
    assert at.start_everything().wait(5)
    assert ran == ["link", "link"]
