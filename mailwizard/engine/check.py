"""Everything that can be checked without asking, then judged: within a time that is kept."""

import time
from collections.abc import Callable, Iterable

from mailwizard import plan
from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.runner import ProbeState
from mailwizard.model.finding import Outcome, Step

_BREAKING_OFF = 0.4
"""Seconds that a run needs at most to notice that its time is over."""
_TICK = 0.1


def check(
    investigation: Investigation,
    steps: Iterable[Step],
    seconds: float,
    on_tick: Callable[[tuple[ProbeState, ...]], None] = lambda _states: None,
) -> Diagnosis:
    """Runs the steps' probes and judges what they saw; returns after at most ``seconds``.

    ``on_tick`` is called ten times a second in the caller's thread with every probe's state.
    Probes that are not finished in time are broken off: what they have seen stands.
    """
    ends = time.monotonic() + seconds
    probes = plan.with_needed(probe.id for step in steps for probe in plan.of_step(step))
    if any(probe.step is None for probe in probes):
        wanted = (*probes, *plan.of_step(None))  # what a refusal means belongs to the sign-in
        probes = plan.with_needed(probe.id for probe in wanted)
    run = investigation.start(probes, seconds=max(0.05, seconds - _BREAKING_OFF))
    try:
        while not run.wait(min(_TICK, max(0.0, ends - time.monotonic()))):
            if time.monotonic() >= ends:
                break
            on_tick(run.states())
    finally:
        run.stop()
        investigation.close()
    return investigation.diagnosis()


def exit_code(diagnosis: Diagnosis) -> int:
    """0: nothing wrong found · 1: a cause · 3: no cause, but something could not be checked."""
    if diagnosis.verdict.outcome is Outcome.CAUSE:
        return 1
    outcomes = {diagnosis.verdict.outcome, *(result.outcome for result in diagnosis.steps)}
    return 3 if Outcome.UNKNOWN in outcomes else 0
