"""After a refused sign-in: is the mailbox at another site of the provider? No password is sent."""

from dataclasses import replace
from functools import partial

from mailwizard.model.evidence import Evidence
from mailwizard.model.provider import Site
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.model.seen.mailbox import SignIn, SiteLook
from mailwizard.model.seen.network import Endpoint
from mailwizard.probes.connecting import host_addresses
from mailwizard.probes.reaching import try_endpoint
from mailwizard.probes.resolving import ask_all, configured, public, question, trusted
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.side_by_side import SideBySide
from mailwizard.providers.detect import detect
from mailwizard.providers.sites import site_of_host, sites_apart

OTHER_NAMES = ("smtp", "pop3", "pop")
MAX_SITES = 8
MAX_ADDRESSES = 2
_EACH = 1.5  # seconds for one question

Found = SiteLook | list[ProviderHint]


def other_sites(setting: Setting) -> None:
    """Asks where the company's other names lead to, and whether the other sites' servers greet.

    Only after a refused sign-in, where the provider is known and has several sites. Records
    ProviderHint and SiteLook. Raises Skipped, Stopped.
    """
    if not _refused(setting.evidence):
        raise Skipped("not-refused")
    hints = [observation.seen for observation in setting.evidence.of(ProviderHint)]
    sites = sites_apart(setting.provider)
    here = site_of_host(setting.provider, setting.imap_server[0], hints)
    known = detect(setting.case, setting.evidence).by != "default"
    others = [site for site in sites if here is not None and site.id != here.id][:MAX_SITES]
    if not known or not others:
        raise Skipped("one-site")
    work: SideBySide[Found] = SideBySide(setting, [partial(_own_names, setting)])
    for site in others:
        work.start(partial(_look, setting, site))
    for found in work.results():
        for seen in found if isinstance(found, list) else [found]:
            setting.record(seen)


def _refused(evidence: Evidence) -> bool:
    """Whether the newest attempt to sign in was refused."""
    attempts = evidence.of(SignIn)
    newest = max(attempts, key=lambda o: (o.at, len(o.id), o.id), default=None)
    return newest is not None and newest.seen.outcome == "refused"


def _own_names(setting: Setting) -> Found:
    """Where the company's names for other mail protocols lead (CNAME)."""
    names = [f"{label}.{setting.case.domain}" for label in OTHER_NAMES]
    servers = (*configured(setting)[:1], *public(setting, 1))
    asked = [question(server, name, "A") for name in names for server in servers]
    answers = ask_all(setting, asked, each=_EACH)
    return [
        ProviderHint(source="client-name", name=name, target=target)
        for name in names
        if (answer := trusted(answers, name, "A")) is not None
        for target in answer.cname
        if target != name
    ]


def _look(setting: Setting, site: Site) -> Found:
    """One site's IMAP server, up to its greeting."""
    seen = SiteLook(site=site.id, host=site.imap, connect="no-address")
    server = Endpoint(role="control", service="imap", host=site.imap, port=993)
    try:
        addresses = host_addresses(setting, site.imap)[:MAX_ADDRESSES]
    except OSError as problem:
        return replace(seen, connect="timeout") if isinstance(problem, TimeoutError) else seen
    for address in addresses:
        tried = try_endpoint(setting, replace(server, address=address))
        seen = replace(
            seen,
            connect=tried.connect,
            tls=tried.tls,
            greeting=tried.greeting if tried.tls == "ok" else "",
            detail=tried.detail,
        )
        if seen.greeting:
            break
    return seen
