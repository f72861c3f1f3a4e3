"""The words of the network step's findings: those on this side, and those at the mail server."""

from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings import network_here, network_server

TEXTS: dict[str, FindingText] = {**network_here.TEXTS, **network_server.TEXTS}
