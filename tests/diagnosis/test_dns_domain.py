"""The domain itself: expired, on hold, unregistered, soon to end, and what only looks like it."""

from datetime import timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import dns
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.dns import Registration
from mailwizard.model.seen.network import HttpReply
from mailwizard.providers.load import provider
from mailwizard.text.finding_text import render
from tests.diagnosis import domain_builders as b

CAUSE, RISK = Outcome.CAUSE, Outcome.RISK
EVERY = {"DOMAIN_EXPIRED", "DOMAIN_ON_HOLD", "DOMAIN_EXPIRES_SOON", "REGISTRATION_UNKNOWN"}


def clock(days: float = 0.0) -> list[HttpReply]:
    """Two web servers' clocks, so many days ahead of this computer's."""
    return [HttpReply(purpose="https", url=f"https://{host}/", outcome="reply", tls="ok",
                      date=b.NOW + timedelta(days=days), local=b.NOW)
            for host in ("www.baidu.com", "www.aliyun.com")]  # fmt: skip


def world(status: Any = "answer", *records: str) -> list[Any]:
    """What everybody sees of the domain."""
    given = (records or b.GOOD) if status == "answer" else ()
    seen = [*b.control(), *b.public("MX", status, *given), b.office(status, *given)]
    if status == "nxdomain":
        return [*seen, b.dns("parent", "198.51.100.11", "NS", "nxdomain", authoritative=True)]
    hosts = [record.split()[1] for record in given]
    return [*seen, b.zone(1, status, *given), b.zone(2, status, *given), *b.there(*hosts)]


def told(outcome: str, source: str = "rdap", domain: str = b.DOMAIN) -> Registration:
    """A registry that names nothing."""
    return Registration(domain=domain, source=source, about="own", outcome=outcome)  # type: ignore[arg-type]


GONE = world("nxdomain")
# id, seen, code or "", outcome, certainty, variant, forbidden
TABLE: list[tuple[str, list[Any], str, Any, Any, str, set[str]]] = [
    ("in order", [*world(), b.registered()], "", None, None, "", EVERY),
    ("E01 redemption", [*GONE, b.registered("redemption period", days=-40)],
     "DOMAIN_EXPIRED", CAUSE, Certainty.SURE, "", {"DOMAIN_ON_HOLD", "NO_MAIL_ROUTE"}),
    ("E01 pending delete", [*GONE, b.registered("pending delete", "client hold", days=-70)],
     "DOMAIN_EXPIRED", CAUSE, Certainty.SURE, "", {"DOMAIN_ON_HOLD", "NO_MAIL_ROUTE"}),
    ("E01 redemption, the date renewed by the registry",
     [*GONE, b.registered("redemption period", days=320)],
     "DOMAIN_EXPIRED", CAUSE, Certainty.SURE, "", {"DOMAIN_ON_HOLD"}),
    ("E01 by date, clock confirmed", [*GONE, b.registered(days=-3), *clock()],
     "DOMAIN_EXPIRED", CAUSE, Certainty.SURE, "", {"NO_MAIL_ROUTE"}),
    ("E01 by date, nobody's clock", [*GONE, b.registered(days=-3)],
     "DOMAIN_EXPIRED", CAUSE, Certainty.LIKELY, "", {"NO_MAIL_ROUTE"}),
    ("E01 held in the weeks of grace", [*GONE, b.registered("auto renew period", "client hold",
     days=355)], "DOMAIN_EXPIRED", CAUSE, Certainty.LIKELY, "grace", {"DOMAIN_ON_HOLD"}),
    ("weeks of grace alone are every renewal's", [*world(), b.registered("auto renew period",
     days=355)], "", None, None, "", EVERY),
    ("E01 still on", [*world(), b.registered(days=-3), *clock()],
     "DOMAIN_EXPIRED", RISK, Certainty.LIKELY, "still-on", {"DOMAIN_EXPIRES_SOON"}),
    ("E01 nothing could be asked", [*b.control(), *b.public("MX", "timeout"), b.registered(days=-3),
     *clock()], "DOMAIN_EXPIRED", RISK, Certainty.LIKELY, "unseen", {"NO_MAIL_ROUTE"}),
    ("E01 redemption, and caches still know it", [*world(), b.registered("redemption period",
     days=-40)], "DOMAIN_EXPIRED", CAUSE, Certainty.LIKELY, "", {"DOMAIN_ON_HOLD"}),
    ("E01 redemption, and the registry delegates it", [*world(), b.registered("redemption period",
     days=-40), b.dns("parent", "198.51.100.11", "NS", "nodata", referral=("ns1.acme.example",))],
     "DOMAIN_EXPIRED", RISK, Certainty.LIKELY, "still-on", {"DOMAIN_ON_HOLD"}),
    ("E01 parked with records of the registrar's", [*world("answer", "5 mx.parking.example"),
     b.registered(days=-3), *clock(), b.signed_in()], "DOMAIN_EXPIRED", CAUSE, Certainty.LIKELY,
     "parked", {"MX_OLD_PROVIDER", "MX_MIXED"}),
    ("E01 just over, and mail still led home", [*world(), b.registered(days=-3), *clock(),
     b.signed_in()], "DOMAIN_EXPIRED", RISK, Certainty.LIKELY, "still-on", {"MX_OLD_PROVIDER"}),
    ("E01 just over, a filter in front", [*world("answer", "5 mx1-eu1.ppe-hosted.com"),
     b.registered(days=-3), *clock(), b.signed_in()], "DOMAIN_EXPIRED", RISK, Certainty.LIKELY,
     "still-on", {"MX_OLD_PROVIDER"}),
    ("E02 client hold", [*GONE, b.registered("client hold")],
     "DOMAIN_ON_HOLD", CAUSE, Certainty.SURE, "", {"DOMAIN_EXPIRED", "NO_MAIL_ROUTE"}),
    ("E02 server hold, WHOIS's spelling", [*GONE, b.registered("serverhold")],
     "DOMAIN_ON_HOLD", CAUSE, Certainty.SURE, "", {"DOMAIN_EXPIRED", "NO_MAIL_ROUTE"}),
    ("E02 caches still know it", [*world(), b.registered("client hold")],
     "DOMAIN_ON_HOLD", RISK, Certainty.LIKELY, "still-on", {"DOMAIN_EXPIRED"}),
    ("locks are no hold", [*world(), b.registered("client transfer prohibited",
     "server delete prohibited")], "", None, None, "", EVERY),
    ("E04 soon", [*world(), b.registered(days=20), *clock()],
     "DOMAIN_EXPIRES_SOON", RISK, Certainty.SURE, "", {"DOMAIN_EXPIRED"}),
    ("E04 soon by this computer's clock alone", [*world(), b.registered(days=20)],
     "DOMAIN_EXPIRES_SOON", RISK, Certainty.LIKELY, "", {"DOMAIN_EXPIRED"}),
    ("E04 tomorrow", [*world(), b.registered(days=1), *clock()],
     "DOMAIN_EXPIRES_SOON", RISK, Certainty.SURE, "at-once", {"DOMAIN_EXPIRED"}),
    ("E04 not by the true time", [*world(), b.registered(days=20), *clock(-300)],
     "", None, None, "", EVERY),
    ("E01 and a computer a year behind", [*world(), b.registered(days=300), *clock(365)],
     "DOMAIN_EXPIRED", RISK, Certainty.LIKELY, "still-on", {"DOMAIN_EXPIRES_SOON"}),
    ("E05 no service", [*world(), told("no-service", "whois")],
     "REGISTRATION_UNKNOWN", Outcome.INFO, Certainty.SURE, "", {"DOMAIN_EXPIRED"}),
    ("E05 refused", [*world(), told("refused"), told("refused", "whois")],
     "REGISTRATION_UNKNOWN", Outcome.INFO, Certainty.SURE, "", {"DOMAIN_EXPIRED"}),
    ("E05 and the name is gone", [*GONE, told("refused"), told("timeout", "whois")],
     "NO_MAIL_ROUTE", CAUSE, Certainty.SURE, "no-domain", {"DOMAIN_EXPIRED", "DOMAIN_ON_HOLD"}),
    ("no date at all", [*world(), b.registered(days=None)], "", None, None, "", EVERY),
    ("unregistered", [*GONE, told("not-found")],
     "NO_MAIL_ROUTE", CAUSE, Certainty.SURE, "unregistered", {"DOMAIN_EXPIRED", "DOMAIN_ON_HOLD"}),
    ("the registry knows nothing of what the DNS has", [*world(), told("not-found")],
     "", None, None, "", EVERY | {"NO_MAIL_ROUTE"}),
    ("registered, paid for, not delegated", [*GONE, b.registered("inactive"), *clock()],
     "NO_MAIL_ROUTE", CAUSE, Certainty.SURE, "not-delegated", {"DOMAIN_EXPIRED", "DOMAIN_ON_HOLD"}),
    ("pair: a local resolver that denies the name", [*b.control(), *b.public("MX", "answer",
     *b.GOOD), *b.there("mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com"), b.office("nxdomain"),
     b.registered(days=-3), *clock()], "DOMAIN_EXPIRED", RISK, Certainty.LIKELY, "still-on",
     {"NO_MAIL_ROUTE", "DOMAIN_ON_HOLD"}),
]  # fmt: skip


def judged(seen: list[Any], **case: Any) -> list[Finding]:
    return dns.judge(b.situation(seen, "default", **case))


@pytest.mark.parametrize(
    ("seen", "code", "outcome", "certainty", "variant", "forbidden"),
    [pytest.param(*row[1:], id=row[0]) for row in TABLE],
)
def test_table(
    seen: list[Any],
    code: str,
    outcome: Outcome | None,
    certainty: Certainty | None,
    variant: str,
    forbidden: set[str],
) -> None:
    for order in (seen, seen[::-1]):
        found = judged(order)
        assert not {f.code for f in found} & forbidden
        if code:
            (one,) = [f for f in found if f.code == code]
            assert (one.outcome, one.certainty) == (outcome, certainty)
            assert one.data.get("variant", "") == variant


def test_the_whole_diagnosis_leads_with_it() -> None:
    seen = [*GONE, b.registered("client hold")]
    assert diagnose(b.situation(seen, "default")).verdict.code == "DOMAIN_ON_HOLD"
    seen = [*GONE, b.registered("redemption period", days=-40)]
    assert diagnose(b.situation(seen, "default")).verdict.code == "DOMAIN_EXPIRED"


def test_a_date_to_come_is_never_told_as_that_of_the_end() -> None:
    (found,) = judged([*GONE, b.registered("redemption period", days=320)])
    words = render(found, provider("alimail"))
    assert not any("ran out on" in action for action in words.actions)


def test_the_registrar_is_named_in_what_to_do_and_left_out_where_nobody_names_it() -> None:
    seen = b.registered("client hold")
    (found,) = judged([*GONE, seen])
    assert any("HiChina" in action for action in render(found, provider("alimail")).actions)
    nameless = Registration(domain=b.DOMAIN, source="whois", about="own", outcome="found",
                            status=("client hold",))  # fmt: skip
    (found,) = judged([*GONE, nameless])
    assert all("…" not in action for action in render(found, provider("alimail")).actions)


def test_a_hold_on_the_company_holds_its_mail_domain() -> None:
    name = f"mail.{b.DOMAIN}"
    seen = [
        *b.control(),
        *b.public("MX", "nxdomain", name=name),
        told("not-found", domain=name),
        b.registered("server hold"),
    ]
    (found,) = judged(seen, me=f"zhangwei@{name}")
    assert (found.code, found.data["domain"]) == ("DOMAIN_ON_HOLD", b.DOMAIN)


def test_a_missing_mail_domain_below_a_good_one_is_not_called_undelegated() -> None:
    name = f"mail.{b.DOMAIN}"
    seen = [*b.control(), *b.public("MX", "nxdomain", name=name), told("not-found", domain=name),
            b.registered()]  # fmt: skip
    (found,) = [f for f in judged(seen, me=f"zhangwei@{name}") if f.code == "NO_MAIL_ROUTE"]
    assert found.data["variant"] == "no-domain"


def test_an_international_domain_is_shown_in_its_own_letters() -> None:
    name = "xn--fsqu00a.cn"
    seen = [
        *b.control(),
        *b.public("MX", "nxdomain", name=name),
        Registration(domain=name, source="whois", about="own", outcome="found",
                     status=("client hold",)),
    ]  # fmt: skip
    (found,) = judged(seen, me="张伟@例子.cn")
    assert found.data["domain"] == name
    assert "例子.cn" in render(found, provider("alimail")).headline
