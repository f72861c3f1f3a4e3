"""Runs a whole check without questions, shows its progress, prints its report."""

import time
from dataclasses import dataclass
from importlib import import_module

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
    progress = _Progress(surroundings)
    kept_back = min(_FOR_THE_REPORT, plan.seconds / 4)
    diagnosis = check(investigation, plan.steps, plan.seconds - kept_back, progress.show)
    progress.clear()
    print_report(investigation, output, surroundings, diagnosis=diagnosis)
    return exit_code(diagnosis)


class _Progress:
    """One line on standard error, written over and over; nothing where that is no terminal."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._began = time.monotonic()
        self._last = ""

    def show(self, states: tuple[ProbeState, ...]) -> None:
        """What is done and what is going on."""
        if not self._surroundings.errors_is_terminal:
            return
        done = sum(state.status in ENDED for state in states)
        running = next((state.probe.what for state in states if state.status == "running"), "")
        line = _(N_("{done} of {total} done: {what} …")).format(
            done=done, total=len(states), what=_(running)
        )
        if line != self._last:
            self._last = line
            self._write(f"\r\x1b[K{line}")

    def clear(self) -> None:
        """Takes the line away."""
        if self._last:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        self._surroundings.errors.write(text)
        self._surroundings.errors.flush()
