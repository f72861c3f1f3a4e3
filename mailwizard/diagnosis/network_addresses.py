"""One of several ways to the mail server is dead: IPv6, or one of its addresses."""

from mailwizard.diagnosis.ground import imap_open
from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.own_server import Own, place
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.line import LineQuality, TimedConnect
from mailwizard.model.seen.network import Endpoint, SystemLookup


def ipv6_broken(situation: Situation) -> Finding | None:
    """The new protocol's addresses swallow connections, or what follows, while the old one's work.

    Where an unrelated host answers over IPv6, it is not this network's.
    """
    tried = [o for o in looks(situation, Endpoint) if o.seen.connect != "no-address"]
    new = [o for o in tried if ":" in o.seen.address]
    lost = [o for o in new if _swallowed(o.seen)]
    if not lost or any(o.seen.connect == "connected" and o not in lost for o in new):
        return None
    places = {(o.seen.host, o.seen.port) for o in lost}
    old = [
        o
        for o in tried
        if ":" not in o.seen.address and _works(o.seen) and (o.seen.host, o.seen.port) in places
    ]
    controls = _controls(situation)
    if not old or any(c.milliseconds is not None for _o, c in controls):
        return None
    silent = [o for o, c in controls if c.fate == "timeout"]
    return finding(
        "IPV6_BROKEN",
        [*lost, *old, *silent],
        certainty=Certainty.SURE if silent else Certainty.LIKELY,
        variant="stalls" if all(o.seen.connect == "connected" for o in lost) else "",
        **place(lost[0]),
    )


def with_a_control(situation: Situation, own: Own) -> Own:
    """Without IPv6 addresses that gave nothing where nobody else answered over IPv6 either."""
    new = [o for o in looks(situation, Endpoint) if ":" in o.seen.address]
    works = any(o.seen.connect in ("connected", "refused", "reset") for o in new)
    if works or any(c.milliseconds is not None for _o, c in _controls(situation)):
        return own
    return [o for o in own if ":" not in o.seen.address]


def address_dead(
    situation: Situation, own: Own, *, broken: Finding | None, line_is_weak: bool
) -> Finding | None:
    """Some addresses of the mail server give nothing while others work, by the same protocol.

    Only those that this computer itself is given: its mail program tries them. ``broken`` is what
    was said of IPv6.
    """
    given = {
        address
        for o in looks(situation, SystemLookup)
        if own and o.seen.host == own[0].seen.host
        for address in o.seen.addresses
    }
    tried = [o for o in own if not given or o.seen.address in given]
    works = [o for o in tried if imap_open(o.seen)]
    said = set(broken.because) if broken is not None else set()
    answers_now = _answering(situation)
    new_works = any(":" in o.seen.address for o in works) or any(
        c.milliseconds is not None for _o, c in _controls(situation)
    )
    dead = [
        o
        for o in tried
        if _dead(o.seen)
        and o.id not in said
        and (o.seen.connect == "connected" or o.seen.address not in answers_now)
        and (":" not in o.seen.address or new_works)
    ]
    if line_is_weak:  # silence may be a lost packet
        dead = [o for o in dead if o.seen.connect in ("refused", "reset")]
    if not dead or not works:
        return None
    return finding(
        "IMAP_ADDRESS_DEAD",
        [*dead, *works],
        certainty=Certainty.LIKELY,
        variant="refuses" if all(o.seen.connect in ("refused", "reset") for o in dead) else "",
        host=dead[0].seen.host,
        port=dead[0].seen.port,
        address=tuple(dict.fromkeys(o.seen.address for o in dead)),
        works=tuple(dict.fromkeys(o.seen.address for o in works))[:3],
        dead=len({o.seen.address for o in dead}),
        of=len({o.seen.address for o in tried}),
    )


def _swallowed(endpoint: Endpoint) -> bool:
    return "timeout" in (endpoint.connect, endpoint.tls)


def _works(endpoint: Endpoint) -> bool:
    """Whether it got farther than what is silent."""
    return endpoint.connect == "connected" and endpoint.tls != "timeout"


def _dead(endpoint: Endpoint) -> bool:
    return endpoint.connect in ("timeout", "refused", "reset") or endpoint.tls == "timeout"


def _controls(situation: Situation) -> list[tuple[Observation[LineQuality], TimedConnect]]:
    """Connections to unrelated hosts over IPv6."""
    return [
        (o, c)
        for o in looks(situation, LineQuality)
        for c in o.seen.connects
        if c.segment == "control" and ":" in c.address
    ]


def _answering(situation: Situation) -> set[str]:
    """Addresses of the mail server that took a connection at another moment, unlike then."""
    return {
        c.address
        for o in looks(situation, LineQuality)
        for c in o.seen.connects
        if c.segment == "provider" and c.fate == "connected"
    }
