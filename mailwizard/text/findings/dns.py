"""The words of the DNS step's findings: the domain's records, and its mail exchangers' doors."""

from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings import (
    dns_delegation,
    dns_domain,
    dns_doors,
    dns_mx,
    dns_policies,
    dns_records,
)

TEXTS: dict[str, FindingText] = {
    **dns_domain.TEXTS,
    **dns_mx.TEXTS,
    **dns_records.TEXTS,
    **dns_delegation.TEXTS,
    **dns_doors.TEXTS,
    **dns_policies.TEXTS,
}
