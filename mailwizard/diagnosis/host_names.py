"""What a mail server that nobody knows by its name may really be called."""

from dataclasses import dataclass
from typing import Literal

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.providers.load import all_providers
from mailwizard.providers.sites import named_site
from mailwizard.reading.addresses import distance

_SLIPS = 2
_LONG = 14  # letters: in a shorter name, two slips make it another one


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another name, and how it is known.

    ``records``: the company's domain publishes it (SRV, RFC 6186; autoconfig; its own imap. name).
    ``typo``: it is a known server's, a slip or two away. ``suggested``: the usual one of the
    provider that the company is at.
    """

    host: str
    how: Literal["records", "typo", "suggested"]
    because: tuple[Observation[ProviderHint], ...] = ()


def suggestion(situation: Situation, host: str) -> Suggestion | None:
    """The best-founded other name; None where there is none."""
    wrong = host.rstrip(".").lower()
    hints = situation.of(ProviderHint)
    for source in ("srv", "autoconfig", "cname"):
        for hint in hints:
            name = hint.seen.name if source == "cname" else hint.seen.target
            imap = source != "cname" or name.startswith("imap.")
            if hint.seen.source == source and imap and name not in ("", wrong):
                return Suggestion(name, "records", (hint,))
    slip = _nearest(wrong)
    if slip:
        return Suggestion(slip, "typo")
    known = [site.imap for site in situation.provider.sites if site.imap]
    if situation.provider_by == "default" or not known or wrong in known:
        return None
    named = named_site(situation.provider, [hint.seen for hint in hints])
    return Suggestion(named.site.imap if named else known[0], "suggested")


def _nearest(host: str) -> str:
    """The one known IMAP server that is closest to a name; "" for none, or several as close."""
    slips: dict[int, set[str]] = {}
    for provider in all_providers().values():
        for site in provider.sites:
            if site.imap:
                slips.setdefault(distance(host, site.imap, _SLIPS), set()).add(site.imap)
    if 0 in slips:
        return ""
    for count in range(1, _SLIPS + 1 if len(host) >= _LONG else 2):
        if count in slips:
            return next(iter(slips[count])) if len(slips[count]) == 1 else ""
    return ""
