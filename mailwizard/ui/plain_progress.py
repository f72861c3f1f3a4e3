"""Shows the probes of a step as lines, while they run."""

import time

from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.text.rows import Row, rows
from mailwizard.ui.plain_card import row_line
from mailwizard.ui.talk import Talk

_TICK = 0.05


def show_progress(session: Session, talk: Talk, *steps: Step | None) -> None:
    """Waits for the steps' probes; says each row when its probe ends, and once more when judged.

    None stands for signing in.
    """
    said: dict[str, str] = {}
    running = True
    while running:
        running = any(session.running(step) for step in steps)
        for step in steps:
            for row in _rows(session, step):
                if row.state not in ("waiting", "running") and row.probe not in said:
                    said[row.probe] = row.state
                    talk.say(row_line(row))
        if running:
            time.sleep(_TICK)
    for step in steps:
        for row in _rows(session, step):
            if said.get(row.probe) == "done" and row.state != "ok":
                talk.say(row_line(row))


def _rows(session: Session, step: Step | None) -> list[Row]:
    findings = () if session.running(step) else session.investigation.diagnosis().findings
    return rows(step, session.states(step), session.investigation.evidence, findings)
