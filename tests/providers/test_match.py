"""Whose mail exchanger a name is, what it was meant to be, and whose filter."""

import pytest

from mailwizard.diagnosis.mx_slips import nearest_mx
from mailwizard.providers.filters import FILTERS, is_filter
from mailwizard.providers.load import all_providers, provider
from mailwizard.providers.match import by_greeting, by_mx, takes_mail_for


@pytest.mark.parametrize(
    ("provider_id", "host", "taken"),
    [
        ("alimail", "mx1.qiye.aliyun.com", True),
        ("alimail", "MX1.qiye.aliyun.com.", True),
        ("alimail", "mx9.qiye.aliyun.com", True),
        ("alimail", "aliyun.com", False),
        ("alimail", "mx01.dm.aliyun.com", False),  # DirectMail, another product
        ("alimail", "mx1.qiye.aliyun.com.evil.example", False),
        ("alimail", "mxbiz1.qq.com", False),
        ("exmail", "mx3.qq.com", False),  # the personal mail's, not the companies'
        ("netease", "163mx01.mxmail.netease.com", False),
        ("microsoft365", "acme-com.mail.protection.outlook.com", True),
    ],
)
def test_whose(provider_id: str, host: str, taken: bool) -> None:
    assert takes_mail_for(provider(provider_id), host) is taken


@pytest.mark.parametrize(
    ("host", "meant"),
    [
        ("mx1.qiye.alyun.com", "mx1.qiye.aliyun.com"),
        ("mx1.qiye.aliyun.con", "mx1.qiye.aliyun.com"),
        ("mxbiz1.qq.cm", "mxbiz1.qq.com"),
        ("aspmx.l.gogle.com", "aspmx.l.google.com"),
        ("acme.mail.protection.outlok.com", "acme.mail.protection.outlook.com"),
        ("mx1.qiye.aliyun.com", ""),
        ("mail.acme-trading.com", ""),
        ("a", ""),
        ("", ""),
        ("mx." + "a" * 250, ""),
    ],
)
def test_meant(host: str, meant: str) -> None:
    assert nearest_mx(host, all_providers().values()) == meant


def test_greetings() -> None:
    found = by_greeting("* OK AliYun IMAP Server Ready (10.1.2.3)")
    assert found is not None
    assert found.id == "alimail"
    assert by_greeting("") is None
    assert by_greeting("* OK Dovecot ready.") is None


def test_filters_are_nobodys_mailbox() -> None:
    assert is_filter("mx1-us1.ppe-hosted.com")
    assert is_filter("ACME.Mail.pphosted.com.")
    assert not is_filter("pphosted.com.evil.example")
    assert not any(by_mx(f"mx{pattern[1:]}") for pattern in FILTERS)
