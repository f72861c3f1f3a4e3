"""The tree's line and column: each step's state and result, from the session."""

from collections.abc import Callable

from mailwizard.engine.session import Session
from mailwizard.model.finding import Outcome, Step
from mailwizard.text.finding_text import render
from mailwizard.text.language import _
from mailwizard.text.rows import State
from mailwizard.ui.tui.widgets.tree_line import Stop
from mailwizard.ui.tui.widgets.words import OF_OUTCOME, SHORT


def stops(session: Session, shown: Callable[[str], str]) -> tuple[Stop, ...]:
    """Every step of the tree, as it stands now; a step that still runs has no result yet."""
    here = session.walk.here
    diagnosis = session.investigation.diagnosis()
    provider = session.investigation.detected.provider
    outcomes = {result.step: result.outcome for result in diagnosis.steps}
    found = []
    for node, title in SHORT.items():
        state: State | None = None
        result = ""
        if node != "hand-over":
            step = Step(node)
            outcome = outcomes.get(step)
            if session.running(step) and session.begun(step):
                state = "running"
            elif outcome is not None and session.begun(step):
                state = OF_OUTCOME[outcome]
                findings = [f for f in session.findings(step) if f.outcome is outcome]
                if findings and outcome is not Outcome.CLEAR:
                    result = shown(render(findings[0], provider).headline)
        found.append(Stop(_(title), state, here=node == here, result=result))
    return tuple(found)
