"""A real Cyrus IMAP server on loopback, for the length of a block.

As a Debian package it cannot be installed beside Dovecot, so ``.ci/run`` only unpacks it, into
``.venv/cyrus``; an installed one is taken, too.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.certificates import Issued

USER, PASSWORD = "lin@example.com", "correct-horse"
_UNPACKED = Path(__file__).parents[2] / ".venv" / "cyrus"

_IMAPD = """
configdirectory: {folder}/conf
defaultpartition: default
partition-default: {folder}/spool
proc_path: {folder}/proc
mboxname_lockpath: {folder}/lock
lmtpsocket: {folder}/lmtp
idlesocket: {folder}/idle
notifysocket: {folder}/notify
cyrus_user: {user}
tls_server_cert: {certificate}
tls_server_key: {key}
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {folder}/sasldb2
sasl_mech_list: PLAIN
virtdomains: userid
defaultdomain: internal.example
loginrealms: example.com
unixhierarchysep: yes
altnamespace: yes
autocreate_quota: {quota_kib}
autocreate_inbox_folders: &V4NXPpCuTvY-|Trash
xlist-junk: &V4NXPpCuTvY-
xlist-trash: Trash
"""
_MASTER = """
START {{
  recover cmd="{bin}/ctl_cyrusdb -C {folder}/imapd.conf -r"
}}
SERVICES {{
  imaps cmd="{bin}/imapd -s -C {folder}/imapd.conf" listen="127.0.0.1:{port}" prefork=1
}}
EVENTS {{
}}
"""


@dataclass(frozen=True)
class Cyrus:
    """The running server."""

    place: tuple[str, int]


@cache
def why_not() -> str:
    """Why it cannot be run here, "" if it can."""
    found = _root()
    if found is None:
        return "cyrus-imapd is neither installed nor unpacked"
    if os.getuid() != 0:
        return "Cyrus gives up root's rights itself, so it has to be started with them"
    if not list(Path("/usr/lib").glob("*-linux-gnu/sasl2/libsasldb.so*")):
        return "libsasl2-modules-db is not installed"
    for binary in ("usr/lib/cyrus/bin/imapd", "usr/lib/cyrus/bin/master", "usr/sbin/saslpasswd2"):
        said = subprocess.run(
            ["ldd", str(found / binary)], env=_environment(found), capture_output=True, check=False
        )
        if b"not found" in said.stdout or said.returncode != 0:
            return f"{binary} lacks a library"
    return ""


@contextmanager
def running(folder: Path, certificate: Issued, *, quota_kib: int = 5000) -> Iterator[Cyrus]:
    """Starts Cyrus, as ``nobody``, and ends it. The mailbox comes to be with the first sign-in."""
    root = _root()
    assert root is not None
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    pem, key = certificate.write(folder)
    binaries = root / "usr/lib/cyrus/bin"
    for name in ("conf", "spool", "proc"):
        (folder / name).mkdir()
    config = folder / "imapd.conf"
    config.write_text(
        _IMAPD.format(folder=folder, certificate=pem, key=key, user="nobody", quota_kib=quota_kib),
        "utf-8",
    )
    (folder / "cyrus.conf").write_text(
        _MASTER.format(folder=folder, bin=binaries, port=port), "utf-8"
    )
    user, _at, realm = USER.partition("@")
    subprocess.run(
        [root / "usr/sbin/saslpasswd2", "-p", "-c", "-f", folder / "sasldb2", "-u", realm, user],
        input=PASSWORD.encode(),
        env=_environment(root),
        check=True,
        capture_output=True,
    )
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody")
    for parent in folder.parents[:3]:
        if "pytest" in str(parent):
            parent.chmod(0o755)
    process = subprocess.Popen(
        [
            *(binaries / "master", "-D", "-C", config, "-M", folder / "cyrus.conf"),
            *("-p", folder / "master.pid"),
        ],
        env=_environment(root),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield Cyrus(("127.0.0.1", port))
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def _root() -> Path | None:
    return next(
        (
            root
            for root in (Path("/"), _UNPACKED)
            if (root / "usr/lib/cyrus/bin/master").exists()
            and (root / "usr/sbin/saslpasswd2").exists()
        ),
        None,
    )


def _environment(root: Path) -> dict[str, str]:
    libraries = [
        str(folder)
        for parent in ("usr/lib", "lib")
        for folder in (root / parent).glob("*-linux-gnu")
    ]
    kept = {key: value for key, value in os.environ.items() if key != "LD_LIBRARY_PATH"}
    return kept | ({"LD_LIBRARY_PATH": ":".join(libraries)} if root != Path("/") else {})


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 15
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"Cyrus ended with {process.returncode}")
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("Cyrus did not open its port")
