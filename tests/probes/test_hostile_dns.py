"""Name servers that answer with what nobody asked for, or with far too much of it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import dns.flags
import dns.message
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest

from mailwizard.model.case import Case
from mailwizard.model.observation import Observation, from_json, to_json
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.probes.asking import MAX_RECORDS, Question, ask
from mailwizard.probes.domain import domain
from mailwizard.probes.name_servers import name_servers
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

CASE = Case(me="zhangwei@example.com", since=date(2026, 11, 9))
SERVER = "192.0.2.1"
Reply = Callable[[dns.message.Message], bytes | None]


@contextmanager
def replying(reply: Reply) -> Iterator[int]:
    """A server over UDP and TCP on one port that sends whatever ``reply`` makes."""
    with socket.create_server(("127.0.0.1", 0)) as stream, socket.socket(
        type=socket.SOCK_DGRAM
    ) as datagrams:  # fmt: skip
        port = int(stream.getsockname()[1])
        datagrams.bind(("127.0.0.1", port))

        def by_datagram() -> None:
            while True:
                try:
                    wire, client = datagrams.recvfrom(4096)
                except OSError:
                    return
                query = dns.message.from_wire(wire)
                said = reply(query)
                if said is not None:
                    if len(said) > 1232:
                        cut = dns.message.make_response(query)
                        cut.flags |= dns.flags.TC
                        said = cut.to_wire()
                    datagrams.sendto(said, client)

        def by_stream() -> None:
            while True:
                try:
                    connection, _client = stream.accept()
                    with connection:
                        size = int.from_bytes(connection.recv(2), "big")
                        said = reply(dns.message.from_wire(connection.recv(size)))
                        if said is not None:
                            connection.sendall(len(said).to_bytes(2, "big") + said)
                except OSError:
                    return

        for serve in (by_datagram, by_stream):
            threading.Thread(target=serve, daemon=True).start()
        yield port


def world(port: int, *addresses: str) -> LoopbackWorld:
    """Every address leads to the one server."""
    made = LoopbackWorld(
        resolvers=((SERVER, 53),), controls=replace(NO_CONTROLS, resolvers=("8.8.8.8",))
    )
    for address in (SERVER, "8.8.8.8", *addresses):
        made.lead(address, 53, ("127.0.0.1", port), "udp")
        made.lead(address, 53, ("127.0.0.1", port), "tcp")
    return made


def asked(reply: Reply, rtype: str = "MX", name: str = "example.com") -> DnsAnswer:
    """One question, and what is recorded."""
    with replying(reply) as port:
        question = Question(via="configured", about="own", server=SERVER, name=name, rtype=rtype)
        return ask(probe_run(world(port), case=CASE).setting, question, 1.0)


def with_answers(query: dns.message.Message, *rrsets: dns.rrset.RRset) -> bytes:
    """A reply that holds these."""
    reply = dns.message.make_response(query)
    reply.answer.extend(rrsets)
    return reply.to_wire(max_size=65535)


def rrset(name: str, rtype: str, *records: str) -> dns.rrset.RRset:
    """Records of one name."""
    return dns.rrset.from_text(name, 600, "IN", rtype, *records)


def without_question(query: dns.message.Message) -> bytes:
    """SERVFAIL that does not repeat what was asked."""
    reply = dns.message.Message(query.id)
    reply.flags = dns.flags.QR
    reply.set_rcode(dns.rcode.SERVFAIL)
    return reply.to_wire()


def other_id(query: dns.message.Message) -> bytes:
    """Somebody else's reply."""
    reply = dns.message.make_response(query)
    reply.id = (query.id + 1) & 0xFFFF
    return reply.to_wire()


def other_name(query: dns.message.Message) -> bytes:
    """An answer to another question."""
    other = dns.message.make_query("evil.example", "MX", id=query.id)
    return with_answers(other, rrset("evil.example.", "MX", "1 evil.example."))


def other_records(query: dns.message.Message) -> bytes:
    """The right question, and records of another name."""
    return with_answers(query, rrset("evil.example.", "MX", "1 evil.example."))


def half(query: dns.message.Message) -> bytes:
    """Cut off in the middle of a record."""
    return with_answers(query, rrset("example.com.", "MX", "1 mx.example.com."))[:-5]


def loop(query: dns.message.Message) -> bytes:
    """Two names that stand for each other."""
    return with_answers(
        query,
        rrset("example.com.", "CNAME", "b.example.com."),
        rrset("b.example.com.", "CNAME", "example.com."),
    )


LONG = ".".join(("a" * 63, "b" * 63, "c" * 63, "d" * 61))  # 255 octets on the wire


def many(query: dns.message.Message) -> bytes:
    """More MX records than anybody needs, one of them with the longest name there can be."""
    hosts = [f"{n} mx{n}.example.com." for n in range(900)]
    return with_answers(query, rrset("example.com.", "MX", f"0 {LONG}.", *hosts))


def binary(query: dns.message.Message) -> bytes:
    """A TXT that would move the cursor, turn the writing round and ring the bell."""
    octets = b"v=spf1 \x1b[2J\x07\x00\xff\xe2\x80\xae[red]"
    rdata = dns.rdata.from_wire(
        dns.rdataclass.IN, dns.rdatatype.TXT, bytes((len(octets),)) + octets, 0, len(octets) + 1
    )
    return with_answers(query, dns.rrset.from_rdata("example.com.", 60, rdata))


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (without_question, "servfail"),
        (other_id, "garbage"),
        (other_name, "garbage"),
        (half, "garbage"),
        (lambda _query: b"", "garbage"),
        (lambda query: query.to_wire(), "garbage"),
        (lambda query: query.to_wire()[:2] + b"\xff" * 30, "garbage"),
        (other_records, "nodata"),
        (loop, "nodata"),
    ],
)
def test_what_nobody_asked_for_is_no_answer(reply: Reply, status: str) -> None:
    seen = asked(reply)
    assert (seen.status, seen.records) == (status, ())
    assert len(seen.cname) <= 16


def test_too_many_records_are_bounded() -> None:
    seen = asked(many)
    assert (seen.status, seen.transport, seen.truncated) == ("answer", "tcp", True)
    assert len(seen.records) == MAX_RECORDS
    assert all(len(record) < 300 for record in seen.records)


def test_octets_that_would_do_something_are_made_visible() -> None:
    (text,) = asked(binary, "TXT").records
    assert text.startswith("v=spf1 ")
    assert text.isprintable()


@pytest.mark.parametrize("name", [LONG + "e", "a" * 64 + ".com", "..", "a..b", "\x00.com"])
def test_names_that_cannot_be_asked_for_are_not(name: str) -> None:
    seen = asked(lambda _query: None, name=name)
    assert seen.status in ("other", "timeout")


def test_a_server_that_knows_no_edns_is_asked_without() -> None:
    def old(query: dns.message.Message) -> bytes:
        if query.edns >= 0:
            reply = dns.message.make_response(query)
            reply.set_rcode(dns.rcode.FORMERR)
            return reply.to_wire()
        return with_answers(query, rrset("example.com.", "MX", "1 mx.example.com."))

    seen = asked(old)
    assert (seen.status, seen.edns) == ("answer", False)


def test_how_long_nothing_may_be_kept() -> None:
    def nothing(query: dns.message.Message) -> bytes:
        reply = dns.message.make_response(query)
        reply.authority.append(
            dns.rrset.from_text("example.com.", 900, "IN", "SOA", "ns. host. 1 2 3 4 300")
        )
        return reply.to_wire()

    assert asked(nothing).ttl == 300


def crowd(query: dns.message.Message) -> bytes:
    """A hundred name servers with glue, two hundred exchangers, an address for every name."""
    question = query.question[0]
    name, rtype = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
    if rtype == "NS":
        hosts = [f"ns{n}.example.com." for n in range(100)]
        reply = dns.message.make_response(query)
        reply.answer.append(rrset(name, "NS", *hosts))
        for n, host in enumerate(hosts):
            reply.additional.append(rrset(host, "A", f"192.0.2.{n + 100}"))
        return reply.to_wire(max_size=65535)
    records = {
        "MX": [f"{n} mx{n}.example.com." for n in range(200)],
        "A": [f"192.0.2.{n}" for n in range(10, 60)],
        "AAAA": [f"2001:db8::{n}" for n in range(10, 60)],
    }.get(rtype)
    return with_answers(query, *([rrset(name, rtype, *records)] if records else ()))


@pytest.mark.parametrize("probe", [domain, name_servers])
def test_a_crowd_is_bounded_in_number_and_time(probe: Callable[[object], None]) -> None:
    with replying(crowd) as port:
        here = world(port, *(f"192.0.2.{n}" for n in range(2, 250)))
        run = probe_run(here, case=CASE, seconds=12.0)
        began = time.monotonic()
        probe(run.setting)
        assert time.monotonic() - began < 10.0
    seen: list[Observation[DnsAnswer]] = run.evidence.of(DnsAnswer)
    assert len(seen) < 300
    assert len({o.seen.server for o in seen if o.seen.via == "authoritative"}) <= 12
    assert all(from_json(to_json(o)).seen == o.seen for o in seen)
