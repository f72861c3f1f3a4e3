"""The mailbox's password as commands get it: from standard input, or from the keyring."""

import argparse
import time

from mailwizard.commands.surroundings import Surroundings, WrongArguments
from mailwizard.model.marked import N_
from mailwizard.model.secret import Secret
from mailwizard.text.language import _

_LONGEST_PASSWORD = 4096


def typed_password(
    given: argparse.Namespace, surroundings: Surroundings, ends: float
) -> Secret | None:
    """``--password-stdin``: the first line; None where the option is not given.

    ``ends`` is on ``time.monotonic``'s scale. Raises WrongArguments.
    """
    if not given.password_stdin:
        return None
    if surroundings.input.is_terminal:
        typed = surroundings.ask_password(_(N_("Password (it is not shown): ")))
    else:
        seconds = ends - time.monotonic()
        line = surroundings.input.line(seconds, _LONGEST_PASSWORD)
        try:
            typed = line.decode("utf-8")
        except UnicodeDecodeError:
            raise WrongArguments(
                _(N_("The first line of standard input is no password: it is not UTF-8 text."))
            ) from None
    if not typed or len(typed) > _LONGEST_PASSWORD:
        raise WrongArguments(
            _(N_("The first line of standard input must be the password, and nothing else."))
        )
    return Secret(typed)


def kept_password(address: str) -> Secret | None:
    """The one that the wizard has put into the keyring; None where there is none."""
    from mailwizard.storage.passwords import PasswordStore

    store = PasswordStore()
    # Without a list of addresses there is none of ours, and no desktop service needs to be asked.
    return store.get(address) if address.lower() in store.addresses() else None
