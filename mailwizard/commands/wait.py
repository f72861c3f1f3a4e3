"""``mailwizard wait``: waits in the background until the sender's mail arrives, and says where."""

import argparse
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mailwizard.commands.arguments import Parser
from mailwizard.commands.check_values import (
    host_and_port,
    mail_address,
    number,
    provider_id,
    sender,
)
from mailwizard.commands.one_line import OneLine
from mailwizard.commands.passwords import kept_password, typed_password
from mailwizard.commands.surroundings import Surroundings, WrongArguments
from mailwizard.model.case import Case
from mailwizard.model.marked import N_
from mailwizard.text.language import _
from mailwizard.text.typed import usual_since

if TYPE_CHECKING:
    from mailwizard.engine.investigation import Investigation
    from mailwizard.engine.waiting import WaitJob

_USUAL_MINUTES = 30
_MOST_MINUTES = 24 * 60
_SECONDS_A_MINUTE = 60.0
_SIGN_IN_SECONDS = 45.0
_TICK = 0.2
_ARRIVED, _NOT_ARRIVED, _CRASHED = 0, 3, 4


def parser() -> Parser:
    """The command's arguments."""
    parser = Parser(
        "wait",
        _(
            N_(
                "Waits until mail from the sender arrives, in whichever folder, and prints one line"
                " for it.\nExit codes: 0 it arrived, 2 the command is not complete, 3 it did not"
                " arrive in the time,\n4 the program itself failed, 130 interrupted."
            )
        ),
        "--me ADDRESS --sender ADDRESS_OR_DOMAIN [options]",
    )
    option = parser.option
    option("--me", _(N_("your own mail address")), value="ADDRESS")
    option("--sender", _(N_("whose mail is waited for")), value="ADDRESS")
    option("--minutes", _(N_("how long to wait; 30 if not given")), value="N")
    option("--provider", _(N_("the mail provider, instead of the detected one")), value="ID")
    option("--imap", _(N_("the mailbox's server")), value="HOST[:PORT]")
    option("--password-stdin", _(N_("the password is the first line of standard input")))
    return parser


def run(given: argparse.Namespace, surroundings: Surroundings) -> int:
    """Signs in, waits, prints a line for each mail of the sender; the exit code tells the end."""
    if given.me is None or given.sender is None:
        raise WrongArguments(
            _(
                N_(
                    "Name your own address and the sender: mailwizard wait --me ADDRESS --sender"
                    " ADDRESS. See also --help."
                )
            )
        )
    minutes = number(given.minutes, "--minutes", 1, _MOST_MINUTES) or _USUAL_MINUTES
    case = _case(given)
    password = typed_password(given, surroundings, time.monotonic() + 60)
    if password is None:
        password = kept_password(case.me)
    if password is None:
        raise WrongArguments(
            _(
                N_(
                    "No password of {address} is kept here. Give it with --password-stdin, or let"
                    " the wizard keep it."
                )
            ).format(address=case.me)
        )

    from mailwizard.commands.outside import organisation, real_world, with_defaults
    from mailwizard.engine.investigation import Investigation

    own, _mistake = organisation(surroundings)
    investigation = Investigation(real_world(own), with_defaults(case, own))
    investigation.password = password
    try:
        why = _sign_in(investigation)
        if why is not None:
            surroundings.say(_(N_("The mailbox could not be opened: {why}")).format(why=why))
            return _NOT_ARRIVED
        return _wait(investigation, minutes * _SECONDS_A_MINUTE, surroundings)
    finally:
        investigation.close()


def _case(given: argparse.Namespace) -> Case:
    host, port = host_and_port(given.imap) if given.imap is not None else (None, None)
    return Case(
        me=mail_address(given.me),
        sender=sender(given.sender),
        since=usual_since(datetime.now(UTC).astimezone().date()),
        provider=provider_id(given.provider) if given.provider is not None else None,
        imap_host=host,
        imap_port=port,
    )


def _sign_in(investigation: "Investigation") -> str | None:
    """None once it is signed in, else what stood in the way."""
    from mailwizard import plan
    from mailwizard.probes.imap.lending import signed_in
    from mailwizard.text.seen_lines import seen_line

    run = investigation.start(plan.with_needed(("sign-in",)), seconds=_SIGN_IN_SECONDS)
    try:
        run.wait(_SIGN_IN_SECONDS + 1)
    finally:
        run.stop()
    if signed_in(investigation.evidence):
        return None
    return seen_line("sign-in", investigation.evidence) or _(N_("no answer in time"))


def _wait(investigation: "Investigation", seconds: float, surroundings: Surroundings) -> int:
    from mailwizard.engine.waiting import WaitJob
    from mailwizard.ui.waiting_lines import expected, headline, meaning

    job = WaitJob(investigation, seconds)
    progress = OneLine(surroundings)
    try:
        while not job.wait(_TICK):
            progress.show(_in_words(job))
    finally:
        job.stop()
        progress.clear()
    now = job.snapshot()
    for came in expected(now):
        mail = came.mail
        arrived = mail.arrived.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        author = f"{mail.from_name} <{mail.from_address}>".strip()
        line = "\t".join((arrived, mail.folder, author, mail.subject))
        print(line, file=surroundings.output, flush=True)
    if now.state == "arrived":
        progress.ring()
        return _ARRIVED
    sender_ = investigation.case.sender or ""
    surroundings.say(f"{headline(now, sender_)} {meaning(now, sender_)}")
    return _CRASHED if now.state == "failed" else _NOT_ARRIVED


def _in_words(job: "WaitJob") -> str:
    """What is going on, how long it still takes, what else came."""
    from mailwizard.text import waiting as words
    from mailwizard.ui.waiting_lines import headline

    now = job.snapshot()
    parts = (
        headline(now, "") if now.state == "reconnecting" else "",
        words.beside(now.state, now.left),
        words.others_came(now.others),
    )
    return " · ".join(part for part in parts if part)
