"""``check``: its report, its streams, its exit codes, and the password that is never seen."""

import json
import threading
import time
from pathlib import Path

import pytest

from mailwizard.model.finding import Step
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.setting import Setting
from tests.cli.conftest import Mailwizard
from tests.engine.builders import replace_plan, stub

ME = ("check", "--me", "lin@example.com", "--sender", "buyer@customer.example")
CANARY = "canary-Pass-118"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Setting]:
    """What the only probe was given."""
    given: list[Setting] = []

    def sign_in(setting: Setting) -> None:
        given.append(setting)
        if setting.password is not None:
            setting.record(SignIn(host="imap.example.com", port=993, outcome="refused", text="NO"))

    replace_plan(monkeypatch, stub("sign-in", sign_in, step=None), spam())
    return given


def spam() -> object:
    return stub("search", step=Step.SPAM, after=("sign-in",))


def report(text: str) -> dict[str, object]:
    read = json.loads(text)
    assert isinstance(read, dict)
    return read


def test_standard_output_holds_the_report_alone(
    mailwizard: Mailwizard, seen: list[Setting]
) -> None:
    ran = mailwizard(*ME, "--format", "json")
    assert report(ran.output)["schema"] == "mailwizard.report/1"
    assert ran.errors == ""
    assert ran.code in (1, 3)
    assert len(seen) == 1


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize(
    ("form", "begins"), [("text", "Why"), ("markdown", "#"), ("html", "<!DOCTYPE"), ("json", "{")]
)
def test_every_format(mailwizard: Mailwizard, form: str, begins: str) -> None:
    ran = mailwizard(*ME, "--format", form)
    assert ran.output.lower().startswith(begins.lower())


def test_options_reach_the_case(mailwizard: Mailwizard, seen: list[Setting]) -> None:
    ran = mailwizard(
        *ME,
        "--since=9.11.2026",
        "--subject",
        "\x1b[31mOffer [bold]",
        "--attachment",
        "offer\x1b[0m.pdf",
        "--size",
        "5000",
        "--imap",
        "[::1]:1143",
        "--provider",
        "alimail",
        "--format=json",
    )
    case = seen[0].case
    assert case.since.isoformat() == "2026-11-09"
    assert "\x1b" not in (case.subject or "")
    assert "offer" in (case.attachment or "")
    assert "\x1b" not in (case.attachment or "")
    assert (case.size, case.imap_host, case.imap_port) == (5000, "::1", 1143)
    assert seen[0].imap_server == ("::1", 1143)
    assert "\\u001b" not in ran.output


def test_the_password_is_the_first_line_and_is_never_seen(
    mailwizard: Mailwizard, seen: list[Setting], tmp_path: Path
) -> None:
    for form in ("text", "json", "markdown", "html"):
        file = tmp_path / f"report.{form}"
        ran = mailwizard(
            *ME,
            "--password-stdin",
            "--format",
            form,
            "--output",
            str(file),
            stdin=f"{CANARY}\r\nmore\n".encode(),
        )
        assert seen[-1].password is not None
        assert seen[-1].password.reveal() == CANARY
        assert CANARY not in ran.output + ran.errors + file.read_text("utf-8")
        assert ran.output == ""


def test_password_and_bounce_from_one_standard_input(
    mailwizard: Mailwizard, seen: list[Setting]
) -> None:
    ran = mailwizard(
        *ME,
        "--password-stdin",
        "--bounce",
        "-",
        stdin=f"{CANARY}\n550 5.1.1 unknown\nsecond\n".encode(),
    )
    assert ran.code in (1, 3)
    assert seen[0].inputs.bounce == b"550 5.1.1 unknown\nsecond\n"
    assert seen[0].password is not None
    assert seen[0].password.reveal() == CANARY


def test_without_a_password_there_is_no_sign_in(
    mailwizard: Mailwizard, seen: list[Setting]
) -> None:
    mailwizard(*ME)
    mailwizard(*ME, "--no-sign-in")
    assert [setting.password for setting in seen] == [None, None]


@pytest.mark.usefixtures("seen")
def test_a_sign_in_that_is_refused_is_a_cause(mailwizard: Mailwizard) -> None:
    ran = mailwizard(*ME, "--password-stdin", "--format=json", stdin=b"wrong\n")
    assert report(ran.output)["verdict"]["outcome"] == "cause"  # type: ignore[index]
    assert ran.code == 1


@pytest.mark.usefixtures("seen")
def test_not_enough_checked_is_exit_code_3(mailwizard: Mailwizard) -> None:
    ran = mailwizard(*ME, "--format=json")
    assert report(ran.output)["verdict"]["code"] == "NOT_ENOUGH_CHECKED"  # type: ignore[index]
    assert ran.code == 3


@pytest.mark.usefixtures("seen")
def test_redacted(mailwizard: Mailwizard) -> None:
    for form in ("text", "json", "markdown", "html"):
        ran = mailwizard(*ME, "--redact", "--format", form)
        assert "lin@example.com" not in ran.output
        assert "customer.example" not in ran.output


def test_steps_choose_the_probes(mailwizard: Mailwizard, monkeypatch: pytest.MonkeyPatch) -> None:
    ran_probes: list[str] = []
    replace_plan(
        monkeypatch,
        stub("link", lambda _s: ran_probes.append("link"), step=Step.NETWORK),
        stub("domain", lambda _s: ran_probes.append("domain"), step=Step.DNS),
    )
    mailwizard(*ME, "--steps", "dns")
    assert ran_probes == ["domain"]


def test_the_deadline_holds_and_the_report_is_printed(
    mailwizard: Mailwizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = threading.Event()
    replace_plan(monkeypatch, stub("link", lambda _s: bool(stuck.wait(30)) and None))
    from mailwizard import cli

    monkeypatch.setattr(cli, "_STARTED", time.monotonic())
    began = time.monotonic()
    ran = mailwizard(*ME, "--deadline", "2", "--format=json")
    assert time.monotonic() - began < 2
    stuck.set()
    assert ran.code == 3
    assert report(ran.output)["observations"]


def test_a_crash_is_exit_code_4_and_tells_no_values(
    mailwizard: Mailwizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mailwizard.commands import check

    def crash(_case: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(check, "_case", crash)
    ran = mailwizard(*ME, "--password-stdin", stdin=f"{CANARY}\n".encode())
    assert ran.code == 4
    assert CANARY not in ran.output + ran.errors
    assert "ValueError" in ran.errors
    assert "Traceback" not in ran.errors


def test_an_interrupt_is_exit_code_130(
    mailwizard: Mailwizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mailwizard.commands import check

    def interrupt(_case: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "_case", interrupt)
    assert mailwizard(*ME).code == 130


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 2), (b"\xff\xd8\xff\xe0JFIF", 2), ("退信：收件人不存在".encode("gbk"), 3)],
)
def test_bounce_files(
    mailwizard: Mailwizard, seen: list[Setting], tmp_path: Path, content: bytes, code: int
) -> None:
    file = tmp_path / "bounce.eml"
    file.write_bytes(content)
    ran = mailwizard(*ME, "--bounce", str(file))
    assert ran.code == code
    if code == 3:
        assert seen[0].inputs.bounce == content


@pytest.mark.usefixtures("seen")
def test_an_organisation_file_with_a_mistake_is_named_and_left_aside(
    mailwizard: Mailwizard, tmp_path: Path
) -> None:
    folder = tmp_path / "home" / "mailwizard"
    folder.mkdir(parents=True)
    (folder / "organisation.toml").write_text('[reseller]\nphnoe = "1"\n')
    ran = mailwizard(*ME, "--format=json")
    assert "line 2" in ran.errors
    assert report(ran.output)["schema"]


def test_open_and_compare(mailwizard: Mailwizard, seen: list[Setting], tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    mailwizard(*ME, "--password-stdin", "--format=json", "--output", str(old), stdin=b"x\n")
    mailwizard(*ME, "--no-sign-in", "--format=json", "--output", str(new))
    first = report(old.read_text("utf-8"))
    again = mailwizard("open", str(old), "--format", "json")
    assert again.code == 0
    assert report(again.output)["verdict"] == first["verdict"]
    assert report(again.output)["observations"] == first["observations"]
    assert len(seen) == 2, "opening probes nothing"
    compared = mailwizard("compare", str(old), str(new))
    assert compared.code == 0
    assert "Before: " in compared.output
    assert "NOT_ENOUGH_CHECKED" in compared.output
    assert "Nothing else has changed" in mailwizard("compare", str(new), str(new)).output


@pytest.mark.parametrize("content", [b"", b"{}", b"no", b'{"schema": "mailwizard.report/9"}'])
def test_open_what_is_no_report(mailwizard: Mailwizard, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    ran = mailwizard("open", str(file))
    assert ran.code == 2
    assert len(ran.errors.strip().splitlines()) == 1


def test_forget_with_nothing_stored(mailwizard: Mailwizard) -> None:
    ran = mailwizard("forget")
    assert ran.code == 0
    assert "0" in ran.output


def test_explain(mailwizard: Mailwizard) -> None:
    ran = mailwizard("explain", "found-in-junk")
    assert ran.code == 0
    assert ran.output.startswith("FOUND_IN_JUNK")
    assert "{" not in ran.output
