"""The demo's world: loopback or nowhere, certificates as the scenario has them, quick to start."""

import socket
import ssl
import threading
import time
from dataclasses import replace

import pytest

from mailwizard.demo import hosts
from mailwizard.demo.scenarios import SCENARIOS
from mailwizard.demo.start import Demo, NoSuchScenario, start
from mailwizard.probes.setting import World

IMAP = hosts.HOSTS[hosts.IMAP]


@pytest.mark.parametrize("scenario", [scenario.id for scenario in SCENARIOS])
def test_every_way_ends_on_loopback(scenario: str) -> None:
    with start(scenario) as demo:
        world: World = demo.world
        for address, port, transport in demo.world.table:
            try:
                endpoint = world.route(address, port, transport)
            except OSError:
                continue
            assert endpoint[0] == "127.0.0.1"


def test_an_unknown_address_is_unreachable_and_an_unknown_port_refused() -> None:
    with start("never-sent") as demo:
        with pytest.raises(OSError, match="unreachable"):
            demo.world.connect("192.0.2.1", 443, 1)
        with pytest.raises(OSError, match="unreachable"):
            demo.world.route("192.0.2.1", 53, "udp")
        with pytest.raises(ConnectionRefusedError):
            demo.world.connect(IMAP, 143, 1)


def test_dropped_packets_end_in_a_timeout() -> None:
    with start("port-993-blocked") as demo:
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            demo.world.connect(IMAP, 993, 0.1)
        assert 0.1 <= time.monotonic() - began < 1
        demo.world.connect(hosts.HOSTS[hosts.WEBMAIL], 443, 1).close()


def test_a_silent_resolver_times_out_and_others_answer() -> None:
    with start("dns-down") as demo:
        with pytest.raises(TimeoutError):
            demo.world.addresses(hosts.IMAP, 0.1)
        assert demo.world.route("223.5.5.5", 53, "udp") != demo.world.void


def test_names_as_getaddrinfo_gives_them() -> None:
    with start("never-sent") as demo:
        assert demo.world.addresses("imap.acme-trading.com", 1) == [IMAP]
        assert demo.world.addresses("203.0.113.9", 1) == ["203.0.113.9"]
        for host in ("nowhere.acme-trading.com", "_imaps._tcp.acme-trading.com"):
            with pytest.raises(socket.gaierror) as raised:
                demo.world.addresses(host, 1)
            assert raised.value.errno == socket.EAI_NONAME
    with start("gateway-down") as cut, pytest.raises(socket.gaierror) as raised:
        cut.world.addresses(hosts.IMAP, 1)
    assert raised.value.errno == socket.EAI_AGAIN


def shake_hands(demo: Demo, host: str, port: int) -> str:
    """The issuer's name, or OpenSSL's reason for not trusting."""
    connection = demo.world.connect(hosts.HOSTS[host], port, 2)
    try:
        with demo.world.tls_context().wrap_socket(connection, server_hostname=host) as tls:
            presented = tls.getpeercert() or {}
            return str(dict(pair[0] for pair in presented["issuer"])["commonName"])
    except ssl.SSLCertVerificationError as problem:
        return problem.verify_message


def test_certificates() -> None:
    with start("never-sent") as demo:
        assert shake_hands(demo, hosts.IMAP, 993) != shake_hands(demo, hosts.WEBMAIL, 443)
        wrong_name = demo.world.connect(IMAP, 993, 2)
        with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
            demo.world.tls_context().wrap_socket(wrong_name, server_hostname="imap.qq.com")
    with start("certificate-expired") as demo:
        assert shake_hands(demo, hosts.IMAP, 993) == "certificate has expired"
        assert shake_hands(demo, hosts.WEBMAIL, 443).startswith("Demo Root")
    with start("tls-intercepted") as demo:
        for host, port in ((hosts.IMAP, 993), (hosts.WEBMAIL, 443)):
            assert "self-signed" in shake_hands(demo, host, port)


def test_the_router_shows_no_life_when_the_line_is_cut() -> None:
    with start("gateway-down") as demo:
        assert demo.world.ping(hosts.GATEWAY, 0.05) == ("", None)
        assert demo.world.link(()).gateway == hosts.GATEWAY
    with start("dns-down") as demo:
        assert demo.world.ping(hosts.GATEWAY, 0.05)[0] == "ping"


def test_a_silent_server_takes_the_connection_and_says_nothing() -> None:
    with start("imap-stalled") as demo:
        connection = demo.world.connect(IMAP, 993, 1)
        context = demo.world.tls_context()
        with context.wrap_socket(connection, server_hostname=hosts.IMAP) as tls:
            tls.settimeout(0.1)
            with pytest.raises(TimeoutError):
                tls.recv(1)


def test_closing_ends_all_and_can_be_done_twice() -> None:
    demo = start("imap-stalled")
    endpoint = demo.world.route(IMAP, 993, "tcp")
    open_connection = demo.world.connect(IMAP, 993, 1)
    began = time.monotonic()
    demo.close()
    demo.close()
    assert time.monotonic() - began < 0.5
    assert not any(thread.name == "demo servers" for thread in threading.enumerate())
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(endpoint, 1)
    open_connection.close()


def test_an_unknown_scenario() -> None:
    with pytest.raises(NoSuchScenario):
        start("no-such")


def test_the_same_mailbox_every_time() -> None:
    from mailwizard.demo import mailbox

    with start("junk") as demo:
        now = demo.world.now()
    first, second = mailbox.build(now), mailbox.build(now)
    assert first == second
    assert sum(len(folder.mails) for folder in first) == 203
    assert replace(first[0], mails=[]) == replace(second[0], mails=[])
