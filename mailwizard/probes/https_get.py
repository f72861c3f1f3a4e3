"""A small HTTPS GET: verified TLS, bounded size, through the world's one door."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urljoin, urlsplit

from mailwizard.model.shown import shown
from mailwizard.probes.resolving import addresses_of
from mailwizard.probes.setting import Setting
from mailwizard.probes.time_out import no_longer_than

HTTPS = 443
MAX_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = {"User-Agent": "mailwizard", "Connection": "close"}

Trouble = Literal["http-error", "tls", "timeout", "unreachable", "no-address", "garbage"]


@dataclass(frozen=True, slots=True)
class Got:
    """A complete reply: its status, its body and its media type (lower case, no parameters).

    ``location`` is where a redirect that was not followed leads, shown safely; ``last_modified``
    the page's own date, UTC.
    """

    status: int
    body: bytes
    media_type: str
    location: str = ""
    last_modified: datetime | None = None


class NoReply(Exception):
    """There was no usable reply. ``trouble`` classifies why; the text is safe to show.

    ``verify`` is the verifier's code (OpenSSL's X509_V_ERR_*) for a certificate that it refused.
    """

    def __init__(self, trouble: Trouble, detail: str = "", verify: int = 0) -> None:
        super().__init__(shown(detail, 200))
        self.trouble: Trouble = trouble
        self.verify = verify


def https_get(
    setting: Setting,
    url: str,
    *,
    limit: int,
    redirects: int = MAX_REDIRECTS,
    seconds: float = 6.0,
    headers: Mapping[str, str] | None = None,
) -> Got:
    """Fetches an https URL; a body above ``limit`` octets is garbage.

    ``seconds`` bounds each wait, twice that each address tried, ``setting`` the whole. With
    ``redirects`` 0 a redirect is given back as it is. Raises NoReply, Stopped.
    """
    for _hop in range(redirects + 1):
        host, port, target = _place(url)
        got, location = _once(setting, host, port, target, limit, seconds, headers)
        if got.status not in _REDIRECTS or not location or redirects == 0:
            return got
        url = _joined(url, location)
    raise NoReply("http-error", "too many redirects")


def _place(url: str) -> tuple[str, int, str]:
    """Host, port, and what to ask there. Raises NoReply where the URL is none, or not https."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or HTTPS
    except ValueError as problem:
        raise NoReply("garbage", f"not an address: {url}") from problem
    if parts.scheme != "https" or not host:
        raise NoReply("garbage", f"not an https address: {url}")
    return host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as problem:
        raise NoReply("garbage", f"not an address: {location}") from problem


def _once(
    setting: Setting,
    host: str,
    port: int,
    target: str,
    limit: int,
    seconds: float,
    headers: Mapping[str, str] | None,
) -> tuple[Got, str]:
    addresses = addresses_of(setting, [host])[host]
    if not addresses:
        raise NoReply("no-address", host)
    trouble = NoReply("unreachable", host)
    # An IPv6 address that leads nowhere must not hide an IPv4 one that does; two are enough.
    for address in addresses[:2]:
        try:
            return _ask(setting, host, address, port, target, limit, seconds, headers)
        except NoReply as problem:
            trouble = problem
            if problem.trouble not in ("unreachable", "timeout"):
                break
    raise trouble


def _ask(
    setting: Setting,
    host: str,
    address: str,
    port: int,
    target: str,
    limit: int,
    seconds: float,
    headers: Mapping[str, str] | None,
) -> tuple[Got, str]:
    try:
        with setting.connect(address, port, seconds) as plain:
            plain.settimeout(setting.limit(seconds))
            context = setting.world.tls_context()
            wrapped = context.wrap_socket(
                plain, server_hostname=host, do_handshake_on_connect=False
            )
            # A server that drips, or floods us with interim replies, must not hold us.
            with wrapped, no_longer_than(wrapped, setting.limit(2 * seconds)):
                setting.guard(wrapped)
                wrapped.do_handshake()
                wrapped.settimeout(setting.limit(seconds))
                connection = http.client.HTTPConnection(host, port)
                connection.sock = wrapped
                # Some servers do not know themselves under a name with the usual port behind it.
                named = {"Host": host if port == HTTPS else f"{host}:{port}"}
                connection.request("GET", target, headers={**_HEADERS, **named, **(headers or {})})
                reply = connection.getresponse()
                body = reply.read(limit + 1)
                if len(body) > limit:
                    raise NoReply("garbage", f"more than {limit} octets")
                if reply.length:  # announced, and not come
                    raise NoReply("garbage", "cut short")
                kind = (reply.getheader("Content-Type") or "").partition(";")[0].strip().lower()
                location = reply.getheader("Location") or ""
                dated = _date(reply.getheader("Last-Modified") or "")
                return Got(reply.status, body, kind, shown(location, 300), dated), location
    except TimeoutError as problem:
        raise NoReply("timeout") from problem
    except (ssl.SSLError, ssl.CertificateError) as problem:
        verify = getattr(problem, "verify_code", 0)
        words = getattr(problem, "verify_message", "") or getattr(problem, "reason", "")
        raise NoReply("tls", words or str(problem), verify) from problem
    except OSError as problem:
        raise NoReply("unreachable", str(problem.strerror or problem)) from problem
    except (http.client.HTTPException, ValueError) as problem:
        raise NoReply("garbage", type(problem).__name__) from problem


def _date(text: str) -> datetime | None:
    """An HTTP date (RFC 9110 section 5.6.7) in UTC; None where it is none."""
    try:
        read = parsedate_to_datetime(text[:100])
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
