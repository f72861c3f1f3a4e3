"""Debian's NSD on a loopback port: an authoritative name server with zones of the test's own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import dns.exception
import dns.message
import dns.query

CONFIGURATION = """\
server:
    ip-address: 127.0.0.1@{port}
    do-ip6: no
    server-count: 1
    username: ""
    chroot: ""
    zonesdir: "{folder}"
    pidfile: "{folder}/pid"
    xfrdfile: "{folder}/xfrd"
    zonelistfile: "{folder}/list"
    database: ""
    logfile: "{folder}/log"
remote-control:
    control-enable: no
"""
ZONE = """\
zone:
    name: "{name}"
    zonefile: "{file}"
"""
HEAD = """\
$TTL 600
@ IN SOA ns1.example.com. hostmaster.example.com. {serial} 7200 900 1209600 600
"""


def why_not() -> str:
    """Why NSD cannot be used here, or ""."""
    return "" if _program() else "nsd is not installed"


def _program() -> str | None:
    return shutil.which("nsd", path=f"/usr/sbin:{os.environ.get('PATH', '')}")


@contextmanager
def nsd(zones: Mapping[str, str], serial: int = 1) -> Iterator[int]:
    """A running NSD that serves zones (name → records without the SOA); gives its port."""
    program = _program()
    assert program is not None
    folder = Path(tempfile.mkdtemp(prefix="mailwizard-nsd-"))
    port = free_port()
    configuration = CONFIGURATION.format(folder=folder, port=port)
    for number, (name, records) in enumerate(zones.items()):
        (folder / f"{number}.zone").write_text(HEAD.format(serial=serial) + records)
        configuration += ZONE.format(name=name, file=f"{number}.zone")
    (folder / "nsd.conf").write_text(configuration)
    process = subprocess.Popen([program, "-d", "-c", str(folder / "nsd.conf")])
    try:
        wait_for(port, next(iter(zones)))
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port that is free for TCP and UDP."""
    with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
        tcp.bind(("127.0.0.1", 0))
        port = int(tcp.getsockname()[1])
        udp.bind(("127.0.0.1", port))
        return port


def wait_for(port: int, zone: str) -> None:
    """Until a server answers for a name."""
    ends = time.monotonic() + 10
    query = dns.message.make_query(zone, "SOA")
    while True:
        try:
            dns.query.udp(query, "127.0.0.1", timeout=0.2, port=port)
            return
        except (dns.exception.DNSException, OSError):
            if time.monotonic() > ends:
                raise
