"""Whether the company's own records name another site of the provider than the one that refused."""

from typing import Any

from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.model.seen.mailbox import SignIn, SiteLook
from mailwizard.providers.sites import Named, named_site, site_of_host, sites_apart


def other_site(situation: Situation, attempt: Observation[SignIn]) -> Finding | None:
    """Signed in at the wrong site, which fails like a wrong password.

    None where the records name the site that refused, none, or several; and where the one that
    they name is not there.
    """
    hints = situation.of(ProviderHint)
    if situation.provider_by == "default":
        return None
    here = site_of_host(situation.provider, attempt.seen.host, [o.seen for o in hints])
    named = named_site(situation.provider, [o.seen for o in hints])
    if here is None or named is None or named.site.id == here.id:
        return None
    looks = [o for o in situation.of(SiteLook) if o.seen.site == named.site.id]
    if looks and all(o.seen.connect == "no-address" for o in looks):
        return None
    because: list[Observation[Any]] = [
        attempt,
        *(o for o in hints if o.seen in named.hints),
        *looks,
    ]
    return finding(
        "SIGN_IN_AT_OTHER_SITE",
        because,
        certainty=_certainty(named, looks),
        host=attempt.seen.host,
        other_host=named.site.imap,
        other_webmail=named.site.webmail,
        named_by=tuple(dict.fromkeys(hint.target for hint in named.hints))[:3],
    )


def _certainty(named: Named, looks: list[Observation[SiteLook]]) -> Certainty:
    greeted = any(o.seen.greeting for o in looks)
    if greeted and (named.followed or named.receives):
        return Certainty.LIKELY
    return Certainty.POSSIBLE


def other_hosts(situation: Situation, host: str) -> tuple[str, ...]:
    """The servers of the provider's other sites, where it is known that this is the provider.

    () where the records say that the mailbox is at this one.
    """
    if situation.provider_by == "default":
        return ()
    hints = [o.seen for o in situation.of(ProviderHint)]
    here = site_of_host(situation.provider, host, hints)
    if here is None:
        return ()
    named = named_site(situation.provider, hints)
    if named is not None and named.site.id == here.id:
        return ()
    gone = {o.seen.site for o in situation.of(SiteLook) if o.seen.connect == "no-address"}
    sites = sites_apart(situation.provider)
    return tuple(s.imap for s in sites if s.id != here.id and s.id not in gone)
