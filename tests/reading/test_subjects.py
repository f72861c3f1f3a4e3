"""Subjects compared as people mean them."""

import pytest

from mailwizard.reading.subjects import same_subject, subject_key


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


def test_prefixes_alone_are_kept() -> None:
    assert subject_key("Re:") == "re:"
    assert len(subject_key("Re: " * 1000)) <= 1000
