"""``mailwizard``: the guided wizard, on the full screen or as plain questions."""

import argparse

from mailwizard import __version__
from mailwizard.commands.arguments import Parser
from mailwizard.commands.surroundings import Surroundings
from mailwizard.model.marked import N_
from mailwizard.text.language import _

COMMANDS: dict[str, str] = {
    "demo": N_("the wizard in a made-up mail world inside this computer"),
    "check": N_("every automatic check at once, without questions"),
    "wait": N_("waits for a mail to arrive, and says in which folder"),
    "open": N_("shows a saved report again"),
    "compare": N_("what changed between two saved reports"),
    "explain": N_("the full text of one finding"),
    "forget": N_("removes stored passwords and saved sessions"),
}


def parser() -> Parser:
    """The arguments without a command, and the list of commands."""
    commands = "\n".join(f"  {name:<22}  {_(text)}" for name, text in COMMANDS.items())
    parser = Parser(
        "",
        _(
            N_(
                "Finds out why a customer's mail does not arrive, and who has to do what about"
                " it.\nWithout a command the guided wizard starts."
            )
        ),
        _(N_("[COMMAND] [options]")),
        _(N_("Commands (each has --help):")) + "\n" + commands,
    )
    parser.option("--plain", _(N_("the wizard as numbered questions, one after another")))
    parser.option("--version", _(N_("show the version")))
    return parser


def run(given: argparse.Namespace, surroundings: Surroundings) -> int:
    """Walks through the wizard with the user."""
    if given.version:
        print(f"mailwizard {__version__}", file=surroundings.output)
        return 0
    from mailwizard.commands import front

    if not given.plain:
        front.needs_a_screen(surroundings, "mailwizard --plain")
    from mailwizard.commands.outside import fresh_session, organisation, real_world
    from mailwizard.storage.passwords import PasswordStore

    own, mistake = organisation(surroundings)
    session = fresh_session(real_world(own), own)
    return front.show(
        session, PasswordStore(), own, surroundings, plain=given.plain, notice=mistake
    )
