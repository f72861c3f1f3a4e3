"""Whether the user's domain is registered, paid for and switched on."""

from datetime import timedelta
from typing import Any

from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.network_clock import true_now
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import Registration

SOON = timedelta(days=30)

_OVER = frozenset({"redemption period", "pending delete"})
_HELD = frozenset({"client hold", "server hold", "clienthold", "serverhold"})


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """DOMAIN_EXPIRED, DOMAIN_ON_HOLD, DOMAIN_EXPIRES_SOON or REGISTRATION_UNKNOWN, or nothing."""
    asked = [o for o in situation.of(Registration) if o.seen.about == "own"]
    found = next((o for o in asked if o.seen.outcome == "found"), None)
    if found is None:
        if asked and all(o.seen.outcome != "not-found" for o in asked):
            return [finding("REGISTRATION_UNKNOWN", asked, domain=situation.case.domain)]
        return []
    return _of_found(situation, believed, found)


def _of_found(
    situation: Situation, believed: MailRoute, found: Observation[Registration]
) -> list[Finding]:
    seen = found.seen
    now, clock = true_now(situation)
    expires = seen.expires
    data: dict[str, Any] = {
        "domain": seen.domain,
        "registrar": seen.registrar or None,
        "expires": expires.date().isoformat() if expires else None,
    }
    because = (found, *believed.because)
    if _OVER & set(seen.status):
        sure = Certainty.SURE if believed.status != "answer" else Certainty.LIKELY
        return [finding("DOMAIN_EXPIRED", because, certainty=sure, **data)]
    past = expires is not None and now is not None and expires < now
    if past and believed.status in ("nxdomain", "nodata"):
        # A clock that nobody confirmed could be the one that is wrong.
        sure = Certainty.SURE if clock and believed.status == "nxdomain" else Certainty.LIKELY
        return [finding("DOMAIN_EXPIRED", (*because, *clock), certainty=sure, **data)]
    if _HELD & set(seen.status):
        sure = Certainty.SURE if believed.status == "nxdomain" else Certainty.LIKELY
        outcome = Outcome.RISK if believed.status == "answer" else Outcome.CAUSE
        return [finding("DOMAIN_ON_HOLD", because, certainty=sure, outcome=outcome, **data)]
    if past:
        # Registries leave an expired domain switched on for some weeks.
        return [
            finding(
                "DOMAIN_EXPIRED",
                (found, *clock),
                certainty=Certainty.LIKELY if clock else Certainty.POSSIBLE,
                outcome=Outcome.RISK,
                variant="still-on" if believed.status == "answer" else "",
                **data,
            )
        ]
    if expires is not None and now is not None and expires - now < SOON:
        return [
            finding(
                "DOMAIN_EXPIRES_SOON", (found, *clock), days=max((expires - now).days, 0), **data
            )
        ]
    return []
