"""Port 25 (rows I, and pairs of them): what was seen → what must and must not be said."""

from typing import Any

import pytest

from mailwizard.diagnosis import dns, quota
from mailwizard.diagnosis.door import taking_doors
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.network import Endpoint
from tests.diagnosis import domain_builders as b
from tests.diagnosis.test_dns import OLD, OLD_HOSTS, RELAY, all_say

MX1, MX2 = "mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com"
FAULTS = {
    "MX_DOWN", "MX_UNREACHABLE", "DELAY_BACKUP_MX", "MX_IPV6", "MX_BUSY", "ADDRESS_UNKNOWN",
    "MX_DOES_NOT_SERVE_DOMAIN", "MAILBOX_DEACTIVATED", "MAIL_LOOP", "PROVISIONING",
}  # fmt: skip
SIX = "2001:db8::11"


def at(address: str, door: SmtpDoor) -> SmtpDoor:
    """The same at another address."""
    return SmtpDoor(**{**vars(door), "address": address})


def says(*replies: Any, host: str = MX1, **more: Any) -> SmtpDoor:
    """A door that answers the user, postmaster and the random name so; one reply is for all."""
    user, postmaster, nobody = replies if len(replies) == 3 else (*replies * 3,)
    return b.door(host, user, postmaster, nobody, **more)


def named(name: str, host: str = MX1, whose: str = "own", **more: Any) -> SmtpDoor:
    """A door whose greeting has a name."""
    if whose == "control":
        more = {"whose": "control", "mail": None, "rcpt": (), **more}
        return b.door(host, None, None, None, banner=b.reply(220, name), **more)
    return b.door(host, banner=b.reply(220, name), **more)


def no(text: str, enhanced: str = "", code: int = 550) -> Any:
    """A refusal."""
    return b.reply(code, text, enhanced)


SIX_CONTROL = at("2001:db8:9::1", b.other_door())
SIX_WEB = Endpoint(
    role="web", service="https", host="mail.qiye.aliyun.com", address="2408:4000::1", port=443,
    connect="connected", tls="ok",
)  # fmt: skip
GOOD = all_say(*b.GOOD)
DENIED = no("Recipient address rejected: Access denied. AS(201806281) [X.outlook.com]", "5.4.1")
NOT_YET = no("Mailbox has not yet been activated", "5.2.1")
SPACE = no("Insufficient system storage", "4.3.1", 452)

TABLE: list[tuple[str, list[Any], set[str], set[str]]] = [
    # I01–I04: which doors can be reached
    ("I01 reset", [b.shut(MX1, "reset"), b.shut(MX2, "refused"), b.other_door()], {"MX_DOWN"},
     {"MX_UNREACHABLE", "PORT25_BLOCKED_HERE"}),
    ("I01 one refuses, one is silent", [b.shut(MX1, "refused"), b.shut(MX2, "timeout"),
      b.other_door()], {"MX_UNREACHABLE"}, {"MX_DOWN"}),
    ("I01 the control connects, but is silent", [b.shut(MX1, "refused"), b.shut(MX2, "refused"),
      SmtpDoor(whose="control", host="mxbiz1.qq.com", address="198.51.100.1",
      connect="connected", detail="timeout")], {"PORT25_BLOCKED_HERE"}, FAULTS),
    ("I02 no control has an address", [b.shut(MX1, "timeout"), b.shut(MX2, "timeout"),
      b.other_door("no-address")], {"MX_UNREACHABLE"}, {"MX_DOWN", "PORT25_BLOCKED_HERE"}),
    ("I03 everything connects, nobody speaks", [
      *(b.door(h, None, None, None, banner=None, ehlo=None, mail=None) for h in (MX1, MX2)),
      b.door("mxbiz1.qq.com", None, None, None, banner=None, ehlo=None, mail=None,
             whose="control")], {"PORT25_BLOCKED_HERE"}, FAULTS),
    ("I04 backup open", [b.shut(MX1, "timeout"), b.door(MX2), b.other_door()], {"DELAY_BACKUP_MX"},
     {"MX_DOWN", "MX_UNREACHABLE"}),
    ("one dead address of two", [b.door(MX1), at("203.0.113.99", b.shut(MX1, "refused")),
      b.door(MX2), b.other_door()], {"DELAY_BACKUP_MX"}, {"MX_DOWN", "MX_UNREACHABLE", "MX_IPV6"}),
    ("no IPv6 here", [b.door(MX1), at(SIX, b.shut(MX1, "unreachable")), b.door(MX2),
      b.other_door()], set(), {"*"}),
    # I06–I08: late, busy, later
    ("I06 a minute late", [b.door(MX1, banner_ms=58_000.0), b.other_door()], set(), {"*"}),
    ("I06 too late for us", [b.door(MX1, None, None, None, banner=None, ehlo=None, mail=None),
      b.other_door()], {"MX_UNREACHABLE"}, {"MX_DOWN", "PORT25_BLOCKED_HERE"}),
    ("I07 disk full", [says(SPACE), says(SPACE, host=MX2)], {"MX_BUSY"}, {"ADDRESS_UNKNOWN"}),
    ("I07 disk full at MAIL", [b.door(MX1, None, None, None, mail=SPACE)], {"MX_BUSY"}, FAULTS
     - {"MX_BUSY"}),
    ("I07 one is busy, the other takes it", [says(SPACE), b.door(MX2)], set(), {"*"}),
    ("I08 greylisted with 451", [says(no("Greylisting in action, please come back later",
      "4.7.1", 451))], set(), {"*"}),
    ("I08 screened", [says(no("Service currently unavailable", "4.3.2", 450))], set(), {"*"}),
    ("I08 asked twice", [b.door(MX1, rcpt_before=())], set(), {"*"}),
    # I09–I10
    ("I09 postmaster is unknown too", [says(b.NOBODY)], {"ADDRESS_UNKNOWN"},
     {"MX_DOES_NOT_SERVE_DOMAIN"}),
    ("I09 in Chinese", [says(no("用户不存在"), b.OK, no("用户不存在"))], {"ADDRESS_UNKNOWN"},
     set()),
    ("I09 too many mails in a short time", [says(no("Mailbox unavailable or access denied"), b.OK,
      b.NOBODY)], set(), {"*"}),
    # I11: about us
    ("I11 block list at MAIL", [b.door(MX1, None, None, None,
      mail=no("Access denied, banned sending IP [1.2.3.4]", "5.7.606"))], {"PROBE_IP_REFUSED"},
     FAULTS),
    ("I11 HELO", [says(no("Helo command rejected: need fully-qualified hostname", "5.5.2", 504))],
     {"PROBE_IP_REFUSED"}, FAULTS),
    ("I11 empty sender", [says(no("Requested action not taken: NULL sender is not allowed"))],
     {"PROBE_IP_REFUSED"}, FAULTS),
    ("I11 rate", [says(no("Connection frequency limited"))], {"PROBE_IP_REFUSED"}, FAULTS),
    ("I11 NetEase's word at the greeting", [b.door(MX1, None, None, None, ehlo=None, mail=None,
      banner=no("HL:REP x,1.2.3.4,0,http://mail.163.com/help", "", 421))], {"PROBE_IP_REFUSED"},
     FAULTS),
    ("I11 too many from us", [b.door(MX1, None, None, None, ehlo=None, mail=None,
      banner=no("Error: too many connections from 1.2.3.4", "4.7.0", 421))], {"PROBE_IP_REFUSED"},
     FAULTS),
    ("only the others are too many for one question", [says(b.OK, no("Too many recipients",
      "4.5.3", 452), no("Too many recipients", "4.5.3", 452))], set(), {"*"}),
    ("only the control names are refused for our way of asking", [says(b.NOBODY, b.OK,
      no("too many errors", "4.7.0", 421))], {"ADDRESS_UNKNOWN"}, {"PROBE_IP_REFUSED"}),
    # I12–I15
    ("I12 relay", [says(RELAY), says(RELAY, host=MX2)], {"MX_DOES_NOT_SERVE_DOMAIN"},
     {"ADDRESS_UNKNOWN", "PROVISIONING"}),
    ("I12 qmail", [says(no("sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
      "", 553))], {"MX_DOES_NOT_SERVE_DOMAIN"}, {"ADDRESS_UNKNOWN"}),
    ("I12 all mailboxes switched off", [says(no("Account disabled", "5.2.1"))],
     {"MX_DOES_NOT_SERVE_DOMAIN"}, {"MAILBOX_DEACTIVATED", "ADDRESS_UNKNOWN"}),
    ("I13 loop", [says(no("mail for acme-trading.com loops back to myself", "5.4.6"), b.OK,
      b.NOBODY)], {"MAIL_LOOP"}, {"MX_DOES_NOT_SERVE_DOMAIN", "ADDRESS_UNKNOWN"}),
    ("I14 new domain", [says(DENIED)], {"PROVISIONING"}, {"MX_DOES_NOT_SERVE_DOMAIN",
      "ADDRESS_UNKNOWN"}),
    ("I14 new mailbox, signed in", [says(DENIED, b.OK, DENIED), b.signed_in()], {"PROVISIONING"},
     {"ADDRESS_UNKNOWN"}),
    ("I14 not yet", [says(NOT_YET, b.OK, b.NOBODY)], {"PROVISIONING"}, {"ADDRESS_UNKNOWN",
      "MAILBOX_DEACTIVATED"}),
    ("I14 not yet, in Chinese", [says(no("邮箱尚未开通"), b.OK, b.NOBODY)], {"PROVISIONING"},
     {"ADDRESS_UNKNOWN"}),
    ("no mailbox of that name, others are taken", [says(DENIED, b.OK, DENIED)],
     {"ADDRESS_UNKNOWN"}, {"PROVISIONING"}),
    ("I15 locked", [says(no("User suspended"), b.OK, b.NOBODY)], {"MAILBOX_DEACTIVATED"},
     {"ADDRESS_UNKNOWN"}),
    ("too fast for one mailbox", [says(no("The user you are trying to contact is receiving mail at"
      " a rate that prevents additional messages", "5.2.1"), b.OK, b.NOBODY)], set(), {"*"}),
    # I16: IPv6
    ("I16 refused", [b.door(MX1), at(SIX, b.shut(MX1, "refused")), b.other_door(), SIX_CONTROL],
     {"MX_IPV6"}, {"MX_DOWN", "DELAY_BACKUP_MX"}),
    ("I16 IPv6 works elsewhere", [b.door(MX1), at(SIX, b.shut(MX1, "timeout")), b.other_door(),
      SIX_WEB], {"MX_IPV6"}, {"MX_DOWN", "DELAY_BACKUP_MX"}),
    ("I16 IPv6 works nowhere", [b.door(MX1), at(SIX, b.shut(MX1, "timeout")), b.other_door()],
     set(), {"*"}),
    ("I16 both are dead", [b.shut(MX1, "refused"), at(SIX, b.shut(MX1, "refused")),
      b.shut(MX2, "refused"), b.other_door(), SIX_CONTROL], {"MX_DOWN"}, {"MX_IPV6"}),
    ("dead, and IPv6 works nowhere", [b.shut(MX1, "refused"), at(SIX, b.shut(MX1, "timeout")),
      b.shut(MX2, "refused"), b.other_door()], {"MX_DOWN"}, {"MX_IPV6", "MX_UNREACHABLE"}),
    # Somebody on the way
    ("one greeting for all", [named("mail.isp.example ESMTP"), named("mail.isp.example ESMTP", MX2),
      named("mail.isp.example ESMTP", "mxbiz1.qq.com", "control", address="198.51.100.9")],
     {"PORT25_BLOCKED_HERE"}, FAULTS),
    ("asterisks for all", [named("*******************"), named("***************2***", MX2),
      named("****************", "mxbiz1.qq.com", "control", address="198.51.100.9")],
     {"PORT25_BLOCKED_HERE"}, FAULTS),
    ("asterisks at their end alone", [named("*******************"), b.other_door()], set(), {"*"}),
    ("one greeting without a name", [says(b.NOBODY, b.OK, b.NOBODY, banner=b.reply(220, "ready")),
      named("ready", "mxbiz1.qq.com", "control", address="198.51.100.9")],
     {"PORT25_BLOCKED_HERE"}, FAULTS),
    ("a known company's host with another's name, nothing to compare", [
      says(b.NOBODY, b.OK, b.NOBODY, banner=b.reply(220, "proxy.office.example ESMTP"))],
     {"PORT25_BLOCKED_HERE"}, FAULTS),
    ("a name of its own, but the way is good", [
      says(b.NOBODY, b.OK, b.NOBODY, banner=b.reply(220, "gate.cluster.example ESMTP")),
      b.other_door()], {"ADDRESS_UNKNOWN"}, {"PORT25_BLOCKED_HERE"}),
    ("a company's other name", [says(b.NOBODY, b.OK, b.NOBODY,
      banner=b.reply(220, "mx.aliyun-inc.com MX AliMail Server"))], {"ADDRESS_UNKNOWN"},
     {"PORT25_BLOCKED_HERE"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "required", "forbidden"), [pytest.param(*row[1:], id=row[0]) for row in TABLE]
)
def test_table(seen: list[Any], required: set[str], forbidden: set[str]) -> None:
    codes = {f.code for f in dns.judge(b.situation([*GOOD, *seen]))}
    assert required <= codes
    assert not codes if "*" in forbidden else not codes & forbidden


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_the_order_of_what_was_seen_decides_nothing(row: tuple[str, list[Any], Any, Any]) -> None:
    forth = {_short(f) for f in dns.judge(b.situation([*GOOD, *row[1]]))}
    back = {_short(f) for f in dns.judge(b.situation([*GOOD, *reversed(row[1])]))}
    assert forth == back


def _short(f: Finding) -> tuple[Any, ...]:
    return f.code, f.outcome, f.certainty, f.data.get("variant")


def only(seen: list[Any], code: str, **case: Any) -> Finding:
    """The finding of one code."""
    return next(f for f in dns.judge(b.situation([*GOOD, *seen], **case)) if f.code == code)


def test_a_former_providers_door_tells_nothing_of_the_mailbox() -> None:
    doors = [says(b.NOBODY, b.OK, b.NOBODY, host=h) for h in OLD_HOSTS]
    shut = [b.shut(h, "refused") for h in OLD_HOSTS]
    listed = [says(no("Connection frequency limited"), host=h) for h in OLD_HOSTS]
    for seen in (doors, shut, listed):
        found = dns.judge(b.situation([*all_say(*OLD), b.signed_in(), *seen, b.other_door()]))
        codes = {f.code for f in found}
        assert "MX_OLD_PROVIDER" in codes
        assert not codes & (FAULTS | {"TOO_LARGE", "PROBE_IP_REFUSED"})


def test_ipv6_is_a_risk_with_its_control() -> None:
    dead = at(SIX, b.shut(MX1, "refused"))
    sure = only([b.door(MX1), dead, b.other_door(), SIX_CONTROL], "MX_IPV6")
    assert (sure.outcome, sure.certainty) == (Outcome.RISK, Certainty.LIKELY)
    assert sure.data["servers"] == (f"{MX1} [{SIX}]",)
    weak = only([b.door(MX1), dead, b.other_door(), SIX_WEB], "MX_IPV6")
    assert (weak.certainty, weak.data["variant"]) == (Certainty.POSSIBLE, "unsure")


def test_an_exchanger_that_knows_the_domain_not_beside_one_that_does() -> None:
    found = only([b.door(MX1), says(RELAY, host=MX2)], "MX_DOES_NOT_SERVE_DOMAIN")
    assert found.outcome is Outcome.RISK
    assert found.data["servers"] == (MX2,)


def test_everybody_unknown_is_a_risk_but_at_the_mailboxs_own_provider() -> None:
    found = only([says(b.NOBODY)], "ADDRESS_UNKNOWN")
    assert (found.outcome, found.certainty) == (Outcome.CAUSE, Certainty.LIKELY)
    assert found.data["variant"] == "everybody"
    unsaid = only([says(no("Mailbox not found"))], "ADDRESS_UNKNOWN")
    assert (unsaid.outcome, unsaid.certainty) == (Outcome.RISK, Certainty.POSSIBLE)
    for by in ("mx", "spf"):
        seen = b.situation([*GOOD, says(b.NOBODY)], by)
        (weak,) = (f for f in dns.judge(seen) if f.code == "ADDRESS_UNKNOWN")
        assert weak.outcome is Outcome.RISK


def test_new_is_never_more_than_a_risk() -> None:
    for seen in ([says(DENIED)], [says(NOT_YET, b.OK, b.NOBODY)]):
        found = only(seen, "PROVISIONING")
        assert (found.outcome, found.certainty) == (Outcome.RISK, Certainty.POSSIBLE)


def test_a_file_that_fits_may_not_fit_as_a_mail() -> None:
    doors = [b.door(MX1), b.door(MX2)]
    found = only(doors, "TOO_LARGE", size=60_000_000)
    assert (found.outcome, found.data["variant"]) == (Outcome.RISK, "door-encoded")
    assert only(doors, "TOO_LARGE", size=63_000_000).outcome is Outcome.CAUSE
    small = dns.judge(b.situation([*GOOD, *doors], size=40_000_000))
    assert "TOO_LARGE" not in {f.code for f in small}


def test_the_ports_words_say_what_was_made_up() -> None:
    name = "mail.isp.example ESMTP"
    control = named(name, "mxbiz1.qq.com", "control", address="198.51.100.9")
    found = only([named(name), control], "PORT25_BLOCKED_HERE")
    assert found.outcome is Outcome.UNKNOWN
    assert found.data["said"] == name


def test_own_mail_at_the_controls_own_company_is_no_interception() -> None:
    seen = [
        *all_say("5 mxbiz1.qq.com", "10 mxbiz2.qq.com"),
        named("newx.qq.com MX QQ Mail Server", "mxbiz1.qq.com"),
        named("newx.qq.com MX QQ Mail Server", "mxbiz1.qq.com", "control"),
    ]
    assert not dns.judge(b.situation(seen, "srv", "exmail"))


def test_who_answers_in_others_place_proves_nothing_of_the_records_nor_of_space() -> None:
    name = "mail.isp.example ESMTP"
    control = named(name, "mxbiz1.qq.com", "control", address="198.51.100.9")
    records = all_say("5 mail.oldhost.net")
    relay = says(RELAY, host="mail.oldhost.net", banner=b.reply(220, name))
    seen = b.situation([*records, b.signed_in(), relay, control])
    found = next(f for f in dns.judge(seen) if f.code == "MX_OLD_PROVIDER")
    assert (found.outcome, found.certainty) == (Outcome.RISK, Certainty.POSSIBLE)
    full = says(no("Mailbox is full", "5.2.2"), b.OK, b.OK, banner=b.reply(220, name))
    told = quota.judge(b.situation([*GOOD, full, control]))
    assert "MAILBOX_FULL" not in {f.code for f in told}
    assert not taking_doors(b.situation([*GOOD, named(name), control]))
    assert taking_doors(b.situation([*GOOD, b.door(MX1), b.other_door()]))
