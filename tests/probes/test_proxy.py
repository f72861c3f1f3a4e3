"""Proxies that let through, refuse, want a sign-in, answer HTML or garbage, drip, or are gone."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from mailwizard.engine.proxy_file import of_mac, without_user
from mailwizard.model.seen.line import ProxyConnect
from mailwizard.probes import proxy
from mailwizard.probes.proxy import place_of
from mailwizard.probes.setting import Skipped
from tests.certificates import Authority
from tests.servers.speakers import Talk, answers, endless, resets, says, silent, speaker
from tests.worlds import NO_CONTROLS, NO_LINK, LoopbackWorld, probe_run

HOST, WEB, OTHER = "imap.example.com", "www.control.example", "imap.control.example"
PROXY, ADDRESS = "proxy.office", "10.66.0.8"
ROOT = Authority()
GOOD = ROOT.issue(HOST, WEB, OTHER)
OFFICE = replace(NO_LINK, proxies={"https": f"http://{PROXY}:8080", "http": f"http://{PROXY}:80"})


def asked(talk: Talk, seconds: float = 9, **other: object) -> dict[str, ProxyConnect]:
    """What the probe sees of a proxy, by role."""
    world = LoopbackWorld(
        authority=ROOT,
        controls=replace(NO_CONTROLS, https=(WEB,), imap=(OTHER,)),
        hosts={PROXY: [ADDRESS]},
        **other,  # type: ignore[arg-type]
    )
    with speaker(talk) as place:
        world.lead(ADDRESS, 8080, place)
        run = probe_run(world, seconds=seconds)
        run.setting.record(OFFICE)
        proxy.proxy(run.setting)
    assert set(world.connected) == {(ADDRESS, 8080)}
    return {o.role: o for o in run.seen(ProxyConnect) if isinstance(o, ProxyConnect)}


def gate(answer: Callable[[str, int], bytes]) -> Talk:
    """A proxy: ``answer`` gives its reply for a host and port; behind a 200 is TLS."""

    def talk(connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            more = connection.recv(4096)
            if not more:
                return
            request += more
        method, target, _version = request.split(b"\r\n")[0].split(b" ")
        assert method == b"CONNECT"
        assert b"authorization" not in request.lower()
        host, _colon, port = target.decode().rpartition(":")
        reply = answer(host, int(port))
        connection.sendall(reply)
        if b" 200 " in reply:
            with contextlib.suppress(OSError):
                GOOD.server_context().wrap_socket(connection, server_side=True).recv(16)

    return talk


OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"
DENIED = b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n<html>\x1b[31mnot here</html>"
SIGN_IN = (
    b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: NTLM\r\n"
    b'Proxy-Authenticate: Basic realm="\x1b[2J"\r\nContent-Length: 0\r\n\r\n'
)


def test_an_open_proxy_is_seen_up_to_the_target_s_tls() -> None:
    seen = asked(gate(lambda _host, _port: OPEN))
    assert set(seen) == {"web", "control", "provider"}
    assert all((o.outcome, o.status, o.tls) == ("reply", 200, "ok") for o in seen.values())
    own = seen["provider"]
    assert (own.proxy, own.host, own.port) == (f"{PROXY}:8080", HOST, 993)
    assert own.milliseconds is not None


def test_a_proxy_that_refuses_mail() -> None:
    seen = asked(gate(lambda _host, port: OPEN if port == 443 else DENIED))
    assert (seen["web"].status, seen["web"].tls) == (200, "ok")
    own = seen["provider"]
    assert (own.status, own.reason, own.tls) == (403, "Forbidden", "")
    assert own.body.startswith("<html>")
    assert "\x1b" not in own.body


def test_a_proxy_that_wants_a_sign_in_gets_none() -> None:
    seen = asked(gate(lambda _host, _port: SIGN_IN))
    assert {o.status for o in seen.values()} == {407}
    assert seen["web"].wants == ("NTLM", "Basic")


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_a_reason_in_another_script_is_read(charset: str) -> None:
    reply = "HTTP/1.1 403 禁止访问\n\n".encode(charset)
    assert asked(gate(lambda _host, _port: reply))["provider"].reason == "禁止访问"


def test_empty_lines_after_the_headers_are_no_answer_of_its_own() -> None:
    seen = asked(answers(b"HTTP/1.1 200 OK\r\n\r\n\r\n"))["provider"]
    assert (seen.body, seen.opened) == ("", True)


def test_a_proxy_that_answers_a_page_lets_nobody_through() -> None:
    page = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Welcome</html>"
    seen = asked(answers(page))["provider"]
    assert (seen.outcome, seen.status, seen.tls) == ("reply", 200, "")
    assert seen.body == "<html>Welcome</html>"


@pytest.mark.parametrize(
    ("talk", "outcome"),
    [
        (says(b"SSH-2.0-OpenSSH\r\n", then_wait=True), "garbage"),
        (says(b"\x00\xff\xfe\x1b]0;x\x07binary", then_wait=True), "garbage"),
        (endless(b"x" * 4096), "garbage"),
        (endless(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 4000), "garbage"),
        (says(), "closed"),
        (resets, "closed"),
        (silent, "silent"),
        (says(b"HTTP/1.1 200 Connection est", then_wait=True), "silent"),
        (says(b"HTTP/1.1 200 OK\r\nVia: box\r\n", then_wait=True), "silent"),
        (answers(b"HTTP/1.1 20x Odd\r\n\r\n"), "garbage"),
    ],
)
def test_odd_proxies(talk: Talk, outcome: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy, "REPLY_SECONDS", 0.3)
    started = time.monotonic()
    seen = asked(talk)["provider"]
    assert (seen.outcome, seen.status, seen.tls) == (outcome, None, "")
    assert len(seen.body) <= 200
    assert "\x1b" not in seen.body
    assert time.monotonic() - started < 3


def test_a_proxy_that_drips_does_not_hold_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy, "REPLY_SECONDS", 0.3)

    def drip(connection: socket.socket) -> None:
        for octet in b"HTTP/1.1 200 OK\r\n" + b"X" * 4000:
            connection.sendall(bytes((octet,)))
            threading.Event().wait(0.02)

    assert asked(drip)["provider"].outcome == "silent"


@pytest.mark.parametrize(
    ("fault", "outcome"), [(ConnectionRefusedError(), "refused"), (TimeoutError(), "timeout")]
)
def test_a_proxy_that_is_not_there(fault: OSError, outcome: str) -> None:
    seen = asked(silent, faults={(ADDRESS, 8080): fault})
    assert {o.outcome for o in seen.values()} == {outcome}


def test_a_proxy_whose_name_nobody_knows() -> None:
    run = probe_run(LoopbackWorld())
    run.setting.record(OFFICE)
    proxy.proxy(run.setting)
    (seen,) = run.seen(ProxyConnect)
    assert isinstance(seen, ProxyConnect)
    assert (seen.role, seen.outcome) == ("provider", "no-address")


def test_without_a_proxy_there_is_nothing_to_ask() -> None:
    run = probe_run(LoopbackWorld())
    run.setting.record(NO_LINK)
    with pytest.raises(Skipped, match="no-proxy"):
        proxy.proxy(run.setting)


@pytest.mark.parametrize(
    ("proxies", "place"),
    [
        ({}, None),
        ({"https": "http://p:3128", "http": "http://q:1"}, ("p", 3128)),
        ({"http": "http://q"}, ("q", 80)),
        ({"all": "socks5://p:1080", "http": "http://[2001:db8::1]:8080"}, ("2001:db8::1", 8080)),
        ({"https": "http://p:99999999"}, None),
        ({"https": "socks5://p:1080"}, None),
        ({"https": "http://[bad"}, None),
    ],
)
def test_which_proxy_is_asked(proxies: dict[str, str], place: tuple[str, int] | None) -> None:
    assert place_of(proxies) == place


def test_the_proxy_file_that_macos_tells() -> None:
    told = (
        "<dictionary> {\n  HTTPEnable : 0\n  ProxyAutoConfigEnable : 1\n"
        "  ProxyAutoConfigURLString : http://wpad.office/proxy.pac\n}\n"
    )
    assert of_mac(told) == "http://wpad.office/proxy.pac"
    assert of_mac(told.replace("Enable : 1", "Enable : 0")) == ""
    assert of_mac("") == ""


def test_a_proxy_file_s_url_is_kept_without_secrets() -> None:
    assert without_user("http://me:pw@wpad.office/p.pac?key=1") == "http://wpad.office/p.pac"
    assert without_user("no url") == ""
