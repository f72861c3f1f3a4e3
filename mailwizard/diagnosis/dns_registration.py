"""Whether the user's domain is registered, paid for and switched on."""

from datetime import timedelta
from typing import Any

from mailwizard.diagnosis.home import home
from mailwizard.diagnosis.mail_route import MailRoute, own_answers
from mailwizard.diagnosis.network_clock import true_now
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.dns import DnsAnswer, Registration
from mailwizard.providers.filters import is_filter

SOON = timedelta(days=30)

_OVER = frozenset({"redemption period", "pending delete", "expired"})
_GRACE = "auto renew period"  # RFC 3915: the registry has renewed it, the owner may not have
_HELD = frozenset({"client hold", "server hold", "clienthold", "serverhold", "hold"})


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """DOMAIN_EXPIRED, DOMAIN_ON_HOLD, DOMAIN_EXPIRES_SOON or REGISTRATION_UNKNOWN, or nothing."""
    asked = [o for o in situation.of(Registration) if o.seen.about == "own"]
    found = registered(situation)
    if found is None:
        if asked and all(o.seen.outcome != "not-found" for o in asked):
            return [finding("REGISTRATION_UNKNOWN", asked, domain=situation.case.domain)]
        return []
    return _of_found(situation, believed, found)


def registered(situation: Situation) -> Observation[Registration] | None:
    """The registry's entry of the user's domain, or of the one above it."""
    return next(
        (
            o
            for o in situation.of(Registration)
            if o.seen.about == "own" and o.seen.outcome == "found"
        ),
        None,
    )


def _of_found(
    situation: Situation, believed: MailRoute, found: Observation[Registration]
) -> list[Finding]:
    seen = found.seen
    now, clock = true_now(situation)
    expires = seen.expires
    past = expires is not None and now is not None and expires < now
    data: dict[str, Any] = {
        "domain": seen.domain,
        "registrar": seen.registrar or None,
        # A registry may have renewed by itself what the owner has not paid for.
        "expires": expires.date().isoformat() if expires and past else None,
        "status": seen.status,
    }
    because = (found, *believed.because)
    held = bool(_HELD & set(seen.status))
    if _OVER & set(seen.status):
        if believed.status == "answer" and (parent := _delegated(situation, seen.domain)):
            # The registry's two words differ: it may have been renewed this hour.
            return [
                finding(
                    "DOMAIN_EXPIRED",
                    (*because, *parent),
                    certainty=Certainty.LIKELY,
                    outcome=Outcome.RISK,
                    variant="still-on",
                    **data,
                )
            ]
        sure = Certainty.SURE if believed.status != "answer" else Certainty.LIKELY
        return [finding("DOMAIN_EXPIRED", because, certainty=sure, **data)]
    if past and believed.status in ("nxdomain", "nodata"):
        # A clock that nobody confirmed could be the one that is wrong.
        sure = Certainty.SURE if clock and believed.status == "nxdomain" else Certainty.LIKELY
        return [finding("DOMAIN_EXPIRED", (*because, *clock), certainty=sure, **data)]
    if held and _GRACE in seen.status and believed.status == "nxdomain":
        # Switched off in the weeks after its end: nobody has paid, as far as can be told.
        return [
            finding("DOMAIN_EXPIRED", because, certainty=Certainty.LIKELY, variant="grace", **data)
        ]
    if held:
        sure = Certainty.SURE if believed.status == "nxdomain" else Certainty.LIKELY
        outcome = Outcome.RISK if believed.status == "answer" else Outcome.CAUSE
        variant = "still-on" if believed.status == "answer" else ""
        return [
            finding(
                "DOMAIN_ON_HOLD", because, certainty=sure, outcome=outcome, variant=variant, **data
            )
        ]
    if past and (away := _led_away(situation, believed)):
        return [
            finding(
                "DOMAIN_EXPIRED",
                (*because, *clock, *away),
                certainty=Certainty.LIKELY,
                variant="parked",
                **data,
            )
        ]
    if past:
        # Registries leave an expired domain switched on for some weeks.
        return [
            finding(
                "DOMAIN_EXPIRED",
                (found, *clock),
                certainty=Certainty.LIKELY if clock else Certainty.POSSIBLE,
                outcome=Outcome.RISK,
                variant="still-on" if believed.status == "answer" else "unseen",
                **data,
            )
        ]
    if expires is not None and now is not None and expires - now < SOON:
        days = (expires - now).days
        return [
            finding(
                "DOMAIN_EXPIRES_SOON",
                (found, *clock),
                certainty=Certainty.SURE if clock else Certainty.LIKELY,
                variant="" if days > 1 else "at-once",
                days=days,
                **(data | {"expires": expires.date().isoformat()}),
            )
        ]
    return []


def _delegated(situation: Situation, domain: str) -> list[Observation[DnsAnswer]]:
    """The parent zone's word that the domain is still delegated."""
    return [
        o
        for o in own_answers(situation, domain, "NS", ["parent"])
        if o.seen.referral or o.seen.records
    ]


def _led_away(situation: Situation, believed: MailRoute) -> tuple[Observation[Seen], ...]:
    """What tells that no record leads to the mailbox any more: registrars park what has run out."""
    lives = home(situation)
    if lives is None or lives.certainty is Certainty.POSSIBLE or believed.status != "answer":
        return ()
    hosts = believed.hosts
    return () if any(lives.takes(h) or is_filter(h) for h in hosts) else lives.because
