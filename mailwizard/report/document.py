"""What a report says and in which order, before it becomes text, Markdown or HTML."""

from collections.abc import Iterator
from dataclasses import dataclass

from mailwizard.model.finding import Outcome
from mailwizard.model.line_history import bounded
from mailwizard.model.shown import shown
from mailwizard.report.line_chart import whole
from mailwizard.report.report import Report, ReportedStep, ToldFinding
from mailwizard.report.way_in_drawing import drawn, text_of
from mailwizard.text import line_watching
from mailwizard.text.finding_text import OUTCOMES, provider_name
from mailwizard.text.joined import bracketed, labelled
from mailwizard.text.language import _, current

_DRAWING = 76  # cells
_MOST_OUTAGES = 30


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``strong`` for the sentence that matters."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """Steps to take, in order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """Items without an order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length. The second-last column takes the room that is left."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Technical lines: id, time, line."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines of characters of equal width, shown as they are; at most 78 cells each."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's text to be passed on, line by line as it is; long lines may be folded."""

    lines: tuple[str, ...]


Block = Paragraph | Numbered | Bullets | Table | Facts | Drawing | Quote


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; never empty."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report, as plain text in its parts (never markup)."""

    title: str
    language: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def document(report: Report) -> Document:
    """The report for people, in the language in use: the sentence first, the evidence last."""
    sections = [
        ("", _verdict(report)),
        (_("What to do"), _actions(report.verdict)),
        (_("What was found besides"), _others(report)),
        (_("What was ruled out"), _ruled_out(report)),
        (_("What could not be checked"), _not_checked(report)),
        (_("What was checked"), _steps(report)),
        (_("The way in"), _way_in(report)),
        (_("The line, over time"), _line(report)),
        (_("What was changed in the mailbox"), _changes(report)),
        (_("Evidence for the helpdesk"), _evidence(report)),
        (_("Letters, ready to send"), _letters(report)),
    ]
    return Document(
        title=_("Why does mail not arrive?") if report.case.sender else _("Check of a mailbox"),
        language=current(),
        about=tuple((label, shown(value, 300)) for label, value in _about(report)),
        sections=tuple(Section(title, tuple(blocks)) for title, blocks in sections if blocks),
    )


def _about(report: Report) -> Iterator[tuple[str, str]]:
    case = report.case
    yield _("Mailbox"), case.me
    if case.sender:
        yield _("Missing mail from"), case.sender
    if case.subject:
        yield _("Subject"), case.subject
    if case.attachment:
        yield _("File that came with it"), case.attachment
    yield _("Since"), case.since.isoformat()
    name = provider_name(report.provider)
    yield _("Mail provider"), (_("not known") if report.provider_by == "default" else name)
    yield (
        _("Checked"),
        _("{when} UTC, in {seconds} s").format(
            when=f"{report.started:%Y-%m-%d %H:%M}", seconds=report.seconds
        ),
    )
    if report.redacted:
        yield _("Names"), _("replaced by placeholders")


def _verdict(report: Report) -> list[Block]:
    words = report.verdict.words
    return [
        Paragraph(words.headline, strong=True),
        Paragraph(words.meaning),
        Paragraph(_owner(report.verdict)),
    ]


def _owner(told: ToldFinding) -> str:
    return _("Who must act: {owner} ({certainty})").format(
        owner=told.words.owner, certainty=told.words.certainty
    )


def _actions(told: ToldFinding) -> list[Block]:
    return [Numbered(told.words.actions)] if told.words.actions else []


def _others(report: Report) -> list[Block]:
    blocks: list[Block] = []
    for told in report.findings:
        if told is report.verdict or told.finding.outcome not in (
            Outcome.CAUSE,
            Outcome.RISK,
            Outcome.INFO,
        ):
            continue
        blocks.append(Paragraph(labelled(told.words.outcome, told.words.headline), strong=True))
        blocks.append(Paragraph(told.words.meaning))
        if told.finding.outcome is not Outcome.INFO:
            blocks += [Paragraph(_owner(told)), *_actions(told)]
    return blocks


def _ruled_out(report: Report) -> list[Block]:
    items = [
        _with_coverage(_("{step}: in order"), step)
        for step in report.steps
        if step.outcome is Outcome.CLEAR
    ]
    items += [
        told.words.headline
        for told in report.findings
        if told.finding.outcome is Outcome.CLEAR and told is not report.verdict
    ]
    return [Bullets(tuple(items))] if items else []


def _not_checked(report: Report) -> list[Block]:
    items = [
        f"{told.words.headline} {told.words.meaning}"
        for told in report.findings
        if told.finding.outcome is Outcome.UNKNOWN and told is not report.verdict
    ]
    told_of = {told.finding.step for told in report.findings}
    for step in report.steps:
        if step.outcome is None:
            items.append(_("{step}: not checked").format(step=step.title))
        elif step.outcome is Outcome.UNKNOWN and step.id not in told_of:
            items.append(_with_coverage(_("{step}: not known"), step))
    return [Bullets(tuple(items))] if items else []


def _with_coverage(words: str, step: ReportedStep) -> str:
    text = words.format(step=step.title)
    return bracketed(text, step.coverage) if step.coverage else text


def _steps(report: Report) -> list[Block]:
    rows = tuple(
        (
            _(OUTCOMES[step.outcome]) if step.outcome else "-",
            f"{number} {step.title}",
            step.coverage,
            f"{step.seconds:.1f} s",
        )
        for number, step in enumerate(report.steps, 1)
    )
    return [Table((_("Result"), _("Step"), _("What was looked at"), _("Time")), rows)]


def _line(report: Report) -> list[Block]:
    """A watch of the line: its chart, its figures, and when something did not answer."""
    watched = report.line_watch
    if watched is None:
        return []
    said = _("Watched for {seconds} s from {when} UTC, {looks} looks.").format(
        seconds=round(bounded(watched.seconds)),
        when=f"{watched.started:%Y-%m-%d %H:%M:%S}",
        looks=watched.looks,
    )
    gone = line_watching.outage_lines(watched, local=False)[:_MOST_OUTAGES]
    blocks: list[Block] = [
        Paragraph(said),
        Drawing(tuple(whole(watched, _DRAWING))),
        Paragraph(line_watching.legend()),
        Bullets(tuple(line_watching.summary_lines(watched))),
        Bullets(tuple(gone)),
    ]
    return [b for b in blocks if not (isinstance(b, Bullets) and not b.items)]


def _way_in(report: Report) -> list[Block]:
    """The map of the domain's way in."""
    if report.way_in is None:
        return []
    told: dict[str, str] = {}
    for one in report.findings:
        told.setdefault(one.finding.code, one.words.headline)
    return [Drawing(tuple(text_of(drawn(report.way_in, told, _DRAWING))))]


def _letters(report: Report) -> list[Block]:
    """An appendix: what is told to be sent stands here."""
    blocks: list[Block] = []
    for letter in report.letters:
        blocks += [
            Paragraph(letter.title, strong=True),
            Paragraph(_("To: {to}").format(to=letter.to)),
            Paragraph(_("Subject: {subject}").format(subject=letter.subject)),
            Quote(tuple(letter.body.rstrip().split("\n"))),
        ]
    return blocks


def _changes(report: Report) -> list[Block]:
    return [Bullets(report.changes)] if report.changes else []


def _evidence(report: Report) -> list[Block]:
    reasons = tuple(
        f"{told.finding.code} ({told.words.outcome}, {told.words.certainty}):"
        f" {', '.join(told.finding.because) or '-'}"
        for told in report.findings
    )
    wanted = {name for told in report.findings for name in told.finding.because}
    facts = tuple((f.id, f.when, f.line) for f in report.facts if f.id in wanted)
    rest = _("All {count} observations are in the report's JSON form.").format(
        count=len(report.facts)
    )
    blocks: list[Block] = [Bullets(reasons)] if reasons else []
    return [*blocks, Facts(facts), Paragraph(rest)] if facts else blocks
