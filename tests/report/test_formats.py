"""The report for people: what is said first, how wide it gets, and that nothing in it is markup."""

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from mailwizard.diagnosis.situation import finding
from mailwizard.model.finding import Outcome
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.providers.load import provider
from mailwizard.report.formats import FORMATS, Format, render
from mailwizard.report.layout import cells, wrap
from mailwizard.report.report import build
from mailwizard.text.finding_text import render as words_of
from tests.report.builders import AT, CASE, Looked

HOSTILE = "<script>alert(1)</script> [x](http://evil.test) `rm` | *b* \x1b[31m\u202egnp.exe &amp;"


def report_text(form: Format, looked: Looked | None = None) -> str:
    return render(build(looked or Looked(), language="en", seconds=2.41), form)


def test_the_sentence_comes_before_everything_else() -> None:
    lines = report_text("text").splitlines()
    headline = lines.index("The mail never reached your mailbox.")
    assert headline < 12
    assert any(line.startswith("Who must act: the customer") for line in lines)
    titles = [line for line, below in itertools.pairwise(lines) if set(below) == {"-"}]
    assert titles == [
        "What to do",
        "What was ruled out",
        "What could not be checked",
        "What was checked",
        "The way in",
        "Evidence for the helpdesk",
        "Letters, ready to send",
    ]
    assert any(line.startswith("  1. Ask the customer") for line in lines)


def test_steps_say_what_was_covered() -> None:
    text = report_text("text")
    assert re.search(r"ok +1 Spam folder +2 of 2 folders, 2026-11-09 to today +1\.2 s", text)
    assert re.search(r"- +3 Network and server +not checked", text)


@pytest.mark.parametrize("redact", [True, False])
def test_no_line_is_wider_than_a_terminal(redact: bool) -> None:
    report = build(Looked(), language="en", seconds=2.41, redact=redact)
    assert max(cells(line) for line in render(report, "text").splitlines()) <= 80


def hostile() -> Looked:
    looked = Looked(case=replace(CASE, subject=HOSTILE, sender="a<b>@customer-gmbh.de"))
    seen = SignIn(host="imap.qiye.aliyun.com", port=993, outcome="refused", text=HOSTILE)
    looked.evidence.add("sign-in", seen, at=AT, seconds=0.1)
    return looked


@pytest.mark.parametrize("form", FORMATS)
def test_no_control_character_gets_through(form: Format) -> None:
    text = report_text(form, hostile())
    assert not [char for char in text if not char.isprintable() and char != "\n"]


def test_html_shows_markup_as_text_and_loads_nothing() -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: set[str] = set()
            self.attributes: set[str] = set()
            self.text = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found.add(tag)
            self.attributes |= {name for name, _value in attrs}

        def handle_data(self, data: str) -> None:
            self.text += data

    page = Tags()
    page.feed(report_text("html", hostile()))
    assert not page.found & {"script", "img", "link", "a", "iframe", "object", "form"}
    assert not page.attributes & {"src", "href", "onclick", "onload"}
    assert "<script>alert(1)</script>" in page.text


def test_markdown_shows_markup_as_text() -> None:
    text = report_text("markdown", hostile())
    assert "\\<script\\>" in text
    assert "\\[x\\](http\\://evil.test)" in text
    assert "\\| \\*b\\*" in text
    # Nothing in a code block (four spaces after an empty line) is markup.
    assert not re.search(r"(?<!\\)[<`]", re.sub(r"(?m)^ {4}.*$", "", text))


def test_every_format_ends_in_a_line_break() -> None:
    assert all(report_text(form).endswith("\n") for form in FORMATS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("中文没有空格也要换行。", ["中文没有", "空格也要", "换行。"]),
        ("逗号不在行首，对吧", ["逗号不在", "行首，对", "吧"]),
        ("averyverylongword", ["averyver", "ylongwor", "d"]),
        ("mx1 记录", ["mx1 记录"]),
        ("", [""]),
    ],
)
def test_wrapping_counts_cells(text: str, lines: list[str]) -> None:
    assert wrap(text, 8) == lines


def test_a_mark_is_not_left_alone_at_the_start_of_a_line() -> None:
    assert wrap("四个汉字，好", 8) == ["四个汉", "字，好"]


def test_indents() -> None:
    assert wrap("one two three", 11, " 1. ") == [" 1. one two", "    three"]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_letters_are_spoken_of_only_where_they_are_held(form: Format) -> None:
    text = report_text(form)
    assert "letter that we have written" in " ".join(text.split())
    assert "Letters, ready to send" in text
    assert "postmaster@customer-gmbh.de" in text


def test_a_mere_risk_speaks_of_no_letter() -> None:
    risk = replace(finding("SENDER_SPF", []), outcome=Outcome.RISK)
    cause = finding("SENDER_SPF", [])
    assert not any("letter" in a for a in words_of(risk, provider("alimail")).actions)
    assert any("letter" in a for a in words_of(cause, provider("alimail")).actions)
