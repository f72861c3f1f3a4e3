"""Short forms for what the zone's servers, its parent and checking resolvers say."""

from datetime import timedelta
from typing import Any

from dns import dnssec, rdata

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import HttpReply
from tests.diagnosis import domain_builders as b

OLD = ("5 mxbiz1.qq.com", "10 mxbiz2.qq.com")
NS1, NS2, OLD_NS = "ns1.acme-trading.com", "ns2.acme-trading.com", "ns1.olddns.example"
# A zone's key, and the parent's word about it.
KEY = (
    "257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rA"
    "K9iUzy1L53eKGQ=="
)
_KEY = rdata.from_text("IN", "DNSKEY", KEY)
DS = dnssec.make_ds(f"{b.DOMAIN}.", _KEY, "SHA256").to_text()


def parent(*names: str, glue: tuple[str, ...] = (), ds: tuple[str, ...] | None = None) -> list[Any]:
    """What a server of com says of the delegation, and of DS where that was asked."""
    said = [
        b.dns("parent", "198.51.100.11", "NS", "nodata", referral=tuple(sorted(names)), glue=glue),
        b.dns("parent", "198.51.100.11", "NS", "nodata", referral=tuple(sorted(names)), glue=glue,
              transport="tcp"),
    ]  # fmt: skip
    if ds is not None:
        status: Any = "answer" if ds else "nodata"
        said.append(b.dns("parent", "198.51.100.11", "DS", status, *ds, authoritative=True))
    return said


def server(
    host: str, address: str, rtype: str, status: Any, *records: str, **more: Any
) -> DnsAnswer:
    """One answer of one server, with authority where it is definite."""
    given = {"authoritative": status in ("answer", "nodata", "nxdomain"), **more}
    return b.dns("authoritative", address, rtype, status, *records, server_name=host, **given)


def ns(name: str, address: str, *mx: str, named: tuple[str, ...] = (NS1, NS2)) -> list[Any]:
    """A healthy server that gives these MX records."""
    status: Any = "answer" if mx else "nodata"
    return [
        server(name, address, "MX", status, *mx),
        server(name, address, "MX", status, *mx, transport="tcp"),
        server(name, address, "NS", "answer", *named),
        server(name, address, "SOA", "answer", serial=1),
        server(name, address, "DNSKEY", "nodata"),
    ]


def both(*mx: str) -> list[Any]:
    """The two servers of the zone, in order."""
    return [*ns(NS1, "198.51.100.21", *mx), *ns(NS2, "198.51.100.22", *mx)]


def world(*mx: str, ds: tuple[str, ...] | None = ()) -> list[Any]:
    """Everybody says the same; the zone is not signed."""
    return [
        *b.control(),
        *b.public("MX", "answer", *mx),
        b.office("answer", *mx),
        *parent(NS1, NS2, ds=ds),
        *both(*mx),
        *b.there(*(record.split()[1] for record in mx), NS1, NS2),
        b.signed_in(),
    ]


def but(seen: list[Any], **gone: Any) -> list[Any]:
    """Without the answers that have these fields."""
    return [
        one
        for one in seen
        if not (
            isinstance(one, DnsAnswer)
            and all(getattr(one, name) == value for name, value in gone.items())
        )
    ]


def failing(**more: Any) -> list[Any]:
    """Both public resolvers refuse with checking and answer without."""
    return [
        *b.control(),
        *b.public("MX", "servfail", **more),
        *b.public("MX", "answer", *b.GOOD, checking_disabled=True),
    ]


def dated(ends: str, begins: str = "20261001000000") -> list[Any]:
    """A signed zone whose signatures end then."""
    signature = (f"MX 13 2 600 {ends} {begins} 2371 acme-trading.com",)
    return [
        *parent(NS1, NS2, ds=(DS,)),
        server(NS1, "198.51.100.21", "MX", "answer", *b.GOOD, signatures=signature),
        server(NS1, "198.51.100.21", "DNSKEY", "answer", KEY),
    ]


def clock(ahead: timedelta = timedelta()) -> HttpReply:
    """A web server that tells the time; this computer's clock is ahead."""
    return HttpReply(purpose="https", url="https://www.baidu.com/", outcome="reply", tls="ok",
                     date=b.NOW - ahead, local=b.NOW)  # fmt: skip
