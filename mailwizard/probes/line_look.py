"""One look at the ladder's rungs for a watch of the line: one connection or question each.

Control hosts take turns, and are asked more only where the first of them stays silent. Nobody
signs in.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from mailwizard.model.seen.network import Endpoint, GatewayReply, Link
from mailwizard.probes import web
from mailwizard.probes.asking import About, Question, ask
from mailwizard.probes.connecting import old_first
from mailwizard.probes.link import link
from mailwizard.probes.reaching import Say, find_host, try_endpoint
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.side_by_side import SideBySide
from mailwizard.providers.sites import site_of_server

SECONDS = 15.0
"""A whole look at most: a lookup, a question to public name services, two connections."""

HEDGE_SECONDS = 1.5
ROUTER_SECONDS = 4.0
NAMES_SECONDS = 3.0
MAX_SERVERS = 3

Task = Callable[[], None]


def look(setting: Setting, number: int) -> None:
    """Records what every rung says now; ``number`` counts the looks. Raises Stopped."""
    tasks: list[Task] = [
        partial(_router, setting),
        *_names(setting, number),
        *_internet(setting, number),
        *_mail(setting, number),
        *_webmail(setting),
    ]
    for _done in SideBySide(setting, tasks).results():
        continue


def _router(setting: Setting) -> None:
    link(setting)
    for found in setting.evidence.of(Link):
        address = found.seen.gateway
        if address is not None:
            how, ms = setting.world.ping(address, setting.limit(ROUTER_SECONDS))
            setting.record(
                GatewayReply(address=address, answered=bool(how), how=how, milliseconds=ms)
            )


def _names(setting: Setting, number: int) -> list[Task]:
    controls = setting.world.controls.https
    if not controls:
        return []
    base = Question(
        via="configured",
        about="control",
        server="",
        name=controls[number % len(controls)],
        rtype="A",
    )

    def asked(server: str, port: int) -> None:
        question = replace(base, server=server, port=port)
        setting.record(ask(setting, question, NAMES_SECONDS))

    return [partial(asked, *server) for server in setting.world.nameservers()[:MAX_SERVERS]]


def _internet(setting: Setting, number: int) -> list[Task]:
    hosts = setting.world.controls.https
    if not hosts:
        return []

    def reach(turn: int) -> bool:
        host = hosts[(number + turn) % len(hosts)]
        target = Endpoint(role="control", service="https", host=host, port=443)
        return _reach(setting, target, "tls")

    def portals() -> None:
        try:
            web.portal(setting)
        except Skipped:
            return

    others: list[Callable[[], object]] = [portals]
    if len(hosts) > 1:
        others.append(partial(reach, 1))
    return _hedged(setting, partial(reach, 0), others)


def _mail(setting: Setting, number: int) -> list[Task]:
    host, port = setting.imap_server
    if not host:
        return []
    own = Endpoint(role="provider", service="imap", host=host, port=port)
    hosts = setting.world.controls.imap
    others: list[Callable[[], object]] = []
    if hosts:
        other = hosts[number % len(hosts)]
        control = Endpoint(role="control", service="imap", host=other, port=993)
        others.append(partial(_reach, setting, control, "greeting"))
    return _hedged(setting, partial(_reach, setting, own, "greeting", addresses=2), others)


def _webmail(setting: Setting) -> list[Task]:
    site = site_of_server(setting.provider, setting.imap_server[0])
    if site is None or not site.webmail:
        return []
    target = Endpoint(role="web", service="https", host=site.webmail, port=443)

    def reach() -> None:
        _reach(setting, target, "tls")

    return [reach]


def _reach(setting: Setting, target: Endpoint, say: Say, addresses: int = 1) -> bool:
    """Tries a host, at another of its ``addresses`` where the first does not answer.

    Returns whether TLS was verified, and the host spoke where it speaks first. Raises Stopped.
    """
    about: About = "control" if target.role == "control" else "provider"
    looked_up, answers, found = find_host(setting, target.host, about)
    for seen in (looked_up, *answers):
        setting.record(seen)
    if not found:
        setting.record(target)
    for address in old_first(found)[:addresses]:
        tried = try_endpoint(setting, replace(target, address=address), say)
        setting.record(tried)
        if tried.tls == "ok" and (tried.spoke or say != "greeting"):
            return True
    return False


def _hedged(
    setting: Setting, first: Callable[[], bool], others: list[Callable[[], object]]
) -> list[Task]:
    """The first, and the others as soon as it has come to nothing, or has taken long."""
    ended = threading.Event()
    good: list[bool] = []

    def begin() -> None:
        try:
            good.append(first())
        finally:
            ended.set()

    def follow(other: Callable[[], object]) -> None:
        ended.wait(setting.limit(HEDGE_SECONDS))
        if not any(good):
            other()

    return [begin, *(partial(follow, other) for other in others)]
