"""A real Dovecot on loopback, with its own folder for mail, for the length of a block."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.certificates import Issued

USER, PASSWORD = "lin@example.com", "correct-horse"
BINARY = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")

_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
ssl_dh =
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_location = {location}
mail_uid = {user}
mail_gid = {group}
mail_plugins = quota {acl}
auth_mechanisms = plain login
auth_failure_delay = 0
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
protocol imap {{
  mail_plugins = quota {imap_quota} {acl} {imap_acl}
}}
plugin {{
  acl = vfile
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:storage={quota_kib}K
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox 垃圾邮件 {{
    auto = create
    special_use = \\Junk
  }}
  mailbox Trash {{
    auto = create
    special_use = \\Trash
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """The running server."""

    place: tuple[str, int]
    folder: Path

    def deliver(self, message: bytes, folder: str = "", *, arrived: float | None = None) -> None:
        """Puts a message into a folder's maildir, as a delivery agent does."""
        maildir = self.folder / "mail" / USER / folder / "new"
        maildir.mkdir(parents=True, exist_ok=True)
        for name in ("cur", "tmp"):
            (maildir.parent / name).mkdir(exist_ok=True)
        name = f"{time.time_ns()}.test.host"
        begun = maildir.parent / "tmp" / name
        begun.write_bytes(message)
        if arrived is not None:
            os.utime(begun, (arrived, arrived))
        _own(self.folder / "mail")
        begun.rename(maildir / name)  # only now Dovecot sees it


@contextmanager
def running(
    folder: Path,
    certificate: Issued,
    *,
    quota_kib: int = 5000,
    imap_quota: bool = True,
    location: str = "",
    acl: bool = False,
) -> Iterator[Dovecot]:
    """Starts Dovecot under this user (as ``nobody`` where that is root) and ends it.

    ``location`` is where mail is kept, if not in maildirs; ``~`` is in ``folder``/mail. With
    ``acl`` a folder's file ``dovecot-acl`` says what its owner may do (RFC 4314's letters).
    """
    assert BINARY is not None
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    user, group = _account()
    pem, key = certificate.write(folder)
    for name in ("mail", "run", "state"):
        (folder / name).mkdir(exist_ok=True)
    config = folder / "dovecot.conf"
    config.write_text(
        _CONFIG.format(
            folder=folder,
            location=location or f"maildir:{folder}/mail/%u:LAYOUT=fs:UTF-8",
            certificate=pem,
            key=key,
            user=user,
            group=group,
            port=port,
            password=PASSWORD,
            quota_kib=quota_kib,
            imap_quota="imap_quota" if imap_quota else "",
            acl="acl" if acl else "",
            imap_acl="imap_acl" if acl else "",
        ),
        "utf-8",
    )
    _own(folder)
    process = subprocess.Popen(
        [BINARY, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        _wait_for(port, process, folder)
        yield Dovecot(("127.0.0.1", port), folder)
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def _account() -> tuple[str, str]:
    entry = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    return entry.pw_name, grp.getgrgid(entry.pw_gid).gr_name


def _own(folder: Path) -> None:
    """Gives the files to the account that Dovecot runs under, and lets it pass to them."""
    if os.getuid() != 0:
        return
    entry = pwd.getpwnam("nobody")
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink() and "run" not in path.relative_to(folder).parts:
            with suppress(FileNotFoundError):  # Dovecot works on its files meanwhile
                os.chown(path, entry.pw_uid, entry.pw_gid)
    for parent in folder.parents[:3]:
        if parent.stat().st_uid == 0 and parent != Path("/") and "pytest" in str(parent):
            parent.chmod(0o755)


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    ends = time.monotonic() + 15
    while time.monotonic() < ends:
        if process.poll() is not None:
            said = process.stderr.read().decode("utf-8", "replace") if process.stderr else ""
            log = folder / "log"
            raise RuntimeError(said + (log.read_text("utf-8") if log.exists() else ""))
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("Dovecot did not open its port")
