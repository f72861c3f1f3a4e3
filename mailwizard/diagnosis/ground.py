"""The ground that remote findings stand on: what the local network allows to be judged at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mailwizard.diagnosis.network_line import line_fault
from mailwizard.diagnosis.network_quality import weak_line
from mailwizard.diagnosis.outside import looks, never_public, outside, stand_in
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.network import Endpoint, SystemLookup


@dataclass(frozen=True, slots=True)
class Ground:
    """None means "not looked at". A remote fault is only said where its ground is not False.

    ``online``: something outside this network could be reached. ``names``: name servers outside
    could be asked and their answers can be believed (no sign-in page, no fake addresses).
    ``port25``: somebody's port 25 could be reached from here. ``imap``: somebody else's IMAP port
    could be reached from here. ``steady``: no packets get lost and none takes long, so that silence
    is the other side's. ``because`` are the observations behind a False.
    """

    online: bool | None
    names: bool | None
    port25: bool | None
    imap: bool | None
    steady: bool = True
    because: tuple[Observation[Seen], ...] = ()


def ground(situation: Situation) -> Ground:
    """Reads the ground from the network probes' observations."""
    fault = line_fault(situation)
    if fault is not None:
        behind = set(fault.because)
        return Ground(
            online=False,
            names=False,
            port25=False,
            imap=False,
            steady=False,
            because=tuple(o for o in situation.evidence if o.id in behind),
        )
    names, no_names = _names(situation)
    port25, no_port25 = _port25(situation)
    imap, no_imap = _imap(situation)
    return Ground(
        online=True if outside(situation).genuine else None,
        names=names,
        port25=port25,
        imap=imap,
        steady=weak_line(situation) is None,
        because=(*no_names, *no_port25, *no_imap),
    )


def cut_off(situation: Situation) -> bool:
    """Whether it is sure that nothing outside can be reached, and the mailbox neither.

    A company's own mail server in its own house may answer all the same.
    """
    fault = line_fault(situation)
    if fault is None or fault.certainty is not Certainty.SURE:
        return False
    own = (o.seen for o in situation.of(Endpoint) if o.seen.role == "provider")
    return not any(e.connect == "connected" and never_public(e.address) for e in own)


def stand_ins(situation: Situation) -> list[Observation[Any]]:
    """Answers that a proxy program on the way made up, for all names alike."""
    answers = [
        o for o in looks(situation, DnsAnswer) if o.seen.via != "authoritative" and o.seen.records
    ]
    lookups = [o for o in looks(situation, SystemLookup) if o.seen.addresses]
    return [
        *(o for o in answers if any(stand_in(record) for record in o.seen.records)),
        *(o for o in lookups if any(stand_in(address) for address in o.seen.addresses)),
    ]


def lies(answers: Iterable[Observation[DnsAnswer]]) -> list[Observation[DnsAnswer]]:
    """Answers that cannot be true: an address for a name that nobody has, or one of no public
    network for a name that everybody has."""
    return [
        o
        for o in answers
        if o.seen.status == "answer"
        and (
            o.seen.about == "random"
            or (o.seen.about == "control" and any(never_public(r) for r in o.seen.records))
        )
    ]


def _names(situation: Situation) -> tuple[bool | None, tuple[Observation[Any], ...]]:
    asked = [
        o
        for o in looks(situation, DnsAnswer)
        if o.seen.about in ("control", "random") and o.seen.via in ("public", "configured")
    ]
    if not asked:
        return None, ()
    made_up = stand_ins(situation)
    if made_up:
        return False, tuple(made_up)
    for via in ("public", "configured"):
        group = [o for o in asked if o.seen.via == via]
        answered = any(o.seen.about == "control" and o.seen.status == "answer" for o in group)
        if answered and not lies(group):
            return True, ()
    return False, tuple(asked)


def _port25(situation: Situation) -> tuple[bool | None, tuple[Observation[Any], ...]]:
    """Anybody's greeting proves the port open; its silence only where a control was tried."""
    doors = looks(situation, SmtpDoor)
    if any(door.seen.banner is not None for door in doors):
        return True, ()
    controls = [o for o in doors if o.seen.whose == "control" and o.seen.connect != "no-address"]
    return (False, tuple(controls)) if controls else (None, ())


def _imap(situation: Situation) -> tuple[bool | None, tuple[Observation[Any], ...]]:
    controls = imap_controls(situation)
    if any(imap_open(o.seen) for o in controls):
        return True, ()
    return (False, tuple(controls)) if controls else (None, ())


def imap_controls(situation: Situation) -> list[Observation[Endpoint]]:
    """Others' mail servers that were tried."""
    return [
        o
        for o in looks(situation, Endpoint)
        if o.seen.role == "control" and o.seen.service == "imap" and o.seen.connect != "no-address"
    ]


def imap_open(endpoint: Endpoint) -> bool:
    """Whether a mail server's door opened: it took part in TLS, whatever its certificate."""
    return endpoint.connect == "connected" and endpoint.tls not in (
        "",
        "timeout",
        "reset",
        "closed",
        "plaintext",
        "error",
    )
