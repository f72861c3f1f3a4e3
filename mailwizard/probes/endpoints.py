"""The mail server, others to compare, and the provider's other doors."""

from dataclasses import replace
from functools import partial
from ipaddress import ip_address

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, SystemLookup
from mailwizard.probes.asking import About, Question, ask
from mailwizard.probes.connecting import old_first
from mailwizard.probes.reaching import (
    PUBLIC_ASKED,
    PUBLIC_SECONDS,
    Say,
    find_host,
    system_lookup,
    try_endpoint,
)
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.side_by_side import SideBySide
from mailwizard.providers.sites import site_of_server

MAX_ADDRESSES = 6
MAX_OWN_ADDRESSES = 4  # as this computer resolves the host; the rest is left for others' answers
MAX_SERVERS = 4

Seen = Endpoint | SystemLookup | DnsAnswer


def imap_server(setting: Setting) -> None:
    """The user's own server: every address that any resolver gives, tried up to its greeting.

    Where this computer's look-up fails or differs, what public resolvers answer is tried too.
    """
    host, port = setting.imap_server
    if not host:
        raise Skipped("no-server")
    work: SideBySide[Seen] = SideBySide(setting, [partial(system_lookup, setting, host)])
    questions = _questions(setting, host)
    for question in questions:
        work.start(partial(ask, setting, question, PUBLIC_SECONDS))
    looking = 1 + len(questions)
    tried: list[str] = []
    others: list[str] = []
    target = Endpoint(role="provider", service="imap", host=host, port=port)

    def go(addresses: list[str], most: int) -> None:
        for address in addresses:
            if address not in tried and len(tried) < most:
                tried.append(address)
                work.start(partial(try_endpoint, setting, replace(target, address=address)))

    for seen in work.results():
        setting.record(seen)
        if isinstance(seen, SystemLookup):
            go(list(seen.addresses), MAX_OWN_ADDRESSES)
        elif isinstance(seen, DnsAnswer):
            others += [record for record in seen.records if _is_address(record)]
        if not isinstance(seen, Endpoint):
            looking -= 1
            if looking == 0:
                go(old_first(others), MAX_ADDRESSES)
    if not tried:
        setting.record(target)


def imap_control(setting: Setting) -> None:
    """Other providers' servers on the same port, one connection each."""
    controls = setting.world.controls.imap
    if not controls:
        raise Skipped("no-controls")
    servers = [Endpoint(role="control", service="imap", host=host, port=993) for host in controls]
    _visit(setting, [(server, "greeting") for server in servers])


def provider_web(setting: Setting) -> None:
    """The provider's other doors: webmail, the mail server's own web port, sending, POP."""
    host = setting.imap_server[0]
    if not host:
        raise Skipped("no-server")
    web = Endpoint(role="web", service="https", host=host, port=443)
    targets: list[tuple[Endpoint, Say]] = [(web, "")]
    # A server that no profile knows has no webmail or sending host that we could name.
    site = site_of_server(setting.provider, host)
    if site is not None:
        if site.webmail:
            targets.append((replace(web, host=site.webmail), "tls"))
        if site.smtp:
            smtp = replace(web, role="submission", service="submission", host=site.smtp, port=465)
            targets.append((smtp, "greeting"))
        if site.pop:
            pop = replace(web, role="pop", service="pop3", host=site.pop, port=995)
            targets.append((pop, "greeting"))
    _visit(setting, targets)


def _visit(setting: Setting, targets: list[tuple[Endpoint, Say]]) -> None:
    work: SideBySide[list[Seen]] = SideBySide(
        setting, [partial(_look_up_and_try, setting, target, say) for target, say in targets]
    )
    for several in work.results():
        for seen in several:
            setting.record(seen)


def _look_up_and_try(setting: Setting, target: Endpoint, say: Say) -> list[Seen]:
    about: About = "control" if target.role == "control" else "provider"
    looked_up, answers, addresses = find_host(setting, target.host, about)
    seen: list[Seen] = [looked_up, *answers]
    if not addresses:
        return [*seen, target]
    target = replace(target, address=old_first(addresses)[0])
    return [*seen, try_endpoint(setting, target, say)]


def _questions(setting: Setting, host: str) -> list[Question]:
    """The host's addresses asked of every configured resolver and of three public ones."""
    if _is_address(host):
        return []
    base = Question(via="public", about="provider", server="", name=host, rtype="A")
    servers = [
        replace(base, server=server) for server in setting.world.controls.resolvers[:PUBLIC_ASKED]
    ] + [
        replace(base, via="configured", server=server, port=port)
        for server, port in setting.world.nameservers()[:MAX_SERVERS]
    ]
    return [replace(question, rtype=rtype) for question in servers for rtype in ("A", "AAAA")]


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
