"""Name servers that answer what nobody should: bounded, told apart, and never a crash."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.probes.asking import MAX_RECORDS, Question, ask
from tests.servers.speakers import Talk, speaker
from tests.worlds import LoopbackWorld, probe_run

Reply = Callable[[bytes], list[bytes]]
SERVER, NAME = "203.0.113.53", "www.example.com"
ADDRESS = dns.rrset.from_text(f"{NAME}.", 60, "IN", "A", "198.51.100.1")
MANY = dns.rrset.from_text(
    f"{NAME}.", 60, "IN", "A", *[f"198.18.{i // 250}.{i % 250}" for i in range(3000)]
)
ESCAPES = dns.rrset.from_text(f"{NAME}.", 60, "IN", "MX", r"10 a\027[31m\226\128\174b.example.com.")
CIRCLE = [
    dns.rrset.from_text(f"{NAME}.", 60, "IN", "CNAME", "b.example.com."),
    dns.rrset.from_text("b.example.com.", 60, "IN", "CNAME", f"{NAME}."),
]


def reply(
    query: bytes,
    *answers: dns.rrset.RRset,
    rcode: int = dns.rcode.NOERROR,
    question: bool = True,
    flags: int = 0,
) -> bytes:
    message = dns.message.make_response(dns.message.from_wire(query))
    message.set_rcode(dns.rcode.Rcode(rcode))
    message.flags |= flags
    if not question:
        message.question = []
    message.answer.extend(answers)
    return message.to_wire(max_size=65535)


def cut_short(query: bytes) -> list[bytes]:
    return [reply(query, flags=dns.flags.TC)]


@contextlib.contextmanager
def over_udp(say: Reply) -> Iterator[tuple[str, int]]:
    server = socket.socket(type=socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                query, client = server.recvfrom(4096)
                for datagram in say(query):
                    server.sendto(datagram, client)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server.getsockname()
    finally:
        server.close()


def over_tcp(say: Reply) -> Talk:
    def talk(connection: socket.socket) -> None:
        (size,) = struct.unpack("!H", connection.recv(2, socket.MSG_WAITALL))
        for message in say(connection.recv(size, socket.MSG_WAITALL)):
            connection.sendall(message)
        connection.recv(1)

    return talk


def asked(udp: Reply, tcp: Talk | None = None, rtype: str = "A", seconds: float = 1.0) -> DnsAnswer:
    world = LoopbackWorld()
    with contextlib.ExitStack() as stack:
        world.lead(SERVER, 53, stack.enter_context(over_udp(udp)), "udp")
        if tcp is not None:
            world.lead(SERVER, 53, stack.enter_context(speaker(tcp)), "tcp")
        question = Question(via="public", about="control", server=SERVER, name=NAME, rtype=rtype)
        started = time.monotonic()
        answer = ask(probe_run(world).setting, question, seconds)
        assert time.monotonic() - started < 2 * seconds + 0.5
        return answer


@pytest.mark.parametrize(
    ("rcode", "status"),
    [
        (dns.rcode.REFUSED, "refused"),
        (dns.rcode.SERVFAIL, "servfail"),
        (dns.rcode.FORMERR, "other"),
        (dns.rcode.NOTIMP, "other"),
    ],
)
def test_a_refusal_that_leaves_the_question_out(rcode: int, status: str) -> None:
    assert asked(lambda query: [reply(query, rcode=rcode, question=False)]).status == status


GARBAGE: dict[str, Reply] = {
    "nothing": lambda _query: [b""],
    "one octet": lambda _query: [b"\x00"],
    "the question itself": lambda query: [query],
    "another id": lambda query: [bytes((query[0] ^ 1, query[1])) + reply(query, ADDRESS)[2:]],
    "names in a circle": lambda query: [
        query[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + b"\xc0\x0c\0\1\0\1" * 2 + b"\0\0\0\1\0\4\1\2\3\4"
    ],
    "an answer to no question": lambda query: [reply(query, ADDRESS, question=False)],
    "cut off": lambda query: [reply(query, ADDRESS)[:-3]],
}


@pytest.mark.parametrize("what", GARBAGE)
def test_garbage(what: str) -> None:
    answer = asked(GARBAGE[what])
    assert (answer.status, answer.records) == ("garbage", ())


@pytest.mark.parametrize(
    ("tcp", "status"),
    [
        (None, "unreachable"),
        (over_tcp(lambda _query: []), "timeout"),
        (over_tcp(lambda _query: [b"\xff\xff", b"x" * 100]), "timeout"),
        (over_tcp(lambda query: [struct.pack("!H", 12), query[:12]]), "garbage"),
    ],
)
def test_an_answer_cut_short_and_no_better_one(tcp: Talk | None, status: str) -> None:
    answer = asked(cut_short, tcp, seconds=0.5)
    assert (answer.status, answer.transport) == (status, "tcp")


def test_an_answer_of_thousands_of_records_is_cut() -> None:
    def whole(query: bytes) -> list[bytes]:
        message = reply(query, MANY)
        return [struct.pack("!H", len(message)), message]

    answer = asked(cut_short, over_tcp(whole), seconds=3.0)
    assert (answer.status, len(answer.records)) == ("answer", MAX_RECORDS)


def test_aliases_in_a_circle_end() -> None:
    answer = asked(lambda query: [reply(query, *CIRCLE)])
    assert (answer.status, len(answer.cname)) == ("nodata", 16)


def test_escapes_in_a_name_are_shown_safely() -> None:
    (record,) = asked(lambda query: [reply(query, ESCAPES)], rtype="MX").records
    assert record.isprintable()
    assert "\u202e" not in record
