"""Promises of encryption that bind those who send: MTA-STS, DANE, or neither."""

from collections.abc import Sequence
from dataclasses import replace

from mailwizard.diagnosis import dane, mta_sts
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.diagnosis.tls_view import (
    believable_doors,
    offered_elsewhere,
    offers_none,
    vouching,
)
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.dns import MtaSts


def judge(situation: Situation, believed: MailRoute, records: Sequence[Finding]) -> list[Finding]:
    """The findings of ``mta_sts`` and ``dane``; without any, TLS_REQUIRED_BY_SENDER and
    MX_CHAIN_INCOMPLETE; and MX_TLS_POLICY_ABSENT.

    ``records`` are the findings on the MX records. Where one of them is a cause, the promises are
    at most a risk: they may well fit the records that there should be. Of those who know both,
    DANE decides alone (RFC 8461 section 2).
    """
    by_key = dane.judge(situation, believed)
    by_name = mta_sts.judge(situation, believed)
    if _is_cause(records):
        by_key, by_name = _at_most_risks(by_key), _at_most_risks(by_name)
    if _is_cause(by_key):
        by_name = _at_most_risks(by_name)
    promised = [*by_key, *by_name]
    unpromised = [] if promised else _for_those_who_insist(situation, believed)
    return [*promised, *unpromised, *_absent(situation, believed)]


def _for_those_who_insist(situation: Situation, believed: MailRoute) -> list[Finding]:
    """TLS_REQUIRED_BY_SENDER and MX_CHAIN_INCOMPLETE: what turns away only senders that insist on
    encryption, or on a certificate, though nothing is promised."""
    doors = [d for there in believable_doors(situation, believed).values() for d in there]
    greeted = [d for d in doors if d.seen.starttls is not None]
    elsewhere = offered_elsewhere(situation)
    if greeted and elsewhere and all(offers_none(d) for d in greeted):
        return [
            finding(
                "TLS_REQUIRED_BY_SENDER",
                [*greeted, *elsewhere],
                certainty=Certainty.LIKELY,
                outcome=Outcome.RISK,
                variant="seen",
                servers=tuple(dict.fromkeys(d.seen.host for d in greeted)),
            )
        ]
    gaps = [d for d in doors if d.seen.tls == "incomplete" and vouching(situation, d)]
    if not gaps:
        return []
    return [
        finding(
            "MX_CHAIN_INCOMPLETE",
            [*gaps, *(o for d in gaps for o in vouching(situation, d))],
            certainty=Certainty.LIKELY,
            variant="seen",
            servers=tuple(dict.fromkeys(d.seen.host for d in gaps)),
        )
    ]


def _is_cause(found: Sequence[Finding]) -> bool:
    return any(f.outcome is Outcome.CAUSE for f in found)


def _at_most_risks(found: Sequence[Finding]) -> list[Finding]:
    return [replace(f, outcome=Outcome.RISK) if _is_cause([f]) else f for f in found]


def _absent(situation: Situation, believed: MailRoute) -> list[Finding]:
    """Neither is published, or what is published binds nobody: no fault, and told as a fact."""
    if believed.status != "answer" or not believed.hosts:
        return []
    domain = situation.case.domain
    rules = [o for o in situation.of(MtaSts) if o.seen.domain == domain]
    if not rules or any(o.seen.txt and not o.seen.problem for o in rules):
        return []
    spoilt = [o for o in rules if o.seen.problem]
    none = dane.without_any(situation, believed)
    unsigned = dane.unsigned(situation, believed)
    if not none and not unsigned:
        return []
    return [
        finding(
            "MX_TLS_POLICY_ABSENT",
            [*rules, *none, *unsigned],
            certainty=Certainty.LIKELY if unsigned else Certainty.SURE,
            variant="spoilt" if spoilt else "unsigned" if unsigned else "",
            domain=domain,
            record=spoilt[0].seen.txt if spoilt else "",
        )
    ]
