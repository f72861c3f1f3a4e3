"""From plain text to TLS at port 25 (RFC 3207). The chain is recorded, trusted or not."""

import socket
import ssl
from dataclasses import replace
from typing import Literal

from mailwizard.model.seen.door import DoorTls, SmtpDoor
from mailwizard.model.shown import shown
from mailwizard.probes.certificate_digests import digests
from mailwizard.probes.certificates import presented
from mailwizard.probes.setting import Setting, Stopped
from mailwizard.probes.smtp_dialogue import Dialogue, NotSmtp
from mailwizard.probes.tls import handshake_fault, verify_fault, without_trust, wrapped_in_tls

HANDSHAKE_SECONDS = 6.0
Trust = Literal["verified", "untrusted"]


def ask(dialogue: Dialogue, seconds: float) -> DoorTls:
    """Says STARTTLS: ``handshake`` means that TLS comes next. Raises OSError, Stopped."""
    try:
        reply = dialogue.say("STARTTLS", seconds)
    except TimeoutError:
        return "timeout"
    except NotSmtp as problem:
        return "closed" if str(problem) == "closed" else "garbled"
    if reply.code != 220:
        return "refused"
    # Whoever is in between could add words here, to be taken for the server's own after TLS.
    return "injected" if dialogue.ahead else "handshake"


def encrypt(
    setting: Setting, connection: socket.socket, door: SmtpDoor, trust: Trust, seconds: float
) -> tuple[SmtpDoor, ssl.SSLSocket | None, int]:
    """The handshake for ``door.host``; takes the connection over.

    Gives the record with how it ended, the connection where it did not fail, and the verifier's
    code of a chain that was not trusted (0: none). With ``untrusted`` nothing is verified, and the
    record's ``tls`` is left as it is. Raises Stopped.
    """
    context = setting.world.tls_context() if trust == "verified" else without_trust()
    try:
        wrapped = wrapped_in_tls(setting, connection, context, door.host, seconds)
    except ssl.SSLCertVerificationError as problem:
        words = shown(problem.verify_message or str(problem), 200)
        return replace(door, tls="untrusted", tls_detail=words), None, problem.verify_code
    except (OSError, ValueError) as problem:
        if setting.stopped:
            raise Stopped from None
        if trust == "untrusted":
            return door, None, 0
        words = shown(getattr(problem, "reason", None) or str(problem), 200)
        return replace(door, tls=handshake_fault(problem), tls_detail=words), None, 0
    door = replace(
        door,
        tls="ok" if trust == "verified" else door.tls,
        tls_version=wrapped.version() or "",
        certificates=presented(wrapped),
        digests=digests(wrapped),
    )
    return door, wrapped, 0


def judged(setting: Setting, door: SmtpDoor, code: int) -> SmtpDoor:
    """The record of an untrusted chain, with what is wrong with it."""
    fault = verify_fault(code, door.certificates, door.host, setting.world.now())
    return replace(door, tls=fault)
