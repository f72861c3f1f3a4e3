"""The mail server's door: blocked on the way, closed, silent, busy, or not a mail server's."""

from dataclasses import replace
from typing import Any

from mailwizard.diagnosis.ground import imap_controls, imap_open
from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.own_server import Own, place
from mailwizard.diagnosis.silence import any_silent
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import Endpoint, HttpReply

_TURNED_AWAY = ("refused", "reset")
_BY_SILENCE = ("IMAP_SERVICE_DOWN", "IMAP_STALLED", "PROVIDER_UNREACHABLE")


def port_blocked(situation: Situation, own: Own) -> Finding | None:
    """The mail port is closed at every host alike, while the web works."""
    if not own or any(imap_open(o.seen) for o in own):
        return None
    controls = [o for o in imap_controls(situation) if o.seen.port == own[0].seen.port]
    if not controls or any(imap_open(o.seen) for o in controls):
        return None
    web: list[Observation[Any]] = [
        *(
            o
            for o in looks(situation, HttpReply)
            if o.seen.purpose == "https" and o.seen.tls == "ok"
        ),
        *(o for o in looks(situation, Endpoint) if o.seen.role == "web" and imap_open(o.seen)),
    ]
    if not web:
        return None
    # A firewall treats all alike: another fate here than there may be the server's own.
    alike = len({_fate(o.seen) for o in (*own, *controls)}) == 1
    several = alike and len({o.seen.host for o in controls}) >= 2
    return finding(
        "PORT_BLOCKED_LOCALLY",
        [*own, *controls, *web],
        certainty=Certainty.SURE if several else Certainty.LIKELY,
        host=own[0].seen.host,
        port=own[0].seen.port,
        other=tuple(sorted({o.seen.host for o in controls})[:3]),
    )


def server_fault(situation: Situation, own: Own, *, line_is_weak: bool) -> Finding | None:
    """What the mail server itself does wrong; only where a comparable server could be reached.

    On a line that is slow or loses packets, silence is weak evidence.
    """
    found = _server_fault(situation, own)
    turned_away = any(o.seen.connect in _TURNED_AWAY for o in own)
    silence = any_silent(own) and not turned_away
    if found is not None and line_is_weak and silence and found.code in _BY_SILENCE:
        return replace(found, certainty=Certainty.POSSIBLE)
    return found


def _server_fault(situation: Situation, own: Own) -> Finding | None:
    controls = [o for o in imap_controls(situation) if imap_open(o.seen)]
    if not own or not controls or _signed_in(situation):
        return None
    if any(_greets(o.seen) for o in own):
        return _busy(own, controls)
    spoke = [o for o in own if o.seen.tls == "ok"]
    if spoke:
        return _odd_greeting(spoke, controls)
    connected = [o for o in own if _connected(o.seen)]
    if connected:
        return _no_tls(connected, controls)
    return _closed(situation, own, controls)


def _busy(own: Own, controls: Own) -> Finding | None:
    bye = [o for o in own if o.seen.greeting.upper().startswith("* BYE")]
    if len(bye) < len([o for o in own if _greets(o.seen)]):
        return None
    return finding("IMAP_BUSY", [*bye, *controls], said=bye[0].seen.greeting, **place(bye[0]))


def _odd_greeting(spoke: Own, controls: Own) -> Finding | None:
    """Encrypted and verified, and then no greeting of a mail server (RFC 9051, section 7.1)."""
    first = sorted(spoke, key=lambda o: (not o.seen.spoke, o.seen.detail))[0]
    if first.seen.spoke:
        return finding(
            "IMAP_PORT_SECURITY_MISMATCH",
            [*spoke, *controls],
            certainty=Certainty.LIKELY,
            variant="other-service",
            said=first.seen.greeting,
            **place(first),
        )
    if all(o.seen.detail == "silent" for o in spoke):
        return finding("IMAP_STALLED", [*spoke, *controls], **place(first))
    return finding(
        "IMAP_SERVICE_DOWN",
        [*spoke, *controls],
        certainty=Certainty.LIKELY,
        variant="hangs-up",
        **place(first),
    )


def _no_tls(connected: Own, controls: Own) -> Finding | None:
    """Connected, but no encrypted line came about for another reason than the certificate."""
    by_fault = {o.seen.tls: o for o in reversed(connected)}
    because = [*connected, *controls]
    if "plaintext" in by_fault:
        return finding("IMAP_PORT_SECURITY_MISMATCH", because, **place(by_fault["plaintext"]))
    if "timeout" in by_fault:
        return finding("IMAP_STALLED", because, **place(by_fault["timeout"]))
    for fault in ("reset", "closed", "error"):
        if fault in by_fault:
            return finding(
                "IMAP_SERVICE_DOWN",
                because,
                certainty=Certainty.POSSIBLE if fault == "error" else Certainty.LIKELY,
                variant="nonsense" if fault == "error" else "hangs-up",
                **place(by_fault[fault]),
            )
    return None


def _closed(situation: Situation, own: Own, controls: Own) -> Finding | None:
    """No connection at all."""
    tried = [o for o in own if o.seen.connect != "no-address"]
    if not tried:
        return None
    webmail = situation.answered("webmail-opens", "yes")
    others = [
        o
        for o in looks(situation, Endpoint)
        if o.seen.role in ("web", "submission", "pop") and o.seen.connect != "no-address"
    ]
    alive = [o for o in others if o.seen.connect in ("connected", *_TURNED_AWAY)]
    refusing = [o for o in tried if o.seen.connect in _TURNED_AWAY]
    because: list[Observation[Any] | None] = [*tried, *controls, *others, webmail]
    if refusing:
        works = any(_connected(o.seen) for o in others) or webmail
        return finding(
            "IMAP_SERVICE_DOWN",
            because,
            certainty=Certainty.SURE if works else Certainty.LIKELY,
            **place(refusing[0]),
        )
    if others and not alive and not webmail:
        return finding(
            "PROVIDER_UNREACHABLE",
            because,
            certainty=Certainty.SURE if len(others) >= 2 else Certainty.LIKELY,
            **place(tried[0]),
        )
    return finding(
        "IMAP_SERVICE_DOWN",
        because,
        certainty=Certainty.LIKELY if alive or webmail else Certainty.POSSIBLE,
        variant="silent",
        **place(tried[0]),
    )


def _fate(endpoint: Endpoint) -> str:
    """How it ended: turned away, swallowed, or connected and no further."""
    if endpoint.connect == "connected":
        return endpoint.tls
    return "refused" if endpoint.connect in _TURNED_AWAY else endpoint.connect


def _connected(endpoint: Endpoint) -> bool:
    return endpoint.connect == "connected"


def _greets(endpoint: Endpoint) -> bool:
    """Whether it greets as a mail server does."""
    return endpoint.greeting.upper().startswith(("* OK", "* PREAUTH", "* BYE"))


def _signed_in(situation: Situation) -> bool:
    """Whether a sign-in got as far as the server's own answer: it is neither down nor silent."""
    return any(
        o.seen.outcome in ("ok", "refused", "no-password-login") for o in looks(situation, SignIn)
    )
