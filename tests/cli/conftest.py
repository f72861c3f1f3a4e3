"""Running commands in this process: in a made-up environment, without the real network."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailwizard import cli
from mailwizard.commands import outside
from mailwizard.text.language import use
from tests.worlds import LoopbackWorld


@dataclass
class Ran:
    """What one command left behind."""

    code: int
    output: str
    errors: str


Mailwizard = Callable[..., Ran]


@pytest.fixture
def mailwizard(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Mailwizard:
    """Runs ``mailwizard ARGUMENTS`` in an empty home folder, where nothing can be reached."""
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(outside, "RealWorld", lambda *_arguments: LoopbackWorld())

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Ran:
        file = tmp_path / "stdin"
        file.write_bytes(stdin)
        with file.open("rb") as stream:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream, "utf-8"))
            try:
                code = cli.run(arguments, {"LANG": "en_US.UTF-8", **environment})
            finally:
                use("en")
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run
