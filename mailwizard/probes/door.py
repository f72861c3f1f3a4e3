"""Port 25 of mail exchangers: greeting, extensions, and whether the user's address is known there.

Nothing is ever sent that could become a mail: the dialogue ends before DATA.
"""

import secrets
import socket
import string
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.door import RcptReply, SmtpDoor
from mailwizard.model.shown import shown
from mailwizard.probes.connecting import connect_fault
from mailwizard.probes.few_at_once import few_at_once
from mailwizard.probes.resolving import addresses_of, trusted
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.smtp_dialogue import Dialogue, NotSmtp
from mailwizard.reading.mx import parse_mx
from mailwizard.reading.smtp import extensions

MAX_ADDRESSES = 8
CONNECT_SECONDS = 5.0  # three packets, 0, 1 and 3 seconds after the start (RFC 6298)
BANNER_SECONDS = 15.0  # a tarpit greets late and is not down
REPLY_SECONDS = 8.0

# A bounce's sender (RFC 5321 section 4.5.5): no domain's SPF is asked for it, no reply goes astray,
# and a server that takes mail must take it.
SENT_FROM = ""

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
    """Somebody else's exchangers, greeted only. Records SmtpDoor. Raises Skipped, Stopped."""
    hosts = setting.world.controls.smtp
    if not hosts:
        raise Skipped("no-controls")
    found = addresses_of(setting, hosts)
    doors = [(host, addresses[0]) for host, addresses in found.items() if addresses]
    for host in found:
        if not found[host]:
            setting.record(SmtpDoor(whose="control", host=host, address="", connect="no-address"))
    _try_all(setting, "control", doors)


def _own_addresses(setting: Setting) -> list[tuple[str, str]]:
    """(host, address), the best host's first address first, IPv4 before IPv6."""
    domain = setting.case.domain
    answers = [o.seen for o in setting.evidence.of(DnsAnswer) if o.seen.about == "own"]
    views = [a for a in answers if (a.name, a.rtype, a.status) == (domain, "MX", "answer")]
    # What the world sees counts; this network's own view only where there is no other.
    public = [a for a in views if a.via == "public"] or views
    exchangers = parse_mx(record for answer in public for record in answer.records)
    hosts = list(dict.fromkeys(mx.host for mx in exchangers if not mx.is_null))
    if not exchangers:
        hosts = [domain]
    found: list[tuple[bool, int, int, str, str]] = []
    for rank, host in enumerate(hosts):
        position = 0
        for rtype in ("A", "AAAA"):
            answer = trusted(answers, host, rtype)
            for address in answer.records if answer is not None else ():
                found.append((rtype == "AAAA", position, rank, host, address))
                position += 1
    return [(host, address) for _v6, _position, _rank, host, address in sorted(found)][
        :MAX_ADDRESSES
    ]


def _try_all(setting: Setting, whose: Whose, doors: list[tuple[str, str]]) -> None:
    jobs: list[Callable[[], SmtpDoor]] = [
        partial(_try, setting, whose, host, address) for host, address in doors
    ]
    for door in few_at_once(setting, jobs):
        setting.record(door)


def _try(setting: Setting, whose: Whose, host: str, address: str) -> SmtpDoor:
    """One dialogue as far as it goes; what fails is in the record. Raises Stopped."""
    door = SmtpDoor(whose=whose, host=host, address=address, connect="error")
    started = time.monotonic()
    try:
        connection = setting.connect(address, 25, CONNECT_SECONDS)
    except OSError as problem:
        return replace(door, connect=connect_fault(problem), detail=_words(problem))
    door = replace(door, connect="connected", connect_ms=_milliseconds(started))
    with connection:
        talk = _Talk(setting, connection, door)
        try:
            talk.through()
        except NotSmtp as problem:
            return replace(talk.door, detail=str(problem))
        except TimeoutError:
            return replace(talk.door, detail="timeout")
        except OSError as problem:
            return replace(talk.door, detail=_words(problem))
        return talk.door


class _Talk:
    """Holds what one dialogue has given so far, for the case that it breaks off."""

    def __init__(self, setting: Setting, connection: socket.socket, door: SmtpDoor) -> None:
        self._setting = setting
        self._dialogue = Dialogue(setting, connection)
        self.door = door

    def through(self) -> None:
        """Banner, EHLO, and for the own domain MAIL and RCPT; ends with QUIT."""
        started = time.monotonic()
        banner = self._dialogue.reply(BANNER_SECONDS)
        self.door = replace(
            self.door, stage="banner", banner=banner, banner_ms=_milliseconds(started)
        )
        if banner.code == 220:
            self._greet()
        self._dialogue.say("QUIT", 2.0)

    def _greet(self) -> None:
        say = self._dialogue.say
        ehlo = say(f"EHLO {self._dialogue.own_name}", REPLY_SECONDS)
        size, starttls = extensions(self._dialogue.lines)
        self.door = replace(
            self.door,
            stage="ehlo",
            ehlo=ehlo,
            size_limit=size if ehlo.code == 250 else None,
            starttls=starttls if ehlo.code == 250 else None,
        )
        if ehlo.code != 250 or self.door.whose != "own":
            return
        mail = say(f"MAIL FROM:<{SENT_FROM}>", REPLY_SECONDS)
        self.door = replace(self.door, stage="mail", mail=mail, sent_from=f"<{SENT_FROM}>")
        if mail.code != 250:
            return
        for who, address in self._recipients():
            reply = say(f"RCPT TO:<{address}>", REPLY_SECONDS)
            self.door = replace(
                self.door, stage="rcpt", rcpt=(*self.door.rcpt, RcptReply(who=who, reply=reply))
            )
            if reply.code == 421:
                return
        say("RSET", REPLY_SECONDS)

    def _recipients(self) -> tuple[tuple[Literal["user", "postmaster", "random"], str], ...]:
        local = self._setting.case.me.rpartition("@")[0]
        domain = self._setting.case.domain
        nobody = "".join(secrets.choice(string.ascii_lowercase) for _ in range(20))
        return (
            ("user", f"{local}@{domain}"),
            ("postmaster", f"postmaster@{domain}"),
            ("random", f"{nobody}@{domain}"),
        )


def _words(problem: OSError) -> str:
    return shown(str(problem.strerror or problem), 120)


def _milliseconds(started: float) -> float:
    return round((time.monotonic() - started) * 1000, 1)
