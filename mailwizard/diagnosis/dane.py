"""DANE for SMTP (RFC 7672): what the TLSA records promise against what the exchangers show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mailwizard.diagnosis.door import Door
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.mta_sts import reports
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.diagnosis.tls_view import (
    believable_doors,
    offered_elsewhere,
    offers_none,
    out_of_date,
    vouching,
)
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.dns import DEFINITE, Tlsa, TlsaRecord
from mailwizard.model.seen.network import Certificate
from mailwizard.reading.tlsa import DANE_EE, fits, in_words, usable

Promise = Observation[Tlsa]
State = Literal["kept", "mismatch", "no-tls", "expired", "name", "unknown"]

_CODES: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("DANE_NO_TLS", ("no-tls",)),
    ("DANE_MISMATCH", ("mismatch",)),
    ("DANE_CERT", ("expired", "name")),
)


@dataclass(frozen=True, slots=True)
class _Host:
    """One exchanger with binding records: the state of each of its addresses that told one."""

    promises: tuple[Promise, ...]
    states: tuple[tuple[Door, State], ...]
    disputed: bool

    @property
    def fails(self) -> bool:
        """Whether a sender that keeps to the records finds no way in here."""
        told = [state for _door, state in self.states]
        return bool(told) and not self.disputed and not {"kept", "unknown"} & set(told)


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """DANE_NO_TLS, DANE_MISMATCH and DANE_CERT, where the records bind those who send; and
    DNSSEC_BROKEN, where nobody learns whether there are any."""
    if believed.status != "answer":
        return []
    hosts = _hosts(situation, believed)
    everywhere = bool(hosts) and all(h in hosts and hosts[h].fails for h in believed.hosts)
    found: list[Finding] = []
    for code, states in _CODES:
        wrong = {
            name: [(door, state) for door, state in host.states if state in states]
            for name, host in hosts.items()
        }
        wrong = {name: doors for name, doors in wrong.items() if doors}
        if wrong:
            at_most = any(_certainty(hosts[name].promises) is Certainty.POSSIBLE for name in wrong)
            cause = everywhere and not at_most and believed.certainty is not Certainty.POSSIBLE
            found.append(_finding(situation, believed, code, hosts, wrong, cause=cause))
    return found or _unanswered(situation, believed)


def _unanswered(situation: Situation, believed: MailRoute) -> list[Finding]:
    """Resolvers that validate the MX and the host, and get no credible answer about TLSA: a sender
    that asks for it must not deliver there (RFC 7672 section 2.1.1)."""
    failing: dict[str, list[Promise]] = {}
    for host in believed.hosts:
        told = [
            o
            for o in _of(situation, host)
            if _public(o) and o.seen.host_authenticated and o.seen.discerning
        ]
        if len(told) > 1 and all(o.seen.status == "servfail" for o in told):
            failing[host] = told
    if not failing:
        return []
    everywhere = len(failing) == len(believed.hosts)
    return [
        finding(
            "DNSSEC_BROKEN",
            [*(o for told in failing.values() for o in told), *believed.because],
            certainty=Certainty.LIKELY,
            outcome=Outcome.CAUSE if everywhere else Outcome.RISK,
            variant="tlsa",
            domain=situation.case.domain,
            places=tuple(f"_25._tcp.{host}" for host in failing),
            reports=reports(situation),
        )
    ]


def binding(situation: Situation, host: str) -> list[Promise]:
    """TLSA records that a sender must keep to: validated from the MX to themselves, by a resolver
    that tells signed from unsigned."""
    return [
        o
        for o in _of(situation, host)
        if o.seen.status == "answer"
        and o.seen.authenticated
        and o.seen.mx_authenticated
        and o.seen.host_authenticated
        and o.seen.discerning
    ]


def without_any(situation: Situation, believed: MailRoute) -> list[Promise]:
    """The answers that there is no TLSA record for any exchanger; [] where that is not known."""
    answers = {host: _of(situation, host) for host in believed.hosts}
    for told in answers.values():
        if not any(o.seen.status in ("nodata", "nxdomain") for o in told):
            return []
        if any(o.seen.status not in ("nodata", "nxdomain") for o in told if _public(o)):
            return []
    return [o for told in answers.values() for o in told if o.seen.status in DEFINITE]


def unsigned(situation: Situation, believed: MailRoute) -> list[Promise]:
    """TLSA records that bind nobody, as two resolvers say that the MX records are not signed."""
    found = [
        o
        for host in believed.hosts
        for o in _of(situation, host)
        if o.seen.status == "answer" and not o.seen.mx_authenticated and o.seen.discerning
    ]
    bound = any(o.seen.mx_authenticated for host in believed.hosts for o in _of(situation, host))
    return found if len({o.seen.server for o in found}) > 1 and not bound else []


def _of(situation: Situation, host: str) -> list[Promise]:
    return [o for o in situation.of(Tlsa) if o.seen.host == host]


def _public(promise: Promise) -> bool:
    return promise.seen.via == "public"


def _certainty(promises: Iterable[Promise]) -> Certainty:
    """This network's own resolver alone may serve a view of its own."""
    return Certainty.LIKELY if any(_public(o) for o in promises) else Certainty.POSSIBLE


def _hosts(situation: Situation, believed: MailRoute) -> dict[str, _Host]:
    doors = believable_doors(situation, believed)
    found: dict[str, _Host] = {}
    for host in believed.hosts:
        promises = binding(situation, host)
        if not promises:
            continue
        records = {record: None for o in promises for record in o.seen.records}
        cut = any(o.seen.unreadable for o in promises)
        disputed = any(
            o.seen.status in ("nodata", "nxdomain") for o in _of(situation, host) if _public(o)
        )
        names = (host, promises[0].seen.base, situation.case.domain)
        states = tuple(
            (door, _state(situation, door, tuple(records), names, cut=cut))
            for door in doors.get(host, [])
        )
        known = tuple((door, state) for door, state in states if state != "unknown")
        found[host] = _Host(tuple(promises), known, disputed)
    return found


def _state(
    situation: Situation,
    door: Door,
    records: tuple[TlsaRecord, ...],
    names: tuple[str, ...],
    *,
    cut: bool,
) -> State:
    """What a sender that keeps to the records finds at one address."""
    if offers_none(door):
        return "no-tls" if offered_elsewhere(situation) else "unknown"
    if not door.seen.digests:
        return "unknown"
    comparable = [record for record in records if usable(record)]
    if not comparable:
        return "unknown" if cut else "kept"  # any encryption will do (section 2.2)
    if not vouching(situation, door):
        return "unknown"
    return _compared(situation, door, comparable, names, cut=cut)


def _compared(
    situation: Situation,
    door: Door,
    records: list[TlsaRecord],
    names: tuple[str, ...],
    *,
    cut: bool,
) -> State:
    digests, chain = door.seen.digests, door.seen.certificates
    if any(not digest.key_sha256 for digest in digests):
        return "unknown"
    # The server's own key binds alone: name and dates do not matter (section 3.1.1).
    if any(record.usage == DANE_EE and fits(record, digests[0]) for record in records):
        return "kept"
    anchors = [record for record in records if record.usage != DANE_EE]
    depth = next(
        (n for n, digest in enumerate(digests) if any(fits(record, digest) for record in anchors)),
        None,
    )
    if depth is None:
        # An authority's whole certificate in the DNS need not be sent by the server.
        unseen = any(record.matching == 0 for record in anchors)
        return "unknown" if cut or unseen else "mismatch"
    if depth == 0 or len(chain) != len(digests):
        return "unknown"  # the server's own certificate as its authority: senders differ
    if out_of_date(situation, door, chain[: depth + 1]):
        return "expired"
    return "kept" if any(_covers(chain[0], name) for name in names) else "name"


def _covers(leaf: Certificate, host: str) -> bool:
    """Whether one of the certificate's names is this one (RFC 9525: one leftmost wildcard)."""
    given = [name.lower().rstrip(".") for name in leaf.names]
    above = host.partition(".")[2]
    return host in given or (bool(above) and f"*.{above}" in given)


def _finding(
    situation: Situation,
    believed: MailRoute,
    code: str,
    hosts: dict[str, _Host],
    wrong: dict[str, list[tuple[Door, State]]],
    *,
    cause: bool,
) -> Finding:
    promises = [o for name in wrong for o in hosts[name].promises]
    doors = [door for there in wrong.values() for door, _state_there in there]
    because: list[Observation[Seen]] = [*promises, *doors, *believed.because]
    if code == "DANE_NO_TLS":
        because += offered_elsewhere(situation)
    else:
        because += [o for door in doors for o in vouching(situation, door)]
    states = [state for there in wrong.values() for _door, state in there]
    keys = {door.seen.digests[0].key_sha256 for door in doors if door.seen.digests}
    return finding(
        code,
        because,
        certainty=_certainty(promises),
        outcome=Outcome.CAUSE if cause else Outcome.RISK,
        variant="seen" if code != "DANE_CERT" else min(states),
        domain=situation.case.domain,
        servers=tuple(wrong),
        places=tuple(dict.fromkeys(f"_25._tcp.{o.seen.base}" for o in promises)),
        records=tuple(dict.fromkeys(in_words(r) for o in promises for r in o.seen.records))[:6],
        key=keys.pop() if len(keys) == 1 else "",
        reports=reports(situation),
    )
