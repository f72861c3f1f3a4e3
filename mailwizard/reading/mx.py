"""MX records as text (RFC 5321 section 5.1, RFC 7505)."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mx:
    """One MX record: the lower preference is tried first; host in lower case, no final dot."""

    preference: int
    host: str

    @property
    def is_null(self) -> bool:
        """RFC 7505: the domain says that it takes no mail."""
        return self.host in ("", ".")

    @property
    def is_address(self) -> bool:
        """Whether an IP address was written where a host name belongs."""
        try:
            ipaddress.ip_address(self.host.strip("[]"))
        except ValueError:
            return False
        return True

    def __str__(self) -> str:
        return f"{self.preference} {self.host}"


def parse_mx(records: Iterable[str]) -> tuple[Mx, ...]:
    """MX records from their presentation form, the first to be tried first; others are dropped."""
    found: list[Mx] = []
    for record in records:
        preference, _, host = record.strip().partition(" ")
        name = host.strip().lower()
        if re.fullmatch(r"[0-9]{1,5}", preference) and name:
            found.append(Mx(int(preference), name.rstrip(".") or "."))
    return tuple(sorted(set(found)))
