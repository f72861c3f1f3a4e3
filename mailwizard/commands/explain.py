"""``mailwizard explain``: the full text of one finding."""

import argparse
import difflib
from string import Formatter

from mailwizard.commands.arguments import Parser
from mailwizard.commands.surroundings import Surroundings, WrongArguments
from mailwizard.diagnosis.codes import CODES
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.providers.load import DEFAULT, all_providers
from mailwizard.text.finding_text import FindingText, Rendered, render, texts
from mailwizard.text.language import _

# The provider's profile fills these.
_BY_PROVIDER = ("provider", "webmail", "support", "support_phone", "status_page")


def parser() -> Parser:
    """The command's arguments."""
    parser = Parser(
        "explain",
        _(N_("Shows the full text of one finding, as reports name it.")),
        "[CODE | --list]",
    )
    parser.add_argument("code", nargs="?", metavar="CODE", help=_(N_("such as FOUND_IN_JUNK")))
    parser.option("--list", _(N_("list every code with its headline")))
    return parser


def run(given: argparse.Namespace, surroundings: Surroundings) -> int:
    """Prints the text of a finding, or the list of all."""
    known = texts()
    if given.list:
        width = max(len(code) for code in known)
        for code in dict.fromkeys(name.partition(":")[0] for name in known):
            print(f"{code:<{width}}  {_rendered(code, known).headline}", file=surroundings.output)
        return 0
    if not given.code:
        raise WrongArguments(
            _(N_("Name a code, such as FOUND_IN_JUNK. All codes: mailwizard explain --list"))
        )
    code = given.code.strip().upper().replace("-", "_")
    if code not in {name.partition(":")[0] for name in known}:
        near = difflib.get_close_matches(code, known, n=1)
        if near:
            raise WrongArguments(
                _(N_("There is no finding “{code}”. Do you mean {near}?")).format(
                    code=shown(given.code, 60), near=near[0].partition(":")[0]
                )
            )
        raise WrongArguments(
            _(N_("There is no finding “{code}”. All of them: mailwizard explain --list")).format(
                code=shown(given.code, 60)
            )
        )
    variants = [name for name in known if name.partition(":")[0] == code]
    for number, name in enumerate(variants):
        if number:
            print(file=surroundings.output)
        print("\n".join(_lines(name, _rendered(name, known))), file=surroundings.output)
    return 0


def _rendered(name: str, known: dict[str, FindingText]) -> Rendered:
    """The text, with a word in ‹› wherever a report would name something."""
    code, _colon, variant = name.partition(":")
    if name not in known:
        variant = next(full for full in known if full.startswith(code + ":")).partition(":")[2]
    text = known.get(name) or known[f"{code}:{variant}"]
    facts = CODES[code]
    finding = Finding(
        code=code,
        step=facts.step,
        outcome=facts.outcome,
        owner=facts.owner,
        certainty=Certainty.SURE,
        because=(),
        data={"variant": variant, **_stand_ins(text)},
    )
    return render(finding, all_providers()[DEFAULT])


def _stand_ins(text: FindingText) -> dict[str, str]:
    parts = (text.headline, text.meaning, *text.actions)
    named = {name for part in parts for _t, name, _s, _c in Formatter().parse(part) if name}
    return {
        name: f"‹{name.replace('_', ' ')}›"
        for name in named
        if name not in _BY_PROVIDER and not name.startswith("path_")
    }


def _lines(name: str, rendered: Rendered) -> list[str]:
    lines = [name, rendered.headline, "", rendered.meaning]
    if rendered.actions:
        lines += ["", _(N_("What to do:"))]
        lines += [f"  {number}. {text}" for number, text in enumerate(rendered.actions, 1)]
    return [*lines, "", _(N_("Who can fix it: {owner}")).format(owner=rendered.owner)]
