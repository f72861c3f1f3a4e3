"""Whether the mail exchangers' port 25 is open, with somebody else's beside it."""

from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.reading.smtp_refusal import reason

Door = Observation[SmtpDoor]

_REFUSED = ("refused", "reset")


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
    return [
        door
        for door in situation.of(SmtpDoor)
        if door.seen.whose == "own"
        and any(r.who == "user" and r.reply.code // 100 == 2 for r in door.seen.rcpt)
    ]


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """PORT25_BLOCKED_HERE, MX_DOWN, MX_UNREACHABLE, DELAY_BACKUP_MX, MX_BUSY; TOO_LARGE."""
    every = [d for d in situation.of(SmtpDoor) if _tells(d)]
    own = [d for d in every if d.seen.whose == "own"]
    control = [d for d in every if d.seen.whose == "control"]
    if own and control and not any(d.seen.connect == "connected" for d in every):
        return [finding("PORT25_BLOCKED_HERE", every)]
    doors = own_doors(situation, believed)
    return [
        *_reach(situation, believed, doors, [d for d in control if d.seen.connect == "connected"]),
        *_busy(situation, doors),
        *_too_large(situation, doors),
    ]


def _tells(door: Door) -> bool:
    """Whether a connection was really tried: no address, or no IPv6 here, tells nothing."""
    return door.seen.connect in ("connected", "timeout", *_REFUSED)


def _state(doors: list[Door]) -> str:
    """One exchanger: ``open``, ``refused``, ``timeout``, ``silent`` or ``unknown``."""
    tried = [d for d in doors if _tells(d)]
    if any(d.seen.banner is not None for d in tried):
        return "open"
    if not tried:
        return "unknown"
    if any(d.seen.connect == "connected" for d in tried):
        return "silent"
    return "refused" if all(d.seen.connect in _REFUSED for d in tried) else "timeout"


def _reach(
    situation: Situation,
    believed: MailRoute,
    doors: dict[str, list[Door]],
    control: list[Door],
) -> list[Finding]:
    states = {host: _state(found) for host, found in doors.items()}
    known = {host: state for host, state in states.items() if state != "unknown"}
    if not known:
        return []
    seen = [d for host in known for d in doors[host]]
    up = [host for host, state in known.items() if state == "open"]
    down = [host for host, state in known.items() if state in ("refused", "timeout")]
    domain = situation.case.domain
    steady = ground(situation).steady
    if up and not steady:
        down = [host for host in down if known[host] == "refused"]
    if up and down:
        return [_backup(believed, domain, doors, up, down)]
    if up:
        return []
    if not control:
        # Nothing of anybody's could be reached on port 25, or nothing else was tried.
        return []
    all_refused = set(known.values()) == {"refused"} and len(known) == len(believed.hosts)
    if all_refused:
        return [finding("MX_DOWN", [*seen, *control], domain=domain, servers=tuple(known))]
    return [
        finding(
            "MX_UNREACHABLE",
            [*seen, *control],
            certainty=Certainty.SURE if steady else Certainty.POSSIBLE,
            domain=domain,
            servers=tuple(known),
        )
    ]


def _backup(
    believed: MailRoute, domain: str, doors: dict[str, list[Door]], up: list[str], down: list[str]
) -> Finding:
    """Some exchangers are open: mail arrives by those, later where the first ones are shut."""
    ranks = {host: rank for rank, host in reversed(list(enumerate(believed.hosts)))}
    first_down = min(ranks[host] for host in down) < min(ranks[host] for host in up)
    return finding(
        "DELAY_BACKUP_MX",
        [d for host in (*down, *up) for d in doors[host]],
        certainty=Certainty.LIKELY if first_down else Certainty.POSSIBLE,
        domain=domain,
        servers=tuple(down),
        open=tuple(up),
    )


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
    """The mail's size against the limits that the exchangers announce (RFC 1870)."""
    size = situation.case.size
    greeted = [
        d for found in doors.values() for d in found if d.seen.ehlo and d.seen.ehlo.code == 250
    ]
    limits = [d.seen.size_limit for d in greeted]
    if size is None or not limits:
        return []
    stated = [limit for limit in limits if limit is not None]
    if len(stated) < len(limits) or size <= max(stated):
        return []
    return [finding("TOO_LARGE", greeted, size=_megabytes(size), limit=_megabytes(max(stated)))]


def _megabytes(octets: int) -> str:
    return f"{octets / 1_000_000:.1f} MB"
