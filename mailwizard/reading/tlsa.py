"""TLSA records as text (RFC 6698), and which of them a certificate fits (RFC 7672 section 3)."""

import hashlib
import re

from mailwizard.model.seen.dns import TlsaRecord
from mailwizard.model.seen.door import Digests

DANE_TA, DANE_EE = 2, 3
"""The two usages that mail servers use: a trust anchor of one's own, and the server's own key."""

MAX_RECORDS = 30

_RECORD = re.compile(r"([0-9]{1,3}) ([0-9]{1,3}) ([0-9]{1,3}) ((?:[0-9a-f]{2} ?)*)", re.ASCII)
_LENGTHS = {1: 64, 2: 128}  # SHA-256 and SHA-512, in hex digits


def parse_tlsa(record: str) -> TlsaRecord | None:
    """A record from its presentation form; None where it cannot be read (or was cut short)."""
    match = _RECORD.fullmatch(record.strip().lower())
    if match is None or any(int(match[number]) > 255 for number in (1, 2, 3)):
        return None
    usage, selector, matching = (int(match[number]) for number in (1, 2, 3))
    data = match[4].replace(" ", "")
    return TlsaRecord(usage=usage, selector=selector, matching=matching, data=data)


def usable(record: TlsaRecord) -> bool:
    """Whether a sender can compare anything with it (RFC 7672 section 3.1: usages 2 and 3 only).

    One that is not still demands encryption, of any kind.
    """
    if record.usage not in (DANE_TA, DANE_EE) or record.selector not in (0, 1):
        return False
    if record.matching == 0:
        return bool(record.data)
    return len(record.data) == _LENGTHS.get(record.matching)


def fits(record: TlsaRecord, certificate: Digests) -> bool:
    """Whether a usable record stands for this certificate (or its key)."""
    whole = record.selector == 0
    sha256 = certificate.certificate_sha256 if whole else certificate.key_sha256
    sha512 = certificate.certificate_sha512 if whole else certificate.key_sha512
    if record.matching == 0:
        return hashlib.sha256(bytes.fromhex(record.data)).hexdigest() == sha256
    return record.data == (sha256 if record.matching == 1 else sha512)


def in_words(record: TlsaRecord) -> str:
    """The record as it stands in a zone; long data is cut."""
    data = record.data if len(record.data) <= 128 else record.data[:125] + "..."
    return f"{record.usage} {record.selector} {record.matching} {data}"
