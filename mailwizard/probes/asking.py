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
import dns.rdtypes.ANY.TXT

from mailwizard.model.seen.dns import DnsAnswer, Status
from mailwizard.model.shown import shown
from mailwizard.probes.setting import Setting

Via = Literal["configured", "public", "authoritative", "parent"]
About = Literal["control", "random", "provider", "own", "sender", "block-list"]

MAX_RECORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to ask whom. ``server`` is an IP address; ``recurse`` False asks for its own data."""

    via: Via
    about: About
    server: str
    name: str
    rtype: str
    port: int = 53
    server_name: str = ""
    recurse: bool = True
    checking_disabled: bool = False
    tcp: bool = False


def ask(setting: Setting, question: Question, seconds: float = 2.0) -> DnsAnswer:
    """Asks over UDP, again over TCP if the reply was cut short; a lost packet is asked once more.

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
        query = _query(question)
    except dns.exception.DNSException as problem:
        return replace(answer, status="other", detail=shown(str(problem), 120))
    if question.tcp:
        return _over_tcp(setting, question, query, answer, seconds)
    # Two tries share the time: one lost packet is not yet a dead server.
    for _try in range(2):
        reply = _exchange(setting, question, query, answer, seconds / 2, "udp")
        if isinstance(reply, dns.message.Message):
            if reply.flags & dns.flags.TC:
                return _over_tcp(setting, question, query, answer, seconds)
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


def _query(question: Question) -> dns.message.Message:
    query = dns.message.make_query(question.name, question.rtype)
    query.use_edns(0, 0, 1232)
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
    internet = dns.rdataclass.IN  # a server that refuses may leave the question out of its reply
    records: list[str] = []
    chain: list[str] = []
    ttl: int | None = None
    for _link in range(16):
        rrset = reply.get_rrset(reply.answer, name, internet, wanted)
        if rrset is not None:
            records = sorted(_shown(rdata) for rdata in list(rrset)[:MAX_RECORDS])
            ttl = rrset.ttl
            break
        alias = reply.get_rrset(reply.answer, name, internet, dns.rdatatype.CNAME)
        if alias is None:
            break
        ttl = alias.ttl
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
        ede=tuple(
            f"{int(option.code)} {shown(option.text or '', 120)}".strip()
            for option in reply.options
            if isinstance(option, dns.edns.EDEOption)
        ),
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


def _referral(reply: dns.message.Message) -> tuple[str, ...]:
    for rrset in reply.authority:
        if rrset.rdtype == dns.rdatatype.NS:
            return tuple(sorted(_host(rdata.target) for rdata in rrset))
    return ()


def _glue(reply: dns.message.Message) -> tuple[str, ...]:
    return tuple(
        sorted(
            f"{_host(rrset.name)} {rdata.address}"
            for rrset in reply.additional[:MAX_RECORDS]
            if rrset.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA)
            for rdata in rrset
        )[:MAX_RECORDS]
    )


def _shown(rdata: object) -> str:
    if isinstance(rdata, dns.rdtypes.ANY.TXT.TXT):
        return shown(b"".join(rdata.strings), 2000)
    if isinstance(rdata, dns.rdtypes.ANY.MX.MX):
        return f"{rdata.preference} {_host(rdata.exchange)}"
    return shown(str(rdata), 2000).removesuffix(".")


def _host(name: dns.name.Name) -> str:
    """A host name in lower case without the final dot; the root stays "."."""
    return shown(name.to_text(omit_final_dot=True).lower(), 255) if name != dns.name.root else "."
