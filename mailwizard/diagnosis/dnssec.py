"""DNSSEC faults: a resolver that checks fails, and the zone's own keys and dates say why.

A resolver is asked again without checking (CD, RFC 4035) and tells in words of its own (RFC 8914).
What only one resolver has against a domain, and nothing else confirms, is that resolver's trouble.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mailwizard.diagnosis.delegation import Answer, Delegation
from mailwizard.diagnosis.mail_route import own_answers
from mailwizard.diagnosis.propagation import until
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.diagnosis.true_time import true_time
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.reading.dnssec import fits, read_ds, read_key, read_signature

# RFC 8914: DNSKEY or DS algorithm unsupported to NSEC missing.
_DNSSEC_ERRORS = frozenset(("1", "2", "5", "6", "7", "8", "9", "10", "11", "12"))


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Resolvers that fail with checking, and answer without. ``told``: in words about DNSSEC."""

    pairs: tuple[Answer, ...]
    servers: frozenset[str]
    told: bool


@dataclass(frozen=True, slots=True)
class _Chain:
    """The parent's DS, by the parent itself and as resolvers have kept it; the zone's keys."""

    parent: tuple[Answer, ...]
    kept: tuple[Answer, ...]
    keys: tuple[Answer, ...]

    @property
    def unsigned(self) -> bool:
        """Whether the parent says that the zone is not signed."""
        return bool(self.parent) and not any(o.seen.records for o in self.parent)


def judge(situation: Situation, look: Delegation) -> list[Finding]:
    """DNSSEC_DS_MISMATCH or DNSSEC_BROKEN; DNSSEC_UNSIGNED, a fact and no fault; or nothing."""
    refusal = _refusal(situation)
    chain = _chain(situation, look)
    if chain.unsigned:
        return [*_left_in_caches(situation, look, chain, refusal), _unsigned(situation, chain)]
    mismatch = _mismatch(look.zone, chain.parent or chain.kept, chain.keys)
    outdated = _outdated(situation, look) if chain.parent or refusal.pairs else None
    if not refusal.pairs:
        return _unnoticed(situation, chain, mismatch, outdated)
    if not _is_the_domains(situation, refusal, mismatch or outdated is not None):
        return []
    proven = mismatch or outdated is not None or refusal.told or len(refusal.servers) > 1
    certainty = Certainty.SURE if proven else Certainty.LIKELY
    outcome = Outcome.CAUSE
    if not proven and all(o.seen.via == "configured" for o in refusal.pairs):
        # This network's resolver alone, and nobody else could be asked.
        certainty, outcome = Certainty.POSSIBLE, Outcome.RISK
    return [_fault(situation, chain, mismatch, outdated, refusal, certainty, outcome)]


@dataclass(frozen=True, slots=True)
class _Outdated:
    """Answers whose every signature is over, or has not begun; which, and the date."""

    answers: tuple[Answer, ...]
    variant: str
    date: datetime
    confirmed: bool


def _fault(
    situation: Situation,
    chain: _Chain,
    mismatch: bool,
    outdated: _Outdated | None,
    refusal: _Refusal,
    certainty: Certainty,
    outcome: Outcome,
) -> Finding:
    domain = situation.case.domain
    if mismatch:
        return finding(
            "DNSSEC_DS_MISMATCH",
            [*refusal.pairs, *(chain.parent or chain.kept), *chain.keys],
            certainty=certainty,
            outcome=outcome,
            domain=domain,
        )
    data: dict[str, Any] = {}
    if outdated is not None:
        data = {"variant": outdated.variant, "date": outdated.date.date().isoformat()}
    return finding(
        "DNSSEC_BROKEN",
        [
            *refusal.pairs,
            *(outdated.answers if outdated else ()),
            *(true_time(situation).because if outdated else ()),
        ],
        certainty=certainty,
        outcome=outcome,
        domain=domain,
        **data,
    )


def _unnoticed(
    situation: Situation, chain: _Chain, mismatch: bool, outdated: _Outdated | None
) -> list[Finding]:
    """No resolver fails: none checks, or what they have kept is still good. A risk, if anything."""
    signed = any(o.seen.records for o in chain.parent)
    if not signed or not (mismatch or (outdated is not None and outdated.confirmed)):
        return []
    nobody = _Refusal((), frozenset(), told=False)
    checked = any(
        o.seen.authenticated
        for o in own_answers(situation, situation.case.domain, "MX", ["public"])
    )
    # A resolver that has checked may have kept what was good; or it sees what we do not.
    certainty = Certainty.POSSIBLE if checked else Certainty.LIKELY
    return [_fault(situation, chain, mismatch, outdated, nobody, certainty, Outcome.RISK)]


def _unsigned(situation: Situation, chain: _Chain) -> Finding:
    return finding("DNSSEC_UNSIGNED", chain.parent, domain=situation.case.domain)


def _left_in_caches(
    situation: Situation, look: Delegation, chain: _Chain, refusal: _Refusal
) -> list[Finding]:
    """The DS is gone at the parent, and resolvers still hold the zone to it for some time."""
    if not refusal.pairs or not _mismatch(look.zone, chain.kept, chain.keys):
        return []
    data = until(situation, [o for o in chain.kept if o.seen.records])
    return [
        finding(
            "DNSSEC_DS_MISMATCH",
            [*refusal.pairs, *chain.parent, *chain.kept, *chain.keys],
            outcome=Outcome.RISK,
            owner=Owner.WAIT,
            certainty=Certainty.LIKELY,
            domain=situation.case.domain,
            **{**data, "variant": "gone-until" if data else "gone"},
        )
    ]


def _refusal(situation: Situation) -> _Refusal:
    domain = situation.case.domain
    unchecked = {
        (o.seen.via, o.seen.server): o
        for o in _unchecked(situation, domain, "MX")
        if o.seen.status in DEFINITE
    }
    parent = domain.partition(".")[2]
    above = {
        (o.seen.via, o.seen.server)
        for o in own_answers(situation, parent, "SOA", ["configured", "public"])
        if o.seen.status == "servfail"
    }
    pairs: list[Answer] = []
    servers: set[str] = set()
    for failing in own_answers(situation, domain, "MX", ["configured", "public"]):
        asked = (failing.seen.via, failing.seen.server)
        without = unchecked.get(asked)
        # Where even the parent's own records are refused, the break is above the domain.
        if failing.seen.status == "servfail" and without and asked not in above:
            pairs += [failing, without]
            servers.add(failing.seen.server)
    told = any(
        code.split()[0] in _DNSSEC_ERRORS for o in pairs for code in o.seen.ede if code.split()
    )
    return _Refusal(tuple(pairs), frozenset(servers), told)


def _is_the_domains(situation: Situation, refusal: _Refusal, proven: bool) -> bool:
    """Whether it is more than the trouble of one resolver, say of one with a wrong clock."""
    if proven:
        return True
    answered = [
        o
        for o in own_answers(situation, situation.case.domain, "MX", ["public"])
        if o.seen.status in DEFINITE
    ]
    if any(o.seen.authenticated for o in answered):
        return False
    return any(o.seen.via == "public" for o in refusal.pairs) or not answered


def _chain(situation: Situation, look: Delegation) -> _Chain:
    said = own_answers(situation, look.zone, "DS", ["parent"])
    parent = [o for o in said if o.seen.authoritative and o.seen.status in ("answer", "nodata")]
    kept = [o for o in _unchecked(situation, look.zone, "DS") if o.seen.status in DEFINITE]
    keys = [
        o
        for server in look.serving
        for o in server.answers
        if o.seen.rtype == "DNSKEY" and o.seen.authoritative and o.seen.status in DEFINITE
    ] or [o for o in _unchecked(situation, look.zone, "DNSKEY") if o.seen.status in DEFINITE]
    return _Chain(tuple(parent), tuple(kept), tuple(keys))


def _unchecked(situation: Situation, name: str, rtype: str) -> list[Answer]:
    return [
        o
        for o in situation.of(DnsAnswer)
        if o.seen.about == "own"
        and o.seen.checking_disabled
        and (o.seen.name, o.seen.rtype) == (name, rtype)
    ]


def _mismatch(zone: str, delegated: Iterable[Answer], keys: Iterable[Answer]) -> bool:
    """Whether the parent's DS fits none of the zone's keys, the zone being unsigned included.

    A digest of a kind that we cannot make counts as fitting.
    """
    read = [read_ds(record) for o in delegated for record in o.seen.records]
    wanted = [ds for ds in read if ds is not None]
    given = [
        key for o in keys for record in o.seen.records if (key := read_key(record)) is not None
    ]
    if not wanted:
        return False
    if not given:
        return any(o.seen.status == "nodata" for o in keys)
    return all(fits(zone, ds, key) is False for ds in wanted for key in given)


def _outdated(situation: Situation, look: Delegation) -> _Outdated | None:
    """Signatures of the zone's own servers against the true time; what is over before the rest."""
    now = situation.now
    if now is None:
        return None
    clock = true_time(situation)
    today = clock.of(now)
    ended: list[tuple[datetime, Answer]] = []
    to_come: list[tuple[datetime, Answer]] = []
    for o in (o for server in look.serving for o in server.answers):
        read = [s for record in o.seen.signatures if (s := read_signature(record)) is not None]
        if not read or any(s.begins <= today <= s.ends for s in read):
            continue
        if all(s.ends < today for s in read):
            ended.append((max(s.ends for s in read), o))
        else:
            to_come.append((min(s.begins for s in read), o))
    dated = sorted(ended or to_come, key=lambda entry: (entry[0], entry[1].id))
    if not dated:
        return None
    return _Outdated(
        answers=tuple(o for _date, o in dated),
        variant="expired" if ended else "not-yet",
        date=dated[0][0],
        confirmed=bool(clock.because),
    )
