"""Certificates as a server presents them, read without trusting them (RFC 5280)."""

import hashlib
import ipaddress
import ssl
from collections.abc import Callable
from typing import Any

from cryptography import x509

from mailwizard.model.seen.network import Certificate
from mailwizard.model.shown import shown

MAX_CHAIN = 10
MAX_NAMES = 100


def presented(connection: ssl.SSLSocket) -> tuple[Certificate, ...]:
    """The chain that the other side sent, leaf first; () where none was sent or can be read."""
    return tuple(
        certificate
        for der in _chain_der(connection)[:MAX_CHAIN]
        if (certificate := read(der)) is not None
    )


def read(der: bytes) -> Certificate | None:
    """One certificate from DER; None where it is none."""
    try:
        parsed = x509.load_der_x509_certificate(der)
        return Certificate(
            subject=shown(parsed.subject.rfc4514_string(), 300),
            issuer=shown(parsed.issuer.rfc4514_string(), 300),
            not_before=parsed.not_valid_before_utc,
            not_after=parsed.not_valid_after_utc,
            names=_names(parsed),
            sha256=hashlib.sha256(der).hexdigest(),
        )
    except (ValueError, TypeError, x509.UnsupportedGeneralNameType, x509.DuplicateExtension):
        return None


def names_cover(certificate: Certificate, host: str) -> bool:
    """Whether one of the certificate's names is the host's (RFC 9525: one leftmost wildcard)."""
    wanted = host.rstrip(".").lower()
    try:
        return str(ipaddress.ip_address(wanted)) in certificate.names
    except ValueError:
        above = wanted.partition(".")[2]
        given = [name.lower().rstrip(".") for name in certificate.names]
        return wanted in given or (bool(above) and f"*.{above}" in given)


def _names(parsed: x509.Certificate) -> tuple[str, ...]:
    try:
        extension = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return ()
    hosts = extension.value.get_values_for_type(x509.DNSName)
    addresses = extension.value.get_values_for_type(x509.IPAddress)
    return tuple(shown(str(name), 255) for name in (*hosts, *addresses)[:MAX_NAMES])


def _chain_der(connection: ssl.SSLSocket) -> list[bytes]:
    """Python 3.13 gives the chain; before, its inner object does; failing both, the leaf alone."""
    public: Callable[[], list[bytes]] | None = getattr(connection, "get_unverified_chain", None)
    if public is not None:
        return list(public() or [])
    inner: Any = getattr(connection, "_sslobj", None)
    method: Callable[[], list[Any] | None] | None = getattr(inner, "get_unverified_chain", None)
    if method is not None:
        return [
            ssl.PEM_cert_to_DER_cert(certificate.public_bytes()) for certificate in method() or ()
        ]
    leaf = connection.getpeercert(binary_form=True)
    return [leaf] if leaf else []
