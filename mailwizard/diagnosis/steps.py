"""Each step's own result: the gravest outcome of its findings, and what was covered."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Finding, Outcome, Step
from mailwizard.model.seen.mailbox import FolderList, FolderSearch
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.probes import plan


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step: ``outcome`` None if it was never begun.

    ``folders`` is (searched completely, all) in the spam step, else None. ``seconds`` from the
    first probe's start to the last one's end.
    """

    step: Step
    outcome: Outcome | None
    folders: tuple[int, int] | None
    seconds: float
