"""Which of the mail exchangers' doors can be reached, address by address."""

from collections.abc import Sequence

from mailwizard.diagnosis.door_way import Door, greeted, six_works, tells
from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding

_REFUSED = ("refused", "reset")


def judge(
    situation: Situation, believed: MailRoute, doors: dict[str, list[Door]], control: list[Door]
) -> list[Finding]:
    """MX_DOWN, MX_UNREACHABLE, DELAY_BACKUP_MX, MX_IPV6. ``control`` are others that greeted us."""
    if not doors:
        return []
    six = bool(greeted([d for found in doors.values() for d in found if _six(d)]))
    judged = {
        host: [d for d in found if tells(d) and (six or not _six(d) or _six_elsewhere(control))]
        for host, found in doors.items()
    }
    states = {host: _state(found) for host, found in judged.items()}
    known = {host: state for host, state in states.items() if state != "unknown"}
    if not known:
        return []
    seen = [d for host in known for d in judged[host]]
    up = [host for host, state in known.items() if state == "open"]
    steady = ground(situation).steady
    shut = ("refused", "timeout") if steady else ("refused",)
    down = [host for host, state in known.items() if state in shut]
    domain = situation.case.domain
    if up:
        partly = [_backup(believed, domain, judged, up, down)] if down else []
        return [
            *(partly or _dead(domain, judged, up, shut)),
            *(_six_broken(situation, doors, up) if steady else ()),
        ]
    servers = tuple(known)
    if not control:
        # Nobody at all was reached on port 25, or nobody else could be tried: no word about whom.
        return [finding("MX_UNREACHABLE", seen, variant="alone", domain=domain, servers=servers)]
    everyone = len(known) == len(doors) and all(state == "refused" for state in known.values())
    if everyone:
        return [finding("MX_DOWN", [*seen, *control], domain=domain, servers=servers)]
    sure = Certainty.SURE if steady else Certainty.POSSIBLE
    return [
        finding("MX_UNREACHABLE", [*seen, *control], certainty=sure, domain=domain, servers=servers)
    ]


def _six(door: Door) -> bool:
    return ":" in door.seen.address


def _six_elsewhere(control: list[Door]) -> bool:
    return any(_six(door) for door in control)


def _state(tried: list[Door]) -> str:
    """One exchanger: ``open``, ``refused``, ``timeout``, ``silent`` or ``unknown``."""
    if greeted(tried):
        return "open"
    if not tried:
        return "unknown"
    if any(d.seen.connect == "connected" for d in tried):
        return "silent"
    return "refused" if all(d.seen.connect in _REFUSED for d in tried) else "timeout"


def _fate(door: Door) -> str:
    return "refused" if door.seen.connect in _REFUSED else door.seen.connect


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


def _dead(
    domain: str, doors: dict[str, list[Door]], up: list[str], shut: Sequence[str]
) -> list[Finding]:
    """An exchanger of which one address answers and another does not: senders try both."""
    dead = [d for host in up for d in doors[host] if _fate(d) in shut and not _six(d)]
    if not dead:
        return []
    hosts = {d.seen.host for d in dead}
    alive = [d for host in up if host in hosts for d in greeted(doors[host])]
    refused = all(d.seen.connect in _REFUSED for d in dead)
    return [
        finding(
            "DELAY_BACKUP_MX",
            [*dead, *alive],
            certainty=Certainty.LIKELY if refused else Certainty.POSSIBLE,
            variant="address",
            domain=domain,
            servers=_places(dead),
            open=_places(alive),
        )
    ]


def _six_broken(situation: Situation, doors: dict[str, list[Door]], up: list[str]) -> list[Finding]:
    """IPv6 addresses of open exchangers that do not answer, where IPv6 works from here.

    Where it was not seen to work on port 25 itself, the way there may be shut for that port alone.
    """
    works, on_port_25 = six_works(situation)
    if not works:
        return []
    dead = [
        d
        for host in up
        for d in doors[host]
        if _six(d) and d.seen.connect in (*_REFUSED, "timeout", "unreachable")
    ]
    alive = [d for host in up for d in greeted(doors[host]) if not _six(d)]
    if not dead or not alive:
        return []
    return [
        finding(
            "MX_IPV6",
            [*dead, *alive, *works],
            certainty=Certainty.LIKELY if on_port_25 else Certainty.POSSIBLE,
            variant="" if on_port_25 else "unsure",
            domain=situation.case.domain,
            servers=_places(dead),
            open=_places(alive),
        )
    ]


def _places(doors: list[Door]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{d.seen.host} [{d.seen.address}]" for d in doors))
