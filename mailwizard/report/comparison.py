"""What changed between two judgements of one mailbox, an older and a newer one."""

from dataclasses import dataclass

from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.model.finding import Finding, Outcome, Step


@dataclass(frozen=True, slots=True)
class StepChange:
    """One step whose outcome is another now; None if it was never begun."""

    step: Step
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """``gone``: findings of the older one only; ``new``: of the newer one only; ``still``: both.

    Findings are the same if their codes are: what they name may be written with stand-ins.
    """

    verdict_before: Finding
    verdict_after: Finding
    steps: tuple[StepChange, ...]
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    still: tuple[Finding, ...]

    @property
    def same(self) -> bool:
        """Whether nothing changed that matters."""
        codes = (self.verdict_before.code, self.verdict_after.code)
        return codes[0] == codes[1] and not (self.steps or self.gone or self.new)


def compare(before: Diagnosis, after: Diagnosis) -> Comparison:
    """Compares two judgements made by the same version of the program."""
    old_codes = {finding.code for finding in before.findings}
    new_codes = {finding.code for finding in after.findings}
    outcomes = {result.step: result.outcome for result in before.steps}
    return Comparison(
        verdict_before=before.verdict,
        verdict_after=after.verdict,
        steps=tuple(
            StepChange(result.step, outcomes.get(result.step), result.outcome)
            for result in after.steps
            if outcomes.get(result.step) != result.outcome
        ),
        gone=tuple(f for f in before.findings if f.code not in new_codes),
        new=tuple(f for f in after.findings if f.code not in old_codes),
        still=tuple(f for f in after.findings if f.code in old_codes),
    )
