"""Whether port 25, seen from here, leads to whom it should: nothing else is judged where not."""

import re
from collections import defaultdict
from typing import Any

from mailwizard.diagnosis.outside import looks, never_public
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.observation import Observation
from mailwizard.model.provider import Provider
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.network import Endpoint, HttpReply
from mailwizard.providers.match import by_mx
from mailwizard.reading.addresses import organisation

Door = Observation[SmtpDoor]

_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}", re.IGNORECASE)
_MASKED = re.compile(r"\*{5}")  # a firewall that inspects mail hides the server's words


def greeted(doors: list[Door]) -> list[Door]:
    """Those where a mail server (or somebody in its place) spoke."""
    return [door for door in doors if door.seen.banner is not None]


def tells(door: Door) -> bool:
    """Whether a connection was really tried: no address, or no IPv6 here, tells nothing."""
    return door.seen.connect in ("connected", "timeout", "refused", "reset")


def intercepted(situation: Situation) -> list[Door]:
    """The doors that show that somebody on the way answers in the servers' place; [] without.

    Either a known company's exchanger, asked for comparison, and the user's own say hello under
    one strange name (or behind the same asterisks); or, where no exchanger of a known company
    speaks for itself, the user's own provider's has the name of somebody else.
    """
    doors = greeted(looks(situation, SmtpDoor))
    control = [d for d in doors if d.seen.whose == "control"]
    genuine = [d for d in doors if _known(d) and (_speaks_for_itself(d) or d.seen.tls == "ok")]
    strange = [d for d in control if d not in genuine]
    by_name: dict[str, list[Door]] = defaultdict(list)
    for door in doors:
        by_name[_name(door)].append(door)
    for door in strange:
        same = by_name[_name(door)]
        own = [d for d in same if d.seen.whose == "own" and d.seen.address != door.seen.address]
        if _name(door) and any(not _one_company(d, door) for d in own):
            return same
    if genuine:
        return []
    return [
        d
        for d in doors
        if d.seen.whose == "own" and _known(d) and _foreign(d) and not d.seen.starttls
    ]


def six_works(situation: Situation) -> tuple[list[Observation[Any]], bool]:
    """What shows that IPv6 works from here, and whether that is so of port 25 itself."""
    doors = [d for d in greeted(looks(situation, SmtpDoor)) if ":" in d.seen.address]
    if doors:
        return [*doors], True
    others: list[Observation[Any]] = [
        o
        for o in looks(situation, Endpoint)
        if ":" in o.seen.address and o.seen.connect == "connected"
        if not never_public(o.seen.address)
    ]
    others += [
        o
        for o in looks(situation, HttpReply)
        if ":" in o.seen.address and o.seen.outcome == "reply" and not never_public(o.seen.address)
    ]
    others += [
        o
        for o in looks(situation, DnsAnswer)
        if ":" in o.seen.server and o.seen.status in DEFINITE and not never_public(o.seen.server)
        if o.seen.via != "configured"
    ]
    return others, False


def _known(door: Door) -> bool:
    return by_mx(door.seen.host) is not None


def _one_company(one: Door, other: Door) -> bool:
    """Whether two exchangers may be one company's, which has one name for both."""
    mine, theirs = by_mx(one.seen.host), by_mx(other.seen.host)
    if mine is not None and theirs is not None:
        return mine.id == theirs.id
    return organisation(one.seen.host) == organisation(other.seen.host)


def _name(door: Door) -> str:
    """The name in the greeting; its words where it has none; one for all that is masked."""
    text = door.seen.banner.text.lower() if door.seen.banner is not None else ""
    if _MASKED.search(text):
        return "*"
    first = text.split(" ")[0]
    return first if _NAME.fullmatch(first) else text


def _speaks_for_itself(door: Door) -> bool:
    """Whether a greeting has a word of the host's name, or of the company whose host it is."""
    text = door.seen.banner.text.lower() if door.seen.banner is not None else ""
    return any(word in text for word in _words(door.seen.host, by_mx(door.seen.host)))


def _foreign(door: Door) -> bool:
    """Whether a greeting names another host, with nothing of the company whose host it is."""
    return _NAME.fullmatch(_name(door)) is not None and not _speaks_for_itself(door)


def _words(host: str, provider: Provider | None) -> set[str]:
    """What a company calls itself in the names of its servers, such as "aliyun"."""
    names = [host]
    if provider is not None:
        names += [*provider.mx, *provider.spf_includes]
    words = {organisation(name.removeprefix("*.")).partition(".")[0] for name in names}
    return words | ({provider.id} if provider is not None else set())
