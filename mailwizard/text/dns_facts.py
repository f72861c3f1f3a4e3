"""One technical line for an answer from the DNS, as somebody who runs name servers wants it."""

from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.text.language import _


def dns_answer_fact(seen: DnsAnswer) -> str:
    """The question, whom, over what; the answer; and all that qualifies it."""
    server = f"{seen.server_name} [{seen.server}]" if seen.server_name else seen.server
    said = _("{rtype} of {name}, asked {server} ({via}): {result}").format(
        rtype=seen.rtype, name=seen.name, server=server, via=seen.via, result=_result(seen)
    )
    notes = [note for note in _notes(seen) if note]
    return f"{said} ({', '.join(notes)})" if notes else said


def _result(seen: DnsAnswer) -> str:
    if seen.records:
        return ", ".join(seen.records)
    if seen.referral and not seen.authoritative and seen.status == "nodata":
        return _("refers to {servers}").format(servers=", ".join(seen.referral))
    return seen.status


def _notes(seen: DnsAnswer) -> list[str]:
    """Record types, TTL and flags keep the names that they have in every language."""
    direct = seen.via == "authoritative" and seen.status in DEFINITE
    return [
        "TCP" if seen.transport == "tcp" else "",
        _("cut short over UDP") if seen.truncated else "",
        "" if seen.edns else _("only without EDNS"),
        "CD" if seen.checking_disabled else "",
        "AD" if seen.authenticated else "",
        _("without authority") if direct and not seen.authoritative else "",
        f"CNAME {' → '.join(seen.cname)}" if seen.cname else "",
        f"TTL {seen.ttl}" if seen.ttl is not None and seen.via == "public" else "",
        f"SOA {seen.serial}" if seen.serial is not None and seen.rtype == "SOA" else "",
        *(f"RRSIG {signature}" for signature in seen.signatures[:2]),
        *seen.ede,
        seen.detail,
    ]


def _addresses(probe: str, evidence: Evidence) -> tuple[set[str], set[str]]:
    """The addresses of the zone's servers that could be asked, and those that knew the answer."""
    answers = [
        o.seen
        for o in evidence.of(DnsAnswer, probe)
        if o.seen.via == "authoritative"
        and o.seen.rtype == "MX"
        and (o.seen.transport == "udp" or o.seen.truncated)
    ]
    return (
        {a.server for a in answers if a.status != "unreachable"},
        {a.server for a in answers if a.authoritative and a.status in DEFINITE},
    )


def name_servers_line(probe: str, evidence: Evidence) -> str:
    """How many addresses of the domain's name servers answer for it."""
    asked, knowing = _addresses(probe, evidence)
    if not asked:
        return ""
    return _("{done} of {total} answer").format(done=len(knowing), total=len(asked))


def name_servers_answered(probe: str, evidence: Evidence) -> bool:
    """Whether any of them did."""
    return bool(_addresses(probe, evidence)[1])
