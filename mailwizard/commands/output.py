"""Where a report goes, and in which form."""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from mailwizard.commands.arguments import Parser
from mailwizard.commands.surroundings import Surroundings, WrongArguments
from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.text.language import _, current

if TYPE_CHECKING:
    from mailwizard.diagnosis.diagnose import Diagnosis
    from mailwizard.report.report import Investigated

Format = Literal["text", "json", "markdown", "html"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """``format`` is what the file is; ``path`` None means standard output."""

    format: Format = "text"
    path: Path | None = None
    redact: bool = False


def report_options(parser: Parser) -> None:
    """Adds ``--format``, ``--output`` and ``--redact``."""
    parser.option("--format", _(N_("text, json, markdown or html; text if not given")), value="F")
    parser.option("--output", _(N_("write the report to this file")), value="FILE")
    parser.option("--redact", _(N_("stand-ins for addresses, names, subjects and hosts")))


def read_output(given: argparse.Namespace) -> Output:
    """What the options say. Raises WrongArguments, also for a place that cannot be written to."""
    form = next((f for f in get_args(Format) if f == (given.format or "text").lower()), None)
    if form is None:
        raise WrongArguments(
            _(N_("--format: “{typed}” is not known here. There are: {known}.")).format(
                typed=shown(given.format, 40), known=", ".join(get_args(Format))
            )
        )
    path = None
    if given.output is not None and given.output != "-":
        path = _place(given.output)
    return Output(format=form, path=path, redact=given.redact)


def print_report(
    investigated: "Investigated",
    output: Output,
    surroundings: Surroundings,
    *,
    seconds: float | None = None,
    diagnosis: "Diagnosis | None" = None,
) -> None:
    """Writes the report; ``seconds`` is what the check took, else from the program's start on."""
    from mailwizard.report.formats import render
    from mailwizard.report.report import build

    took = seconds if seconds is not None else time.monotonic() - surroundings.started
    report = build(
        investigated,
        language=current(),
        redact=output.redact,
        seconds=took,
        diagnosis=diagnosis,
    )
    text = render(report, output.format)
    if output.path is not None:
        _write(text, output.path, surroundings)
    elif output.format == "text":
        surroundings.output.write(text)
        surroundings.output.flush()
    else:
        surroundings.write_octets(text.encode("utf-8", "replace"))


def _write(text: str, path: Path, surroundings: Surroundings) -> None:
    """Into the file; where that fails now, to standard output, so that nothing is lost."""
    from mailwizard.storage.files import NotSaved, write
    from mailwizard.text.problems import not_saved

    try:
        write(path, text)
    except NotSaved as problem:
        surroundings.say("mailwizard: " + not_saved(problem.reason, problem.path))
        surroundings.write_octets(text.encode("utf-8", "replace"))


def _place(typed: str) -> Path:
    """Before minutes are spent: the folder is there, and the name is not a folder's."""
    try:
        path = Path(typed).expanduser()
        if path.is_dir():
            raise WrongArguments(
                _(N_("--output: {path} is a folder. Add a file name to it.")).format(
                    path=shown(typed, 200)
                )
            )
        if not path.parent.is_dir():
            raise WrongArguments(
                _(N_("--output: there is no folder for {path}. Make it first.")).format(
                    path=shown(typed, 200)
                )
            )
    except (OSError, ValueError, RuntimeError):
        raise WrongArguments(
            _(N_("--output: {path} cannot be a file name here.")).format(path=shown(typed, 200))
        ) from None
    return path
