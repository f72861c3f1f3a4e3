"""Received fields (RFC 5321 section 4.4) → hops, and the server that handed the mail to us.

Only what our own side wrote is believed: everything below the first hop from a foreign address
could have been written by the sender.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from mailwizard.reading.addresses import organisation, public_address, same_organisation

MAX_HOPS = 60
_MAX_FIELD = 2_000
_FROM = re.compile(r"^\s*from\s+(\S+)(.*?)(?=\sby\s|;|$)", re.IGNORECASE | re.DOTALL)
_BY = re.compile(r"(?:^|\s)by\s+([^\s;()]+)", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[(](?:IPv6:)?([0-9a-f.:]{3,45})(?:%\w+)?[\])]", re.IGNORECASE)
_RDNS = re.compile(r"\(\s*([a-z0-9_][a-z0-9._-]*\.[a-z0-9-]+)\.?[\s)\[(]", re.IGNORECASE)
_HELO = re.compile(r"(?:helo|ehlo)[= ]\[?([^\s\])]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One Received field: who says (``by``) that it got the mail from whom, and when (UTC).

    ``helo`` is what the other side called itself, ``rdns`` the name that its address had, ``ip``
    its address (public ones only); "" where the field does not say.
    """

    by: str
    helo: str
    rdns: str
    ip: str
    when: datetime | None


def parse_hop(field: str) -> Hop:
    """One Received field, whoever's dialect it is in; what cannot be read is ""."""
    text = " ".join(field[:_MAX_FIELD].split())
    clauses, _semicolon, date = text.rpartition(";")
    clauses = clauses or text
    came = _FROM.search(clauses)
    named = came[1] if came else ""
    beside = came[2] if came else ""
    where = f"{named} {beside}"
    address = next((a for m in _BRACKETED.finditer(where) if (a := public_address(m[1]))), "")
    rdns = _RDNS.search(beside + " ")
    said = _HELO.search(beside)
    # Exim and qmail: "from rdns (helo=name)" or "from rdns (HELO name)".
    swapped = said is not None and not named.startswith("[")
    by = _BY.search(clauses)
    return Hop(
        by=_host(by[1]) if by else "",
        helo=_host(said[1]) if said else _host(named),
        rdns=_host(named) if swapped else (_host(rdns[1]) if rdns else ""),
        ip=address,
        when=_when(date),
    )


def hops(received: Sequence[str]) -> tuple[Hop, ...]:
    """The hops of a mail, newest first, at most sixty."""
    return tuple(parse_hop(field) for field in received[:MAX_HOPS])


def handed_over(received: Sequence[str], ours: Collection[str] = ()) -> Hop | None:
    """The hop at which a foreign server handed the mail to our side; None if none is to be seen.

    ``ours`` are host names (or suffixes) of our provider and company. Hops between servers of one
    organisation, and those without a public address, are our side's own.
    """
    for hop in hops(received):
        if not hop.ip:
            continue
        other = hop.rdns or hop.helo
        if other and (same_organisation(other, hop.by) or belongs(other, ours)):
            continue
        return hop
    return None


def belongs(host: str, ours: Collection[str]) -> bool:
    """Whether a host is one of ours: the same name, below one of them, or a sister of one."""
    name = host.lower().rstrip(".")
    for own in ours:
        known = own.lower().removeprefix("*.").rstrip(".")
        if name == known or name.endswith("." + known):
            return True
        parent = known.partition(".")[2]
        if parent.endswith(organisation(known)) and name.endswith("." + parent):
            return True
    return False


def _host(text: str) -> str:
    host = text.strip("[]()<>,;").lower().rstrip(".")
    return host if re.fullmatch(r"[a-z0-9._:-]{1,255}", host) and host != "unknown" else ""


def _when(date: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(date.strip()[:80])
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
