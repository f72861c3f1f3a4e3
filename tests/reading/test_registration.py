"""Registration data: RDAP and many registries' WHOIS, and what is neither."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailwizard.reading.rdap import Unreadable, parse_rdap, rdap_bases
from mailwizard.reading.registration import parse_time
from mailwizard.reading.whois import decoded, parse_whois, whois_server

BOOTSTRAP = json.dumps(
    {
        "services": [
            [["com", "net"], ["http://old.example/", "https://rdap.verisign.com/com/v1"]],
            [["co.uk"], ["https://rdap.co.uk/", "https://rdap2.co.uk", "https://rdap.co.uk"]],
            [["uk"], ["https://rdap.uk/"]],
            ["broken"],
            [["org"], ["ftp://no.example/"]],
        ]
    }
).encode()

RDAP = {
    "objectClassName": "domain",
    "status": ["Client Hold", "redemption period", 5],
    "events": [
        {"eventAction": "registration", "eventDate": "2020-01-01T00:00:00Z"},
        {"eventAction": "expiration", "eventDate": "2026-10-14T12:00:00Z"},
    ],
    "entities": [
        {"roles": ["technical"], "handle": "X"},
        {"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", "HiChina\u202e"]]]},
    ],
    "nameservers": [{"ldhName": "NS1.ACME.COM."}, "junk"],
}

VERISIGN = """   Domain Name: ACME.COM
   Registry Expiry Date: 2027-05-01T04:00:00Z
   Registrar: Alibaba Cloud Computing Ltd.
   Domain Status: clientHold https://icann.org/epp#clientHold
   Domain Status: redemptionPeriod https://icann.org/epp#redemptionPeriod
   Name Server: NS1.ACME.COM
"""
CNNIC = """Domain Name: acme.cn
ROID: 2020
Domain Status: ok
Sponsoring Registrar: 阿里云计算有限公司（万网）
Name Server: dns1.hichina.com
Registration Time: 2020-05-01 12:00:00
Expiration Time: 2027-05-01 12:00:00
DNSSEC: unsigned
"""


def test_bootstrap_takes_the_longest_suffix_and_https() -> None:
    assert rdap_bases(BOOTSTRAP, "acme.com") == ("https://rdap.verisign.com/com/v1/",)
    assert rdap_bases(BOOTSTRAP, "a.co.uk") == ("https://rdap.co.uk/", "https://rdap2.co.uk/")
    assert rdap_bases(BOOTSTRAP, "a.uk") == ("https://rdap.uk/",)
    assert rdap_bases(BOOTSTRAP, "acme.cn") == ()
    assert rdap_bases(BOOTSTRAP, "acme.org") == ()


def test_rdap() -> None:
    read = parse_rdap(json.dumps(RDAP).encode())
    assert read.status == ("client hold", "redemption period")
    assert read.expires == datetime(2026, 10, 14, 12, tzinfo=UTC)
    assert read.registrar == "HiChina"
    assert read.name_servers == ("ns1.acme.com",)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b"[" * 100_000, b'{"a":"\xff"}'])
def test_no_rdap(body: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_rdap(body)


@given(st.binary(max_size=400))
def test_rdap_never_crashes(body: bytes) -> None:
    try:
        parse_rdap(body)
        rdap_bases(body, "acme.com")
    except Unreadable:
        pass


@given(st.text(max_size=400))
def test_whois_never_crashes(text: str) -> None:
    parse_whois(text)


def test_whois_of_com() -> None:
    read = parse_whois(VERISIGN)
    assert read.status == ("client hold", "redemption period")
    assert read.expires == datetime(2027, 5, 1, 4, tzinfo=UTC)
    assert read.registrar == "Alibaba Cloud Computing Ltd."


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_whois_of_cn_in_chinas_time(charset: str) -> None:
    read = parse_whois(decoded(CNNIC.encode(charset)))
    assert read.found
    assert read.status == ("ok",)
    assert read.expires == datetime(2027, 5, 1, 4, tzinfo=UTC)
    assert read.registrar == "阿里云计算有限公司（万网）"


@pytest.mark.parametrize(
    "text",
    [
        'No match for domain "ACME.COM".\r\n',
        "No matching record.\n",
        "% No entries found\n",
        "Domain: acme.de\nStatus: free\n",
        "NOT FOUND\n",
    ],
)
def test_not_registered(text: str) -> None:
    assert parse_whois(text).found is False


@pytest.mark.parametrize("text", ["", "Too many requests, try later.", "\x1b[31mDenied"])
def test_neither_yes_nor_no(text: str) -> None:
    assert parse_whois(text).found is None


def test_referral() -> None:
    assert whois_server("domain: CN\nwhois:        whois.cnnic.cn\n") == "whois.cnnic.cn"
    assert whois_server("nothing") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-05-01T04:00:00Z", datetime(2027, 5, 1, 4, tzinfo=UTC)),
        ("2027-05-01T04:00:00+08:00", datetime(2027, 4, 30, 20, tzinfo=UTC)),
        ("2027-05-01", datetime(2027, 5, 2, tzinfo=UTC)),
        ("2027.05.01 12:00:00", datetime(2027, 5, 2, tzinfo=UTC)),
        ("01-May-2027", datetime(2027, 5, 2, tzinfo=UTC)),
        ("soon", None),
        ("", None),
    ],
)
def test_times(text: str, expected: datetime | None) -> None:
    assert parse_time(text) == expected
