"""Silence as evidence: on a line that is slow or loses packets, it proves nobody's fault."""

from collections.abc import Iterable
from dataclasses import replace

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, SystemLookup

_ORDER = tuple(Certainty)


def on_weak_line(situation: Situation, found: Finding, at_most: Certainty) -> Finding:
    """The finding, no surer than ``at_most`` where any of what it stands on kept silent."""
    behind = set(found.because)
    if not any(silent(o) for o in situation.evidence if o.id in behind):
        return found
    return replace(found, certainty=max(found.certainty, at_most, key=_ORDER.index))


def any_silent(observations: Iterable[Observation[Endpoint]]) -> bool:
    """Whether any server gave no answer: to a connection, in the handshake, or after it."""
    return any(silent(o) for o in observations)


def silent(observation: Observation[Seen]) -> bool:
    """Whether nothing came in time. A refusal, a reset and nonsense are answers."""
    seen = observation.seen
    if isinstance(seen, Endpoint):
        quiet = seen.tls == "ok" and not seen.spoke and seen.detail == "silent"
        return quiet or "timeout" in (seen.connect, seen.tls)
    if isinstance(seen, DnsAnswer):
        return seen.status == "timeout"
    return isinstance(seen, SystemLookup) and seen.outcome in ("temporary", "timeout")
