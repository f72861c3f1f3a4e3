"""No encryption that both sides accept: a port without it, STARTTLS missing, only old versions."""

from typing import Any

from mailwizard.diagnosis.network_certificates import authority_name, controls_in_order
from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.own_server import Own, place
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import Endpoint

_WITHOUT = ("not-offered", "refused", "injected")


def encryption_fault(situation: Situation, own: Own) -> Finding | None:
    """What keeps the encrypted line from coming about, where others' lines come about."""
    good = controls_in_order(situation)
    signed_in = any(o.seen.outcome in ("ok", "refused") for o in looks(situation, SignIn))
    if not good or signed_in:
        return None
    # Where another address of the same server is in order, mail comes through now and then.
    outcome = Outcome.RISK if any(o.seen.tls == "ok" for o in own) else None
    return (
        _no_starttls(own, good, outcome)
        or _too_old(own, good, outcome)
        or _unusual_port(situation, own)
    )


def _no_starttls(own: Own, good: list[Observation[Any]], outcome: Outcome | None) -> Finding | None:
    without = [o for o in own if o.seen.starttls in _WITHOUT]
    if not without:
        return None
    first = min(without, key=lambda o: _WITHOUT.index(o.seen.starttls))
    # Somebody on the way can take the offer out of the plain text, or add to it.
    tampered = first.seen.starttls == "injected"
    return finding(
        "IMAP_NO_STARTTLS",
        [*without, *good],
        outcome=outcome,
        certainty=Certainty.LIKELY,
        variant="tampered" if tampered else "",
        **place(first),
    )


def _too_old(own: Own, good: list[Observation[Any]], outcome: Outcome | None) -> Finding | None:
    old = [o for o in own if o.seen.tls == "protocol"]
    if not old:
        return None
    first = min(old, key=lambda o: (not o.seen.offers, not o.seen.chain))
    seen = first.seen
    # The verifier's own code: the handshake went well, but the certificate's key or signature is
    # weaker than this computer accepts.
    weak = bool(seen.verify)
    return finding(
        "IMAP_TLS_OLD",
        [*old, *good],
        outcome=outcome,
        certainty=Certainty.SURE if weak or seen.offers else Certainty.LIKELY,
        variant="certificate" if weak else "offers" if seen.offers else "",
        offers=seen.offers,
        issuer=authority_name(seen.chain),
        **place(first),
    )


def _unusual_port(situation: Situation, own: Own) -> Finding | None:
    """A closed port on which nobody else was tried: rather the wrong one than a server down.

    Where nothing of the provider's gives a sign of life, that is not to be told from here.
    """
    endpoints = looks(situation, Endpoint)
    tried = [o for o in own if o.seen.connect != "no-address"]
    controls = [o for o in endpoints if o.seen.role == "control" and o.seen.tls == "ok"]
    if not tried or not controls or any(o.seen.connect == "connected" for o in tried):
        return None
    if tried[0].seen.port in {o.seen.port for o in controls}:
        return None
    doors = [
        o
        for o in endpoints
        if o.seen.role in ("web", "submission") and o.seen.connect == "connected"
    ]
    if not doors and not any(o.seen.connect in ("refused", "reset") for o in tried):
        return None
    return finding(
        "IMAP_PORT_SECURITY_MISMATCH",
        [*tried, *controls, *doors],
        certainty=Certainty.LIKELY if doors else Certainty.POSSIBLE,
        variant="closed",
        **place(tried[0]),
    )
