"""The name servers, mail exchangers and doors on the map of the way in, each with its state."""

from collections.abc import Iterable, Sequence
from typing import Any

from mailwizard.diagnosis.dns_mx import elsewhere
from mailwizard.diagnosis.mail_route import MailRoute, own_answers
from mailwizard.diagnosis.situation import Situation
from mailwizard.diagnosis.way_in_findings import of_stages
from mailwizard.diagnosis.way_in_parts import (
    MOST_DOORS,
    MOST_EXCHANGERS,
    MOST_SERVERS,
    OF_OUTCOME,
    Door,
    Exchanger,
    How,
    NameServer,
    StageId,
    State,
)
from mailwizard.model.finding import Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.reading.mx import Mx, parse_mx
from mailwizard.reading.smtp_refusal import reason

_OF_HOSTS: tuple[StageId, ...] = ("mx", "addresses", "doors")
_OF_DOORS: tuple[StageId, ...] = ("doors", "mailbox")


class Nodes:
    """What hangs on the map, as far as it is known and judged."""

    def __init__(
        self,
        situation: Situation,
        believed: MailRoute,
        findings: Sequence[Finding],
        *,
        judged: bool,
        local: bool,
    ) -> None:
        self._situation = situation
        self._judged = judged
        self._route = believed
        self._against = of_stages(findings, situation.evidence)
        self._accused = _ids(findings, (Outcome.CAUSE, Outcome.RISK))
        self._local = local
        self._abroad = elsewhere(situation, believed, list(findings))
        self._foreign = next(
            (f for f in findings if f.code in ("MX_OLD_PROVIDER", "MX_MIXED", "MX_STALE_BACKUP")),
            None,
        )

    def delegated(self) -> tuple[str, ...]:
        """The name servers as the parent zone names them."""
        names: dict[str, None] = {}
        for o in self._situation.of(DnsAnswer):
            if o.seen.about == "own" and o.seen.via == "parent":
                named = o.seen.referral or (o.seen.records if o.seen.rtype == "NS" else ())
                names.update(dict.fromkeys(n.rstrip(".").lower() for n in named))
        return tuple(sorted(names))[:MOST_SERVERS]

    def servers(self) -> tuple[NameServer, ...]:
        """Those that were asked, and those that the parent names and nobody has asked."""
        asked: dict[str, list[Observation[DnsAnswer]]] = {n: [] for n in self.delegated()}
        domain = self._situation.case.domain
        for o in own_answers(self._situation, domain, "MX", ["authoritative"]):
            asked.setdefault(o.seen.server_name or o.seen.server, []).append(o)
        found = [self._server(name, answers) for name, answers in sorted(asked.items())]
        return tuple(found)[:MOST_SERVERS]

    def _server(self, name: str, answers: list[Observation[DnsAnswer]]) -> NameServer:
        good = [o for o in answers if o.seen.authoritative and o.seen.status in DEFINITE]
        if good:
            said = "answers"
        elif answers:
            worst = answers[0].seen
            said = "lame" if worst.status in DEFINITE else worst.status
        else:
            said = "not-tried"
        bad = [o for o in answers if o.id in self._accused and o not in good]
        against = [
            f
            for f in self._against["servers"]
            if f.outcome in OF_OUTCOME and any(o.id in f.because for o in answers)
        ]
        state: State = "ok" if good else "not known"
        if not self._judged:
            state = "done" if good else "running"
        elif self._local:
            state = "not tested"
        elif against and (bad or not good):
            state = _gravest(against)
        elif any(f.code == "NS_INCONSISTENT" for f in against):
            state = "risk"  # one of them is wrong: which, only its owner knows
        return NameServer(
            host=name,
            addresses=tuple(dict.fromkeys(o.seen.server for o in answers)),
            state=state,
            said=said,
        )

    def exchangers(self) -> tuple[Exchanger, ...]:
        """The mail exchangers, the first to be tried first, each with its addresses."""
        records = [mx for mx in _records(self._situation, self._route) if not mx.is_null]
        best: dict[str, Mx] = {}
        for mx in sorted(records):
            best.setdefault(mx.host, mx)
        return tuple(self._exchanger(mx) for mx in list(best.values())[:MOST_EXCHANGERS])

    def _exchanger(self, mx: Mx) -> Exchanger:
        abroad = mx.host in self._abroad
        doors = [
            o
            for o in self._situation.of(SmtpDoor)
            if o.seen.whose == "own" and o.seen.host == mx.host
        ]
        tried = {o.seen.address for o in doors}
        known: dict[str, None] = {}
        for rtype in ("A", "AAAA"):
            for answer in own_answers(self._situation, mx.host, rtype):
                known.update(dict.fromkeys(answer.seen.records))
        shown = [self._door(o, abroad=abroad) for o in doors if o.seen.address]
        shown += [self._untried(a) for a in known if a not in tried]
        return Exchanger(
            host=mx.host,
            preference=mx.preference,
            state=self._of_host(mx, shown, abroad=abroad),
            doors=tuple(shown[:MOST_DOORS]),
            abroad=abroad,
        )

    def _of_host(self, mx: Mx, doors: list[Door], *, abroad: bool) -> State:
        if not self._judged:
            return "done" if doors else "running"
        if self._local:
            return "not tested"
        if abroad and self._foreign is not None:
            return OF_OUTCOME.get(self._foreign.outcome, "not known")
        named = [
            f
            for stage in _OF_HOSTS
            for f in self._against[stage]
            if f.outcome in OF_OUTCOME and mx.host in _named(f)
        ]
        if named:
            return _gravest(named)
        if any(d.state in ("problem", "risk") for d in doors):
            return next(s for s in ("problem", "risk") if any(d.state == s for d in doors))
        if any(d.how == "open" for d in doors):
            return "ok"
        return "not tested" if self._blocked() else "not known"

    def _door(self, observation: Observation[SmtpDoor], *, abroad: bool) -> Door:
        seen = observation.seen
        user = next((reason(r.reply) for r in seen.rcpt if r.who == "user"), "")
        random = next((reason(r.reply) for r in seen.rcpt if r.who == "random"), "")
        if user == "accepted" and random == "accepted":
            user = "anybody"
        how = _how(seen)
        state: State = "ok" if how == "open" else "not known"
        against = [
            f
            for stage in _OF_DOORS
            for f in self._against[stage]
            if f.outcome in OF_OUTCOME and observation.id in f.because
        ]
        bad = how != "open" or user not in ("", "accepted", "anybody")
        if not self._judged:
            state = "done"
        elif self._local or (how != "open" and self._blocked()):
            state = "not tested"
        elif against and (bad or all(f.code not in _OF_ONE_DOOR for f in against)):
            state = _gravest(against)
        elif abroad:
            state = "not known"
        return Door(address=seen.address, state=state, how=how, user=user)

    def _untried(self, address: str) -> Door:
        if not self._judged:
            return Door(address=address, state="waiting", how="waiting")
        return Door(address=address, state="not tested", how="not-tried")

    def _blocked(self) -> bool:
        """Whether port 25 cannot be tested from here."""
        return any(f.code == "PORT25_BLOCKED_HERE" for f in self._against["doors"])


# Findings that stand on doors in order, too, for comparison.
_OF_ONE_DOOR = frozenset({"DELAY_BACKUP_MX", "MX_IPV6", "MX_BUSY", "MX_UNREACHABLE", "MX_DOWN"})


def _how(seen: SmtpDoor) -> How:
    if seen.banner is not None:
        return "open" if seen.banner.code == 220 else "busy"
    match seen.connect:
        case "connected":
            return "silent"
        case "refused" | "reset":
            return "refused"
        case "timeout":
            return "timeout"
    return "unreachable"


def _records(situation: Situation, believed: MailRoute) -> tuple[Mx, ...]:
    """The believed records; where nobody's word is believed, all that anybody gives."""
    if believed.mx:
        return believed.mx
    if believed.status in ("nodata", "nxdomain"):
        return ()
    answers = own_answers(situation, situation.case.domain, "MX")
    return parse_mx(record for o in answers for record in o.seen.records)


def _ids(findings: Iterable[Finding], outcomes: tuple[Outcome, ...]) -> frozenset[str]:
    return frozenset(name for f in findings if f.outcome in outcomes for name in f.because)


def _gravest(findings: list[Finding]) -> State:
    return "problem" if any(f.outcome is Outcome.CAUSE for f in findings) else "risk"


def _named(finding: Finding) -> frozenset[str]:
    """The hosts that a finding names as the ones in trouble."""
    names: set[Any] = set()
    for key in ("target", "host", "server", "servers", "wrong", "missing", "other"):
        value = finding.data.get(key)
        names |= set(value) if isinstance(value, tuple) else {value}
    return frozenset(str(name) for name in names if name)
