"""Reads the values of ``check``'s options; WrongArguments is raised with a sentence that helps."""

import re
from datetime import date
from ipaddress import ip_address

from mailwizard.commands.surroundings import WrongArguments
from mailwizard.model.case import NotAnAddress, parse_address, parse_domain, parse_sender
from mailwizard.model.finding import Step
from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.providers.load import all_providers
from mailwizard.text.dates import DayToCome, NotADay, read_day
from mailwizard.text.language import _

_DNS_PORT = 53


def mail_address(text: str) -> str:
    """``--me``."""
    try:
        return parse_address(text)
    except NotAnAddress:
        raise _wrong(
            N_("--me: “{typed}” is not a whole mail address. It looks like lin@acme-trading.com."),
            text,
        ) from None


def sender(text: str) -> str:
    """``--sender``: an address or a domain."""
    try:
        return parse_sender(text)
    except NotAnAddress:
        raise _wrong(
            N_(
                "--sender: “{typed}” is neither a mail address nor a domain. It looks like"
                " buyer@customer-gmbh.de or customer-gmbh.de."
            ),
            text,
        ) from None


def day(text: str, today: date) -> date:
    """``--since``."""
    try:
        return read_day(text, today)
    except DayToCome:
        raise _wrong(
            N_("--since: {typed} is still to come. Name the day since when the mail is missing."),
            text,
        ) from None
    except NotADay:
        raise _wrong(
            N_("--since: “{typed}” is not a day. Write it such as 2026-11-09."), text
        ) from None


def number(text: str | None, option: str, least: int, most: int) -> int | None:
    """A whole number within bounds; None where the option was not given."""
    if text is None:
        return None
    if re.fullmatch(r"[0-9]{1,15}", text) and least <= int(text) <= most:
        return int(text)
    raise WrongArguments(
        _(N_("{option}: “{typed}” is not a whole number from {least} to {most}.")).format(
            option=option, typed=shown(text, 40), least=least, most=most
        )
    )


def steps(text: str | None) -> tuple[Step, ...]:
    """``--steps``: some of the steps, in the tree's order; all where the option was not given."""
    if text is None:
        return tuple(Step)
    names = {name.strip().lower() for name in text.split(",") if name.strip()}
    unknown = sorted(names - {step.value for step in Step})
    if unknown or not names:
        raise WrongArguments(
            _(N_("--steps: “{typed}” is no step. There are: {known}.")).format(
                typed=shown(unknown[0] if unknown else text, 40), known=", ".join(Step)
            )
        )
    return tuple(step for step in Step if step in names)


def provider_id(text: str) -> str:
    """``--provider``."""
    if text.lower() not in all_providers():
        raise WrongArguments(
            _(N_("--provider: “{typed}” is not known here. There are: {known}.")).format(
                typed=shown(text, 40), known=", ".join(all_providers())
            )
        )
    return text.lower()


def host_and_port(text: str) -> tuple[str, int | None]:
    """``--imap``: a host name or address, with or without a port."""
    host, port = _split(text, "--imap", "imap.qiye.aliyun.com:993")
    try:
        return str(ip_address(host)), port
    except ValueError:
        pass
    try:
        return parse_domain(host), port
    except NotAnAddress:
        raise _wrong(
            N_("--imap: “{typed}” is no host. Write it such as imap.qiye.aliyun.com:993."), text
        ) from None


def address_and_port(text: str | None) -> tuple[str, int] | None:
    """``--nameserver``: an IP address, with or without a port."""
    if text is None:
        return None
    host, port = _split(text, "--nameserver", "223.5.5.5:53")
    try:
        return str(ip_address(host)), port or _DNS_PORT
    except ValueError:
        raise _wrong(
            N_("--nameserver: “{typed}” is no IP address. Write it such as 223.5.5.5."), text
        ) from None


def _split(text: str, option: str, example: str) -> tuple[str, int | None]:
    """Host and port of ``host``, ``host:port``, ``[v6]:port`` or a bare IPv6 address."""
    bracketed = re.fullmatch(r"\[([^\]]*)\](?::(.*))?", text.strip())
    if bracketed:
        host, port = bracketed[1], bracketed[2]
    elif text.count(":") == 1:
        host, _colon, port = text.strip().partition(":")
    else:
        host, port = text.strip(), None
    if port is None:
        return host, None
    if re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 65536:
        return host, int(port)
    raise WrongArguments(
        _(
            N_("{option}: “{typed}” has no port from 1 to 65535. Write it such as {example}.")
        ).format(option=option, typed=shown(text, 80), example=example)
    )


def _wrong(sentence: str, typed: str) -> WrongArguments:
    return WrongArguments(_(sentence).format(typed=shown(typed, 80)))
