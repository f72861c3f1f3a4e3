"""The web, to compare: sign-in pages of Wi-Fi networks, encrypted sites, the time of day."""

import socket
import time
from dataclasses import replace
from functools import partial
from typing import Literal
from urllib.parse import urlsplit

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Connect, HttpReply, SystemLookup
from mailwizard.model.shown import shown
from mailwizard.probes.bounded import read_until
from mailwizard.probes.connecting import connect_fault, old_first
from mailwizard.probes.http_reply import http_date, parse_reply
from mailwizard.probes.reaching import CONNECT_SECONDS, find_host
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.side_by_side import SideBySide
from mailwizard.probes.tls import handshake

REPLY_SECONDS = 4.0
REPLY_OCTETS = 16 * 1024

Seen = HttpReply | SystemLookup | DnsAnswer


def portal(setting: Setting) -> None:
    """Asks each control over plain HTTP, and follows nothing: what the line makes of it counts."""
    controls = setting.world.controls.portals
    if not controls:
        raise Skipped("no-controls")
    wanted = [
        HttpReply(
            purpose="portal",
            url=control.url,
            outcome="error",
            expected_status=control.status,
            expected_body=control.body,
        )
        for control in controls
    ]
    _all(setting, wanted)


def https(setting: Setting) -> None:
    """Asks each control host for its front page's headers, over verified TLS."""
    hosts = setting.world.controls.https
    if not hosts:
        raise Skipped("no-controls")
    _all(
        setting,
        [HttpReply(purpose="https", url=f"https://{host}/", outcome="error") for host in hosts],
    )


def _all(setting: Setting, wanted: list[HttpReply]) -> None:
    work: SideBySide[list[Seen]] = SideBySide(setting)
    for reply in wanted:
        work.start(partial(_one, setting, reply))
    for several in work.results():
        for seen in several:
            setting.record(seen)


def _one(setting: Setting, reply: HttpReply) -> list[Seen]:
    url = urlsplit(reply.url)
    host = url.hostname or ""
    port = url.port or (443 if url.scheme == "https" else 80)
    looked_up, answers, addresses = find_host(setting, host)
    if not addresses:
        return [looked_up, *answers, replace(reply, outcome="no-address")]
    address = old_first(addresses)[0]
    reply = replace(reply, address=address)
    started = time.monotonic()
    try:
        connection = setting.connect(address, port, CONNECT_SECONDS)
    except OSError as problem:
        return [looked_up, *answers, replace(reply, outcome=_outcome(connect_fault(problem)))]
    reply = replace(reply, connect_ms=round((time.monotonic() - started) * 1000, 1))
    if url.scheme == "https":
        secured = handshake(setting, connection, host, again=(address, port))
        reply = replace(
            reply, tls=secured.outcome, chain=secured.chain, detail=secured.detail, outcome="tls"
        )
        if secured.connection is None:
            return [looked_up, *answers, reply]
        connection = secured.connection
    with connection:
        return [looked_up, *answers, _asked(setting, connection, reply, host, url.path or "/")]


def _outcome(fault: Connect) -> Literal["refused", "timeout", "unreachable", "reset", "error"]:
    return "error" if fault == "connected" or fault == "no-address" else fault


def _asked(
    setting: Setting, connection: socket.socket, reply: HttpReply, host: str, path: str
) -> HttpReply:
    method = "HEAD" if reply.purpose == "https" else "GET"
    request = (
        f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: mailwizard\r\n"
        "Accept: */*\r\nConnection: close\r\n\r\n"
    )
    try:
        connection.settimeout(setting.limit(REPLY_SECONDS))
        connection.sendall(request.encode("ascii"))
    except TimeoutError:
        return replace(reply, outcome="timeout")
    except (OSError, UnicodeError):
        return replace(reply, outcome="reset")
    data, ended = read_until(
        setting,
        connection,
        lambda so_far: _complete(so_far, method),
        REPLY_SECONDS,
        REPLY_OCTETS,
    )
    local = setting.world.now()
    message = parse_reply(data, method)
    if message is None:
        outcome: Literal["timeout", "reset", "error"] = "error"
        if not data:
            outcome = "timeout" if ended == "silent" else "reset"
        return replace(reply, outcome=outcome, body=shown(data, 200))
    return replace(
        reply,
        outcome="reply",
        status=message.status,
        location=shown(message.headers.get("Location") or "", 300),
        body=shown(message.body, 200),
        date=http_date(message.headers.get("Date")),
        local=local,
    )


def _complete(data: bytes, method: str) -> bool:
    """Whether a reply is there as far as it matters: its headers, and a body of known length."""
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        return False
    lines = head.lower().split(b"\r\n")
    status = lines[0].split(b" ")[1:2]
    if method == "HEAD" or status in ([b"204"], [b"304"]):
        return True
    for line in lines[1:]:
        name, _colon, value = line.partition(b":")
        if name == b"content-length":
            return len(body) >= int(value) if value.strip().isdigit() else True
        if name == b"transfer-encoding" and b"chunked" in value:
            return b"\r\n0\r\n" in b"\r\n" + body
    return False
