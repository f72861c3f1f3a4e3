"""The words of the network step's findings: the line, names and the clock, the mail server."""

from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings import (
    network_certificates,
    network_here,
    network_line,
    network_line_watch,
    network_names,
    network_server,
)

TEXTS: dict[str, FindingText] = {
    **network_here.TEXTS,
    **network_line.TEXTS,
    **network_line_watch.TEXTS,
    **network_names.TEXTS,
    **network_server.TEXTS,
    **network_certificates.TEXTS,
}
