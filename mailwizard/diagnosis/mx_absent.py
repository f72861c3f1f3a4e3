"""A domain without MX records, or none at all: what stands in their place."""

from collections.abc import Sequence

from mailwizard.diagnosis.delegation import Answer
from mailwizard.diagnosis.dns_registration import registered
from mailwizard.diagnosis.home import home
from mailwizard.diagnosis.mail_route import MailRoute, addresses, own_answers
from mailwizard.diagnosis.mx_parts import about_records, doors_of, reasons
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.dns import Registration


def no_domain(situation: Situation, believed: MailRoute) -> list[Finding]:
    """The name does not exist: registered by nobody, registered but not delegated, or not told."""
    domain = situation.case.domain
    entry = registered(situation)
    if entry is not None and entry.seen.domain == domain:
        return [
            about_records(
                "NO_MAIL_ROUTE",
                situation,
                believed,
                [entry],
                variant="not-delegated",
                registrar=entry.seen.registrar or None,
                servers=entry.seen.name_servers,
            )
        ]
    absent = [
        o
        for o in situation.of(Registration)
        if o.seen.about == "own" and o.seen.outcome == "not-found"
    ]
    nobodys = entry is None and bool(absent)
    variant = "unregistered" if nobodys else "no-domain"
    return [about_records("NO_MAIL_ROUTE", situation, believed, absent, variant=variant)]


def no_mx(situation: Situation, believed: MailRoute) -> list[Finding]:
    """The name exists and has no MX: hidden by an alias, in the wrong place, or missing."""
    domain = situation.case.domain
    alias = [
        o
        for o in own_answers(situation, domain, "CNAME", ["public", "authoritative"])
        if o.seen.status == "answer"
    ]
    if believed.alias or alias:
        target = believed.alias[-1] if believed.alias else alias[0].seen.records[0]
        return [about_records("APEX_CNAME", situation, believed, alias, target=target)]
    misplaced = [
        o
        for o in own_answers(situation, f"www.{domain}", "MX")
        if o.seen.status == "answer" and not o.seen.cname
    ]
    if misplaced:
        return [
            about_records(
                "MX_TYPO",
                situation,
                believed,
                misplaced,
                variant="www",
                records=misplaced[0].seen.records,
            )
        ]
    web, answers = addresses(situation, domain)
    if web is False:
        return [about_records("NO_MAIL_ROUTE", situation, believed, answers)]
    return [_at_the_address(situation, believed, answers)]


def _at_the_address(
    situation: Situation, believed: MailRoute, answers: Sequence[Answer]
) -> Finding:
    """Senders go to the domain's own address (RFC 5321 section 5.1): who answers there?"""
    doors = doors_of(situation, [situation.case.domain])
    taking = [d for d in doors if reasons(d).get("user") == "accepted"]
    turned = [d for d in doors if reasons(d).get("user") in ("unknown-user", "not-served")]
    arriving = situation.answered("others", "yes")
    known = home(situation) is not None
    if not known and (taking or arriving):
        # A company's own mail server on its one address: unusual, and mail arrives.
        return about_records(
            "MX_MISSING",
            situation,
            believed,
            [*answers, *taking, arriving],
            outcome=Outcome.RISK,
            certainty=Certainty.POSSIBLE,
            variant="taken",
        )
    seen = taking or turned
    return about_records(
        "MX_MISSING",
        situation,
        believed,
        [*answers, *(seen or doors)],
        certainty=Certainty.SURE if known or doors else Certainty.LIKELY,
        variant="elsewhere" if taking else "turned-away" if turned else "",
        target=seen[0].seen.address if seen else None,
    )
