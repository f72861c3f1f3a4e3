"""What the plain wizard says of findings and probes: lines of text."""

from collections.abc import Callable, Sequence

from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.diagnosis.way_in import way_in
from mailwizard.diagnosis.way_in_parts import WayIn, renamed
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.model.finding import Finding, Outcome, Owner, Step
from mailwizard.model.marked import N_
from mailwizard.model.provider import MenuPath
from mailwizard.model.shown import shown
from mailwizard.text.facts import fact_with_time
from mailwizard.text.finding_text import OUTCOMES, render
from mailwizard.text.joined import labelled
from mailwizard.text.language import _, current
from mailwizard.text.rows import STATES, Row
from mailwizard.text.way_in_lines import headlines, plain_lines
from mailwizard.tree import BY_ID, StepNode

_IN_ORDER = N_("Nothing wrong was found here.")
_NOT_SEEN = N_("This could not be checked, so nothing can be said about it.")


def card(finding: Finding, investigation: Investigation) -> list[str]:
    """The five fields of one finding."""
    words = render(finding, investigation.detected.provider)
    sure = _(N_("What we found ({outcome}, {certainty}):"))
    if finding.outcome is Outcome.UNKNOWN:  # "not known, we are sure" would puzzle
        sure = _(N_("What we found ({outcome}):"))
    lines = [
        sure.format(outcome=words.outcome, certainty=words.certainty),
        f"  {words.headline}",
        _(N_("What it means for you:")),
        f"  {words.meaning}",
    ]
    if words.actions:
        lines.append(_(N_("What to do:")))
        lines += [f"  {number}. {action}" for number, action in enumerate(words.actions, 1)]
    if finding.owner is not Owner.NONE and finding.outcome not in (Outcome.CLEAR, Outcome.INFO):
        lines.append(_(N_("Who can fix it: {owner}")).format(owner=words.owner))
    return lines


def step_card(findings: Sequence[Finding], outcome: Outcome | None, of: Investigation) -> list[str]:
    """A step's most important finding in full, the others by their headlines."""
    if not findings:
        return [_(_IN_ORDER if outcome is Outcome.CLEAR else _NOT_SEEN)]
    lines = card(findings[0], of)
    others = [f for f in findings[1:] if f.outcome is not Outcome.CLEAR]
    if others:
        lines.append(_(N_("Also:")))
        lines += [f"  - {headline(finding, of)}" for finding in others]
    return lines


def headline(finding: Finding, investigation: Investigation) -> str:
    """A finding's state as a word, and its headline."""
    words = render(finding, investigation.detected.provider)
    return labelled(words.outcome, words.headline)


def row_line(row: Row) -> str:
    """A probe's row: the state first, then what, then what was seen, then seconds."""
    seen = labelled(row.what, row.seen) if row.seen else row.what
    return f"  [{_(STATES[row.state])}] {seen} ({row.seconds:.1f} s)"


def steps_lines(diagnosis: Diagnosis) -> list[str]:
    """Each step with its outcome as a word."""
    lines = []
    for number, result in enumerate(diagnosis.steps, 1):
        node = BY_ID[result.step]
        assert isinstance(node, StepNode)
        word = _(OUTCOMES[result.outcome]) if result.outcome else _(N_("not checked"))
        lines.append(f"  {number}. {labelled(_(node.title), word)}")
    return lines


def details(findings: Sequence[Finding], investigation: Investigation) -> list[str]:
    """For the helpdesk: codes, certainty, and the observations behind each finding."""
    observations = {o.id: o for o in investigation.evidence}
    lines: list[str] = []
    for finding in findings:
        words = render(finding, investigation.detected.provider)
        lines.append(f"{finding.code} ({words.outcome}, {words.certainty}): {words.headline}")
        for name in finding.because:
            seen = observations.get(name)
            if seen is None:
                continue
            lines.append(f"  {name} ({seen.probe}, {seen.seconds:.1f} s) {fact_with_time(seen)}")
    return lines or [_(N_("There is nothing to show yet."))]


def step_title(node: StepNode) -> str:
    """ "Step 3 of 5: Network and server"."""
    return _(N_("Step {number} of {total}: {title}")).format(
        number=list(Step).index(node.step) + 1, total=len(Step), title=_(node.title)
    )


def menu_words(path: MenuPath) -> str:
    """A provider's menu path in the words of the language in use."""
    return path.zh if current().startswith("zh") else path.en


def way_in_now(
    session: Session, as_shown: Callable[[str], str] = str
) -> tuple[WayIn | None, dict[str, str]]:
    """The map of the way in as it is now, and the findings' headlines; both as they may be shown.

    None where nobody has looked at the domain yet.
    """
    investigation = session.investigation
    running = session.running(Step.DNS)
    now = {s.probe.id: s.status for s in session.states(Step.DNS)} if running else {}
    findings = () if running else investigation.diagnosis().findings
    way = way_in(investigation.situation(), findings, now)
    told = headlines(findings, investigation.detected.provider)
    return (
        renamed(way, as_shown) if way is not None else None,
        {code: as_shown(headline) for code, headline in told.items()},
    )


def way_in_text(session: Session) -> list[str]:
    """The map of the way in, line by line."""
    way, told = way_in_now(session)
    if way is None:
        return [_(N_("There is nothing to show yet."))]
    title = _(N_("The way that mail takes to {domain}")).format(domain=shown(way.domain, 255))
    return [title, *(f"  {line}" for line in plain_lines(way, told))]
