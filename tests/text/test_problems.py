"""Every reason has a sentence that says what to do."""

from typing import get_args

import pytest

from mailwizard.report import saved
from mailwizard.storage.files import Reason as NotSavedReason
from mailwizard.storage.organisation import Reason as NotReadableReason
from mailwizard.storage.passwords import WhyNot
from mailwizard.text import problems


@pytest.mark.parametrize("reason", get_args(NotSavedReason))
def test_not_saved(reason: str) -> None:
    sentence = problems.not_saved(reason, "/tmp/a\x1b[31m")
    assert sentence.isprintable()
    assert "unchanged" in sentence


@pytest.mark.parametrize("reason", get_args(NotReadableReason))
def test_not_readable(reason: str) -> None:
    assert problems.not_readable(reason, "o.toml", 3, "reseller.fax", ("name",)).endswith(".")


@pytest.mark.parametrize("kind", saved.NotOpened.__subclasses__())
def test_not_a_report(kind: type[saved.NotOpened]) -> None:
    assert "x.json" in problems.not_a_report(kind.reason, "x.json")


@pytest.mark.parametrize("reason", get_args(WhyNot))
def test_not_stored(reason: str) -> None:
    assert bool(problems.not_stored(reason)) == bool(reason)
