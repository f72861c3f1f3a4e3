"""What the world sees of the user's domain: whose answer about its MX is to be believed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mailwizard.diagnosis.delegation import Answer, delegation
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.reading.mx import Mx, parse_mx

Status = Literal["answer", "nodata", "nxdomain", "unknown"]

View = tuple[str, tuple[Mx, ...]]


@dataclass(frozen=True, slots=True)
class MailRoute:
    """The MX records that senders get.

    ``certainty``: sure where the zone's own servers or two public resolvers say so, likely for one
    public resolver, possible where only this network's resolver could be asked. ``disputed``: the
    zone's servers (or, where none could be asked, the public resolvers) contradict each other, so
    that nothing may be concluded from one view. ``alias`` is the chain that the domain's own name
    was followed along.
    """

    status: Status
    mx: tuple[Mx, ...]
    alias: tuple[str, ...]
    because: tuple[Answer, ...]
    certainty: Certainty
    disputed: bool = False

    @property
    def hosts(self) -> tuple[str, ...]:
        """The exchangers' names, the first to be tried first."""
        return tuple(dict.fromkeys(mx.host for mx in self.mx if not mx.is_null))

    @property
    def records(self) -> tuple[str, ...]:
        """The records as text."""
        return tuple(str(mx) for mx in self.mx)


def own_answers(
    situation: Situation, name: str, rtype: str, via: Iterable[str] | None = None
) -> list[Answer]:
    """What was answered about a name of the user's, DNSSEC checking left on."""
    allowed = tuple(via) if via is not None else None
    return [
        o
        for o in situation.of(DnsAnswer)
        if o.seen.about == "own"
        and (o.seen.name, o.seen.rtype) == (name, rtype)
        and not o.seen.checking_disabled
        and (allowed is None or o.seen.via in allowed)
    ]


def view(answer: Answer) -> View:
    """What one server says, comparable: the order of records and the TTL do not matter."""
    return answer.seen.status, parse_mx(answer.seen.records)


def authoritative_answers(situation: Situation) -> list[Answer]:
    """The zone's own servers' definite answers about MX, given with authority (AA).

    Only of servers that senders are led to, and that answer over UDP, as resolvers ask.
    """
    servers = {s.address for s in delegation(situation).serving if s.state == "good"}
    return [
        o
        for o in own_answers(situation, situation.case.domain, "MX", ["authoritative"])
        # Where the domain itself is an alias, its servers cannot know the target's MX.
        if o.seen.server in servers
        and o.seen.authoritative
        and o.seen.status in DEFINITE
        and not o.seen.cname
    ]


def route(situation: Situation) -> MailRoute:
    """The best-founded view, or one of status ``unknown``."""
    domain = situation.case.domain
    zone = authoritative_answers(situation)
    public = _definite(own_answers(situation, domain, "MX", ["public"]))
    own = _definite(own_answers(situation, domain, "MX", ["configured"]))
    gone = [
        o
        for o in own_answers(situation, domain, "NS", ["parent"])
        if o.seen.authoritative and o.seen.status == "nxdomain"
    ]
    if zone:
        return _agreed(zone, public, Certainty.SURE)
    if gone and not any(o.seen.status == "answer" for o in public):
        because = (*gone, *(o for o in public if o.seen.status == "nxdomain"))
        return MailRoute("nxdomain", (), (), because, Certainty.SURE)
    if public:
        servers = {o.seen.server for o in public}
        sure = Certainty.SURE if len(servers) > 1 else Certainty.LIKELY
        return _agreed(public, [], sure)
    if own:
        return _agreed(own, [], Certainty.POSSIBLE)
    return MailRoute("unknown", (), (), (), Certainty.POSSIBLE)


def dissenting(situation: Situation, believed: MailRoute, via: str) -> list[Answer]:
    """The resolvers of one kind whose definite answer differs from the believed one."""
    answers = _definite(own_answers(situation, situation.case.domain, "MX", [via]))
    return [o for o in answers if view(o) != (believed.status, believed.mx)]


def addresses(situation: Situation, host: str) -> tuple[bool | None, tuple[Answer, ...]]:
    """Whether a host has an address: None if that is not known; and the answers behind it.

    "No" needs a public resolver's or a serving server's word on both IPv4 and IPv6.
    """
    look = delegation(situation)
    asked: dict[str, Sequence[Answer]] = {
        rtype: [
            o
            for o in _definite(own_answers(situation, host, rtype))
            # A server without authority, or that nobody is led to, knows nothing of the name.
            if o.seen.via != "authoritative"
            or (o.seen.authoritative and not o.seen.cname and look.serves(o.seen.server_name))
        ]
        for rtype in ("A", "AAAA")
    }
    there = [o for answers in asked.values() for o in answers if o.seen.status == "answer"]
    if there:
        return True, tuple(there)
    public = {
        rtype: [o for o in answers if o.seen.via != "configured"]
        for rtype, answers in asked.items()
    }
    if all(public.values()):
        return False, tuple(o for answers in public.values() for o in answers)
    return None, ()


def _definite(answers: Iterable[Answer]) -> list[Answer]:
    return [o for o in answers if o.seen.status in DEFINITE]


def _agreed(answers: list[Answer], second: list[Answer], certainty: Certainty) -> MailRoute:
    views = {view(o) for o in answers}
    if len(views) > 1:
        return MailRoute("unknown", (), (), tuple(answers), certainty, disputed=True)
    status, mx = next(iter(views))
    because = (*(o for o in second if view(o) == (status, mx)), *answers)
    alias = next((o.seen.cname for o in because if o.seen.cname), ())
    known: Status = (
        "answer" if status == "answer" else "nodata" if status == "nodata" else "nxdomain"
    )
    return MailRoute(known, mx, alias, because, certainty)
