"""Names that say nothing of the parties: providers' and control hosts, usual labels and words."""

# ruff: noqa: SIM905 - lists of words are easier to read, and to add to, as words

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.network import Endpoint, HttpReply
from mailwizard.model.seen.sender import BlockListAnswer
from mailwizard.providers.load import all_providers

LABELS = frozenset(
    "mail email imap imaps smtp pop pop3 mx mta relay www webmail ns dns ftp exchange owa"
    " autodiscover autoconfig mta-sts spf include outbound inbound out in gateway gw"
    " _dmarc _domainkey _spf _imap _imaps _submission _tcp _mta-sts _smtp _tls default"
    " protection in-addr ip6 arpa bounce bounces zen sbl xbl pbl dbl bl _25".split()
)
"""Host labels that are the same everywhere; with a number behind them too (mx1, ns2)."""

LOCAL_PARTS = frozenset(
    "postmaster mailer-daemon abuse hostmaster webmaster noreply no-reply root".split()
)
"""Local parts that are offices, prescribed or usual, and no persons (RFC 2142)."""

COMMON_WORDS = frozenset(
    "about account address admin after all and any are arrive bill block blocked bounce business"
    " but can care check china clear code company contact customer data delivery domain east error"
    " export first for found free from full gmbh good group hello help host hotmail import inbox"
    " inc info international last limited list local long ltd mail mailbox mailer mark may message"
    " name network new nobody not note office one open order our out outlook people person policy"
    " post price private problem provider public quote read received reply report room sale sales"
    " search security sender sent server service size smtp some spam state still summer support"
    " system team test the this time trading trade trust try two unknown update user very wait web"
    " webmail west who why will with work write www yes you your".split()
)
"""Words of our own texts and of servers' replies: a party's name that is one is only hidden as
part of an address, a host or a full name."""

_SECOND_LEVEL = frozenset("com net org gov edu ac co or ne go".split())
_DOCUMENTATION = tuple(
    ipaddress.ip_network(net)
    for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
)
_HOST_OF_URL = re.compile(r"(?:\w+://)?(?:[^/@]*@)?\[?([^/:\]]+)")


def registrable(host: str) -> str:
    """The part of a host name that somebody registered, as well as it can be told offline."""
    labels = host.lower().rstrip(".").split(".")
    second = len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2
    return ".".join(labels[-3:] if second else labels[-2:])


def is_usual_label(label: str) -> bool:
    """Whether a host label is one that any company uses."""
    return label in LABELS or label.rstrip("0123456789") in LABELS or label == "*"


def is_public_address(text: str) -> bool:
    """Whether an IP address could tell who somebody is; documentation ranges count as such."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return address.is_global or any(address in net for net in _DOCUMENTATION)


def public_hosts(evidence: Evidence) -> frozenset[str]:
    """Hosts that stay readable: of all providers, and what was asked for comparison."""
    names: set[str] = set()
    for provider in all_providers().values():
        for site in provider.sites:
            names.update(filter(None, (site.webmail, site.imap, site.smtp)))
        names.update((*provider.mx, *provider.spf_includes, provider.support.get("status", "")))
        names.update(host for _preference, host in provider.standard_mx)
    names.update(_asked_for_comparison(evidence))
    return frozenset(name.lower().removeprefix("*.").rstrip(".") for name in names if name)


def public_addresses(
    evidence: Evidence, records: Iterable[Mapping[str, Any]], hosts: frozenset[str]
) -> frozenset[str]:
    """The IP addresses of those hosts, as far as the observations tell, and public resolvers."""
    found = {a.seen.server for a in evidence.of(DnsAnswer) if a.seen.via == "public"}
    for record in records:
        for host, addresses in _HOSTS_WITH_ADDRESSES:
            if str(record.get(host, "")).lower().rstrip(".") in hosts:
                found.update(_strings(record.get(addresses)))
    return frozenset(found)


_HOSTS_WITH_ADDRESSES = (
    ("host", "address"),
    ("host", "addresses"),
    ("name", "records"),
    ("server_name", "server"),
)


def _asked_for_comparison(evidence: Evidence) -> Iterator[str]:
    yield from (o.seen.host for o in evidence.of(Endpoint) if o.seen.role == "control")
    yield from (o.seen.host for o in evidence.of(SmtpDoor) if o.seen.whose == "control")
    yield from (o.seen.name for o in evidence.of(DnsAnswer) if o.seen.about == "control")
    yield from (o.seen.zone for o in evidence.of(BlockListAnswer))
    for reply in evidence.of(HttpReply):
        host = _HOST_OF_URL.match(reply.seen.url)
        if host:
            yield host[1]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        yield from (item for item in value if isinstance(item, str))
