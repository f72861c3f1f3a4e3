"""A name server on loopback that says what a test tells it to, good or bad."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Reply = str | list[str] | None
Say = Callable[[str, str, bool], Reply]


@contextmanager
def resolver(say: Say) -> Iterator[int]:
    """Answers over UDP by ``say(name, rtype, checking_disabled)``; gives its port.

    A list holds records in presentation form ("CNAME target" first for an alias), a string names an
    RCODE ("SERVFAIL", "NXDOMAIN"), "GARBAGE" sends rubbish, None keeps silent.
    """
    server = socket.socket(type=socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                wire, client = server.recvfrom(4096)
            except OSError:
                return
            said = _reply(wire, say)
            if said is not None:
                server.sendto(said, client)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(server.getsockname()[1])
    finally:
        server.close()


def _reply(wire: bytes, say: Say) -> bytes | None:
    query = dns.message.from_wire(wire)
    asked = query.question[0]
    name = asked.name.to_text(omit_final_dot=True)
    rtype = dns.rdatatype.to_text(asked.rdtype)
    said = say(name, rtype, bool(query.flags & dns.flags.CD))
    if said is None:
        return None
    if said == "GARBAGE":
        return wire[:2] + b"\xff" * 20
    reply = dns.message.make_response(query, recursion_available=True)
    if isinstance(said, str):
        reply.set_rcode(dns.rcode.from_text(said))
        return reply.to_wire()
    owner = name
    records = list(said)
    while records and records[0].startswith("CNAME "):
        target = records.pop(0).removeprefix("CNAME ")
        reply.answer.append(dns.rrset.from_text(f"{owner}.", 60, "IN", "CNAME", f"{target}."))
        owner = target
    if records:
        reply.answer.append(dns.rrset.from_text(f"{owner}.", 60, "IN", rtype, *records))
    return reply.to_wire()
