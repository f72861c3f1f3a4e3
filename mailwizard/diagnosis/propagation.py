"""What the resolvers of the world have kept, against what the zone's own servers say."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from mailwizard.diagnosis.delegation import Answer, Delegation
from mailwizard.diagnosis.mail_route import MailRoute, dissenting, own_answers
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.diagnosis.true_time import true_time
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.seen.dns import DEFINITE

# Public resolvers by where they stand as an authoritative server sees it.
_DOMESTIC = frozenset(
    (
        *("223.5.5.5", "223.6.6.6", "119.29.29.29", "114.114.114.114", "114.114.115.115"),
        *("180.76.76.76", "1.2.4.8", "210.2.4.8", "180.184.1.1", "180.184.2.2"),
    )
)
_FOREIGN = frozenset(
    (
        *("1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "149.112.112.112"),
        *("208.67.222.222", "208.67.220.220"),
    )
)
_ENOUGH = 2  # resolvers of each side
_LONGEST = 7 * 86400  # seconds: no resolver keeps anything longer (RFC 8767, 4)


def judge(situation: Situation, believed: MailRoute, look: Delegation) -> list[Finding]:
    """DNS_PROPAGATING, DNS_LINE_GAP or SPLIT_VIEW: somebody says otherwise than the zone does."""
    domain = situation.case.domain
    if believed.disputed:
        if any(o.seen.via == "authoritative" for o in believed.because):
            return []
        return [
            finding(
                "DNS_PROPAGATING", believed.because, certainty=Certainty.POSSIBLE, domain=domain
            )
        ]
    if believed.status == "unknown" or believed.certainty is Certainty.POSSIBLE:
        return []
    zone = any(o.seen.via == "authoritative" for o in believed.because)
    outside = dissenting(situation, believed, "public") if zone else []
    if outside:
        gap = _line_gap(situation, believed, outside)
        return gap or [_passing(situation, believed, look, outside)]
    inside = dissenting(situation, believed, "configured")
    return [_split_view(situation, believed, inside)] if inside else []


def until(situation: Situation, kept: Iterable[Answer]) -> dict[str, Any]:
    """When the last of some kept answers is over: ``until`` on the local clock, and ``minutes``.

    Nothing where no answer tells how long it may be kept.
    """
    ends = [
        o.at + timedelta(seconds=min(o.seen.ttl, _LONGEST)) for o in kept if o.seen.ttl is not None
    ]
    now = situation.now
    if not ends or now is None:
        return {}
    clock = true_time(situation)
    minutes = max(int((max(ends) - now).total_seconds()) // 60, 0) + 1
    return {
        "variant": "until",
        "until": _shown(clock.of(now + timedelta(minutes=minutes)), clock.of(now)),
        "minutes": minutes,
    }


def _shown(moment: datetime, now: datetime) -> str:
    local = moment.astimezone()
    same = local.date() == now.astimezone().date()
    return f"{local:%H:%M}" if same else f"{local:%Y-%m-%d %H:%M}"


def _passing(
    situation: Situation, believed: MailRoute, look: Delegation, outside: list[Answer]
) -> Finding:
    """What a resolver has kept of the delegation can outlive the records that it gave."""
    servers = {o.seen.server for o in outside}
    names = (look.named or frozenset()) | (look.by_zone or frozenset())
    formerly = [
        o
        for o in own_answers(situation, look.zone, "NS", ["public"])
        if o.seen.server in servers
        and names
        and o.seen.records
        and not names & {record.lower() for record in o.seen.records}
    ]
    return finding(
        "DNS_PROPAGATING",
        [*outside, *formerly, *believed.because],
        certainty=Certainty.LIKELY,
        domain=situation.case.domain,
        **until(situation, [*outside, *formerly]),
    )


def _line_gap(situation: Situation, believed: MailRoute, outside: list[Answer]) -> list[Finding]:
    """All resolvers abroad get nothing, all domestic ones the records. A new record that resolvers
    abroad still deny looks the same, so that this is never more than possible."""
    if believed.status != "answer":
        return []
    nothing = {o.seen.server for o in outside if o.seen.status in ("nodata", "nxdomain")}
    public = [
        o
        for o in own_answers(situation, situation.case.domain, "MX", ["public"])
        if o.seen.status in DEFINITE
    ]
    foreign = {o.seen.server for o in public} & _FOREIGN
    domestic = {o.seen.server for o in public} & _DOMESTIC
    same = not {o.seen.server for o in outside} & domestic
    if len(foreign) < _ENOUGH or len(domestic) < _ENOUGH or not same or nothing != foreign:
        return []
    return [
        finding(
            "DNS_LINE_GAP",
            [*public, *believed.because],
            certainty=Certainty.POSSIBLE,
            domain=situation.case.domain,
            nothing=tuple(sorted(nothing)),
            records=believed.records,
            **{k: v for k, v in until(situation, outside).items() if k != "variant"},
        )
    ]


def _split_view(situation: Situation, believed: MailRoute, inside: list[Answer]) -> Finding:
    internal = any(o.seen.authoritative for o in inside)
    return finding(
        "SPLIT_VIEW",
        [*inside, *believed.because],
        certainty=Certainty.SURE if internal else Certainty.LIKELY,
        domain=situation.case.domain,
        server=inside[0].seen.server,
    )
