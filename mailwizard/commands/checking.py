"""Runs a whole check without questions, shows its progress, prints its report."""

from dataclasses import dataclass
from importlib import import_module

from mailwizard.commands.one_line import OneLine
from mailwizard.commands.output import Output, print_report
from mailwizard.commands.surroundings import Surroundings
from mailwizard.engine.check import check, exit_code
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.runner import ENDED, ProbeState
from mailwizard.model.finding import Step
from mailwizard.model.marked import N_
from mailwizard.text.language import _

_FOR_THE_REPORT = 0.5
"""Seconds kept back for judging and writing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which steps, and how many seconds are left for everything, the report included."""

    steps: tuple[Step, ...]
    seconds: float


def check_and_report(
    investigation: Investigation,
    plan: Plan,
    output: Output,
    surroundings: Surroundings,
) -> int:
    """Checks, prints the report, returns the exit code of the contract."""
    import_module("mailwizard.report.formats")  # before the time for the probes is shared out
    progress = OneLine(surroundings)
    kept_back = min(_FOR_THE_REPORT, plan.seconds / 4)
    diagnosis = check(
        investigation,
        plan.steps,
        plan.seconds - kept_back,
        lambda states: progress.show(_in_words(states)),
    )
    progress.clear()
    print_report(investigation, output, surroundings, diagnosis=diagnosis)
    return exit_code(diagnosis)


def _in_words(states: tuple[ProbeState, ...]) -> str:
    """What is done and what is going on."""
    done = sum(state.status in ENDED for state in states)
    running = next((state.probe.what for state in states if state.status == "running"), "")
    return _(N_("{done} of {total} done: {what} …")).format(
        done=done, total=len(states), what=_(running)
    )
