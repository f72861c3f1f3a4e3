"""A small name server (RFC 1034): authoritative for some zones, or a resolver that knows all."""

import asyncio
from collections.abc import Sequence

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from mailwizard.demo.zones import Zone

_MAX_ALIASES = 8


class NameServer:
    """Answers from its zones. ``recursive``: a resolver, to which the zones are the whole world.

    An authoritative server refuses names outside its zones, and refers to the servers of a
    delegated part; a resolver says "no such name" for what no zone has.
    """

    def __init__(self, zones: Sequence[Zone], *, recursive: bool = False) -> None:
        self._zones = {zone.origin: zone for zone in zones}
        self._recursive = recursive

    def datagram(self, wire: bytes) -> bytes | None:
        """The reply to one query; None for what is no query."""
        try:
            query = dns.message.from_wire(wire)
        except dns.exception.DNSException:
            return None
        if len(query.question) != 1 or query.flags & dns.flags.QR:
            return None
        return self._answer(query).to_wire()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """DNS over TCP: each message behind its length (RFC 7766)."""
        while True:
            size = int.from_bytes(await reader.readexactly(2), "big")
            reply = self.datagram(await reader.readexactly(size))
            if reply is None:
                return
            writer.write(len(reply).to_bytes(2, "big") + reply)
            await writer.drain()

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        reply = dns.message.make_response(query, recursion_available=self._recursive)
        question = query.question[0]
        name = (
            question.name.to_text(omit_final_dot=True).lower()
            if question.name != dns.name.root
            else ""
        )
        rtype = dns.rdatatype.to_text(question.rdtype)
        for _ in range(_MAX_ALIASES):
            zone = self._zone_of(name)
            if zone is None:
                if not reply.answer:
                    reply.set_rcode(dns.rcode.REFUSED)
                break
            if not self._recursive:
                cut = zone.cut(name)
                if cut:
                    self._refer(reply, zone, cut)
                    break
                reply.flags |= dns.flags.AA
            found = zone.find(name, rtype)
            if found:
                reply.answer.append(zone.rrset(name, rtype))
                break
            alias = zone.find(name, "CNAME")
            if not alias:
                reply.authority.append(zone.rrset(zone.origin, "SOA"))
                if not zone.has_name(name):
                    reply.set_rcode(dns.rcode.NXDOMAIN)
                break
            reply.answer.append(zone.rrset(name, "CNAME"))
            name = alias[0].rstrip(".")
        return reply

    def _zone_of(self, name: str) -> Zone | None:
        """The zone closest to the name; the root zone's origin is ""."""
        labels = name.split(".") if name else []
        for start in range(len(labels) + 1):
            zone = self._zones.get(".".join(labels[start:]))
            if zone is not None:
                return zone
        return None

    def _refer(self, reply: dns.message.Message, zone: Zone, cut: str) -> None:
        reply.authority.append(zone.rrset(cut, "NS"))
        for server in zone.find(cut, "NS"):
            host = server.rstrip(".")
            if zone.find(host, "A"):
                reply.additional.append(zone.rrset(host, "A"))
