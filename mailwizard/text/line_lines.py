"""What the probes of the line's quality and of the proxy saw, in one short line each."""

from statistics import median

from mailwizard.model.evidence import Evidence
from mailwizard.model.marked import N_
from mailwizard.model.seen.line import LineQuality, ProxyConnect, TimedConnect
from mailwizard.text.joined import listed
from mailwizard.text.language import _

_PROXY = {
    "silent": N_("{address} says nothing"),
    "closed": N_("{address} hangs up"),
    "garbage": N_("{address} is no proxy"),
    "no-address": N_("no address found for {address}"),
}
_NO_ANSWER = N_("{address} does not answer")


def line_line(probe: str, evidence: Evidence) -> str:
    """The usual time of a connection to the outside, and how many were never answered."""
    tries = _outward(probe, evidence)
    times = [c.milliseconds for c in tries if c.milliseconds is not None]
    if not times:
        return _("no connection came about") if tries else ""
    text = _("about {ms} ms to {hosts} hosts").format(
        ms=round(median(times)) or 1, hosts=len({c.host for c in tries})
    )
    lost = len(tries) - len(times)
    if not lost:
        return text
    return listed((text, _("{lost} of {total} without answer").format(lost=lost, total=len(tries))))


def line_worked(probe: str, evidence: Evidence) -> bool:
    """Whether any connection was answered."""
    return any(c.milliseconds is not None for c in _outward(probe, evidence))


def proxy_line(probe: str, evidence: Evidence) -> str:
    """What the proxy said, of the mail server where that was asked."""
    asked = _asked(probe, evidence)
    if not asked:
        return ""
    seen = next((o for o in asked if o.role == "provider"), asked[0])
    if seen.status is None:
        return _(_PROXY.get(seen.outcome, _NO_ANSWER)).format(address=seen.proxy)
    if seen.opened:
        return _("{address} lets {host} through").format(address=seen.proxy, host=seen.host)
    return _("{address} answers {status} for {host}").format(
        address=seen.proxy, status=seen.status, host=seen.host
    )


def proxy_worked(probe: str, evidence: Evidence) -> bool:
    """Whether the proxy let everything through that it was asked for."""
    return all(o.opened for o in _asked(probe, evidence))


def _asked(probe: str, evidence: Evidence) -> list[ProxyConnect]:
    return [o.seen for o in evidence.of(ProxyConnect, probe)]


def _outward(probe: str, evidence: Evidence) -> list[TimedConnect]:
    """All connections that left the house."""
    return [
        c
        for o in evidence.of(LineQuality, probe)
        for c in o.seen.connects
        if c.segment != "gateway"
    ]
