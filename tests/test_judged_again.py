"""What the demo's probes saw, judged in another order and after saving: the same."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailwizard.demo.start import start
from mailwizard.diagnosis.diagnose import Diagnosis, diagnose
from mailwizard.diagnosis.situation import Situation
from mailwizard.engine.check import check
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.reopened import Reopened
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Step
from mailwizard.model.observation import Observation
from mailwizard.providers.detect import detect
from mailwizard.report import saved
from mailwizard.report.report import build

# One of each kind of answer.
SCENARIOS = (
    "healthy-inbox",
    "junk",
    "mailbox-full",
    "wrong-password",
    "gateway-down",
    "mx-mixed",
    "bounce-wrong-address",
    "never-sent",
    "no-password",
)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@cache
def looked_into(scenario: str) -> Investigation:
    """A demo run, as it stood when all probes had ended."""
    with start(scenario) as demo:
        investigation = Investigation(demo.world, demo.case)
        investigation.password = demo.password
        investigation.inputs = demo.inputs
        for question, value in demo.scenario.answers.items():
            investigation.answer(question, value)
        check(investigation, Step, 60)
    return investigation


def judged(case: Case, observations: Iterable[Observation[Any]]) -> Diagnosis:
    """The judgement of this evidence alone."""
    evidence = Evidence(observations)
    found = detect(case, evidence)
    return diagnose(Situation(case, evidence, found.provider, found.by))


def in_order_of(observations: list[Observation[Any]]) -> list[Observation[Any]]:
    """The same things seen, as if they had come in this order: other ids, other times."""
    return [
        replace(o, id=f"o{number}", at=AT + timedelta(milliseconds=number))
        for number, o in enumerate(observations, 1)
    ]


def said(diagnosis: Diagnosis) -> tuple[Any, ...]:
    """All that is concluded, but for the ids and the time."""
    return (
        diagnosis.verdict.code,
        sorted(
            (f.code, f.outcome, f.owner, f.certainty, len(f.because)) for f in diagnosis.findings
        ),
        [(result.step, result.outcome, result.folders) for result in diagnosis.steps],
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
@settings(max_examples=40, deadline=None)
@given(order=st.randoms(use_true_random=False))
def test_the_order_in_which_things_were_seen_decides_nothing(scenario: str, order: Any) -> None:
    run = looked_into(scenario)
    observations = run.evidence.all()
    usual = said(judged(run.case, in_order_of(observations)))
    order.shuffle(observations)
    assert said(judged(run.case, in_order_of(observations))) == usual


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_saved_report_is_judged_as_it_was(scenario: str) -> None:
    run = looked_into(scenario)
    first = run.diagnosis()
    text = saved.to_json(build(run, language="en", seconds=1.0))
    again = saved.read(text)
    reopened = Reopened(again.case, again.evidence, again.started)
    assert (reopened.detected.provider, reopened.detected.by) == (
        run.detected.provider,
        run.detected.by,
    )
    assert reopened.diagnosis().verdict == first.verdict
    assert reopened.diagnosis().findings == first.findings
    assert [replace(s, seconds=0) for s in reopened.diagnosis().steps] == [
        replace(s, seconds=0) for s in first.steps
    ]
