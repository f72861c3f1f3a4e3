"""Short forms for what can be seen of promised encryption at the exchangers of the domain."""

import hashlib
from datetime import timedelta
from typing import Any

from mailwizard.model.seen.dns import Tlsa, TlsaRecord
from mailwizard.model.seen.door import Digests, SmtpDoor
from mailwizard.model.seen.network import Certificate, Endpoint, HttpReply
from tests.diagnosis import domain_builders as b

MX1, MX2 = "mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com"
HOSTS = (MX1, MX2)


def digest(name: str, length: int = 64) -> str:
    """A digest that stands for something of this name."""
    made = hashlib.sha512 if length == 128 else hashlib.sha256
    return made(name.encode()).hexdigest()


def certificate(
    name: str, *names: str, issuer: str = "CN=Known CA", days: int = 60, **more: Any
) -> Certificate:
    """A certificate that is good for some more days."""
    given: dict[str, Any] = {"not_before": b.NOW - timedelta(days=300), **more}
    return Certificate(
        subject=f"CN={name}",
        issuer=issuer,
        not_after=b.NOW + timedelta(days=days),
        names=names or (name,),
        sha256=digest(name),
        **given,
    )


def digests(name: str) -> Digests:
    """Those of a certificate of this name, and of its key."""
    return Digests(
        certificate_sha256=digest(name),
        certificate_sha512=digest(name, 128),
        key_sha256=digest(f"key of {name}"),
        key_sha512=digest(f"key of {name}", 128),
    )


def door(host: str = MX1, tls: str = "ok", *chain: Certificate, **more: Any) -> SmtpDoor:
    """A door that was spoken to under TLS; the chain is the host's own and an authority's."""
    shown = chain or (certificate(host), certificate("Known CA", issuer="CN=Root"))
    names = [one.subject.removeprefix("CN=") for one in shown]
    given: dict[str, Any] = {
        "starttls": True,
        "starttls_talk": "handshake",
        "tls": tls,
        "certificates": shown,
        "digests": tuple(digests(name) for name in names),
        **more,
    }
    return b.door(host, **given)


def bare(host: str = MX1) -> SmtpDoor:
    """A door without encryption."""
    return b.door(host, starttls=False)


def other_door(*, starttls: bool = True) -> SmtpDoor:
    """Somebody else's door, which offers encryption."""
    return b.door("mxbiz1.qq.com", None, None, None, whose="control", mail=None, starttls=starttls)


def web(tls: str = "ok", issuer: str = "CN=Web CA", **more: Any) -> HttpReply:
    """An unrelated web server over HTTPS."""
    given: dict[str, Any] = {
        "purpose": "https",
        "url": "https://www.baidu.com/",
        "address": "110.242.68.3",
        "outcome": "reply" if tls == "ok" else "tls",
        "tls": tls,
        "chain": (certificate("www.baidu.com", issuer=issuer),),
        "date": b.NOW,
        "local": b.NOW,
        **more,
    }
    return HttpReply(**given)


def elsewhere_imap(tls: str = "ok", issuer: str = "CN=Mail CA") -> Endpoint:
    """An unrelated mail server."""
    given: dict[str, Any] = {"role": "control", "service": "imap", "tls": tls}
    return Endpoint(
        host="imap.163.com",
        address="103.129.252.45",
        port=993,
        connect="connected",
        chain=(certificate("imap.163.com", issuer=issuer),),
        spoke=tls == "ok",
        **given,
    )


def record(usage: int, selector: int, matching: int, data: str) -> TlsaRecord:
    """A TLSA record."""
    return TlsaRecord(usage=usage, selector=selector, matching=matching, data=data)


def key_of(host: str) -> TlsaRecord:
    """The usual record: the SHA-256 digest of the server's own key."""
    return record(3, 1, 1, digest(f"key of {host}"))


def tlsa(host: str, *records: TlsaRecord, **more: Any) -> list[Tlsa]:
    """The same validated answer from two public resolvers."""
    given: dict[str, Any] = {
        "base": host,
        "via": "public",
        "status": "answer" if records else "nodata",
        "authenticated": True,
        "mx_authenticated": True,
        "host_authenticated": True,
        "discerning": True,
        **more,
    }
    return [Tlsa(host=host, server=server, records=records, **given) for server in b.PUBLIC]


def around(*doors: SmtpDoor) -> list[Any]:
    """Records in order, these doors, and encryption in order elsewhere."""
    good = [*b.control(), *b.public("MX", "answer", *b.GOOD), b.zone(1, "answer", *b.GOOD),
            *b.there(*HOSTS), b.registered(), b.signed_in()]  # fmt: skip
    return [*good, *(doors or (door(MX1), door(MX2))), other_door(), web(), elsewhere_imap()]
