"""MX records against where the mailbox really is: what must, and what must never, be said."""

import ipaddress
from typing import Any

import pytest

from mailwizard.diagnosis import dns
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import Endpoint
from mailwizard.model.seen.user import Answer
from mailwizard.providers.load import provider
from mailwizard.text.finding_text import render
from tests.diagnosis import domain_builders as b
from tests.diagnosis.test_dns import MX_CODES, NOT_HERE, OLD, OLD_HOSTS, RELAY, all_say, missing

CAUSE, RISK = Outcome.CAUSE, Outcome.RISK
ALL = MX_CODES | {"MX_STALE_BACKUP", "MX_HOST_OLD_IP", "MX_IS_IP", "MX_IS_CNAME", "NULL_MX_MIXED"}
OWN = f"mail.{b.DOMAIN}"
OLD_ADDRESS, NEW_ADDRESS = "198.51.100.90", "203.0.113.77"
WEB = b.public("A", "answer", "198.51.100.140")
GREETS_ELSE = b.reply(220, "srv7.oldhost.net ESMTP Postfix")


def by_cname(name: str, target: str) -> ProviderHint:
    return ProviderHint(source="cname", name=name, target=target)


def pointer(address: str, name: str) -> list[Any]:
    """What the world calls an address."""
    return b.public("PTR", "answer", name, name=ipaddress.ip_address(address).reverse_pointer)


def moved(**door: Any) -> list[Any]:
    """An own mail server's name that leads to an address of somebody else's."""
    given: dict[str, Any] = {
        "user": RELAY, "postmaster": RELAY, "random": RELAY,
        "banner": GREETS_ELSE, "ehlo": b.reply(250, "srv7.oldhost.net"), **door,
    }  # fmt: skip
    return [
        *all_say(f"10 {OWN}"),
        *pointer(OLD_ADDRESS, "srv7.oldhost.net"),
        b.door(OWN, address=OLD_ADDRESS, **given),
    ]


def imap_at(address: str) -> list[Any]:
    """The user signed in to the company's own name at this address."""
    at = Endpoint(role="provider", service="imap", host=OWN, address=address, port=993,
                  connect="connected", tls="ok")  # fmt: skip
    return [at, b.signed_in(OWN)]


GREETED = SignIn(host=OWN, port=993, outcome="ok", greeting="* OK AliYun IMAP Server Ready")

# id, seen, how the provider is known, code or "", outcome, variant, forbidden
TABLE: list[tuple[str, list[Any], str, str, Any, str, set[str]]] = [
    # F01, F02: missing
    ("F01 and the web server has no port 25", [*missing(), *WEB, b.shut(b.DOMAIN, "refused"),
     b.other_door(), b.signed_in()], "srv", "MX_MISSING", CAUSE, "", ALL - {"MX_MISSING"}),
    ("F01 and the web server turns mail away", [*missing(), *WEB, b.door(b.DOMAIN, RELAY, RELAY,
     RELAY), b.other_door(), b.signed_in()], "srv", "MX_MISSING", CAUSE, "turned-away",
     {"MX_DOES_NOT_SERVE_DOMAIN", "ADDRESS_UNKNOWN"}),
    ("F01 and the web server takes the mail", [*missing(), *WEB, b.door(b.DOMAIN), b.signed_in()],
     "srv", "MX_MISSING", CAUSE, "elsewhere", ALL - {"MX_MISSING"}),
    ("F01 a server of the company's own at that address", [*missing(), *WEB, b.door(b.DOMAIN)],
     "default", "MX_MISSING", RISK, "taken", ALL - {"MX_MISSING"}),
    ("F01 others' mail arrives that way", [*missing(), *WEB, Answer(question="others",
     value="yes")], "default", "MX_MISSING", RISK, "taken", ALL - {"MX_MISSING"}),
    ("F02", [*missing(), *b.public("A", "nodata"), *b.public("AAAA", "nodata"), b.signed_in()],
     "srv", "NO_MAIL_ROUTE", CAUSE, "", ALL - {"NO_MAIL_ROUTE"}),
    # F03: another provider's
    ("F03 by the mailbox's greeting alone", [*all_say(*OLD), GREETED], "mx", "MX_OLD_PROVIDER",
     CAUSE, "", {"MX_MIXED"}),
    ("F03 by the company's own name for it", [*all_say(*OLD), by_cname(OWN, "imap.qiye.aliyun.com"),
     b.signed_in(OWN)], "mx", "MX_OLD_PROVIDER", CAUSE, "", {"MX_MIXED"}),
    ("F03 where a mailbox is left", [*all_say(*OLD), b.signed_in(), *(b.door(h) for h in
     OLD_HOSTS)], "srv", "MX_OLD_PROVIDER", CAUSE, "taken", {"ADDRESS_UNKNOWN"}),
    ("F03 where any name is taken", [*all_say(*OLD), b.signed_in(), *(b.door(h, random=b.OK) for h
     in OLD_HOSTS)], "srv", "MX_OLD_PROVIDER", CAUSE, "", {"ADDRESS_UNKNOWN"}),
    ("F03 not where the sign-in was refused", [*all_say(*OLD), SignIn(host="imap.qiye.aliyun.com",
     port=993, outcome="refused")], "mx", "", None, "", ALL),
    ("F03 a known filter in front", [*all_say("10 mx1-eu1.ppe-hosted.com",
     "10 mx2-eu1.ppe-hosted.com"), b.signed_in()], "srv", "", None, "", ALL),
    ("F03 a known filter and nobody's mail arrives", [*all_say("10 eu-smtp-inbound-1.mimecast.com"),
     b.signed_in(), Answer(question="others", value="no")], "srv", "", None, "", ALL),
    ("a known filter that does not know the domain", [*all_say("10 mx1-eu1.ppe-hosted.com"),
     b.signed_in(), b.door("mx1-eu1.ppe-hosted.com", RELAY, RELAY, RELAY)], "srv",
     "MX_DOES_NOT_SERVE_DOMAIN", CAUSE, "", ALL),
    ("a filter beside the provider", [*all_say("10 mx1-eu1.ppe-hosted.com", "20 " + b.GOOD[0][2:]),
     b.signed_in()], "srv", "", None, "", ALL),
    ("a new exchanger of the provider's", [*all_say("5 mx7.qiye.aliyun.com"), b.signed_in()], "srv",
     "", None, "", ALL),
    ("one of the usual three is no fault", [*all_say("5 mx1.qiye.aliyun.com"), b.signed_in()],
     "srv", "", None, "", ALL),
    ("an older set of the same provider", [*all_say("5 mxn.mxhichina.com", "10 mxw.mxhichina.com"),
     b.signed_in()], "srv", "", None, "", ALL),
    # F04: mixed
    ("F04 first", [*all_say("1 mxbiz1.qq.com", *b.GOOD), b.signed_in()], "srv", "MX_MIXED", CAUSE,
     "", {"MX_OLD_PROVIDER", "MX_STALE_BACKUP"}),
    ("F04 by turns", [*all_say("5 mxbiz1.qq.com", *b.GOOD), b.signed_in()], "srv", "MX_MIXED",
     CAUSE, "by-turns", {"MX_OLD_PROVIDER"}),
    ("F04 behind, another provider's", [*all_say(*b.GOOD, "20 mxbiz1.qq.com"), b.signed_in()],
     "srv", "MX_MIXED", RISK, "backup", {"MX_STALE_BACKUP", "MX_OLD_PROVIDER"}),
    ("F04 behind, and nobody could be asked", [*all_say(*b.GOOD, "20 mx.backup.example"),
     b.signed_in()], "srv", "MX_MIXED", RISK, "backup", {"MX_STALE_BACKUP"}),
    # I05: a backup that helps nobody
    ("I05 refuses", [*all_say(*b.GOOD, "20 mx.backup.example"), b.signed_in(), b.door(),
     b.door("mx.backup.example", RELAY, RELAY, RELAY)], "srv", "MX_STALE_BACKUP", RISK, "",
     {"MX_MIXED", "MX_DOES_NOT_SERVE_DOMAIN", "CLEAR"}),
    ("I05 takes anything", [*all_say(*b.GOOD, "20 mx.backup.example"), b.signed_in(), b.door(),
     b.door("mx.backup.example", random=b.OK)], "srv", "MX_STALE_BACKUP", RISK, "anything",
     {"MX_MIXED"}),
    ("I05 knows whom it serves", [*all_say(*b.GOOD, "20 mx.backup.example"), b.signed_in(),
     b.door(), b.door("mx.backup.example")], "srv", "MX_MIXED", RISK, "backup",
     {"MX_STALE_BACKUP"}),
    ("I05 takes anything as the provider's own does", [*all_say(*b.GOOD, "20 mx.backup.example"),
     b.signed_in(), b.door(random=b.OK), b.door("mx.backup.example", random=b.OK)], "srv",
     "MX_MIXED", RISK, "backup", {"MX_STALE_BACKUP"}),
    ("I05 refuses our address alone", [*all_say(*b.GOOD, "20 mx.backup.example"), b.signed_in(),
     b.door(), b.door("mx.backup.example", *[b.reply(554, "client host blocked using pbl.example",
     "5.7.1")] * 3)], "srv", "MX_MIXED", RISK, "backup", {"MX_STALE_BACKUP"}),
    # F05, F06, F07, F14
    ("F05 all", [*all_say("5 gone.example", "9 lost.example", hosts=("x.example",)),
     *b.absent("gone.example", "lost.example")], "default", "MX_TARGET_MISSING", CAUSE, "",
     {"MX_DOWN", "MX_TYPO"}),
    ("F05 some", [*all_say("5 gone.example", "9 lost.example", *b.GOOD, hosts=(
     "mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com")), *b.absent("gone.example", "lost.example"),
     b.signed_in()], "srv", "MX_TARGET_MISSING", RISK, "some", ALL - {"MX_TARGET_MISSING"}),
    ("F06 beside a good one", [*all_say("5 203.0.113.11", "10 mx2.qiye.aliyun.com"),
     b.signed_in()], "srv", "MX_IS_IP", RISK, "", ALL - {"MX_IS_IP"}),
    ("F06 IPv6", all_say("5 2001:db8::25", hosts=("x.example",)), "srv", "MX_IS_IP", CAUSE, "",
     ALL - {"MX_IS_IP"}),
    ("F14 a letter left out", [*all_say("5 mx1.qiye.alyun.com", hosts=("x.example",)),
     *b.absent("mx1.qiye.alyun.com")], "default", "MX_TYPO", CAUSE, "similar",
     {"MX_TARGET_MISSING", "MX_DOWN", "MX_OLD_PROVIDER"}),
    ("F05 a number that the provider does not have", [*all_say("5 mx4.qiye.aliyun.com",
     hosts=("x.example",)), *b.absent("mx4.qiye.aliyun.com")], "srv", "MX_TARGET_MISSING", CAUSE,
     "", {"MX_TYPO", "MX_OLD_PROVIDER"}),
    ("F05 the same, at a mailbox of whom nothing is known", [*all_say("5 mx4.qiye.aliyun.com",
     hosts=("x.example",)), *b.absent("mx4.qiye.aliyun.com")], "default", "MX_TARGET_MISSING",
     CAUSE, "", {"MX_TYPO"}),
    ("F14 of a provider with names for each customer", [*all_say(
     "0 acme.mail.protection.outlok.com", hosts=("x.example",)),
     *b.absent("acme.mail.protection.outlok.com")], "default", "MX_TYPO", CAUSE, "similar",
     {"MX_TARGET_MISSING"}),
    ("F14 own domain added, beside a wildcard", [*all_say("5 mx1.qiye.aliyun.com." + b.DOMAIN),
     b.signed_in()], "srv", "MX_TYPO", CAUSE, "", {"MX_OLD_PROVIDER", "MX_TARGET_MISSING"}),
    ("a short name near another is no slip", [*all_say("5 mx.zohu.com", hosts=("x.example",)),
     *b.absent("mx.zohu.com")], "default", "MX_TYPO", CAUSE, "similar", {"MX_TARGET_MISSING"}),
    # F08, F09
    ("F08", [*all_say("0 ."), b.signed_in()], "srv", "NULL_MX", CAUSE, "", ALL - {"NULL_MX"}),
    ("F09", [*all_say("0 .", *b.GOOD), b.signed_in()], "srv", "NULL_MX_MIXED", RISK, "",
     ALL - {"NULL_MX_MIXED"}),
    # F15
    ("F15 with the target's own exchangers", [*b.control(), *b.public("MX", "answer", *OLD,
     cname=("shop.example.net",)), *b.there(*OLD_HOSTS), b.signed_in()], "srv", "APEX_CNAME", CAUSE,
     "", {"MX_MISSING", "MX_OLD_PROVIDER"}),
    ("F15 that leads home all the same", [*b.control(), *b.public("MX", "answer", *b.GOOD,
     cname=("shop.example.net",)), *b.there("mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com"),
     b.signed_in()], "srv", "", None, "", ALL),
    # F19
    ("F19 turned away at the old place", moved(), "default", "MX_HOST_OLD_IP", RISK, "",
     {"MX_OLD_PROVIDER"}),
    ("F19 the mailbox is elsewhere", [*moved(user=b.NOBODY, postmaster=None, random=None),
     *imap_at(NEW_ADDRESS)], "default", "MX_HOST_OLD_IP", RISK, "", {"MX_OLD_PROVIDER"}),
    ("F19 the mail is taken there", [*moved(user=b.OK), *imap_at(NEW_ADDRESS)], "default", "", None,
     "", ALL),
    ("F19 it greets with the company's name", moved(banner=b.reply(220, f"{OWN} ESMTP")), "default",
     "", None, "", ALL),
    ("F19 the address has the company's name", [*(s for s in moved() if getattr(s, "rtype", "")
     != "PTR"), *pointer(OLD_ADDRESS, OWN)], "default", "", None, "", ALL),
    ("F19 nobody names the address", [s for s in moved() if getattr(s, "rtype", "") != "PTR"],
     "default", "", None, "", ALL),
    ("F19 mailbox and mail at one address", [*moved(user=NOT_HERE, postmaster=None, random=None),
     *imap_at(OLD_ADDRESS)], "default", "", None, "", ALL),
    # pairs with faults near by
    ("pair: port 25 is closed here", [*all_say("1 mxbiz1.qq.com", *b.GOOD), b.signed_in(),
     b.shut("mxbiz1.qq.com", "timeout"), b.shut("mx1.qiye.aliyun.com", "timeout"),
     b.other_door("timeout")], "srv", "MX_MIXED", CAUSE, "", {"MX_DOWN", "MX_UNREACHABLE"}),
    ("pair: only this office's resolver answers, and lies", [b.office("answer", *OLD),
     b.signed_in()], "srv", "MX_OLD_PROVIDER", RISK, "", {"MX_MIXED"}),
    ("pair: made-up addresses", [*b.public("MX", "answer", *OLD), *[b.dns("public", s, "A",
     "answer", "198.18.0.7", name="mxbiz1.qq.com") for s in b.PUBLIC], *b.control(),
     b.signed_in()], "srv", "", None, "", ALL),
]  # fmt: skip


def judged(seen: list[Any], by: str, **case: Any) -> list[Finding]:
    return dns.judge(b.situation(seen, by, **case))


@pytest.mark.parametrize(
    ("seen", "by", "code", "outcome", "variant", "forbidden"),
    [pytest.param(*row[1:], id=row[0]) for row in TABLE],
)
def test_table(
    seen: list[Any], by: str, code: str, outcome: Any, variant: str, forbidden: set[str]
) -> None:
    said = []
    for order in (seen, seen[::-1]):
        found = judged(order, by)
        assert not {f.code for f in found} & forbidden
        if code:
            (one,) = [f for f in found if f.code == code]
            assert (one.outcome, one.data.get("variant", "")) == (outcome, variant)
        said.append({(f.code, f.outcome, f.certainty, tuple(sorted(f.data))) for f in found})
    assert said[0] == said[1]


def only(seen: list[Any], code: str, by: str = "srv", **case: Any) -> Finding:
    (one,) = [f for f in judged(seen, by, **case) if f.code == code]
    return one


def test_every_finding_about_records_names_those_now_and_those_to_set() -> None:
    for _id, seen, by, code, *_rest in TABLE:
        for found in judged(seen, by):
            if found.code in ALL:
                assert found.data["domain"] == b.DOMAIN, code
                assert isinstance(found.data["records"], tuple)
                assert isinstance(found.data["wanted"], tuple)
    told = only([*all_say(*OLD), b.signed_in()], "MX_OLD_PROVIDER")
    assert told.data["records"] == OLD
    assert told.data["wanted"] == (
        "5 mx1.qiye.aliyun.com", "10 mx2.qiye.aliyun.com", "15 mx3.qiye.aliyun.com",
    )  # fmt: skip


def test_another_data_centre_has_records_of_its_own() -> None:
    told = only([*all_say(*OLD), b.signed_in("imap.sg.aliyun.com")], "MX_OLD_PROVIDER")
    assert told.data["wanted"] == ("mx1.sg.aliyun.com", "mx2.sg.aliyun.com")
    beside = [*all_say("1 mxbiz1.qq.com", "5 mx1.sg.aliyun.com"), b.signed_in("imap.sg.aliyun.com")]
    assert only(beside, "MX_MIXED").data["wanted"] == ("5 mx1.sg.aliyun.com",)
    # Where no source states that site's records, none are named.
    told = only([*all_say(*OLD), b.signed_in("imap.hk.aliyun.com")], "MX_OLD_PROVIDER")
    assert told.data["wanted"] == ()
    words = render(told, provider("alimail"))
    assert not any("mx1.qiye" in action for action in words.actions)


def test_nothing_is_wanted_where_the_provider_is_not_known() -> None:
    assert only(all_say("0 ."), "NULL_MX", by="mx").data["wanted"] == ()


def test_who_wins_is_told() -> None:
    mixed = only([*all_say("1 mxbiz1.qq.com", *b.GOOD), b.signed_in()], "MX_MIXED")
    assert mixed.data["first"] == "mxbiz1.qq.com"
    assert mixed.data["wrong"] == ("mxbiz1.qq.com",)
    behind = only([*all_say(*b.GOOD, "20 mxbiz1.qq.com"), b.signed_in()], "MX_MIXED")
    assert behind.data["first"] == "mx1.qiye.aliyun.com"


def test_all_missing_targets_are_one_finding() -> None:
    hosts = [f"mx{n}.lost.example" for n in range(200)]
    seen = [*all_say(*(f"{n} {h}" for n, h in enumerate(hosts)), hosts=("x.example",)),
            *b.absent(*hosts)]  # fmt: skip
    found = [f for f in judged(seen, "default") if f.code == "MX_TARGET_MISSING"]
    assert len(found) == 1
    assert len(render(found[0], provider("alimail")).meaning) < 1000


@pytest.mark.parametrize(
    "records",
    [
        ("5 ", "x", "² a", "999999999999 a"),
        ("10 \x1b[31mmx.example", "20 a..b", "0 " + "a" * 300),
        tuple(f"{n} h{n}.example" for n in range(300)),
        ("5 [203.0.113.11]", "5 203.0.113.11."),
        ("65535 xn--fsqu00a.example",),
    ],
)
def test_records_of_any_form_do_no_harm(records: tuple[str, ...]) -> None:
    for by in ("srv", "default"):
        for found in judged([*all_say(*records, hosts=("x.example",)), b.signed_in()], by):
            assert "\x1b" not in render(found, provider("alimail")).meaning


def test_the_whole_diagnosis_names_the_records_before_their_consequences() -> None:
    seen = [*all_say(*OLD), b.signed_in(), *(b.door(h, *[NOT_HERE] * 3) for h in OLD_HOSTS)]
    assert diagnose(b.situation(seen, "srv")).verdict.code == "MX_OLD_PROVIDER"
    assert diagnose(b.situation(seen, "srv")).verdict.certainty is Certainty.SURE


def hints(cname: str, mx: str, spf: str) -> list[ProviderHint]:
    return [
        by_cname(f"imap.{b.DOMAIN}", cname),
        ProviderHint(source="mx", name=b.DOMAIN, target=mx),
        ProviderHint(source="spf", name=b.DOMAIN, target=spf),
    ]


def test_a_client_name_that_was_left_behind_accuses_nobody() -> None:
    """The company has moved to Tencent; the old name for mail programs still stands."""
    left = hints("imap.qiye.aliyun.com", "mxbiz1.qq.com", "spf.mail.qq.com")
    found = only([*all_say(*OLD), *left], "MX_OLD_PROVIDER", by="cname")
    assert (found.outcome, found.certainty) == (RISK, Certainty.POSSIBLE)
    assert found.data["variant"] == "doubt"
    words = render(found, provider("alimail"))
    assert "Exmail" in words.headline


@pytest.mark.parametrize("spf", ["spf.qiye.aliyun.com", "spf.elsewhere.example"])
def test_a_client_name_with_nothing_against_it_does(spf: str) -> None:
    named = hints("imap.qiye.aliyun.com", "mxbiz1.qq.com", spf)
    found = only([*all_say(*OLD), *named], "MX_OLD_PROVIDER", by="cname")
    assert (found.outcome, found.certainty) == (CAUSE, Certainty.LIKELY)


def test_a_sign_in_beats_what_the_records_agree_on() -> None:
    left = hints("imap.qiye.aliyun.com", "mxbiz1.qq.com", "spf.mail.qq.com")
    found = only([*all_say(*OLD), *left, b.signed_in()], "MX_OLD_PROVIDER", by="cname")
    assert (found.outcome, found.certainty) == (CAUSE, Certainty.SURE)


def test_a_sign_in_at_the_other_provider_settles_it() -> None:
    left = hints("imap.qiye.aliyun.com", "mxbiz1.qq.com", "spf.mail.qq.com")
    seen = [*all_say(*OLD), *left, b.signed_in("imap.exmail.qq.com")]
    assert not [f for f in judged(seen, "cname") if f.code in ALL]


def test_what_leads_nowhere_is_not_wanted() -> None:
    for wrong in ("mx4.qiye.aliyun.com", "mx1.qiye.alyun.com"):
        seen = [*all_say(f"5 {wrong}", hosts=("x.example",)), *b.absent(wrong), b.signed_in()]
        [found] = [f for f in dns.judge(b.situation(seen)) if f.code.startswith("MX_T")]
        assert "5 mx1.qiye.aliyun.com" in found.data["wanted"]
        assert not any(wrong in record for record in found.data["wanted"])
