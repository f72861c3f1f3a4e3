"""A network that is in order, as the probes see it, and faults that can be laid over it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from mailwizard.model.observation import Seen
from mailwizard.model.seen.dns import DnsAnswer, Status
from mailwizard.model.seen.network import (
    Certificate,
    Endpoint,
    GatewayReply,
    HttpReply,
    Interface,
    Link,
    SystemLookup,
)
from mailwizard.model.seen.user import Answer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOST = "imap.qiye.aliyun.com"
RIGHT = "203.0.113.10"
WRONG = "198.51.100.141"
GATEWAY = "10.66.0.1"
PUBLIC = ("223.5.5.5", "119.29.29.29", "114.114.114.114")


def certificate(
    name: str = HOST,
    issuer: str = "CN=Good CA,O=Trust Ltd",
    not_after: datetime = NOW + timedelta(days=90),
    not_before: datetime = NOW - timedelta(days=90),
) -> Certificate:
    return Certificate(
        subject=f"CN={name}",
        issuer=issuer,
        not_before=not_before,
        not_after=not_after,
        names=(name,),
    )


def web(host: str, **other: object) -> HttpReply:
    reply = HttpReply(
        purpose="https",
        url=f"https://{host}/",
        outcome="reply",
        address="198.51.100.140",
        status=200,
        date=NOW,
        local=NOW,
        tls="ok",
        chain=(certificate(host),),
        connect_ms=12.0,
    )
    return replace(reply, **other)  # type: ignore[arg-type]


def portal(host: str, **other: object) -> HttpReply:
    reply = HttpReply(
        purpose="portal",
        url=f"http://{host}/generate_204",
        outcome="reply",
        address="198.51.100.140",
        status=204,
        expected_status=204,
        date=NOW,
        local=NOW,
        connect_ms=11.0,
    )
    return replace(reply, **other)  # type: ignore[arg-type]


def imap(host: str = HOST, address: str = RIGHT, **other: object) -> Endpoint:
    endpoint = Endpoint(
        role="provider",
        service="imap",
        host=host,
        address=address,
        port=993,
        connect="connected",
        connect_ms=10.0,
        tls="ok",
        tls_ms=30.0,
        tls_version="TLSv1.3",
        chain=(certificate(host),),
        spoke=True,
        greeting="* OK ready",
    )
    return replace(endpoint, **other)  # type: ignore[arg-type]


def control(host: str, **other: object) -> Endpoint:
    return replace(imap(host, WRONG), role="control", **other)  # type: ignore[arg-type]


def failed(endpoint: Endpoint, connect: str) -> Endpoint:
    """The same endpoint without a connection."""
    return Endpoint(
        role=endpoint.role,
        service=endpoint.service,
        host=endpoint.host,
        address=endpoint.address,
        port=endpoint.port,
        connect=connect,  # type: ignore[arg-type]
    )


def no_tls(endpoint: Endpoint, tls: str, **other: object) -> Endpoint:
    """The same endpoint, connected, without verified TLS."""
    bare = replace(endpoint, tls=tls, tls_version="", chain=(), spoke=False, greeting="")  # type: ignore[arg-type]
    return replace(bare, **other)  # type: ignore[arg-type]


def answer(
    server: str,
    via: str = "public",
    about: str = "control",
    name: str = "www.baidu.com",
    status: Status = "answer",
    records: tuple[str, ...] = ("198.51.100.140",),
    rtype: str = "A",
) -> DnsAnswer:
    return DnsAnswer(
        via=via,  # type: ignore[arg-type]
        about=about,  # type: ignore[arg-type]
        server=server,
        name=name,
        rtype=rtype,
        status=status,
        records=records if status == "answer" else (),
    )


def _configured(server: str = GATEWAY) -> list[DnsAnswer]:
    return [
        answer(server, "configured"),
        answer(server, "configured", name="www.taobao.com"),
        answer(server, "configured", "random", "qwertyuiopasdfgh.com", "nxdomain"),
        answer(server, "configured", "provider", HOST, records=(RIGHT,)),
        answer(server, "configured", "provider", HOST, "nodata", rtype="AAAA"),
    ]


LINK = Link(
    interfaces=(Interface(name="eth0", addresses=("10.66.0.10",), kind="cable"),),
    gateway=GATEWAY,
    gateway_interface="eth0",
    resolvers=(GATEWAY,),
    pinned={},
    proxies={},
)
ALIVE = GatewayReply(address=GATEWAY, answered=True, how="ping", milliseconds=1.0)


@dataclass
class Scene:
    """What all network probes saw; a fault changes the parts that it would change."""

    link: Link | None = LINK
    gateway: GatewayReply | None = ALIVE
    configured: list[DnsAnswer] = field(default_factory=_configured)
    public: list[DnsAnswer] = field(
        default_factory=lambda: [
            *(answer(server) for server in PUBLIC),
            answer(PUBLIC[0], about="random", name="qwertyuiopasdfgh.com", status="nxdomain"),
            *(answer(s, about="provider", name=HOST, records=(RIGHT,)) for s in PUBLIC),
        ]
    )
    lookups: list[SystemLookup] = field(
        default_factory=lambda: [
            SystemLookup(host=HOST, outcome="answer", addresses=(RIGHT,)),
            SystemLookup(host="imap.qq.com", outcome="answer", addresses=(WRONG,)),
            SystemLookup(host="www.baidu.com", outcome="answer", addresses=("198.51.100.140",)),
        ]
    )
    portals: list[HttpReply] = field(
        default_factory=lambda: [portal("www.gstatic.com"), portal("connect.rom.miui.com")]
    )
    https: list[HttpReply] = field(
        default_factory=lambda: [
            web(h) for h in ("www.baidu.com", "www.taobao.com", "www.microsoft.com")
        ]
    )
    own: list[Endpoint] = field(default_factory=lambda: [imap()])
    controls: list[Endpoint] = field(
        default_factory=lambda: [control("imap.qq.com"), control("imap.163.com")]
    )
    others: list[Endpoint] = field(
        default_factory=lambda: [
            replace(imap("qiye.aliyun.com", "203.0.113.14"), role="web", service="https", port=443),
            replace(
                imap("smtp.qiye.aliyun.com", "203.0.113.13"),
                role="submission",
                service="submission",
                port=465,
                greeting="220 ready",
            ),
        ]
    )
    answers: list[Answer] = field(default_factory=list)

    def seen(self) -> list[tuple[str, Seen]]:
        """Everything, each with the probe that saw it."""
        one = [("link", self.link), ("gateway", self.gateway)]
        many = [
            ("resolvers", self.configured),
            ("public-resolvers", self.public),
            ("imap-server", self.lookups),
            ("portal", self.portals),
            ("https", self.https),
            ("imap-server", self.own),
            ("imap-control", self.controls),
            ("provider-web", self.others),
        ]
        user = [(f"user:{a.question}", a) for a in self.answers]
        return [
            *((probe, seen) for probe, seen in one if seen is not None),
            *((probe, seen) for probe, several in many for seen in several),
            *user,
        ]


def nothing_outside(scene: Scene, how: str = "timeout") -> None:
    """No packet comes back from outside this network; names cannot be looked up."""
    scene.public = [
        replace(a, status="timeout", records=()) for a in scene.public if a.about == "control"
    ]
    scene.configured = [replace(a, status="servfail", records=()) for a in scene.configured]
    scene.lookups = [SystemLookup(host=s.host, outcome="temporary") for s in scene.lookups]
    dead = {"tls": "", "chain": (), "status": None, "date": None, "connect_ms": None}
    scene.portals = [replace(r, outcome=how, **dead) for r in scene.portals]  # type: ignore[arg-type]
    scene.https = [replace(r, outcome=how, **dead) for r in scene.https]  # type: ignore[arg-type]
    scene.own = [failed(e, how) for e in scene.own]
    scene.controls = [failed(e, how) for e in scene.controls]
    scene.others = [failed(e, how) for e in scene.others]


def offline(scene: Scene) -> None:
    nothing_outside(scene, "unreachable")
    scene.gateway = None
    scene.link = Link(
        interfaces=(), gateway=None, gateway_interface=None, resolvers=(), pinned={}, proxies={}
    )


def gateway_down(scene: Scene) -> None:
    nothing_outside(scene)
    scene.configured = [replace(a, status="timeout", records=()) for a in scene.configured]
    scene.gateway = GatewayReply(address=GATEWAY, answered=False, how="")


def captive_portal(scene: Scene) -> None:
    kept = (scene.public, scene.configured, scene.lookups)
    nothing_outside(scene)
    scene.public, scene.configured, scene.lookups = kept
    scene.portals = [
        portal(host, status=302, location=f"http://{GATEWAY}:8080/login", date=NOW, address=WRONG)
        for host in ("www.gstatic.com", "connect.rom.miui.com")
    ]


def proxy_only(scene: Scene) -> None:
    assert scene.link is not None
    nothing_outside(scene)
    scene.link = replace(scene.link, proxies={"https": "http://proxy.office:8080"})


def resolver_down(scene: Scene) -> None:
    """The configured name server is dead; what public ones answer is used instead."""
    scene.configured = [replace(a, status="timeout", records=()) for a in scene.configured]
    scene.lookups = [SystemLookup(host=s.host, outcome="temporary") for s in scene.lookups]


def hijacked(scene: Scene) -> None:
    scene.configured = [
        replace(a, records=(WRONG,)) if a.about == "provider" and a.records else a
        for a in scene.configured
    ]
    scene.lookups[0] = SystemLookup(host=HOST, outcome="answer", addresses=(WRONG,))
    stranger = no_tls(imap(address=WRONG), "name", chain=(certificate("www.example.com"),))
    scene.own = [stranger, *scene.own]


def clock_wrong(scene: Scene, days: int = 400) -> None:
    """This computer's clock is far ahead: every certificate looks expired to it."""
    local = NOW + timedelta(days=days)
    scene.portals = [replace(r, local=local) for r in scene.portals]
    scene.https = [
        replace(r, outcome="tls", tls="expired", local=None, date=None, status=None)
        for r in scene.https
    ]
    for endpoints in (scene.own, scene.controls, scene.others):
        endpoints[:] = [
            no_tls(e, "expired", chain=e.chain) if e.tls == "ok" else e for e in endpoints
        ]


FORTINET = "CN=Fortinet_CA_SSL,O=Fortinet"


def intercepted(scene: Scene) -> None:
    chain = (certificate(issuer=FORTINET),)
    scene.https = [
        replace(r, outcome="tls", tls="untrusted", chain=chain, local=None, date=None, status=None)
        for r in scene.https
    ]
    for endpoints in (scene.own, scene.controls, scene.others):
        endpoints[:] = [
            no_tls(e, "untrusted", chain=chain) if e.connect == "connected" else e
            for e in endpoints
        ]


def port_blocked(scene: Scene) -> None:
    scene.own = [failed(e, "timeout") for e in scene.own]
    scene.controls = [failed(e, "timeout") for e in scene.controls]


def service_down(scene: Scene) -> None:
    scene.own = [failed(e, "refused") for e in scene.own]


def stalled(scene: Scene) -> None:
    scene.own = [no_tls(e, "timeout") for e in scene.own]


def expired(scene: Scene) -> None:
    chain = (certificate(not_after=NOW - timedelta(days=3)),)
    scene.own = [no_tls(e, "expired", chain=chain) for e in scene.own]


def unreachable(scene: Scene) -> None:
    scene.own = [failed(e, "timeout") for e in scene.own]
    scene.others = [failed(e, "timeout") for e in scene.others]


def slow(scene: Scene) -> None:
    scene.portals = [replace(r, connect_ms=810.0) for r in scene.portals]
    scene.https = [replace(r, connect_ms=820.0) for r in scene.https]
    for endpoints in (scene.own, scene.controls, scene.others):
        endpoints[:] = [replace(e, connect_ms=805.0) if e.connect_ms else e for e in endpoints]
