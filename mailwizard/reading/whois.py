"""WHOIS replies (RFC 3912): text for people, in a form of each registry's own."""

import re
from collections.abc import Iterable

from mailwizard.model.shown import shown
from mailwizard.reading.registration import (
    MAX_SERVERS,
    MAX_STATUS,
    Registered,
    host_name,
    parse_time,
    rdap_status,
)

MAX_LINES = 1000
MAX_LINE = 300

_DOMAIN = frozenset(("domain", "domain name", "域名"))
_EXPIRES = frozenset(
    (
        "registry expiry date",
        "registrar registration expiration date",
        "expiry date",
        "expiration date",
        "expiration time",
        "expiry",
        "expires",
        "expires on",
        "expire",
        "expire date",
        "expire-date",
        "record expires on",
        "paid-till",
        "renewal date",
        "valid until",
        "过期时间",
        "到期时间",
    )
)
_STATUS = frozenset(("domain status", "status", "domain state", "state", "域名状态"))
_REGISTRAR = ("sponsoring registrar", "registrar name", "registrar", "注册商")
_SERVERS = frozenset(
    (
        "name server",
        "name servers",
        "nameserver",
        "nameservers",
        "nserver",
        "name servers information",
        "domain servers in listed order",
        "域名服务器",
    )
)
_FREE = frozenset(("free", "available", "no object found", "not registered"))

_NOT_FOUND = re.compile(
    r"^[\s%#>*-]{0,20}(?:no match|not found|no data found|no entries found|no matching record"
    r"|no object found|object does not exist|domain not found|domain name not known"
    r"|nothing found|the queried object does not|this domain is not registered"
    r"|domain [^\s]{1,253} (?:not found|is available|is free)|no information available)",
    re.IGNORECASE | re.MULTILINE,
)
_LIMITED = re.compile(
    r"interval is too short|limit(?:ed| exceeded| reached|ing)|exceeded|too many|too fast|quota"
    r"|black ?list|denied|not authori[sz]ed|try again later|temporarily|too frequent|频繁|超过",
    re.IGNORECASE,
)
_REFERRAL = re.compile(r"^\s*(?:whois|refer)\s*:\s*([a-z0-9.-]+)\s*$", re.IGNORECASE | re.MULTILINE)
_UNTITLED = re.compile(r"^\s*(record expires on|expires on)\s+(\S.*)$", re.IGNORECASE)
_BRACKETED = re.compile(r"^\s*(?:[a-z]\. ?)?\[([^\]]{1,60})\]\s*(.*)$", re.IGNORECASE)


def decoded(body: bytes) -> str:
    """WHOIS has no declared character set: UTF-8, else the Chinese one."""
    # A reply that was cut at its bound may end within a character.
    for cut in range(4):
        try:
            return body[: len(body) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
    return body.decode("gb18030", "replace")


def whois_server(text: str) -> str:
    """The WHOIS server that IANA names for a top-level domain; "" if none."""
    match = _REFERRAL.search(text)
    return match[1].lower() if match else ""


def parse_whois(text: str) -> Registered:
    """A registry's WHOIS reply about one domain, as far as its form is known."""
    fields = _fields(text)
    domain = next((name for value in _of(fields, _DOMAIN) if (name := host_name(value))), "")
    states = [rdap_status(part) for value in _of(fields, _STATUS) for part in value.split(",")]
    moments = (parse_time(value) for value in _of(fields, _EXPIRES))
    expires = next((moment for moment in moments if moment is not None), None)
    registrar = next((v for key in _REGISTRAR for v in _of(fields, (key,))), "")
    servers = (host_name(value.split()[0]) for value in _of(fields, _SERVERS))
    name_servers = tuple(dict.fromkeys(name for name in servers if name))[:MAX_SERVERS]
    told = bool(expires or registrar or name_servers)
    if not told and (_NOT_FOUND.search(text[: MAX_LINES * MAX_LINE]) or _FREE & set(states)):
        return Registered(found=False, domain=domain)
    if not domain or not (told or states):
        return Registered(found=None, limited=bool(_LIMITED.search(text[:4000])))
    return Registered(
        found=True,
        domain=domain,
        status=tuple(dict.fromkeys(state for state in states if state))[:MAX_STATUS],
        expires=expires,
        registrar=shown(registrar, 120),
        name_servers=name_servers,
    )


def _fields(text: str) -> list[tuple[str, str]]:
    """``key: value`` lines; a key alone on its line takes those below, up to an empty one."""
    found: list[tuple[str, str]] = []
    heading = ""
    for raw in text.splitlines()[:MAX_LINES]:
        line = raw[:MAX_LINE].rstrip()
        if line.lstrip().startswith(("%", "#", ">>>")):
            continue
        if not line:
            heading = heading if found and found[-1] == (heading, "") else ""
            continue
        if match := _UNTITLED.match(line) or _BRACKETED.match(line):
            found.append((match[1].strip().lower(), match[2].strip()))
            heading = ""
            continue
        key, colon, value = line.replace("：", ":", 1).partition(":")
        name = key.strip(" .\t").lower()
        if colon and (not heading or name in _KNOWN or line[0] not in " \t"):
            found.append((name, value.strip()))
            heading = "" if value.strip() else name
        elif heading:
            found.append((heading, line.strip()))
    return found


_KNOWN = _DOMAIN | _EXPIRES | _STATUS | _SERVERS | frozenset(_REGISTRAR)


def _of(fields: Iterable[tuple[str, str]], keys: Iterable[str]) -> list[str]:
    wanted = frozenset(keys)
    return [value for key, value in fields if key in wanted and value]
