"""Mail filters that companies put in front of their mailboxes: their mail exchangers' names.

A filter takes the mail first and hands it on to the mailbox, so an exchanger of one is no former
provider, whoever the mailbox is with. The list only ever spares somebody an accusation: these are
names as domains around the world publish them, and one too many does no harm.
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
