"""Asks the company's own web server which mail server its mail programs are to use."""

from mailwizard.model.seen.dns import ProviderHint
from mailwizard.probes.https_get import NoReply, https_get
from mailwizard.probes.setting import Setting
from mailwizard.reading.autoconfig import imap_hosts

MAX_FILE = 1 << 16
WAIT_SECONDS = 1.5


def host_of(domain: str) -> str:
    """Where the settings of a domain are kept by custom."""
    return f"autoconfig.{domain}"


def autoconfig(setting: Setting) -> list[ProviderHint]:
    """What the file names; [] where there is none, or nobody vouches for it (TLS). Raises Stopped.

    No address of the user's is sent along: the file is the same for everybody.
    """
    domain = setting.case.domain
    host = host_of(domain)
    try:
        got = https_get(
            setting,
            f"https://{host}/mail/config-v1.1.xml",
            limit=MAX_FILE,
            redirects=1,
            seconds=WAIT_SECONDS,
        )
    except NoReply:
        return []
    if got.status != 200:
        return []
    return [
        ProviderHint(source="autoconfig", name=host, target=target)
        for target in imap_hosts(got.body, domain)
    ]
