"""``mailwizard check``: every automatic check at once, no questions; prints a report."""

import argparse
import time
from datetime import UTC, date, datetime, timedelta

from mailwizard.commands.arguments import Parser
from mailwizard.commands.check_values import (
    address_and_port,
    day,
    host_and_port,
    mail_address,
    number,
    provider_id,
    sender,
    steps,
)
from mailwizard.commands.output import read_output, report_options
from mailwizard.commands.passwords import kept_password, typed_password
from mailwizard.commands.surroundings import Surroundings, WrongArguments
from mailwizard.model.case import Case
from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.probes.setting import Inputs
from mailwizard.text.language import _
from mailwizard.text.typed import MOST_DAYS, NotUnderstood, usual_since

_USUAL_SECONDS = 60
_MOST_SECONDS = 3600


def parser() -> Parser:
    """The command's arguments."""
    parser = Parser(
        "check",
        _(
            N_(
                "Checks everything that can be checked without asking, and prints a report.\n"
                "Exit codes: 0 nothing wrong found, 1 a cause was found, 2 the command is not"
                " complete,\n3 no cause found but something could not be checked, 4 the program"
                " itself failed."
            )
        ),
        "--me ADDRESS [--sender ADDRESS_OR_DOMAIN] [options]",
    )
    option = parser.option
    option("--me", _(N_("your own mail address")), value="ADDRESS")
    option(
        "--sender",
        _(N_("whose mail is missing; without it mailbox, network and domain are checked")),
        value="ADDRESS",
    )
    option("--days", _(N_("how many days to look back; 14 if not given")), value="N")
    option("--since", _(N_("the first day to look at, such as 2026-11-09")), value="DATE")
    option("--subject", _(N_("subject of the missing mail")), value="TEXT")
    option("--attachment", _(N_("name of a file that came with it")), value="NAME")
    option("--size", _(N_("size of the missing mail in bytes")), value="BYTES")
    option(
        "--bounce",
        _(N_("the message that the sender got back; - is standard input")),
        value="FILE",
    )
    option(
        "--sender-log",
        _(N_("what the sender's IT found in their log; - is standard input")),
        value="FILE",
    )
    option(
        "--steps",
        _(N_("only these steps: spam,quota,network,dns,sender")),
        value="LIST",
    )
    option("--provider", _(N_("the mail provider, instead of the detected one")), value="ID")
    option("--imap", _(N_("the mailbox's server")), value="HOST[:PORT]")
    option("--password-stdin", _(N_("the password is the first line of standard input")))
    option("--no-sign-in", _(N_("leave the mailbox alone")))
    option("--deadline", _(N_("seconds for the whole check; 60 if not given")), value="SECONDS")
    option("--nameserver", _(N_("instead of the system's resolver")), value="IP[:PORT]")
    report_options(parser)
    return parser


def run(given: argparse.Namespace, surroundings: Surroundings) -> int:
    """Checks and prints the report; the exit code tells the result."""
    output = read_output(given)
    if given.me is None:
        raise WrongArguments(
            _(N_("Name your own mail address: mailwizard check --me ADDRESS. See also --help."))
        )
    seconds = number(given.deadline, "--deadline", 1, _MOST_SECONDS) or _USUAL_SECONDS
    ends = surroundings.started + seconds
    wanted = steps(given.steps)
    nameserver = address_and_port(given.nameserver)
    if given.password_stdin and given.no_sign_in:
        raise WrongArguments(
            _(N_("Give either --password-stdin or --no-sign-in, not both of them."))
        )
    case = _case(given)
    password = typed_password(given, surroundings, ends)
    inputs = _inputs(given, surroundings, ends)

    from mailwizard.commands.checking import Plan, check_and_report
    from mailwizard.commands.outside import organisation, real_world, with_defaults
    from mailwizard.engine.investigation import Investigation

    own, _mistake = organisation(surroundings)
    investigation = Investigation(real_world(own, nameserver), with_defaults(case, own))
    investigation.inputs = inputs
    if password is None and not given.no_sign_in:
        password = kept_password(case.me)
    investigation.password = password
    plan = Plan(steps=wanted, seconds=ends - time.monotonic())
    return check_and_report(investigation, plan, output, surroundings)


def _case(given: argparse.Namespace) -> Case:
    host, port = host_and_port(given.imap) if given.imap is not None else (None, None)
    subject = shown(given.subject, 500) if given.subject is not None else None
    attachment = shown(given.attachment, 255) if given.attachment is not None else None
    return Case(
        me=mail_address(given.me),
        sender=sender(given.sender) if given.sender is not None else None,
        since=_since(given),
        subject=subject or None,
        attachment=attachment or None,
        size=number(given.size, "--size", 1, 10**12),
        provider=provider_id(given.provider) if given.provider is not None else None,
        imap_host=host,
        imap_port=port,
    )


def _since(given: argparse.Namespace) -> date:
    today = datetime.now(UTC).astimezone().date()
    if given.days is not None and given.since is not None:
        raise WrongArguments(_(N_("Give either --days or --since, not both of them.")))
    if given.since is not None:
        return day(given.since, today)
    days = number(given.days, "--days", 1, MOST_DAYS)
    return today - timedelta(days=days) if days is not None else usual_since(today)


def _inputs(given: argparse.Namespace, surroundings: Surroundings, ends: float) -> Inputs:
    if given.bounce == "-" and given.sender_log == "-":
        raise WrongArguments(
            _(N_("Only one of --bounce and --sender-log can be standard input. Name a file."))
        )
    return Inputs(
        bounce=_brought("--bounce", given.bounce, surroundings, ends),
        sender_log=_brought("--sender-log", given.sender_log, surroundings, ends),
    )


def _brought(
    option: str, name: str | None, surroundings: Surroundings, ends: float
) -> bytes | None:
    from mailwizard.text.brought import MOST_BYTES, check_brought, read_brought

    if name is None:
        return None
    try:
        if name != "-":
            return read_brought(name)
        data = surroundings.input.rest(ends - time.monotonic(), MOST_BYTES)
        check_brought(data)
    except NotUnderstood as problem:
        raise WrongArguments(f"{option} {shown(name, 200)}: {_(problem.sentence)}") from None
    return data
