"""``mailwizard compare``: what changed between two saved reports."""

import argparse
from typing import TYPE_CHECKING

from mailwizard.commands.arguments import Parser
from mailwizard.commands.surroundings import Surroundings, WrongArguments
from mailwizard.model.marked import N_
from mailwizard.text.joined import labelled
from mailwizard.text.language import _

if TYPE_CHECKING:
    from mailwizard.engine.reopened import Reopened
    from mailwizard.model.finding import Finding, Outcome
    from mailwizard.report.comparison import Comparison


def parser() -> Parser:
    """The command's arguments."""
    parser = Parser(
        "compare",
        _(N_("Shows what changed between two saved reports. Both are judged anew.")),
        "OLD NEW",
    )
    parser.add_argument("old", nargs="?", metavar="OLD", help=_(N_("the older report (JSON)")))
    parser.add_argument("new", nargs="?", metavar="NEW", help=_(N_("the newer report (JSON)")))
    return parser


def run(given: argparse.Namespace, surroundings: Surroundings) -> int:
    """Prints the differences."""
    if given.old is None or given.new is None:
        raise WrongArguments(_(N_("Name two saved reports: mailwizard compare OLD NEW")))

    from mailwizard.commands.saved_report import read_saved
    from mailwizard.engine.reopened import Reopened
    from mailwizard.report.comparison import compare

    saved = [read_saved(name) for name in (given.old, given.new)]
    reports = [Reopened(one.case, one.evidence, one.started) for one in saved]
    compared = compare(reports[0].diagnosis(), reports[1].diagnosis())
    lines: list[str] = []
    if not any(one.redacted for one in saved) and _about(reports[0]) != _about(reports[1]):
        lines.append(_(N_("The two reports are about different addresses or senders.")))
    lines += _lines(compared, reports[0], reports[1])
    print("\n".join(lines), file=surroundings.output)
    return 0


def _about(report: "Reopened") -> tuple[str, str]:
    return report.case.me.lower(), (report.case.sender or "").lower()


def _lines(compared: "Comparison", before: "Reopened", after: "Reopened") -> list[str]:
    def headline(finding: "Finding", of: "Reopened") -> str:
        from mailwizard.text.finding_text import render

        return f"{render(finding, of.detected.provider).headline} ({finding.code})"

    lines = [
        _(N_("Before: {headline}")).format(headline=headline(compared.verdict_before, before)),
        _(N_("Now: {headline}")).format(headline=headline(compared.verdict_after, after)),
    ]
    if compared.same:
        return [*lines, _(N_("Nothing else has changed."))]
    for title, findings, of in (
        (N_("No longer found:"), compared.gone, before),
        (N_("New:"), compared.new, after),
        (N_("Still the same:"), compared.still, after),
    ):
        if findings:
            lines += ["", _(title), *(f"  - {headline(finding, of)}" for finding in findings)]
    if compared.steps:
        lines += ["", _(N_("Steps:"))]
        lines += [
            "  " + labelled(_step(change.step), f"{_word(change.before)} → {_word(change.after)}")
            for change in compared.steps
        ]
    return lines


def _step(step: str) -> str:
    from mailwizard.tree import BY_ID, StepNode

    node = BY_ID[step]
    assert isinstance(node, StepNode)
    return _(node.title)


def _word(outcome: "Outcome | None") -> str:
    from mailwizard.text.finding_text import OUTCOMES

    return _(OUTCOMES[outcome]) if outcome is not None else _(N_("not checked"))
