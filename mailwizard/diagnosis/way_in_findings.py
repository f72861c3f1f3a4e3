"""Which part of the way in a finding speaks of."""

from collections.abc import Iterable
from typing import Any

from mailwizard.diagnosis.way_in_parts import StageId
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Finding, Outcome, Step
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DnsAnswer, MtaSts, Registration, Tlsa
from mailwizard.model.seen.door import SmtpDoor

# Where what a finding stands on first does not tell which part it speaks of.
_BY_CODE: dict[str, StageId | None] = {
    "NO_MAIL_ROUTE:no-domain": "parent",
    "NO_MAIL_ROUTE:unregistered": "parent",
    "NO_MAIL_ROUTE:not-delegated": "parent",
    "NS_WRONG_PROVIDER": "parent",
    "DNSSEC_DS_MISMATCH": "parent",
    "DNSSEC_BROKEN": "servers",
    "NS_INCONSISTENT": "servers",
    "NS_INCONSISTENT:delegation": "parent",
    "NS_INCONSISTENT:glue": "parent",
    "NS_PARTLY_DOWN": "servers",
    "NS_ALL_DOWN": "servers",
    "DNS_TCP_BLOCKED": "servers",
    "DNS_LINE_GAP": "servers",
    "DNS_PROPAGATING": "mx",
    "MX_TARGET_MISSING": "addresses",
    "MX_IS_CNAME": "addresses",
    "MX_HOST_OLD_IP": "addresses",
    "MX_BUSY": "doors",
    "DELAY_BACKUP_MX": "doors",
    "MX_IPV6": "doors",
    "MX_STALE_BACKUP": "mx",
    "MTASTS_CERT_FAIL": "doors",
    "MX_DOES_NOT_SERVE_DOMAIN": "mailbox",
    "ADDRESS_UNKNOWN": "mailbox",
    "MAILBOX_DEACTIVATED": "mailbox",
    "EXTERNAL_MAIL_OFF": "mailbox",
    "GROUP_REFUSES_OUTSIDE": "mailbox",
    "MAILBOX_FULL": "mailbox",
    "RCPT_PROBE_INCONCLUSIVE": "mailbox",
    "PROBE_IP_REFUSED": "mailbox",
    "PROVISIONING": "mailbox",
    "TOO_LARGE": "mailbox",
    # About this office's own view, not about the way that mail takes.
    "SPLIT_VIEW": None,
    "REGISTRATION_UNKNOWN": None,
    "NAMES_MADE_UP": None,
}
_TELLING = (Outcome.CAUSE, Outcome.RISK, Outcome.UNKNOWN)


def of_stages(findings: Iterable[Finding], evidence: Evidence) -> dict[StageId, list[Finding]]:
    """The findings that bear on each part, in their order."""
    seen = {o.id: o for o in evidence}
    found: dict[StageId, list[Finding]] = {
        "parent": [],
        "servers": [],
        "mx": [],
        "addresses": [],
        "doors": [],
        "mailbox": [],
    }
    for finding in findings:
        stage = _stage(finding, [seen[name] for name in finding.because if name in seen])
        if finding.outcome in _TELLING and stage is not None:
            found[stage].append(finding)
    return found


def _stage(finding: Finding, because: list[Observation[Any]]) -> StageId | None:
    own_door = any(isinstance(o.seen, SmtpDoor) and o.seen.whose == "own" for o in because)
    if finding.step is not Step.DNS and not own_door:
        return None
    variant = f"{finding.code}:{finding.data.get('variant', '')}"
    if variant in _BY_CODE:
        return _BY_CODE[variant]
    if finding.code in _BY_CODE:
        return _BY_CODE[finding.code]
    if finding.step is not Step.DNS:
        return None
    for observation in because:
        stage = _by_evidence(observation.seen)
        if stage is not None:
            return stage
    return None


def _by_evidence(seen: Any) -> StageId | None:
    """The part that an observation is about."""
    match seen:
        case Registration():
            return "parent"
        case DnsAnswer(via="parent"):
            return "parent"
        case DnsAnswer(rtype="MX" | "CNAME" | "TXT") | MtaSts():
            return "mx"
        case DnsAnswer(rtype="A" | "AAAA"):
            return "addresses"
        case DnsAnswer(rtype="TLSA") | Tlsa() | SmtpDoor():
            return "doors"
        case DnsAnswer(rtype="NS" | "SOA" | "DS" | "DNSKEY"):
            return "servers"
    return None
