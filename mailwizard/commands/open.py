"""``mailwizard open``: a saved report, judged anew from its observations; nothing is probed."""

import argparse
from dataclasses import replace

from mailwizard.commands.arguments import Parser
from mailwizard.commands.output import print_report, read_output, report_options
from mailwizard.commands.surroundings import Surroundings, WrongArguments
from mailwizard.model.marked import N_
from mailwizard.text.language import _


def parser() -> Parser:
    """The command's arguments."""
    parser = Parser(
        "open",
        _(N_("Shows a saved report again, judged anew. Nothing is asked of anybody.")),
        "FILE [options]",
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help=_(N_("a report that was saved as JSON"))
    )
    report_options(parser)
    return parser


def run(given: argparse.Namespace, surroundings: Surroundings) -> int:
    """Prints the report."""
    if given.file is None:
        raise WrongArguments(_(N_("Name the file of a saved report: mailwizard open FILE")))
    output = read_output(given)

    from mailwizard.commands.saved_report import read_saved
    from mailwizard.engine.reopened import Reopened

    saved = read_saved(given.file)
    reopened = Reopened(saved.case, saved.evidence, saved.started)
    if saved.redacted:
        output = replace(output, redact=False)  # its names are stand-ins already
    print_report(reopened, output, surroundings, seconds=saved.seconds)
    return 0
