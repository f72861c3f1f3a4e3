"""All steps judged together."""

from collections.abc import Callable
from dataclasses import dataclass

from mailwizard.diagnosis import (
    account,
    dns,
    line_watch,
    mailbox,
    network,
    program,
    quota,
    self_test,
    sender,
    steps,
    verdict,
)
from mailwizard.diagnosis.situation import Situation
from mailwizard.diagnosis.steps import StepResult
from mailwizard.model.finding import Finding

Judge = Callable[[Situation], list[Finding]]

JUDGES: tuple[Judge, ...] = (
    network.judge,
    line_watch.judge,
    account.judge,
    mailbox.judge,
    quota.judge,
    self_test.judge,
    dns.judge,
    sender.judge,
    program.judge,
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The judgement: the verdict, all findings in rank order, and each step's result."""

    verdict: Finding
    findings: tuple[Finding, ...]
    steps: tuple[StepResult, ...]

    def of_step(self, step: str) -> tuple[Finding, ...]:
        """The findings of one step, in rank order."""
        return tuple(f for f in self.findings if f.step == step)


def diagnose(situation: Situation) -> Diagnosis:
    """Judges everything seen. Pure: the same evidence in any order gives the same diagnosis."""
    found = [finding for judge in JUDGES for finding in judge(situation)]
    ranked = verdict.rank(found, situation)
    return Diagnosis(
        verdict=ranked[0],
        findings=tuple(ranked),
        steps=steps.results(situation, ranked),
    )
