"""How the sender proves its identity: SPF, DMARC, reverse names; for its real sending servers."""

import ipaddress
from typing import Any

from mailwizard.model.seen.sender import DmarcRecord, ReverseName, SendingServer, SpfResult
from mailwizard.model.shown import shown
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.spf_query import evaluate
from mailwizard.probes.steady import SteadyResolver
from mailwizard.reading.dmarc import Record, names_to_ask, policy_record, record_of, walk_ends
from mailwizard.reading.mx import parse_mx
from mailwizard.reading.sending_servers import own_hosts, sending_servers

MAX_NAMES = 5


def sender_identity(setting: Setting) -> None:
    """Records the DMARC record, then SpfResult and ReverseName for each sending server known.

    Servers are learnt from the evidence of the probes that ran before. Raises
    Skipped("no-sender"), Stopped.
    """
    domain = setting.case.sender_domain
    if domain is None:
        raise Skipped("no-sender")
    resolver = SteadyResolver(setting)
    setting.record(_dmarc(resolver, domain))
    ours = own_hosts(setting.provider, setting.case.domain, setting.evidence)
    for learned in sending_servers(setting.evidence, setting.case, ours):
        envelope = learned.envelope_domain or domain
        setting.record(evaluated(resolver, envelope, learned.server))
        setting.record(_reverse_name(resolver, learned.server))


def evaluated(resolver: SteadyResolver, domain: str, server: SendingServer) -> SpfResult:
    """SPF of one server for one envelope domain, as a receiver would see it now. Raises Stopped."""

    def look_up(name: str, rtype: str) -> list[Any] | None:
        answer = resolver.ask(name, rtype)
        if answer is None:
            return None
        if answer.status != "answer":
            return []
        if rtype == "MX":
            return [(mx.preference, mx.host) for mx in parse_mx(answer.records)]
        if rtype == "TXT":
            if any(record.endswith("…") for record in answer.records):
                return None  # cut short when it was recorded: not to be judged
            return [(record.encode(),) for record in answer.records]
        return list(answer.records)

    helo = server.helo or server.host or domain
    result, detail, record = evaluate(look_up, server.address, f"postmaster@{domain}", helo)
    return SpfResult(
        domain=domain,
        server=server,
        result=result,
        record=shown(record, 2000),
        detail=shown(detail, 300),
    )


def _dmarc(resolver: SteadyResolver, domain: str) -> DmarcRecord:
    found: dict[str, Record] = {}
    several = ""
    for name in names_to_ask(domain):
        answer = resolver.ask(f"_dmarc.{name}", "TXT")
        if answer is None:
            return DmarcRecord(domain=domain, outcome="unknown")
        record, more_than_one = record_of(answer.records)
        if record is not None:
            found[name] = record
        several = several or (name if more_than_one else "")
        if walk_ends(record, at_start=name == domain):
            break
    applies = policy_record(domain, found)
    if applies is None:
        if several == domain:
            return DmarcRecord(domain=domain, outcome="broken", found_at=domain)
        return DmarcRecord(domain=domain, outcome="none")
    name, record = applies
    return DmarcRecord(
        domain=domain,
        outcome="found" if record.policy else "broken",
        found_at=name,
        record=shown(record.text, 2000),
        policy=record.policy,
        subdomain_policy=record.subdomain_policy,
        spf_alignment=record.spf_alignment,
        dkim_alignment=record.dkim_alignment,
    )


def _reverse_name(resolver: SteadyResolver, server: SendingServer) -> ReverseName:
    """The PTR names, at most five, and those whose own addresses lead back (RFC 8601 iprev)."""
    try:
        address = ipaddress.ip_address(server.address)
    except ValueError:
        return ReverseName(server=server, outcome="unknown")
    pointer = address.reverse_pointer
    answer = resolver.ask(pointer, "PTR")
    if answer is None:
        return ReverseName(server=server, outcome="unknown")
    if answer.status != "answer":
        absent = resolver.confirmed_absent(pointer, "PTR")
        return ReverseName(server=server, outcome="none" if absent else "unknown")
    names = answer.records[:MAX_NAMES]
    confirmed = []
    for name in names:
        forward = resolver.ask(name, "A" if address.version == 4 else "AAAA")
        if forward is not None and any(_same(record, address) for record in forward.records):
            confirmed.append(name)
    return ReverseName(server=server, outcome="answer", names=names, confirmed=tuple(confirmed))


def _same(record: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        return ipaddress.ip_address(record) == address
    except ValueError:
        return False
