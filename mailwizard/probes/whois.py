"""Asks registries over WHOIS (RFC 3912), found by IANA's own WHOIS server."""

import time

from mailwizard.model.shown import shown
from mailwizard.probes.registry_reply import Reply, judged
from mailwizard.probes.resolving import addresses_of
from mailwizard.probes.setting import Setting
from mailwizard.reading.whois import decoded, parse_whois, whois_server

IANA = "whois.iana.org"
MAX_REPLY = 1 << 16
WAIT_SECONDS = 4.0

# How some registries want to be asked; the others take the bare name.
_QUESTIONS = {
    "whois.denic.de": "-T dn,ace {name}",
    "whois.verisign-grs.com": "domain {name}",
    "whois.jprs.jp": "{name}/e",
}


def service(setting: Setting, domain: str) -> tuple[str, Reply]:
    """The registry's WHOIS server, "" and why not if none is known. Raises Stopped."""
    try:
        text = _exchange(setting, IANA, domain.rpartition(".")[2])
    except TimeoutError:
        return "", Reply("timeout")
    except OSError as problem:
        return "", Reply("error", detail=shown(str(problem.strerror or problem), 120))
    return whois_server(text), Reply("no-service")


def ask(setting: Setting, server: str, domain: str) -> Reply:
    """What a registry's server says of a domain. Raises Stopped."""
    try:
        text = _exchange(setting, server, _QUESTIONS.get(server, "{name}").format(name=domain))
    except TimeoutError:
        return Reply("timeout")
    except OSError as problem:
        return Reply("error", detail=shown(str(problem.strerror or problem), 120))
    read = parse_whois(text)
    if read.found is None:
        return Reply("refused" if read.limited else "error", detail=shown(text, 120))
    return judged(read, domain)


def _exchange(setting: Setting, server: str, query: str) -> str:
    """One question to the first of two addresses that answers. Raises OSError, Stopped.

    Where none does, the first one's trouble is told: the second may only be out of reach here.
    """
    addresses = addresses_of(setting, [server])[server]
    troubles: list[OSError] = []
    for address in addresses[:2]:
        try:
            return _ask(setting, address, query)
        except OSError as problem:
            troubles.append(problem)
    raise next(iter(troubles), OSError(f"no address for {server}"))


def _ask(setting: Setting, address: str, query: str) -> str:
    ends = time.monotonic() + 2 * WAIT_SECONDS
    with setting.connect(address, 43, WAIT_SECONDS) as connection:
        connection.sendall(f"{query}\r\n".encode("ascii", "ignore"))
        body = b""
        while len(body) < MAX_REPLY:
            left = ends - time.monotonic()
            if left <= 0:
                raise TimeoutError
            connection.settimeout(setting.limit(min(WAIT_SECONDS, left)))
            part = connection.recv(8192)
            if not part:
                break
            body += part
    return decoded(body[:MAX_REPLY])
