"""Digests of certificates as TLSA records have them (RFC 6698 section 2.1)."""

import hashlib
import ssl

from cryptography import x509

from mailwizard.model.seen.door import Digests
from mailwizard.probes.certificates import MAX_CHAIN, presented_der

_CONTEXT_0 = 0xA0  # [0] EXPLICIT: the version, which may be left out
_BEFORE_THE_KEY = 5  # serialNumber, signature, issuer, validity, subject (RFC 5280 section 4.1)


def digests(connection: ssl.SSLSocket) -> tuple[Digests, ...]:
    """Those of each certificate that the other side sent, leaf first."""
    return tuple(_of(der) for der in presented_der(connection)[:MAX_CHAIN])


def _of(der: bytes) -> Digests:
    key = key_of(der)
    return Digests(
        certificate_sha256=hashlib.sha256(der).hexdigest(),
        certificate_sha512=hashlib.sha512(der).hexdigest(),
        key_sha256=hashlib.sha256(key).hexdigest() if key else "",
        key_sha512=hashlib.sha512(key).hexdigest() if key else "",
    )


def key_of(der: bytes) -> bytes:
    """The SubjectPublicKeyInfo exactly as it stands in the certificate; b"" where unreadable.

    It is cut out, never written anew: the digest is one of these very octets, also of a key of a
    kind that the library does not know.
    """
    try:
        inner = x509.load_der_x509_certificate(der).tbs_certificate_bytes
        at, _end = _content(inner, 0)
        if inner[at] == _CONTEXT_0:
            at = _content(inner, at)[1]
        for _field in range(_BEFORE_THE_KEY):
            at = _content(inner, at)[1]
        return inner[at : _content(inner, at)[1]]
    except (ValueError, TypeError, IndexError, x509.InvalidVersion):
        return b""


def _content(data: bytes, at: int) -> tuple[int, int]:
    """Where the content of the DER element at ``at`` begins, and where it ends (X.690, 8.1.3)."""
    length = data[at + 1]
    begins = at + 2
    if length & 0x80:
        octets = length & 0x7F
        length = int.from_bytes(data[begins : begins + octets], "big")
        begins += octets
    return begins, begins + length
