"""The probes of the sender's side against name servers on loopback, good and bad ones."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.dns import DnsAnswer, Registration
from mailwizard.model.seen.mailbox import MailSeen, SenderHistory
from mailwizard.model.seen.sender import (
    BlockListAnswer,
    Bounce,
    DmarcRecord,
    ReverseName,
    SenderLog,
    SendingServer,
    SpfResult,
)
from mailwizard.probes.block_lists import block_lists
from mailwizard.probes.brought import bounce, sender_log
from mailwizard.probes.controls import BlockList
from mailwizard.probes.sender_domain import sender_domain
from mailwizard.probes.sender_identity import evaluated, sender_identity
from mailwizard.probes.setting import Inputs, Skipped
from tests.servers.name_server import Table, name_server
from tests.worlds import NO_CONTROLS, LoopbackWorld, ProbeRun, probe_run

CASE = Case(me="lin@acme.example", sender="hans@customer.example", since=date(2026, 11, 9))
OFFICE, ONE, TWO = "192.0.2.1", "192.0.2.2", "192.0.2.3"
SENT_FROM = "203.0.113.140"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LISTS = (BlockList(zone="zen.list.example", site="https://list.example/"),)

WORLD: dict[tuple[str, str], list[str] | str] = {
    ("customer.example", "MX"): ["10 mail.customer.example."],
    ("customer.example", "A"): ["203.0.113.80"],
    ("customer.example", "NS"): ["ns1.customer.example."],
    ("customer.example", "TXT"): ['"v=spf1 mx -all"', '"other"'],
    ("mail.customer.example", "A"): [SENT_FROM],
    ("_dmarc.customer.example", "TXT"): ['"v=DMARC1; p=reject; " "adkim=s"'],
    ("140.113.0.203.in-addr.arpa", "PTR"): ["mail.customer.example."],
    ("140.113.0.203.zen.list.example", "A"): ["127.0.0.4"],
    ("140.113.0.203.zen.list.example", "TXT"): ['"listed since Monday"'],
    ("2.0.0.127.zen.list.example", "A"): ["127.0.0.2"],
    ("x", "A"): ["192.0.2.99"],
}


@contextmanager
def world(
    office: Table | None, one: Table | None = None, two: Table | None = None
) -> Iterator[LoopbackWorld]:
    """This office's resolver and two public ones; None is a dead one."""
    controls = replace(NO_CONTROLS, resolvers=(ONE, TWO), block_lists=LISTS)
    outside = LoopbackWorld(controls=controls, resolvers=((OFFICE, 53),))
    with ExitStack() as stack:
        for address, table in ((OFFICE, office), (ONE, one or office), (TWO, two or office)):
            if table is not None:
                place = stack.enter_context(name_server(table))
                for transport in ("udp", "tcp"):
                    outside.lead(address, 53, place, transport)  # type: ignore[arg-type]
        yield outside


def earlier(address: str = SENT_FROM) -> SenderHistory:
    """Earlier mail that came from an address."""
    mail = MailSeen(
        folder="INBOX",
        uid=1,
        arrived=NOW - timedelta(days=40),
        dated=None,
        from_address="hans@customer.example",
        from_name="",
        subject="",
        size=1,
        unread=False,
        matched="address",
        return_path="<hans@customer.example>",
        received=(
            f"from mail.customer.example (mail.customer.example [{address}]) by mx.provider.test",
        ),
    )
    return SenderHistory(mails=(mail,), examined=1, complete=True)


def run(outside: LoopbackWorld, *seen: Any, case: Case = CASE, seconds: float = 10.0) -> ProbeRun:
    evidence = Evidence()
    for one in seen:
        evidence.add(f"before:{type(one).__name__}", one, at=NOW, seconds=0)
    return probe_run(outside, case=case, evidence=evidence, seconds=seconds)


def test_the_domain_is_asked_at_three_resolvers() -> None:
    with world(WORLD) as outside:
        probing = run(outside)
        sender_domain(probing.setting)
    answers = [a for a in probing.seen(DnsAnswer) if isinstance(a, DnsAnswer)]
    assert {a.server for a in answers if a.rtype == "MX"} == {OFFICE, ONE, TWO}
    assert all(a.about == "sender" for a in answers)
    targets = [a for a in answers if a.name == "mail.customer.example" and a.rtype == "A"]
    assert [a.records for a in targets] == [(SENT_FROM,)] * 2
    assert not probing.seen(Registration)


def test_a_domain_that_is_gone_is_looked_up_in_the_register() -> None:
    with world({("x", "A"): ["192.0.2.99"]}) as outside:
        probing = run(outside)
        sender_domain(probing.setting)
    answers = [a for a in probing.seen(DnsAnswer) if isinstance(a, DnsAnswer)]
    assert {a.status for a in answers} == {"nxdomain"}
    registrations = probing.seen(Registration)
    assert registrations
    assert all(r.about == "sender" for r in registrations if isinstance(r, Registration))


@pytest.mark.parametrize("probe", [sender_domain, sender_identity, block_lists])
def test_without_a_sender_there_is_nothing_to_ask(probe: Any) -> None:
    with pytest.raises(Skipped, match="no-sender"):
        probe(run(LoopbackWorld(), case=replace(CASE, sender=None)).setting)


def identity(outside: LoopbackWorld, *seen: Any) -> tuple[Any, Any, Any]:
    probing = run(outside, *seen)
    sender_identity(probing.setting)
    kinds = (DmarcRecord, SpfResult, ReverseName)
    return tuple(next(iter(probing.seen(kind)), None) for kind in kinds)  # type: ignore[return-value]


def test_identity_of_the_server_that_earlier_mail_came_from() -> None:
    with world(WORLD) as outside:
        dmarc, spf, reverse = identity(outside, earlier())
    assert (dmarc.outcome, dmarc.policy, dmarc.found_at) == ("found", "reject", "customer.example")
    assert (dmarc.dkim_alignment, dmarc.record) == ("s", "v=DMARC1; p=reject; adkim=s")
    assert (spf.result, spf.record, spf.domain) == ("pass", "v=spf1 mx -all", "customer.example")
    assert spf.server.source == "earlier-mail"
    assert (reverse.outcome, reverse.confirmed) == ("answer", ("mail.customer.example",))


def test_another_address_fails_and_has_no_name() -> None:
    with world(WORLD) as outside:
        _dmarc, spf, reverse = identity(outside, earlier("203.0.113.9"))
    assert (spf.result, reverse.outcome) == ("fail", "none")


def test_without_mail_the_exchanger_is_a_guess() -> None:
    mx = DnsAnswer(
        via="public",
        about="sender",
        server=ONE,
        name="customer.example",
        rtype="MX",
        status="answer",
        records=("10 mail.customer.example",),
    )
    host = replace(mx, name="mail.customer.example", rtype="A", records=(SENT_FROM,))
    with world(WORLD) as outside:
        _dmarc, spf, _reverse = identity(outside, mx, host)
    assert (spf.server.source, spf.result) == ("mx", "pass")


def test_a_bounce_names_a_server_too() -> None:
    told = Bounce(form="text", sender_ip="203.0.113.9", sent_from="hans@customer.example")
    with world(WORLD) as outside:
        _dmarc, spf, _reverse = identity(outside, told)
    assert (spf.server.source, spf.server.address, spf.result) == ("bounce", "203.0.113.9", "fail")


def test_the_record_above_the_domain_applies() -> None:
    case = replace(CASE, sender="hans@news.customer.example")
    with world(WORLD) as outside:
        probing = run(outside, case=case)
        sender_identity(probing.setting)
    (record,) = probing.seen(DmarcRecord)
    assert isinstance(record, DmarcRecord)
    assert (record.domain, record.found_at) == ("news.customer.example", "customer.example")


def test_two_records_are_broken_and_none_is_none() -> None:
    two = {
        **WORLD,
        ("_dmarc.customer.example", "TXT"): ['"v=DMARC1; p=none"', '"v=DMARC1; p=none;"'],
    }
    with world(two) as outside:
        assert identity(outside)[0].outcome == "broken"
    none = {key: value for key, value in WORLD.items() if not key[0].startswith("_dmarc")}
    with world(none) as outside:
        assert identity(outside)[0].outcome == "none"


def test_silence_is_never_a_result() -> None:
    failing = dict.fromkeys([("*", t) for t in ("TXT", "MX", "A", "PTR", "AAAA")], "SERVFAIL")
    with world(failing) as outside:
        dmarc, spf, reverse = identity(outside, earlier())
    assert (dmarc.outcome, spf.result, reverse.outcome) == ("unknown", "temperror", "unknown")


def test_a_dead_public_resolver_costs_its_time_once() -> None:
    silent = dict.fromkeys([("*", t) for t in ("TXT", "MX", "A", "PTR", "AAAA")], "silent")
    with world(WORLD, silent, WORLD) as outside:
        started = time.monotonic()
        _dmarc, spf, _reverse = identity(outside, earlier())
    assert spf.result == "pass"
    assert time.monotonic() - started < 5


def test_a_record_without_end_is_bounded() -> None:
    loop = {
        **WORLD,
        ("customer.example", "TXT"): ['"v=spf1 include:a.example include:b.example -all"'],
        ("a.example", "TXT"): ['"v=spf1 include:b.example -all"'],
        ("b.example", "TXT"): ['"v=spf1 include:a.example -all"'],
    }
    with world(loop) as outside:
        started = time.monotonic()
        _dmarc, spf, _reverse = identity(outside, earlier())
    assert spf.result == "permerror"
    assert time.monotonic() - started < 3


def test_a_record_too_long_to_be_kept_is_not_judged() -> None:
    class Stub:
        def ask(self, name: str, rtype: str) -> DnsAnswer:
            return DnsAnswer(
                via="public",
                about="sender",
                server=ONE,
                name=name,
                rtype=rtype,
                status="answer",
                records=("v=spf1 " + "ip4:192.0.2.1 " * 150 + "…",),
            )

    server = SendingServer(address=SENT_FROM, host="", helo="", source="mail")
    result = evaluated(Stub(), "customer.example", server)  # type: ignore[arg-type]
    assert result.result == "temperror"


def _lists(outside: LoopbackWorld, *seen: Any) -> list[BlockListAnswer]:
    probing = run(outside, *seen)
    block_lists(probing.setting)
    return [a for a in probing.seen(BlockListAnswer) if isinstance(a, BlockListAnswer)]


def test_block_lists_are_asked_through_this_computers_resolver() -> None:
    with world(WORLD, {}, {}) as outside:
        (answer,) = _lists(outside, earlier())
    assert (answer.asked, answer.codes, answer.text) == (
        "answer",
        ("127.0.0.4",),
        "listed since Monday",
    )
    assert (answer.test_asked, answer.test) == ("answer", ("127.0.0.2",))


def test_a_refusal_is_recorded_as_it_is() -> None:
    refusing = {("*", "A"): ["127.255.255.254"], ("*", "TXT"): ['"open resolver"']}
    with world(refusing) as outside:
        (answer,) = _lists(outside, earlier())
    assert answer.codes == answer.test == ("127.255.255.254",)


def test_not_listed_and_not_known_differ() -> None:
    clean = {("2.0.0.127.zen.list.example", "A"): ["127.0.0.2"]}
    with world(clean) as outside:
        (answer,) = _lists(outside, earlier())
    assert (answer.asked, answer.codes) == ("not-listed", ())
    with world({("*", "A"): "SERVFAIL"}) as outside:
        (answer,) = _lists(outside, earlier())
    assert (answer.asked, answer.test_asked) == ("unknown", "unknown")


def test_without_a_server_no_list_is_asked() -> None:
    with world(WORLD) as outside, pytest.raises(Skipped, match="no-server"):
        _lists(outside)


def test_what_was_brought_is_read() -> None:
    given = Inputs(bounce=b"550 5.1.1 user unknown", sender_log=b"250 Ok: queued as 4ABC")
    probing = probe_run(LoopbackWorld(), case=CASE, inputs=given)
    bounce(probing.setting)
    sender_log(probing.setting)
    assert [s.form for s in probing.seen(Bounce) if isinstance(s, Bounce)] == ["text"]
    assert [s.status for s in probing.seen(SenderLog) if isinstance(s, SenderLog)] == ["sent"]


@pytest.mark.parametrize("probe", [bounce, sender_log])
def test_nothing_was_brought(probe: Any) -> None:
    with pytest.raises(Skipped, match="none-given"):
        probe(probe_run(LoopbackWorld(), case=CASE).setting)
