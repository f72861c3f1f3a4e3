"""DNS records as they are and as they should be, for the letter to whoever manages the domain."""

from collections.abc import Iterable

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Finding
from mailwizard.model.marked import N_
from mailwizard.model.provider import Provider
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.providers.match import matches
from mailwizard.text.finding_text import provider_name
from mailwizard.text.joined import listed
from mailwizard.text.language import _

# Findings whose remedy is the set of MX records that the provider asks for.
ABOUT_MX = frozenset(
    {
        "MX_MISSING",
        "NO_MAIL_ROUTE",
        "MX_OLD_PROVIDER",
        "MX_MIXED",
        "MX_TARGET_MISSING",
        "MX_IS_IP",
        "MX_IS_CNAME",
        "MX_TYPO",
        "MX_DOES_NOT_SERVE_DOMAIN",
        "NULL_MX",
        "NULL_MX_MIXED",
        "NS_INCONSISTENT",
        "APEX_CNAME",
    }
)


# What stands where the records would, for a server that gave none.
_NO_RECORDS = {
    "nodata": N_("(no record)"),
    "nxdomain": N_("(no such domain)"),
    "timeout": N_("(no reply)"),
    "refused": N_("(reply refused)"),
    "servfail": N_("(the server could not tell)"),
}


def record_lines(
    findings: Iterable[Finding],
    case: Case,
    provider: Provider,
    evidence: Evidence,
    *,
    provider_known: bool,
) -> list[str]:
    """The lines with the MX records now, by server asked, and those to set; [] if not about MX.

    What they should be is only said where the provider is known from more than the MX records
    themselves, which are the very thing that may be wrong.
    """
    if not any(finding.code in ABOUT_MX for finding in findings):
        return []
    answers = [
        o.seen
        for o in evidence.of(DnsAnswer)
        if o.seen.about == "own" and o.seen.rtype == "MX" and o.seen.name == case.domain
    ]
    authoritative = [a for a in answers if a.via == "authoritative"]
    said: dict[tuple[str, ...], list[str]] = {}
    for answer in authoritative or answers:
        none = _(_NO_RECORDS.get(answer.status, answer.status))
        records = tuple(sorted(answer.records, key=_preference)) or (none,)
        servers = said.setdefault(records, [])
        server = answer.server_name or answer.server
        if server not in servers:
            servers.append(server)
    lines: list[str] = []
    for records, servers in said.items():
        lines.append(_("Records now, as {servers} give them:").format(servers=listed(servers)))
        lines += [f"  {case.domain}.  MX  {record}" for record in records]
    now = {_target(record): record for answer in answers for record in answer.records}
    wanted = _wanted(now, provider) if provider_known else []
    if wanted:
        lines += ["", _("Records as they should be, and no others:")]
        lines += [f"  {case.domain}.  MX  {record}." for record in wanted]
        lines.append(
            _("Please compare with what {provider} shows in the administrator's console.").format(
                provider=provider_name(provider)
            )
        )
    return lines


def _wanted(now: dict[str, str], provider: Provider) -> list[str]:
    """Those of the present records that are the provider's, or all of the provider's own list."""
    standard = {host for _preference, host in provider.standard_mx}
    own = sorted(
        (record for host, record in now.items() if matches(host, provider.mx)), key=_preference
    )
    if own and not any(_target(record) in standard for record in own):
        return own  # another data centre of the provider, with records of its own
    return [f"{preference} {host}" for preference, host in provider.standard_mx]


def _target(record: str) -> str:
    return record.rpartition(" ")[2].rstrip(".").lower()


def _preference(record: str) -> tuple[int, str]:
    number = record.partition(" ")[0]
    return (int(number) if number.isdecimal() else 0), record
