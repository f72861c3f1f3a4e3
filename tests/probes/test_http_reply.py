"""HTTP replies from the octets that came: whole, cut short, and none at all."""

from datetime import UTC, datetime

import pytest

from mailwizard.probes.http_reply import http_date, parse_reply

DAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "status", "body"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", 200, b""),
        (b"HTTP/1.0 407\r\nA: b\r\n\r\n", 407, b""),
        (b"HTTP/1.1 403 Nein\n\nno", 403, b"no"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut", 200, b"cut"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", 200, b"abc"),
        (b"HTTP/1.1 204 No\r\n\r\nmore", 204, b""),
    ],
)
def test_replies(data: bytes, status: int, body: bytes) -> None:
    reply = parse_reply(data)
    assert reply is not None
    assert (reply.status, reply.body) == (status, body)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200,
    ],
)
def test_what_is_no_reply(data: bytes) -> None:
    assert parse_reply(data) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Mon, 23 Nov 2026 09:00:00 GMT", DAY),
        ("Mon, 23 Nov 2026 17:00:00 +0800", DAY),
        ("Mon, 23 Nov 2026 09:00:00 -0000", DAY),
        ("yesterday", None),
        ("Mon, 99 Nov 2026 09:00:00 GMT", None),
        (None, None),
    ],
)
def test_dates(text: str | None, date: datetime | None) -> None:
    assert http_date(text) == date
