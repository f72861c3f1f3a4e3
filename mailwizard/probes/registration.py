"""Whether a domain is registered and paid for: RDAP, and WHOIS where a registry has no RDAP."""

import time
from dataclasses import dataclass
from typing import Literal

from mailwizard.model.seen.dns import Registration
from mailwizard.model.shown import shown
from mailwizard.probes.https_get import NoReply, https_get
from mailwizard.probes.resolving import addresses_of
from mailwizard.probes.setting import Setting
from mailwizard.reading.registration import (
    Registered,
    Unreadable,
    decoded,
    parse_rdap,
    parse_whois,
    rdap_base,
    whois_server,
)

IANA_WHOIS = "whois.iana.org"
MAX_BOOTSTRAP = 1 << 20
MAX_REPLY = 1 << 18
MAX_WHOIS = 1 << 16
WAIT_SECONDS = 4.0

# Below these labels of a country's domain, companies register (example.com.cn, example.co.uk).
_SECOND_LEVEL = frozenset(
    ("ac", "co", "com", "edu", "gob", "gov", "go", "ltd", "me", "mil", "ne", "net", "or", "org")
)

Outcome = Literal["found", "not-found", "no-service", "refused", "timeout", "error"]
About = Literal["own", "sender"]


@dataclass(frozen=True, slots=True)
class _Reply:
    outcome: Outcome
    registered: Registered | None = None
    detail: str = ""


def own(setting: Setting) -> None:
    """Looks up the user's mail domain, or the registered domain above it.

    Records one Registration for each domain and source asked. Raises Stopped.
    """
    look_up(setting, setting.case.domain, "own")


def look_up(setting: Setting, domain: str, about: About) -> None:
    """The registration of a domain, or of the nearest registered one above it. Raises Stopped."""
    base, trouble = _rdap_service(setting, domain)
    if base:
        reply = _NOTHING
        for name in candidates(domain):
            reply = _ask_rdap(setting, base, name)
            _record(setting, name, "rdap", about, reply)
            if reply.outcome != "not-found":
                break
        if reply.outcome in ("found", "not-found"):
            return
    elif trouble is not None:
        _record(setting, domain, "rdap", about, trouble)
    server, problem = _whois_service(setting, domain)
    if not server:
        _record(setting, domain, "whois", about, problem)
        return
    for name in candidates(domain):
        reply = _ask_whois(setting, server, name)
        _record(setting, name, "whois", about, reply)
        if reply.outcome != "not-found":
            return


_NOTHING = _Reply("no-service")


def candidates(domain: str) -> list[str]:
    """The domain, then with one label less each, down to what can be registered."""
    labels = domain.split(".")
    names = [".".join(labels[cut:]) for cut in range(len(labels) - 1)]
    return [names[0], *(name for name in names[1:] if not _is_public(name))]


def _is_public(name: str) -> bool:
    first, _, rest = name.partition(".")
    return len(rest) == 2 and first in _SECOND_LEVEL


def _record(
    setting: Setting, domain: str, source: Literal["rdap", "whois"], about: About, reply: _Reply
) -> None:
    read = reply.registered or Registered(found=None)
    setting.record(
        Registration(
            domain=domain,
            source=source,
            about=about,
            outcome=reply.outcome,
            status=read.status,
            expires=read.expires,
            registrar=read.registrar,
            name_servers=read.name_servers,
            detail=reply.detail,
        )
    )


def _rdap_service(setting: Setting, domain: str) -> tuple[str, _Reply | None]:
    """The registry's RDAP address; else why there is none (None: the registry has no RDAP)."""
    bootstrap = setting.world.controls.rdap_bootstrap
    if not bootstrap:
        return "", None
    try:
        got = https_get(setting, bootstrap, limit=MAX_BOOTSTRAP, seconds=WAIT_SECONDS)
        if got.status != 200:
            return "", _Reply("error", detail=f"HTTP {got.status}")
        return rdap_base(got.body, domain), None
    except NoReply as problem:
        return "", _failed(problem)
    except Unreadable as problem:
        return "", _Reply("error", detail=shown(str(problem), 120))


def _ask_rdap(setting: Setting, base: str, domain: str) -> _Reply:
    try:
        got = https_get(
            setting,
            f"{base}domain/{domain}",
            limit=MAX_REPLY,
            seconds=WAIT_SECONDS,
            headers={"Accept": "application/rdap+json"},
        )
        if got.status == 404 or (got.status == 400 and domain.count(".") > 1):
            # Some registries call a name with more labels than they register a bad request.
            return _Reply("not-found", detail=f"HTTP {got.status}")
        if got.status in (401, 403, 429):
            return _Reply("refused", detail=f"HTTP {got.status}")
        if got.status != 200:
            return _Reply("error", detail=f"HTTP {got.status}")
        return _Reply("found", parse_rdap(got.body))
    except NoReply as problem:
        return _failed(problem)
    except Unreadable as problem:
        return _Reply("error", detail=shown(str(problem), 120))


def _failed(problem: NoReply) -> _Reply:
    outcome: Outcome = "timeout" if problem.trouble == "timeout" else "error"
    return _Reply(outcome, detail=f"{problem.trouble} {problem}".strip())


def _whois_service(setting: Setting, domain: str) -> tuple[str, _Reply]:
    try:
        text = _whois(setting, IANA_WHOIS, domain.rpartition(".")[2])
    except TimeoutError:
        return "", _Reply("timeout")
    except OSError as problem:
        return "", _Reply("error", detail=shown(str(problem.strerror or problem), 120))
    return whois_server(text), _NOTHING


def _ask_whois(setting: Setting, server: str, domain: str) -> _Reply:
    try:
        text = _whois(setting, server, domain)
    except TimeoutError:
        return _Reply("timeout")
    except OSError as problem:
        return _Reply("error", detail=shown(str(problem.strerror or problem), 120))
    read = parse_whois(text)
    if read.found is None:
        return _Reply("refused", detail=shown(text, 120))
    return _Reply("found" if read.found else "not-found", read)


def _whois(setting: Setting, server: str, query: str) -> str:
    """One WHOIS question (RFC 3912). Raises OSError, Stopped."""
    addresses = addresses_of(setting, [server])[server]
    if not addresses:
        raise OSError(f"no address for {server}")
    ends = time.monotonic() + 2 * WAIT_SECONDS
    with setting.connect(addresses[0], 43, WAIT_SECONDS) as connection:
        connection.sendall(f"{query}\r\n".encode("ascii", "ignore"))
        body = b""
        while len(body) < MAX_WHOIS:
            left = ends - time.monotonic()
            if left <= 0:
                raise TimeoutError
            connection.settimeout(setting.limit(min(WAIT_SECONDS, left)))
            part = connection.recv(8192)
            if not part:
                break
            body += part
    return decoded(body)
