"""The result card's words for a step, for a refused sign-in, and for the end."""

from mailwizard.diagnosis.verdict import ACCOUNT
from mailwizard.engine.runner import ENDED
from mailwizard.engine.session import Session
from mailwizard.model.finding import Finding, Outcome, Step
from mailwizard.text.finding_text import render
from mailwizard.text.language import _
from mailwizard.ui.plain_card import headline
from mailwizard.ui.tui.widgets.result_card import Card


def of_finding(session: Session, finding: Finding, also: tuple[str, ...] = ()) -> Card:
    """The five fields of one finding."""
    words = render(finding, session.investigation.detected.provider)
    return Card(
        heading=_("What we found"),
        headline=words.headline,
        meaning=words.meaning,
        owner="" if finding.outcome in (Outcome.CLEAR, Outcome.INFO) else words.owner,
        certainty="" if finding.outcome is Outcome.UNKNOWN else words.certainty,
        actions=words.actions,
        also=also,
    )


def of_step(session: Session, step: Step) -> Card:
    """A step's most important finding; while probes run, how far they are."""
    if session.running(step):
        states = session.states(step)
        done = sum(state.status in ENDED for state in states)
        return Card(
            heading=_("What we found"),
            headline=_("Checking: {done} of {total} done.").format(done=done, total=len(states)),
            meaning=_("Nothing is changed by this. Esc stops it."),
        )
    diagnosis = session.investigation.diagnosis()
    findings = session.findings(step)
    if findings:
        also = [
            headline(finding, session.investigation)
            for finding in findings[1:]
            if finding.outcome is not Outcome.CLEAR
        ]
        return of_finding(session, findings[0], tuple(also))
    outcome = next(result.outcome for result in diagnosis.steps if result.step == step)
    if outcome is Outcome.CLEAR:
        return Card(
            heading=_("What we found"),
            headline=_("Nothing wrong was found here."),
            meaning=_("Go on with the next step."),
        )
    return Card(
        heading=_("What we found"),
        headline=_("This could not be checked, so nothing can be said about it."),
        meaning=_("It is neither in order nor at fault. Look yourself, or go on."),
    )


def of_account(session: Session, why: str) -> Card:
    """Why the mailbox did not let us in."""
    for finding in session.investigation.diagnosis().findings:
        if finding.code in ACCOUNT:
            return of_finding(session, finding)
    return Card(heading=_("What we found"), headline=why)
