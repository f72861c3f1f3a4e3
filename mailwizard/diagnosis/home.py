"""Where the user's mailbox really is, as far as that is known beyond doubt or nearly so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.provider import Provider, Site
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.providers.match import (
    by_client_host,
    by_greeting,
    by_mx,
    by_spf_include,
    takes_mail_for,
)
from mailwizard.providers.sites import named_site, site_of_host
from mailwizard.reading.mx import parse_mx

_FOLLOWED = ("user", "srv", "autoconfig", "cname")


@dataclass(frozen=True, slots=True)
class Home:
    """The provider whose profile the MX records may be held against.

    ``certainty``: sure after a sign-in there, likely by the user's word or by records that mail
    programs follow, possible by SPF alone (it tells who sends, not who receives) and where all
    other records name somebody else. ``site`` is the
    data centre, None where that is not known.
    """

    provider: Provider
    certainty: Certainty
    because: tuple[Observation[Seen], ...] = ()
    site: Site | None = None

    def takes(self, host: str) -> bool:
        """Whether an exchanger is the provider's own."""
        return takes_mail_for(self.provider, host)

    def wanted(self, now: Iterable[str] = ()) -> tuple[str, ...]:
        """The MX records to set, as ``"5 mx1.example"``; () where no source states them.

        Those of the provider's that are there already, if they are of another data centre than
        the one that the vendor's standard records lead to.
        """
        standard = tuple(f"{rank} {host}" for rank, host in self.provider.standard_mx)
        usual = {host for _rank, host in self.provider.standard_mx}
        own = [mx for mx in parse_mx(now) if self.takes(mx.host)]
        if own and not any(mx.host in usual for mx in own):
            return tuple(str(mx) for mx in own)
        if self.site is None or not self.provider.standard_mx:
            return standard or self._hosts(self.provider.mx)
        if usual & set(self.site.mx):
            return standard
        return self._hosts(self.site.mx)

    def _hosts(self, patterns: Sequence[str]) -> tuple[str, ...]:
        """The hosts, where the vendor's preferences are not known."""
        return tuple(host for host in patterns if not host.startswith("*."))


def home(situation: Situation) -> Home | None:
    """None where nothing but the MX itself, or nothing at all, tells where the mailbox is."""
    by = situation.provider_by
    hints = tuple(o for o in situation.of(ProviderHint) if o.seen.source == by)
    for signed_in in situation.of(SignIn):
        if signed_in.seen.outcome != "ok":
            continue
        host = signed_in.seen.host
        aliases = [
            o
            for o in situation.of(ProviderHint)
            if o.seen.source == "cname" and _plain(o.seen.name) == _plain(host)
        ]
        named = next((o for o in aliases if by_client_host(o.seen.target)), None)
        provider = by_client_host(host) or (by_client_host(named.seen.target) if named else None)
        provider = provider or by_greeting(signed_in.seen.greeting)
        if provider is None and by in _FOLLOWED:
            provider = situation.provider
        if provider is not None:
            site = site_of_host(provider, host, [o.seen for o in aliases])
            because = (signed_in, *((named,) if named else ()))
            return _exclusive(Home(provider, Certainty.SURE, because, site))
    if by not in (*_FOLLOWED, "spf"):
        return None
    doubtful = by == "spf" or (by != "user" and _left_behind(situation))
    certainty = Certainty.POSSIBLE if doubtful else Certainty.LIKELY
    records = [o.seen for o in situation.of(ProviderHint) if o.seen.source != "mx"]
    chosen = site_of_host(situation.provider, situation.case.imap_host or "")
    told = named_site(situation.provider, records)
    site = chosen or (told.site if told else None)
    return _exclusive(Home(situation.provider, certainty, hints, site))


def _left_behind(situation: Situation) -> bool:
    """Whether the record that names the provider may be of a former one: MX and SPF agree on
    another, and nothing else speaks for this one."""
    here = situation.provider.id
    records = [o.seen for o in situation.of(ProviderHint)]
    receiving = {p.id for h in records if h.source == "mx" and (p := by_mx(h.target))}
    sending = {p.id for h in records if h.source == "spf" and (p := by_spf_include(h.target))}
    return here not in receiving | sending and bool(receiving & sending)


def _exclusive(found: Home) -> Home | None:
    """Software that companies run themselves may stand behind any MX: no IMAP host of its own."""
    provider = found.provider
    return found if provider.mx and provider.sites[0].imap else None


def _plain(host: str) -> str:
    return host.rstrip(".").lower()
