"""``mailwizard forget``: removes what the program has stored."""

import argparse

from mailwizard.commands.arguments import Parser
from mailwizard.commands.surroundings import Surroundings, WrongArguments
from mailwizard.model.case import NotAnAddress, parse_address
from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.text.language import _


def parser() -> Parser:
    """The command's arguments."""
    parser = Parser(
        "forget",
        _(N_("Removes stored passwords and saved sessions, of one address or of all.")),
        "[ADDRESS]",
    )
    parser.add_argument(
        "address", nargs="?", metavar="ADDRESS", help=_(N_("only what belongs to this address"))
    )
    return parser


def run(given: argparse.Namespace, surroundings: Surroundings) -> int:
    """Removes, and says what is gone."""
    from mailwizard.storage import files, sessions
    from mailwizard.storage.passwords import PasswordStore
    from mailwizard.text.problems import not_saved

    address = None
    if given.address is not None:
        try:
            address = parse_address(given.address)
        except NotAnAddress:
            raise WrongArguments(
                _(N_("“{typed}” is not a whole mail address. Leave it out to remove all.")).format(
                    typed=shown(given.address, 80)
                )
            ) from None
    try:
        passwords = PasswordStore().forget(address)
        gone = sessions.forget(address)
    except files.NotSaved as problem:
        surroundings.say(not_saved(problem.reason, problem.path))
        return 4
    for name in passwords.removed:
        print(_(N_("Password removed: {address}")).format(address=name), file=surroundings.output)
    print(_(N_("Saved sessions removed: {count}")).format(count=gone), file=surroundings.output)
    for name in passwords.kept:
        surroundings.say(
            _(
                N_(
                    "The keyring does not let go of the password of {address}. Unlock it and try"
                    " again, or remove the entry “mailwizard” in your computer's password settings."
                )
            ).format(address=name)
        )
    return 4 if passwords.kept else 0
