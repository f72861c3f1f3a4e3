"""Keys, digests and signatures read as text, against dnspython's own."""

from datetime import UTC, datetime

import dns.dnssec
import dns.name
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from mailwizard.reading.dnssec import fits, read_ds, read_key, read_signature

ZONE = "Acme-Trading.com"
KEY = dns.dnssec.make_dnskey(
    ec.generate_private_key(ec.SECP256R1()).public_key(), "ECDSAP256SHA256", flags=257
)
OTHER = dns.dnssec.make_dnskey(
    ec.generate_private_key(ec.SECP256R1()).public_key(), "ECDSAP256SHA256", flags=257
)


@pytest.mark.parametrize("digest", ["SHA1", "SHA256", "SHA384"])
def test_a_digest_fits_its_key_and_no_other(digest: str) -> None:
    made = dns.dnssec.make_ds(
        dns.name.from_text(ZONE), KEY, digest, policy=dns.dnssec.allow_all_policy
    )
    ds, key, other = read_ds(str(made)), read_key(str(KEY)), read_key(str(OTHER))
    assert ds is not None
    assert key is not None
    assert other is not None
    assert key.tag == dns.dnssec.key_id(KEY)
    assert fits(ZONE, ds, key) is True
    assert fits(ZONE, ds, other) is False
    assert fits("other.com", ds, key) is False


def test_an_unknown_kind_of_digest_says_nothing() -> None:
    key = read_key(str(KEY))
    assert key is not None
    ds = read_ds(f"{key.tag} {key.algorithm} 99 00")
    assert ds is not None
    assert fits(ZONE, ds, key) is None


def test_a_signature_with_and_without_its_octets() -> None:
    text = "MX 13 2 600 20261201000000 20261101000000 12345 acme-trading.com."
    for record in (text, f"{text} AAAA"):
        read = read_signature(record)
        assert read is not None
        assert (read.covers, read.tag) == ("MX", 12345)
        assert (read.begins, read.ends) == (
            datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC),
        )  # fmt: skip


@given(st.text() | st.from_regex(r"[0-9]{1,6}( [0-9a-zA-Z+/=²]{0,20}){0,9}", fullmatch=True))
def test_nothing_that_is_written_does_harm(text: str) -> None:
    ds, key = read_ds(text), read_key(text)
    if ds is not None and key is not None:
        fits(text, ds, key)
    read_signature(text)
