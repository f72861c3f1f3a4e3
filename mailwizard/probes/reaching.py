"""Looking a host up, connecting to it, hearing what it says first: shared by the network probes."""

import socket
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, SystemLookup
from mailwizard.model.shown import shown
from mailwizard.probes.asking import About, Question, ask
from mailwizard.probes.connecting import connect_fault
from mailwizard.probes.setting import Setting, Stopped
from mailwizard.probes.side_by_side import SideBySide
from mailwizard.probes.tls import handshake

LOOKUP_SECONDS = 3.0
PUBLIC_SECONDS = 2.4
CONNECT_SECONDS = 4.0
GREETING_SECONDS = 8.0
GREETING_OCTETS = 4096
PUBLIC_ASKED = 3

Say = Literal["", "tls", "greeting"]


def system_lookup(setting: Setting, host: str, seconds: float = LOOKUP_SECONDS) -> SystemLookup:
    """How this computer itself resolves a host. Raises Stopped."""
    limit = setting.limit(seconds)
    try:
        found = setting.world.addresses(host, limit)
    except TimeoutError:
        return SystemLookup(host=host, outcome="timeout")
    except socket.gaierror as problem:
        missing = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
        if problem.errno in missing:
            return SystemLookup(host=host, outcome="no-name")
        return SystemLookup(
            host=host,
            outcome="temporary" if problem.errno == socket.EAI_AGAIN else "error",
            detail=shown(str(problem.strerror or problem), 200),
        )
    except OSError as problem:
        return SystemLookup(host=host, outcome="error", detail=shown(str(problem), 200))
    return SystemLookup(host=host, outcome="answer", addresses=tuple(found[:20]))


def find_host(
    setting: Setting, host: str, about: About = "control"
) -> tuple[SystemLookup, tuple[DnsAnswer, ...], tuple[str, ...]]:
    """A host's addresses: as this computer resolves it, else as public resolvers do.

    Gives the look-up, the public answers that were needed, and the addresses. Raises Stopped.
    """
    looked_up = system_lookup(setting, host)
    if looked_up.addresses:
        return looked_up, (), looked_up.addresses
    asked = SideBySide(
        setting,
        [
            partial(
                ask,
                setting,
                Question(via="public", about=about, server=server, name=host, rtype="A"),
                PUBLIC_SECONDS,
            )
            for server in setting.world.controls.resolvers[:PUBLIC_ASKED]
        ],
    )
    answers = tuple(asked.results())
    addresses = tuple(dict.fromkeys(a for answer in answers for a in answer.records))
    return looked_up, answers, addresses


def try_endpoint(setting: Setting, endpoint: Endpoint, say: Say = "greeting") -> Endpoint:
    """One address tried as far as it goes: TCP; with ``tls`` the handshake; then its first line.

    ``endpoint`` tells whom (role, service, host, address, port). Raises Stopped.
    """
    started = time.monotonic()
    try:
        connection = setting.connect(endpoint.address, endpoint.port, CONNECT_SECONDS)
    except OSError as problem:
        return replace(
            endpoint, connect=connect_fault(problem), detail=shown(str(problem.strerror or ""), 200)
        )
    milliseconds = round((time.monotonic() - started) * 1000, 1)
    endpoint = replace(endpoint, connect="connected", connect_ms=milliseconds)
    if not say:
        connection.close()
        return endpoint
    place = (endpoint.address, endpoint.port)
    secured = handshake(setting, connection, endpoint.host, again=place)
    endpoint = replace(
        endpoint,
        tls=secured.outcome,
        tls_ms=secured.milliseconds,
        tls_version=secured.version,
        chain=secured.chain,
        detail=secured.detail,
    )
    if secured.connection is None:
        return endpoint
    with secured.connection as safe:
        if say != "greeting":
            return endpoint
        line, ended = first_line(setting, safe, GREETING_SECONDS)
        spoke = bool(line) or not ended
        return replace(endpoint, spoke=spoke, greeting=shown(line, 200), detail=ended)


def first_line(setting: Setting, connection: socket.socket, seconds: float) -> tuple[bytes, str]:
    """The first line that the other side says, without its end, and why it is no whole line.

    The second is "" for a whole line, ``silent`` (time was over), ``closed``, ``reset``, or
    ``endless`` (no line end within 4096 octets). Raises Stopped.
    """
    data, ended = read_until(
        setting, connection, lambda so_far: b"\n" in so_far, seconds, GREETING_OCTETS
    )
    line, found, _rest = data.partition(b"\n")
    return line.rstrip(b"\r"), "" if found else ended


def read_until(
    setting: Setting,
    connection: socket.socket,
    done: Callable[[bytes], bool],
    seconds: float,
    octets: int,
) -> tuple[bytes, str]:
    """Reads until ``done``, the time in all is over, or there are ``octets``; and why it ended.

    The reasons are those of ``first_line``. Raises Stopped.
    """
    ends = time.monotonic() + setting.limit(seconds)
    data = b""
    while not done(data):
        remaining = ends - time.monotonic()
        if remaining <= 0:
            return data, "silent"
        if len(data) >= octets:
            return data, "endless"
        connection.settimeout(remaining)
        try:
            more = connection.recv(min(4096, octets - len(data)))
        except TimeoutError:
            return data, "silent"
        except OSError:
            if setting.stopped:
                raise Stopped from None
            return data, "reset"
        if not more:
            if setting.stopped:
                raise Stopped
            return data, "closed"
        data += more
    return data, ""
