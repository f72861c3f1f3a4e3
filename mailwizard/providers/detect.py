"""Which provider the mailbox is at, and which server to ask: from the user, or from the DNS."""

from dataclasses import dataclass

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.provider import Provider
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.providers.load import DEFAULT, all_providers
from mailwizard.providers.match import by_client_host, by_mx, by_spf_include
from mailwizard.providers.sites import named_site

# A record that mail programs follow (SRV, the company's own imap. name) tells where the mailbox
# is; the MX tells only where mail is sent, which is the very thing that may be wrong.
_TRUST = ("srv", "autoconfig", "cname", "spf", "mx")


@dataclass(frozen=True, slots=True)
class Detected:
    """The provider, how it is known (see ``Situation.provider_by``), and the IMAP server."""

    provider: Provider
    by: str
    imap_server: tuple[str, int]


def detect(case: Case, evidence: Evidence) -> Detected:
    """The best-founded provider; the product's home provider where nothing points anywhere."""
    provider, by, host = _provider(case, evidence)
    if case.imap_host:
        host = case.imap_host
    elif not host:
        named = named_site(provider, [o.seen for o in evidence.of(ProviderHint)])
        # Software that companies run themselves has no host of its own: the usual name then.
        host = (named.site.imap if named else provider.sites[0].imap) or f"imap.{case.domain}"
    return Detected(provider, by, (host, case.imap_port or 993))


def _provider(case: Case, evidence: Evidence) -> tuple[Provider, str, str]:
    profiles = all_providers()
    if case.provider and case.provider in profiles:
        return profiles[case.provider], "user", ""
    if case.imap_host and (known := by_client_host(case.imap_host)):
        return known, "user", ""
    hints = [observation.seen for observation in evidence.of(ProviderHint)]
    for source in _TRUST:
        candidates: list[tuple[Provider, str]] = []
        for hint in hints:
            if hint.source != source:
                continue
            if source == "mx":
                found = by_mx(hint.target)
            elif source == "spf":
                found = by_spf_include(hint.target)
            else:
                found = by_client_host(hint.target)
            if found:
                host = "" if source in ("mx", "spf") else _imap_host(found, hint.target)
                candidates.append((found, host))
        if candidates:
            # Several of one rank: the home provider first, then by name; their order is no matter.
            home = sorted(candidates, key=lambda c: (c[0].id != DEFAULT, c[0].id, not c[1], c[1]))
            return home[0][0], source, home[0][1]
    own = next((hint.target for hint in hints if hint.source in ("srv", "autoconfig")), "")
    return profiles[DEFAULT], "default", own


def _imap_host(provider: Provider, host: str) -> str:
    """The IMAP server of the site that a client host belongs to."""
    name = host.rstrip(".").lower()
    return next(
        (site.imap for site in provider.sites if name in (site.imap, site.smtp, site.webmail)), ""
    )
