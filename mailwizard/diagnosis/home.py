"""Where the user's mailbox really is, as far as that is known beyond doubt or nearly so."""

from dataclasses import dataclass

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.provider import Provider
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.providers.match import by_client_host


@dataclass(frozen=True, slots=True)
class Home:
    """The provider whose profile the MX records may be held against.

    ``certainty``: sure after a sign-in there, likely by the user's word or by records that mail
    programs follow, possible by SPF alone (it tells who sends, not who receives).
    """

    provider: Provider
    certainty: Certainty
    because: tuple[Observation[Seen], ...] = ()

    @property
    def should_be(self) -> tuple[str, ...]:
        """The records that the provider asks for, as text; its hosts where preferences vary."""
        if self.provider.standard_mx:
            return tuple(f"{preference} {host}" for preference, host in self.provider.standard_mx)
        return self.provider.mx


def home(situation: Situation) -> Home | None:
    """None where nothing but the MX itself, or nothing at all, tells where the mailbox is."""
    hints: tuple[Observation[Seen], ...] = tuple(
        o for o in situation.of(ProviderHint) if o.seen.source == situation.provider_by
    )
    for signed_in in situation.of(SignIn):
        if signed_in.seen.outcome != "ok":
            continue
        provider = by_client_host(signed_in.seen.host)
        if provider is None and situation.provider_by in ("user", "srv", "autoconfig", "cname"):
            provider = situation.provider
        if provider is not None:
            return _exclusive(Home(provider, Certainty.SURE, (signed_in,)))
    if situation.provider_by in ("user", "srv", "autoconfig", "cname"):
        return _exclusive(Home(situation.provider, Certainty.LIKELY, hints))
    if situation.provider_by == "spf":
        return _exclusive(Home(situation.provider, Certainty.POSSIBLE, hints))
    return None


def _exclusive(found: Home) -> Home | None:
    """Software that companies run themselves may stand behind any MX: no IMAP host of its own."""
    provider = found.provider
    return found if provider.mx and provider.sites[0].imap else None
