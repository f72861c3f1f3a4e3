"""Whether the configured proxy lets the web and mail programs through (HTTP CONNECT)."""

import re
import socket
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Literal
from urllib.parse import urlsplit

from mailwizard.model.seen.line import ProxyConnect
from mailwizard.model.seen.network import Link
from mailwizard.model.shown import shown
from mailwizard.probes.bounded import read_until
from mailwizard.probes.connecting import connect_fault, old_first
from mailwizard.probes.http_reply import parse_reply
from mailwizard.probes.reaching import CONNECT_SECONDS, system_lookup
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.side_by_side import SideBySide
from mailwizard.probes.tls import handshake
from mailwizard.reading.headers import raw_text

REPLY_SECONDS = 6.0  # a proxy answers after it has reached the target, or has given it up
REPLY_OCTETS = 8 * 1024
TLS_SECONDS = 4.0

# Which of several settings a program that speaks TLS would use.
_SCHEMES = ("https", "all", "http")
_SCHEME_OF_SIGN_IN = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,20}")

Outcome = Literal["silent", "closed", "garbage"]


def proxy(setting: Setting) -> None:
    """Asks the proxy for the way to an unrelated website and to two mail servers, side by side.

    Names go to the proxy as they are: it resolves them. Nothing secret is sent.
    """
    place = next(
        (found for o in setting.evidence.of(Link) if (found := place_of(o.seen.proxies))), None
    )
    if place is None:
        raise Skipped("no-proxy")
    name, port = place
    controls = setting.world.controls
    blank = ProxyConnect(
        proxy=shown(f"{name}:{port}", 200), role="web", host="", port=443, outcome="error"
    )
    wanted = [replace(blank, host=host) for host in controls.https[:1]]
    wanted += [replace(blank, role="control", host=host, port=993) for host in controls.imap[:1]]
    host, mail_port = setting.imap_server
    if host:
        wanted.append(replace(blank, role="provider", host=host, port=mail_port))
    addresses = system_lookup(setting, name).addresses if wanted else ()
    if not addresses:
        for seen in wanted:
            setting.record(replace(seen, outcome="no-address"))
        return
    address = old_first(addresses)[0]
    tasks = [partial(_asked, setting, (address, port), seen) for seen in wanted]
    for seen in SideBySide(setting, tasks).results():
        setting.record(seen)


def place_of(proxies: Mapping[str, str]) -> tuple[str, int] | None:
    """Host and port of the HTTP proxy for encrypted connections, None where none is set."""
    for scheme in _SCHEMES:
        try:
            url = urlsplit(proxies.get(scheme, ""))
            port = url.port
        except ValueError:
            continue
        if url.scheme == "http" and url.hostname:
            return url.hostname, port or 80
    return None


def _asked(setting: Setting, place: tuple[str, int], seen: ProxyConnect) -> ProxyConnect:
    started = time.monotonic()
    try:
        connection = setting.connect(*place, CONNECT_SECONDS)
    except OSError as problem:
        fault = connect_fault(problem)
        return replace(seen, outcome="error" if fault == "connected" else fault)
    with connection:
        target = f"[{seen.host}]" if ":" in seen.host else seen.host
        request = f"CONNECT {target}:{seen.port} HTTP/1.1\r\nHost: {target}:{seen.port}\r\n\r\n"
        try:
            connection.settimeout(setting.limit(CONNECT_SECONDS))
            connection.sendall(request.encode("ascii"))
        except TimeoutError:
            return replace(seen, outcome="silent")
        except (OSError, UnicodeError):
            return replace(seen, outcome="closed")
        data, ended = read_until(setting, connection, _enough, REPLY_SECONDS, REPLY_OCTETS)
        reply = parse_reply(data, "CONNECT") if _headers_ended(data) else None
        if reply is None:
            return replace(seen, outcome=_without_reply(data, ended), body=shown(data, 200))
        seen = replace(
            seen,
            outcome="reply",
            status=reply.status,
            reason=shown(raw_text(reply.reason), 100),
            wants=_ways_to_sign_in(reply.headers.get_all("Proxy-Authenticate", [])),
            body=shown(reply.body.lstrip(b"\r\n"), 200),
            milliseconds=round((time.monotonic() - started) * 1000, 1),
        )
        return _through(setting, connection, seen) if seen.opened else seen


def _through(setting: Setting, connection: socket.socket, seen: ProxyConnect) -> ProxyConnect:
    """The handshake with the target: only that proves that the way is open."""
    secured = handshake(setting, connection, seen.host, seconds=TLS_SECONDS)
    if secured.connection is not None:
        secured.connection.close()
    return replace(seen, tls=secured.outcome)


def _without_reply(data: bytes, ended: str) -> Outcome:
    if data and (ended in ("", "endless") or not b"HTTP/".startswith(data[:5])):
        return "garbage"
    return "silent" if ended == "silent" else "closed"


def _enough(data: bytes) -> bool:
    """Whether all headers have come; what is no HTTP from its beginning is enough at once."""
    return _headers_ended(data) or (len(data) >= 5 and not data.startswith(b"HTTP/"))


def _headers_ended(data: bytes) -> bool:
    return b"\r\n\r\n" in data or b"\n\n" in data


def _ways_to_sign_in(headers: list[str]) -> tuple[str, ...]:
    """The schemes that Proxy-Authenticate names first (RFC 9110, section 11.7.1), at most 5."""
    found = [_SCHEME_OF_SIGN_IN.match(value.strip()) for value in headers]
    return tuple(dict.fromkeys(match[0] for match in found if match))[:5]
