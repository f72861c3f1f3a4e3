"""Keys, digests and signatures of DNSSEC in presentation form (RFC 4034), read as text."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

_NUMBER = re.compile(r"[0-9]{1,5}")
# RFC 4509, RFC 6605; the first is of use in validation only (RFC 8624).
_DIGESTS = {1: "sha1", 2: "sha256", 4: "sha384"}


@dataclass(frozen=True, slots=True)
class Ds:
    """What the parent zone says of a key: ``digest`` in lower-case hexadecimal."""

    tag: int
    algorithm: int
    digest_type: int
    digest: str


@dataclass(frozen=True, slots=True)
class Key:
    """A zone's key as it goes over the wire."""

    rdata: bytes

    @property
    def tag(self) -> int:
        """RFC 4034, appendix B."""
        total = sum(
            octet << 8 if position % 2 == 0 else octet for position, octet in enumerate(self.rdata)
        )
        return (total + (total >> 16)) & 0xFFFF

    @property
    def algorithm(self) -> int:
        """Its number (RFC 8624)."""
        return self.rdata[3]


@dataclass(frozen=True, slots=True)
class Signature:
    """Over which records, with which key, from when until when (UTC)."""

    covers: str
    tag: int
    begins: datetime
    ends: datetime


def read_ds(record: str) -> Ds | None:
    """A DS record, ``12345 13 2 AB12…``; None if unreadable."""
    fields = record.split()
    if len(fields) < 4 or not all(_NUMBER.fullmatch(field) for field in fields[:3]):
        return None
    tag, algorithm, digest_type = (int(field) for field in fields[:3])
    return Ds(tag, algorithm, digest_type, "".join(fields[3:]).lower())


def read_key(record: str) -> Key | None:
    """A DNSKEY record, ``257 3 13 mdss…``; None if unreadable."""
    fields = record.split()
    if len(fields) < 4 or not all(_NUMBER.fullmatch(field) for field in fields[:3]):
        return None
    flags, protocol, algorithm = (int(field) for field in fields[:3])
    try:
        key = base64.b64decode("".join(fields[3:]), validate=True)
        return Key(flags.to_bytes(2, "big") + bytes((protocol, algorithm)) + key)
    except (ValueError, OverflowError, binascii.Error):
        return None


def read_signature(record: str) -> Signature | None:
    """An RRSIG record, with or without the signature itself; None if unreadable."""
    fields = record.split()
    if len(fields) < 7:
        return None
    ends, begins, tag = fields[4:7]
    if not _NUMBER.fullmatch(tag):
        return None
    try:
        return Signature(fields[0], int(tag), _moment(begins), _moment(ends))
    except ValueError:
        return None


def fits(zone: str, ds: Ds, key: Key) -> bool | None:
    """Whether the parent's word is about this key; None where its digest is of an unknown kind."""
    if (ds.tag, ds.algorithm) != (key.tag, key.algorithm):
        return False
    kind = _DIGESTS.get(ds.digest_type)
    owner = _wire(zone)
    if kind is None or owner is None:
        return None
    return hashlib.new(kind, owner + key.rdata, usedforsecurity=False).hexdigest() == ds.digest


def _moment(text: str) -> datetime:
    """``20261201000000``, UTC (RFC 4034, 3.2)."""
    if not re.fullmatch(r"[0-9]{14}", text):
        raise ValueError(text)
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _wire(name: str) -> bytes | None:
    """A name in canonical wire form (RFC 4034, 6.2); None for what is no plain host name."""
    labels = name.rstrip(".").lower().split(".")
    if not all(label.isascii() and 0 < len(label) < 64 and "\\" not in label for label in labels):
        return None
    return b"".join(bytes((len(label),)) + label.encode() for label in labels) + b"\0"
