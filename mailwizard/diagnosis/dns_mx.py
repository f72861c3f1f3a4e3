"""The MX records themselves: there, sound, and leading to where the mailbox is."""

from collections.abc import Sequence
from dataclasses import replace

from mailwizard.diagnosis.home import Home, home
from mailwizard.diagnosis.mail_route import MailRoute, addresses, own_answers
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.dns import Registration
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.providers.match import by_mx, matches
from mailwizard.reading.mx import Mx
from mailwizard.reading.smtp_refusal import reason

_ORDER = tuple(Certainty)


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """All findings about the records. What only this network's resolver says is at most a risk."""
    match believed.status:
        case "nxdomain":
            found = _no_domain(situation, believed)
        case "nodata":
            found = _no_mx(situation, believed)
        case "answer":
            found = [*_unsound(situation, believed), *_foreign(situation, believed)]
        case _:
            found = []
    if believed.certainty is Certainty.POSSIBLE:
        return [_weakened(f) for f in found]
    return found


def elsewhere(
    situation: Situation, believed: MailRoute, found: Sequence[Finding]
) -> frozenset[str]:
    """The exchangers whose word about an address is no word about the user's mailbox.

    An exchanger of nobody known that stands alone may be a filter in front of it and counts as
    the domain's own, unless ``found`` says otherwise.
    """
    lives = home(situation)
    if lives is None:
        return frozenset()
    others = [host for host in believed.hosts if not matches(host, lives.provider.mx)]
    accused = any(f.code == "MX_OLD_PROVIDER" and f.outcome is Outcome.CAUSE for f in found)
    if accused or len(others) < len(believed.hosts):
        return frozenset(others)
    return frozenset(host for host in others if by_mx(host))


def _no_domain(situation: Situation, believed: MailRoute) -> list[Finding]:
    absent = [
        o
        for o in situation.of(Registration)
        if o.seen.about == "own" and o.seen.outcome == "not-found"
    ]
    return [
        finding(
            "NO_MAIL_ROUTE",
            [*believed.because, *absent],
            certainty=believed.certainty,
            variant="no-domain",
            domain=situation.case.domain,
        )
    ]


def _no_mx(situation: Situation, believed: MailRoute) -> list[Finding]:
    domain = situation.case.domain
    should_be = _should_be(situation)
    alias = [
        o
        for o in own_answers(situation, domain, "CNAME", ["public", "authoritative"])
        if o.seen.status == "answer"
    ]
    if believed.alias or alias:
        target = believed.alias[-1] if believed.alias else alias[0].seen.records[0]
        return [
            finding(
                "APEX_CNAME",
                [*believed.because, *alias],
                certainty=believed.certainty,
                domain=domain,
                target=target,
                should_be=should_be,
            )
        ]
    misplaced = [
        o
        for o in own_answers(situation, f"www.{domain}", "MX")
        if o.seen.status == "answer" and not o.seen.cname
    ]
    if misplaced:
        return [
            finding(
                "MX_TYPO",
                [*believed.because, *misplaced],
                certainty=believed.certainty,
                variant="www",
                domain=domain,
                records=misplaced[0].seen.records,
                should_be=should_be,
            )
        ]
    web, answers = addresses(situation, domain)
    code = "NO_MAIL_ROUTE" if web is False else "MX_MISSING"
    return [
        finding(
            code,
            [*believed.because, *answers],
            certainty=believed.certainty,
            domain=domain,
            should_be=should_be,
        )
    ]


def _unsound(situation: Situation, believed: MailRoute) -> list[Finding]:
    """Records that no sender can follow, or not all senders do."""
    domain = situation.case.domain
    if all(mx.is_null for mx in believed.mx):
        return [
            finding(
                "NULL_MX",
                believed.because,
                certainty=believed.certainty,
                domain=domain,
                should_be=_should_be(situation),
            )
        ]
    found: list[Finding] = []
    if any(mx.is_null for mx in believed.mx):
        found.append(
            finding(
                "NULL_MX_MIXED",
                believed.because,
                certainty=believed.certainty,
                domain=domain,
                records=believed.records,
            )
        )
    good = _usable(situation, believed)
    for mx in believed.mx:
        found += _unsound_target(situation, believed, mx, others_work=bool(good - {mx.host}))
    return found


def _unsound_target(
    situation: Situation, believed: MailRoute, mx: Mx, others_work: bool
) -> list[Finding]:
    if mx.is_null:
        return []
    domain = situation.case.domain
    # Senders go on to the next exchanger: a record beside it that works saves the mail.
    outcome = Outcome.RISK if others_work else Outcome.CAUSE
    should_be = _should_be(situation)
    if mx.is_address:
        return [
            finding(
                "MX_IS_IP",
                believed.because,
                certainty=believed.certainty,
                outcome=outcome,
                domain=domain,
                target=mx.host,
                should_be=should_be,
            )
        ]
    there, answers = addresses(situation, mx.host)
    typo = _missing_dot(mx.host, domain)
    # With a wildcard record even a misspelt name has an address.
    if there is False or (there and typo and by_mx(typo)):
        return [
            finding(
                "MX_TYPO" if typo else "MX_TARGET_MISSING",
                [*believed.because, *answers],
                certainty=believed.certainty,
                outcome=outcome,
                domain=domain,
                target=mx.host,
                meant=typo or None,
                should_be=should_be,
            )
        ]
    aliased = [o for o in answers if o.seen.cname]
    if there and aliased and by_mx(mx.host) is None:
        return [
            finding(
                "MX_IS_CNAME",
                [*believed.because, *aliased],
                certainty=believed.certainty,
                domain=domain,
                target=mx.host,
                alias=aliased[0].seen.cname[-1],
            )
        ]
    return []


def _usable(situation: Situation, believed: MailRoute) -> set[str]:
    """The exchangers that a sender can reach by name, as far as is known."""
    return {
        mx.host
        for mx in believed.mx
        if not mx.is_null and not mx.is_address and addresses(situation, mx.host)[0] is not False
    }


def _missing_dot(host: str, domain: str) -> str:
    """The name that was meant, where the domain was added to a full name without a final dot."""
    meant = host.removesuffix(f".{domain}")
    if meant == host or "." not in meant:
        return ""
    return meant if by_mx(meant) or meant.endswith(domain) or meant.count(".") > 1 else ""


def _foreign(situation: Situation, believed: MailRoute) -> list[Finding]:
    """MX records against the profile of the provider where the mailbox is."""
    lives = home(situation)
    named = [mx for mx in believed.mx if not mx.is_null and not mx.is_address]
    named = [mx for mx in named if addresses(situation, mx.host)[0] is not False]
    if lives is None or not named:
        return []
    own = [mx for mx in named if matches(mx.host, lives.provider.mx)]
    others = [mx for mx in named if mx not in own]
    if not others:
        return []
    if own:
        return [_mixed(situation, believed, lives, own, others)]
    return _only_others(situation, believed, lives, others)


def _mixed(
    situation: Situation, believed: MailRoute, lives: Home, own: list[Mx], others: list[Mx]
) -> Finding:
    """Own and foreign exchangers together: what counts is which of them senders try first."""
    first = others[0].preference <= own[0].preference
    by_turns = others[0].preference == own[0].preference
    known = any(by_mx(mx.host) for mx in others)
    certainty = lives.certainty if known else _weaker(lives.certainty, Certainty.LIKELY)
    if lives.certainty is Certainty.POSSIBLE:
        first = False
    return finding(
        "MX_MIXED",
        [*believed.because, *lives.because],
        certainty=_weaker(certainty, believed.certainty),
        outcome=Outcome.CAUSE if first else Outcome.RISK,
        variant=("by-turns" if by_turns else "") if first else "backup",
        domain=situation.case.domain,
        records=believed.records,
        wrong=tuple(mx.host for mx in others),
        should_be=lives.should_be,
    )


def _only_others(
    situation: Situation, believed: MailRoute, lives: Home, others: list[Mx]
) -> list[Finding]:
    """No record leads to the provider. A server of nobody known may be a filter in front of it."""
    known = [mx for mx in others if by_mx(mx.host)]
    refusing = _refusing(situation, others)
    nobodys = situation.answered("others", "no")
    working = situation.answered("others", "yes")
    extra: list[Observation[Seen] | None] = [*refusing]
    if known:
        certain = lives.certainty is not Certainty.POSSIBLE
        cause = certain or bool(refusing)
        certainty = lives.certainty if certain else Certainty.LIKELY
    elif refusing or nobodys:
        cause, certainty = True, Certainty.LIKELY
        extra.append(nobodys)
    elif working:
        return []
    else:
        cause, certainty = False, Certainty.POSSIBLE
    if not cause:
        certainty = Certainty.POSSIBLE
    return [
        finding(
            "MX_OLD_PROVIDER",
            [*believed.because, *lives.because, *extra],
            certainty=_weaker(certainty, believed.certainty),
            outcome=Outcome.CAUSE if cause else Outcome.RISK,
            variant="" if cause else "filter",
            domain=situation.case.domain,
            records=believed.records,
            other=others[0].host,
            other_provider=next((p.id for mx in known if (p := by_mx(mx.host))), ""),
            should_be=lives.should_be,
        )
    ]


def _refusing(situation: Situation, others: list[Mx]) -> list[Observation[SmtpDoor]]:
    """The foreign doors that refuse the user and everybody else there; none if one does not."""
    hosts = {mx.host for mx in others}
    refusing: list[Observation[SmtpDoor]] = []
    for door in situation.of(SmtpDoor):
        if door.seen.whose != "own" or door.seen.host not in hosts:
            continue
        given = [reason(reply.reply) for reply in door.seen.rcpt]
        if "accepted" in given:
            return []
        if given and all(why in ("unknown-user", "not-served") for why in given):
            refusing.append(door)
    return refusing


def _should_be(situation: Situation) -> tuple[str, ...]:
    lives = home(situation)
    return lives.should_be if lives is not None else ()


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    return max(one, other, key=_ORDER.index)


def _weakened(found: Finding) -> Finding:
    if found.outcome is not Outcome.CAUSE:
        return found
    return replace(found, outcome=Outcome.RISK, certainty=Certainty.POSSIBLE)
