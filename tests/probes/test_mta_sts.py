"""MTA-STS and TLS-RPT as a real name server and web servers of every kind give them."""

import http.server
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mailwizard.model.case import Case
from mailwizard.model.seen.dns import MtaSts, TlsReports
from mailwizard.probes.mta_sts import mta_sts
from mailwizard.probes.setting import Skipped
from tests.certificates import Authority, Issued, self_signed
from tests.servers.nsd import nsd, why_not
from tests.servers.resolver import resolver
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

CASE = Case(me="zhangwei@example.com", since=date(2026, 11, 9))
HOST, WEB, DNS = "mta-sts.example.com", "192.0.2.80", "192.0.2.53"
PATH = "/.well-known/mta-sts.txt"
POLICY = b"version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 86400\n"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
RECORD = '_mta-sts IN TXT "v=STSv1; id=20261123"\n'
WHERE = f"mta-sts IN A {WEB}\n"

needs_nsd = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@contextmanager
def web(
    issued: Issued, status: int = 200, body: bytes = POLICY, headers: Mapping[str, str] = PLAIN
) -> Iterator[int]:
    """An HTTPS server that gives one page at the policy's place; gives its port."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here = self.path == PATH and self.headers["Host"] == HOST
            self.send_response(status if here else 404)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body if here else b"")

        def log_message(self, *_arguments: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = issued.server_context().wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_a: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def named(records: str) -> Iterator[LoopbackWorld]:
    """A world whose resolver is NSD with example.com and these records."""
    zones = {"example.com": f"@ IN NS ns1\nns1 IN A 127.0.0.1\n{records}",
             "hoster.example": f'@ IN NS ns1.example.com.\nsts IN TXT "v=STSv1; id=7"\n'
             f"web IN A {WEB}\n"}  # fmt: skip
    with nsd(zones) as port:
        world = LoopbackWorld(controls=replace(NO_CONTROLS, resolvers=(DNS,)))
        for transport in ("udp", "tcp"):
            world.lead(DNS, 53, ("127.0.0.1", port), transport)
        yield world


def look(world: LoopbackWorld, seconds: float = 10.0) -> tuple[MtaSts, TlsReports]:
    """Runs the probe and gives what it recorded."""
    run = probe_run(world, case=CASE, seconds=seconds)
    mta_sts(run.setting)
    (rules,), (reports,) = run.evidence.of(MtaSts), run.evidence.of(TlsReports)
    return rules.seen, reports.seen


def fetched(authority: Authority, issued: Issued | None = None, **page: Any) -> MtaSts:
    """What is recorded where the record is in order and the web server gives this."""
    with named(RECORD + WHERE) as world, web(issued or authority.issue(HOST), **page) as port:
        world.authority = authority
        world.lead(WEB, 443, ("127.0.0.1", port))
        return look(world)[0]


@pytest.mark.system
@needs_nsd
def test_in_order(authority: Authority) -> None:
    seen = fetched(authority, headers={**PLAIN, "Last-Modified": "Mon, 23 Nov 2026 09:00:00 GMT"})
    assert (seen.fetch, seen.policy_id, seen.problem) == ("ok", "20261123", "")
    assert (seen.http_status, seen.media_type) == (200, "text/plain")
    assert seen.last_modified == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert seen.policy is not None
    assert (seen.policy.mode, seen.policy.mx) == ("enforce", ("mx1.example.com",))


@pytest.mark.system
@needs_nsd
@pytest.mark.parametrize(
    ("page", "fetch", "detail"),
    [
        ({"status": 301, "headers": {"Location": "https://x.example/\x1b"}}, "http-error",
         "HTTP 301"),
        ({"status": 404}, "http-error", "HTTP 404"),
        ({"body": POLICY + b"#" * 70_000}, "garbage", "more than 65536 octets"),
        ({"body": b"a" * 10_000_000}, "garbage", "more than 65536 octets"),
        ({"body": bytes(range(256)) * 20}, "garbage", "version"),
        ({"body": b"\xef\xbb\xbf" + POLICY}, "garbage", "byte-order-mark"),
        ({"body": POLICY.replace(b"enforce", b"enforced")}, "garbage", "mode"),
        ({"headers": {"Content-Type": "text/html"}}, "ok", ""),
        ({"headers": {"Last-Modified": "yesterday"}}, "ok", ""),
    ],
)  # fmt: skip
def test_odd_pages(authority: Authority, page: dict[str, Any], fetch: str, detail: str) -> None:
    seen = fetched(authority, **page)
    assert (seen.fetch, seen.detail) == (fetch, detail)
    assert "\x1b" not in seen.location


@pytest.mark.system
@needs_nsd
def test_certificates_that_are_refused(authority: Authority) -> None:
    past = datetime.now(UTC) - timedelta(days=2)
    expired = authority.issue(HOST, not_before=past - timedelta(days=9), not_after=past)
    for issued, fault in (
        (expired, "expired"),
        (authority.issue("www.example.com"), "name"),
        (self_signed(HOST), "self-signed"),
        (Authority("Somebody else").issue(HOST), "untrusted"),
    ):
        seen = fetched(authority, issued)
        assert (seen.fetch, seen.fetch_tls, seen.http_status) == ("tls", fault, None)


@pytest.mark.system
@needs_nsd
@pytest.mark.parametrize(
    ("records", "problem", "policy_id"),
    [
        ("", "", ""),
        ('_mta-sts IN TXT "v=STSv1; id=1"\n_mta-sts IN TXT "v=STSv1; id=2"\n', "several", ""),
        ('_mta-sts IN TXT "v=STSv1"\n', "no-id", ""),
        (f'_mta-sts IN TXT "v=STSv1; id={"9" * 40}"\n', "bad-id", ""),
        ('_mta-sts IN TXT "v=STSv1; id=1; \\000\\255\\027[2J"\n', "form", "1"),
        ('_mta-sts IN TXT "other"\n', "", ""),
    ],
)
def test_records_that_count_for_nothing(records: str, problem: str, policy_id: str) -> None:
    with named(records + WHERE) as world:
        seen, _reports = look(world)
    assert (seen.problem, seen.policy_id, seen.fetch) == (problem, policy_id, "")
    assert "\x1b" not in seen.txt
    assert not any(port == 443 for _address, port in world.connected)


@pytest.mark.system
@needs_nsd
def test_aliases_and_parts_are_followed(authority: Authority) -> None:
    records = ("_mta-sts IN CNAME sts.hoster.example.\nmta-sts IN CNAME web.hoster.example.\n"
               '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:tls@" "example.com,https://r.example/v1,'
               'ftp://x"\n')  # fmt: skip
    with named(records) as world, web(authority.issue(HOST)) as port:
        world.authority = authority
        world.lead(WEB, 443, ("127.0.0.1", port))
        seen, reports = look(world)
    assert (seen.alias, seen.policy_id, seen.fetch) == (("sts.hoster.example",), "7", "ok")
    assert reports.to == ("mailto:tls@example.com", "https://r.example/v1")


def say(name: str, rtype: str, _cd: bool) -> str | list[str] | None:
    """A resolver that follows aliases."""
    if (name, rtype) == ("_mta-sts.example.com", "TXT"):
        return ["CNAME sts.hoster.example", '"v=STSv1; id=7"']
    return [WEB] if (name, rtype) == (HOST, "A") else "NXDOMAIN"


def served(port: int) -> LoopbackWorld:
    """A world with this resolver."""
    world = LoopbackWorld(controls=replace(NO_CONTROLS, resolvers=(DNS,)))
    world.lead(DNS, 53, ("127.0.0.1", port), "udp")
    return world


def test_an_alias_at_a_hoster() -> None:
    with resolver(say) as port:
        seen, reports = look(served(port))
    assert (seen.alias, seen.policy_id) == (("sts.hoster.example",), "7")
    assert seen.fetch == "unreachable"
    assert (reports.txt, reports.to) == ("", ())


def test_no_address() -> None:
    def without(name: str, rtype: str, cd: bool) -> str | list[str] | None:
        return "NXDOMAIN" if name == HOST else say(name, rtype, cd)

    with resolver(without) as port:
        assert look(served(port))[0].fetch == "no-address"


def test_a_server_that_drips_ends(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailwizard.probes.mta_sts.FETCH_SECONDS", 0.4)
    listener = socket.create_server(("127.0.0.1", 0))
    context = authority.issue(HOST).server_context()

    def drip() -> None:
        with suppress(OSError):
            client, _address = listener.accept()
            with context.wrap_socket(client, server_side=True) as safe:
                safe.recv(4000)
                safe.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                while True:
                    safe.sendall(b"x")
                    time.sleep(0.05)  # the pace of the drops, not a wait

    threading.Thread(target=drip, daemon=True).start()
    with resolver(say) as port, listener:
        world = served(port)
        world.authority = authority
        world.lead(WEB, 443, ("127.0.0.1", int(listener.getsockname()[1])))
        started = time.monotonic()
        seen, _reports = look(world)
    assert seen.fetch == "timeout"
    assert time.monotonic() - started < 4


def test_nothing_answers() -> None:
    with resolver(lambda *_asked: "SERVFAIL") as port, pytest.raises(Skipped):
        look(served(port))


def test_reports_are_told_where_the_rule_is_not_known() -> None:
    def half(name: str, _rtype: str, _cd: bool) -> str | list[str] | None:
        record = '"v=TLSRPTv1;rua=mailto:a@b.example"'
        return [record] if name.startswith("_smtp.") else "SERVFAIL"

    with resolver(half) as port:
        run = probe_run(served(port), case=CASE)
        mta_sts(run.setting)
    assert [o.seen.to for o in run.evidence.of(TlsReports)] == [("mailto:a@b.example",)]
    assert not run.evidence.of(MtaSts)
