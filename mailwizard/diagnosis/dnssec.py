"""DNSSEC faults, told by asking the same resolver once more without checking (CD, RFC 4035)."""

import base64
import binascii
import re

from mailwizard.diagnosis.mail_route import Answer, own_answers
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer


def judge(situation: Situation) -> list[Finding]:
    """DNSSEC_DS_MISMATCH or DNSSEC_BROKEN: a resolver fails with checking and answers without."""
    domain = situation.case.domain
    unchecked = {
        (o.seen.server, o.seen.rtype): o
        for o in situation.of(DnsAnswer)
        if o.seen.about == "own" and o.seen.name == domain and o.seen.checking_disabled
    }
    pairs: list[Answer] = []
    servers: set[str] = set()
    for failing in own_answers(situation, domain, "MX", ["configured", "public"]):
        without = unchecked.get((failing.seen.server, "MX"))
        if failing.seen.status == "servfail" and without and without.seen.status in DEFINITE:
            pairs += [failing, without]
            servers.add(failing.seen.server)
    if not pairs:
        return []
    # A resolver that fails now and then looks the same once; two, or its own word, do not.
    told = any(
        code.split()[0] in _DNSSEC_ERRORS for o in pairs for code in o.seen.ede if code.split()
    )
    sure = Certainty.SURE if len(servers) > 1 or told else Certainty.LIKELY
    keys = [o for (_server, rtype), o in unchecked.items() if rtype == "DNSKEY"]
    delegated = [o for (_server, rtype), o in unchecked.items() if rtype == "DS"]
    if _mismatch(delegated, keys):
        because = [*pairs, *delegated, *keys]
        return [finding("DNSSEC_DS_MISMATCH", because, certainty=sure, domain=domain)]
    return [finding("DNSSEC_BROKEN", pairs, certainty=sure, domain=domain)]


_NUMBER = re.compile(r"[0-9]{1,5}")
# RFC 8914: DNSKEY or DS algorithm unsupported to NSEC missing.
_DNSSEC_ERRORS = frozenset(("1", "2", "5", "6", "7", "8", "9", "10", "11", "12"))


def _mismatch(delegated: list[Answer], keys: list[Answer]) -> bool:
    """Whether the parent's DS fits none of the zone's keys, the zone being unsigned included."""
    wanted = {
        int(first)
        for o in delegated
        for record in o.seen.records
        if _NUMBER.fullmatch(first := record.partition(" ")[0])
    }
    if not wanted:
        return False
    if any(o.seen.status == "nodata" for o in keys):
        return True
    given = {tag for o in keys for record in o.seen.records if (tag := key_tag(record)) is not None}
    return bool(given) and not wanted & given


def key_tag(record: str) -> int | None:
    """The key tag of a DNSKEY in presentation form (RFC 4034 appendix B); None if unreadable."""
    fields = record.split()
    if len(fields) < 4 or not all(_NUMBER.fullmatch(field) for field in fields[:3]):
        return None
    flags, protocol, algorithm = (int(field) for field in fields[:3])
    try:
        key = base64.b64decode("".join(fields[3:]), validate=True)
        rdata = flags.to_bytes(2, "big") + bytes((protocol, algorithm)) + key
    except (ValueError, OverflowError, binascii.Error):
        return None
    total = sum(octet << 8 if position % 2 == 0 else octet for position, octet in enumerate(rdata))
    return (total + (total >> 16)) & 0xFFFF
