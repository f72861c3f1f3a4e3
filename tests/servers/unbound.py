"""Debian's Unbound on a loopback port: a resolver that checks signatures."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.servers.nsd import free_port, wait_for

CONFIGURATION = """\
server:
    interface: 127.0.0.1@{port}
    do-ip6: no
    username: ""
    chroot: ""
    directory: "{folder}"
    pidfile: "{folder}/pid"
    logfile: "{folder}/log"
    use-syslog: no
    do-not-query-localhost: no
    module-config: "validator iterator"
    ede: yes
    val-log-level: 2
{anchors}
remote-control:
    control-enable: no
"""
STUB = """\
stub-zone:
    name: "{name}"
    stub-addr: 127.0.0.1@{port}
    stub-no-cache: yes
"""


def why_not() -> str:
    """Why Unbound cannot be used here, or ""."""
    return "" if _program() else "unbound is not installed"


def _program() -> str | None:
    return shutil.which("unbound", path=f"/usr/sbin:{os.environ.get('PATH', '')}")


@contextmanager
def unbound(zones: Mapping[str, int], anchors: tuple[str, ...] = ()) -> Iterator[int]:
    """A running resolver that asks for each zone at a loopback port; gives its own port."""
    program = _program()
    assert program is not None
    folder = Path(tempfile.mkdtemp(prefix="mailwizard-unbound-"))
    port = free_port()
    configuration = CONFIGURATION.format(
        folder=folder,
        port=port,
        anchors="\n".join(f"    trust-anchor: '{anchor}'" for anchor in anchors),
    )
    configuration += "".join(STUB.format(name=name, port=at) for name, at in zones.items())
    (folder / "unbound.conf").write_text(configuration)
    process = subprocess.Popen([program, "-d", "-c", str(folder / "unbound.conf")])
    try:
        wait_for(port, "localhost")
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
