"""Certificates as a server presents them, read without trusting them (RFC 5280)."""

import hashlib
import re
import ssl
import warnings
from collections.abc import Callable
from typing import Any

from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning

from mailwizard.model.seen.network import Certificate
from mailwizard.model.shown import shown

MAX_CHAIN = 10
MAX_NAMES = 100

_USUAL = ("imap", "mail")
_HOST = re.compile(r"(?=.{4,253}\Z)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+[a-z][a-z0-9-]{1,62}")
_UNREADABLE = (x509.InvalidVersion, x509.UnsupportedGeneralNameType, x509.DuplicateExtension)


# The library warns of certificates against the rules, such as those with a negative serial number,
# on standard error: whatever a server sends, nothing of it is written into the middle of a screen.
warnings.filterwarnings("ignore", category=CryptographyDeprecationWarning, module=__name__)


def presented(connection: ssl.SSLSocket) -> tuple[Certificate, ...]:
    """The chain that the other side sent, leaf first; () where no leaf was sent or can be read."""
    chain = [read(der) for der in presented_der(connection)[:MAX_CHAIN]]
    if not chain or chain[0] is None:
        return ()
    return tuple(certificate for certificate in chain if certificate is not None)


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
    except (ValueError, TypeError, OverflowError, *_UNREADABLE):
        return None


def likely_names(leaf: Certificate, host: str) -> tuple[str, ...]:
    """Host names that a certificate stands for, the most likely mail servers first.

    A wildcard stands for the asked host's own first label, ``imap`` and ``mail`` under it. The
    names are only such as a host can have: somebody unknown wrote them.
    """
    first = host.partition(".")[0].lower()
    found: dict[str, None] = {}
    for name in leaf.names:
        name = name.lower().rstrip(".")
        under = name.removeprefix("*.")
        named = [name] if under == name else [f"{label}.{under}" for label in (first, *_USUAL)]
        found.update(dict.fromkeys(n for n in named if _HOST.fullmatch(n) and n != host.lower()))
    return tuple(sorted(found, key=lambda name: _rank(name, first)))


def _rank(name: str, first: str) -> int:
    labels = (first, *_USUAL)
    label = name.partition(".")[0]
    return labels.index(label) if label in labels else len(labels)


def _names(parsed: x509.Certificate) -> tuple[str, ...]:
    try:
        extension = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (ValueError, TypeError, x509.ExtensionNotFound, *_UNREADABLE):
        return ()
    hosts = extension.value.get_values_for_type(x509.DNSName)
    addresses = extension.value.get_values_for_type(x509.IPAddress)
    return tuple(shown(str(name), 255) for name in (*hosts, *addresses)[:MAX_NAMES])


def presented_der(connection: ssl.SSLSocket) -> list[bytes]:
    """The chain that the other side sent, leaf first, in DER; of no bounded length.

    Python 3.13 gives the chain; before, its inner object does; failing both, the leaf alone.
    """
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
