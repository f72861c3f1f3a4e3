"""A company's own settings for mail programs: Mozilla's autoconfig file (config-v1.1)."""

import re

from mailwizard.reading.registration import host_name

MAX_SERVERS = 5

_SERVER = re.compile(
    r"<incomingServer\b[^>]{0,200}\btype\s*=\s*[\"']imap[\"'][^>]{0,200}>(.{0,4000}?)"
    r"</incomingServer\s*>",
    re.IGNORECASE | re.DOTALL,
)
_HOST = re.compile(r"<hostname\s*>\s*([^<\s]{1,255})\s*</hostname\s*>", re.IGNORECASE)


def imap_hosts(body: bytes, domain: str) -> tuple[str, ...]:
    """The IMAP servers that the file names, the first one to be preferred; () if it names none."""
    text = body.decode("utf-8", "replace")
    found: dict[str, None] = {}
    for server in _SERVER.finditer(text):
        for host in _HOST.findall(server[1])[:1]:
            name = host_name(host.replace("%EMAILDOMAIN%", domain))
            if name:
                found[name] = None
    return tuple(found)[:MAX_SERVERS]
