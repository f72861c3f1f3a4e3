"""Debian's Postfix on a loopback port, as a mail exchanger: it greets and knows its users."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.certificates import Issued

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/mail.log
maillog_file_prefixes = /tmp, /var
inet_protocols = ipv4
inet_interfaces = 127.0.0.1
myhostname = mx1.acme-trading.com
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
mynetworks = 192.0.2.0/24
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = texthash:{folder}/users
virtual_transport = discard
message_size_limit = {size}
smtpd_reject_unlisted_recipient = yes
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_peername_lookup = no
"""
TLS = """\
smtpd_tls_security_level = may
smtpd_tls_chain_files = {folder}/chain.pem
"""
SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
discard unix - - n - - discard
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"""


def why_not() -> str:
    """Why Postfix cannot be used here, or ""."""
    if shutil.which("postfix", path="/usr/sbin:/usr/bin") is None:
        return "postfix is not installed"
    return "" if os.geteuid() == 0 else "postfix must be started as root"


@contextmanager
def postfix(
    domain: str,
    users: list[str],
    size: int = 10_240_000,
    certificate: Issued | None = None,
    more: str = "",
) -> Iterator[int]:
    """A running Postfix that takes mail for ``users`` of ``domain``; gives its port.

    With a ``certificate`` it offers STARTTLS; ``more`` are lines for its main.cf.
    """
    folder = Path(tempfile.mkdtemp(prefix="mailwizard-postfix-", dir="/tmp"))
    folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    for name in ("queue", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    (folder / "users").write_text("".join(f"{user}@{domain} x\n" for user in users))
    main = MAIN.format(folder=folder, domain=domain, size=size) + more
    if certificate is not None:
        (folder / "chain.pem").write_bytes(
            certificate.key_pem + certificate.pem + b"".join(certificate.chain)
        )
        main += TLS.format(folder=folder)
    (folder / "main.cf").write_text(main)
    (folder / "master.cf").write_text(SERVICES.format(port=port))
    command = ["/usr/sbin/postfix", "-c", str(folder)]
    subprocess.run([*command, "start"], check=True, capture_output=True, timeout=30)
    try:
        _wait_for(port)
        yield port
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True, timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int) -> None:
    ends = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.02)
