"""The user's own domain in the DNS, as each resolver gives it: where it sends its mail."""

from dataclasses import replace

from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.probes.asking import Question
from mailwizard.probes.resolving import (
    Server,
    ask_all,
    configured,
    public,
    question,
    trusted,
)
from mailwizard.probes.setting import Setting
from mailwizard.reading.mx import parse_mx

MAX_TARGETS = 20
OTHER_TYPES = ("A", "AAAA", "NS", "SOA", "TXT", "CNAME")


def domain(setting: Setting) -> None:
    """MX from every resolver; the other records from this computer's and from two public ones.

    Then the addresses of every mail exchanger; where MX is missing, an MX at ``www``; where a
    resolver gives SERVFAIL, the same without DNSSEC checking. Records DnsAnswer. Raises Stopped.
    """
    name = setting.case.domain
    everyone = configured(setting) + public(setting)
    few = configured(setting) + public(setting, 2)
    answers = ask_all(
        setting,
        [question(server, name, "MX") for server in everyone]
        + [question(server, name, rtype) for rtype in OTHER_TYPES for server in few],
        heard=setting.record,
    )
    if trusted(answers, name, "MX") is None:
        # A resolver gives up on dead name servers only after some seconds, and says so then.
        answers += ask_all(
            setting,
            [question(server, name, "MX") for server in few],
            each=4.0,
            heard=setting.record,
        )
    further = _unchecked(everyone, answers) + _targets(answers, few[:1] + public(setting, 2), name)
    mx = trusted(answers, name, "MX")
    if mx is not None and mx.status == "nodata":
        further += [question(server, f"www.{name}", "MX") for server in public(setting, 2)]
    ask_all(setting, further, heard=setting.record)


def _unchecked(servers: tuple[Server, ...], answers: list[DnsAnswer]) -> list[Question]:
    """Whom to ask again with CD (RFC 4035): SERVFAIL may come from DNSSEC validation alone."""
    failing = {
        (a.via, a.server): a.name for a in answers if a.rtype == "MX" and a.status == "servfail"
    }
    return [
        replace(
            question((via, address, port), failing[via, address], rtype), checking_disabled=True
        )
        for via, address, port in servers
        if (via, address) in failing
        for rtype in ("MX", "DS", "DNSKEY")
    ]


def _targets(answers: list[DnsAnswer], servers: tuple[Server, ...], name: str) -> list[Question]:
    """The addresses of every exchanger that any resolver names."""
    hosts: dict[str, None] = {}
    for answer in answers:
        if answer.name == name and answer.rtype == "MX" and answer.status in DEFINITE:
            for mx in parse_mx(answer.records):
                if not mx.is_null and not mx.is_address:
                    hosts[mx.host] = None
    return [
        question(server, host, rtype)
        for host in sorted(hosts)[:MAX_TARGETS]
        for rtype in ("A", "AAAA")
        for server in dict.fromkeys(servers)
    ]
