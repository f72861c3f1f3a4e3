"""What people type, and what becomes of it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from mailwizard import tree
from mailwizard.engine.answers import names_a_file, take
from mailwizard.model.case import Case
from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import RulesReadable
from mailwizard.model.seen.user import Answer
from mailwizard.text.dates import DayToCome, NotADay, read_day
from mailwizard.text.typed import NotUnderstood
from tests.engine.builders import session

MONDAY = date(2026, 11, 23)


def question(name: str) -> tree.Question:
    node = tree.BY_ID[name]
    assert isinstance(node, tree.Question)
    return node


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-09", date(2026, 11, 9)),
        (" 2026/11/9 ", date(2026, 11, 9)),
        ("20261109", date(2026, 11, 9)),
        ("9.11.2026", date(2026, 11, 9)),
        ("9.11.", date(2026, 11, 9)),
        ("2026年11月9日", date(2026, 11, 9)),
        ("11月9日", date(2026, 11, 9)),
        ("12月24号", date(2025, 12, 24)),
        ("14", date(2026, 11, 9)),
        ("１４天", date(2026, 11, 9)),
        ("14 days ago", date(2026, 11, 9)),
        ("2 weeks", date(2026, 11, 9)),
        ("两周", date(2026, 11, 9)),
        ("yesterday", date(2026, 11, 22)),
        ("昨天", date(2026, 11, 22)),
        ("上周", date(2026, 11, 16)),
        ("上个月", date(2026, 10, 1)),
        ("today", MONDAY),
    ],
)
def test_days_as_people_write_them(typed: str, day: date) -> None:
    assert read_day(typed, MONDAY) == day


@pytest.mark.parametrize(
    "typed", ["", "soon", "2026-02-30", "31.2.", "9999999", "1066-10-14", "-3"]
)
def test_what_names_no_day(typed: str) -> None:
    with pytest.raises(NotADay):
        read_day(typed, MONDAY)


def test_a_day_to_come() -> None:
    with pytest.raises(DayToCome):
        read_day("2026-11-24", MONDAY)


def test_typed_answers_go_into_the_case() -> None:
    at = session(Case(me="", since=MONDAY))
    take(at, question("me"), " Lin <lin@acme-trading.com> ")
    take(at, question("customer"), "@Customer-GmbH.de")
    take(at, question("since"), "3")
    case = at.investigation.case
    assert (case.me, case.sender) == ("lin@acme-trading.com", "customer-gmbh.de")
    assert case.since == at.investigation.world.now().astimezone().date() - timedelta(days=3)


@pytest.mark.parametrize(
    ("typed", "subject", "attachment"),
    [
        ("  “Offer 2026-118” ", "Offer 2026-118", None),
        ("offer.pdf", None, "offer.pdf"),
        ("报价单.xlsx", None, "报价单.xlsx"),
        ("Meeting at example.com", "Meeting at example.com", None),
        ("\x1b[31mx", "\\x1b[31mx", None),
        ("", None, None),
    ],
)
def test_what_is_known_of_the_mail(typed: str, subject: str | None, attachment: str | None) -> None:
    at = session(Case(me="lin@example.com", since=MONDAY, subject="old", attachment="old.pdf"))
    take(at, question("about"), typed)
    case = at.investigation.case
    assert (case.subject, case.attachment) == (subject, attachment)


def test_skipped_answers() -> None:
    at = session()
    take(at, question("customer"), "  ")
    assert at.investigation.case.sender is None
    take(at, question("since"), "")
    today = at.investigation.world.now().astimezone().date()
    assert at.investigation.case.since == today - timedelta(days=14)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("me", ""),
        ("me", "lin"),
        ("me", "lin@"),
        ("me", "lin@localhost"),
        ("me", "a@b@c.de"),
        ("me", "x" * 5000 + "@example.com"),
        ("customer", "customer"),
        ("customer", "@"),
        ("since", "2099-01-01"),
        ("since", "whenever"),
        ("bounce", "perhaps"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(name: str, typed: str) -> None:
    at = session()
    case = at.investigation.case
    with pytest.raises(NotUnderstood) as told:
        take(at, question(name), typed)
    assert told.value.sentence.endswith((".", "?"))
    assert at.investigation.case == case
    assert at.answers == {}
    assert len(at.investigation.evidence) == 0


def test_a_choice_becomes_evidence() -> None:
    at = session()
    take(at, question("others"), "no")
    (answer,) = at.investigation.evidence.of(Answer)
    assert (answer.seen.question, answer.seen.value) == ("others", "no")


def test_another_address_makes_what_was_seen_worthless() -> None:
    at = session()
    investigation = at.investigation
    investigation.password = Secret("canary")
    investigation.evidence.add(
        "search", RulesReadable(readable=False), at=investigation.world.now(), seconds=0.0
    )
    take(at, question("me"), "lin@example.com")
    assert investigation.evidence.of(RulesReadable)
    take(at, question("me"), "wang@example.com")
    assert not investigation.evidence.of(RulesReadable)
    assert investigation.password is None


def test_a_bounce_from_a_file(tmp_path: Path) -> None:
    at = session()
    file = tmp_path / "bounce 1.eml"
    file.write_bytes(b"550 5.1.1 user unknown")
    take(at, question("bounce-text"), f"'{file}'")
    assert at.investigation.inputs.bounce == b"550 5.1.1 user unknown"
    take(at, question("bounce-text"), "")
    assert at.investigation.inputs.bounce is None


def test_a_pasted_bounce_is_never_repeated_in_the_evidence() -> None:
    at = session()
    take(at, question("bounce-text"), "Dear Lin,\nthe price is 7 EUR\n550 5.1.1 unknown")
    assert at.investigation.inputs.bounce == b"Dear Lin,\nthe price is 7 EUR\n550 5.1.1 unknown"
    assert "EUR" not in repr(at.investigation.evidence.all())
    assert "EUR" not in repr(at.answers)


def test_a_bounce_file_in_gbk_is_taken_as_it_is(tmp_path: Path) -> None:
    at = session()
    file = tmp_path / "退信.txt"
    file.write_bytes("收件人不存在".encode("gbk"))
    take(at, question("bounce-text"), str(file))
    assert at.investigation.inputs.bounce == "收件人不存在".encode("gbk")


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xff\xd8\xff\xe0JFIF", b"%PDF-1.7"])
def test_files_that_are_no_message(tmp_path: Path, content: bytes) -> None:
    at = session()
    file = tmp_path / "bounce.eml"
    file.write_bytes(content)
    with pytest.raises(NotUnderstood):
        take(at, question("bounce-text"), str(file))
    assert at.investigation.inputs.bounce is None


def test_files_that_are_not_there_or_not_files(tmp_path: Path) -> None:
    at = session()
    for name in (str(tmp_path), str(tmp_path / "no.eml"), "/dev/null", "\0.eml"):
        with pytest.raises(NotUnderstood):
            take(at, question("bounce-text"), name)


def test_only_the_beginning_of_a_large_file_is_read(tmp_path: Path) -> None:
    at = session()
    file = tmp_path / "large.eml"
    file.write_bytes(b"550 5.7.1 no\n" * 200_000)
    take(at, question("bounce-text"), str(file))
    assert len(at.investigation.inputs.bounce or b"") <= 1_000_000


@pytest.mark.parametrize(
    ("typed", "is_name"),
    [
        ("bounce.eml", True),
        ("/home/lin/bounce", True),
        ("C:\\mail\\bounce.msg", True),
        ("550 5.1.1 user unknown", False),
        ("two\nlines.eml", False),
        ("", False),
    ],
)
def test_names_of_files(typed: str, is_name: bool) -> None:
    assert names_a_file(typed) is is_name
