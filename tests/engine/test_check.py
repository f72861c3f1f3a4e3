"""Everything at once, within its time; and the exit codes of the contract."""

import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.diagnosis.steps import StepResult
from mailwizard.engine.check import check, exit_code
from mailwizard.engine.reopened import Reopened
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner, Step
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.report.comparison import compare
from tests.engine.builders import investigation, replace_plan, stub


def finding(code: str, outcome: Outcome) -> Finding:
    return Finding(
        code=code,
        step=Step.SPAM,
        outcome=outcome,
        owner=Owner.YOU,
        certainty=Certainty.SURE,
        because=("o1",),
    )


def diagnosis(verdict: Finding, *outcomes: Outcome | None) -> Diagnosis:
    steps = zip(Step, (*outcomes, None, None, None, None, None), strict=False)
    return Diagnosis(
        verdict, (verdict,), tuple(StepResult(step, how, None, 0.0) for step, how in steps)
    )


@pytest.mark.parametrize(
    ("verdict", "steps", "code"),
    [
        (Outcome.CAUSE, (Outcome.CAUSE,), 1),
        (Outcome.CAUSE, (Outcome.UNKNOWN,), 1),
        (Outcome.UNKNOWN, (None,), 3),
        (Outcome.CLEAR, (Outcome.CLEAR, Outcome.UNKNOWN), 3),
        (Outcome.CLEAR, (Outcome.CLEAR, Outcome.CLEAR), 0),
        (Outcome.CLEAR, (Outcome.CLEAR, None), 0),
        (Outcome.RISK, (Outcome.RISK, Outcome.CLEAR), 0),
    ],
)
def test_exit_codes(verdict: Outcome, steps: tuple[Outcome | None, ...], code: int) -> None:
    assert exit_code(diagnosis(finding("X", verdict), *steps)) == code


def test_only_the_chosen_steps_and_what_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_plan(
        monkeypatch,
        stub("link", step=Step.NETWORK),
        stub("sign-in", step=None),
        stub("search", step=Step.SPAM, after=("sign-in",)),
    )
    of = investigation()
    check(of, [Step.SPAM], 10)
    assert {o.probe for o in of.evidence.of(ProbeEnded)} == {"sign-in", "search"}


def test_the_time_is_kept_whatever_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = threading.Event()
    replace_plan(
        monkeypatch,
        stub("link", lambda _s: bool(stuck.wait(30)) and None, step=Step.NETWORK),
        stub("gateway", step=Step.NETWORK, after=("link",)),
    )
    of = investigation()
    began = time.monotonic()
    judged = check(of, Step, 1.0)
    assert time.monotonic() - began < 1.5
    stuck.set()
    assert {o.seen.how for o in of.evidence.of(ProbeEnded, "link")} == {"deadline"}
    network = next(result for result in judged.steps if result.step is Step.NETWORK)
    assert network.outcome is Outcome.UNKNOWN


def test_an_interrupt_ends_all_probes(monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = threading.Event()
    replace_plan(monkeypatch, stub("link", lambda _s: bool(stuck.wait(30)) and None))
    of = investigation()

    def interrupt(_states: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(of, Step, 20, interrupt)
    assert {o.seen.how for o in of.evidence.of(ProbeEnded, "link")} == {"stopped"}
    stuck.set()


def test_a_saved_report_is_judged_like_the_investigation_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replace_plan(monkeypatch, stub("link", step=Step.NETWORK))
    of = investigation()
    judged = check(of, Step, 10)
    again = Reopened(of.case, Evidence(of.evidence.all()), of.started)
    assert again.diagnosis() == judged
    assert again.detected.provider == of.detected.provider


def test_what_changed_between_two_judgements() -> None:
    before = diagnosis(finding("FOUND_IN_JUNK", Outcome.CAUSE), Outcome.CAUSE, Outcome.CLEAR)
    after = diagnosis(finding("NEVER_REACHED_US", Outcome.CAUSE), Outcome.CLEAR, Outcome.CLEAR)
    compared = compare(before, after)
    assert [f.code for f in compared.gone] == ["FOUND_IN_JUNK"]
    assert [f.code for f in compared.new] == ["NEVER_REACHED_US"]
    assert [(c.step, c.before, c.after) for c in compared.steps] == [
        (Step.SPAM, Outcome.CAUSE, Outcome.CLEAR)
    ]
    assert not compared.same
    assert compare(before, before).same


def test_a_finding_with_other_words_is_still_the_same() -> None:
    one = finding("FOUND_IN_JUNK", Outcome.CAUSE)
    other = replace(one, data={"folder": "stand-in-1"})
    assert compare(diagnosis(one), diagnosis(other)).same


def test_the_case_of_a_reopened_report_decides_the_provider() -> None:
    case = Case(me="lin@example.com", since=date(2026, 11, 9), provider="alimail")
    assert Reopened(case, Evidence(), datetime.now(UTC)).detected.by == "user"
