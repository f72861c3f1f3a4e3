"""The user's name servers against each other, and against what the resolvers have kept."""

from collections.abc import Iterable

from mailwizard.diagnosis import dnssec
from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.mail_route import (
    Answer,
    MailRoute,
    authoritative_answers,
    dissenting,
    own_answers,
    view,
)
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer

_SILENT = ("timeout",)
_LAME = ("refused", "servfail", "garbage")


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """NS_INCONSISTENT, NS_PARTLY_DOWN, NS_ALL_DOWN, DNSSEC_…, DNS_PROPAGATING, SPLIT_VIEW."""
    signatures = dnssec.judge(situation)
    return [
        *signatures,
        *_inconsistent(situation),
        *_partly_down(situation),
        *([] if signatures else _all_down(situation, believed)),
        *_resolvers(situation, believed),
    ]


def _inconsistent(situation: Situation) -> list[Finding]:
    zone = authoritative_answers(situation)
    if len({view(o) for o in zone}) < 2:
        return []
    said: dict[str, str] = {}
    for o in zone:
        said.setdefault(_name(o), ", ".join(o.seen.records) or "-")
    return [
        finding(
            "NS_INCONSISTENT",
            zone,
            domain=situation.case.domain,
            servers=tuple(f"{server}: {records}" for server, records in sorted(said.items())),
        )
    ]


def _partly_down(situation: Situation) -> list[Finding]:
    """Some servers answer with authority from here, so that the others' silence is their own."""
    answers = own_answers(situation, situation.case.domain, "MX", ["authoritative"])
    good = {_name(o) for o in answers if o.seen.authoritative and o.seen.status in DEFINITE}
    if not good:
        return []
    steady = ground(situation).steady
    bad = [
        o
        for o in answers
        if _name(o) not in good and _is_bad(o.seen) and (steady or o.seen.status not in _SILENT)
    ]
    if not bad:
        return []
    lame = all(o.seen.status not in _SILENT for o in bad)
    return [
        finding(
            "NS_PARTLY_DOWN",
            [*bad, *(o for o in answers if _name(o) in good)],
            certainty=Certainty.SURE if lame else Certainty.LIKELY,
            domain=situation.case.domain,
            servers=tuple(sorted({_name(o) for o in bad})),
        )
    ]


def _is_bad(seen: DnsAnswer) -> bool:
    """No answer, a refusal, or an answer without authority. "Unreachable" is this side's matter."""
    if seen.status in DEFINITE:
        return not seen.authoritative
    return seen.status in _SILENT or seen.status in _LAME


def _all_down(situation: Situation, believed: MailRoute) -> list[Finding]:
    """No server of the zone answers, and public resolvers that answer for other names say so."""
    domain = situation.case.domain
    zone = own_answers(situation, domain, "MX", ["authoritative"])
    if believed.status != "unknown" or believed.disputed:
        return []
    if any(o.seen.status in DEFINITE for o in zone):
        return []
    controls = _working(situation)
    public = own_answers(situation, domain, "MX", ["public"])
    failing = [
        o for o in public if o.seen.status in ("servfail", "timeout") and o.seen.server in controls
    ]
    silent = bool(zone) and all(_is_bad(o.seen) for o in zone)
    told = any(o.seen.status == "servfail" for o in failing)
    if not failing or not (told or silent):
        return []
    steady = ground(situation).steady
    if not told and not steady:  # all of it is silence
        return []
    sure = len({o.seen.server for o in failing}) > 1 and told and silent and steady
    return [
        finding(
            "NS_ALL_DOWN",
            [*failing, *zone, *(controls[o.seen.server] for o in failing)],
            certainty=Certainty.SURE if sure else Certainty.LIKELY,
            domain=domain,
            servers=tuple(sorted({_name(o) for o in zone})),
        )
    ]


def _working(situation: Situation) -> dict[str, Answer]:
    """Public resolvers that answered for a name that always exists."""
    return {
        o.seen.server: o
        for o in situation.of(DnsAnswer)
        if o.seen.via == "public"
        and o.seen.about in ("control", "provider")
        and o.seen.status == "answer"
    }


def _resolvers(situation: Situation, believed: MailRoute) -> list[Finding]:
    """The zone is of one mind (or the public resolvers are), but somebody says otherwise."""
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
    inside = dissenting(situation, believed, "configured")
    if outside:
        return [
            finding(
                "DNS_PROPAGATING",
                [*outside, *believed.because],
                certainty=Certainty.LIKELY,
                domain=domain,
                minutes=_longest(outside),
            )
        ]
    if inside:
        internal = any(o.seen.authoritative for o in inside)
        return [
            finding(
                "SPLIT_VIEW",
                [*inside, *believed.because],
                certainty=Certainty.SURE if internal else Certainty.LIKELY,
                domain=domain,
                server=inside[0].seen.server,
            )
        ]
    return []


def _longest(answers: Iterable[Answer]) -> int:
    """How long the longest-lived of some kept answers lives on, in minutes."""
    return max((o.seen.ttl or 0 for o in answers), default=0) // 60 + 1


def _name(answer: Answer) -> str:
    return answer.seen.server_name or answer.seen.server
