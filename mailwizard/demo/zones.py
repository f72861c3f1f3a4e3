"""Zone data of the demo's name service: hosts grouped into zones, and the records beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import dns.rrset

TTL = 600


@dataclass(frozen=True)
class Zone:
    """One zone. ``records`` maps (owner, type) to rdata in presentation form.

    Owners are absolute, in lower case, without the final dot; names inside rdata end in a dot.
    """

    origin: str
    records: Mapping[tuple[str, str], tuple[str, ...]]

    def find(self, name: str, rtype: str) -> tuple[str, ...]:
        """The rdata of a name and type, () if there is none."""
        return self.records.get((name, rtype), ())

    def rrset(self, name: str, rtype: str) -> dns.rrset.RRset:
        """The records of a name and type, which must exist."""
        return dns.rrset.from_text_list(name + ".", TTL, "IN", rtype, self.records[name, rtype])

    def has_name(self, name: str) -> bool:
        """Whether the name exists, if only because something stands below it (RFC 8020)."""
        return any(owner == name or owner.endswith("." + name) for owner, _ in self.records)

    def cut(self, name: str) -> str:
        """The delegated name that this name is at or below, "" if it is the zone's own."""
        cuts = {owner for owner, rtype in self.records if rtype == "NS"} - {self.origin}
        return next((cut for cut in cuts if name == cut or name.endswith("." + cut)), "")


def zone(origin: str, servers: Iterable[str], lines: Iterable[str]) -> Zone:
    """A zone with its SOA and NS records. A line is ``owner TYPE rdata``, its owner absolute."""
    names = [f"{server}." for server in servers]
    records: dict[tuple[str, str], list[str]] = {
        (origin, "SOA"): [
            f"{names[0]} hostmaster.{origin or 'root'}. 2026110101 7200 900 1209600 600"
        ],
        (origin, "NS"): names,
    }
    for line in lines:
        owner, rtype, rdata = line.split(maxsplit=2)
        records.setdefault((owner, rtype), []).append(rdata)
    return Zone(origin, {key: tuple(rdata) for key, rdata in records.items()})


def registered(host: str) -> str:
    """The zone that a host of the demo belongs to: its last two labels."""
    return ".".join(host.split(".")[-2:])


def reverse(address: str) -> str:
    """The name of an IPv4 address in in-addr.arpa, without that suffix's final dot."""
    return ".".join(reversed(address.split("."))) + ".in-addr.arpa"
