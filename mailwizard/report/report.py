"""The report of one investigation: what was asked, judged and seen, with its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from mailwizard import __version__, plan, tree
from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.diagnosis.situation import Situation
from mailwizard.diagnosis.steps import StepResult
from mailwizard.diagnosis.way_in import way_in
from mailwizard.diagnosis.way_in_parts import WayIn, renamed
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Finding, Outcome
from mailwizard.model.observation import Observation, to_json
from mailwizard.model.provider import Provider
from mailwizard.model.seen.line_watch import LineWatched
from mailwizard.model.seen.moved import MailMoved
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.model.seen.user import Answer
from mailwizard.report.redaction import Redactor
from mailwizard.text import moving
from mailwizard.text.facts import fact, when
from mailwizard.text.finding_text import Rendered, render
from mailwizard.text.language import _
from mailwizard.text.letters import Letter, letters, needed

SCHEMA = "mailwizard.report/1"


class Detected(Protocol):
    """The provider that the mailbox is at, and how that is known."""

    @property
    def provider(self) -> Provider:
        """The provider's profile."""

    @property
    def by(self) -> str:
        """See ``diagnosis.situation.Situation.provider_by``."""


class Investigated(Protocol):
    """What a report needs of an investigation (``engine.investigation.Investigation`` is one)."""

    case: Case
    evidence: Evidence
    started: datetime

    @property
    def detected(self) -> Detected:
        """The provider that the evidence names."""

    def diagnosis(self) -> Diagnosis:
        """The judgement of everything seen."""


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding and its words."""

    finding: Finding
    words: Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedStep:
    """One step: ``outcome`` None if it was never begun; ``coverage``: how much was looked at."""

    id: str
    title: str
    outcome: Outcome | None
    coverage: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFact:
    """One observation: its id, time and line for the helpdesk, and its JSON form."""

    id: str
    when: str
    line: str
    json: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a report holds, in the language in use; no password, no message body.

    ``answers`` are the user's answers to choices (question → choice). ``changes`` say what this
    program has changed in the mailbox, in its order. ``withdrawn`` names probes
    whose newest run has seen nothing, so that their older observations are not believed.
    ``line_watch`` is the newest watch of the line; what is told of it names nobody. ``way_in`` is
    the map of the domain's way in, ``letters`` are those that somebody must get.
    With ``redacted`` every part holds placeholders for the parties' names.
    """

    started: datetime
    seconds: float
    language: str
    redacted: bool
    case: Case
    provider: Provider
    provider_by: str
    answers: Mapping[str, str]
    verdict: ToldFinding
    findings: tuple[ToldFinding, ...]
    steps: tuple[ReportedStep, ...]
    facts: tuple[ReportedFact, ...]
    changes: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    line_watch: LineWatched | None = None
    way_in: WayIn | None = None
    letters: tuple[Letter, ...] = ()
    version: str = field(default=__version__)


def build(
    investigation: Investigated,
    *,
    language: str,
    redact: bool = False,
    seconds: float,
    diagnosis: Diagnosis | None = None,
) -> Report:
    """The report of an investigation as it stands; ``seconds`` is what the whole check took.

    ``language`` is recorded; the words are in the language in use. ``diagnosis`` may be given
    where it is at hand already.
    """
    judged = diagnosis or investigation.diagnosis()
    case, evidence = investigation.case, investigation.evidence
    detected = investigation.detected
    redactor = Redactor(case, evidence) if redact else None
    told = {id(f): _told(f, detected.provider, redactor) for f in judged.findings}
    return Report(
        started=investigation.started,
        seconds=round(seconds, 2),
        language=language,
        redacted=redact,
        case=redactor.case() if redactor else case,
        provider=detected.provider,
        provider_by=detected.by,
        answers=_answers(evidence),
        verdict=told.get(id(judged.verdict)) or _told(judged.verdict, detected.provider, redactor),
        findings=tuple(told.values()),
        steps=tuple(_step(result, case, evidence) for result in judged.steps),
        facts=tuple(_fact(o, redactor) for o in evidence.all()),
        changes=_changes(evidence, redactor),
        withdrawn=_withdrawn(evidence),
        line_watch=_line_watch(evidence),
        way_in=_way_in(investigation, judged, redactor),
        letters=_letters(investigation, judged, redactor),
    )


def _way_in(
    investigation: Investigated, judged: Diagnosis, redactor: Redactor | None
) -> WayIn | None:
    detected = investigation.detected
    situation = Situation(
        investigation.case, investigation.evidence, detected.provider, detected.by
    )
    way = way_in(situation, judged.findings)
    return renamed(way, redactor.text) if way is not None and redactor else way


def _letters(
    investigation: Investigated, judged: Diagnosis, redactor: Redactor | None
) -> tuple[Letter, ...]:
    """Those that the findings' words speak of, and that the helpdesk passes on."""
    provider = investigation.detected.provider
    written = letters(judged, investigation.case, provider, None, investigation.evidence)
    wanted = needed(judged, written)
    if redactor is None:
        return wanted
    return tuple(
        replace(
            letter,
            to=redactor.text(letter.to),
            subject=redactor.text(letter.subject),
            body=redactor.text(letter.body),
        )
        for letter in wanted
    )


def _told(finding: Finding, provider: Provider, redactor: Redactor | None) -> ToldFinding:
    shown = redactor.finding(finding) if redactor else finding
    return ToldFinding(shown, render(shown, provider))


def _answers(evidence: Evidence) -> dict[str, str]:
    """The choices made; what was typed stands in the case already."""
    typed = {node.id for node in tree.NODES if isinstance(node, tree.Question) and not node.choices}
    return {
        o.seen.question: o.seen.value for o in evidence.of(Answer) if o.seen.question not in typed
    }


def _step(result: StepResult, case: Case, evidence: Evidence) -> ReportedStep:
    titles = {node.id: node.title for node in tree.NODES if isinstance(node, tree.StepNode)}
    return ReportedStep(
        id=result.step,
        title=_(titles[result.step]),
        outcome=result.outcome,
        coverage=_coverage(result, case, evidence),
        seconds=result.seconds,
    )


def _coverage(result: StepResult, case: Case, evidence: Evidence) -> str:
    """How much of a step was really looked at, by the probes and by the user."""
    if result.outcome is None:
        return _("not checked")
    probes = plan.of_step(result.step)
    ended = [o.seen.how for probe in probes for o in evidence.of(ProbeEnded, probe.id)]
    parts: list[str] = []
    if result.folders is not None:
        done, total = result.folders
        parts.append(
            _("{done} of {all} folders, {since} to today").format(
                done=done, all=total, since=case.since.isoformat()
            )
        )
    elif ended:
        parts.append(_("{done} of {all} checks").format(done=ended.count("done"), all=len(probes)))
    node = tree.BY_ID[result.step]
    look_ups = {q.id for q in node.look_ups} if isinstance(node, tree.StepNode) else set()
    if any(o.seen.question in look_ups for o in evidence.of(Answer)):
        parts.append(_("what you saw in webmail"))
    return _("; ").join(parts)


def _fact(observation: Observation[Any], redactor: Redactor | None) -> ReportedFact:
    line = fact(observation)
    return ReportedFact(
        id=observation.id,
        when=when(observation),
        line=redactor.text(line) if redactor else line,
        json=redactor.observation(observation) if redactor else to_json(observation),
    )


def _changes(evidence: Evidence, redactor: Redactor | None) -> tuple[str, ...]:
    """All of them: what was undone was done before."""
    lines = [
        f"{when(observation)}  {line}"
        for observation in evidence.all()
        if isinstance(observation.seen, MailMoved)
        for line in moving.told(observation.seen)
    ]
    return tuple(redactor.text(line) if redactor else line for line in lines)


def _withdrawn(evidence: Evidence) -> tuple[str, ...]:
    probes = dict.fromkeys(o.probe for o in evidence.all())
    return tuple(probe for probe in probes if not evidence.from_probe(probe))


def _line_watch(evidence: Evidence) -> LineWatched | None:
    newest = max(evidence.of(LineWatched), key=lambda o: (o.at, o.run), default=None)
    return None if newest is None else newest.seen
