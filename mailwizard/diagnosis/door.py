"""What the mail exchangers' port 25 tells without a recipient, with somebody else's beside it."""

from mailwizard.diagnosis import door_reach
from mailwizard.diagnosis.door_way import greeted, intercepted, tells
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.reading.smtp_refusal import reason

Door = Observation[SmtpDoor]


def own_doors(situation: Situation, believed: MailRoute) -> dict[str, list[Door]]:
    """What was seen at each exchanger that the records name, in their order; an address without MX
    is none."""
    if believed.status != "answer":
        return {}
    own = [door for door in looks(situation, SmtpDoor) if door.seen.whose == "own"]
    doors = {host: [d for d in own if d.seen.host == host] for host in believed.hosts}
    return {host: found for host, found in doors.items() if found}


def taking_doors(situation: Situation) -> list[Door]:
    """The exchangers that take mail for the user's address now (RCPT, RFC 5321 section 4.2.1)."""
    if intercepted(situation):
        return []
    return [
        door
        for door in situation.of(SmtpDoor)
        if door.seen.whose == "own"
        and any(r.who == "user" and r.reply.code // 100 == 2 for r in door.seen.rcpt)
    ]


def judge(
    situation: Situation, believed: MailRoute, elsewhere: frozenset[str] = frozenset()
) -> list[Finding]:
    """Whether port 25 can be judged from here; MX_DOWN, MX_UNREACHABLE, DELAY_BACKUP_MX, MX_IPV6,
    MX_BUSY; TOO_LARGE.

    ``elsewhere`` are exchangers of others: how they are is no matter of the user's mail.
    """
    me, domain = situation.case.me, situation.case.domain
    every = [d for d in looks(situation, SmtpDoor) if tells(d)]
    own = [d for d in every if d.seen.whose == "own"]
    control = [d for d in every if d.seen.whose == "control"]
    if own and control and not greeted(every):
        return [finding("PORT25_BLOCKED_HERE", every, me=me, domain=domain)]
    made_up = intercepted(situation)
    if made_up:
        return [
            finding(
                "PORT25_BLOCKED_HERE",
                made_up,
                variant="intercepted",
                me=me,
                domain=domain,
                said=_greeting(made_up),
                servers=tuple(dict.fromkeys(d.seen.host for d in made_up)),
            )
        ]
    doors = {h: found for h, found in own_doors(situation, believed).items() if h not in elsewhere}
    return [
        *door_reach.judge(situation, believed, doors, greeted(control)),
        *_busy(situation, doors),
        *_too_large(situation, doors),
    ]


def _greeting(doors: list[Door]) -> str:
    return next((d.seen.banner.text for d in doors if d.seen.banner is not None), "")


def _busy(situation: Situation, doors: dict[str, list[Door]]) -> list[Finding]:
    """Said only where no exchanger takes the user's mail now."""
    busy: list[Door] = []
    for door in (d for found in doors.values() for d in found):
        seen = door.seen
        replies = [r for r in (seen.banner, seen.ehlo, seen.mail) if r is not None]
        replies += [r.reply for r in seen.rcpt if r.who == "user"]
        if any(r.who == "user" and reason(r.reply) == "accepted" for r in seen.rcpt):
            return []
        if any(reason(r) == "busy" for r in replies):
            busy.append(door)
    if not busy:
        return []
    words = next(
        r.text
        for r in (
            busy[0].seen.banner,
            busy[0].seen.ehlo,
            busy[0].seen.mail,
            *(x.reply for x in busy[0].seen.rcpt),
        )
        if r is not None and reason(r) == "busy"
    )
    return [
        finding(
            "MX_BUSY",
            busy,
            domain=situation.case.domain,
            servers=tuple(dict.fromkeys(d.seen.host for d in busy)),
            said=words,
        )
    ]


def _too_large(situation: Situation, doors: dict[str, list[Door]]) -> list[Finding]:
    """The mail's size against the limits that the exchangers announce (RFC 1870).

    What the user knows is often the size of a file, which grows by a third on its way (Base64, RFC
    2045 section 6.8): between the two it is a risk.
    """
    size = situation.case.size
    said = [d for found in doors.values() for d in found if d.seen.ehlo and d.seen.ehlo.code == 250]
    limits = [d.seen.size_limit for d in said]
    if size is None or not limits:
        return []
    stated = [limit for limit in limits if limit is not None]
    if len(stated) < len(limits) or size * 4 / 3 <= max(stated):
        return []
    fits = size <= max(stated)
    return [
        finding(
            "TOO_LARGE",
            said,
            certainty=Certainty.POSSIBLE if fits else Certainty.SURE,
            outcome=Outcome.RISK if fits else None,
            variant="door-encoded" if fits else "door",
            size=_megabytes(size),
            limit=_megabytes(max(stated)),
        )
    ]


def _megabytes(octets: int) -> str:
    return f"{octets / 1_000_000:.1f} MB"
