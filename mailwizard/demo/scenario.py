"""What makes one demo scenario: its story, its case, what is wrong, the expected answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from mailwizard.demo import hosts, mailbox
from mailwizard.demo.mailbox import Arrival
from mailwizard.model.case import Case
from mailwizard.model.finding import Owner
from mailwizard.probes.setting import Inputs

PASSWORD = "Demo-pass-118"
SUBJECT = "Angebot 2026-118"


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What is wrong in the world; the defaults are a world in order.

    ``line``: ``cut`` at the router that does not answer, behind a sign-in ``portal``, or ``flaky``:
    every half a minute the router is gone for some seconds.
    ``blocked_ports``: the office firewall drops TCP connections to them.
    ``imap``: the provider's IMAP server refuses connections, or accepts them in silence.
    ``login_refusal``: its reply to every LOGIN. ``full``: used space in percent of the quota, None
    where the server has no QUOTA. ``recipient_reply``: what the MX says to RCPT for the user.
    ``mx``: the company's MX records. ``registered_days``: until its registration ends; at or below
    zero it is over, and the parent no longer knows the domain.
    """

    line: Literal["open", "cut", "portal", "flaky"] = "open"
    resolver: Literal["ok", "silent"] = "ok"
    blocked_ports: tuple[int, ...] = ()
    imap: Literal["ok", "refused", "silent"] = "ok"
    certificate: Literal["ok", "expired", "intercepted"] = "ok"
    login_refusal: str = ""
    full: int | None = None
    recipient_reply: str = "250 2.1.5 Ok"
    mx: tuple[str, ...] = tuple(f"{5 + 5 * n} {host}." for n, host in enumerate(hosts.MX))
    registered_days: int = 400
    listed: tuple[str, ...] = ()  # addresses on the block lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One scenario. ``title`` and ``story`` are marked for translation.

    ``password`` is what the person types, None for "no password". ``bounce`` writes the bounce
    that the sender got. ``answers`` are the person's answers by question. For ``silent_days``
    nobody's mail from outside has arrived; for ``years`` nobody has tidied up. ``resent`` is the
    mail that the customer sends again, ``resent_after`` seconds after somebody has begun to wait.
    ``verdict`` and ``owner`` are the expected result of checking everything.
    """

    id: str
    title: str
    story: str
    verdict: str
    owner: Owner
    faults: Faults = Faults()
    arrivals: tuple[Arrival, ...] = ()
    password: str | None = PASSWORD
    bounce: Callable[[datetime], str] | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    days: int = 14
    silent_days: float = 0.0
    years: float = 0.0
    resent: Arrival | None = None
    resent_after: float = 12.0

    def case(self, now: datetime) -> Case:
        """The case as the person tells it."""
        return Case(
            me=mailbox.ME,
            sender=mailbox.CUSTOMER[1],
            since=(now - timedelta(days=self.days)).date(),
        )

    def inputs(self, now: datetime) -> Inputs:
        """What the person brought along."""
        return Inputs(bounce=self.bounce(now).encode() if self.bounce else None)
