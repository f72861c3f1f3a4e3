"""The DNS step: what was seen → what must, and what must never, be said."""

import random
import string
from datetime import timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import dns
from mailwizard.model.finding import Certainty, Outcome
from mailwizard.model.seen.dns import MtaSts, Registration
from mailwizard.model.seen.network import HttpReply
from mailwizard.model.seen.user import Answer
from mailwizard.text.findings.dns import TEXTS
from tests.diagnosis import domain_builders as b

MX_CODES = {
    "MX_MISSING",
    "NO_MAIL_ROUTE",
    "MX_OLD_PROVIDER",
    "MX_MIXED",
    "MX_TARGET_MISSING",
    "NULL_MX",
    "MX_TYPO",
    "APEX_CNAME",
}
OLD = ("5 mxbiz1.qq.com", "10 mxbiz2.qq.com")
OLD_HOSTS = ("mxbiz1.qq.com", "mxbiz2.qq.com")
NOT_HERE = b.reply(550, "Mailbox unavailable: the domain is not hosted here", "5.1.1")
RELAY = b.reply(554, "<zhangwei@acme-trading.com>: Relay access denied", "5.7.1")


def all_say(*records: str, hosts: tuple[str, ...] = ()) -> list[Any]:
    """The whole world gives these MX records, and the hosts exist."""
    return [
        *b.control(),
        *b.public("MX", "answer", *records),
        b.office("answer", *records),
        b.zone(1, "answer", *records),
        b.zone(2, "answer", *records),
        *b.there(*(hosts or tuple(r.split()[1] for r in records))),
    ]


def missing(status: Any = "nodata") -> list[Any]:
    """Nobody gives MX records."""
    return [
        *b.control(),
        *b.public("MX", status),
        b.office(status),
        b.zone(1, status),
        b.zone(2, status),
    ]


def gone() -> list[Any]:
    """The registry no longer knows the domain."""
    return [
        *b.control(),
        *b.public("MX", "nxdomain"),
        b.office("nxdomain"),
        b.dns("parent", "198.51.100.11", "NS", "nxdomain", authoritative=True),
    ]


# id, what was seen, how the provider is known, codes that must be there, codes that must not
TABLE: list[tuple[str, list[Any], str, set[str], set[str]]] = [
    ("healthy", b.healthy(), "srv", set(), {"*"}),
    ("healthy without sign-in", b.healthy()[:-1], "mx", set(), {"*"}),
    ("nothing seen", [], "default", set(), {"*"}),
    # E: registration
    ("E01 expired", [*gone(), b.registered("client hold", "redemption period", days=-40)],
     "default", {"DOMAIN_EXPIRED"}, MX_CODES | {"NS_ALL_DOWN", "DOMAIN_ON_HOLD"}),
    ("E01 expired, date alone", [*gone(), b.registered(days=-3)], "default",
     {"DOMAIN_EXPIRED"}, MX_CODES),
    ("E01 parked: no MX any more", [*missing(), b.registered(days=-3)], "srv",
     {"DOMAIN_EXPIRED"}, MX_CODES),
    ("E02 on hold", [*gone(), b.registered("client hold")], "default",
     {"DOMAIN_ON_HOLD"}, MX_CODES | {"DOMAIN_EXPIRED"}),
    ("E04 soon", [*b.healthy()[:9], b.registered(days=20)], "srv", {"DOMAIN_EXPIRES_SOON"}, set()),
    ("E05 no RDAP", [*all_say(*b.GOOD), Registration(domain=b.DOMAIN, source="whois", about="own",
      outcome="no-service")], "srv", {"REGISTRATION_UNKNOWN"}, {"DOMAIN_EXPIRED"}),
    ("no domain, not registered", [*gone(), Registration(domain=b.DOMAIN, source="rdap",
      about="own", outcome="not-found")], "default", {"NO_MAIL_ROUTE"},
     {"DOMAIN_EXPIRED", "MX_MISSING"}),
    ("no domain, registration unknown", gone(), "default", {"NO_MAIL_ROUTE"}, {"DOMAIN_EXPIRED"}),
    ("gone only for this office's resolver", [*b.control(), *b.public("MX", "answer", *b.GOOD),
      b.office("nxdomain")], "srv", {"SPLIT_VIEW"}, MX_CODES | {"DOMAIN_EXPIRED"}),
    # F: records
    ("F01 no MX, but a web server", [*missing(), *b.public("A", "answer", "198.51.100.140")], "srv",
     {"MX_MISSING"}, {"NO_MAIL_ROUTE"}),
    ("F02 neither", [*missing(), *b.public("A", "nodata"), *b.public("AAAA", "nodata")], "srv",
     {"NO_MAIL_ROUTE"}, {"MX_MISSING", "MX_DOWN"}),
    ("F03 former provider, signed in", [*all_say(*OLD), b.signed_in(),
      *(b.door(h, NOT_HERE, NOT_HERE, NOT_HERE) for h in OLD_HOSTS), b.other_door()], "srv",
     {"MX_OLD_PROVIDER"}, {"MX_MIXED", "ADDRESS_UNKNOWN", "MX_DOES_NOT_SERVE_DOMAIN"}),
    ("F03 former provider, by SRV alone", all_say(*OLD), "srv", {"MX_OLD_PROVIDER"}, {"MX_MIXED"}),
    ("F03 nothing tells where the mailbox is", all_say(*OLD), "mx", set(), {"MX_OLD_PROVIDER"}),
    ("F03 nothing at all", all_say(*OLD), "default", set(), {"MX_OLD_PROVIDER"}),
    ("F03 unknown host that refuses", [*all_say("5 mail.oldhost.net"), b.signed_in(),
      b.door("mail.oldhost.net", RELAY, RELAY, RELAY)], "srv",
     {"MX_OLD_PROVIDER"}, {"MX_DOES_NOT_SERVE_DOMAIN"}),
    ("a filter that others' mail comes through", [*all_say("5 in.filter.example"), b.signed_in(),
      Answer(question="others", value="yes")], "srv", set(), {"MX_OLD_PROVIDER"}),
    ("F04 mixed, foreign first", [*all_say("1 mail.oldhost.net", *b.GOOD), b.signed_in()], "srv",
     {"MX_MIXED"}, {"MX_OLD_PROVIDER"}),
    ("F05 target without address", [*all_say("5 mx9.qiye.example", hosts=("x.example",)),
      *b.absent("mx9.qiye.example")], "default", {"MX_TARGET_MISSING"}, {"MX_DOWN", "MX_TYPO"}),
    ("F05 target asked of this office alone", [*all_say("5 mx9.example.net", hosts=("x.example",)),
      b.dns("configured", "10.66.0.1", "A", "nxdomain", name="mx9.example.net"),
      b.dns("configured", "10.66.0.1", "AAAA", "nxdomain", name="mx9.example.net")], "default",
     set(), {"MX_TARGET_MISSING"}),
    ("F06 address", all_say("5 203.0.113.11"), "srv", {"MX_IS_IP"}, {"MX_TARGET_MISSING"}),
    ("F07 alias", [*all_say("5 mail.acme-trading.com", hosts=("x.example",)),
      b.dns("public", "8.8.8.8", "A", "answer", "203.0.113.11", name="mail.acme-trading.com",
            cname=("host7.example.net",))], "default", {"MX_IS_CNAME"}, {"MX_TARGET_MISSING"}),
    ("F08 null MX", all_say("0 ."), "srv", {"NULL_MX"}, {"MX_OLD_PROVIDER", "MX_TARGET_MISSING"}),
    ("F09 null MX beside others", all_say("0 .", *b.GOOD), "srv", {"NULL_MX_MIXED"}, {"NULL_MX"}),
    ("F10 servers disagree", [*b.control(), b.zone(1, "answer", *b.GOOD),
      b.zone(2, "answer", "5 mail.oldhost.net"), *b.public("MX", "answer", "5 mail.oldhost.net"),
      *b.there("mail.oldhost.net"), b.signed_in(), b.door("mail.oldhost.net")], "srv",
     {"NS_INCONSISTENT"}, MX_CODES | {"DNS_PROPAGATING", "SPLIT_VIEW"}),
    ("F10 one server without MX", [*b.control(), b.zone(1, "answer", *b.GOOD), b.zone(2, "nodata"),
      *b.public("MX", "nodata")], "srv", {"NS_INCONSISTENT"}, MX_CODES),
    ("F11 one silent", [*all_say(*b.GOOD)[:6], b.zone(2, "timeout")], "srv",
     {"NS_PARTLY_DOWN"}, MX_CODES | {"NS_ALL_DOWN"}),
    ("F11 one lame", [*all_say(*b.GOOD)[:6], b.zone(2, "refused")], "srv",
     {"NS_PARTLY_DOWN"}, set()),
    ("all authority hidden by a proxy on the way", [*b.control(),
      *b.public("MX", "answer", *b.GOOD), b.zone(1, "answer", *b.GOOD, authoritative=False),
      b.zone(2, "timeout")], "srv", set(), {"NS_PARTLY_DOWN", "NS_ALL_DOWN"}),
    ("no IPv6 here", [*all_say(*b.GOOD), b.zone(3, "unreachable")], "srv", set(),
     {"NS_PARTLY_DOWN"}),
    ("F12 all down", [*b.control(), *b.public("MX", "servfail"), b.office("servfail"),
      b.zone(1, "timeout"), b.zone(2, "timeout")], "default", {"NS_ALL_DOWN"},
     MX_CODES | {"DOMAIN_EXPIRED", "DNSSEC_BROKEN"}),
    ("F12 all silent, without a control", [*b.public("MX", "timeout"), b.zone(1, "timeout")],
     "default", set(), {"NS_ALL_DOWN"}),
    ("F13 caches differ", [*b.control(), b.zone(1, "answer", *b.GOOD), b.zone(2, "answer", *b.GOOD),
      b.dns("public", "8.8.8.8", "MX", "answer", *OLD, ttl=600),
      b.dns("public", "223.5.5.5", "MX", "answer", *b.GOOD), b.signed_in()], "srv",
     {"DNS_PROPAGATING"}, MX_CODES | {"SPLIT_VIEW", "NS_INCONSISTENT"}),
    ("F14 own domain added", [*all_say("5 mx1.qiye.aliyun.com.acme-trading.com",
      hosts=("x.example",)), *b.absent("mx1.qiye.aliyun.com.acme-trading.com")], "srv", {"MX_TYPO"},
     {"MX_DOWN", "MX_OLD_PROVIDER"}),
    ("F14 MX at www", [*missing(), *b.public("A", "answer", "198.51.100.140"),
      *b.public("MX", "answer", *b.GOOD, name="www.acme-trading.com")], "srv",
     {"MX_TYPO"}, {"MX_MISSING"}),
    ("F15 alias at the top", [*b.control(), *b.public("MX", "nodata", cname=("shop.example.net",))],
     "srv", {"APEX_CNAME"}, {"MX_MISSING"}),
    ("F16 internal view", [*all_say(*b.GOOD)[:4], b.zone(1, "answer", *b.GOOD),
      b.office("answer", "10 exchange.corp.local", authoritative=True)], "srv",
     {"SPLIT_VIEW"}, MX_CODES),
    ("only this office's resolver could be asked", [b.office("nodata"), b.signed_in()], "srv",
     {"MX_MISSING"}, set()),
    # G: signatures
    ("G01 signature", [*b.control(), *b.public("MX", "servfail"),
      *b.public("MX", "answer", *b.GOOD, checking_disabled=True),
      b.zone(1, "answer", *b.GOOD)], "srv", {"DNSSEC_BROKEN"},
     {"NS_ALL_DOWN", "DNSSEC_DS_MISMATCH"}),
    ("G02 left behind", [*b.control(), *b.public("MX", "servfail"),
      *b.public("MX", "answer", *b.GOOD, checking_disabled=True),
      *b.public("DS", "answer", "12345 13 2 AB", checking_disabled=True),
      *b.public("DNSKEY", "nodata", checking_disabled=True)], "srv",
     {"DNSSEC_DS_MISMATCH"}, {"DNSSEC_BROKEN", "NS_ALL_DOWN"}),
    # H: MTA-STS
    ("H01 mismatch", [*b.healthy()[:-2], b.policy("enforce", "mx1.old-provider.net")], "srv",
     {"MTASTS_MX_MISMATCH"}, MX_CODES),
    ("H01 only tested", [*b.healthy()[:-2], b.policy("testing", "mx1.old-provider.net")], "srv",
     set(), {"*"}),
    ("H01 wildcard fits", [*b.healthy()[:-2], b.policy("enforce", "*.qiye.aliyun.com")], "srv",
     set(), {"*"}),
    ("H02 not found", [*b.healthy()[:-2], MtaSts(domain=b.DOMAIN, txt="v=STSv1; id=1",
      fetch="http-error")], "srv", {"MTASTS_FETCH_FAIL"}, {"MTASTS_MX_MISMATCH"}),
    ("H02 unreachable, without a control", [*b.healthy()[:-2], MtaSts(domain=b.DOMAIN,
      txt="v=STSv1; id=1", fetch="timeout")], "srv", set(), {"*"}),
    # I: doors
    ("I01 refused", [*all_say(*b.GOOD), b.shut("mx1.qiye.aliyun.com", "refused"),
      b.shut("mx2.qiye.aliyun.com", "refused"), b.other_door()], "srv",
     {"MX_DOWN"}, {"PORT25_BLOCKED_HERE", "MX_UNREACHABLE"}),
    ("I01 without a control", [*all_say(*b.GOOD), b.shut("mx1.qiye.aliyun.com", "refused"),
      b.shut("mx2.qiye.aliyun.com", "refused")], "srv", set(), {"MX_DOWN", "PORT25_BLOCKED_HERE"}),
    ("I01 the web server has no port 25", [*missing(), *b.public("A", "answer", "198.51.100.140"),
      b.shut(b.DOMAIN, "refused"), b.other_door()], "srv", {"MX_MISSING"}, {"MX_DOWN"}),
    ("I02 silent", [*all_say(*b.GOOD), b.shut("mx1.qiye.aliyun.com", "timeout"),
      b.shut("mx2.qiye.aliyun.com", "timeout"), b.other_door()], "srv",
     {"MX_UNREACHABLE"}, {"MX_DOWN"}),
    ("I03 blocked here", [*all_say(*b.GOOD), b.shut("mx1.qiye.aliyun.com", "timeout"),
      b.shut("mx2.qiye.aliyun.com", "timeout"), b.other_door("timeout")], "srv",
     {"PORT25_BLOCKED_HERE"}, {"MX_DOWN", "MX_UNREACHABLE"}),
    ("I03 rejected here", [*all_say(*b.GOOD), b.shut("mx1.qiye.aliyun.com", "refused"),
      b.shut("mx2.qiye.aliyun.com", "refused"), b.other_door("refused")], "srv",
     {"PORT25_BLOCKED_HERE"}, {"MX_DOWN", "MX_UNREACHABLE"}),
    ("I04 first one shut", [*all_say(*b.GOOD), b.shut("mx1.qiye.aliyun.com", "refused"),
      b.door("mx2.qiye.aliyun.com"), b.other_door()], "srv",
     {"DELAY_BACKUP_MX"}, {"MX_DOWN", "MX_UNREACHABLE"}),
    ("I06 late greeting", [*all_say(*b.GOOD), b.door(banner_ms=14000.0)], "srv", set(), {"*"}),
    ("I07 overloaded", [*all_say(*b.GOOD), *(b.door(f"mx{n}.qiye.aliyun.com", None, None, None,
      banner=b.reply(421, "Too many connections, try later"), ehlo=None, mail=None)
      for n in (1, 2)), b.other_door()], "srv", {"MX_BUSY"}, {"ADDRESS_UNKNOWN", "MX_DOWN"}),
    ("I08 greylisted", [*all_say(*b.GOOD), b.door(user=b.reply(450, "Greylisted", "4.2.0"),
      postmaster=b.reply(450, "Greylisted", "4.2.0"))], "srv", set(), {"*"}),
    ("I09 unknown here", [*all_say(*b.GOOD), b.door(user=b.NOBODY),
      b.door("mx2.qiye.aliyun.com", user=b.NOBODY), b.signed_in()], "srv",
     {"ADDRESS_UNKNOWN"}, MX_CODES | {"MX_DOES_NOT_SERVE_DOMAIN"}),
    ("I09 one exchanger knows the user", [*all_say(*b.GOOD), b.door(user=b.NOBODY),
      b.door("mx2.qiye.aliyun.com")], "srv", set(), {"ADDRESS_UNKNOWN"}),
    ("I10 takes anything", [*all_say(*b.GOOD), b.door(random=b.OK)], "srv",
     {"RCPT_PROBE_INCONCLUSIVE"}, {"ADDRESS_UNKNOWN"}),
    ("I11 our address at RCPT", [*all_say(*b.GOOD), b.door(
      user=b.reply(550, "Service unavailable; client [1.2.3.4] blocked using zen.spamhaus.org",
      "5.7.1"))], "srv", {"PROBE_IP_REFUSED"}, {"ADDRESS_UNKNOWN", "MX_DOES_NOT_SERVE_DOMAIN"}),
    ("I11 our address at the greeting", [*all_say(*b.GOOD), b.door(user=None, postmaster=None,
      random=None, banner=b.reply(554, "No SMTP service here"), ehlo=None, mail=None)], "srv",
     {"PROBE_IP_REFUSED"}, {"MX_DOWN", "MX_UNREACHABLE"}),
    ("I11 no reverse name", [*all_say(*b.GOOD), b.door("mx1.qiye.aliyun.com", *[b.reply(450,
      "Client host rejected: cannot find your reverse hostname, [1.2.3.4]", "4.7.25")] * 3)], "srv",
     {"PROBE_IP_REFUSED"}, {"ADDRESS_UNKNOWN", "MX_BUSY"}),
    ("I12 not served", [*all_say("10 mail.acme-trading.com"),
      b.door("mail.acme-trading.com", RELAY, RELAY, RELAY)], "default",
     {"MX_DOES_NOT_SERVE_DOMAIN"}, {"ADDRESS_UNKNOWN", "MX_OLD_PROVIDER"}),
    ("I15 switched off", [*all_say(*b.GOOD), b.door(
      user=b.reply(550, "zhangwei@acme-trading.com is a deactivated mailbox"))], "srv",
     {"MAILBOX_DEACTIVATED"}, {"ADDRESS_UNKNOWN", "MAILBOX_FULL"}),
    ("D22 outside mail off", [*all_say(*b.GOOD), b.door(
      user=b.reply(550, "RESOLVER.RST.RestrictedToRecipientsPermission", "5.7.134"))], "srv",
     {"EXTERNAL_MAIL_OFF"}, MX_CODES | {"ADDRESS_UNKNOWN"}),
    ("D07 full at RCPT", [*all_say(*b.GOOD), b.door(
      user=b.reply(552, "Mailbox is full", "5.2.2"))], "srv", set(),
     {"ADDRESS_UNKNOWN", "MAILBOX_DEACTIVATED", "MX_DOES_NOT_SERVE_DOMAIN"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "by", "required", "forbidden"),
    [pytest.param(*row[1:], id=row[0]) for row in TABLE],
)
def test_table(seen: list[Any], by: str, required: set[str], forbidden: set[str]) -> None:
    found = dns.judge(b.situation(seen, by))
    codes = {f.code for f in found}
    assert required <= codes
    assert not codes if "*" in forbidden and not required else not codes & forbidden
    assert all(f.because for f in found)


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_order_of_evidence_never_matters(
    row: tuple[str, list[Any], str, set[str], set[str]],
) -> None:
    _id, seen, by, _required, _forbidden = row
    shuffled = list(seen)
    random.Random(7).shuffle(shuffled)
    assert _said(seen, by) == _said(shuffled, by)


def _said(seen: list[Any], by: str) -> set[tuple[str, str, str]]:
    return {(f.code, f.outcome, f.certainty) for f in dns.judge(b.situation(seen, by))}


WORDS = {"provider", "webmail", "support", "support_phone", "status_page", "wanted", "reports"}


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_every_placeholder_of_the_words_is_filled(
    row: tuple[str, list[Any], str, Any, Any],
) -> None:
    for f in dns.judge(b.situation(row[1], row[2])):
        text = TEXTS.get(f"{f.code}:{f.data.get('variant', '')}") or TEXTS[f.code]
        for words in (text.headline, text.meaning, *text.actions):
            names = {name for _t, name, _s, _c in string.Formatter().parse(words) if name}
            filled = {name for name, value in f.data.items() if value not in (None, (), "")}
            open_names = {n for n in names - filled - WORDS if not n.startswith("path_")}
            assert not open_names, (f.code, open_names)


def only(seen: list[Any], code: str, by: str = "srv", **more: Any) -> Any:
    """The finding of one code."""
    return next(f for f in dns.judge(b.situation(seen, by, **more)) if f.code == code)


def test_sign_in_makes_the_former_provider_sure() -> None:
    assert only([*all_say(*OLD), b.signed_in()], "MX_OLD_PROVIDER").certainty is Certainty.SURE
    assert only(all_say(*OLD), "MX_OLD_PROVIDER").certainty is Certainty.LIKELY


def test_spf_alone_accuses_nobody() -> None:
    found = only(all_say(*OLD), "MX_OLD_PROVIDER", by="spf")
    assert (found.outcome, found.certainty) == (Outcome.RISK, Certainty.POSSIBLE)


def test_spf_and_a_refusing_server_do() -> None:
    doors = [b.door(h, NOT_HERE, NOT_HERE, NOT_HERE) for h in OLD_HOSTS]
    found = only([*all_say(*OLD), *doors], "MX_OLD_PROVIDER", by="spf")
    assert (found.outcome, found.certainty) == (Outcome.CAUSE, Certainty.LIKELY)


def test_an_unknown_exchanger_may_be_a_filter() -> None:
    found = only([*all_say("5 in.filter.example"), b.signed_in()], "MX_OLD_PROVIDER")
    assert (found.outcome, found.certainty) == (Outcome.RISK, Certainty.POSSIBLE)
    assert found.data["variant"] == "filter"


def test_nobodys_mail_arriving_makes_it_a_cause() -> None:
    seen = [*all_say("5 in.filter.example"), b.signed_in(), Answer(question="others", value="no")]
    assert only(seen, "MX_OLD_PROVIDER").outcome is Outcome.CAUSE


def test_a_foreign_backup_is_a_risk_only() -> None:
    found = only([*all_say(*b.GOOD, "20 mail.oldhost.net"), b.signed_in()], "MX_MIXED")
    assert (found.outcome, found.data["variant"]) == (Outcome.RISK, "backup")


def test_a_foreign_exchanger_of_equal_preference_is_a_cause() -> None:
    found = only([*all_say(*b.GOOD, "5 mxbiz1.qq.com"), b.signed_in()], "MX_MIXED")
    assert (found.outcome, found.certainty) == (Outcome.CAUSE, Certainty.SURE)


def test_what_only_the_office_says_is_no_more_than_possible() -> None:
    found = only([b.office("nodata"), b.signed_in()], "MX_MISSING")
    assert (found.outcome, found.certainty) == (Outcome.RISK, Certainty.POSSIBLE)


def test_one_dead_record_beside_a_good_one_is_a_risk() -> None:
    seen = [*all_say("5 old.example.net", "10 mx2.qiye.aliyun.com",
                     hosts=("mx2.qiye.aliyun.com",)), *b.absent("old.example.net")]  # fmt: skip
    assert only(seen, "MX_TARGET_MISSING").outcome is Outcome.RISK


def test_an_expired_domain_that_still_works_is_a_risk() -> None:
    found = only([*all_say(*b.GOOD), b.registered(days=-3)], "DOMAIN_EXPIRED")
    assert (found.outcome, found.data["variant"]) == (Outcome.RISK, "still-on")


def test_a_wrong_clock_lets_no_domain_expire() -> None:
    late = HttpReply(purpose="https", url="https://www.baidu.com/", outcome="reply",
                     tls="ok", date=b.NOW - timedelta(days=400), local=b.NOW)  # fmt: skip
    assert not [
        f
        for f in dns.judge(b.situation([*all_say(*b.GOOD), b.registered(days=-3), late]))
        if f.code == "DOMAIN_EXPIRED"
    ]


def test_too_large_for_every_entrance() -> None:
    seen = [*all_say(*b.GOOD), b.door(), b.door("mx2.qiye.aliyun.com", size_limit=20_000_000)]
    assert only(seen, "TOO_LARGE", size=70_000_000).data["limit"] == "62.9 MB"
    codes = {f.code for f in dns.judge(b.situation(seen, size=30_000_000))}
    assert "TOO_LARGE" not in codes


def test_a_policy_that_names_one_of_two_is_a_risk() -> None:
    seen = [*b.healthy()[:-2], b.policy("enforce", "mx1.qiye.aliyun.com")]
    assert only(seen, "MTASTS_MX_MISMATCH").outcome is Outcome.RISK


def test_own_software_may_stand_behind_any_exchanger() -> None:
    found = dns.judge(b.situation(all_say("5 mail.acme-trading.com"), "user", "coremail"))
    assert not found


def test_a_broken_record_in_a_saved_report_does_no_harm() -> None:
    seen = [
        *b.control(),
        *b.public("MX", "servfail"),
        *b.public("MX", "answer", "", "x", "² a", "999999999999 a", checking_disabled=True),
        *b.public("DS", "answer", "", "²", checking_disabled=True),
        *b.public(
            "DNSKEY",
            "answer",
            "",
            "257 3",
            "² 3 13 AA==",
            "99999999 3 13 AA==",
            checking_disabled=True,
        ),
    ]
    assert {f.code for f in dns.judge(b.situation(seen))} == {"DNSSEC_BROKEN"}
