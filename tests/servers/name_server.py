"""A name server on loopback that answers from a table, over UDP and TCP on one port."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator, Mapping

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Table = Mapping[tuple[str, str], "list[str] | str"]
"""(name, type) → records, or an rcode's name, or "silent". A name that is missing: NXDOMAIN."""


def reply_to(wire: bytes, table: Table) -> bytes | None:
    """The reply to one question; None for silence."""
    query = dns.message.from_wire(wire)
    question = query.question[0]
    name = question.name.to_text(omit_final_dot=True).lower()
    rtype = dns.rdatatype.to_text(question.rdtype)
    known = table.get((name, rtype), table.get(("*", rtype)))
    reply = dns.message.make_response(query, recursion_available=True)
    if known == "silent":
        return None
    if isinstance(known, str):
        reply.set_rcode(dns.rcode.from_text(known))
    elif known:
        reply.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", rtype, known))
    elif known is None and not any(n == name for n, _t in table):
        reply.set_rcode(dns.rcode.NXDOMAIN)
    return reply.to_wire()


def _one_port_for_both() -> tuple[socket.socket, socket.socket]:
    """A TCP and a UDP socket on the same free port, which the system can only choose for one."""
    for _try in range(50):
        listener = socket.create_server(("127.0.0.1", 0))
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            datagrams.bind(listener.getsockname())
        except OSError:
            listener.close()
            datagrams.close()
        else:
            return listener, datagrams
    raise OSError("no port is free for both UDP and TCP")


@contextlib.contextmanager
def name_server(table: Table) -> Iterator[tuple[str, int]]:
    """Serves a table on 127.0.0.1; its address and port."""
    listener, datagrams = _one_port_for_both()
    place: tuple[str, int] = listener.getsockname()

    def over_udp() -> None:
        with contextlib.suppress(OSError):
            while True:
                wire, asker = datagrams.recvfrom(4096)
                if not wire:
                    return
                reply = reply_to(wire, table)
                if reply is not None:
                    datagrams.sendto(reply, asker)

    def over_tcp() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _peer = listener.accept()
                with connection, contextlib.suppress(OSError, struct.error):
                    (length,) = struct.unpack("!H", connection.recv(2))
                    reply = reply_to(connection.recv(length), table)
                    if reply is not None:
                        connection.sendall(struct.pack("!H", len(reply)) + reply)

    for serve in (over_udp, over_tcp):
        threading.Thread(target=serve, daemon=True).start()
    try:
        yield place
    finally:
        with contextlib.suppress(OSError):
            datagrams.sendto(b"", place)
        datagrams.close()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
