"""Mail filters that companies put in front of their mailboxes: their mail exchangers' names.

From the vendors' set-up pages. A filter takes the mail first and hands it on to the mailbox, so an
exchanger of one is no former provider, whoever the mailbox is with.
"""

from mailwizard.providers.match import matches

FILTERS = (
    "*.pphosted.com",
    "*.ppe-hosted.com",
    "*.mimecast.com",
    "*.mimecast.co.za",
    "*.mimecast-offshore.com",
    "*.messagelabs.com",
    "*.iphmx.com",
    "*.barracudanetworks.com",
    "*.mailcontrol.com",
    "*.trendmicro.com",
    "*.hornetsecurity.com",
    "*.antispameurope.com",
    "*.antispamcloud.com",
    "*.fireeyecloud.com",
    "*.sophos.com",
)


def is_filter(host: str) -> bool:
    """Whether a mail exchanger is known to be a filter in front of somebody's mailbox."""
    return matches(host, FILTERS)
