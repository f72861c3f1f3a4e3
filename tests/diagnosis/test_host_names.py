"""A server's name that nobody knows: what it may be called instead."""

import pytest

from mailwizard.diagnosis.host_names import suggestion
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.providers.load import all_providers
from tests.diagnosis.mailbox_builders import situation

ALIMAIL = all_providers()["alimail"]
CN, SG = "imap.qiye.aliyun.com", "imap.sg.aliyun.com"


def hint(source: str, target: str, name: str = "acme.example") -> ProviderHint:
    return ProviderHint(source=source, name=name, target=target)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("imap.qiye.aliyum.com", CN),
        ("imap.qiye.aliyun.con", CN),
        ("imapqiye.aliyun.com", CN),
        ("imap.qiey.aliyun.com", CN),
        ("iamp.qiye.aliyum.com", CN),
        ("IMAP.qiye.aliyum.com.", CN),
        ("imap.gmial.com", "imap.gmail.com"),
        ("imap.exmial.qq.com", "imap.exmail.qq.com"),
        ("imap.163.con", "imap.163.com"),
        ("outlook.ofice365.com", "outlook.office365.com"),
        # a slip away from two, too far, too short for two slips, or no slip at all
        ("imap.sk.aliyun.com", ""),
        ("imap.acme.example", ""),
        ("imap.179.com", ""),
        (CN, ""),
        ("", ""),
        ("x" * 5000, ""),
    ],
)
def test_a_slip_of_the_fingers(host: str, expected: str) -> None:
    found = suggestion(situation(by="default"), host)
    assert (found.host if found else "") == expected
    assert found is None or found.how == "typo"


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        ([hint("srv", "mail.acme.example")], ("mail.acme.example", "records")),
        ([hint("autoconfig", "mail.acme.example")], ("mail.acme.example", "records")),
        ([hint("cname", CN, "imap.acme.example")], ("imap.acme.example", "records")),
        ([hint("cname", "x.example", "webmail.acme.example")], (CN, "typo")),
        ([hint("srv", "imap.qiye.aliyum.com")], (CN, "typo")),
        ([hint("mx", "mx1.sg.aliyun.com")], (CN, "typo")),
    ],
)
def test_what_the_domain_publishes_comes_first(
    hints: list[ProviderHint], expected: tuple[str, str]
) -> None:
    found = suggestion(situation(*hints, provider=ALIMAIL), "imap.qiye.aliyum.com")
    assert found is not None
    assert (found.host, found.how) == expected
    assert bool(found.because) is (found.how == "records")


@pytest.mark.parametrize(
    ("hints", "by", "expected"),
    [
        ([hint("mx", "mx1.sg.aliyun.com")], "mx", SG),
        ([hint("mx", "mx01.mail.alibaba.com")], "mx", CN),
        ([], "user", CN),
        ([hint("mx", "mx1.sg.aliyun.com")], "default", ""),
    ],
)
def test_the_providers_usual_server(hints: list[ProviderHint], by: str, expected: str) -> None:
    found = suggestion(situation(*hints, provider=ALIMAIL, by=by), "old-server.acme.example")
    assert (found.host if found else "") == expected
