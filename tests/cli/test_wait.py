"""``wait``: one line when the mail arrives, and an exit code that tells the end."""

import io
import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from mailwizard.commands import outside, wait
from mailwizard.commands.surroundings import StandardInput, Surroundings
from mailwizard.demo.scenario import PASSWORD
from mailwizard.demo.scenarios import BY_ID
from mailwizard.demo.start import Demo, start
from mailwizard.engine.waiting import WaitJob
from tests.cli.conftest import Mailwizard

ME = ("wait", "--me", "lin@acme-trading.com", "--sender", "hans@customer-gmbh.de")
STDIN = PASSWORD.encode() + b"\n"


@pytest.fixture
def scenario() -> str:
    return "never-sent"


@pytest.fixture
def demo(scenario: str, monkeypatch: pytest.MonkeyPatch, mailwizard: Mailwizard) -> Iterator[Demo]:
    """A story in which the mail is sent again at once."""
    del mailwizard  # sets its own world first
    monkeypatch.setitem(BY_ID, scenario, replace(BY_ID[scenario], resent_after=0.3))
    with start(scenario) as running:
        monkeypatch.setattr(outside, "RealWorld", lambda *_arguments: running.world)
        yield running


@pytest.mark.usefixtures("demo")
def test_one_line_when_it_arrives(mailwizard: Mailwizard) -> None:
    ran = mailwizard(*ME, "--password-stdin", stdin=STDIN)
    assert (ran.code, ran.errors) == (0, "")
    [line] = ran.output.splitlines()
    _when, folder, author, subject = line.split("\t")
    assert (folder, subject) == ("INBOX", "Angebot 2026-118")
    assert author == "Hans Becker <hans@customer-gmbh.de>"


@pytest.mark.usefixtures("demo")
def test_not_in_the_time(mailwizard: Mailwizard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wait, "_SECONDS_A_MINUTE", 1.0)
    other = [*ME[:-1], "nobody@elsewhere.example"]
    ran = mailwizard(*other, "--minutes", "1", "--password-stdin", stdin=STDIN)
    assert (ran.code, ran.output) == (3, "")
    assert "nobody@elsewhere.example has come" in ran.errors


@pytest.mark.usefixtures("demo")
def test_a_refused_password(mailwizard: Mailwizard) -> None:
    ran = mailwizard(*ME, "--password-stdin", stdin=b"wrong-Canary-1\n")
    assert (ran.code, ran.output) == (3, "")
    assert "refused the password" in ran.errors
    assert "Canary" not in ran.errors


@pytest.mark.usefixtures("demo")
def test_interrupted(mailwizard: Mailwizard, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[WaitJob] = []

    def interrupted(job: WaitJob, _seconds: float) -> bool:
        jobs.append(job)
        raise KeyboardInterrupt

    waits = WaitJob.wait
    monkeypatch.setattr(WaitJob, "wait", interrupted)
    ran = mailwizard(*ME, "--password-stdin", stdin=STDIN)
    assert (ran.code, ran.output) == (130, "")
    assert waits(jobs[0], 1)


@pytest.mark.usefixtures("demo")
def test_a_terminal_shows_what_goes_on() -> None:
    out, err = io.StringIO(), io.StringIO()
    reader, writer = os.pipe()
    os.write(writer, STDIN)
    surroundings = Surroundings(
        input=StandardInput(reader, is_terminal=False),
        read_line=str,
        output=out,
        errors=err,
        write_octets=len,
        ask_password=str,
        environment={},
        output_is_terminal=True,
        errors_is_terminal=True,
    )
    given = wait.parser().read([*ME[1:], "--password-stdin", "--minutes", "10"])
    assert given is not None
    try:
        assert wait.run(given, surroundings) == 0
    finally:
        os.close(writer)
        os.close(reader)
    assert "waiting 10:0" in err.getvalue()
    assert err.getvalue().endswith("\r\x1b[K\a")
    assert len(out.getvalue().splitlines()) == 1


def test_nothing_can_be_reached(mailwizard: Mailwizard) -> None:
    ran = mailwizard(*ME, "--password-stdin", stdin=STDIN)
    assert ran.code == 3
    assert "could not be opened" in ran.errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["wait"], "--sender"),
        (ME[:3], "--sender"),
        (ME, "--password-stdin"),
        ([*ME, "--minutes", "0"], "from 1 to 1440"),
        ([*ME, "--minutes", "9999"], "from 1 to 1440"),
        ([*ME, "--password-stdin"], "password"),
        ([*ME, "extra"], "extra"),
    ],
)
def test_arguments(mailwizard: Mailwizard, arguments: list[str], said: str) -> None:
    ran = mailwizard(*arguments)
    assert (ran.code, ran.output) == (2, "")
    assert said in ran.errors
    assert len(ran.errors.splitlines()) == 1
