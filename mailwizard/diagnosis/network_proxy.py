"""A proxy that everything must go through, and what it lets through."""

from typing import Any

from mailwizard.diagnosis.outside import Outside, looks
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.line import ProxyConnect
from mailwizard.model.seen.network import Link

SIGN_IN = 407  # RFC 9110, section 15.5.8
_UNREACHED = (502, 503, 504)  # the proxy itself did not get there
_NO_TLS = ("", "timeout", "reset", "closed", "plaintext", "error")

Asked = list[Observation[ProxyConnect]]


def proxy_fault(situation: Situation, seen: Outside, *, turned_away: bool) -> Finding | None:
    """Nothing gets out directly, and this computer is set to use a proxy.

    ``turned_away`` tells that everything was refused rather than swallowed.
    """
    if seen.genuine or not (seen.looked_at or turned_away):
        return None
    for link in looks(situation, Link):
        around: list[Observation[Any]] = [link, *seen.silent, *seen.somebody]
        proxies = sorted({url for scheme, url in link.seen.proxies.items() if scheme != "no"})
        if proxies:
            return _by_proxy(situation, around, proxies[0])
        # A file of settings stays set in other networks too: something must get out at least.
        if link.seen.pac and (seen.names or turned_away or _names_work(situation)):
            return finding(
                "PROXY_REQUIRED",
                around,
                certainty=Certainty.POSSIBLE,
                variant="pac",
                proxy=link.seen.pac,
            )
    return None


def _by_proxy(situation: Situation, around: list[Observation[Any]], setting: str) -> Finding | None:
    asked = looks(situation, ProxyConnect)
    because = [*asked, *around]
    data = _data(asked, setting)
    mail = [o for o in asked if o.seen.role == "provider"]
    web = [o for o in asked if o.seen.role == "web"]
    if any(_through(o.seen) for o in mail):
        return finding("PROXY_REQUIRED", because, variant="open", **data)
    refused = _refuses_mail(asked)
    if refused is not None and any(o.seen.opened for o in web):
        proven = any(_through(o.seen) for o in web) and refused.seen.status not in _UNREACHED
        return finding(
            "PROXY_REFUSES_MAIL",
            because,
            certainty=Certainty.SURE if proven else Certainty.LIKELY,
            variant="sign-in" if refused.seen.status == SIGN_IN else "",
            status=f"{refused.seen.status} {refused.seen.reason}".strip(),
            web=web[0].seen.host,
            **data,
        )
    if asked and all(o.seen.status == SIGN_IN for o in asked):
        return finding("PROXY_REQUIRED", because, variant="sign-in", **data)
    if asked and all(o.seen.status in _UNREACHED for o in asked):
        return None  # the proxy lives; it is the line behind it
    if asked and all(_no_proxy_there(o.seen) for o in asked):
        if not _names_work(situation):
            return None  # nothing works at all: a setting left over proves nothing
        return finding(
            "PROXY_REQUIRED", because, certainty=Certainty.POSSIBLE, variant="dead", **data
        )
    works = any(_through(o.seen) for o in web)
    return finding(
        "PROXY_REQUIRED",
        because,
        certainty=Certainty.SURE if works else Certainty.LIKELY,
        proxy=setting,
    )


def _refuses_mail(asked: Asked) -> Observation[ProxyConnect] | None:
    """Where the proxy itself refuses the mail server. A server that it could not reach is none of
    that, unless it is the same with somebody else's mail server."""
    mail = [o for o in asked if o.seen.role == "provider" and o.seen.status is not None]
    for o in mail:
        status = o.seen.status or 0
        if status in _UNREACHED:
            others = [c for c in asked if c.seen.role == "control"]
            if others and all(c.seen.status == status for c in others):
                return o
        elif status >= 400:
            return o
    return None


def _data(asked: Asked, setting: str) -> dict[str, Any]:
    mail = next((o.seen for o in asked if o.seen.role == "provider"), None)
    return {
        "proxy": asked[0].seen.proxy if asked else setting,
        "host": mail.host if mail else "",
        "port": mail.port if mail else 993,
    }


def _through(seen: ProxyConnect) -> bool:
    """Whether the way really leads to somebody who speaks TLS."""
    return seen.opened and seen.tls not in _NO_TLS


def _no_proxy_there(seen: ProxyConnect) -> bool:
    return seen.outcome in ("refused", "timeout", "unreachable", "reset", "no-address", "error")


def _names_work(situation: Situation) -> bool:
    """Whether the configured name service knows names of the outside."""
    return any(
        o.seen.via == "configured" and o.seen.about == "control" and o.seen.status == "answer"
        for o in looks(situation, DnsAnswer)
    )
