"""Certificates: interception on the way told apart from faults of the mail server's own."""

import re
from datetime import datetime
from typing import Any

from mailwizard.diagnosis.certificate_names import suggested
from mailwizard.diagnosis.network_clock import clock_right, right_time
from mailwizard.diagnosis.outside import (
    BY_DATE,
    CERTIFICATE_FAULTS,
    UNKNOWN_ISSUER,
    host_of,
    hosts,
    looks,
)
from mailwizard.diagnosis.own_server import Own, place
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.network import Certificate, Endpoint, HttpReply

Control = Observation[Any]

_ORGANISATION = re.compile(r"(?:^|,)(?:CN|O)=((?:\\.|[^,\\])+)")

# The verifier's codes for "nobody known vouches for it", on OpenSSL and on others (``probes.tls``).
_NOBODY_VOUCHES = {0, 2, 18, 19, 20, 21, 0x800B0109, 0x800B010A, -67843}


def intercepted(situation: Situation, own: Own) -> Finding | None:
    """Somebody shows the same certificates for the mail server and for unrelated hosts."""
    if any(o.seen.tls == "ok" for o in own):
        return None
    return _unknown_issuers(situation, own) or _known_issuer(situation, own)


def _unknown_issuers(situation: Situation, own: Own) -> Finding | None:
    """Issuers that this computer does not know, at the mail server and at unrelated hosts too."""
    unknown = [o for o in own if o.seen.tls in UNKNOWN_ISSUER]
    if not unknown:
        return None
    mine = {_issuer(o.seen.chain) for o in unknown} - {""}
    controls = _controls(situation)
    strange = [o for o in controls if o.seen.tls in UNKNOWN_ISSUER]
    same = [o for o in strange if _issuer(o.seen.chain) in mine]
    genuine = [o for o in controls if o.seen.tls == "ok" and _service(o) == "imap"]
    # Different unknown issuers everywhere: an interceptor with several keys, or a computer that
    # knows too few authorities. Only the same one at unrelated hosts leaves no doubt.
    if not same and (not strange or genuine):
        return None
    names = [authority_name(o.seen.chain) for o in (*same, *unknown, *strange)]
    name = next((found for found in names if found), "")
    return _interception(unknown, same or strange, strange, name, sure=bool(same))


def _known_issuer(situation: Situation, own: Own) -> Finding | None:
    """One box's certificates for all hosts, expired or for another name, though known here.

    A public authority's are shown by many servers: that only counts where none of its
    certificates is in order, and the clock is right.
    """
    controls = _controls(situation)
    trusted = {_issuer(o.seen.chain) for o in controls if o.seen.tls == "ok"}
    for first in own:
        seen = first.seen
        issuer = _issuer(seen.chain)
        if not issuer or issuer in trusted:
            continue
        if seen.tls in BY_DATE and clock_right(situation):
            same = [
                o for o in controls if o.seen.tls == seen.tls and _issuer(o.seen.chain) == issuer
            ]
            name = authority(issuer)
        elif seen.tls == "name":
            leaf = seen.chain[0]
            same = [o for o in controls if o.seen.tls == "name" and o.seen.chain[:1] == (leaf,)]
            name = authority(leaf.subject)
        else:
            continue
        if len(hosts(same)) >= 2:
            return _interception([first], same, same, name, sure=False)
    return None


def _interception(
    own: Own, same: list[Control], behind: list[Control], name: str, *, sure: bool
) -> Finding:
    return finding(
        "TLS_INTERCEPTED",
        [*own, *behind],
        certainty=Certainty.SURE if sure else Certainty.LIKELY,
        issuer=name,
        variant="" if name else "unread",
        host=own[0].seen.host,
        port=own[0].seen.port,
        other=host_of(same[0]),
    )


def certificate_fault(situation: Situation, own: Own, *, clock_is_wrong: bool) -> Finding | None:
    """What is wrong with the mail server's own certificate; needs controls that are in order."""
    faulty = [o for o in own if o.seen.tls in CERTIFICATE_FAULTS]
    if not faulty:
        return None
    # Where another address of the same server is in order, mail comes through now and then.
    outcome = Outcome.RISK if any(o.seen.tls == "ok" for o in own) else None
    first = min(faulty, key=lambda o: CERTIFICATE_FAULTS.index(o.seen.tls))
    if first.seen.tls in BY_DATE:
        return _outside_its_dates(
            situation, [o for o in faulty if o.seen.tls in BY_DATE], outcome, clock_is_wrong
        )
    good = controls_in_order(situation)
    if not good:
        return None
    because = [*faulty, *good]
    match first.seen.tls:
        case "name":
            return _other_name(situation, first, because, outcome)
        case "incomplete":
            return _incomplete(first, good, because, outcome)
        case _:
            return _untrusted(first, because, outcome)


def _outside_its_dates(
    situation: Situation, faulty: Own, outcome: Outcome | None, clock_is_wrong: bool
) -> Finding | None:
    """Expired, or not yet good: by the right time, where this computer's clock is wrong."""
    first = faulty[0]
    chain = first.seen.chain
    right = clock_right(situation)
    good = controls_in_order(situation)
    now: datetime | None = first.at
    if clock_is_wrong:
        now = right_time(situation)
        if now is None or not _wrong_by_date(chain, now):
            return None
        if not good:  # the clock alone keeps everything from working: it comes first
            outcome = Outcome.RISK
    elif not good and (not right or _same_at_all(situation, first.seen.tls)):
        return None
    wrong = _wrong_by_date(chain, now) if now else None
    early = wrong is not None and now is not None and now < wrong.not_before
    variant = "early" if first.seen.tls == "not-yet-valid" else ""
    if wrong is None:
        variant = "unread"
    elif wrong is not chain[0]:
        variant = "issuer"
    elif clock_is_wrong:
        variant = "early" if early else ""
    return finding(
        "IMAP_CERT_EXPIRED",
        [*faulty, *right, *good],
        outcome=outcome,
        certainty=Certainty.SURE if right else Certainty.LIKELY,
        expired_on=f"{wrong.not_after:%Y-%m-%d}" if wrong else "",
        valid_from=f"{wrong.not_before:%Y-%m-%d}" if wrong else "",
        variant=variant,
        authority=authority(wrong.subject) if wrong else "",
        **_place(first),
    )


def _wrong_by_date(chain: tuple[Certificate, ...], now: datetime) -> Certificate | None:
    """The first certificate of a chain that is outside its dates."""
    return next((c for c in chain if not c.not_before <= now <= c.not_after), None)


def _same_at_all(situation: Situation, fault: str) -> bool:
    """Whether the same fault is at every unrelated host, so that it is hardly the server's."""
    tried = [o for o in _controls(situation) if o.seen.tls]
    return bool(tried) and all(o.seen.tls == fault for o in tried)


def _other_name(
    situation: Situation, first: Observation[Endpoint], because: list[Any], outcome: Outcome | None
) -> Finding:
    leaf = first.seen.chain[0] if first.seen.chain else None
    names = (", ".join(leaf.names[:3]) or authority(leaf.subject)) if leaf else ""
    right = suggested(situation, first.seen)
    return finding(
        "IMAP_CERT_NAME",
        because,
        outcome=outcome,
        names=names,
        suggested=right.name if right else "",
        variant="unread" if not names else right.variant if right else "",
        **_place(first),
    )


def _incomplete(
    first: Observation[Endpoint], good: list[Control], because: list[Any], outcome: Outcome | None
) -> Finding:
    """The issuer is no stranger where other servers, that are in order, send its certificate."""
    issuer = _issuer(first.seen.chain)
    seen_elsewhere = any(c.subject == issuer for o in good for c in o.seen.chain[1:])
    return finding(
        "IMAP_CHAIN_INCOMPLETE",
        because,
        outcome=outcome,
        certainty=Certainty.SURE if seen_elsewhere else Certainty.LIKELY,
        **_place(first),
    )


def _untrusted(
    first: Observation[Endpoint], because: list[Any], outcome: Outcome | None
) -> Finding:
    seen = first.seen
    variant = "self-signed" if seen.tls == "self-signed" else ""
    if seen.tls == "untrusted" and seen.verify not in _NOBODY_VOUCHES and seen.detail:
        variant = "refused"
    return finding(
        "IMAP_CERT_UNTRUSTED",
        because,
        outcome=outcome,
        variant=variant if seen.chain else "unread",
        fault=seen.detail,
        **_place(first),
    )


def authority_name(chain: tuple[Certificate, ...]) -> str:
    """Who signed the server's certificate, in as few words as it says itself; "" if unknown."""
    return authority(_issuer(chain))


def authority(name: str) -> str:
    """The common name (or organisation) in an RFC 4514 string, or all of it."""
    found = _ORGANISATION.search(name)
    return found[1].replace("\\", "") if found else name


def controls_in_order(situation: Situation) -> list[Control]:
    """Verified TLS with hosts that have nothing to do with the mail server."""
    return [o for o in _controls(situation) if o.seen.tls == "ok"]


def _place(observation: Observation[Endpoint]) -> dict[str, Any]:
    return {**place(observation), "issuer": authority_name(observation.seen.chain)}


def _issuer(chain: tuple[Certificate, ...]) -> str:
    return chain[0].issuer if chain else ""


def _controls(situation: Situation) -> list[Control]:
    """TLS with hosts that have nothing to do with the mail server."""
    endpoints: list[Control] = [o for o in looks(situation, Endpoint) if o.seen.role == "control"]
    return endpoints + [o for o in looks(situation, HttpReply) if o.seen.purpose == "https"]


def _service(control: Control) -> str:
    return control.seen.service if isinstance(control.seen, Endpoint) else "https"
