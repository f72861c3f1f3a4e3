"""Names, judged together: the configured name service, and the mail server's name and addresses."""

from dataclasses import dataclass
from typing import Any

from mailwizard.diagnosis.ground import lies, stand_ins
from mailwizard.diagnosis.host_names import suggestion
from mailwizard.diagnosis.network_astray import (
    known_only_here,
    not_its_own,
    one_lies,
    wrong_address,
)
from mailwizard.diagnosis.network_resolvers import lying, resolvers_down
from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.server_addresses import ServerAddresses, inside, server_addresses
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import SystemLookup


@dataclass(frozen=True, slots=True)
class Names:
    """What was found, and at which addresses the mail server is not to be judged: not its own.

    ``confirmed`` tells whether anybody but this network's own name service named its addresses.
    """

    findings: tuple[Finding, ...] = ()
    not_its_own: frozenset[str] = frozenset()
    confirmed: bool = False


def judge_names(situation: Situation) -> Names:
    """The name service's findings, in a network whose line is in order."""
    server = server_addresses(situation)
    if stand_ins(situation):
        return Names()
    down = resolvers_down(situation)
    wrong = wrong_address(situation, server) if server else None
    alone = known_only_here(situation, server) if server and not wrong else None
    if wrong is None and server is not None:
        wrong = alone or one_lies(server)
    lies_told = lying(situation, server) if not (down or wrong) else None
    missing = _host_wrong(situation, server) if server and not wrong else None
    return Names(
        tuple(f for f in (down, wrong, lies_told, missing) if f is not None),
        not_its_own(server, nobody_there=bool(alone or missing)) if server else frozenset(),
        confirmed=server is None or bool(server.public),
    )


def _host_wrong(situation: Situation, server: ServerAddresses) -> Finding | None:
    """Nobody knows the server's name; or only a name service that knows every name."""
    invented = lies(looks(situation, DnsAnswer))
    public = [o for o in server.answers if o.seen.via == "public" and o.seen.rtype == "A"]
    if server.public or any(o.seen.via == "public" for o in invented):
        return None
    led = [o for o in server.lookups + server.answers if _records(o)]
    if led or invented:
        made_up = {r for o in invented if o.seen.about == "random" for r in o.seen.records}
        strangers = {o.seen.address for o in server.endpoints if o.seen.tls == "name"}
        strangers = {a for a in strangers if not inside(a)}  # a server known inside only
        if not all(_records(o) <= made_up | strangers for o in led):
            return None
        if not all(o.seen.status == "nxdomain" for o in public):
            return None
    said_no = [o for o in public if o.seen.status in ("nxdomain", "nodata")]
    known = [
        o
        for o in looks(situation, DnsAnswer)
        if o.seen.about == "control" and o.seen.status == "answer"
    ]
    if not said_no or not known:
        return None
    other = suggestion(situation, server.host)
    return finding(
        "IMAP_HOST_WRONG",
        [*said_no, *led, *invented, *server.lookups, *known[:2], *(other.because if other else ())],
        certainty=Certainty.SURE if len(said_no) >= 2 and not led else Certainty.LIKELY,
        host=server.host,
        suggested=other.host if other else "",
        variant=other.how if other else "",
    )


def _records(o: Observation[Any]) -> set[str]:
    """The addresses in an answer."""
    return set(o.seen.addresses if isinstance(o.seen, SystemLookup) else o.seen.records)
