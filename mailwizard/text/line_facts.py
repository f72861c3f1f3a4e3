"""What was seen of the line, in one technical line each: settings, timed connections, the proxy."""

from mailwizard.model.seen.line import LineQuality, ProxyConnect
from mailwizard.model.seen.network import Link
from mailwizard.text.language import _


def link_fact(seen: Link) -> str:
    """This computer's own settings."""
    text = _("This computer: {addresses}; router {gateway}; name servers {resolvers}").format(
        addresses=_joined([a for i in seen.interfaces for a in i.addresses]),
        gateway=seen.gateway or "-",
        resolvers=_joined(seen.resolvers),
    )
    if seen.proxies:
        proxies = [f"{scheme} {url}" for scheme, url in sorted(seen.proxies.items())]
        text += "; " + _("proxy: {proxies}").format(proxies=_joined(proxies))
    return f"{text}; PAC {seen.pac}" if seen.pac else text


def line_quality_fact(seen: LineQuality) -> str:
    """Each place with the times of its connections, in the order in which they were made."""
    told: dict[str, list[str]] = {}
    for c in seen.connects:
        fate = c.fate if c.milliseconds is None else f"{c.milliseconds:.0f}"
        told.setdefault(f"{c.host} [{c.address}]:{c.port}", []).append(fate)
    places = [f"{place} {' '.join(fates)}" for place, fates in told.items()]
    return _("Connections one after another, in milliseconds: {places}").format(
        places="; ".join(places) or "-"
    )


def proxy_fact(seen: ProxyConnect) -> str:
    """What the proxy said to one CONNECT."""
    status = seen.outcome if seen.status is None else str(seen.status)
    said = _joined([status, seen.reason, *seen.wants])
    text = f"{seen.proxy}: CONNECT {seen.host}:{seen.port}: {said}"
    return f"{text} (TLS {seen.tls})" if seen.tls else text


def _joined(items: list[str] | tuple[str, ...]) -> str:
    return ", ".join(item for item in items if item) or "-"
