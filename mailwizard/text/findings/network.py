"""The words of the network step's findings, a file for each of its judges."""

from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings import (
    network_addresses,
    network_certificates,
    network_clock,
    network_encryption,
    network_here,
    network_line_watch,
    network_names,
    network_proxy,
    network_quality,
    network_server,
)

TEXTS: dict[str, FindingText] = {
    **network_here.TEXTS,
    **network_proxy.TEXTS,
    **network_quality.TEXTS,
    **network_addresses.TEXTS,
    **network_line_watch.TEXTS,
    **network_names.TEXTS,
    **network_clock.TEXTS,
    **network_server.TEXTS,
    **network_certificates.TEXTS,
    **network_encryption.TEXTS,
}
