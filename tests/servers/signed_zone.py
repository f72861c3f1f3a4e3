"""Zones signed in the test, with dates and keys as it wants them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import dns.dnssec
import dns.dnssectypes
import dns.name
import dns.rdtypes.ANY.DNSKEY
import dns.zone
from cryptography.hazmat.primitives.asymmetric import ec

from tests.servers.nsd import HEAD

ALGORITHM = dns.dnssectypes.Algorithm.ECDSAP256SHA256


@dataclass
class Key:
    """A zone's only key, for everything."""

    zone: str
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def record(self) -> dns.rdtypes.ANY.DNSKEY.DNSKEY:
        """The DNSKEY record."""
        return dns.dnssec.make_dnskey(self.private.public_key(), ALGORITHM, flags=257)

    @property
    def anchor(self) -> str:
        """The record as a trust anchor."""
        return f"{self.zone}. 3600 IN DNSKEY {self.record.to_text()}"

    @property
    def ds(self) -> str:
        """The DS record for the parent zone."""
        made = dns.dnssec.make_ds(dns.name.from_text(self.zone), self.record, "SHA256")
        return f"{self.zone}. IN DS {made.to_text()}\n"


def signed(
    key: Key,
    records: str,
    serial: int = 1,
    begins: timedelta = timedelta(days=-30),
    ends: timedelta = timedelta(days=30),
) -> str:
    """A zone's records for ``nsd``, signed from and until then, as seen from now."""
    now = datetime.now(UTC)
    zone = dns.zone.from_text(HEAD.format(serial=serial) + records, f"{key.zone}.")
    dns.dnssec.sign_zone(
        zone,
        keys=[(key.private, key.record)],
        inception=now + begins,
        expiration=now + ends,
        dnskey_ttl=600,
    )
    lines = zone.to_text(relativize=False).splitlines()
    return "\n".join(line for line in lines if line.split()[3] != "SOA") + "\n"
