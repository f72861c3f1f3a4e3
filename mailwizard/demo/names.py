"""The demo's name service: which records there are, given what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mailwizard.demo import hosts
from mailwizard.demo.scenario import Faults
from mailwizard.demo.zones import Zone, registered, reverse, zone
from mailwizard.probes.controls import BlockList

_OWN_SERVERS = {hosts.COMPANY: hosts.COMPANY_NS, hosts.CUSTOMER: hosts.CUSTOMER_NS}

_RECORDS = (
    'spf.qiye.aliyun.com TXT "v=spf1 ip4:203.0.113.0/26 -all"',
    f'{hosts.COMPANY} TXT "v=spf1 include:spf.qiye.aliyun.com -all"',
    f'_dmarc.{hosts.COMPANY} TXT "v=DMARC1; p=quarantine"',
    f"imap.{hosts.COMPANY} CNAME {hosts.IMAP}.",
    f"smtp.{hosts.COMPANY} CNAME {hosts.SUBMISSION}.",
    f"mail.{hosts.COMPANY} CNAME {hosts.WEBMAIL}.",
    f"_imaps._tcp.{hosts.COMPANY} SRV 0 0 993 {hosts.IMAP}.",
    f'_mta-sts.{hosts.COMPANY} TXT "v=STSv1; id=20261101"',
    f"{hosts.CUSTOMER} MX 10 {hosts.CUSTOMER_MX}.",
    f'{hosts.CUSTOMER} TXT "v=spf1 mx -all"',
    f'_dmarc.{hosts.CUSTOMER} TXT "v=DMARC1; p=none"',
    # The example key of RFC 8463.
    f"s1._domainkey.{hosts.CUSTOMER} TXT"
    ' "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="',
)


@dataclass(frozen=True, kw_only=True)
class Names:
    """All zones, by who serves them: the root and top-level domains, the two parties, the rest."""

    parents: tuple[Zone, ...]
    company: Zone | None
    customer: Zone
    others: tuple[Zone, ...]

    @property
    def all(self) -> tuple[Zone, ...]:
        """The whole name space, as a resolver sees it."""
        own = (self.company,) if self.company else ()
        return (*self.parents, *own, self.customer, *self.others)


def zones_of(addresses: Mapping[str, str], lists: Iterable[BlockList], faults: Faults) -> Names:
    """The name space of these hosts. A company whose registration is over has no zone."""
    lines: dict[str, list[str]] = {}
    pointers = [f"{reverse(address)} PTR {host}." for host, address in addresses.items()]
    records = [
        *(f"{host} A {address}" for host, address in addresses.items()),
        *_RECORDS,
        *(f"{hosts.COMPANY} MX {record}" for record in faults.mx),
        *pointers,
        *block_list_entries(lists, faults.listed),
    ]
    for line in records:
        lines.setdefault(registered(line.split(" ")[0]), []).append(line)
    if faults.registered_days <= 0:
        del lines[hosts.COMPANY]
    served = {
        origin: zone(origin, _OWN_SERVERS.get(origin, (hosts.COMMON_NS,)), content)
        for origin, content in lines.items()
    }
    return Names(
        parents=_parents(served, addresses),
        company=served.pop(hosts.COMPANY, None),
        customer=served.pop(hosts.CUSTOMER),
        others=tuple(served.values()),
    )


def block_list_entries(lists: Iterable[BlockList], listed: Iterable[str]) -> list[str]:
    """Each list's test entry as documented (RFC 5782, 5), and the addresses that are on it."""
    lines: list[str] = []
    for block_list in lists:
        test = f"2.0.0.127.{block_list.zone}"
        lines += [f"{test} A 127.0.0.{code}" for code in (2, 4, 10)]
        for address in listed:
            name = reverse(address).removesuffix(".in-addr.arpa")
            lines.append(f"{name}.{block_list.zone} A 127.0.0.2")
    return lines


def _parents(served: Mapping[str, Zone], addresses: Mapping[str, str]) -> tuple[Zone, ...]:
    """The root and the top-level domains, with the delegation and glue of each zone."""
    top: dict[str, list[str]] = {}
    for origin in served:
        delegation = top.setdefault(origin.rpartition(".")[2], [])
        for server in _OWN_SERVERS.get(origin, (hosts.COMMON_NS,)):
            delegation.append(f"{origin} NS {server}.")
            if server.endswith("." + origin):
                delegation.append(f"{server} A {addresses[server]}")
    root = [f"{name} NS {hosts.PARENT_NS}." for name in top]
    return (
        zone("", (hosts.ROOT_NS,), root),
        *(zone(name, (hosts.PARENT_NS,), content) for name, content in top.items()),
    )
