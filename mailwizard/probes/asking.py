"""One DNS question to one server, classified from the message itself (never from an exception)."""

import socket
from dataclasses import dataclass, replace
from typing import Literal

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.MX
import dns.rdtypes.ANY.TLSA
import dns.rdtypes.ANY.TXT

from mailwizard.model.seen.dns import DnsAnswer, Status
from mailwizard.model.shown import shown
from mailwizard.probes.setting import Setting

Via = Literal["configured", "public", "authoritative", "parent"]
About = Literal["control", "random", "provider", "own", "sender", "block-list"]

MAX_RECORDS = 200
MAX_TEXT = 2000  # characters of one record
MAX_TLSA = 10_000  # a whole certificate in hex
MAX_CHAIN = 16  # CNAMEs one behind the other
MAX_SIGNATURES = 8
MAX_ERRORS = 8  # extended ones

_NO_EDNS = (dns.rcode.FORMERR, dns.rcode.NOTIMP)  # what a server that lacks EDNS says to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to ask whom. ``server`` is an IP address; ``recurse`` False asks for its own data.

    ``signatures`` asks for the records' signatures with them (DO, RFC 4035).
    """

    via: Via
    about: About
    server: str
    name: str
    rtype: str
    port: int = 53
    server_name: str = ""
    recurse: bool = True
    checking_disabled: bool = False
    signatures: bool = False
    tcp: bool = False


def ask(setting: Setting, question: Question, seconds: float = 2.0) -> DnsAnswer:
    """Asks over UDP, again over TCP if the reply was cut short; a lost packet is asked once more.

    The second time without EDNS, which some servers and boxes on the way drop (RFC 6891, 6.2.2).

    Never raises for what a server does or fails to do: that is the answer's ``status``. Raises
    Stopped.
    """
    answer = DnsAnswer(
        via=question.via,
        about=question.about,
        server=question.server,
        server_name=question.server_name,
        name=question.name,
        rtype=question.rtype,
        status="other",
        checking_disabled=question.checking_disabled,
    )
    try:
        full, plain = _query(question), _query(question, edns=False)
    except dns.exception.DNSException as problem:
        return replace(answer, status="other", detail=shown(str(problem), 120))
    if question.tcp:
        return _over_tcp(setting, question, full, answer, seconds)
    # Two tries share the time: one lost packet is not yet a dead server.
    for query in (full, plain):
        reply = _exchange(setting, question, query, answer, seconds / 2, "udp")
        if isinstance(reply, dns.message.Message):
            if query is full and reply.rcode() in _NO_EDNS:
                continue
            answer = replace(answer, edns=query is full)
            if reply.flags & dns.flags.TC:
                answer = replace(answer, truncated=True)
                return _over_tcp(setting, question, full, answer, seconds)
            return _read(reply, answer)
        answer = reply
        if reply.status != "timeout":
            break
    return answer


def _over_tcp(
    setting: Setting,
    question: Question,
    query: dns.message.Message,
    answer: DnsAnswer,
    seconds: float,
) -> DnsAnswer:
    answer = replace(answer, transport="tcp")
    reply = _exchange(setting, question, query, answer, seconds, "tcp")
    return _read(reply, answer) if isinstance(reply, dns.message.Message) else reply


def _query(question: Question, *, edns: bool = True) -> dns.message.Message:
    query = dns.message.make_query(question.name, question.rtype)
    if edns:
        query.use_edns(0, dns.flags.DO if question.signatures else 0, 1232)
    if not question.recurse:
        query.flags &= ~dns.flags.RD
    if question.checking_disabled:
        query.flags |= dns.flags.CD
    return query


def _exchange(
    setting: Setting,
    question: Question,
    query: dns.message.Message,
    answer: DnsAnswer,
    seconds: float,
    transport: Literal["udp", "tcp"],
) -> dns.message.Message | DnsAnswer:
    limit = setting.limit(seconds)
    try:
        address, port = setting.world.route(question.server, question.port, transport)
        if transport == "udp":
            return dns.query.udp(query, address, timeout=limit, port=port, ignore_unexpected=True)
        with setting.connect(question.server, question.port, limit) as connection:
            connection.setblocking(False)
            return dns.query.tcp(query, address, timeout=limit, port=port, sock=connection)
    except (dns.exception.Timeout, TimeoutError):
        return replace(answer, status="timeout")
    except dns.exception.DNSException as problem:
        return replace(answer, status="garbage", detail=type(problem).__name__)
    except EOFError:
        return replace(answer, status="garbage", detail="connection closed")
    except (OSError, socket.gaierror) as problem:
        return replace(answer, status="unreachable", detail=shown(str(problem.strerror or problem)))


def _read(reply: dns.message.Message, answer: DnsAnswer) -> DnsAnswer:
    wanted = dns.rdatatype.from_text(answer.rtype)
    name = dns.name.from_text(answer.name)
    records: list[str] = []
    chain: list[str] = []
    ttl = _negative_ttl(reply)
    for _link in range(MAX_CHAIN):
        # The class is not taken from the reply: one of an error may lack the question.
        rrset = reply.get_rrset(reply.answer, name, dns.rdataclass.IN, wanted)
        if rrset is not None:
            records = sorted(_shown(rdata) for rdata in list(rrset)[:MAX_RECORDS])
            ttl = rrset.ttl
            break
        alias = reply.get_rrset(reply.answer, name, dns.rdataclass.IN, dns.rdatatype.CNAME)
        if alias is None:
            break
        name = alias[0].target
        chain.append(_host(name))
    return replace(
        answer,
        status=_status(reply, bool(records)),
        records=tuple(records),
        cname=tuple(chain),
        ttl=ttl,
        authoritative=bool(reply.flags & dns.flags.AA),
        authenticated=bool(reply.flags & dns.flags.AD),
        serial=_serial(reply),
        referral=_referral(reply),
        glue=_glue(reply),
        signatures=_signatures(reply, name, wanted),
        ede=tuple(
            f"{int(option.code)} {shown(option.text or '', 120)}".strip()
            for option in reply.options
            if isinstance(option, dns.edns.EDEOption)
        )[:MAX_ERRORS],
    )


def _status(reply: dns.message.Message, has_records: bool) -> Status:
    code = reply.rcode()
    if code == dns.rcode.NOERROR:
        return "answer" if has_records else "nodata"
    known: dict[int, Status] = {
        dns.rcode.NXDOMAIN: "nxdomain",
        dns.rcode.SERVFAIL: "servfail",
        dns.rcode.REFUSED: "refused",
    }
    return known.get(code, "other")


def _serial(reply: dns.message.Message) -> int | None:
    for rrset in (*reply.answer, *reply.authority):
        if rrset.rdtype == dns.rdatatype.SOA:
            return int(rrset[0].serial)
    return None


def _negative_ttl(reply: dns.message.Message) -> int | None:
    """For how long "there is none" may be kept (RFC 2308, 5)."""
    for rrset in reply.authority:
        if rrset.rdtype == dns.rdatatype.SOA:
            return min(int(rrset.ttl), int(rrset[0].minimum))
    return None


def _signatures(
    reply: dns.message.Message, name: dns.name.Name, wanted: dns.rdatatype.RdataType
) -> tuple[str, ...]:
    """The signatures of the asked records without their octets (RFC 4034, 3.2)."""
    rrset = reply.get_rrset(
        reply.answer, name, dns.rdataclass.IN, dns.rdatatype.RRSIG, covers=wanted
    )
    fields = (str(rdata).split()[:8] for rdata in list(rrset or ())[:MAX_SIGNATURES])
    return tuple(sorted(shown(" ".join(part).removesuffix("."), 400) for part in fields))


def _referral(reply: dns.message.Message) -> tuple[str, ...]:
    for rrset in reply.authority:
        if rrset.rdtype == dns.rdatatype.NS:
            return tuple(sorted(_host(rdata.target) for rdata in list(rrset)[:MAX_RECORDS]))
    return ()


def _glue(reply: dns.message.Message) -> tuple[str, ...]:
    return tuple(
        sorted(
            f"{_host(rrset.name)} {rdata.address}"
            for rrset in reply.additional[:MAX_RECORDS]
            if rrset.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA)
            for rdata in list(rrset)[:MAX_RECORDS]
        )[:MAX_RECORDS]
    )


def _shown(rdata: object) -> str:
    if isinstance(rdata, dns.rdtypes.ANY.TXT.TXT):
        return shown(b"".join(rdata.strings), MAX_TEXT)
    if isinstance(rdata, dns.rdtypes.ANY.MX.MX):
        return f"{rdata.preference} {_host(rdata.exchange)}"
    limit = MAX_TLSA if isinstance(rdata, dns.rdtypes.ANY.TLSA.TLSA) else MAX_TEXT
    return shown(str(rdata), limit).removesuffix(".")


def _host(name: dns.name.Name) -> str:
    """A host name in lower case without the final dot; the root stays "."."""
    return shown(name.to_text(omit_final_dot=True).lower(), 255) if name != dns.name.root else "."
