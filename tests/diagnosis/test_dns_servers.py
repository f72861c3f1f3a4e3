"""Delegation, name servers, DNSSEC and caches: what was seen → what must, and must not, be said."""

import random
from datetime import timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import dns
from mailwizard.model.finding import Certainty, Outcome, Owner
from tests.diagnosis import domain_builders as b
from tests.diagnosis.server_builders import (
    KEY,
    NS1,
    NS2,
    OLD,
    OLD_NS,
    both,
    but,
    clock,
    dated,
    failing,
    ns,
    parent,
    server,
    world,
)

MX_CODES = {
    *("MX_MISSING", "NO_MAIL_ROUTE", "MX_OLD_PROVIDER", "MX_MIXED", "MX_TARGET_MISSING"),
    *("NULL_MX", "MX_TYPO", "APEX_CNAME"),
}
NS_CODES = {"NS_INCONSISTENT", "NS_PARTLY_DOWN", "NS_ALL_DOWN", "NS_WRONG_PROVIDER"}
MANY = ("223.5.5.5", "119.29.29.29", "1.1.1.1", "8.8.8.8")

V6 = "2001:db8::21"
TCP1 = {"server": "198.51.100.21", "transport": "tcp"}
SHUT = server(NS1, "198.51.100.21", "MX", "timeout", transport="tcp")

TABLE: list[tuple[str, list[Any], set[str], set[str]]] = [
    ("G03 healthy and unsigned", world(*b.GOOD), {"DNSSEC_UNSIGNED"},
     NS_CODES | MX_CODES | {"DNSSEC_BROKEN", "DNS_TCP_BLOCKED", "DNS_PROPAGATING"}),
    # F10 to F12: each address by itself
    ("F10 one server gives old records", [*but(world(*b.GOOD), server="198.51.100.22"),
      *ns(NS2, "198.51.100.22", *OLD)], {"NS_INCONSISTENT"},
     MX_CODES | {"NS_PARTLY_DOWN", "DNS_PROPAGATING"}),
    ("F10 two addresses of one server", [*world(*b.GOOD), *ns(NS2, "198.51.100.23", *OLD)],
     {"NS_INCONSISTENT"}, MX_CODES),
    ("serials alone differ", [*world(*b.GOOD), server(NS2, "198.51.100.22", "SOA", "answer",
      serial=2)], set(), NS_CODES),
    ("F11 second address dead", [*world(*b.GOOD), server(NS2, "198.51.100.23", "MX", "timeout"),
      server(NS2, "198.51.100.23", "MX", "timeout", transport="tcp")], {"NS_PARTLY_DOWN"},
     MX_CODES | {"NS_ALL_DOWN", "DNS_TCP_BLOCKED"}),
    ("F11 a referral", [*but(world(*b.GOOD), server="198.51.100.22"),
      server(NS2, "198.51.100.22", "MX", "nodata", authoritative=False, referral=(NS1,))],
     {"NS_PARTLY_DOWN"}, MX_CODES | {"NS_INCONSISTENT"}),
    *[(f"F11 {status}", [*but(world(*b.GOOD), server="198.51.100.22"),
       server(NS2, "198.51.100.22", "MX", status)], {"NS_PARTLY_DOWN"}, MX_CODES | {"NS_ALL_DOWN"})
      for status in ("refused", "servfail", "garbage", "other", "timeout")],
    ("no IPv6 here: unreachable", [*world(*b.GOOD), server(NS1, V6, "MX", "unreachable"),
      server(NS1, V6, "MX", "unreachable", transport="tcp")], set(),
     NS_CODES | {"DNS_TCP_BLOCKED"}),
    ("no IPv6 here: silence", [*world(*b.GOOD), server(NS1, V6, "MX", "timeout"),
      server(NS1, V6, "MX", "timeout", transport="tcp")], set(), NS_CODES | {"DNS_TCP_BLOCKED"}),
    ("IPv6 works here, one does not", [*world(*b.GOOD), server(NS1, V6, "MX", "timeout"),
      *ns(NS2, "2001:db8::22", *b.GOOD)], {"NS_PARTLY_DOWN"}, {"NS_ALL_DOWN"}),
    ("F12 all refuse", [*b.control(), *b.public("MX", "servfail"), *parent(NS1, NS2),
      server(NS1, "198.51.100.21", "MX", "refused"), server(NS2, "198.51.100.22", "MX", "refused")],
     {"NS_ALL_DOWN"}, MX_CODES | {"NS_WRONG_PROVIDER", "DOMAIN_EXPIRED"}),
    ("F12 this network lets no question through", [*b.control(),
      *b.public("MX", "answer", *b.GOOD), *parent(NS1, NS2),
      server(NS1, "198.51.100.21", "MX", "timeout"),
      server(NS2, "198.51.100.22", "MX", "timeout")],
     set(), NS_CODES | MX_CODES),
    ("F12 no public resolver works here either", [*b.public("MX", "timeout"),
      server(NS1, "198.51.100.21", "MX", "timeout")], set(), NS_CODES | MX_CODES),
    # The delegation
    ("parent names one more", [*but(world(*b.GOOD), via="parent"), *parent(NS1, NS2, OLD_NS)],
     {"NS_INCONSISTENT"}, MX_CODES | {"NS_PARTLY_DOWN"}),
    ("zone names one more", [*but(world(*b.GOOD), rtype="NS", via="authoritative"),
      server(NS1, "198.51.100.21", "NS", "answer", NS1, NS2, OLD_NS)], {"NS_INCONSISTENT"},
     MX_CODES),
    ("stale glue", [*but(world(*b.GOOD), via="parent"),
      *parent(NS1, NS2, glue=(f"{NS1} 198.51.100.99", f"{NS2} 198.51.100.22")),
      server(NS1, "198.51.100.21", "A", "answer", "198.51.100.21", name=NS1),
      server(NS2, "198.51.100.22", "A", "answer", "198.51.100.22", name=NS2)],
     {"NS_INCONSISTENT"}, MX_CODES),
    ("glue in another spelling", [*but(world(*b.GOOD), via="parent"),
      *parent(NS1, NS2, glue=(f"{NS1} 2001:db8:0:0::21",)),
      server(NS1, "198.51.100.21", "AAAA", "answer", V6, name=NS1)], set(), NS_CODES),
    ("a name server without address", [*but(world(*b.GOOD), name=NS2), *b.absent(NS2)],
     {"NS_PARTLY_DOWN"}, MX_CODES),
    ("a name server's address could not be asked", [*but(world(*b.GOOD), name=NS2),
      *b.public("A", "servfail", name=NS2)], set(), NS_CODES),
    ("a name server that is an alias", [*but(world(*b.GOOD), name=NS2),
      b.dns("public", "8.8.8.8", "A", "answer", "198.51.100.22", name=NS2, cname=("h.example",))],
     {"NS_PARTLY_DOWN"}, MX_CODES),
    ("one server does not know the exchanger", [*world("5 mail.acme-trading.com"),
      server(NS1, "198.51.100.21", "A", "answer", "203.0.113.9", name="mail.acme-trading.com"),
      server(NS2, "198.51.100.22", "A", "nxdomain", name="mail.acme-trading.com")],
     {"NS_INCONSISTENT"}, {"MX_TARGET_MISSING"}),
    ("different addresses by turns", [*world("5 mail.acme-trading.com"),
      server(NS1, "198.51.100.21", "A", "answer", "203.0.113.9", name="mail.acme-trading.com"),
      server(NS2, "198.51.100.22", "A", "answer", "203.0.113.8", name="mail.acme-trading.com")],
     set(), NS_CODES),
    ("a lame server knows no exchanger", [*world("5 mail.acme-trading.com"),
      *[server(NS2, "198.51.100.22", t, "nodata", name="mail.acme-trading.com",
               authoritative=False) for t in ("A", "AAAA")]], set(), {"MX_TARGET_MISSING"}),
    # E03
    ("E03 the right records elsewhere", [*b.control(), *b.public("MX", "nodata"),
      *parent("ns1.park.example"), *ns("ns1.park.example", "198.51.100.31",
      named=("ns1.park.example",)), *ns("dns9.hichina.com", "198.51.100.41", *b.GOOD),
      b.signed_in()], {"NS_WRONG_PROVIDER"}, MX_CODES | {"NS_INCONSISTENT", "NS_ALL_DOWN"}),
    ("E03 those of the delegation refuse", [*b.control(), *b.public("MX", "servfail"),
      *parent("ns1.park.example"), server("ns1.park.example", "198.51.100.31", "MX", "refused"),
      *ns("dns9.hichina.com", "198.51.100.41", *b.GOOD), b.signed_in()], {"NS_WRONG_PROVIDER"},
     MX_CODES | {"NS_ALL_DOWN"}),
    ("moved on purpose: the old servers still answer", [*world(*b.GOOD),
      *ns(OLD_NS, "198.51.100.41", *OLD)], set(), NS_CODES | MX_CODES),
    ("moved on purpose: the old servers give the same", [*world(*b.GOOD),
      *ns(OLD_NS, "198.51.100.41", *b.GOOD)], set(), NS_CODES),
    ("wrong records, and no other servers known", [*b.control(), *b.public("MX", "nodata"),
      *parent("ns1.park.example"), *ns("ns1.park.example", "198.51.100.31",
      named=("ns1.park.example",)), b.signed_in()], set(), {"NS_WRONG_PROVIDER"}),
    # F18
    ("F18 cut short, and TCP is shut", [*but(world(*b.GOOD), server="198.51.100.21"),
      server(NS1, "198.51.100.21", "MX", "timeout", transport="tcp", truncated=True), SHUT],
     {"DNS_TCP_BLOCKED"}, MX_CODES | {"NS_PARTLY_DOWN", "NS_ALL_DOWN"}),
    ("F18 all cut short", [*b.control(), *b.public("MX", "servfail"), *parent(NS1, NS2),
      *[server(n, a, "MX", "timeout", transport="tcp", truncated=True)
        for n, a in ((NS1, "198.51.100.21"), (NS2, "198.51.100.22"))]],
     {"DNS_TCP_BLOCKED"}, MX_CODES | {"NS_ALL_DOWN", "NS_PARTLY_DOWN"}),
    ("F18 TCP fails everywhere from here", [*but(but(world(*b.GOOD), transport="tcp"),
      server="198.51.100.21"), SHUT, server(NS2, "198.51.100.22", "MX", "timeout", transport="tcp"),
      server(NS1, "198.51.100.21", "MX", "timeout", transport="tcp", truncated=True)],
     set(), {"DNS_TCP_BLOCKED", "NS_PARTLY_DOWN", "NS_ALL_DOWN"} | MX_CODES),
    ("F18 shut, nothing cut short yet", [*but(world(*b.GOOD), **TCP1), SHUT],
     {"DNS_TCP_BLOCKED"}, {"NS_PARTLY_DOWN"}),
    ("F18 deaf to EDNS", [*but(world(*b.GOOD), server="198.51.100.21"), *[
      server(NS1, "198.51.100.21", t, "answer", *r, edns=False) for t, r in
      (("MX", b.GOOD), ("SOA", ()), ("NS", (NS1, NS2)))]], {"DNS_TCP_BLOCKED"},
     {"NS_PARTLY_DOWN"}),
    ("F18 one packet was lost", [*but(world(*b.GOOD), server="198.51.100.21", rtype="MX"),
      server(NS1, "198.51.100.21", "MX", "answer", *b.GOOD, edns=False)], set(),
     {"DNS_TCP_BLOCKED"}),
    # F13, F16, F17
    ("F13 kept by one", [*but(world(*b.GOOD), via="public", server="8.8.8.8"), *b.control(),
      b.dns("public", "8.8.8.8", "MX", "answer", *OLD, ttl=600)], {"DNS_PROPAGATING"},
     MX_CODES | NS_CODES | {"DNS_LINE_GAP"}),
    ("F16 and a dead name server", [*but(world(*b.GOOD), via="configured"),
      server(NS2, "198.51.100.23", "MX", "timeout"),
      b.office("answer", "10 exchange.corp.local", authoritative=True)],
     {"SPLIT_VIEW", "NS_PARTLY_DOWN"}, MX_CODES),
    ("F17 nothing abroad", [*b.control(*MANY), *parent(NS1, NS2), *both(*b.GOOD),
      *[b.dns("public", s, "MX", "answer", *b.GOOD) for s in MANY[:2]],
      *[b.dns("public", s, "MX", "nodata", ttl=600) for s in MANY[2:]]], {"DNS_LINE_GAP"},
     MX_CODES | {"DNS_PROPAGATING", "NS_INCONSISTENT"}),
    ("F17 one abroad has it", [*b.control(*MANY), *parent(NS1, NS2), *both(*b.GOOD),
      *[b.dns("public", s, "MX", "answer", *b.GOOD) for s in MANY[:3]],
      b.dns("public", MANY[3], "MX", "nodata", ttl=600)], {"DNS_PROPAGATING"},
     MX_CODES | {"DNS_LINE_GAP"}),
    ("F17 the servers contradict each other", [*b.control(*MANY), *parent(NS1, NS2),
      *ns(NS1, "198.51.100.21", *b.GOOD), *ns(NS2, "198.51.100.22"),
      *[b.dns("public", s, "MX", "answer", *b.GOOD) for s in MANY[:2]],
      *[b.dns("public", s, "MX", "nodata") for s in MANY[2:]]], {"NS_INCONSISTENT"},
     MX_CODES | {"DNS_LINE_GAP", "DNS_PROPAGATING"}),
    # G
    ("G01 signatures have run out", [*failing(), clock(), *dated("20261120000000")],
     {"DNSSEC_BROKEN"}, {"NS_ALL_DOWN", "LOCAL_DNS_DOWN", "DNSSEC_UNSIGNED"} | MX_CODES),
    ("G01 the domain is not signed: it is the resolvers' trouble", [*failing(),
      *parent(NS1, NS2, ds=()), *both(*b.GOOD)], {"DNSSEC_UNSIGNED"},
     {"DNSSEC_BROKEN", "DNSSEC_DS_MISMATCH", "NS_ALL_DOWN"} | MX_CODES),
    ("G01 only this office's resolver fails", [*b.control(), *b.public("MX", "answer", *b.GOOD),
      b.office("servfail"), b.office("answer", *b.GOOD, checking_disabled=True),
      *parent(NS1, NS2, ds=("1 13 2 00",)), *both(*b.GOOD)[:3]], set(),
     {"DNSSEC_BROKEN", "NS_ALL_DOWN"}),
    ("G01 one fails, another has checked", [*b.control(),
      b.dns("public", "223.5.5.5", "MX", "servfail"),
      b.dns("public", "223.5.5.5", "MX", "answer", *b.GOOD, checking_disabled=True),
      b.dns("public", "8.8.8.8", "MX", "answer", *b.GOOD, authenticated=True)], set(),
     {"DNSSEC_BROKEN", "NS_ALL_DOWN"}),
    ("G01 the break is above the domain", [*failing(), *b.public("SOA", "servfail", name="com"),
      *both(*b.GOOD)], set(), {"DNSSEC_BROKEN", "DNSSEC_DS_MISMATCH", "NS_ALL_DOWN"} | MX_CODES),
    ("G01 no resolver checks, the dates are over", [*world(*b.GOOD, ds=None), clock(),
      *dated("20261120000000")], set(), {"NS_ALL_DOWN"}),
    ("G01 this computer's clock is wrong", [*but(world(*b.GOOD, ds=None), via="parent"),
      clock(timedelta(days=30)), *dated("20261120000000", "20261001000000"),
      server(NS1, "198.51.100.21", "DNSKEY", "nodata")], set(), {"DNSSEC_BROKEN"}),
    ("G02 unsigned under a DS", [*failing(), *parent(NS1, NS2, ds=("12345 13 2 00",)),
      *both(*b.GOOD)], {"DNSSEC_DS_MISMATCH"}, {"DNSSEC_BROKEN", "NS_ALL_DOWN"} | MX_CODES),
    ("G02 DS of another key with the same tag", [*failing(),
      *parent(NS1, NS2, ds=("2371 13 2 " + "00" * 32,)), *both(*b.GOOD)[:4],
      server(NS1, "198.51.100.21", "DNSKEY", "answer", KEY)], {"DNSSEC_DS_MISMATCH"},
     {"DNSSEC_BROKEN"}),
    ("G02 a digest of an unknown kind", [*failing(), *parent(NS1, NS2, ds=("2371 13 9 00",)),
      *both(*b.GOOD)[:4], server(NS1, "198.51.100.21", "DNSKEY", "answer", KEY)],
     {"DNSSEC_BROKEN"}, {"DNSSEC_DS_MISMATCH"}),
    ("G02 removed, and kept by resolvers", [*failing(), *parent(NS1, NS2, ds=()), *both(*b.GOOD),
      *b.public("DS", "answer", "12345 13 2 00", ttl=1800, checking_disabled=True)],
     {"DNSSEC_DS_MISMATCH"}, {"DNSSEC_BROKEN", "NS_ALL_DOWN"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "required", "forbidden"), [pytest.param(*row[1:], id=row[0]) for row in TABLE]
)
def test_table(seen: list[Any], required: set[str], forbidden: set[str]) -> None:
    codes = {f.code for f in dns.judge(b.situation(seen))}
    assert required <= codes
    assert not codes & forbidden


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_order_of_evidence_never_matters(row: tuple[str, list[Any], Any, Any]) -> None:
    shuffled = list(row[1])
    random.Random(3).shuffle(shuffled)
    assert _said(row[1]) == _said(shuffled)


def _said(seen: list[Any]) -> set[tuple[str, str, str, str]]:
    return {
        (f.code, f.outcome, f.certainty, str(f.data.get("variant")))
        for f in dns.judge(b.situation(seen))
    }


SILENT_OFFICE = [b.office("timeout"), b.dns("configured", "10.66.0.1", "A", "timeout")]
WEAKER = {"SPLIT_VIEW", "MX_MISSING"}  # what only the office's own resolver shows, or hides


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_a_dead_resolver_here_changes_nothing(row: tuple[str, list[Any], Any, Any]) -> None:
    _id, seen, required, forbidden = row
    here = [*but(seen, via="configured"), *SILENT_OFFICE]
    codes = {f.code for f in dns.judge(b.situation(here))}
    assert required - WEAKER <= codes
    assert not codes & forbidden


def only(seen: list[Any], code: str) -> Any:
    """The finding of one code."""
    (found,) = [f for f in dns.judge(b.situation(seen)) if f.code == code]
    return found


def row(name: str) -> list[Any]:
    """What was seen in one row of the table."""
    return next(entry[1] for entry in TABLE if entry[0] == name)


def test_each_address_is_named() -> None:
    found = only(row("F11 second address dead"), "NS_PARTLY_DOWN")
    assert found.data["servers"] == (f"{NS2} (198.51.100.23)",)
    assert found.certainty is Certainty.LIKELY


def test_two_addresses_of_one_server_are_told_apart() -> None:
    said = only(row("F10 two addresses of one server"), "NS_INCONSISTENT").data["servers"]
    assert [line.partition(":")[0] for line in said] == [
        NS1,
        f"{NS2} (198.51.100.22)",
        f"{NS2} (198.51.100.23)",
    ]


@pytest.mark.parametrize(
    "name",
    ["stale glue", "a name server without address",
     "a name server that is an alias", "one server does not know the exchanger"],
)  # fmt: skip
def test_a_slip_in_the_delegation_is_a_risk_alone(name: str) -> None:
    found = [f for f in dns.judge(b.situation(row(name))) if f.code in NS_CODES]
    assert [f.outcome for f in found] == [Outcome.RISK]


@pytest.mark.parametrize("name", ["parent names one more", "zone names one more"])
def test_lists_that_differ_are_a_fact_while_all_servers_answer(name: str) -> None:
    assert only(row(name), "NS_INCONSISTENT").outcome is Outcome.INFO
    dead = server(OLD_NS, "198.51.100.77", "MX", "timeout")
    assert only([*row(name), dead], "NS_INCONSISTENT").outcome is Outcome.RISK
    assert only([*row(name), dead], "NS_PARTLY_DOWN").outcome is Outcome.RISK


def test_stale_glue_where_the_server_still_answers_is_a_fact() -> None:
    seen = [*row("stale glue"), *ns(NS1, "198.51.100.99", *b.GOOD)]
    assert only(seen, "NS_INCONSISTENT").outcome is Outcome.INFO


def test_only_this_networks_resolver_is_a_weak_witness() -> None:
    seen = [b.office("servfail"), b.office("answer", *b.GOOD, checking_disabled=True)]
    found = only(seen, "DNSSEC_BROKEN")
    assert (found.outcome, found.certainty) == (Outcome.RISK, Certainty.POSSIBLE)


def test_a_resolver_that_has_checked_makes_a_doubt() -> None:
    checked = b.public("MX", "answer", *b.GOOD, authenticated=True)
    seen = [*b.control(), *checked, clock(), *dated("20261120000000")]
    found = only(seen, "DNSSEC_BROKEN")
    assert (found.outcome, found.certainty) == (Outcome.RISK, Certainty.POSSIBLE)
    unchecked = [*b.control(), *b.public("MX", "answer", *b.GOOD), clock()]
    found = only([*unchecked, *dated("20261120000000")], "DNSSEC_BROKEN")
    assert (found.outcome, found.certainty) == (Outcome.RISK, Certainty.LIKELY)


def test_what_the_delegation_names_wrongly_is_named() -> None:
    found = only(row("E03 the right records elsewhere"), "NS_WRONG_PROVIDER")
    assert (found.data["at_parent"], found.data["right"]) == (
        ("ns1.park.example",), ("dns9.hichina.com",),
    )  # fmt: skip
    assert (found.outcome, found.certainty) == (Outcome.CAUSE, Certainty.SURE)


def test_nobody_knows_which_records_are_right_where_nothing_tells_where_the_mailbox_is() -> None:
    seen = [
        *b.control(),
        *b.public("MX", "answer", *OLD),
        *parent("ns1.park.example"),
        *ns("ns1.park.example", "198.51.100.31", *OLD, named=("ns1.park.example",)),
        *ns("dns9.hichina.com", "198.51.100.41", *b.GOOD),
    ]
    assert not {f.code for f in dns.judge(b.situation(seen, "default"))} & NS_CODES


def test_all_cut_short_is_a_cause_and_one_is_a_risk() -> None:
    assert only(row("F18 all cut short"), "DNS_TCP_BLOCKED").outcome is Outcome.CAUSE
    assert only(row("F18 cut short, and TCP is shut"), "DNS_TCP_BLOCKED").outcome is Outcome.RISK
    shut = only(row("F18 shut, nothing cut short yet"), "DNS_TCP_BLOCKED")
    assert (shut.outcome, shut.data["variant"]) == (Outcome.INFO, "small")


def test_the_time_when_a_change_has_reached_everybody() -> None:
    found = only(row("F13 kept by one"), "DNS_PROPAGATING")
    assert found.data["minutes"] in (10, 11)
    # The observations are milliseconds apart.
    ends = (b.NOW + timedelta(minutes=11)).astimezone()
    assert found.data["until"] in (f"{ends:%H:%M}", f"{ends - timedelta(minutes=1):%H:%M}")


def test_the_time_is_the_true_one() -> None:
    seen = [*row("F13 kept by one"), clock(timedelta(minutes=30))]
    ends = (b.NOW - timedelta(minutes=30) + timedelta(minutes=11)).astimezone()
    until = only(seen, "DNS_PROPAGATING").data["until"]
    assert until in (f"{ends:%H:%M}", f"{ends - timedelta(minutes=1):%H:%M}")


def test_a_kept_delegation_outlives_the_records() -> None:
    kept = b.dns("public", "8.8.8.8", "NS", "answer", "ns1.olddns.example", ttl=7200)
    found = only([*row("F13 kept by one"), kept], "DNS_PROPAGATING")
    assert 119 <= found.data["minutes"] <= 121


def test_no_resolver_keeps_anything_for_years() -> None:
    seen = [*but(row("F13 kept by one"), via="public", server="8.8.8.8"), *b.control(),
            b.dns("public", "8.8.8.8", "MX", "nodata", ttl=2**31 - 1)]  # fmt: skip
    assert only(seen, "DNS_PROPAGATING").data["minutes"] <= 7 * 1440 + 1


def test_who_gets_nothing_is_named() -> None:
    found = only(row("F17 nothing abroad"), "DNS_LINE_GAP")
    assert found.data["nothing"] == ("1.1.1.1", "8.8.8.8")
    assert found.certainty is Certainty.POSSIBLE


def test_the_day_when_the_signature_ran_out() -> None:
    found = only(row("G01 signatures have run out"), "DNSSEC_BROKEN")
    assert (found.data["variant"], found.data["date"]) == ("expired", "2026-11-20")
    early = [*failing(), clock(), *dated("20271120000000", "20261201000000")]
    found = only(early, "DNSSEC_BROKEN")
    assert (found.data["variant"], found.data["date"]) == ("not-yet", "2026-12-01")


def test_a_removed_key_passes_by_itself() -> None:
    found = only(row("G02 removed, and kept by resolvers"), "DNSSEC_DS_MISMATCH")
    assert (found.owner, found.outcome) == (Owner.WAIT, Outcome.RISK)
    assert "until" in found.data


def test_a_fact_is_no_fault() -> None:
    found = only(world(*b.GOOD), "DNSSEC_UNSIGNED")
    assert (found.outcome, found.owner) == (Outcome.INFO, Owner.NONE)
