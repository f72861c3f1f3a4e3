"""The preview's words, in every language."""

from dataclasses import replace
from typing import get_args

import pytest

from mailwizard.model.seen.mailbox import Role
from mailwizard.reading.junk_reasons import _ORDER, DOUBTFUL, Reason
from mailwizard.text.junk_words import identity, why_sorted_out
from mailwizard.text.language import LANGUAGES, speaking
from mailwizard.text.one_mail import mail_details, why_line
from tests.diagnosis.mailbox_builders import mail

PASSED = Reason("authenticated", "customer.example")


def test_the_sketchs_two_sentences() -> None:
    scored = Reason("content", score="7.2", limit="5")
    assert why_line("junk", (scored, PASSED)) == (
        "Why it was sorted out: Its content gave it 7.2 spam points; spam begins at 5."
        " The identity checks passed: it is really from customer.example."
    )


def test_nothing_readable_is_said_so() -> None:
    assert why_sorted_out(()) == "The server does not say why."
    assert why_sorted_out((PASSED,)).startswith("The server does not say why. The identity")
    assert why_line("trash", ()) == "Its headers do not tell why it is there."


def test_no_more_than_two_sentences_and_the_proven_identity_among_them() -> None:
    many = (Reason("company-rule"), Reason("content"), Reason("bulk"), PASSED)
    assert why_sorted_out(many).count(".") == 2 + len(["customer", "example"]) - 1
    assert "really from" in why_sorted_out(many)


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("kind", _ORDER)
def test_every_reason_has_words(kind: object, language: str) -> None:
    with speaking(language):
        told = Reason(kind, "customer.example", "7", "5")  # type: ignore[arg-type]
        for role in get_args(Role):
            line = why_line(role, (told,))
            assert line
            assert "{" not in line
        details = "\n".join(mail_details(mail("Junk"), "junk", (told,)))
        assert "{" not in details
        assert "hans@customer.example" in details


@pytest.mark.parametrize("kind", _ORDER)
def test_only_doubts_about_the_sender_warn(kind: object) -> None:
    line = why_line("junk", (Reason(kind, "customer.example"),))  # type: ignore[arg-type]
    assert ("by phone" in line) is (kind in DOUBTFUL)


def test_outside_the_spam_folder_only_the_identity_is_told() -> None:
    assert identity((Reason("content"), Reason("bulk"))) == ""
    assert why_line("trash", (Reason("content"), PASSED)).startswith("The identity checks passed")


def test_one_mails_fields_stand_line_by_line() -> None:
    shown = mail_details(
        mail("Junk", from_name="", subject="", dated=None, size=5 * 2**19),
        "junk",
        (Reason("content", rules=("BAYES_99", "URIBL")),),
    )
    assert "From: hans@customer.example" in shown
    assert "Subject: -" in shown
    assert "Its own date: -" in shown
    assert "Size: 2.5 MB" in shown
    assert "The filter's rules: BAYES_99, URIBL" in shown
    assert any(line.startswith("Why it was sorted out: ") for line in shown)
    hostile = replace(mail("Junk"), subject="a\x1b[31mb")
    assert "\x1b" not in "\n".join(mail_details(hostile, "junk", ()))
