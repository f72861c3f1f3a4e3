"""COPYUID (RFC 4315): which copy stands for which original, whatever a server writes."""

import pytest

from mailwizard.probes.imap.client import copied_uids


def test_copies_in_the_order_of_their_originals() -> None:
    assert copied_uids([b"9 4,7:8 101:103"]) == (9, [101, 102, 103], [4, 7, 8])


def test_a_range_may_be_written_backwards() -> None:
    assert copied_uids([b"9 8:7 2:1"]) == (9, [1, 2], [7, 8])


@pytest.mark.parametrize(
    "line",
    [b"", None, b"9", b"x 1 2", b"9 1:2 5", b"9 1:4294967295 1:4294967295", b"9 1:2:3 4", b"9 , 1"],
)
def test_anything_else_tells_nothing(line: bytes | None) -> None:
    assert copied_uids([line]) is None
