"""Port 25 of mail exchangers: greeting, extensions, and whether the user's address is known there.

Nothing is ever sent that could become a mail: the dialogue ends before DATA.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.shown import shown
from mailwizard.probes.connecting import connect_fault
from mailwizard.probes.door_patience import Patience
from mailwizard.probes.door_talk import DoorTalk
from mailwizard.probes.few_at_once import few_at_once
from mailwizard.probes.resolving import addresses_of, trusted
from mailwizard.probes.setting import Setting, Skipped, Stopped
from mailwizard.reading.mx import parse_mx

MAX_HOSTS = 20
MAX_ADDRESSES = 24
MAX_OF_A_HOST = 8
CONNECT_SECONDS = 5.0  # three packets, 0, 1 and 3 seconds after the start (RFC 6298)
GREYLIST_SECONDS = 5.0
CONNECTIONS = 2  # to one address, one after the other

Whose = Literal["own", "control"]


def own(setting: Setting) -> None:
    """The user's own domain's exchangers, all addresses side by side; asks for three recipients.

    Without MX records the domain's own address is tried, as senders do (RFC 5321 section 5.1).
    Records SmtpDoor. Raises Skipped, Stopped.
    """
    doors = _own_addresses(setting)
    if not doors:
        raise Skipped("no-address")
    _try_all(setting, "own", doors)


def control(setting: Setting) -> None:
    """Somebody else's exchangers, greeted only, over IPv4 and IPv6.

    Records SmtpDoor. Raises Skipped, Stopped.
    """
    hosts = setting.world.controls.smtp
    if not hosts:
        raise Skipped("no-controls")
    found = addresses_of(setting, hosts)
    doors: list[tuple[str, str]] = []
    for host, addresses in found.items():
        for six in (False, True):
            doors += [(host, address) for address in addresses if (":" in address) is six][:1]
    for host in found:
        if not found[host]:
            setting.record(SmtpDoor(whose="control", host=host, address="", connect="no-address"))
    _try_all(setting, "control", doors)


def _own_addresses(setting: Setting) -> list[tuple[str, str]]:
    """(host, address): every host's first address before any second, IPv4 before IPv6."""
    domain = setting.case.domain
    answers = [o.seen for o in setting.evidence.of(DnsAnswer) if o.seen.about == "own"]
    views = [a for a in answers if (a.name, a.rtype, a.status) == (domain, "MX", "answer")]
    # What the world sees counts; this network's own view only where there is no other.
    public = [a for a in views if a.via == "public"] or views
    exchangers = parse_mx(record for answer in public for record in answer.records)
    hosts = list(dict.fromkeys(mx.host for mx in exchangers if not mx.is_null))
    if not exchangers:
        hosts = [domain]
    found: list[tuple[int, bool, int, str, str]] = []
    for rank, host in enumerate(hosts[:MAX_HOSTS]):
        for rtype in ("A", "AAAA"):
            answer = trusted(answers, host, rtype)
            records = answer.records[:MAX_OF_A_HOST] if answer is not None else ()
            for position, address in enumerate(records):
                found.append((position, rtype == "AAAA", rank, host, address))
    doors = [(host, address) for _position, _v6, _rank, host, address in sorted(found)]
    return doors[:MAX_ADDRESSES]


def _try_all(setting: Setting, whose: Whose, doors: list[tuple[str, str]]) -> None:
    patience = Patience(setting, own=whose == "own")
    jobs: list[Callable[[], SmtpDoor]] = [
        partial(_try, setting, patience, SmtpDoor(whose=whose, host=h, address=a, connect="error"))
        for h, a in doors
    ]
    for door in few_at_once(setting, jobs, at_most=MAX_ADDRESSES):
        setting.record(door)


def _try(setting: Setting, patience: Patience, door: SmtpDoor) -> SmtpDoor:
    """One address as far as it goes; what fails is in the record. Raises Stopped."""
    talk = DoorTalk(setting, patience, door)
    for number in range(CONNECTIONS):
        started = time.monotonic()
        if number == 0 and patience.over:
            raise Stopped  # an address that was never tried is not silent
        try:
            seconds = patience.within(CONNECT_SECONDS)
            connection = setting.connect(door.address, 25, seconds)
        except OSError as problem:
            if number == 0:
                return replace(door, connect=connect_fault(problem), detail=_words(problem))
            return replace(talk.door, detail=_words(problem) or "timeout")
        if number == 0:
            waited = round((time.monotonic() - started) * 1000, 1)
            talk.door = replace(door, connect="connected", connect_ms=waited)
        talk.over(connection)
        if talk.next == "later":
            _wait(setting, patience)
        if not talk.next or (talk.next == "later" and not patience.needed):
            break
    return talk.door


def _wait(setting: Setting, patience: Patience) -> None:
    """A greylisting server is left alone for a moment, unless another one has told meanwhile."""
    ends = time.monotonic() + GREYLIST_SECONDS
    while patience.needed and time.monotonic() < ends:
        time.sleep(min(0.1, setting.limit(0.1)))


def _words(problem: OSError) -> str:
    return shown(str(problem.strerror or problem), 120)
