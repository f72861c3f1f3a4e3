"""MX records against the profile of the provider where the mailbox really is."""

from mailwizard.diagnosis.home import Home, home
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.mx_parts import about_records, doors_of, reasons, refusing, weaker
from mailwizard.diagnosis.mx_shape import unusable
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.providers.filters import is_filter
from mailwizard.providers.match import by_mx
from mailwizard.reading.mx import Mx

LIKELY, POSSIBLE = Certainty.LIKELY, Certainty.POSSIBLE


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """MX_OLD_PROVIDER, MX_MIXED, MX_STALE_BACKUP, or APEX_CNAME where an alias brings them in."""
    lives = home(situation)
    if lives is None:
        return []
    own, others = sides(situation, believed, lives)
    if not others:
        return []
    if not own and believed.alias:
        return [
            about_records(
                "APEX_CNAME",
                situation,
                believed,
                lives.because,
                certainty=lives.certainty,
                outcome=Outcome.RISK if lives.certainty is POSSIBLE else Outcome.CAUSE,
                target=believed.alias[-1],
            )
        ]
    if own:
        return [_beside(situation, believed, lives, own, others)]
    return _only_others(situation, believed, lives, others)


def sides(situation: Situation, believed: MailRoute, lives: Home) -> tuple[list[Mx], list[Mx]]:
    """The usable records that lead to the mailbox (by a known filter or straight), and others."""
    dead = unusable(situation, believed)
    named = [mx for mx in believed.mx if not mx.is_null and mx.host not in dead]
    own = [mx for mx in named if lives.takes(mx.host) or is_filter(mx.host)]
    return own, [mx for mx in named if mx not in own]


def _beside(
    situation: Situation, believed: MailRoute, lives: Home, own: list[Mx], others: list[Mx]
) -> Finding:
    """Own and foreign exchangers together: what counts is which of them senders try first."""
    first = others[0].preference <= own[0].preference
    by_turns = others[0].preference == own[0].preference
    known = any(by_mx(mx.host) for mx in others)
    certainty = lives.certainty if known else weaker(lives.certainty, LIKELY)
    if lives.certainty is POSSIBLE:
        first = False
    if not first and not known and (stale := _stale(situation, believed, lives, own, others)):
        return stale
    return about_records(
        "MX_MIXED",
        situation,
        believed,
        lives.because,
        certainty=certainty,
        outcome=Outcome.CAUSE if first else Outcome.RISK,
        variant=("by-turns" if by_turns else "") if first else "backup",
        wrong=tuple(mx.host for mx in others),
        first=others[0].host if first and not by_turns else own[0].host,
    )


def _stale(
    situation: Situation, believed: MailRoute, lives: Home, own: list[Mx], others: list[Mx]
) -> Finding | None:
    """A second choice of nobody known that does not take mail for this domain, or takes anything.

    A server that would hand the mail on knows the domain's addresses, or at least the domain.
    """
    hosts = [mx.host for mx in others]
    turned = refusing(situation, hosts)
    if turned:
        return about_records(
            "MX_STALE_BACKUP",
            situation,
            believed,
            [*lives.because, *turned],
            certainty=LIKELY,
            wrong=tuple(dict.fromkeys(d.seen.host for d in turned)),
            said=_said(turned[0]),
        )
    ours = doors_of(situation, [mx.host for mx in own])
    known_here = [d for d in ours if reasons(d).get("random") in ("unknown-user", "not-served")]
    anything = [
        d
        for d in doors_of(situation, hosts)
        if reasons(d).get("random") == "accepted" and reasons(d).get("user") == "accepted"
    ]
    if not known_here or not anything:
        return None
    return about_records(
        "MX_STALE_BACKUP",
        situation,
        believed,
        [*lives.because, *anything, *known_here],
        certainty=POSSIBLE,
        variant="anything",
        wrong=tuple(dict.fromkeys(d.seen.host for d in anything)),
    )


def _said(door: Observation[SmtpDoor]) -> str:
    return next((one.reply.text for one in door.seen.rcpt if one.who == "user"), "")


def _only_others(
    situation: Situation, believed: MailRoute, lives: Home, others: list[Mx]
) -> list[Finding]:
    """No record leads to the provider. A server of nobody known may be a filter in front of it."""
    known = [mx for mx in others if by_mx(mx.host)]
    turned = refusing(situation, [mx.host for mx in others])
    nobodys = situation.answered("others", "no")
    if known:
        certain = lives.certainty is not POSSIBLE
        cause = certain or bool(turned)
        certainty = lives.certainty if certain else LIKELY
    elif turned or nobodys:
        cause, certainty = True, LIKELY
    elif situation.answered("others", "yes"):
        return []
    else:
        cause, certainty = False, POSSIBLE
    taken = _taken(situation, others) if cause else []
    return [
        about_records(
            "MX_OLD_PROVIDER",
            situation,
            believed,
            [*lives.because, *turned, *taken, None if known else nobodys],
            certainty=certainty if cause else POSSIBLE,
            outcome=Outcome.CAUSE if cause else Outcome.RISK,
            variant="taken" if taken else "" if cause else "doubt" if known else "filter",
            other=others[0].host,
            other_provider=next((p.id for mx in known if (p := by_mx(mx.host))), ""),
        )
    ]


def _taken(situation: Situation, others: list[Mx]) -> list[Observation[SmtpDoor]]:
    """The foreign doors that know the user: a mailbox is left there, and the mail lies in it.

    One that takes any name tells nothing.
    """
    return [
        door
        for door in doors_of(situation, [mx.host for mx in others])
        if reasons(door).get("user") == "accepted" and reasons(door).get("random") == "unknown-user"
    ]
