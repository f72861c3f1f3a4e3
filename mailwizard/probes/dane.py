"""DANE for SMTP (RFC 7672): the TLSA records of every mail exchanger, with proof of validation.

Each resolver goes its own way from the MX records to the TLSA records, so that a dead one costs
nobody else any time; only what the same resolver validated from end to end binds a sender.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from mailwizard.model.seen.dns import DEFINITE, DnsAnswer, Tlsa
from mailwizard.probes.asking import Question
from mailwizard.probes.resolving import Server, ask_all, configured, public, question
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.side_by_side import SideBySide
from mailwizard.reading.mx import parse_mx
from mailwizard.reading.tlsa import MAX_RECORDS, parse_tlsa

MAX_HOSTS = 20
CONTROLS = 2


def dane(setting: Setting) -> None:
    """Records Tlsa, one for every resolver and mail exchanger. Raises Skipped, Stopped."""
    servers = configured(setting)[:1] + public(setting, 2)
    work: SideBySide[tuple[Tlsa, ...] | None] = SideBySide(
        setting, [partial(_of_resolver, setting, server) for server in dict.fromkeys(servers)]
    )
    answered = False
    seen = 0
    for found in work.results():
        answered = answered or found is not None
        for one in found or ():
            setting.record(one)
            seen += 1
    if not seen:
        raise Skipped("no-mx" if answered else "no-answer")


def _of_resolver(setting: Setting, server: Server) -> tuple[Tlsa, ...] | None:
    """What one resolver gives; None where it does not answer. Raises Stopped."""
    domain = setting.case.domain
    unsigned = [
        question(server, name, "A", about="control")
        for name in setting.world.controls.https[:CONTROLS]
    ]
    first = ask_all(
        setting, [_validated(question(server, domain, "MX")), *map(_validated, unsigned)]
    )
    (mx,) = (answer for answer in first if answer.about == "own")
    if mx.status not in DEFINITE:
        return None
    discerning = _discerning([answer for answer in first if answer.about == "control"])
    exchangers = parse_mx(mx.records)
    hosts = list(dict.fromkeys(e.host for e in exchangers if not e.is_null and not e.is_address))
    further = [
        _validated(question(server, name, rtype))
        for host in hosts[:MAX_HOSTS]
        for name, rtype in (
            (_place(host), "TLSA"),
            *(((host, "A"), (host, "AAAA")) if mx.authenticated else ()),
        )
    ]
    answers = ask_all(setting, further)
    return tuple(
        _seen(setting, server, host, mx, discerning, answers) for host in hosts[:MAX_HOSTS]
    )


def _seen(
    setting: Setting,
    server: Server,
    host: str,
    mx: DnsAnswer,
    discerning: bool | None,
    answers: Sequence[DnsAnswer],
) -> Tlsa:
    """The records of one host: at the end of its alias where it has some there, else at its own
    name (RFC 7672 section 2.2.2)."""
    records = next(a for a in answers if (a.name, a.rtype) == (_place(host), "TLSA"))
    addresses = [a for a in answers if a.name == host and a.status == "answer"]
    base = host
    alias = next((a.cname[-1] for a in addresses if a.authenticated and a.cname), "")
    if alias:
        further = ask_all(setting, [_validated(question(server, _place(alias), "TLSA"))])
        if further[0].status == "answer" or further[0].status not in DEFINITE:
            records, base = further[0], alias
    parsed = [parse_tlsa(record) for record in records.records[:MAX_RECORDS]]
    kept = tuple(record for record in parsed if record is not None)
    return Tlsa(
        host=host,
        base=base,
        via=_via(server),
        server=server[1],
        status=records.status,
        records=kept,
        unreadable=len(records.records) - len(kept),
        authenticated=records.authenticated,
        mx_authenticated=mx.authenticated,
        host_authenticated=any(a.authenticated for a in addresses) if mx.authenticated else None,
        discerning=discerning,
        ede=records.ede,
    )


def _discerning(controls: Sequence[DnsAnswer]) -> bool | None:
    """Whether the resolver leaves AD away where nothing is signed, as the controls' zones."""
    told = [answer.authenticated for answer in controls if answer.status == "answer"]
    return not all(told) if told else None


def _validated(asked: Question) -> Question:
    """The question that lets a resolver say whether it validated the answer (RFC 6840, 5.8)."""
    return replace(asked, signatures=True)


def _place(host: str) -> str:
    return f"_25._tcp.{host}"


def _via(server: Server) -> Literal["configured", "public"]:
    return "configured" if server[0] == "configured" else "public"
