"""What one refusal means for this case: of a bounce's recipient, or of a line of the sender's log.

A refusal of somebody else's address proves nothing about the user's; a refusal by somebody else's
server proves nothing about the user's mailbox.
"""

from dataclasses import dataclass, replace

from mailwizard.diagnosis import dane, mail_route, mta_sts
from mailwizard.diagnosis.bounce_phrases import Meaning, block_list_named, meaning
from mailwizard.diagnosis.sender_view import (
    Relation,
    arrived,
    domain_doubts,
    doors_closed,
    found_by_user,
    is_local,
    mailbox_exists,
    relation,
    sent_by_sender,
    whose,
)
from mailwizard.diagnosis.situation import Situation, finding, ids
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner, Value
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.dns import MtaSts
from mailwizard.reading.mta_sts import allows

_ABOUT_ADDRESS = ("ADDRESS_UNKNOWN", "WRONG_ADDRESS")
_ABOUT_MAILBOX = (
    "MAILBOX_FULL",
    "BLOCKED_BY_YOU",
    "MAILBOX_DEACTIVATED",
    "EXTERNAL_MAIL_OFF",
    "RECIPIENT_RATE_LIMIT",
)
_PASSING = (
    "STILL_TRYING",
    "SENDER_LIMITED",
    "SENDER_CANNOT_REACH_US",
    "MX_BUSY",
    "NO_MAIL_ROUTE",
    "RECIPIENT_RATE_LIMIT",
    "ADDRESS_UNKNOWN",
    "SENDER_DOMAIN_DEAD",
    "POLICY_BLOCK",
)
# A refusal that comes from the way to us: words a foreign server would use as well.
_ABOUT_WAY = (*_ABOUT_ADDRESS, "MX_DOES_NOT_SERVE_DOMAIN", "SENDER_CANNOT_REACH_US")


# A promise of encryption that senders found broken.
_ABOUT_PROMISE = (
    "DANE_MISMATCH",
    "DANE_CERT",
    "DANE_NO_TLS",
    "MTASTS_CERT_FAIL",
    "MTASTS_MX_MISMATCH",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One refusal, whoever told us of it. ``said_by`` is the refusing server, "" if not named."""

    addresses: tuple[str, ...]
    delayed: bool
    code: int
    enhanced: str
    said: str
    said_by: str
    said_by_address: str = ""
    reporting: str = ""
    sender_ip: str = ""
    local: bool = False
    because: Observation[Seen]


def judge(situation: Situation, refusal: Refusal) -> list[Finding]:
    """The findings that a refusal gives, with what it proves and no more."""
    about = relation(situation, *refusal.addresses)
    if whose(situation, refusal.said_by, refusal.said_by_address) == "foreign-mx":
        # The records lead there: that is the fault, and the domain's findings name it.
        return [_at_most_risk(f) for f in _judged(situation, refusal, about)]
    return _judged(situation, refusal, about)


def _judged(situation: Situation, refusal: Refusal, about: Relation) -> list[Finding]:
    read = meaning(refusal.said, refusal.code, refusal.enhanced)
    if about == "other":
        return [_somebody_else(situation, refusal, "other")]
    if about == "near":
        return _not_lost(situation, [_wrong_address(situation, refusal, read)])
    if about == "colleague" and read is not None:
        strangers = whose(situation, refusal.said_by, refusal.said_by_address) == "elsewhere"
        if read.code in _ABOUT_ADDRESS and not strangers and not _is_local(situation, refusal):
            return _not_lost(situation, [_wrong_address(situation, refusal, read)])
        if read.code in _ABOUT_MAILBOX:
            return [_somebody_else(situation, refusal, "colleague")]
    found = _of_us(situation, refusal, read)
    if about != "me":
        found = [_less_sure(f) for f in found]
    return _not_lost(situation, found)


def _of_us(situation: Situation, refusal: Refusal, read: Meaning | None) -> list[Finding]:
    if refusal.delayed:
        return _delayed(situation, refusal, read)
    if _is_local(situation, refusal) and (read is None or read.code in _ABOUT_ADDRESS):
        sure = sent_by_sender(situation, refusal.reporting)
        return [_found("SENDER_LOCAL_DELIVERY", situation, refusal, _sure_if(sure))]
    if read is None:
        if not refusal.said:
            return []
        return [_found("BOUNCE_NOT_UNDERSTOOD", situation, refusal, variant="words")]
    return _final(situation, refusal, read)


def _final(situation: Situation, refusal: Refusal, read: Meaning) -> list[Finding]:
    code, certainty = read.code, read.certainty
    owner = whose(situation, refusal.said_by, refusal.said_by_address)
    if code in _ABOUT_WAY and owner == "elsewhere":
        doubts = domain_doubts(situation)
        outcome = Outcome.RISK if doubts else None
        return [
            _found(
                "SENDER_OLD_ROUTE",
                situation,
                refusal,
                Certainty.LIKELY,
                outcome=outcome,
                also=doubts,
            )
        ]
    if code in _ABOUT_ADDRESS or code == "MX_DOES_NOT_SERVE_DOMAIN":
        if owner == "sender":
            return [_found("BOUNCE_NOT_UNDERSTOOD", situation, refusal, variant="words")]
        return [_no_such_address(situation, refusal, read)]
    if code in _ABOUT_PROMISE:
        seen = _promise_seen_broken(situation, refusal, read)
        if seen is not None:
            return [seen]
    if code in ("MTASTS_CERT_FAIL", "MTASTS_MX_MISMATCH"):
        return [_policy_of_ours(situation, refusal, read)]
    if code in ("NO_MAIL_ROUTE", "NULL_MX"):
        route = mail_route.route(situation)
        if domain_doubts(situation) or route.status != "answer":
            return []  # what is wrong with the domain is said by the domain's own findings
        return [
            _found(
                "SENDER_CANNOT_REACH_US",
                situation,
                refusal,
                Certainty.LIKELY,
                also=route.because,
                variant="name",
            )
        ]
    if code == "SENDER_CANNOT_REACH_US":
        return [_unreachable(situation, refusal)]
    if code == "STILL_TRYING":  # put off for too much mail, until their server gave up
        return [_found("SENDER_LIMITED", situation, refusal, certainty, outcome=Outcome.CAUSE)]
    if code == "MAIL_LOOP":
        theirs = sent_by_sender(situation, refusal.reporting) and not refusal.said_by
        owner_of_loop = Owner.SENDER_IT if theirs else None
        return [_found(code, situation, refusal, certainty, owner=owner_of_loop)]
    if code in ("MX_BUSY", "SENDER_SPF_BROKEN", "SENDER_CANNOT_RECEIVE", "MX_CHAIN_INCOMPLETE"):
        return [_found(code, situation, refusal, certainty)]
    return [_found(code, situation, refusal, certainty, outcome=Outcome.CAUSE)]


def _no_such_address(situation: Situation, refusal: Refusal, read: Meaning) -> Finding:
    if read.code == "MX_DOES_NOT_SERVE_DOMAIN":
        named = Certainty.LIKELY if refusal.said_by else Certainty.POSSIBLE
        return _found(read.code, situation, refusal, named)
    exists = mailbox_exists(situation)
    if read.code == "WRONG_ADDRESS":
        return _found(read.code, situation, refusal, read.certainty, variant="syntax")
    if not any(refusal.addresses):
        # Which name was refused is not told; one that works here was hardly it.
        certainty = Certainty.LIKELY if exists else Certainty.POSSIBLE
        return _found(
            "WRONG_ADDRESS", situation, refusal, certainty, also=tuple(exists), variant="unnamed"
        )
    certainty = read.certainty
    if exists and certainty is Certainty.SURE:
        certainty = Certainty.LIKELY
    return _found(read.code, situation, refusal, certainty, also=tuple(exists))


def _delayed(situation: Situation, refusal: Refusal, read: Meaning | None) -> list[Finding]:
    """The mail is still on its way; where the words name a lasting reason, that is the cause."""
    if read is not None and read.code not in _PASSING and read.by != "plain":
        reason = _final(situation, refusal, read)
        waiting = _found("STILL_TRYING", situation, refusal, outcome=Outcome.INFO, variant="reason")
        return [*reason, waiting]
    if read is not None and read.code == "RECIPIENT_RATE_LIMIT":
        return [_found("RECIPIENT_RATE_LIMIT", situation, refusal, read.certainty)]
    doubts = _doubts(situation)
    outcome = Outcome.RISK if doubts else None
    return [_found("STILL_TRYING", situation, refusal, outcome=outcome, also=doubts)]


def _unreachable(situation: Situation, refusal: Refusal) -> Finding:
    """Their server gave up. If our own door is closed for others too, the fault is not theirs."""
    doubts = _doubts(situation)
    return _found(
        "SENDER_CANNOT_REACH_US",
        situation,
        refusal,
        Certainty.LIKELY,
        outcome=Outcome.RISK if doubts else None,
        also=doubts,
    )


def _doubts(situation: Situation) -> tuple[Observation[Seen], ...]:
    """What explains on our own side that nobody gets through: closed doors, records in disorder."""
    return (*doors_closed(situation), *domain_doubts(situation))


def _promise_seen_broken(situation: Situation, refusal: Refusal, read: Meaning) -> Finding | None:
    """Words about a server that could not be verified, and the same seen from here, are proof.

    Mail systems say the same of a key that does not fit (DANE) as of any other certificate.
    """
    believed = mail_route.route(situation)
    broken = {f.code: f for f in dane.judge(situation, believed)}
    if not read.code.startswith("DANE"):
        broken |= {f.code: f for f in mta_sts.judge(situation, believed)}
    fitting = [read.code, *(code for code in _ABOUT_PROMISE if read.code == "MTASTS_CERT_FAIL")]
    code = next((code for code in fitting if code in broken), None)
    if code is None:
        return None
    behind = broken[code]
    named = behind.data.get("servers") or behind.data.get("missing")
    if refusal.said_by and isinstance(named, tuple) and refusal.said_by not in named:
        return None
    also = tuple(o for o in situation.evidence if o.id in set(behind.because))
    found = _found(code, situation, refusal, outcome=Outcome.CAUSE, also=also)
    return replace(found, data={**behind.data, **found.data})


def _policy_of_ours(situation: Situation, refusal: Refusal, read: Meaning) -> Finding:
    """A server that could not be verified: by its name, if our published policy leaves it out."""
    for published in situation.of(MtaSts):
        policy = published.seen.policy
        own = published.seen.domain == situation.case.domain
        if policy is None or policy.mode != "enforce" or not own:
            continue
        hosts = (refusal.said_by,) if refusal.said_by else mail_route.route(situation).hosts
        left_out = [host for host in hosts if not allows(policy.mx, host)]
        code = "MTASTS_MX_MISMATCH" if left_out else "MTASTS_CERT_FAIL"
        return _found(
            code, situation, refusal, read.certainty, outcome=Outcome.CAUSE, also=(published,)
        )
    return _found(read.code, situation, refusal, read.certainty, outcome=Outcome.CAUSE)


def _is_local(situation: Situation, refusal: Refusal) -> bool:
    """Whether no server of ours was asked at all: the sender's own server knew the answer."""
    if refusal.local or is_local(refusal.said_by):
        return True
    own_words = "RESOLVER.ADR" in refusal.said
    if refusal.said_by or not (own_words or refusal.code == 0) or not refusal.reporting:
        return False
    read = meaning(refusal.said, refusal.code, refusal.enhanced)
    knew = read is not None and read.code in _ABOUT_ADDRESS
    return knew and whose(situation, refusal.reporting) in ("sender", "elsewhere")


def _wrong_address(situation: Situation, refusal: Refusal, read: Meaning | None) -> Finding:
    said_so = read is not None and read.code in (*_ABOUT_WAY, "NO_MAIL_ROUTE")
    unclear = read is None or read.certainty is Certainty.POSSIBLE
    return _found(
        "WRONG_ADDRESS", situation, refusal, _sure_if(said_so and not unclear), outcome=None
    )


def _somebody_else(situation: Situation, refusal: Refusal, variant: str) -> Finding:
    return _found(
        "NOT_ADDRESSED_TO_YOU",
        situation,
        refusal,
        Certainty.LIKELY,
        outcome=Outcome.INFO,
        variant=variant,
    )


def _found(
    code: str,
    situation: Situation,
    refusal: Refusal,
    certainty: Certainty = Certainty.SURE,
    *,
    outcome: Outcome | None = None,
    owner: Owner | None = None,
    also: tuple[Observation[Seen], ...] = (),
    variant: str = "bounce",
) -> Finding:
    data: dict[str, Value] = {
        "variant": variant,
        "said": refusal.said,
        "server": refusal.said_by or refusal.reporting,
        "wrong": next((a for a in refusal.addresses if a), ""),
        "right": situation.case.me,
        "me": situation.case.me,
        "domain": situation.case.domain,
        "sender": situation.case.sender or refusal.reporting,
        "list": block_list_named(refusal.said),
        "address": refusal.sender_ip,
    }
    return finding(
        code,
        [refusal.because, *also],
        certainty=certainty,
        outcome=outcome,
        owner=owner,
        **data,
    )


def _not_lost(situation: Situation, found: list[Finding]) -> list[Finding]:
    """Mail that arrived after all was not kept away by this refusal (they may have sent again)."""
    here = arrived(situation)
    if not here and not found_by_user(situation):
        return found
    more = ids(mail.because for mail in here)
    return [
        replace(_at_most_risk(f), because=tuple(dict.fromkeys((*f.because, *more)))) for f in found
    ]


def _at_most_risk(f: Finding) -> Finding:
    return replace(f, outcome=Outcome.RISK) if f.outcome is Outcome.CAUSE else f


def _less_sure(f: Finding) -> Finding:
    if f.certainty is Certainty.SURE:
        return replace(f, certainty=Certainty.LIKELY)
    return f


def _sure_if(sure: bool) -> Certainty:
    return Certainty.SURE if sure else Certainty.LIKELY
