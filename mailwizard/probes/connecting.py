"""What comes before a TCP connection, and why there was none."""

import errno
import ipaddress
from collections.abc import Iterable

from mailwizard.model.seen.network import Connect, SystemLookup
from mailwizard.probes.setting import Setting

LOOKUP_SECONDS = 5.0


def host_addresses(setting: Setting, host: str) -> list[str]:
    """A host's addresses, or ``host`` itself where it is one.

    Where this computer's look-up is not answered in time, but was a moment ago, that answer counts:
    on a line that loses packets, one of the look-ups gets through. Raises OSError, TimeoutError.
    """
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    try:
        return setting.world.addresses(host, setting.limit(LOOKUP_SECONDS))
    except TimeoutError:
        before = [o.seen for o in setting.evidence.of(SystemLookup) if o.seen.host == host]
        known = next((seen.addresses for seen in reversed(before) if seen.addresses), ())
        if not known:
            raise
        return list(known)


def old_first(addresses: Iterable[str]) -> list[str]:
    """IPv4 before IPv6: for whoever compares servers, and does not test the new protocol."""
    return sorted(addresses, key=lambda address: ":" in address)


def connect_fault(problem: OSError) -> Connect:
    """Why there was no TCP connection."""
    if isinstance(problem, TimeoutError):
        return "timeout"
    if isinstance(problem, ConnectionRefusedError):
        return "refused"
    if isinstance(problem, ConnectionResetError):
        return "reset"
    if problem.errno == errno.ETIMEDOUT:
        return "timeout"
    unreachable = (
        errno.ENETUNREACH,
        errno.EHOSTUNREACH,
        errno.ENETDOWN,
        errno.EADDRNOTAVAIL,
        errno.EAFNOSUPPORT,
    )
    return "unreachable" if problem.errno in unreachable else "error"
