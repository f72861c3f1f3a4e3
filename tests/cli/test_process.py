"""The program as a process: what it imports, its streams, signals and encodings."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

import pytest

HEAVY = ("textual", "rich", "dns", "imapclient", "keyring", "cryptography", "truststore", "spf")
MAIN = "import sys; from mailwizard.cli import main; sys.exit(main())"


def start(
    *arguments: str, home: Path, stdout: int | BinaryIO = subprocess.PIPE, **more: str
) -> "subprocess.Popen[bytes]":
    """The real program in an empty home folder."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "en_US.UTF-8",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        **more,
    }
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments],
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment,
    )


@pytest.mark.parametrize(
    "arguments", [["--help"], ["explain", "--list"], ["explain", "FOUND_IN_JUNK"], ["chek"]]
)
def test_starting_up_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from mailwizard.cli import run\n"
        f"run({arguments!r}, {{}})\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "print('loaded:', *loaded, file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, cwd=tmp_path
    )
    assert ran.stderr.splitlines()[-1] == "loaded:"


@pytest.mark.parametrize("front", ["mailwizard.ui.tui.app", "mailwizard.ui.plain"])
def test_the_first_question_waits_for_nothing_that_only_later_choices_need(front: str) -> None:
    needed_later = ("dns", "smtplib", "mailwizard.actions.archive", "mailwizard.engine.space")
    program = (
        f"import sys, {front}\nprint(*[name for name in {needed_later!r} if name in sys.modules])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert not ran.stdout.split()


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_any_terminal_encoding(encoding: str, tmp_path: Path) -> None:
    process = start("explain", "--list", home=tmp_path, PYTHONIOENCODING=encoding, LANG="zh_CN")
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert b"Traceback" not in err
    assert out.decode(encoding)


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    process = start("explain", "--list", home=tmp_path)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    errors = process.stderr.read()
    assert process.wait(30) in (0, 1)
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        process = start("explain", "--list", home=tmp_path, stdout=full)
    _out, errors = process.communicate(timeout=30)
    assert process.returncode == 4
    assert b"no room left" in errors


def test_an_interrupt_ends_a_waiting_program_at_once(tmp_path: Path) -> None:
    process = start("demo", "--plain", home=tmp_path)
    assert process.stdout is not None
    while b"mail address" not in process.stdout.readline():
        assert process.poll() is None
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    assert time.monotonic() - began < 1
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()


def test_an_interrupt_ends_a_stalled_check_at_once(tmp_path: Path) -> None:
    process = start("demo", "imap-stalled", "--check", home=tmp_path)
    time_to_stall = time.monotonic() + 1.5
    while time.monotonic() < time_to_stall and process.poll() is None:
        time.sleep(0.05)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    assert time.monotonic() - began < 1


def test_the_password_of_the_demo_is_nowhere(tmp_path: Path) -> None:
    process = start("demo", "junk", "--check", "--format", "json", home=tmp_path)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"Demo-pass" not in out + err


def test_the_plain_demo_from_a_pipe(tmp_path: Path) -> None:
    process = start("demo", "--plain", "--lang", "en", home=tmp_path)
    out, err = process.communicate(b"\n\n\n\nno\n3\n3\n3\n1\n", timeout=60)
    assert process.returncode == 0
    assert err == b""
    assert b"Step 1 of 5" in out
    assert b"Demo-pass" not in out


def test_standard_input_that_never_ends_is_given_up(tmp_path: Path) -> None:
    process = start(
        "check", "--me", "lin@example.com", "--bounce", "-", "--deadline", "1", home=tmp_path
    )
    assert process.wait(5) == 2
    assert process.stderr is not None
    assert b"standard input" in process.stderr.read().lower()


def test_started_without_any_standard_stream(tmp_path: Path) -> None:
    command = (
        f'exec "{sys.executable}" -c "{MAIN}" check --me lin@example.com --bounce - <&- >&- 2>&-'
    )
    ran = subprocess.run(["/bin/sh", "-c", command], timeout=30, cwd=tmp_path, check=False)
    assert ran.returncode == 2
