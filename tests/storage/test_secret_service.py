"""Passwords in a real Secret Service (gnome-keyring), and where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHILD = """
import sys
from mailwizard.model.secret import Secret
from mailwizard.storage.passwords import PasswordStore
store = PasswordStore(seconds=5.0)
print("available", store.available(), store.why_not or "-")
print("stored", store.set("lin@acme.com", Secret("kAnArIe-7391")))
again = PasswordStore(seconds=5.0)
found = again.get("lin@acme.com")
print("found", found is not None and found.reveal() == "kAnArIe-7391")
print("listed", again.addresses())
print("forgotten", again.forget().removed)
print("left", PasswordStore(seconds=5.0).get("lin@acme.com"))
"""
UNLOCK = (
    'printf "pw\\n" | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null;'
    ' exec "$0" -c "$1"'
)


def environment(home: Path) -> dict[str, str]:
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "VIRTUAL_ENV")}
    return {
        **kept,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


def answers(output: str) -> dict[str, str]:
    return dict(line.split(" ", 1) for line in output.splitlines())


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("gnome-keyring-daemon"), reason="gnome-keyring is missing")
@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="dbus is missing")
def test_a_real_keyring_keeps_the_password(tmp_path: Path) -> None:
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", UNLOCK, sys.executable, CHILD],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = answers(done.stdout)
    assert said["available"] == "True -", done.stderr
    assert said["stored"] == "True"
    assert said["found"] == "True"
    assert said["listed"] == "['lin@acme.com']"
    assert said["forgotten"] == "('lin@acme.com',)"
    assert said["left"] == "None"
    assert _without(tmp_path, b"kAnArIe-7391"), "nothing readable on the disk"


def test_without_a_desktop_there_is_none(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = answers(done.stdout)
    assert said["available"].startswith("False "), done.stderr
    assert said["stored"] == "False"
    assert said["left"] == "None"
    assert _without(tmp_path, b"kAnArIe-7391")


def _without(folder: Path, word: bytes) -> bool:
    return not any(word in path.read_bytes() for path in folder.rglob("*") if path.is_file())
