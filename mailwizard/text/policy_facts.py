"""Promises of encryption as they were seen: the technical line, and the short one of a row."""

from collections.abc import Sequence

from mailwizard.model.marked import N_
from mailwizard.model.seen.dns import MtaSts, StsProblem, Tlsa, TlsReports
from mailwizard.reading.tlsa import in_words
from mailwizard.text.joined import bracketed, listed
from mailwizard.text.language import _

# RFC 8461, section 5: what a policy asks of those who send.
_MODES = {
    "enforce": N_("strict rules published"),
    "testing": N_("rules published, on trial"),
}
_WITHDRAWN = N_("rules withdrawn")
_PROBLEMS: dict[StsProblem, str] = {
    "several": N_("published more than once, so nobody heeds it"),
}
_UNREADABLE = N_("published, but not readable")


def mta_sts_fact(seen: MtaSts) -> str:
    """The record, the policy, and what was wrong with either."""
    policy: str = seen.fetch or "-"
    if seen.policy is not None:
        policy = f"{seen.policy.mode}: {listed(seen.policy.mx)}"
    told = f"MTA-STS {seen.domain}: {seen.txt or '-'}; {policy}"
    wrong = [part for part in (seen.problem, seen.detail, seen.location) if part]
    return bracketed(told, listed(wrong)) if wrong else told


def tls_reports_fact(seen: TlsReports) -> str:
    """The record as published."""
    return f"TLS-RPT {seen.domain}: {seen.txt or '-'}"


def tlsa_fact(seen: Tlsa) -> str:
    """The records, who gave them, and whether they are validated from the MX to themselves."""
    records = listed([in_words(record) for record in seen.records]) or seen.status
    told = _("TLSA of {host}:25, asked {server} ({via}): {records}").format(
        host=seen.base, server=seen.server, via=seen.via, records=records
    )
    return bracketed(told, "DNSSEC") if validated(seen) else told


def validated(seen: Tlsa) -> bool:
    """Whether a sender may build on these records."""
    whole = seen.mx_authenticated and seen.host_authenticated and seen.authenticated
    return bool(whole and seen.discerning)


def mta_sts_line(rules: Sequence[MtaSts]) -> str:
    """What the row of MTA-STS says; "" where nothing was seen."""
    for rule in rules:
        if not rule.txt:
            return _("none published")
        if rule.policy is None:
            return _(_PROBLEMS.get(rule.problem, _UNREADABLE))
        return _(_MODES.get(rule.policy.mode, _WITHDRAWN))
    return ""


def mta_sts_worked(rules: MtaSts) -> bool:
    """Whether it is known what the rule is, or that none counts."""
    return not rules.txt or bool(rules.problem) or rules.policy is not None


def dane_line(promises: Sequence[Tlsa]) -> str:
    """What the row of DANE says; "" where nothing was seen."""
    there = [one for one in promises if one.status == "answer"]
    binding = {one.host for one in there if validated(one)}
    if binding:
        return _("published for {host}").format(host=listed(sorted(binding)))
    if there:
        return _("published, but not signed, so nobody heeds it")
    if any(one.status in ("nodata", "nxdomain") for one in promises):
        return _("none published")
    return _("no answer from the name service") if promises else ""
