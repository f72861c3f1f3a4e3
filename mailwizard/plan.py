"""Which probes there are: their step, what they wait for, how long they may take."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from mailwizard.model.finding import Step
from mailwizard.model.marked import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One probe. ``where`` names its function, ``module:function``, imported when it first runs.

    ``after`` are probes whose end it waits for, however they end. ``seconds`` bounds its own run.
    ``step`` None belongs to signing in. ``what`` is its row on the screen.
    """

    id: str
    step: Step | None
    what: str
    where: str
    after: tuple[str, ...] = ()
    seconds: float = 12.0

    def load(self) -> Callable[[Any], None]:
        """The probe's function, which takes a ``probes.setting.Setting``."""
        module, _, name = self.where.partition(":")
        function: Callable[[Any], None] = getattr(
            import_module(f"mailwizard.probes.{module}"), name
        )
        return function


PROBES: tuple[Probe, ...] = (
    Probe(id="link", step=Step.NETWORK, what=N_("Cable or Wi-Fi"), where="link:link"),
    Probe(
        id="gateway", step=Step.NETWORK, what=N_("Router"), where="gateway:gateway", after=("link",)
    ),
    Probe(
        id="proxy",
        step=Step.NETWORK,
        what=N_("Proxy"),
        where="proxy:proxy",
        after=("link",),
    ),
    Probe(
        id="resolvers",
        step=Step.NETWORK,
        what=N_("Name service (DNS)"),
        where="resolvers:configured",
    ),
    Probe(
        id="public-resolvers",
        step=Step.NETWORK,
        what=N_("Public name services"),
        where="resolvers:public",
    ),
    Probe(id="portal", step=Step.NETWORK, what=N_("Wi-Fi sign-in page"), where="web:portal"),
    Probe(
        id="https",
        step=Step.NETWORK,
        what=N_("Internet and clock"),
        where="web:https",
    ),
    Probe(
        id="line",
        step=Step.NETWORK,
        what=N_("Quality of the line"),
        where="line:line",
        after=("link",),
    ),
    Probe(
        id="provider",
        step=Step.NETWORK,
        what=N_("Who runs your mailbox"),
        where="provider_hints:provider_hints",
        seconds=8.0,
    ),
    Probe(
        id="imap-server",
        step=Step.NETWORK,
        what=N_("Your mail server"),
        where="endpoints:imap_server",
        after=("provider",),
        seconds=15.0,
    ),
    Probe(
        id="imap-control",
        step=Step.NETWORK,
        what=N_("Other mail servers"),
        where="endpoints:imap_control",
        seconds=15.0,
    ),
    Probe(
        id="provider-web",
        step=Step.NETWORK,
        what=N_("Webmail"),
        where="endpoints:provider_web",
        after=("provider",),
    ),
    Probe(
        id="sign-in",
        step=None,
        what=N_("Sign in"),
        where="sign_in:sign_in",
        after=("provider",),
        seconds=25.0,
    ),
    Probe(
        id="other-sites",
        step=None,
        what=N_("The provider's other sites"),
        where="other_sites:other_sites",
        after=("sign-in",),
        seconds=5.0,
    ),
    Probe(
        id="search",
        step=Step.SPAM,
        what=N_("Search of all folders"),
        where="search:search",
        after=("sign-in",),
        seconds=50.0,
    ),
    Probe(
        id="history",
        step=Step.SPAM,
        what=N_("Their earlier mail"),
        where="history:history",
        after=("search",),
        seconds=25.0,
    ),
    Probe(
        id="notices",
        step=Step.SPAM,
        what=N_("Notices in the mailbox"),
        where="notices:notices",
        after=("search",),
        seconds=15.0,
    ),
    Probe(
        id="quota",
        step=Step.QUOTA,
        what=N_("Space in the mailbox"),
        where="quota:quota",
        after=("sign-in",),
        seconds=30.0,
    ),
    Probe(
        id="domain",
        step=Step.DNS,
        what=N_("Mail records (MX)"),
        where="domain:domain",
    ),
    Probe(
        id="name-servers",
        step=Step.DNS,
        what=N_("Your name servers"),
        where="name_servers:name_servers",
    ),
    Probe(
        id="registration",
        step=Step.DNS,
        what=N_("Domain registration"),
        where="registration:own",
    ),
    Probe(
        id="door",
        step=Step.DNS,
        what=N_("Door for incoming mail"),
        where="door:own",
        after=("domain",),
        seconds=75.0,  # a tarpit greets after up to a minute
    ),
    Probe(
        id="door-control",
        step=Step.DNS,
        what=N_("Another company's door"),
        where="door:control",
        seconds=15.0,
    ),
    Probe(
        id="mta-sts",
        step=Step.DNS,
        what=N_("Encrypted delivery"),
        where="mta_sts:mta_sts",
        seconds=15.0,
    ),
    Probe(
        id="dane",
        step=Step.DNS,
        what=N_("Keys of your mail servers"),
        where="dane:dane",
    ),
    Probe(id="bounce", step=Step.SENDER, what=N_("The bounce message"), where="brought:bounce"),
    Probe(
        id="sender-log",
        step=Step.SENDER,
        what=N_("The sender's mail log"),
        where="brought:sender_log",
    ),
    Probe(
        id="sender-domain",
        step=Step.SENDER,
        what=N_("The sender's domain"),
        where="sender_domain:sender_domain",
    ),
    Probe(
        id="sender-identity",
        step=Step.SENDER,
        what=N_("The sender's identity"),
        where="sender_identity:sender_identity",
        after=("search", "history", "notices", "bounce", "sender-log", "sender-domain"),
    ),
    Probe(
        id="block-lists",
        step=Step.SENDER,
        what=N_("Public block lists"),
        where="block_lists:block_lists",
        after=("search", "history", "notices", "bounce", "sender-log", "sender-domain"),
    ),
)

BY_ID = {probe.id: probe for probe in PROBES}


def of_step(step: Step | None) -> tuple[Probe, ...]:
    """The probes of one step, in the order of their rows; None for signing in."""
    return tuple(probe for probe in PROBES if probe.step == step)


def with_needed(ids: Iterable[str]) -> tuple[Probe, ...]:
    """The named probes and all that they wait for, in the plan's order."""
    wanted: set[str] = set()
    queue = list(ids)
    while queue:
        probe = BY_ID[queue.pop()]
        if probe.id not in wanted:
            wanted.add(probe.id)
            queue.extend(probe.after)
    return tuple(probe for probe in PROBES if probe.id in wanted)
