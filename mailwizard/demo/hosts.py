"""Who lives where in the demo's internet: host names and addresses, all from RFC 5737's networks.

The company and its provider are in 203.0.113.0/24, everybody else is in 198.51.100.0/24.
"""

from urllib.parse import urlsplit

from mailwizard.probes.controls import Controls

COMPANY = "acme-trading.com"
CUSTOMER = "customer-gmbh.de"

IMAP = "imap.qiye.aliyun.com"
SUBMISSION = "smtp.qiye.aliyun.com"
WEBMAIL = "qiye.aliyun.com"
MX = ("mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com", "mx3.qiye.aliyun.com")
FORMER_MX = "mail.oldhost.net"
CUSTOMER_MX = "mail.customer-gmbh.de"
# The service that the customer has begun to send through, not named in their SPF record.
NEW_SENDER = "out7.newsletter-cloud.net"

COMPANY_NS = ("ns1.acme-trading.com", "ns2.acme-trading.com")
CUSTOMER_NS = ("ns1.customer-gmbh.de", "ns2.customer-gmbh.de")
COMMON_NS = "vip1.alidns.com"
ROOT_NS = "a.root-servers.net"
PARENT_NS = "a.gtld-servers.net"
RDAP = "rdap.registry-services.net"
STS = "mta-sts.acme-trading.com"

# This computer and its office.
OWN_ADDRESS = "192.168.1.23"
GATEWAY = "192.168.1.1"
SOMEBODY = "198.51.100.99"

HOSTS: dict[str, str] = {
    IMAP: "203.0.113.10",
    WEBMAIL: "203.0.113.11",
    SUBMISSION: "203.0.113.12",
    MX[0]: "203.0.113.21",
    MX[1]: "203.0.113.22",
    MX[2]: "203.0.113.23",
    COMPANY: "203.0.113.80",
    "www.acme-trading.com": "203.0.113.80",
    STS: "203.0.113.81",
    COMPANY_NS[0]: "203.0.113.53",
    COMPANY_NS[1]: "203.0.113.54",
    ROOT_NS: "198.51.100.2",
    PARENT_NS: "198.51.100.3",
    COMMON_NS: "198.51.100.4",
    RDAP: "198.51.100.5",
    CUSTOMER: "198.51.100.26",
    CUSTOMER_MX: "198.51.100.25",
    CUSTOMER_NS[0]: "198.51.100.53",
    CUSTOMER_NS[1]: "198.51.100.54",
    NEW_SENDER: "198.51.100.77",
    FORMER_MX: "198.51.100.90",
}


def with_controls(controls: Controls) -> dict[str, str]:
    """All hosts of the demo, the control hosts among them, each at an address of its own."""
    names = [
        *(urlsplit(portal.url).hostname or "" for portal in controls.portals),
        *controls.https,
        *controls.imap,
        *controls.smtp,
        urlsplit(controls.rdap_bootstrap).hostname or "",
    ]
    free = (f"198.51.100.{number}" for number in range(101, 255))
    new = {name: next(free) for name in dict.fromkeys(names) if name not in HOSTS}
    return HOSTS | new
