"""The parts of the map of the way in: records only."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from mailwizard.model.finding import Outcome

State = Literal["waiting", "running", "done", "ok", "problem", "risk", "not known", "not tested"]
StageId = Literal["parent", "servers", "mx", "addresses", "doors", "mailbox"]
How = Literal["open", "busy", "refused", "timeout", "silent", "unreachable", "not-tried", "waiting"]

STAGES: tuple[StageId, ...] = ("parent", "servers", "mx", "addresses", "doors", "mailbox")
OF_OUTCOME: dict[Outcome, State] = {Outcome.CAUSE: "problem", Outcome.RISK: "risk"}
MOST_EXCHANGERS = 20
MOST_SERVERS = 12
MOST_DOORS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NameServer:
    """One server of the zone. ``said``: ``answers``, or a status of ``DnsAnswer``, or ``lame``."""

    host: str
    addresses: tuple[str, ...]
    state: State
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One address of an exchanger: how port 25 was found, and what was said of the user's address.

    ``user`` is a reason of ``reading.smtp_refusal`` (``accepted``, ``unknown-user`` …), "" where
    nobody was asked for.
    """

    address: str
    state: State
    how: How
    user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanger:
    """One mail exchanger. ``abroad``: it is somebody else's, no word about the user's mailbox."""

    host: str
    preference: int
    state: State
    doors: tuple[Door, ...]
    abroad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One part of the way. ``good`` of ``of`` were seen in order. ``code``: the finding behind its
    state, "" where there is none.
    """

    id: StageId
    state: State
    good: int
    of: int
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """The whole map. ``delegated``: the name servers as the parent names them. ``no_mail``: the
    domain says that it takes none (RFC 7505). ``registered_until`` is a date as text, or "".
    """

    domain: str
    me: str
    stages: tuple[Stage, ...]
    delegated: tuple[str, ...]
    registered_until: str
    servers: tuple[NameServer, ...]
    exchangers: tuple[Exchanger, ...]
    no_mail: bool = False

    def stage(self, name: StageId) -> Stage:
        """One part by its id."""
        return next(stage for stage in self.stages if stage.id == name)


def renamed(way: WayIn, shown: Callable[[str], str]) -> WayIn:
    """The map with every name and address as it may be shown, such as by placeholders."""
    return replace(
        way,
        domain=shown(way.domain),
        me=shown(way.me),
        delegated=tuple(shown(name) for name in way.delegated),
        servers=tuple(
            replace(s, host=shown(s.host), addresses=tuple(shown(a) for a in s.addresses))
            for s in way.servers
        ),
        exchangers=tuple(
            replace(
                e,
                host=shown(e.host),
                doors=tuple(replace(d, address=shown(d.address)) for d in e.doors),
            )
            for e in way.exchangers
        ),
    )
