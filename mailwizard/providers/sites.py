"""Which of a provider's sites a host, a record or a company's domain belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from mailwizard.model.provider import Provider, Site
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.providers.match import matches

_FOLLOWED = ("srv", "autoconfig", "cname", "client-name")
"""Records that mail programs follow to the mailbox; MX and SPF only tell where mail goes."""


@dataclass(frozen=True, slots=True)
class Named:
    """The site that a domain's records name with one voice, and which of them do."""

    site: Site
    hints: tuple[ProviderHint, ...]

    @property
    def followed(self) -> bool:
        """Whether mail programs follow one of these records."""
        return any(hint.source in _FOLLOWED for hint in self.hints)

    @property
    def receives(self) -> bool:
        """Whether one of them says where mail is delivered."""
        return any(hint.source == "mx" for hint in self.hints)


def sites_apart(provider: Provider) -> tuple[Site, ...]:
    """The sites with accounts of their own: those that are only another name left out."""
    return tuple(site for site in provider.sites if site.imap and not site.same_as)


def site_of_server(provider: Provider, imap: str) -> Site | None:
    """The site whose IMAP server has this very name."""
    name = _plain(imap)
    return next((s for s in provider.sites if s.imap and _plain(s.imap) == name), None)


def site_of_host(provider: Provider, host: str, hints: Iterable[ProviderHint] = ()) -> Site | None:
    """The site that a server's name belongs to, also by a company's own name for it."""
    names = {_plain(host)}
    names |= {_plain(h.target) for h in hints if h.source == "cname" and _plain(h.name) in names}
    for site in provider.sites:
        if names & {site.imap, site.smtp, site.webmail} - {"", None}:
            return _itself(provider, site)
    return None


def named_site(provider: Provider, hints: Iterable[ProviderHint]) -> Named | None:
    """The one site that the records name; None where they name none, or several."""
    found = [(hint, site) for hint in hints if (site := _site_of(provider, hint)) is not None]
    followed = [(hint, site) for hint, site in found if hint.source in _FOLLOWED]
    deciding = followed or found
    if len({site.id for _hint, site in deciding}) != 1:
        return None
    site = deciding[0][1]
    return Named(site, tuple(hint for hint, other in found if other.id == site.id))


def _site_of(provider: Provider, hint: ProviderHint) -> Site | None:
    if hint.source in _FOLLOWED:
        return site_of_host(provider, hint.target)
    for site in provider.sites:
        if (hint.source == "mx" and matches(hint.target, site.mx)) or (
            hint.source == "spf" and matches(hint.target, site.spf_includes)
        ):
            return _itself(provider, site)
    return None


def _itself(provider: Provider, site: Site) -> Site:
    """The site that another name stands for."""
    return next((other for other in provider.sites if other.id == site.same_as), site)


def _plain(host: str) -> str:
    return host.rstrip(".").lower()
