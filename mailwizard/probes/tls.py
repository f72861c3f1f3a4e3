"""One TLS handshake for every probe: verified, or told why not. Nothing is sent unverified."""

import errno
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from datetime import datetime

from mailwizard.model.seen.network import Certificate, Tls
from mailwizard.model.shown import shown
from mailwizard.probes.certificates import presented
from mailwizard.probes.setting import Setting, Stopped
from mailwizard.probes.starttls import PLAIN_PORT, ask_for_tls
from mailwizard.probes.time_out import no_longer_than

HANDSHAKE_SECONDS = 5.0
AGAIN_SECONDS = 3.0

# OpenSSL's verification results (X509_V_ERR_*). It looks for the issuer first, then at the name,
# then at the dates, so that of several faults the gravest is told: an unknown issuer.
_ISSUER_UNKNOWN = {2, 19, 20, 21, 0x800B0109, 0x800B010A, -67843}
_VERIFY: dict[int, Tls] = {
    9: "not-yet-valid",
    10: "expired",
    18: "self-signed",
    62: "name",
    63: "name",
    64: "name",
    66: "protocol",  # key or digest too weak for this computer's rules
    67: "protocol",
    68: "protocol",
    # What macOS and Windows say instead, through truststore.
    -67818: "expired",
    -67819: "not-yet-valid",
    -67602: "name",
    0x800B0101: "expired",
    0x800B010F: "name",
}
_NO_COMMON_PROTOCOL = {
    "UNSUPPORTED_PROTOCOL",
    "TLSV1_ALERT_PROTOCOL_VERSION",
    "SSLV3_ALERT_HANDSHAKE_FAILURE",
    "TLSV1_ALERT_INSUFFICIENT_SECURITY",
    "NO_PROTOCOLS_AVAILABLE",
    "NO_SHARED_CIPHER",
    "WRONG_SSL_VERSION",
    "UNKNOWN_PROTOCOL",
    "DH_KEY_TOO_SMALL",
    "WRONG_SIGNATURE_TYPE",
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
}
_NOT_TLS = {
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "HTTPS_PROXY_REQUEST",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_TOO_SMALL",
    "RECORD_LAYER_FAILURE",
    "BAD_RECORD_TYPE",
    "UNEXPECTED_MESSAGE",
    "DATA_LENGTH_TOO_LONG",
    "LENGTH_MISMATCH",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsResult:
    """``connection`` is there for ``ok`` only, verified and under the setting's guard.

    ``chain`` is what was presented, leaf first, also where it is not trusted. ``detail`` is the
    library's own word for the failure, for the helpdesk; ``verify`` the verifier's code, 0 without
    one. ``offers`` is for ``protocol``: the best old version and cipher that the other side knows,
    "" where that could not be learnt.
    """

    outcome: Tls
    connection: ssl.SSLSocket | None = None
    milliseconds: float | None = None
    version: str = ""
    chain: tuple[Certificate, ...] = ()
    detail: str = ""
    verify: int = 0
    offers: str = ""


def handshake(
    setting: Setting,
    connection: socket.socket,
    host: str,
    *,
    again: tuple[str, int] | None = None,
    seconds: float = HANDSHAKE_SECONDS,
) -> TlsResult:
    """Wraps a fresh connection in TLS, verified for ``host``; takes the connection over.

    ``again`` is the (address, port) that was connected to: an untrusted chain, or what an old
    server offers, is read over a second connection there, on which nothing is sent. Without it the
    peer's address is used.
    Never raises for what the other side does. Raises Stopped.
    """
    place = again or _peer(connection)
    started = time.monotonic()
    try:
        context = setting.world.tls_context()
        wrapped = wrapped_in_tls(setting, connection, context, host, seconds)
    except ssl.SSLCertVerificationError as problem:
        connection.close()
        chain, _offers = _looked_at(setting, place, host)
        return TlsResult(
            outcome=verify_fault(problem.verify_code, chain, host, setting.world.now()),
            milliseconds=_since(started),
            chain=chain,
            detail=shown(problem.verify_message or str(problem), 200),
            verify=problem.verify_code,
        )
    except (OSError, ValueError) as problem:
        connection.close()
        if setting.stopped:
            raise Stopped from None
        outcome = handshake_fault(problem)
        chain, offers = _looked_at(setting, place, host) if outcome == "protocol" else ((), "")
        return TlsResult(
            outcome=outcome,
            milliseconds=_since(started),
            chain=chain,
            offers=offers,
            detail=shown(getattr(problem, "reason", None) or str(problem), 200),
        )
    return TlsResult(
        outcome="ok",
        connection=wrapped,
        milliseconds=_since(started),
        version=wrapped.version() or "",
        chain=presented(wrapped),
    )


def verify_fault(code: int, chain: tuple[Certificate, ...], host: str, now: datetime) -> Tls:
    """What is wrong with a chain that was not trusted, by the verifier's code and by looking."""
    if code in _VERIFY:
        return _VERIFY[code]
    if not chain:
        return "untrusted"
    leaf = chain[0]
    if code not in _ISSUER_UNKNOWN:
        if now > leaf.not_after:
            return "expired"
        if now < leaf.not_before:
            return "not-yet-valid"
        if not leaf.covers(host):
            return "name"
        return "self-signed" if leaf.subject == leaf.issuer else "untrusted"
    if leaf.subject == leaf.issuer:
        return "self-signed"
    if leaf.issuer not in {certificate.subject for certificate in chain[1:]}:
        return "incomplete"
    return "untrusted"


def without_trust() -> ssl.SSLContext:
    """A context that verifies nothing and allows every old version, to look at what is shown."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def wrapped_in_tls(
    setting: Setting,
    connection: socket.socket,
    context: ssl.SSLContext,
    host: str,
    seconds: float,
) -> ssl.SSLSocket:
    """The handshake itself, bounded and under guard; takes the connection over.

    Raises OSError, ValueError, Stopped.
    """
    limit = setting.limit(seconds)
    connection.settimeout(limit)
    wrapped = context.wrap_socket(connection, server_hostname=host, do_handshake_on_connect=False)
    try:
        setting.guard(wrapped)
        with no_longer_than(wrapped, limit):
            wrapped.do_handshake()
    except BaseException:
        wrapped.close()
        raise
    return wrapped


def _looked_at(
    setting: Setting, place: tuple[str, int] | None, host: str
) -> tuple[tuple[Certificate, ...], str]:
    """The chain as presented, and the version and cipher agreed on when every old one is allowed.

    Over a second connection that carries nothing but the handshake. Raises Stopped.
    """
    if place is None:
        return (), ""
    context = without_trust()
    try:
        connection = setting.connect(*place, AGAIN_SECONDS)
    except OSError:
        return (), ""
    try:
        if place[1] == PLAIN_PORT and ask_for_tls(setting, connection, AGAIN_SECONDS).state != (
            "ready"
        ):
            return (), ""
        with wrapped_in_tls(setting, connection, context, host, AGAIN_SECONDS) as wrapped:
            cipher = wrapped.cipher()
            offers = f"{wrapped.version() or ''} {cipher[0] if cipher else ''}".strip()
            return presented(wrapped), shown(offers, 80)
    except (OSError, ValueError):
        return (), ""
    finally:
        connection.close()


def handshake_fault(problem: OSError | ValueError) -> Tls:
    """Why a handshake came to nothing, where the chain was not what was wrong."""
    if isinstance(problem, TimeoutError):
        return "timeout"
    if isinstance(problem, (ConnectionResetError, BrokenPipeError)):
        return "reset"
    if isinstance(problem, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return "closed"
    if isinstance(problem, ssl.SSLError):
        reason = problem.reason or ""
        if reason in _NO_COMMON_PROTOCOL:
            return "protocol"
        if reason in _NOT_TLS:
            return "plaintext"
        return "closed" if "EOF" in reason else "error"
    if isinstance(problem, OSError) and problem.errno in (errno.ENOTCONN, errno.ECONNABORTED):
        return "reset"
    return "error"


def _peer(connection: socket.socket) -> tuple[str, int] | None:
    try:
        address, port = connection.getpeername()[:2]
        return str(ipaddress.ip_address(address.partition("%")[0])), int(port)
    except (OSError, ValueError):
        return None


def _since(started: float) -> float:
    return round((time.monotonic() - started) * 1000, 1)
