"""An HTTP/1.x reply read from the octets that came, whole or cut short; nothing is waited for."""

import email.utils
import http.client
import io
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """Nothing of it is made safe to show. ``body`` is there as far as it came."""

    status: int
    reason: bytes
    headers: http.client.HTTPMessage
    body: bytes


def parse_reply(data: bytes, method: str = "GET") -> Reply | None:
    """The reply to a request of ``method``; None where it is none."""
    response = http.client.HTTPResponse(_Octets(data), method=method)  # type: ignore[arg-type]  # all that it uses of a socket
    try:
        response.begin()
        body = response.read()
    except http.client.IncompleteRead as cut:
        body = cut.partial
    except OverflowError:  # a length that no memory has: nothing of the body is believed
        body = b""
    except (http.client.HTTPException, ValueError, OSError):
        return None
    reason = response.reason.encode("iso-8859-1")  # as which http.client read it
    return Reply(response.status, reason, response.headers, body)


def http_date(text: str | None) -> datetime | None:
    """An HTTP date (RFC 9110, section 5.6.7), in UTC; None where it is none."""
    try:
        found = email.utils.parsedate_to_datetime(text or "")
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


class _Octets:
    """As much of a socket as http.client needs to read what has come already."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        """The octets as a file."""
        return io.BytesIO(self._data)
