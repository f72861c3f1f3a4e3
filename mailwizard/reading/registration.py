"""Registration data as published: RDAP's JSON (RFC 9083) and the many forms of WHOIS text."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from mailwizard.model.shown import shown

MAX_STATUS = 20
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What was read. ``found`` None: the text says neither that it exists nor that it does not."""

    found: bool | None
    status: tuple[str, ...] = ()
    expires: datetime | None = None
    registrar: str = ""
    name_servers: tuple[str, ...] = ()


class Unreadable(ValueError):
    """The reply is not what RFC 9083 or RFC 9224 say it should be."""


def rdap_base(bootstrap: bytes, domain: str) -> str:
    """The registry's RDAP address for a domain, ending in "/"; "" if none (RFC 9224).

    Raises Unreadable.
    """
    data = _object(bootstrap)
    labels = domain.lower().split(".")
    suffixes = [".".join(labels[cut:]) for cut in range(len(labels))]
    best: tuple[int, str] = (len(suffixes), "")
    services = data.get("services")
    for service in services if isinstance(services, list) else []:
        if not isinstance(service, list) or len(service) < 2:
            continue
        names = [n.lower() for n in _list(service[0]) if isinstance(n, str)]
        urls = [u for u in _list(service[1]) if isinstance(u, str) and _is_https(u)]
        for rank, suffix in enumerate(suffixes):
            if suffix in names and urls and rank < best[0]:
                best = (rank, urls[0].rstrip("/") + "/")
    return best[1]


def parse_rdap(body: bytes) -> Registered:
    """A domain object of RDAP. Raises Unreadable."""
    data = _object(body)
    if data.get("objectClassName") != "domain":
        raise Unreadable("not a domain object")
    expires: datetime | None = None
    for event in _objects(data.get("events")):
        if event.get("eventAction") == "expiration":
            expires = parse_time(str(event.get("eventDate", "")))
    names = [
        _full_name(entity)
        for entity in _objects(data.get("entities"))
        if "registrar" in _list(entity.get("roles"))
    ]
    return Registered(
        found=True,
        status=tuple(
            shown(status.lower(), 60)
            for status in _list(data.get("status"))[:MAX_STATUS]
            if isinstance(status, str)
        ),
        expires=expires,
        registrar=next((name for name in names if name), ""),
        name_servers=tuple(
            shown(name.lower().rstrip("."), 255)
            for server in _objects(data.get("nameservers"))[:MAX_STATUS]
            if isinstance(name := server.get("ldhName"), str)
        ),
    )


def _full_name(entity: Mapping[str, Any]) -> str:
    """The "fn" of a jCard (RFC 7095), else the handle."""
    card = _list(entity.get("vcardArray"))
    for field in _list(card[1]) if len(card) > 1 else []:
        if isinstance(field, list) and len(field) > 3 and field[0] == "fn":
            return shown(str(field[3]), 120)
    return shown(str(entity.get("handle") or ""), 120)


_NOT_FOUND = re.compile(
    r"^(?:%\s*)?(?:no match|not found|no data found|no entries found|no matching record|"
    r"no object found|domain not found|status:\s*(?:free|available)|the queried object does not"
    r"|domain name not known|nothing found|this domain is not registered)",
    re.IGNORECASE | re.MULTILINE,
)
_EXPIRES = re.compile(
    r"^\s*(?:registry expiry date|registrar registration expiration date"
    r"|expir(?:y|ation) (?:date|time)|expires(?: on)?|expire(?:[ -]date)?|paid-till"
    r"|renewal date|valid until)\s*[:.]+\s*(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS = re.compile(
    r"^\s*(?:domain )?(?:status|state)\s*:\s*(\S.*)$", re.IGNORECASE | re.MULTILINE
)
_REGISTRAR = re.compile(
    r"^\s*(?:sponsoring registrar|registrar(?: name)?)\s*:\s*(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_SERVERS = re.compile(
    r"^\s*(?:name server|nserver|nameserver)s?\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE
)
_EXISTS = re.compile(r"^\s*domain(?: name)?\s*:\s*\S", re.IGNORECASE | re.MULTILINE)
_REFERRAL = re.compile(r"^\s*(?:whois|refer)\s*:\s*([a-z0-9.-]+)\s*$", re.IGNORECASE | re.MULTILINE)


def decoded(body: bytes) -> str:
    """WHOIS has no declared character set: UTF-8, else the Chinese one."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def whois_server(text: str) -> str:
    """The WHOIS server that IANA names for a top-level domain; "" if none."""
    match = _REFERRAL.search(text)
    return match[1].lower() if match else ""


def parse_whois(text: str) -> Registered:
    """A registry's WHOIS reply about one domain, as far as its form is known."""
    if _NOT_FOUND.search(text):
        return Registered(found=False)
    if not _EXISTS.search(text):
        return Registered(found=None)
    expires = next(
        (t for match in _EXPIRES.finditer(text) if (t := parse_time(match[1])) is not None), None
    )
    registrar = _REGISTRAR.search(text)
    return Registered(
        found=True,
        status=tuple(dict.fromkeys(rdap_status(match[1]) for match in _STATUS.finditer(text)))[
            :MAX_STATUS
        ],
        expires=expires,
        registrar=shown(registrar[1], 120) if registrar else "",
        name_servers=tuple(
            shown(match[1].lower().rstrip("."), 255) for match in _SERVERS.finditer(text)
        )[:MAX_STATUS],
    )


def rdap_status(text: str) -> str:
    """An EPP status in RDAP's spelling (RFC 8056): ``clientHold https://…`` → ``client hold``."""
    word = shown(text, 60).split(" ")[0] if "http" in text else shown(text, 60)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word).lower()


def parse_time(text: str) -> datetime | None:
    """A time as registries write it, in UTC; None if the form is not known.

    RFC 3339; ``2027-05-01 04:00:00`` (the Chinese registry, in China's time); ``2027-05-01``;
    ``2027.05.01``; ``01-May-2027``. A date alone is taken for its end.
    """
    clean = text.strip()
    try:
        moment = datetime.fromisoformat(clean.replace("Z", "+00:00").replace("z", "+00:00"))
    except ValueError:
        return _date(clean)
    if re.fullmatch(r"\d{4}-?\d\d-?\d\d", clean):
        return moment.replace(tzinfo=UTC) + timedelta(days=1)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_CHINA)
    return moment.astimezone(UTC)


def _date(text: str) -> datetime | None:
    first = text.split(" ")[0]
    for form in ("%Y.%m.%d", "%Y/%m/%d", "%d-%b-%Y", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(first, form).replace(tzinfo=UTC) + timedelta(days=1)
        except ValueError:
            continue
    return None


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
    return [entry for entry in _list(value) if isinstance(entry, dict)]


def _is_https(url: str) -> bool:
    try:
        return urlsplit(url).scheme == "https"
    except ValueError:
        return False
