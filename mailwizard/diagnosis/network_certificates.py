"""Certificates: interception on the way told apart from faults of the mail server's own."""

import re
from typing import Any

from mailwizard.diagnosis.network_clock import clock_right
from mailwizard.diagnosis.outside import CERTIFICATE_FAULTS, UNKNOWN_ISSUER, looks
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.network import Certificate, Endpoint, HttpReply

Own = list[Observation[Endpoint]]
Control = Observation[Any]

_ORGANISATION = re.compile(r"(?:^|,)(?:CN|O)=((?:\\.|[^,\\])+)")


def intercepted(situation: Situation, own: Own) -> Finding | None:
    """Issuers that this computer does not know, at the mail server and at unrelated hosts too."""
    unknown = [o for o in own if o.seen.tls in UNKNOWN_ISSUER]
    if not unknown or any(o.seen.tls == "ok" for o in own):
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
    names = [authority_name(o.seen.chain) for o in (*unknown, *strange)]
    name = next((found for found in names if found), "")
    return finding(
        "TLS_INTERCEPTED",
        [*unknown, *strange],
        certainty=Certainty.SURE if same else Certainty.LIKELY,
        issuer=name,
        variant="" if name else "unread",
        host=unknown[0].seen.host,
        port=unknown[0].seen.port,
        other=_host(same[0] if same else strange[0]),
    )


def certificate_fault(situation: Situation, own: Own, *, clock_is_wrong: bool) -> Finding | None:
    """What is wrong with the mail server's own certificate; needs controls that are in order."""
    faulty = [o for o in own if o.seen.tls in CERTIFICATE_FAULTS]
    if not faulty:
        return None
    # Where another address of the same server is in order, mail comes through now and then.
    outcome = Outcome.RISK if any(o.seen.tls == "ok" for o in own) else None
    good = [o for o in _controls(situation) if o.seen.tls == "ok"]
    first = sorted(faulty, key=lambda o: CERTIFICATE_FAULTS.index(o.seen.tls))[0]
    seen = first.seen
    leaf = seen.chain[0] if seen.chain else None
    data: dict[str, Any] = {
        "host": seen.host,
        "port": seen.port,
        "address": seen.address,
        "issuer": authority_name(seen.chain),
    }
    if seen.tls in ("expired", "not-yet-valid"):
        if clock_is_wrong or not (clock_right(situation) or good):
            return None
        return finding(
            "IMAP_CERT_EXPIRED",
            [*faulty, *clock_right(situation), *good],
            outcome=outcome,
            certainty=Certainty.SURE if clock_right(situation) else Certainty.LIKELY,
            expired_on=f"{leaf.not_after:%Y-%m-%d}" if leaf else "",
            valid_from=f"{leaf.not_before:%Y-%m-%d}" if leaf else "",
            variant=_unread(leaf, "early" if seen.tls == "not-yet-valid" else ""),
            **data,
        )
    if not good:
        return None
    because = [*faulty, *good]
    if seen.tls == "name":
        names = (", ".join(leaf.names[:3]) or authority(leaf.subject)) if leaf else ""
        return finding(
            "IMAP_CERT_NAME",
            because,
            outcome=outcome,
            names=names,
            variant=_unread(leaf, ""),
            **data,
        )
    if seen.tls == "incomplete":
        return finding(
            "IMAP_CHAIN_INCOMPLETE",
            because,
            outcome=outcome,
            certainty=Certainty.LIKELY,
            **data,
        )
    return finding(
        "IMAP_CERT_UNTRUSTED",
        because,
        outcome=outcome,
        variant=_unread(leaf, "self-signed" if seen.tls == "self-signed" else ""),
        **data,
    )


def authority_name(chain: tuple[Certificate, ...]) -> str:
    """Who signed the server's certificate, in as few words as it says itself; "" if unknown."""
    return authority(_issuer(chain))


def authority(name: str) -> str:
    """The common name (or organisation) in an RFC 4514 string, or all of it."""
    found = _ORGANISATION.search(name)
    return found[1].replace("\\", "") if found else name


def _unread(leaf: Certificate | None, variant: str) -> str:
    """The variant of the words, or the one for a certificate that could not be read."""
    return variant if leaf is not None else "unread"


def _issuer(chain: tuple[Certificate, ...]) -> str:
    return chain[0].issuer if chain else ""


def _controls(situation: Situation) -> list[Control]:
    """TLS with hosts that have nothing to do with the mail server."""
    endpoints: list[Control] = [o for o in looks(situation, Endpoint) if o.seen.role == "control"]
    return endpoints + [o for o in looks(situation, HttpReply) if o.seen.purpose == "https"]


def _service(control: Control) -> str:
    return control.seen.service if isinstance(control.seen, Endpoint) else "https"


def _host(control: Control) -> str:
    if isinstance(control.seen, Endpoint):
        return str(control.seen.host)
    return str(control.seen.url).removeprefix("https://").rstrip("/")
