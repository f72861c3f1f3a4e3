"""Unbound on a loopback port: a validating resolver in front of an authoritative server."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dns.dnssec
import dns.exception
import dns.message
import dns.name
import dns.query
import dns.rdtypes.ANY.DNSKEY
import dns.zone
from cryptography.hazmat.primitives.asymmetric import ec

from tests.servers.nsd import HEAD, _free_port

CONFIGURATION = """\
server:
    interface: 127.0.0.1@{port}
    do-ip6: no
    do-daemonize: no
    do-not-query-localhost: no
    username: ""
    chroot: ""
    directory: "{folder}"
    pidfile: ""
    use-syslog: no
    logfile: "{folder}/log"
    module-config: "validator iterator"
    num-threads: 1
remote-control:
    control-enable: no
"""
STUB = """\
stub-zone:
    name: "{name}"
    stub-addr: 127.0.0.1@{port}
    stub-no-cache: no
"""


def why_not() -> str:
    """Why Unbound cannot be used here, or ""."""
    return "" if _program() else "unbound is not installed"


def _program() -> str | None:
    return shutil.which("unbound", path=f"/usr/sbin:{os.environ.get('PATH', '')}")


def signed(name: str, records: str, serial: int = 1) -> tuple[str, str]:
    """A zone's records with signatures (without the SOA's own line), and its trust anchor.

    The records are given as for ``nsd``, without the SOA.
    """
    zone = dns.zone.from_text(HEAD.format(serial=serial) + records, f"{name}.", relativize=False)
    key = ec.generate_private_key(ec.SECP256R1())
    algorithm = dns.dnssec.Algorithm.ECDSAP256SHA256
    public = dns.dnssec.make_dnskey(key.public_key(), algorithm, flags=257)
    dns.dnssec.sign_zone(zone, keys=[(key, public)], lifetime=86400, deterministic=False)
    lines = [line for line in zone.to_text(relativize=False).splitlines() if " IN SOA " not in line]
    return "\n".join(lines) + "\n", f"{name}. IN DNSKEY {public.to_text()}"


@contextmanager
def unbound(zones: Iterable[str], authoritative: int, anchors: Iterable[str] = ()) -> Iterator[int]:
    """A running Unbound that asks the server at port ``authoritative``; gives its port."""
    program = _program()
    assert program is not None
    folder = Path(tempfile.mkdtemp(prefix="mailwizard-unbound-"))
    port = _free_port()
    text = CONFIGURATION.format(folder=folder, port=port)
    names = list(zones)
    lines = "".join(f"    trust-anchor: '{anchor}'\n" for anchor in anchors)
    lines += "".join(f'    local-zone: "{name}." nodefault\n' for name in names)
    text = text.replace("remote-control:", lines + "remote-control:")
    text += "".join(STUB.format(name=name, port=authoritative) for name in names)
    (folder / "unbound.conf").write_text(text)
    process = subprocess.Popen([program, "-d", "-c", str(folder / "unbound.conf")])
    try:
        _wait_for(port, names[0])
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int, zone: str) -> None:
    ends = time.monotonic() + 10
    query = dns.message.make_query(zone, "SOA")
    while True:
        try:
            dns.query.udp(query, "127.0.0.1", timeout=0.3, port=port)
            return
        except (dns.exception.DNSException, OSError):
            if time.monotonic() > ends:
                raise
