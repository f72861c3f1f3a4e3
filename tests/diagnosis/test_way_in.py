"""The map of the way in: what was seen and found → each part's state, and never another."""

import random
from dataclasses import replace
from typing import Any

import pytest

from mailwizard.diagnosis import dns
from mailwizard.diagnosis.codes import CODES
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.diagnosis.way_in import way_in
from mailwizard.diagnosis.way_in_parts import STAGES, WayIn, renamed
from mailwizard.model.finding import Outcome
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.report.layout import cells
from mailwizard.report.way_in_drawing import ASCII, LINES, drawn, text_of
from mailwizard.text.way_in_lines import headlines, plain_lines
from tests.diagnosis import domain_builders as b
from tests.diagnosis.network_seen import LINK

OLD = ("5 mail.oldhost.net",)
MIXED = ("5 mail.oldhost.net", "5 mx1.qiye.aliyun.com")
RELAY = b.reply(554, "<zhangwei@acme-trading.com>: Relay access denied", "5.7.1")


def parent(*names: str) -> DnsAnswer:
    """The registry's servers name these name servers."""
    return b.dns(
        "parent", "192.5.6.30", "NS", "nodata", referral=names, server_name="a.gtld-servers.net"
    )


def everywhere(status: Any, *records: str) -> list[Any]:
    """Everybody gives the same answer about MX."""
    return [
        *b.control(),
        parent(f"ns1.{b.DOMAIN}", f"ns2.{b.DOMAIN}"),
        *b.public("MX", status, *records),
        b.office(status, *records),
        b.zone(1, status, *records),
        b.zone(2, status, *records),
        b.registered(),
        b.signed_in(),
    ]


def healthy() -> list[Any]:
    return [parent(f"ns1.{b.DOMAIN}", f"ns2.{b.DOMAIN}"), *b.healthy()]


def blocked() -> list[Any]:
    """Nobody's port 25 can be reached from here."""
    return [
        *everywhere("answer", *b.GOOD),
        *b.there("mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com"),
        b.shut("mx1.qiye.aliyun.com", "timeout"),
        b.shut("mx2.qiye.aliyun.com", "timeout"),
        b.other_door("timeout"),
    ]


def one_down() -> list[Any]:
    """The second name server gives no reply."""
    return [
        o if getattr(o, "server_name", "") != f"ns2.{b.DOMAIN}" else b.zone(2, "timeout")
        for o in healthy()
    ]


def wrong_mx() -> list[Any]:
    return [
        *everywhere("answer", *OLD),
        *b.there("mail.oldhost.net"),
        b.door("mail.oldhost.net", RELAY, RELAY, RELAY),
        b.other_door(),
    ]


def mixed() -> list[Any]:
    return [
        *everywhere("answer", *MIXED),
        *b.there("mail.oldhost.net", "mx1.qiye.aliyun.com"),
        b.door("mail.oldhost.net", RELAY, RELAY, RELAY),
        b.door("mx1.qiye.aliyun.com"),
        b.other_door(),
    ]


def one_door_shut() -> list[Any]:
    return [
        *everywhere("answer", *b.GOOD),
        *b.there("mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com"),
        b.shut("mx1.qiye.aliyun.com", "refused"),
        b.door("mx2.qiye.aliyun.com"),
        b.other_door(),
    ]


def catch_all() -> list[Any]:
    return [o if o.kind != "smtp-door" else b.door(o.host, random=b.OK) for o in healthy()[:-3]] + [
        b.other_door(),
        b.signed_in(),
    ]


def apex_alias() -> list[Any]:
    alias = b.public("CNAME", "answer", "web.shop.example")
    return [*everywhere("nodata"), *alias]


def unknown_user() -> list[Any]:
    return [
        o if getattr(o, "whose", "") != "own" else b.door(o.host, user=b.NOBODY) for o in healthy()
    ]


def drawn_from(seen: list[Any]) -> tuple[WayIn, Situation, Any]:
    situation = b.situation(seen)
    findings = dns.judge(situation)
    way = way_in(situation, findings)
    assert way is not None
    return way, situation, findings


def states(seen: list[Any]) -> tuple[str, ...]:
    way, _situation, _findings = drawn_from(seen)
    return tuple(stage.state for stage in way.stages)


OK, BAD, MAY, NOT_KNOWN, NO = "ok", "problem", "risk", "not known", "not tested"


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (healthy, (OK, OK, OK, OK, OK, OK)),
        (wrong_mx, (OK, OK, BAD, NO, NO, NO)),
        (mixed, (OK, OK, BAD, OK, OK, OK)),
        (one_down, (OK, MAY, OK, OK, OK, OK)),
        (blocked, (OK, OK, OK, OK, NO, NO)),
        (one_door_shut, (OK, OK, OK, OK, MAY, OK)),
        (lambda: everywhere("answer", "0 ."), (OK, OK, BAD, NO, NO, NO)),
        (apex_alias, (OK, OK, BAD, NO, NO, NO)),
        (catch_all, (OK, OK, OK, OK, OK, NOT_KNOWN)),
        (unknown_user, (OK, OK, OK, OK, OK, BAD)),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_each_part_has_the_state_that_was_found(seen: Any, expected: tuple[str, ...]) -> None:
    assert states(seen()) == expected


def test_nothing_is_tested_where_nothing_leads_out() -> None:
    silent = [b.dns("public", s, "MX", "timeout") for s in b.PUBLIC]
    link = replace(LINK, interfaces=(), gateway=None, gateway_interface=None, resolvers=())
    situation = b.situation([link, *silent])
    diagnosis = diagnose(situation)
    way = way_in(situation, diagnosis.findings)
    assert way is not None
    assert {stage.state for stage in way.stages} == {NO}
    assert {stage.code for stage in way.stages} == {"LOCAL_OFFLINE"}
    assert "because this computer is in no network" in "\n".join(plain_lines(way, {}))


def expired() -> list[Any]:
    """Switched off after it ran out; what answers is a parking page's."""
    gone = b.registered("redemption period", days=-20)
    return [*b.control(), *b.public("MX", "nxdomain"), gone, b.other_door()]


def test_a_domain_that_is_gone_hides_all_behind_it() -> None:
    assert states(expired()) == (BAD, NO, NO, NO, NO, NO)


def test_a_stale_delegation_hides_nothing_that_was_seen() -> None:
    situation = b.situation(healthy())
    parent_ids = [o for o in situation.of(DnsAnswer) if o.seen.via == "parent"]
    way = way_in(situation, [finding("DNSSEC_DS_MISMATCH", parent_ids, domain=b.DOMAIN)])
    assert way is not None
    assert [stage.state for stage in way.stages] == [BAD, OK, OK, OK, OK, OK]


@pytest.mark.parametrize("code", [c for c, f in CODES.items() if f.step == "dns"])
def test_every_finding_of_the_step_has_its_part(code: str) -> None:
    """By itself or by what it stands on, but for what is about this office's own view."""
    situation = b.situation(healthy())
    mx = [o for o in situation.of(DnsAnswer) if o.seen.rtype == "MX" and o.seen.via == "public"]
    given = finding(code, mx, domain=b.DOMAIN, outcome=Outcome.CAUSE)
    way = way_in(situation, [given])
    assert way is not None
    marked = [stage.id for stage in way.stages if stage.code == code]
    office = code in ("SPLIT_VIEW", "REGISTRATION_UNKNOWN", "NAMES_MADE_UP")
    assert len(marked) == (0 if office else 1)


def test_nobody_looked() -> None:
    assert way_in(b.situation([]), []) is None


def test_what_a_finding_stands_on_is_what_is_marked() -> None:
    way, _situation, _findings = drawn_from(one_down())
    assert {s.host: s.state for s in way.servers} == {
        f"ns1.{b.DOMAIN}": "ok",
        f"ns2.{b.DOMAIN}": "risk",
    }
    way, _situation, _findings = drawn_from(one_door_shut())
    assert [(e.host, e.state) for e in way.exchangers] == [
        ("mx1.qiye.aliyun.com", "risk"),
        ("mx2.qiye.aliyun.com", "ok"),
    ]
    assert [d.state for e in way.exchangers for d in e.doors] == ["risk", "ok"]


def test_another_provider_s_door_is_no_word_about_the_mailbox() -> None:
    way, _situation, _findings = drawn_from(mixed())
    abroad = {e.host: e.abroad for e in way.exchangers}
    assert abroad == {"mail.oldhost.net": True, "mx1.qiye.aliyun.com": False}
    mailbox = way.stage("mailbox")
    assert (mailbox.good, mailbox.of) == (1, 1)


def test_an_address_that_only_some_doors_take() -> None:
    seen = [*mixed()[:-4], b.door("mail.oldhost.net", RELAY, RELAY, RELAY)]
    seen = [o for o in seen if o.kind != "sign-in"] + [b.door("mx1.qiye.aliyun.com")]
    situation = b.situation(seen, by="default")
    way = way_in(situation, dns.judge(situation))
    assert way is not None
    assert "accepted at 1 of 2 doors" in "\n".join(plain_lines(way, {}))


def test_a_blocked_port_accuses_no_door() -> None:
    way, _situation, _findings = drawn_from(blocked())
    assert {d.state for e in way.exchangers for d in e.doors} == {NO}
    assert way.stage("doors").code == "PORT25_BLOCKED_HERE"


def test_it_fills_while_the_probes_run_and_judges_nothing() -> None:
    situation = b.situation(wrong_mx())
    now = {"name-servers": "done", "domain": "running", "door": "waiting"}
    way = way_in(situation, dns.judge(situation), now)
    assert way is not None
    found = [stage.state for stage in way.stages]
    assert found == ["done", "done", "running", "running", "waiting", "waiting"]
    assert not {e.state for e in way.exchangers} & {"problem", "risk", "ok"}


@pytest.mark.parametrize(
    "seen", [healthy, wrong_mx, mixed, one_down, blocked, one_door_shut, unknown_user, apex_alias]
)
def test_a_state_agrees_with_the_findings_in_any_order_of_the_evidence(seen: Any) -> None:
    first = states(seen())
    shuffled = seen()
    random.Random(7).shuffle(shuffled)
    way, _situation, findings = drawn_from(shuffled)
    assert tuple(stage.state for stage in way.stages) == first
    told = {f.code for f in findings if f.outcome in (Outcome.CAUSE, Outcome.RISK)}
    for stage in way.stages:
        if stage.state in ("problem", "risk"):
            assert stage.code in told
    marked = {stage.code for stage in way.stages if stage.state in ("problem", "risk")}
    assert bool(marked) == bool(told)


@pytest.mark.parametrize("width", [40, 58, 78, 86, 118])
@pytest.mark.parametrize("seen", [healthy, wrong_mx, mixed, blocked])
def test_no_word_is_cut_and_no_line_too_long(seen: Any, width: int) -> None:
    way, situation, findings = drawn_from(seen())
    told = headlines(findings, situation.provider)
    for art in (ASCII, LINES):
        lines = text_of(drawn(way, told, width, art=art))
        assert max(cells(line) for line in lines) <= width
        bare = "".join("".join(lines).translate(dict.fromkeys(map(ord, "|-'│├└─ "))).split())
        for exchanger in way.exchangers:
            assert exchanger.host.replace("-", "") in bare
        assert "…" not in bare
    assert all(line.isascii() for line in text_of(drawn(way, told, width, art=ASCII)))


def test_it_takes_as_little_room_as_there_is() -> None:
    way, situation, findings = drawn_from(healthy())
    told = headlines(findings, situation.provider)
    full = drawn(way, told, 78)
    assert len(drawn(way, told, 78, most=len(full) - 1)) < len(full)
    assert len(drawn(way, told, 78, most=1)) >= len(STAGES)


def test_names_can_be_hidden() -> None:
    way, _situation, _findings = drawn_from(healthy())
    hidden = renamed(way, lambda _name: "x.example")
    assert "acme" not in "\n".join(text_of(drawn(hidden, {}, 78)))


def test_hundreds_of_records_stay_a_map() -> None:
    many = tuple(f"{n} mx{n}.{'a' * 50}.example" for n in range(200))
    way, _situation, _findings = drawn_from(everywhere("answer", *many))
    assert len(way.exchangers) == 20
    assert len(drawn(way, {}, 78)) < 200
