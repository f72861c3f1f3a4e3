"""Every scenario, with the real probes and the real diagnosis, leads to its answer."""

import threading

import pytest

from mailwizard import plan
from mailwizard.demo.scenario import Scenario
from mailwizard.demo.scenarios import BY_ID, SCENARIOS
from mailwizard.demo.start import start
from mailwizard.diagnosis.codes import CODES
from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.engine.investigation import Investigation
from mailwizard.model.finding import Outcome
from mailwizard.model.seen.run import ProbeEnded

SECONDS = 60.0


def look_into(scenario: Scenario) -> tuple[Diagnosis, list[str]]:
    """The diagnosis of a scenario, and the probes that crashed."""
    with start(scenario.id) as demo:
        investigation = Investigation(demo.world, demo.case)
        investigation.password = demo.password
        investigation.inputs = demo.inputs
        for question, value in scenario.answers.items():
            investigation.answer(question, value)
        run = investigation.start(plan.PROBES, seconds=SECONDS)
        try:
            assert run.wait(SECONDS + 2)
            crashed = [
                f"{o.probe}: {o.seen.reason}"
                for o in investigation.evidence.of(ProbeEnded)
                if o.seen.how == "crashed"
            ]
            return investigation.diagnosis(), crashed
        finally:
            run.stop()
            investigation.close()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_the_verdict_is_the_scenarios(scenario: Scenario) -> None:
    diagnosis, crashed = look_into(scenario)
    assert not crashed
    codes = [(f.code, f.outcome.value, f.certainty.value) for f in diagnosis.findings]
    verdict = diagnosis.verdict
    assert (verdict.code, verdict.owner) == (scenario.verdict, scenario.owner), codes
    assert verdict.because
    accused = [f.code for f in diagnosis.findings if f.outcome is Outcome.CAUSE]
    assert accused == [scenario.verdict], "only one thing is wrong in each scenario"


def test_one_for_each_kind_of_answer() -> None:
    assert len(BY_ID) == len(SCENARIOS) >= 12
    assert {scenario.verdict for scenario in SCENARIOS} <= set(CODES)
    assert {"healthy-inbox", "never-sent", "no-password"} <= set(BY_ID)


def test_a_demo_leaves_no_thread_behind() -> None:
    with start("never-sent"):
        assert any(thread.name == "demo servers" for thread in threading.enumerate())
    assert not any(thread.name == "demo servers" for thread in threading.enumerate())
