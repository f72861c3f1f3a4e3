"""One look of a watch of the line, judged from its own evidence alone: a mark for each rung."""

from collections.abc import Iterable

from mailwizard.diagnosis.ground import ground, imap_open
from mailwizard.diagnosis.network_line import line_fault
from mailwizard.diagnosis.network_names import judge_names
from mailwizard.diagnosis.network_quality import SLOW_MS
from mailwizard.diagnosis.outside import looks, outside
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Outcome
from mailwizard.model.line_history import Look
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.model.seen.line_watch import ANSWERED, RUNGS, SILENT, SLOW, UNKNOWN, UNTESTED
from mailwizard.model.seen.network import Endpoint, GatewayReply, Link, SystemLookup

ROUTER_SLOW_MS = 200.0
BEYOND = ("CAPTIVE_PORTAL", "PROXY_REQUIRED", "INTERNET_DOWN")

Marked = tuple[str, float | None]

_UNTESTED: Marked = (UNTESTED, None)
_UNKNOWN: Marked = (UNKNOWN, None)
_SILENT: Marked = (SILENT, None)


def judge_look(situation: Situation, offset: float) -> Look:
    """The marks of one look, whose observations are all that the situation holds."""
    fault = line_fault(situation)
    code = fault.code if fault is not None else ""
    names = _names(situation, code)
    rungs = (
        _link(situation, code),
        _router(situation, code),
        names,
        _internet(situation, code),
        _webmail(situation, code, names),
        _mail(situation, code, names),
    )
    return Look(offset, "".join(mark for mark, _ms in rungs), tuple(ms for _mark, ms in rungs))


def unknown_look(offset: float) -> Look:
    """A look that came to nothing."""
    return Look(offset, UNKNOWN * len(RUNGS), (None,) * len(RUNGS))


def _link(situation: Situation, code: str) -> Marked:
    if code == "LOCAL_OFFLINE":
        return _SILENT
    return (ANSWERED, None) if looks(situation, Link) else _UNKNOWN


def _router(situation: Situation, code: str) -> Marked:
    if code == "LOCAL_OFFLINE":
        return _UNTESTED
    if code == "GATEWAY_DOWN":
        return _SILENT
    replies = looks(situation, GatewayReply)
    for reply in replies:
        if reply.seen.answered:
            return _timed([reply.seen.milliseconds], ROUTER_SLOW_MS)
    if any(link.seen.gateway is None for link in looks(situation, Link)):
        return _UNTESTED
    # Many routers answer no ping: what came from beyond it has passed through it.
    return (ANSWERED, None) if outside(situation).genuine and replies else _UNKNOWN


def _names(situation: Situation, code: str) -> Marked:
    if code in ("LOCAL_OFFLINE", "GATEWAY_DOWN"):
        return _UNTESTED
    asked = [o for o in looks(situation, DnsAnswer) if o.seen.via == "configured"]
    if any(o.seen.status in DEFINITE for o in asked):
        return _timed([o.seconds * 1000 for o in asked if o.seen.status in DEFINITE], 1000.0)
    if code:
        return _UNTESTED
    found = judge_names(situation).findings
    if any(f.code == "LOCAL_DNS_DOWN" and f.outcome is Outcome.CAUSE for f in found):
        return _SILENT
    resolved = any(o.seen.outcome == "answer" for o in looks(situation, SystemLookup))
    # It did not answer itself, yet names were found: from a memory, or at a second attempt.
    return (SLOW, None) if asked and resolved and outside(situation).genuine else _UNKNOWN


def _internet(situation: Situation, code: str) -> Marked:
    if code in BEYOND:
        return _SILENT
    if code:
        return _UNTESTED
    if not outside(situation).genuine:
        return _UNKNOWN
    return _timed(
        [
            o.seen.connect_ms
            for o in looks(situation, Endpoint)
            if o.seen.role == "control" and o.seen.service == "https" and o.seen.tls == "ok"
        ]
    )


def _webmail(situation: Situation, code: str, names: Marked) -> Marked:
    tried = [o.seen for o in looks(situation, Endpoint) if o.seen.role == "web"]
    return _of_the_provider(
        situation, code, names, tried, [seen for seen in tried if imap_open(seen)]
    )


def _mail(situation: Situation, code: str, names: Marked) -> Marked:
    tried = [o.seen for o in looks(situation, Endpoint) if o.seen.role == "provider"]
    # A wrong certificate or a port without TLS is judged in the step itself: here it is an answer.
    good = [
        seen
        for seen in tried
        if seen.tls == "plaintext" or (imap_open(seen) and (seen.spoke or seen.tls != "ok"))
    ]
    mark, ms = _of_the_provider(situation, code, names, tried, good)
    if mark == SILENT and ground(situation).imap is False:
        return _UNKNOWN  # others' mail servers are silent as well
    if good and all(seen.greeting.upper().startswith("* BYE") for seen in good):
        return SLOW, ms
    return mark, ms


def _of_the_provider(
    situation: Situation, code: str, names: Marked, tried: list[Endpoint], good: list[Endpoint]
) -> Marked:
    """Silence is a fault only where somebody else's host answered in the same look."""
    if good:
        return _timed([seen.connect_ms for seen in good])
    if code or not tried or names[0] == SILENT:
        return _UNTESTED
    control = any(
        o.seen.role == "control" and o.seen.tls == "ok" for o in looks(situation, Endpoint)
    )
    return _SILENT if control else _UNKNOWN


def _timed(milliseconds: Iterable[float | None], slow: float = SLOW_MS) -> Marked:
    """Answered, by the quickest of several."""
    known = [ms for ms in milliseconds if ms is not None]
    if not known:
        return ANSWERED, None
    quickest = min(known)
    return (SLOW if quickest >= slow else ANSWERED), round(quickest, 1)
