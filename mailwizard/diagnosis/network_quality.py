"""Works, but badly: a slow line, one that loses packets, a broken IPv6."""

from statistics import median
from typing import Any
from urllib.parse import urlsplit

from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.network import Endpoint, HttpReply

SLOW_MS = 700.0
CONNECTS = 4
HOSTS = 3

# A lost first packet is sent again after one second (RFC 6298), so its connection takes that much
# longer than the others.
SENT_AGAIN_MS = 900.0
LOSSY_CONNECTS = 8
LOSSY_HOSTS = 3
LOSSY_SHARE = 0.2

Timed = list[tuple[Observation[Any], str, float]]


def slow(situation: Situation) -> Finding | None:
    """The usual connection takes most of a second, to several unrelated hosts."""
    timed = _timed(situation)
    if len(timed) < CONNECTS or len({host for _o, host, _ms in timed}) < HOSTS:
        return None
    middle = median(ms for _o, _host, ms in timed)
    if middle < SLOW_MS:
        return None
    return finding("NETWORK_SLOW", (o for o, _host, _ms in timed), milliseconds=round(middle))


def lossy(situation: Situation) -> Finding | None:
    """Most connections are quick, and a share to several hosts needed a second packet."""
    timed = _timed(situation)
    if len(timed) < LOSSY_CONNECTS:
        return None
    middle = median(ms for _o, _host, ms in timed)
    late = [(o, host) for o, host, ms in timed if ms - middle >= SENT_AGAIN_MS]
    hosts = {host for _o, host in late}
    if middle >= SLOW_MS or len(hosts) < LOSSY_HOSTS or len(late) < LOSSY_SHARE * len(timed):
        return None
    return finding(
        "NETWORK_LOSSY",
        (o for o, _host, _ms in timed),
        certainty=Certainty.LIKELY,
        late=len(late),
        of=len(timed),
    )


def _timed(situation: Situation) -> Timed:
    """Every connection that came about, with its host and how long it took, in milliseconds."""
    timed: Timed = [
        (o, o.seen.host, o.seen.connect_ms)
        for o in looks(situation, Endpoint)
        if o.seen.connect_ms is not None
    ]
    timed += [
        (o, urlsplit(o.seen.url).hostname or "", o.seen.connect_ms)
        for o in looks(situation, HttpReply)
        if o.seen.connect_ms is not None
    ]
    return timed


def ipv6_broken(situation: Situation) -> Finding | None:
    """The new protocol's addresses swallow connections while the old one's answer."""
    tried = [o for o in looks(situation, Endpoint) if o.seen.connect != "no-address"]
    new = [o for o in tried if ":" in o.seen.address]
    lost = [o for o in new if o.seen.connect == "timeout"]
    old = [
        o
        for o in tried
        if ":" not in o.seen.address
        and o.seen.connect == "connected"
        and (o.seen.host, o.seen.port) in {(n.seen.host, n.seen.port) for n in lost}
    ]
    if not lost or not old or any(o.seen.connect == "connected" for o in new):
        return None
    return finding(
        "IPV6_BROKEN",
        [*lost, *old],
        certainty=Certainty.LIKELY,
        host=lost[0].seen.host,
        address=lost[0].seen.address,
    )
