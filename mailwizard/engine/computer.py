"""This computer's own network settings, read from the operating system; nothing is sent."""

import os
import sys
import urllib.request
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]

from mailwizard.engine.default_route import default_route
from mailwizard.engine.proxy_file import proxy_file
from mailwizard.model.seen.network import Interface, Link

HOSTS_FILE_OCTETS = 1_000_000

_VPN_NAMES = ("tun", "tap", "wg", "ppp", "utun", "ipsec", "zt", "tailscale", "gpd", "cscotun")
_CABLE_NAMES = ("eth", "en", "em", "ethernet", "以太网", "local area connection", "本地连接")
_WIFI_NAMES = ("wl", "wifi", "wi-fi", "wlan", "无线")


def link(hosts: Sequence[str], resolver_addresses: Sequence[str]) -> Link:
    """The network settings; ``hosts`` are looked for in the hosts file."""
    gateway, interface = default_route()
    return Link(
        interfaces=interfaces(),
        gateway=gateway,
        gateway_interface=interface,
        resolvers=tuple(resolver_addresses),
        pinned=pinned(hosts, _hosts_file()),
        proxies=without_credentials(urllib.request.getproxies()),
        pac=proxy_file(),
    )


def resolvers() -> tuple[str, ...]:
    """The addresses of the configured name servers; () where the system names none."""
    import dns.exception
    import dns.resolver

    try:
        configured = dns.resolver.Resolver(configure=True)
    except (dns.exception.DNSException, OSError, ValueError):
        return ()
    return tuple(dict.fromkeys(text for server in configured.nameservers if (text := str(server))))


def interfaces() -> tuple[Interface, ...]:
    """The interfaces that are up and have an address, without loopback."""
    try:
        states = psutil.net_if_stats()
        addresses = psutil.net_if_addrs()
    except OSError:
        return ()
    found: list[Interface] = []
    for name, state in states.items():
        own = tuple(
            text
            for entry in addresses.get(name, ())
            if (text := _address(entry.address)) and not ip_address(text).is_loopback
        )
        if state.isup and own:
            found.append(Interface(name=name, addresses=own, kind=kind_of(name)))
    return tuple(found)


def kind_of(name: str) -> Literal["wifi", "cable", "vpn", "unknown"]:
    """What an interface is, by the system's facts (Linux) or by its name."""
    facts = Path("/sys/class/net") / name
    lower = name.lower()
    if (facts / "tun_flags").exists() or lower.startswith(_VPN_NAMES) or "vpn" in lower:
        return "vpn"
    if (facts / "wireless").exists() or (facts / "phy80211").exists():
        return "wifi"
    if lower.startswith(_WIFI_NAMES):
        return "wifi"
    # On a Mac en0 is Wi-Fi as often as cable.
    if sys.platform != "darwin" and lower.startswith(_CABLE_NAMES):
        return "cable"
    return "unknown"


def pinned(hosts: Sequence[str], text: str) -> dict[str, str]:
    """Which of ``hosts`` a hosts file's text gives an address, and which: the first line counts."""
    wanted = {host.lower().rstrip(".") for host in hosts}
    found: dict[str, str] = {}
    for line in text.splitlines():
        address, *names = line.partition("#")[0].split() or [""]
        if not _address(address):
            continue
        for name in names:
            if name.lower() in wanted:
                found.setdefault(name.lower(), address)
    return found


def without_credentials(proxies: dict[str, str]) -> dict[str, str]:
    """Proxies by scheme, without user names and passwords in their URLs."""
    clean: dict[str, str] = {}
    for scheme, url in proxies.items():
        if scheme == "no":
            continue
        try:
            parts = urlsplit(url if "://" in url else f"//{url}")
            place = parts.netloc.rpartition("@")[2]
        except ValueError:
            continue
        if place:
            clean[scheme] = f"{parts.scheme or 'http'}://{place}"
    return clean


def _address(text: str) -> str:
    """An IP address without its zone, or "" for anything else (hardware addresses)."""
    bare = text.partition("%")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        return ""


def _hosts_file() -> str:
    path = (
        Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32/drivers/etc/hosts"
        if sys.platform == "win32"
        else Path("/etc/hosts")
    )
    try:
        with path.open("rb") as file:
            return file.read(HOSTS_FILE_OCTETS).decode("utf-8", "replace")
    except OSError:
        return ""
