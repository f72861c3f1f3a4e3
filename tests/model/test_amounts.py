"""Sizes as people read them."""

import pytest

from mailwizard.model import amounts


@pytest.mark.parametrize(
    ("octets", "text"),
    [(0, "0 B"), (1500, "1 KB"), (5 * 1024**2, "5.0 MB"), (int(4.8 * 1024**3), "4.8 GB")],
)
def test_sizes_for_people(octets: int, text: str) -> None:
    assert amounts.octets(octets) == text
