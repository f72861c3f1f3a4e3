"""Where packets for everywhere else go first: the default route, as each system tells it."""

import re
import subprocess
import sys
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

COMMAND_SECONDS = 3.0

Route = tuple[str | None, str | None]
"""The gateway's address and the interface; (None, "ppp0") is a route without a gateway."""

NO_ROUTE: Route = (None, None)


def default_route() -> Route:
    """The default gateway and its interface, IPv4 first; (None, None) where there is no route."""
    if sys.platform == "win32":
        return from_route_print(run(["route", "print", "0.0.0.0"]))
    if sys.platform == "darwin":
        found = from_route_get(run(["route", "-n", "get", "default"]))
        return (
            found
            if found != NO_ROUTE
            else from_route_get(run(["route", "-n", "get", "-inet6", "default"]))
        )
    found = from_proc_route(_text("/proc/net/route"))
    return found if found != NO_ROUTE else from_proc_ipv6_route(_text("/proc/net/ipv6_route"))


def from_proc_route(text: str) -> Route:
    """Linux, IPv4: the default route of the lowest metric that is up."""
    best: tuple[int, str | None, str] | None = None
    for line in text.splitlines()[1:]:
        fields = line.split()
        if len(fields) < 8 or fields[1] != "00000000" or fields[7] != "00000000":
            continue
        try:
            flags, metric = int(fields[3], 16), int(fields[6])
            gateway = IPv4Address(int.from_bytes(bytes.fromhex(fields[2]), "little"))
        except ValueError:
            continue
        if flags & 1 and not flags & 0x200 and (best is None or metric < best[0]):
            best = (metric, str(gateway) if int(gateway) else None, fields[0])
    return best[1:] if best else NO_ROUTE


def from_proc_ipv6_route(text: str) -> Route:
    """Linux, IPv6: the default route of the lowest metric that is up and rejects nothing."""
    best: tuple[int, str | None, str] | None = None
    for line in text.splitlines():
        fields = line.split()
        if len(fields) < 10 or fields[0] != "0" * 32 or fields[1] != "00" or fields[9] == "lo":
            continue
        try:
            flags, metric = int(fields[8], 16), int(fields[5], 16)
            gateway = IPv6Address(bytes.fromhex(fields[4]))
        except ValueError:
            continue
        if flags & 1 and not flags & 0x200 and (best is None or metric < best[0]):
            best = (metric, str(gateway) if int(gateway) else None, fields[9])
    return best[1:] if best else NO_ROUTE


def from_route_get(text: str) -> Route:
    """macOS and BSD: ``route -n get default``."""
    gateway = re.search(r"^\s*gateway:\s*(\S+)", text, re.MULTILINE)
    interface = re.search(r"^\s*interface:\s*(\S+)", text, re.MULTILINE)
    if not interface:
        return NO_ROUTE
    address = (
        gateway[1].partition("%")[0] if gateway and not gateway[1].startswith("link#") else None
    )
    return address, interface[1]


def from_route_print(text: str) -> Route:
    """Windows: the line ``0.0.0.0 0.0.0.0 gateway interface metric`` of the lowest metric.

    The words around it are in the system's language; the line is numbers alone.
    """
    best: tuple[int, str | None, str] | None = None
    for line in text.splitlines():
        fields = line.split()
        if len(fields) < 5 or fields[:2] != ["0.0.0.0", "0.0.0.0"] or not fields[-1].isdigit():
            continue
        gateway = fields[2] if re.fullmatch(r"[\d.]+", fields[2]) else None
        if best is None or int(fields[-1]) < best[0]:
            best = (int(fields[-1]), gateway, fields[-2])
    return best[1:] if best else NO_ROUTE


def run(command: list[str], seconds: float = COMMAND_SECONDS) -> str:
    """What a system command prints; "" where it is missing or takes too long."""
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _text(path: str) -> str:
    try:
        return Path(path).read_text("ascii", "replace")
    except OSError:
        return ""
