"""Registries asked over RDAP and WHOIS, against servers good, bad and unusual on loopback."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mailwizard.model.case import Case
from mailwizard.model.seen.dns import Registration
from mailwizard.probes import registration, whois
from mailwizard.probes.setting import Stopped
from tests.certificates import Authority
from tests.probes.test_dns_web import HOSTS, Page, web
from tests.servers.resolver import resolver
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

WEB, DNS = "192.0.2.80", "192.0.2.53"
WHOIS, DEAD = "192.0.2.43", "2001:db8::43"
SINCE = date(2026, 11, 9)
BOOTSTRAP = "/rdap/dns.json"
CN = """Domain Name: 例子.cn
ROID: 20200501s10001s00000001-cn
Domain Status: clientHold
Registrant: 例子贸易有限公司
Sponsoring Registrar: 阿里云计算有限公司（万网）
Name Server: dns1.hichina.com
Name Server: dns2.hichina.com
Registration Time: 2020-05-01 12:00:00
Expiration Time: 2027-05-01 12:00:00
DNSSEC: unsigned
"""

Serve = Callable[[socket.socket, str], None]


@contextmanager
def whois_server(serve: Serve) -> Iterator[int]:
    """A server that does with each question what the test says; gives its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def one(client: socket.socket) -> None:
        with client, suppress(OSError):
            serve(client, client.recv(500).decode("ascii", "replace").strip())

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _address = server.accept()
                threading.Thread(target=one, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield int(server.getsockname()[1])
    finally:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()


def saying(**replies: str | bytes) -> Serve:
    """IANA refers to a registry's server, which gives these replies by name (dots as ``__``)."""
    texts = {name.replace("__", "."): reply for name, reply in replies.items()}

    def serve(client: socket.socket, query: str) -> None:
        if "." not in query:
            client.sendall(b"whois: whois.registry.example\r\n")
            return
        reply = texts.get(query, "No matching record.\r\n")
        client.sendall(reply if isinstance(reply, bytes) else reply.encode())

    return serve


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def world(authority: Authority) -> Iterator[LoopbackWorld]:
    def say(name: str, rtype: str, _cd: bool) -> str | list[str]:
        if rtype == "A" and name in HOSTS:
            return [WEB]
        if name.startswith("whois."):
            return [WHOIS] if rtype == "A" else [DEAD]
        return "NXDOMAIN"

    controls = replace(NO_CONTROLS, rdap_bootstrap=f"https://data.iana.org{BOOTSTRAP}")
    made = LoopbackWorld(authority=authority, controls=controls, resolvers=((DNS, 53),))
    with resolver(say) as port:
        made.lead(DNS, 53, ("127.0.0.1", port), "udp")
        yield made


def look(world: LoopbackWorld, me: str, seconds: float = 12.0) -> list[Registration]:
    """Runs the probe for an address and gives what it recorded, also where its time was over."""
    run = probe_run(world, case=Case(me=me, since=SINCE), seconds=seconds)
    with suppress(Stopped):
        registration.own(run.setting)
    return [o.seen for o in run.evidence.of(Registration)]


def over_whois(world: LoopbackWorld, me: str, serve: Serve) -> list[Registration]:
    """The same where no RDAP is known."""
    world.controls = replace(world.controls, rdap_bootstrap="")
    with whois_server(serve) as port:
        world.lead(WHOIS, 43, ("127.0.0.1", port))
        return look(world, me)


def over_rdap(
    world: LoopbackWorld, authority: Authority, pages: Mapping[str, Page], me: str
) -> list[Registration]:
    """The same where the registry has two RDAP servers, and no WHOIS answers."""
    services = [[["com"], ["https://rdap.example/v1/", "https://mta-sts.mail.example.com/v2"]]]
    bootstrap = json.dumps({"services": services}).encode()
    with web(authority, {BOOTSTRAP: (200, bootstrap, {}), **pages}) as port:
        world.lead(WEB, 443, ("127.0.0.1", port))
        return look(world, me)


def domain_object(name: str, **more: object) -> bytes:
    return json.dumps({"objectClassName": "domain", "ldhName": name, **more}).encode()


GOOD = domain_object("acme.com", status=["active"], nameservers=[{"ldhName": "NS1.Acme.COM."}])


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_chinese_registry(world: LoopbackWorld, charset: str) -> None:
    text = CN.replace("例子.cn", "acme.com.cn").encode(charset)
    (seen,) = over_whois(world, "a@mail.acme.com.cn", saying(acme__com__cn=text))
    assert (seen.domain, seen.source, seen.outcome) == ("acme.com.cn", "whois", "found")
    assert seen.status == ("client hold",)
    assert seen.registrar == "阿里云计算有限公司（万网）"
    assert seen.name_servers == ("dns1.hichina.com", "dns2.hichina.com")
    assert seen.expires == datetime(2027, 5, 1, 4, tzinfo=UTC)


def test_an_international_name_is_asked_for_in_ascii(world: LoopbackWorld) -> None:
    asked: list[str] = []
    answer = saying(**{"xn--fsqu00a.cn": CN})

    def serve(client: socket.socket, query: str) -> None:
        asked.append(query)
        answer(client, query)

    (seen,) = over_whois(world, "a@例子.cn", serve)
    assert asked == ["cn", "xn--fsqu00a.cn"]
    assert (seen.domain, seen.outcome) == ("xn--fsqu00a.cn", "found")


def test_not_registered(world: LoopbackWorld) -> None:
    (seen,) = over_whois(world, "a@acme.cn", saying())
    assert (seen.domain, seen.outcome) == ("acme.cn", "not-found")


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("Queried interval is too short.\r\n", "refused"),
        ("% Query rate limit exceeded, try again later\r\n", "refused"),
        ("Your IP address has been blacklisted.", "refused"),
        ("", "error"),
        ("<html><body>hello</body></html>", "error"),
        (b"\xff\xfe\x00\x81" * 2000, "error"),
        ("Domain Name: other.cn\r\nExpiration Time: 2020-01-01 00:00:00\r\n", "error"),
        ("No matching record.\r\n\x1b[31m", "not-found"),
    ],
)
def test_whois_that_does_not_tell(world: LoopbackWorld, reply: str | bytes, outcome: str) -> None:
    (seen,) = over_whois(world, "a@acme.cn", saying(acme__cn=reply))
    assert (seen.outcome, seen.expires) == (outcome, None)
    assert "\x1b" not in seen.detail
    assert len(seen.detail) <= 120


def test_endless_whois_ends(world: LoopbackWorld) -> None:
    def serve(client: socket.socket, query: str) -> None:
        if "." not in query:
            client.sendall(b"refer: whois.registry.example\r\n")
            return
        client.sendall(b"Domain Name: acme.cn\r\nRegistrar: Long\r\n")
        while True:
            client.sendall(b"Name Server: ns1.acme.cn\r\n" * 500)

    (seen,) = over_whois(world, "a@acme.cn", serve)
    assert (seen.outcome, seen.registrar, seen.name_servers) == ("found", "Long", ("ns1.acme.cn",))


def test_silent_whois_is_waited_for_only_so_long(
    world: LoopbackWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whois, "WAIT_SECONDS", 0.2)
    done = threading.Event()

    def serve(_client: socket.socket, _query: str) -> None:
        done.wait(10)

    started = time.monotonic()
    (seen,) = over_whois(world, "a@acme.cn", serve)
    done.set()
    assert seen.outcome == "timeout"
    assert time.monotonic() - started < 4


def test_dripping_whois_ends_too(world: LoopbackWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whois, "WAIT_SECONDS", 0.2)
    done = threading.Event()

    def serve(client: socket.socket, _query: str) -> None:
        while not done.wait(0.05):
            client.sendall(b"%")

    (seen,) = over_whois(world, "a@acme.cn", serve)
    done.set()
    assert seen.outcome == "timeout"


def test_no_whois_service_for_the_ending(world: LoopbackWorld) -> None:
    def serve(client: socket.socket, _query: str) -> None:
        client.sendall(b"% no such TLD\r\n")

    (seen,) = over_whois(world, "a@acme.zz", serve)
    assert (seen.source, seen.outcome) == ("whois", "no-service")


def test_rdap_names_the_servers_as_the_dns_does(world: LoopbackWorld, authority: Authority) -> None:
    (seen,) = over_rdap(world, authority, {"/v1/domain/acme.com": (200, GOOD, {})}, "a@acme.com")
    assert seen.name_servers == ("ns1.acme.com",)


@pytest.mark.parametrize(
    "first",
    [
        (503, b"busy", {}),
        (429, b"", {"Retry-After": "60"}),
        (200, b"<html>welcome</html>", {"Content-Type": "text/html"}),
        (302, b"", {"Location": "https://rdap.example/v1/domain/acme.com"}),
        (302, b"", {"Location": "http://rdap.example/plain"}),
        (302, b"", {"Location": "https://rdap.example:99999/"}),
        (302, b"", {"Location": "https://[bad/"}),
        (200, b"[" * 100_000, {}),
        (200, b'{"a":' * 50_000, {}),
        (200, domain_object("acme.com", notices="x" * 400_000), {}),
        (200, domain_object("somebody-else.com", status=["redemption period"]), {}),
    ],
    ids=[
        "503",
        "429",
        "html",
        "loop",
        "plain",
        "port",
        "bracket",
        "nested",
        "cut",
        "large",
        "other",
    ],
)
def test_the_second_server_is_asked(
    world: LoopbackWorld, authority: Authority, first: Page
) -> None:
    pages = {"/v1/domain/acme.com": first, "/v2/domain/acme.com": (200, GOOD, {})}
    (seen,) = over_rdap(world, authority, pages, "a@acme.com")
    assert (seen.source, seen.outcome, seen.status) == ("rdap", "found", ("active",))


def test_a_redirect_of_the_registry_is_followed(world: LoopbackWorld, authority: Authority) -> None:
    pages: dict[str, Page] = {
        "/v1/domain/acme.com": (307, b"", {"Location": "/registrar/acme.com"}),
        "/registrar/acme.com": (200, GOOD, {}),
    }
    (seen,) = over_rdap(world, authority, pages, "a@acme.com")
    assert seen.outcome == "found"


def test_refused_everywhere_is_no_word(world: LoopbackWorld, authority: Authority) -> None:
    pages: dict[str, Page] = {f"/v{n}/domain/acme.com": (429, b"", {}) for n in (1, 2)}
    seen = over_rdap(world, authority, pages, "a@acme.com")
    assert [(r.source, r.outcome) for r in seen] == [("rdap", "refused"), ("whois", "error")]


def test_the_company_is_found_above_its_mail_domain(
    world: LoopbackWorld, authority: Authority
) -> None:
    pages: dict[str, Page] = {
        "/v1/domain/mail.acme.com": (200, GOOD, {}),  # some registries answer for the name above
        "/v2/domain/mail.acme.com": (404, b"", {}),
    }
    (seen,) = over_rdap(world, authority, pages, "a@mail.acme.com")
    assert (seen.domain, seen.outcome) == ("acme.com", "found")


def test_bootstrap_that_is_too_large_or_no_json(world: LoopbackWorld, authority: Authority) -> None:
    for body in (b"x" * (1 << 20) + b"x", b"<html>", b'{"services": 7}'):
        with web(authority, {BOOTSTRAP: (200, body, {})}) as port:
            world.lead(WEB, 443, ("127.0.0.1", port))
            seen = look(world, "a@acme.com")
        assert {r.outcome for r in seen} == {"error"}
