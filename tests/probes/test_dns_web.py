"""Registration and MTA-STS over HTTPS and WHOIS, against servers good and bad."""

import http.server
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date

import pytest

from mailwizard.model.case import Case
from mailwizard.model.seen.dns import MtaSts, Registration
from mailwizard.probes import registration
from mailwizard.probes.https_get import NoReply, https_get
from mailwizard.probes.mta_sts import mta_sts
from mailwizard.probes.setting import Skipped
from tests.certificates import Authority, self_signed
from tests.servers.resolver import resolver
from tests.servers.speakers import Talk, answers, endless, speaker
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

CASE = Case(me="zhangwei@mail.example.com", since=date(2026, 11, 9))
WEB, WHOIS, DNS = "192.0.2.80", "192.0.2.43", "192.0.2.53"
POLICY = b"version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 86400\n"
HOSTS = ("data.iana.org", "rdap.example", "mta-sts.mail.example.com")
BOOTSTRAP = json.dumps({"services": [[["com"], ["https://rdap.example/v1/"]]]}).encode()
FOUND = json.dumps({"objectClassName": "domain", "status": ["active"]}).encode()

Page = tuple[int, bytes, dict[str, str]]


@contextmanager
def web(authority: Authority, pages: Mapping[str, Page], *more_hosts: str) -> Iterator[int]:
    """An HTTPS server with these pages, under some names; gives its port."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body, headers = pages.get(self.path, (404, b"", {}))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = authority.issue(*HOSTS, *more_hosts).server_context()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_a: None  # type: ignore[method-assign,assignment]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def whois(replies: Mapping[str, bytes]) -> Iterator[int]:
    """A WHOIS server on loopback; gives its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                client, _address = server.accept()
            except OSError:
                return
            with client:
                query = client.recv(500).decode().strip()
                client.sendall(replies.get(query, b"No match\r\n"))

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(server.getsockname()[1])
    finally:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def world(authority: Authority) -> Iterator[LoopbackWorld]:
    def say(name: str, rtype: str, _cd: bool) -> str | list[str]:
        if rtype == "A" and name in HOSTS:
            return [WEB]
        if rtype == "A" and name.startswith("whois."):
            return [WHOIS]
        if (name, rtype) == ("_mta-sts.mail.example.com", "TXT"):
            return ['"v=STSv1; id=20261123"']
        return "NXDOMAIN"

    controls = replace(NO_CONTROLS, rdap_bootstrap="https://data.iana.org/rdap/dns.json")
    made = LoopbackWorld(authority=authority, controls=controls, resolvers=((DNS, 53),))
    with resolver(say) as port:
        made.lead(DNS, 53, ("127.0.0.1", port), "udp")
        yield made


def registrations(world: LoopbackWorld, case: Case = CASE) -> list[Registration]:
    """Runs the probe and gives what it recorded."""
    run = probe_run(world, case=case)
    registration.own(run.setting)
    return [o.seen for o in run.evidence.of(Registration)]


def test_rdap_one_label_up(world: LoopbackWorld, authority: Authority) -> None:
    pages: dict[str, Page] = {
        "/rdap/dns.json": (200, BOOTSTRAP, {}),
        "/v1/domain/example.com": (200, FOUND, {}),
    }
    with web(authority, pages) as port:
        world.lead(WEB, 443, ("127.0.0.1", port))
        seen = registrations(world)
    assert [(r.domain, r.outcome) for r in seen] == [
        ("mail.example.com", "not-found"), ("example.com", "found"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "outcome"),
    [((429, b"", {}), "refused"), ((500, b"", {}), "error"), ((200, b"<html>", {}), "error")],
)
def test_rdap_that_does_not_tell(
    world: LoopbackWorld, authority: Authority, page: Page, outcome: str
) -> None:
    pages: dict[str, Page] = {
        "/rdap/dns.json": (200, BOOTSTRAP, {}), "/v1/domain/mail.example.com": page,
    }  # fmt: skip
    with web(authority, pages) as port:
        world.lead(WEB, 443, ("127.0.0.1", port))
        seen = registrations(world)
    assert (seen[0].source, seen[0].outcome) == ("rdap", outcome)
    assert seen[-1].source == "whois"


def test_whois_where_there_is_no_rdap(world: LoopbackWorld, authority: Authority) -> None:
    replies = {
        "cn": b"whois: whois.cnnic.example\n",
        "acme.com.cn": "Domain Name: acme.com.cn\nSponsoring Registrar: 万网\n"
        "Expiration Time: 2027-05-01 12:00:00\n".encode("gb18030"),
    }
    case = Case(me="a@acme.com.cn", since=CASE.since)
    with web(authority, {"/rdap/dns.json": (200, BOOTSTRAP, {})}) as port, whois(replies) as asked:
        world.lead(WEB, 443, ("127.0.0.1", port))
        world.lead(WHOIS, 43, ("127.0.0.1", asked))
        (seen,) = registrations(world, case)
    assert (seen.source, seen.outcome, seen.registrar) == ("whois", "found", "万网")


def test_a_public_suffix_is_never_taken_for_the_companys_domain() -> None:
    assert registration.candidates("mail.acme.co.uk") == ["mail.acme.co.uk", "acme.co.uk"]
    # The Chinese registry tells an asker who comes again at once to wait.
    assert registration.candidates("mail.acme.com.cn") == ["acme.com.cn"]
    assert registration.candidates("mail.acme.gd.cn") == ["acme.gd.cn"]
    assert registration.candidates("mail.acme.cn") == ["acme.cn"]
    assert registration.candidates("mail.me.cn") == ["me.cn"]
    assert registration.candidates("a.b.c.d.e.f.acme.com")[1:] == [
        "e.f.acme.com", "f.acme.com", "acme.com",
    ]  # fmt: skip
    assert registration.candidates("acme.com") == ["acme.com"]


def test_nothing_answers(world: LoopbackWorld) -> None:
    seen = registrations(world)
    assert {r.outcome for r in seen} == {"error"}


def test_untrusted_server_is_not_believed(world: LoopbackWorld) -> None:
    stranger = Authority("Somebody else")
    with web(stranger, {"/rdap/dns.json": (200, BOOTSTRAP, {})}) as port:
        world.lead(WEB, 443, ("127.0.0.1", port))
        seen = registrations(world)
    assert seen[0].detail.startswith("tls")


def sts(world: LoopbackWorld, authority: Authority, page: Page) -> MtaSts:
    """What is recorded where the policy's place holds this page."""
    with web(authority, {"/.well-known/mta-sts.txt": page}) as port:
        world.lead(WEB, 443, ("127.0.0.1", port))
        run = probe_run(world, case=CASE)
        mta_sts(run.setting)
    (seen,) = run.evidence.of(MtaSts)
    return seen.seen


def test_policy(world: LoopbackWorld, authority: Authority) -> None:
    seen = sts(world, authority, (200, POLICY, {"Content-Type": "text/plain"}))
    assert (seen.fetch, seen.policy_id) == ("ok", "20261123")
    assert seen.policy is not None
    assert seen.policy.mx == ("mx1.example.com",)


@pytest.mark.parametrize(
    ("page", "fetch"),
    [
        ((404, b"", {}), "http-error"),
        ((301, b"", {"Location": "https://rdap.example/p"}), "http-error"),
        ((200, b"<html>", {}), "garbage"),
        ((200, POLICY + b"#" * 70_000, {}), "garbage"),
    ],
)
def test_no_policy(world: LoopbackWorld, authority: Authority, page: Page, fetch: str) -> None:
    assert sts(world, authority, page).fetch == fetch


def test_policy_of_an_untrusted_server(world: LoopbackWorld) -> None:
    assert sts(world, Authority("Somebody else"), (200, POLICY, {})).fetch == "tls"


def test_no_policy_published() -> None:
    world = LoopbackWorld(resolvers=((DNS, 53),))
    with resolver(lambda _name, _rtype, _cd: "NXDOMAIN") as port:
        world.lead(DNS, 53, ("127.0.0.1", port), "udp")
        run = probe_run(world, case=CASE)
        mta_sts(run.setting)
    (seen,) = run.evidence.of(MtaSts)
    assert (seen.seen.txt, seen.seen.fetch) == ("", "")


def test_no_resolver_no_word() -> None:
    run = probe_run(LoopbackWorld(), case=CASE)
    with pytest.raises(Skipped):
        mta_sts(run.setting)


def test_redirects_are_followed_to_a_limit(world: LoopbackWorld, authority: Authority) -> None:
    pages: dict[str, Page] = {
        "/a": (302, b"", {"Location": "https://rdap.example/b"}),
        "/b": (200, b"here", {}),
        "/loop": (302, b"", {"Location": "/loop"}),
        "/plain": (302, b"", {"Location": "http://rdap.example/b"}),
    }
    with web(authority, pages) as port:
        world.lead(WEB, 443, ("127.0.0.1", port))
        setting = probe_run(world).setting
        assert https_get(setting, "https://rdap.example/a", limit=100).body == b"here"
        for path in ("loop", "plain"):
            with pytest.raises(NoReply):
                https_get(setting, f"https://rdap.example/{path}", limit=100)


@pytest.mark.parametrize(
    "location",
    ["https://[", "//[::1", "https://rdap.example:99999/", "https:///", f"https://{'x' * 300}/",
     "https://rdap..example/", "https://rdap.example/a b", "/\u2028"],
)  # fmt: skip
def test_redirects_to_what_is_no_address(
    world: LoopbackWorld, authority: Authority, location: str
) -> None:
    reply = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
    with speaker(answers(reply), authority.issue("rdap.example").server_context()) as place:
        world.lead(WEB, 443, place)
        with pytest.raises(NoReply) as problem:
            https_get(probe_run(world).setting, "https://rdap.example/", limit=100)
    assert str(problem.value).isprintable()


@pytest.mark.parametrize(
    ("talk", "trouble"),
    [
        (endless(b"HTTP/1.1 100 Continue\r\n\r\n"), "timeout"),
        (endless(b"HTTP/1.1 200 OK\r\nX: y\r\n"), "garbage"),
        (answers(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nversion: STSv1"), "garbage"),
        (answers(b"HTTP/1.1 200 OK\r\nContent-Length: 1" + b"0" * 30 + b"\r\n\r\nx"), "garbage"),
        (answers(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\nx"), "garbage"),
    ],
)  # fmt: skip
def test_replies_without_end_and_cut_short(
    world: LoopbackWorld, authority: Authority, talk: Talk, trouble: str
) -> None:
    started = time.monotonic()
    with speaker(talk, authority.issue("rdap.example").server_context()) as place:
        world.lead(WEB, 443, place)
        setting = probe_run(world).setting
        with pytest.raises(NoReply) as problem:
            https_get(setting, "https://rdap.example/", limit=5000, seconds=0.4)
    assert problem.value.trouble == trouble
    assert time.monotonic() - started < 3


def test_self_signed_certificate_is_never_accepted(world: LoopbackWorld) -> None:
    context = self_signed("rdap.example").server_context()
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        client, _address = server.accept()
        with client, suppress(OSError):
            context.wrap_socket(client, server_side=True)

    threading.Thread(target=serve, daemon=True).start()
    world.lead(WEB, 443, ("127.0.0.1", server.getsockname()[1]))
    with pytest.raises(NoReply) as problem:
        https_get(probe_run(world).setting, "https://rdap.example/", limit=100)
    assert problem.value.trouble == "tls"
    server.close()
