"""A provider's sites: which host and which record belongs to which, and what a domain names."""

import pytest

from mailwizard.model.provider import Provider
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.providers.load import all_providers
from mailwizard.providers.sites import named_site, site_of_host, sites_apart

ALIMAIL = all_providers()["alimail"]
CN, SG = "imap.qiye.aliyun.com", "imap.sg.aliyun.com"


def hint(source: str, target: str, name: str = "acme.example") -> ProviderHint:
    return ProviderHint(source=source, name=name, target=target)  # type: ignore[arg-type]


@pytest.mark.parametrize("profile", all_providers().values(), ids=lambda p: p.id)
def test_the_sites_of_a_profile_are_sound(profile: Provider) -> None:
    ids = [site.id for site in profile.sites]
    assert len(set(ids)) == len(ids)
    mx = [host for site in profile.sites for host in site.mx]
    assert len(set(mx)) == len(mx)
    for site in profile.sites:
        assert set(site.mx) <= set(profile.mx)
        assert set(site.spf_includes) <= set(profile.spf_includes)
        assert not site.same_as or site.same_as in ids
        if site.imap:
            found = site_of_host(profile, site.imap)
            assert found is not None
            assert found.id == (site.same_as or site.id)


def test_another_name_is_no_other_site() -> None:
    assert [site.id for site in sites_apart(ALIMAIL)] == ["cn", "sg", "hk", "de", "us"]
    assert [site.id for site in sites_apart(all_providers()["exmail"])] == ["cn"]


@pytest.mark.parametrize(
    ("hints", "imap"),
    [
        ((), None),
        ((("mx", "mx1.sg.aliyun.com"),), SG),
        ((("mx", "MX2.SG.aliyun.com."), ("spf", "spf.sg.aliyun.com")), SG),
        ((("mx", "mxn.mxhichina.com"),), CN),
        ((("cname", "imap.mxhichina.com"),), CN),
        ((("mx", "mx01.mail.alibaba.com"),), None),
        ((("mx", "mx1.sg.aliyun.com"), ("mx", "mx1.qiye.aliyun.com")), None),
        ((("mx", "mx1.sg.aliyun.com"), ("spf", "spf.qiye.aliyun.com")), None),
        ((("mx", "mx1.qiye.aliyun.com"), ("cname", SG)), SG),
        ((("mx", "mx1.qiye.aliyun.com"), ("client-name", "smtp.sg.aliyun.com")), SG),
        ((("cname", CN), ("client-name", "smtp.sg.aliyun.com")), None),
        ((("mx", "mx1.sg.aliyun.com.evil.example"),), None),
    ],
)
def test_the_site_that_the_records_name(
    hints: tuple[tuple[str, str], ...], imap: str | None
) -> None:
    named = named_site(ALIMAIL, [hint(*h) for h in hints])
    assert (named.site.imap if named else None) == imap


def test_a_companys_own_name_belongs_to_the_site_that_it_leads_to() -> None:
    own = hint("cname", SG, name="imap.acme.example")
    found = site_of_host(ALIMAIL, "IMAP.acme.example.", [own])
    assert found is not None
    assert found.id == "sg"
    assert site_of_host(ALIMAIL, "imap.acme.example") is None
    assert site_of_host(ALIMAIL, "") is None
