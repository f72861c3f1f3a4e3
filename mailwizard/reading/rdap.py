"""Registration data as JSON: RDAP's domain objects (RFC 9083) and its bootstrap (RFC 9224)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from mailwizard.model.shown import shown
from mailwizard.reading.registration import (
    MAX_SERVERS,
    MAX_STATUS,
    Registered,
    host_name,
    parse_time,
    rdap_status,
)

MAX_SERVICES = 3


class Unreadable(ValueError):
    """The reply is not what RFC 9083 or RFC 9224 say it should be."""


def rdap_bases(bootstrap: bytes, domain: str) -> tuple[str, ...]:
    """The registry's RDAP addresses for a domain, each ending in "/"; () if it has none.

    Those of the longest suffix, in the registry's order, over https only. Raises Unreadable.
    """
    labels = domain.lower().split(".")
    suffixes = [".".join(labels[cut:]) for cut in range(len(labels))]
    best: tuple[int, tuple[str, ...]] = (len(suffixes), ())
    services = _object(bootstrap).get("services")
    if not isinstance(services, list):
        raise Unreadable("no list of services")
    for service in services:
        if not isinstance(service, list) or len(service) < 2:
            continue
        names = {n.lower() for n in _list(service[0]) if isinstance(n, str)}
        urls = [u for u in _list(service[1]) if isinstance(u, str) and _is_https(u)]
        for rank, suffix in enumerate(suffixes[: best[0]]):
            if suffix in names and urls:
                bases = dict.fromkeys(url.rstrip("/") + "/" for url in urls)
                best = (rank, tuple(bases)[:MAX_SERVICES])
                break
    return best[1]


def parse_rdap(body: bytes) -> Registered:
    """A domain object of RDAP. Raises Unreadable."""
    data = _object(body)
    if data.get("objectClassName") != "domain":
        raise Unreadable("not a domain object")
    expires: datetime | None = None
    for event in _objects(data.get("events")):
        if event.get("eventAction") == "expiration" and isinstance(event.get("eventDate"), str):
            expires = parse_time(event["eventDate"]) or expires
    names = [
        _full_name(entity)
        for entity in _objects(data.get("entities"))
        if "registrar" in _list(entity.get("roles"))
    ]
    servers = (_name(server) for server in _objects(data.get("nameservers")))
    return Registered(
        found=True,
        domain=_name(data),
        status=tuple(
            dict.fromkeys(
                rdap_status(status)
                for status in _list(data.get("status"))[:MAX_STATUS]
                if isinstance(status, str)
            )
        ),
        expires=expires,
        registrar=next((name for name in names if name), ""),
        name_servers=tuple(dict.fromkeys(name for name in servers if name))[:MAX_SERVERS],
    )


def _name(entry: Mapping[str, Any]) -> str:
    """The name of an object, in A-labels."""
    for key in ("ldhName", "unicodeName"):
        value = entry.get(key)
        if isinstance(value, str) and (name := host_name(value)):
            return name
    return ""


def _full_name(entity: Mapping[str, Any]) -> str:
    """The "fn" (else the "org") of a jCard (RFC 7095), else the handle."""
    card = _list(entity.get("vcardArray"))
    fields = [f for f in _list(card[1])[:100] if isinstance(f, list)] if len(card) > 1 else []
    for wanted in ("fn", "org"):
        for field in fields:
            told = field[3] if len(field) > 3 and field[0] == wanted else None
            if isinstance(told, str) and (name := shown(told, 120)):
                return name
    handle = entity.get("handle")
    return shown(handle, 120) if isinstance(handle, str) else ""


def _object(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("not JSON") from problem
    if not isinstance(data, dict):
        raise Unreadable("not a JSON object")
    return data


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in _list(value)[:500] if isinstance(entry, dict)]


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        return False
