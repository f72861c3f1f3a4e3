"""Whether a neighbour on the own network is there: ping, a TCP answer, or its hardware address."""

import errno
import os
import re
import select
import socket
import struct
import sys
import time
from pathlib import Path

from mailwizard.engine.default_route import run

PORTS = (53, 80, 443)
NONE: tuple[str, float | None] = ("", None)


def sign_of_life(address: str, timeout: float) -> tuple[str, float | None]:
    """How a neighbour answered ("ping", "tcp", "arp", or "" for not at all) and milliseconds.

    A refused connection is an answer. Takes at most about ``timeout`` seconds.
    """
    ends = time.monotonic() + timeout
    for attempt in (_ping, _tcp):
        found = attempt(address, max(0.2, min(timeout / 2, ends - time.monotonic())))
        if found != NONE:
            return found
    return ("arp", None) if in_arp_table(address, _arp_table()) else NONE


def in_arp_table(address: str, table: str) -> bool:
    """Whether Linux's table of neighbours has the address with a complete entry (flag 0x2)."""
    for line in table.splitlines()[1:]:
        fields = line.split()
        if len(fields) >= 4 and fields[0] == address:
            return bool(int(fields[2], 16) & 2) if fields[2].startswith("0x") else False
    return False


def milliseconds_of_ping(output: str) -> float | None:
    """The round trip from what ``ping`` printed, in any language; None if nothing came back.

    Windows reports "unreachable" as a reply too, but without a time to live.
    """
    if "ttl" not in output.lower() and "hlim" not in output.lower():
        return None
    found = re.search(r"[=<]\s*([\d.]+)\s*ms", output)
    return float(found[1]) if found else None


def _ping(address: str, seconds: float) -> tuple[str, float | None]:
    try:
        return _ping_socket(address, seconds)
    except PermissionError:
        milliseconds = milliseconds_of_ping(run(_ping_command(address, seconds), seconds + 0.5))
        return NONE if milliseconds is None else ("ping", milliseconds)
    except OSError:
        return NONE


def _ping_socket(address: str, seconds: float) -> tuple[str, float | None]:
    """ICMP echo (RFC 792) over an unprivileged datagram socket, asked twice.

    Raises PermissionError where the system allows none, OSError where there is no way.
    """
    if ":" in address or not hasattr(socket, "IPPROTO_ICMP") or sys.platform == "win32":
        raise PermissionError
    try:
        probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
    except OSError as problem:
        raise PermissionError from problem
    with probe:
        started = time.monotonic()
        for sequence in (1, 2):
            probe.sendto(_echo(sequence), (address, 0))
            ends = started + seconds * sequence / 2
            while (left := ends - time.monotonic()) > 0:
                probe.settimeout(left)
                try:
                    _reply, sender = probe.recvfrom(1024)
                except TimeoutError:
                    break
                if sender[0] == address:
                    return "ping", round((time.monotonic() - started) * 1000, 1)
    return NONE


def _echo(sequence: int) -> bytes:
    payload = b"mailwizard"
    header = struct.pack("!BBHHH", 8, 0, 0, os.getpid() & 0xFFFF, sequence)
    total = sum(struct.unpack(f"!{(len(header) + len(payload)) // 2}H", header + payload))
    total = (total >> 16) + (total & 0xFFFF)
    checksum = ~(total + (total >> 16)) & 0xFFFF
    return struct.pack("!BBHHH", 8, 0, checksum, os.getpid() & 0xFFFF, sequence) + payload


def _ping_command(address: str, seconds: float) -> list[str]:
    whole = max(1, round(seconds))
    if sys.platform == "win32":
        return ["ping", "-n", "1", "-w", str(int(seconds * 1000)), address]
    if sys.platform == "darwin":
        return ["ping6" if ":" in address else "ping", "-n", "-c", "1", address]
    return ["ping", "-n", "-c", "1", "-w", str(whole), address]


def _tcp(address: str, seconds: float) -> tuple[str, float | None]:
    """Several ports at once: connected or refused, both come from a living neighbour."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    started = time.monotonic()
    attempts: list[socket.socket] = []
    try:
        for port in PORTS:
            attempt = socket.socket(family, socket.SOCK_STREAM)
            attempts.append(attempt)
            attempt.setblocking(False)
            attempt.connect_ex((address, port))
        waiting = list(attempts)
        while waiting and (left := started + seconds - time.monotonic()) > 0:
            _r, ready, failed = select.select([], waiting, waiting, left)
            for attempt in {*ready, *failed}:
                error = attempt.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if error in (0, errno.ECONNREFUSED):
                    return "tcp", round((time.monotonic() - started) * 1000, 1)
                waiting.remove(attempt)
    except OSError:
        return NONE
    finally:
        for attempt in attempts:
            attempt.close()
    return NONE


def _arp_table() -> str:
    try:
        return Path("/proc/net/arp").read_text("ascii", "replace")
    except OSError:
        return ""
