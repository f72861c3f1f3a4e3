"""The providers' profiles: they load, they match, they are detected in the order of trust."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.provider import Provider
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.providers.detect import detect
from mailwizard.providers.load import NoSuchProvider, all_providers, provider
from mailwizard.providers.match import by_client_host, by_mx, by_spf_include, matches

CASE = Case(me="lin@acme-trading.com", since=date(2026, 11, 9))
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def evidence(*hints: tuple[str, str]) -> Evidence:
    log = Evidence()
    for source, target in hints:
        hint = ProviderHint(source=source, name="acme-trading.com", target=target)  # type: ignore[arg-type]
        log.add("provider", hint, at=NOW, seconds=0.1)
    return log


def test_every_provider_of_the_facts_has_a_profile() -> None:
    assert set(all_providers()) == {
        "alimail", "coremail", "exmail", "feishu", "google", "lark", "microsoft365", "netease",
        "netease-personal", "zoho",
    }  # fmt: skip
    assert next(iter(all_providers())) == "alimail"


@pytest.mark.parametrize("profile", all_providers().values(), ids=lambda p: p.id)
def test_a_profile_is_sound(profile: Provider) -> None:
    assert profile.sites
    names = (*profile.mx, *profile.spf_includes, *(s.imap for s in profile.sites))
    assert all(name == name.lower().strip(".") for name in names)
    assert all(matches(host, profile.mx) for _preference, host in profile.standard_mx)
    for site in profile.sites:
        assert not site.imap or by_client_host(site.imap) is profile


def test_unknown_profile() -> None:
    with pytest.raises(NoSuchProvider):
        provider("pigeon")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("mx1.qiye.aliyun.com", "alimail"),
        ("MXN.mxhichina.com.", "alimail"),
        ("mxbiz1.qq.com", "exmail"),
        ("qiye163mx01.mxmail.netease.com", "netease"),
        ("acme-com.mail.protection.outlook.com", "microsoft365"),
        ("aspmx.l.google.com", "google"),
        ("evil-mxbiz1.qq.com", None),
        ("mail.protection.outlook.com", None),
        ("mx01.dm.aliyun.com", None),
        ("", None),
    ],
)
def test_by_mx(host: str, expected: str | None) -> None:
    found = by_mx(host)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize("host", ["", ".", "example.com"])
def test_no_provider_owns_these_hosts(host: str) -> None:
    assert by_client_host(host) is None


def test_by_spf_include() -> None:
    found = by_spf_include("spf.mail.qq.com")
    assert found is not None
    assert found.id == "exmail"
    assert by_spf_include("spf1.dm.aliyun.com") is None


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        ([], ("alimail", "default")),
        ([("mx", "mxbiz1.qq.com")], ("exmail", "mx")),
        ([("mx", "mxbiz1.qq.com"), ("spf", "spf.qiye.aliyun.com")], ("alimail", "spf")),
        ([("spf", "spf.mail.qq.com"), ("cname", "imap.qiye.aliyun.com")], ("alimail", "cname")),
        ([("cname", "imap.qiye.aliyun.com"), ("srv", "imap.gmail.com")], ("google", "srv")),
        ([("srv", "jasmin.example.org"), ("mx", "mxbiz1.qq.com")], ("exmail", "mx")),
    ],
)
def test_what_is_trusted_first(hints: list[tuple[str, str]], expected: tuple[str, str]) -> None:
    for order in (hints, hints[::-1]):
        found = detect(CASE, evidence(*order))
        assert (found.provider.id, found.by) == expected


def test_the_site_that_the_company_points_to() -> None:
    found = detect(CASE, evidence(("cname", "imap.sg.aliyun.com")))
    assert found.imap_server == ("imap.sg.aliyun.com", 993)


def test_own_software_is_asked_at_the_usual_name() -> None:
    found = detect(CASE, evidence(("mx", "mxa.icoremail.net")))
    assert found.imap_server == ("imap.acme-trading.com", 993)


def test_the_user_overrules() -> None:
    chosen = Case(me=CASE.me, since=CASE.since, provider="zoho")
    found = detect(chosen, evidence(("srv", "imap.qiye.aliyun.com")))
    assert (found.provider.id, found.by) == ("zoho", "user")


@pytest.mark.parametrize(
    ("hints", "host"),
    [
        ((("mx", "mx1.sg.aliyun.com"),), "imap.sg.aliyun.com"),
        ((("mx", "mx1.qiye.aliyun.com"),), "imap.qiye.aliyun.com"),
        ((("spf", "spf.sg.aliyun.com"), ("mx", "mx1.qiye.aliyun.com")), "imap.qiye.aliyun.com"),
        ((("mx", "126mx01.mxmail.netease.com"),), "imap.126.com"),
        ((("mx", "mx.zoho.eu"),), "imappro.zoho.eu"),
        ((("mx", "mx.zoho.com"),), "imap.zoho.com"),
    ],
)
def test_the_site_is_found_by_its_own_records(
    hints: tuple[tuple[str, str], ...], host: str
) -> None:
    assert detect(CASE, evidence(*hints)).imap_server == (host, 993)


def test_the_users_provider_at_the_site_that_the_records_name() -> None:
    chosen = replace(CASE, provider="alimail")
    found = detect(chosen, evidence(("mx", "mx1.sg.aliyun.com")))
    assert (found.by, found.imap_server[0]) == ("user", "imap.sg.aliyun.com")
    named = replace(CASE, imap_host="imap.qiye.aliyun.com")
    found = detect(named, evidence(("mx", "mx1.sg.aliyun.com")))
    assert (found.by, found.imap_server[0]) == ("user", "imap.qiye.aliyun.com")
