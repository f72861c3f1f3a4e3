"""``mailwizard demo``: the wizard, or the check, in a made-up mail world inside this computer."""

import argparse
import difflib

from mailwizard.commands.arguments import Parser
from mailwizard.commands.output import read_output, report_options
from mailwizard.commands.surroundings import Surroundings, WrongArguments
from mailwizard.model.marked import N_
from mailwizard.model.secret import Secret
from mailwizard.model.shown import shown
from mailwizard.text.language import _

_FIRST = "junk"


def parser() -> Parser:
    """The command's arguments."""
    parser = Parser(
        "demo",
        _(N_("Tries the wizard in a made-up mail world. Nothing leaves this computer.")),
        "[SCENARIO] [--list | --plain | --check]",
    )
    parser.add_argument(
        "scenario", nargs="?", metavar="SCENARIO", help=_(N_("which story; see --list"))
    )
    parser.option("--list", _(N_("list the stories")))
    parser.option("--plain", _(N_("the wizard as numbered questions, one after another")))
    parser.option("--check", _(N_("check everything at once and print the report")))
    report_options(parser)
    return parser


def run(given: argparse.Namespace, surroundings: Surroundings) -> int:
    """Plays one story."""
    from mailwizard.demo.scenarios import BY_ID, SCENARIOS

    if given.list:
        width = max(len(scenario.id) for scenario in SCENARIOS)
        for scenario in SCENARIOS:
            print(f"{scenario.id:<{width}}  {_(scenario.title)}", file=surroundings.output)
        return 0
    name = given.scenario or _FIRST
    if name not in BY_ID:
        near = difflib.get_close_matches(name, BY_ID, n=1)
        if near:
            raise WrongArguments(
                _(N_("There is no story “{name}”. Do you mean “{near}”?")).format(
                    name=shown(name, 60), near=near[0]
                )
            )
        raise WrongArguments(
            _(N_("There is no story “{name}”. All of them: mailwizard demo --list")).format(
                name=shown(name, 60)
            )
        )
    if given.check:
        return _check(name, given, surroundings)
    return _wizard(name, given, surroundings)


def _check(name: str, given: argparse.Namespace, surroundings: Surroundings) -> int:
    from mailwizard.commands.checking import Plan, check_and_report
    from mailwizard.demo.start import start
    from mailwizard.engine.investigation import Investigation
    from mailwizard.model.finding import Step

    output = read_output(given)
    with start(name) as demo:
        investigation = Investigation(demo.world, demo.case)
        investigation.inputs = demo.inputs
        investigation.password = demo.password
        for question, value in demo.scenario.answers.items():
            investigation.answer(question, value)
        plan = Plan(steps=tuple(Step), seconds=60.0)
        return check_and_report(investigation, plan, output, surroundings)


def _wizard(name: str, given: argparse.Namespace, surroundings: Surroundings) -> int:
    from mailwizard.commands import front

    if not given.plain:
        front.needs_a_screen(surroundings, "mailwizard demo --plain")
    from mailwizard.demo.start import start
    from mailwizard.engine.investigation import Investigation
    from mailwizard.engine.session import Session
    from mailwizard.model.organisation import Organisation

    with start(name) as demo:
        investigation = Investigation(demo.world, demo.case)
        investigation.inputs = demo.inputs
        session = Session(investigation)
        session.answers.update(
            me=demo.case.me,
            customer=demo.case.sender or "",
            since=demo.case.since.isoformat(),
            bounce="yes" if demo.inputs.bounce else "no",
            **demo.scenario.answers,
        )
        if given.plain:
            print(_(demo.scenario.title), file=surroundings.output)
            print(_(demo.scenario.story), file=surroundings.output)
        passwords = _Prepared(demo.case.me, demo.password)

        def notice() -> str:
            words = _(N_("This is a demo in a made-up mail world: {title}"))
            return words.format(title=_(demo.scenario.title))

        return front.show(
            session, passwords, Organisation(), surroundings, plain=given.plain, notice=notice
        )


class _Prepared:
    """The made-up person's password: kept nowhere."""

    def __init__(self, address: str, password: Secret | None) -> None:
        self._known = {address: password}

    def available(self) -> bool:
        return False

    def get(self, address: str) -> Secret | None:
        return self._known.get(address)

    def set(self, address: str, password: Secret) -> bool:
        self._known[address] = password
        return False
