"""Which part of a weak line is the weak one: up to the router, behind it, or a VPN."""

from statistics import median
from typing import Any

from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.resent_packets import SENT_AGAIN_MS, sent_again
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.observation import Observation
from mailwizard.model.seen.line import LineQuality, TimedConnect
from mailwizard.model.seen.network import GatewayReply, Link

# A neighbour in the own house answers within some milliseconds, over Wi-Fi too.
_NEAR_SLOW_MS = 300.0
_NEAR_QUICK_MS = 100.0
_NEAR_ANSWERS = 3
_SEVERAL = 2  # of them lost: one may be an accident


def slow_segment(situation: Situation) -> str:
    """What is slow: ``office`` (up to the router), ``line`` (behind it), ``vpn``, or "" unknown."""
    if _through_vpn(situation):
        return "vpn"
    times = [c.milliseconds for c in _near(situation) if c.milliseconds is not None]
    times += [o.seen.milliseconds for o in routers(situation) if o.seen.milliseconds is not None]
    if not times:
        return ""
    if median(times) >= _NEAR_SLOW_MS:
        return "office"
    return "line" if median(times) < _NEAR_QUICK_MS else ""


def lossy_segment(situation: Situation, line: LineQuality) -> str:
    """As ``slow_segment``, by what was lost on the way to the router."""
    if _through_vpn(situation):
        return "vpn"
    near = [c for c in line.connects if c.segment == "gateway"]
    times = [c.milliseconds for c in near if c.milliseconds is not None]
    if len(near) < _NEAR_ANSWERS or not times:
        return ""
    lost = [c for c in near if sent_again(c, near, min(times))]
    pinged = routers(situation)
    late = [o for o in pinged if (o.seen.milliseconds or 0) - min(times) >= SENT_AGAIN_MS]
    if len(lost) + len(late) >= _SEVERAL:
        return "office"
    return "" if lost or late else "line"


def routers(situation: Situation) -> list[Observation[Any]]:
    """What the router answered, where it is known how quickly."""
    return [o for o in looks(situation, GatewayReply) if o.seen.milliseconds is not None]


def _near(situation: Situation) -> list[TimedConnect]:
    return [
        c for o in looks(situation, LineQuality) for c in o.seen.connects if c.segment == "gateway"
    ]


def _through_vpn(situation: Situation) -> bool:
    """Whether everything goes through a VPN."""
    return any(
        interface.kind == "vpn" and interface.name == o.seen.gateway_interface
        for o in looks(situation, Link)
        for interface in o.seen.interfaces
    )
