"""Arguments that are wrong: exit code 2, one sentence that says what to do, nothing printed."""

import io

import pytest

from mailwizard import cli
from mailwizard.commands import front
from mailwizard.commands.surroundings import StandardInput, Surroundings, WrongArguments
from mailwizard.text import language as language_module
from tests.cli.conftest import Mailwizard

ME = ("check", "--me", "lin@example.com")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "check"),
        (["nothing-like-it"], "--help"),
        (["--lang", "xx"], "en, zh_CN"),
        (["--lang"], "language"),
        (["--foo"], "--foo"),
        (["check"], "--me"),
        (["check", "--me"], "--me"),
        (["check", "--me", "lin"], "whole mail address"),
        ([*ME, "--sender", "x"], "customer-gmbh.de"),
        ([*ME, "--sender", "a@b@c"], "customer-gmbh.de"),
        ([*ME, "--since", "2099-01-01"], "still to come"),
        ([*ME, "--since", "2026-02-30"], "2026-11-09"),
        ([*ME, "--days", "0"], "from 1 to"),
        ([*ME, "--days", "x"], "from 1 to"),
        ([*ME, "--days", "3", "--since", "2026-11-09"], "not both"),
        ([*ME, "--size", "-1"], "--size"),
        ([*ME, "--deadline", "0"], "--deadline"),
        ([*ME, "--deadline", "1e9"], "--deadline"),
        ([*ME, "--steps", "spam,junk"], "spam, quota, network, dns, sender"),
        ([*ME, "--steps", ","], "spam, quota"),
        ([*ME, "--provider", "gmail"], "alimail"),
        ([*ME, "--imap", "imap.example.com:99999"], "65535"),
        ([*ME, "--imap", "imap"], "imap.qiye.aliyun.com:993"),
        ([*ME, "--nameserver", "ns.example.com"], "223.5.5.5"),
        ([*ME, "--nameserver", "1.1.1.1:dns"], "65535"),
        ([*ME, "--bounce", "/no/such/file.eml"], "--bounce"),
        ([*ME, "--bounce", "/"], "folder"),
        ([*ME, "--bounce", "-", "--sender-log", "-"], "Only one"),
        ([*ME, "--password-stdin", "--no-sign-in"], "not both"),
        ([*ME, "--password-stdin"], "password"),
        ([*ME, "--format", "pdf"], "text, json, markdown, html"),
        ([*ME, "--output", "/no/such/folder/report.html"], "folder"),
        ([*ME, "--output", "/tmp"], "folder"),
        ([*ME, "--output", "~no-such-user/report.html"], "cannot be a file name"),
        ([*ME, "extra"], "extra"),
        ([*ME, "--redact=yes"], "--redact"),
        (["open"], "open FILE"),
        (["open", "/no/such/report.json"], "no file"),
        (["open", "/tmp"], "saved as JSON"),
        (["open", "~no-such-user/report.json"], "cannot be read"),
        (["compare", "one.json"], "OLD NEW"),
        (["explain"], "--list"),
        (["explain", "FOUND_IN_JUNKK"], "FOUND_IN_JUNK"),
        (["explain", "x"], "--list"),
        (["forget", "lin"], "Leave it out"),
        (["demo", "jnuk"], "junk"),
        (["demo", "x"], "--list"),
        (["demo", "junk", "--check", "--format", "pdf"], "markdown"),
    ],
)
def test_a_clear_sentence(mailwizard: Mailwizard, arguments: list[str], said: str) -> None:
    ran = mailwizard(*arguments)
    assert ran.code == 2
    assert ran.output == ""
    assert said in ran.errors
    assert len(ran.errors.strip().splitlines()) == 1
    assert ran.errors.startswith("mailwizard: ")


@pytest.mark.parametrize(
    "command", ["", "check", "demo", "open", "compare", "explain", "forget"], ids=lambda c: c or "-"
)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_command_has_help(mailwizard: Mailwizard, command: str, language: str) -> None:
    ran = mailwizard(*filter(None, [command]), "--help", "--lang", language)
    assert ran.code == 0
    assert ran.errors == ""
    for option in ("--lang", "--no-color", "--help"):
        assert option in ran.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "en", "--no-color", "explain", "--list"],
        ["explain", "--list", "--lang=en", "--no-color"],
        ["--lang=en", "explain", "--no-color", "--list"],
    ],
)
def test_language_and_colour_before_or_after_the_command(
    mailwizard: Mailwizard, arguments: list[str]
) -> None:
    ran = mailwizard(*arguments, LANG="zh_CN.UTF-8")
    assert ran.code == 0
    assert "FOUND_IN_JUNK" in ran.output
    assert "junk folder" in ran.output or "spam folder" in ran.output


def test_what_was_typed_cannot_steer_the_terminal(mailwizard: Mailwizard) -> None:
    ran = mailwizard("check", "--me", "\x1b[31mred\x1b[0m")
    assert ran.code == 2
    assert "\x1b" not in ran.errors


def test_the_version(mailwizard: Mailwizard) -> None:
    assert mailwizard("--version").output.startswith("mailwizard 0.")


@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_without_a_terminal_the_wizard_names_plain(
    mailwizard: Mailwizard, arguments: list[str]
) -> None:
    ran = mailwizard(*arguments, TERM="xterm")
    assert ran.code == 2
    assert "--plain" in ran.errors


@pytest.mark.parametrize("missing", ["", "input", "output", "errors"])
def test_the_screens_need_all_three_streams(missing: str) -> None:
    surroundings = Surroundings(
        input=StandardInput(None, missing != "input"),
        read_line=str,
        output=io.StringIO(),
        errors=io.StringIO(),
        write_octets=lambda _data: None,
        ask_password=str,
        environment={"TERM": "xterm"},
        output_is_terminal=missing != "output",
        errors_is_terminal=missing != "errors",
    )
    if missing:
        with pytest.raises(WrongArguments):
            front.needs_a_screen(surroundings, "mailwizard --plain")
    else:
        front.needs_a_screen(surroundings, "mailwizard --plain")


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages that were switched to."""
    languages: list[str] = []

    def use(language: str) -> None:
        language_module.use(language)
        languages.append(language)

    monkeypatch.setattr(cli, "use", use)
    return languages


@pytest.mark.parametrize("written", ["zh_CN", "zh-cn", "ZH_CN"])
def test_a_language_in_other_spellings(
    mailwizard: Mailwizard, used: list[str], written: str
) -> None:
    mailwizard("explain", "--lang", written)
    assert used[-1] == "zh_CN"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.GBK"}, "zh_CN"),
        ({"LANG": "zh_SG", "LC_MESSAGES": "C"}, "en"),
    ],
)
def test_the_systems_language(
    mailwizard: Mailwizard, used: list[str], environment: dict[str, str], language: str
) -> None:
    mailwizard("explain", **environment)
    assert used == [language]
