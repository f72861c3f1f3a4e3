"""Subjects compared as people mean them."""

import pytest

from mailwizard.reading.subjects import same_subject, subject_key, subject_ties


@pytest.mark.parametrize(
    "subject",
    [
        "Angebot 2026-118",
        "angebot  2026-118 ",
        "Re: Angebot 2026-118",
        "RE: AW: Fwd: Angebot 2026-118",
        "回复：Angebot 2026-118",
        "转发: 答复: Angebot 2026-118",
        "Re[2]: Angebot 2026-118",
        "[EXTERNAL] Angebot 2026-118",
        "Ａngebot 2026-118",
        "Angebot 2026-118 (final)",
        "Unser Angebot 2026-118",
    ],
)
def test_the_same(subject: str) -> None:
    assert same_subject("Angebot 2026-118", subject)


@pytest.mark.parametrize(
    "subject", ["", "Angebot", "Angebot 2026-1180", "Rechnung 2026-118", "Re:", "[EXTERNAL]"]
)
def test_another(subject: str) -> None:
    assert not same_subject("Angebot 2026-118", subject)


def test_short_subjects_must_be_equal() -> None:
    assert same_subject("hi", "Re: HI")
    assert not same_subject("hi", "oh hi there")
    assert not same_subject("", "")


def test_chinese_subjects_have_no_word_ends() -> None:
    assert same_subject("采购合同", "回复：关于采购合同的修改")


@pytest.mark.parametrize(
    ("remembered", "subject", "same", "ties"),
    [
        ("Angebot", "Angebot 2026-118", True, False),
        ("2026-118", "Angebot 2026-118", True, True),
        ("Angebot 2026-118", "AW: Angebot 2026-118", True, True),
        ("Angebot 2026-118 für die Pumpen", "Angebot 2026-118", True, False),
        ("Angebot für die Pumpen", "Angebot", False, False),
        ("报价", "关于报价单", True, False),
        ("单", "关于报价单", False, False),
        ("关于德国客户的报价", "回复：关于德国客户的报价单", True, True),
        ("Quotation for the pumps", "Re: quotation for the pumps (final)", True, True),
    ],
)
def test_a_subject_that_is_remembered_in_part(
    remembered: str, subject: str, same: bool, ties: bool
) -> None:
    assert same_subject(remembered, subject) is same
    assert subject_ties(remembered, subject) is ties


def test_prefixes_alone_are_kept() -> None:
    assert subject_key("Re:") == "re:"
    assert len(subject_key("Re: " * 1000)) <= 1000
