"""The line itself: this computer, the router, a sign-in page, a compulsory proxy, the internet.

Where one of these holds, nothing beyond it can be judged.
"""

from typing import Any

from mailwizard.diagnosis.network_proxy import proxy_fault
from mailwizard.diagnosis.outside import ENOUGH, Outside, expected, hosts, looks, outside, present
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, GatewayReply, HttpReply, Link
from mailwizard.model.web_address import host_of_url


def line_fault(situation: Situation) -> Finding | None:
    """The lowest rung of the ladder that is broken, or None."""
    seen = outside(situation)
    return (
        _offline(situation, seen)
        or _gateway_down(situation, seen)
        or _captive_portal(situation, seen)
        or proxy_fault(situation, seen, turned_away=_all_refused(seen))
        or _internet_down(situation, seen)
    )


def _offline(situation: Situation, seen: Outside) -> Finding | None:
    if seen.genuine or seen.somebody or seen.names:
        return None
    for link in looks(situation, Link):
        usable = [
            address
            for interface in link.seen.interfaces
            for address in interface.addresses
            if not address.lower().startswith(("169.254.", "fe80:"))
        ]
        if not link.seen.interfaces:
            return finding("LOCAL_OFFLINE", [link, *seen.silent], variant="no-interface")
        if not seen.looked_at:
            return None
        if not usable:
            return finding("LOCAL_OFFLINE", [link, *seen.silent], variant="no-address")
        if link.seen.gateway is None and link.seen.gateway_interface is None:
            return finding("LOCAL_OFFLINE", [link, *seen.silent], variant="no-route")
    return None


def _gateway_down(situation: Situation, seen: Outside) -> Finding | None:
    if not seen.nothing:
        return None
    for reply in looks(situation, GatewayReply):
        if reply.seen.answered or _answers_names(situation, reply.seen.address):
            continue
        return finding("GATEWAY_DOWN", [reply, *seen.silent], address=reply.seen.address)
    return None


def _captive_portal(situation: Situation, seen: Outside) -> Finding | None:
    replies = [reply for reply in looks(situation, HttpReply) if reply.seen.purpose == "portal"]
    wrong = [reply for reply in replies if expected(reply.seen) is False]
    if not wrong or seen.genuine:
        return None
    secure: list[Observation[Any]] = [
        *(o for o in looks(situation, HttpReply) if o.seen.purpose == "https"),
        *looks(situation, Endpoint),
    ]
    if not secure:
        return None
    pages = {_page(reply.seen) for reply in wrong}
    sure = len(hosts(wrong)) >= 2
    return finding(
        "CAPTIVE_PORTAL",
        [*wrong, *secure],
        certainty=Certainty.SURE if sure else Certainty.LIKELY,
        page=sorted(pages)[0],
        host=host_of_url(wrong[0].seen.url),
    )


def _page(reply: HttpReply) -> str:
    """Where the sign-in page is, as far as the reply tells."""
    return host_of_url(reply.location) or reply.address


def _internet_down(situation: Situation, seen: Outside) -> Finding | None:
    """The router lives and nothing beyond does. Name servers alone may still answer: then it is
    a network that lets nothing else out, and we are less sure."""
    turned_away = _all_refused(seen)
    if seen.genuine or (seen.somebody and not turned_away):
        return None
    if not (seen.looked_at or turned_away):
        return None
    tried = [o.seen for o in (*seen.silent, *seen.somebody)]
    mail = {one.port for one in tried if isinstance(one, Endpoint)}
    # One port alone may be closed on the way while all others are open.
    if not any(isinstance(one, HttpReply) for one in tried) and len(mail) < ENOUGH:
        return None
    router: list[Observation[Any]] = [
        reply
        for reply in looks(situation, GatewayReply)
        if reply.seen.answered or _answers_names(situation, reply.seen.address)
    ]
    quiet = not seen.names and not seen.somebody
    # A proxy or a sign-in page may be the way out as long as nobody has looked for them.
    whole = (
        bool(looks(situation, Link))
        and any(isinstance(o.seen, HttpReply) and o.seen.purpose == "portal" for o in seen.silent)
        and any(isinstance(o.seen, DnsAnswer) for o in seen.silent)
    )
    certainty = Certainty.SURE if router and quiet and whole else Certainty.LIKELY
    address = router[0].seen.address if router else ""
    return finding(
        "INTERNET_DOWN",
        [*router, *seen.silent, *seen.somebody, *seen.names],
        certainty=certainty,
        address=address,
        variant="router-unknown" if not router else "" if quiet else "closed",
    )


def _answers_names(situation: Situation, address: str) -> bool:
    """Whether a name server at this address gave any reply."""
    return any(
        answer.seen.server == address
        and answer.seen.via == "configured"
        and answer.seen.status not in ("timeout", "unreachable")
        for answer in present(situation, DnsAnswer)
    )


def _all_refused(seen: Outside) -> bool:
    """Whether everybody who answered turned us away: a box on the way refuses for several hosts."""
    turned_away = [
        o
        for o in seen.somebody
        if (isinstance(o.seen, HttpReply) and o.seen.outcome in ("refused", "reset"))
        or (isinstance(o.seen, Endpoint) and o.seen.connect in ("refused", "reset"))
    ]
    return len(turned_away) == len(seen.somebody) and len(hosts(turned_away)) >= 2
