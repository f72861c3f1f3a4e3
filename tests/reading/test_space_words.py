"""What webmail shows of the space, typed the way people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailwizard.reading.space_words import SpaceTold, read_space

WRITTEN = [
    ("4.8 GB of 5 GB", "4.8 GB / 5 GB"),
    ("4.8/5G", "4.8 GB / 5 GB"),
    ("4.8G|5G", "4.8 GB / 5 GB"),
    ("4,8 GB von 5 GB", "4.8 GB / 5 GB"),
    ("已用 4.8G，共 5G", "4.8 GB / 5 GB"),
    ("已用4.8G共5G", "4.8 GB / 5 GB"),
    ("总容量5.00G，已使用4.80G", "4.8 GB / 5 GB"),
    ("5G空间，已用4.8G", "4.8 GB / 5 GB"),
    ("容量：4.80G/5G (96%)", "4.8 GB / 5 GB"),
    ("５ＧＢ中４．８ＧＢ使用", "4.8 GB / 5 GB"),
    ("5 GB total, 4.8 GB used", "4.8 GB / 5 GB"),
    ("total 5 GB used 4.8 GB", "4.8 GB / 5 GB"),
    ("4.8 GB used of 5 GB", "4.8 GB / 5 GB"),
    ("4.8 GB / 5 GB used", "4.8 GB / 5 GB"),
    ("4.8 GB belegt, 5 GB gesamt", "4.8 GB / 5 GB"),
    ("96% of 5 GB", "4.8 GB / 5 GB"),
    ("used 4.8 GB (96%)", "4.8 GB / 5 GB"),
    ("4900 MB / 5 GB", "4.785 GB / 5 GB"),
    ("1,024 MB of 2,048 MB", "1 GB / 2 GB"),
    ("200 MB free of 5 GB", "4.805 GB / 5 GB"),
    ("剩余 200M / 5G", "4.805 GB / 5 GB"),
    ("total capacity: 5GB; free space: 200MB", "4.805 GB / 5 GB"),
    ("used 5.1 GB of 5 GB", "102 % / 5 GB"),
    ("used 96 %", "96 %"),
    ("已使用 百分之96", "96 %"),
    ("4 % free", "96 %"),
    ("4.8/5", "96 %"),
    ("4.8 GB / unlimited", "4.8 GB / ∞"),
    ("不限", "∞"),
    ("0 of 5 GB", "0 B / 5 GB"),
]


@pytest.mark.parametrize(("text", "normal"), WRITTEN)
def test_read(text: str, normal: str) -> None:
    told = read_space(text)
    assert told is not None
    assert told.normal == normal
    again = read_space(normal)
    assert again is not None
    assert again.normal == normal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "full",
        "96",
        "4.8 GB",
        "5/4.8 GB",
        "-4 of 5 GB",
        "2048 KB of 1 MB",
        "99 % and 98 %",
        "9 GB of 5 GB",
        "2 GB of 5 GB (96 %)",
        "1 GB, 2 GB, 3 GB, 4 GB",
        "99999999999999999999 GB of 5 GB",
        "1 2 3 4 5 6 7 8 9",
        "300 %",
    ],
)
def test_what_is_not_clear_is_not_guessed(text: str) -> None:
    assert read_space(text) is None


def test_the_figures_in_octets() -> None:
    assert read_space("1 KB of 2 KB") == SpaceTold(used=1024, total=2048, share=50.0)
    assert read_space("1 KB / ∞") == SpaceTold(used=1024, total=0)


@given(st.text(max_size=40) | st.text("0123456789.,/% GMKBof已用共剩余-", max_size=30))
def test_anything_can_be_typed(text: str) -> None:
    told = read_space(text)
    if told is not None:
        again = read_space(told.normal)
        assert again is not None
        assert again.normal == told.normal
