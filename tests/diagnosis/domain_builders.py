"""Short forms for what can be seen of the user's domain acme-trading.com."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.dns import DnsAnswer, MtaSts, Registration, Status, StsPolicy
from mailwizard.model.seen.door import RcptReply, SmtpDoor, SmtpReply
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.providers.load import provider

DOMAIN = "acme-trading.com"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PUBLIC = ("223.5.5.5", "8.8.8.8")
GOOD = ("5 mx1.qiye.aliyun.com", "10 mx2.qiye.aliyun.com")
Via = Literal["configured", "public", "authoritative", "parent"]


def dns(
    via: Via,
    server: str,
    rtype: str,
    status: Status,
    *records: str,
    name: str = DOMAIN,
    **more: Any,
) -> DnsAnswer:
    """One answer about the user's domain."""
    return DnsAnswer(
        via=via,
        about="own",
        server=server,
        name=name,
        rtype=rtype,
        status=status,
        records=records,
        **more,
    )


def control(*servers: str) -> list[DnsAnswer]:
    """Public resolvers that answer for a name that everybody has."""
    return [
        DnsAnswer(
            via="public",
            about="control",
            server=server,
            name="www.baidu.com",
            rtype="A",
            status="answer",
            records=("110.242.68.3",),
        )
        for server in servers or PUBLIC
    ]


def public(rtype: str, status: Status, *records: str, **more: Any) -> list[DnsAnswer]:
    """The same answer from both public resolvers."""
    return [dns("public", server, rtype, status, *records, **more) for server in PUBLIC]


def office(status: Status, *records: str, **more: Any) -> DnsAnswer:
    """The MX answer of this network's resolver."""
    return dns("configured", "10.66.0.1", "MX", status, *records, **more)


def zone(number: int, status: Status, *records: str, **more: Any) -> DnsAnswer:
    """The MX answer of the zone's own server ns1, ns2 …"""
    given = {"authoritative": status in ("answer", "nodata", "nxdomain"), **more}
    return dns(
        "authoritative",
        f"198.51.100.2{number}",
        "MX",
        status,
        *records,
        server_name=f"ns{number}.{DOMAIN}",
        **given,
    )


def there(*hosts: str) -> list[DnsAnswer]:
    """Hosts that have an address."""
    return [dns("public", PUBLIC[0], "A", "answer", "203.0.113.11", name=host) for host in hosts]


def absent(*hosts: str) -> list[DnsAnswer]:
    """Hosts that have none."""
    return [
        answer
        for host in hosts
        for rtype in ("A", "AAAA")
        for answer in public(rtype, "nxdomain", name=host)
    ]


def registered(*status: str, days: int | None = 200, **more: Any) -> Registration:
    """A registration that runs out in some days."""
    return Registration(
        domain=DOMAIN,
        source="rdap",
        about="own",
        outcome="found",
        status=status or ("active",),
        expires=None if days is None else NOW + timedelta(days=days),
        registrar="HiChina",
        **more,
    )


def reply(code: int, text: str, enhanced: str = "") -> SmtpReply:
    """An SMTP reply."""
    return SmtpReply(code=code, enhanced=enhanced, text=text)


OK = reply(250, "Ok", "2.1.5")
NOBODY = reply(550, "Recipient address rejected: User unknown in virtual mailbox table", "5.1.1")


def door(
    host: str = "mx1.qiye.aliyun.com",
    user: SmtpReply | None = OK,
    postmaster: SmtpReply | None = OK,
    random: SmtpReply | None = NOBODY,
    **more: Any,
) -> SmtpDoor:
    """An open door that was asked for three recipients."""
    asked = (("user", user), ("postmaster", postmaster), ("random", random))
    rcpt = tuple(RcptReply(who=who, reply=said) for who, said in asked if said)  # type: ignore[arg-type]
    given: dict[str, Any] = {
        "whose": "own",
        "address": "203.0.113.11",
        "connect": "connected",
        "stage": "rcpt" if rcpt else "ehlo",
        "banner": reply(220, f"{host} ESMTP"),
        "ehlo": reply(250, host),
        "size_limit": 62914560,
        "mail": OK,
        "rcpt": rcpt,
        **more,
    }
    return SmtpDoor(host=host, **given)


def shut(host: str, connect: str, whose: str = "own") -> SmtpDoor:
    """A door that could not be reached."""
    given: dict[str, Any] = {"whose": whose, "connect": connect}
    return SmtpDoor(host=host, address="203.0.113.11", **given)


def other_door(connect: str = "connected") -> SmtpDoor:
    """Somebody else's door."""
    if connect != "connected":
        return shut("mxbiz1.qq.com", connect, "control")
    return door("mxbiz1.qq.com", None, None, None, whose="control", mail=None)


def signed_in(host: str = "imap.qiye.aliyun.com") -> SignIn:
    """The user's password worked there."""
    return SignIn(host=host, port=993, outcome="ok")


def policy(mode: str, *mx: str) -> MtaSts:
    """An MTA-STS policy as fetched."""
    return MtaSts(
        domain=DOMAIN,
        txt="v=STSv1; id=1",
        policy_id="1",
        fetch="ok",
        policy=StsPolicy(mode=mode, mx=mx, max_age=86400),
    )


def healthy() -> list[Any]:
    """Everything in order."""
    return [
        *control(),
        *public("MX", "answer", *GOOD),
        office("answer", *GOOD),
        zone(1, "answer", *GOOD),
        zone(2, "answer", *GOOD),
        *there("mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com"),
        registered(),
        door("mx1.qiye.aliyun.com"),
        door("mx2.qiye.aliyun.com"),
        other_door(),
        MtaSts(domain=DOMAIN, txt=""),
        signed_in(),
    ]


def situation(
    seen: Iterable[Any], by: str = "srv", provider_id: str = "alimail", **case: Any
) -> Situation:
    """A situation in which just this was seen."""
    evidence = Evidence()
    for number, one in enumerate(seen):
        evidence.add(_probe(one), one, at=NOW + timedelta(milliseconds=number), seconds=0.1)
    about = Case(
        **{"me": f"zhangwei@{DOMAIN}", "sender": "hans@customer.de", "since": date(2026, 11, 9)}
        | case
    )
    return Situation(about, evidence, provider(provider_id), by)


def _probe(one: Any) -> str:
    return f"test:{type(one).__name__}"
