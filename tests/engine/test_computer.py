"""This computer's own network settings: as other systems print them, and as this one has them."""

import socket
from ipaddress import ip_address

import pytest

from mailwizard.engine import computer, default_route, sign_of_life
from mailwizard.engine.one_nameserver import asked_of
from tests.servers.name_server import name_server
from tests.servers.speakers import silent, speaker

PROC_ROUTE = """\
Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t00000000\t0100420A\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0000420A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
"""
PROC_ROUTE_PPP = (
    PROC_ROUTE.splitlines()[0] + "\nppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\n"
)
PROC_REJECT = PROC_ROUTE.splitlines()[0] + "\n*\t00000000\t00000000\t0201\t0\t0\t0\t00000000\n"
PROC_V6 = (
    "0" * 32 + " 00 " + "0" * 32 + " 00 " + "fe80" + "0" * 27 + "1"
    " 00000400 00000001 00000000 00000003     eth0\n"
    + "0" * 32
    + " 00 "
    + "0" * 32
    + " 00 "
    + "0" * 32
    + " ffffffff 00000001 00000000 00200200       lo\n"
)
MAC = """\
   route to: default
destination: default
       mask: default
    gateway: 192.168.1.1
  interface: en0
"""
WINDOWS = """\
IPv4 路由表
===========================================================================
活动路由:
网络目标        网络掩码          网关       接口   跃点数
          0.0.0.0          0.0.0.0      192.168.1.1    192.168.1.23     35
          0.0.0.0          0.0.0.0         10.0.0.1       10.0.0.23     25
===========================================================================
"""


@pytest.mark.parametrize(
    ("read", "text", "route"),
    [
        (default_route.from_proc_route, PROC_ROUTE, ("10.66.0.1", "eth0")),
        (default_route.from_proc_route, PROC_ROUTE_PPP, (None, "ppp0")),
        (default_route.from_proc_route, PROC_REJECT, (None, None)),
        (default_route.from_proc_route, "", (None, None)),
        (
            default_route.from_proc_route,
            "head\na b c\nx 00000000 zz 0003 0 0 0 00000000",
            (None, None),
        ),
        (default_route.from_proc_ipv6_route, PROC_V6, ("fe80::1", "eth0")),
        (default_route.from_proc_ipv6_route, "", (None, None)),
        (default_route.from_route_get, MAC, ("192.168.1.1", "en0")),
        (default_route.from_route_get, "route: not in table", (None, None)),
        (default_route.from_route_print, WINDOWS, ("10.0.0.1", "10.0.0.23")),
        (default_route.from_route_print, "", (None, None)),
    ],
)
def test_the_default_route_of_every_system(
    read: object, text: str, route: tuple[str | None, str | None]
) -> None:
    assert read(text) == route  # type: ignore[operator]


def test_the_hosts_file_pins_what_its_first_line_says() -> None:
    text = (
        "127.0.0.1 localhost\n# 1.1.1.1 imap.example.com\nnonsense imap.example.com\n"
        "203.0.113.5 other IMAP.example.com # old server\n203.0.113.6 imap.example.com\n"
    )
    assert computer.pinned(["imap.example.com", "mail.example.com"], text) == {
        "imap.example.com": "203.0.113.5"
    }


def test_proxies_lose_their_passwords() -> None:
    given = {
        "http": "http://lin:Secret-1@proxy.office:8080/",
        "https": "proxy.office:8080",
        "all": "socks5://[::1]:1080",
        "no": "localhost,10.0.0.0/8",
        "ftp": "http://[broken",
    }
    assert computer.without_credentials(given) == {
        "http": "http://proxy.office:8080",
        "https": "http://proxy.office:8080",
        "all": "socks5://[::1]:1080",
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("tun7", "vpn"),
        ("wg9", "vpn"),
        ("wlan9", "wifi"),
        ("eth9", "cable"),
        ("strange9", "unknown"),
    ],
)
def test_the_kind_of_an_interface_by_its_name(name: str, kind: str) -> None:
    assert computer.kind_of(name) == kind


def test_this_computer_s_own_settings_can_be_read() -> None:
    link = computer.link(("imap.example.com",), computer.resolvers())
    for interface in link.interfaces:
        assert interface.addresses
        assert not any(ip_address(address).is_loopback for address in interface.addresses)
    for resolver in link.resolvers:
        ip_address(resolver)
    if link.gateway is not None:
        ip_address(link.gateway)


@pytest.mark.parametrize(
    ("output", "milliseconds"),
    [
        ("64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.35 ms", 0.35),
        ("Reply from 10.0.0.1: bytes=32 time<1ms TTL=64", 1.0),
        ("来自 10.0.0.1 的回复: 字节=32 时间=12ms TTL=64", 12.0),
        ("Reply from 10.0.0.23: Destination host unreachable.", None),
        ("", None),
    ],
)
def test_what_ping_prints(output: str, milliseconds: float | None) -> None:
    assert sign_of_life.milliseconds_of_ping(output) == milliseconds


def test_the_table_of_neighbours() -> None:
    table = (
        "IP address       HW type     Flags       HW address            Mask     Device\n"
        "10.66.0.1        0x1         0x2         aa:bb:cc:dd:ee:ff     *        eth0\n"
        "10.66.0.9        0x1         0x0         00:00:00:00:00:00     *        eth0\n"
    )
    assert sign_of_life.in_arp_table("10.66.0.1", table)
    assert not sign_of_life.in_arp_table("10.66.0.9", table)
    assert not sign_of_life.in_arp_table("10.66.0.7", table)


def test_a_refused_connection_is_a_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_of_life, "_ping", lambda _address, _seconds: sign_of_life.NONE)
    with speaker(silent) as (_host, port):
        monkeypatch.setattr(sign_of_life, "PORTS", (port,))
        assert sign_of_life.sign_of_life("127.0.0.1", 1.0)[0] == "tcp"
    monkeypatch.setattr(sign_of_life, "PORTS", (port,))
    assert sign_of_life.sign_of_life("127.0.0.1", 1.0)[0] == "tcp"


def test_one_given_name_server_is_asked_instead_of_the_system() -> None:
    table: dict[tuple[str, str], list[str] | str] = {
        ("imap.example.com", "A"): ["203.0.113.10"],
        ("imap.example.com", "AAAA"): ["2001:db8::10"],
        ("broken.example.com", "A"): "SERVFAIL",
    }
    with name_server(table) as place:
        assert asked_of(place, "imap.example.com", 2.0) == ["203.0.113.10", "2001:db8::10"]
        assert asked_of(place, "203.0.113.7", 2.0) == ["203.0.113.7"]
        with pytest.raises(socket.gaierror) as missing:
            asked_of(place, "nobody.example.com", 2.0)
        assert missing.value.errno == socket.EAI_NONAME
        with pytest.raises(socket.gaierror) as broken:
            asked_of(place, "broken.example.com", 2.0)
        assert broken.value.errno == socket.EAI_AGAIN
    with name_server({("*", "A"): "silent"}) as place, pytest.raises(TimeoutError):
        asked_of(place, "imap.example.com", 0.3)
