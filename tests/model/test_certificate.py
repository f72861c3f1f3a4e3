"""Which hosts a certificate's names stand for (RFC 9525)."""

from datetime import UTC, datetime

import pytest

from mailwizard.model.seen.network import Certificate

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "host", "covered"),
    [
        ("imap.example.com", "IMAP.example.com.", True),
        ("Imap.Example.com.", "imap.example.com", True),
        ("*.example.com", "imap.example.com", True),
        ("*.example.com", "example.com", False),
        ("*.example.com", "a.imap.example.com", False),
        ("imap.*.com", "imap.example.com", False),
        ("192.0.2.1", "192.0.2.1", True),
        ("2001:db8::1", "2001:DB8:0::1", True),
        ("*.0.2.1", "192.0.2.1", False),
        ("*.", "localhost", False),
    ],
)
def test_names(name: str, host: str, covered: bool) -> None:
    shown = Certificate(subject="", issuer="", not_before=AT, not_after=AT, names=(name,))
    assert shown.covers(host) is covered
