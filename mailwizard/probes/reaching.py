"""Looking a host up, connecting to it, hearing what it says first: shared by the network probes."""

import socket
import threading
import time
from dataclasses import replace
from functools import partial
from typing import Literal

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, StartTls, SystemLookup, Tls
from mailwizard.model.shown import shown
from mailwizard.probes.asking import About, Question, ask
from mailwizard.probes.bounded import first_line
from mailwizard.probes.certificates import likely_names
from mailwizard.probes.connecting import connect_fault
from mailwizard.probes.setting import Setting, Stopped
from mailwizard.probes.side_by_side import SideBySide
from mailwizard.probes.small_hello import small_hello
from mailwizard.probes.starttls import PLAIN_PORT, ask_for_tls
from mailwizard.probes.tls import handshake

LOOKUP_SECONDS = 3.0
LOOKUP_MOMENT = 1.0  # what a look-up takes at most where the name service is in order
PUBLIC_SECONDS = 2.4
CONNECT_SECONDS = 4.0
GREETING_SECONDS = 8.0
PUBLIC_ASKED = 3

HELLO_RESERVE = 4.5  # left of the probe's time, for a connection and its answer
FIT_NAMES = 4
FIT_SECONDS = 2.0
FIT_RESERVE = 3.0  # left of the probe's time, to record what was seen until then

# What the lack of STARTTLS means for TLS; a server that said nothing yet was not asked for it.
_WITHOUT_STARTTLS: dict[StartTls, Tls] = {
    "not-offered": "plaintext",
    "refused": "plaintext",
    "injected": "error",
    "silent": "timeout",
    "broken": "closed",
    "garbled": "error",
}

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

    The public ones are asked as soon as this computer's look-up has failed or takes long. Gives the
    look-up, the public answers that were waited for, and the addresses. Raises Stopped.
    """
    ended = threading.Event()

    def look_up() -> SystemLookup:
        try:
            return system_lookup(setting, host)
        finally:
            ended.set()

    work: SideBySide[SystemLookup | DnsAnswer] = SideBySide(setting, [look_up])
    quick = ended.wait(LOOKUP_MOMENT)
    looked_up: SystemLookup | None = None
    answers: list[DnsAnswer] = []

    def ask_public() -> None:
        for server in setting.world.controls.resolvers[:PUBLIC_ASKED]:
            question = Question(via="public", about=about, server=server, name=host, rtype="A")
            work.start(partial(ask, setting, question, PUBLIC_SECONDS))

    if not quick:
        ask_public()
    for seen in work.results():
        if isinstance(seen, DnsAnswer):
            answers.append(seen)
            continue
        looked_up = seen
        if seen.addresses:
            return seen, tuple(answers), seen.addresses
        if quick:
            ask_public()
    if looked_up is None:
        raise Stopped
    addresses = tuple(dict.fromkeys(a for answer in answers for a in answer.records))
    return looked_up, tuple(answers), addresses


def try_endpoint(setting: Setting, endpoint: Endpoint, say: Say = "greeting") -> Endpoint:
    """One address tried as far as it goes: TCP; with ``tls`` the handshake; then its first line.

    On IMAP's old port the greeting comes first, in plain text, then STARTTLS. ``endpoint`` tells
    whom (role, service, host, address, port). Raises Stopped.
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
    in_plain = endpoint.port == PLAIN_PORT
    if in_plain:
        upgrade = ask_for_tls(setting, connection, GREETING_SECONDS)
        endpoint = replace(
            endpoint,
            spoke=bool(upgrade.greeting),
            greeting=upgrade.greeting,
            starttls=upgrade.state,
            tls=_WITHOUT_STARTTLS.get(upgrade.state, ""),
        )
        if upgrade.state != "ready":
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
        verify=secured.verify,
        offers=secured.offers,
    )
    if secured.connection is None:
        if secured.outcome == "name" and endpoint.role == "provider":
            return replace(endpoint, fits=_names_that_fit(setting, endpoint))
        if secured.outcome == "timeout" and not in_plain and setting.remaining() > HELLO_RESERVE:
            answer = small_hello(setting, *place, endpoint.host)
            return replace(endpoint, small_hello=answer)
        return endpoint
    with secured.connection as safe:
        if say != "greeting" or in_plain:  # after STARTTLS no second greeting comes
            return endpoint
        line, ended = first_line(setting, safe, GREETING_SECONDS)
        spoke = bool(line) or not ended
        return replace(endpoint, spoke=spoke, greeting=shown(line, 200), detail=ended)


def _names_that_fit(setting: Setting, endpoint: Endpoint) -> tuple[str, ...]:
    """Names in the leaf that lead to this very address, and under which it proves itself.

    Nothing but a handshake is made. Raises Stopped.
    """
    candidates = likely_names(endpoint.chain[0], endpoint.host) if endpoint.chain else ()

    def fits(name: str) -> str:
        found = system_lookup(setting, name, FIT_SECONDS)
        if endpoint.address not in found.addresses:
            return ""
        return name if _proves_itself(setting, endpoint, name) else ""

    part = replace(setting.part(), remaining=lambda: setting.remaining() - FIT_RESERVE)
    work: SideBySide[str] = SideBySide(
        part, [partial(fits, name) for name in candidates[:FIT_NAMES]]
    )
    try:
        proven = set(work.results())
    except Stopped:
        if setting.stopped:
            raise
        proven = set()
    return tuple(name for name in candidates if name in proven)


def _proves_itself(setting: Setting, endpoint: Endpoint, name: str) -> bool:
    """Whether the certificate there is verified for another name. Raises Stopped."""
    try:
        connection = setting.connect(endpoint.address, endpoint.port, FIT_SECONDS)
    except OSError:
        return False
    in_plain = endpoint.port == PLAIN_PORT
    if in_plain and ask_for_tls(setting, connection, FIT_SECONDS).state != "ready":
        connection.close()
        return False
    secured = handshake(setting, connection, name, seconds=FIT_SECONDS)
    if secured.connection is None:
        return False
    secured.connection.close()
    return True
