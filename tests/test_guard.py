"""The guard of conftest.py itself."""

import socket

import pytest

from tests.conftest import BeyondLoopback, is_local

OUTSIDE = ("203.0.113.1", 9)


def test_connections_beyond_loopback_are_refused(loopback_only: list[str]) -> None:
    with socket.socket() as tcp, pytest.raises(BeyondLoopback, match=r"203\.0\.113\.1"):
        tcp.connect(OUTSIDE)
    with pytest.raises(BeyondLoopback):
        socket.create_connection(OUTSIDE, 1)
    with socket.socket() as tcp, pytest.raises(BeyondLoopback):
        tcp.connect_ex(OUTSIDE)
    assert len(loopback_only) == 3
    loopback_only.clear()


def test_datagrams_beyond_loopback_are_refused(loopback_only: list[str]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        with pytest.raises(BeyondLoopback):
            udp.sendto(b"x", OUTSIDE)
        with pytest.raises(BeyondLoopback):
            udp.sendto(b"x", 0, OUTSIDE)
        with pytest.raises(BeyondLoopback):
            udp.sendmsg([b"x"], [], 0, OUTSIDE)
    loopback_only.clear()


def test_look_ups_of_names_are_refused(loopback_only: list[str]) -> None:
    with pytest.raises(BeyondLoopback):
        socket.getaddrinfo("www.example.com", 80)
    loopback_only.clear()
    assert socket.getaddrinfo("127.0.0.1", 80)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), 1).close()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        assert udp.sendto(b"x", udp.getsockname()) == 1


@pytest.mark.parametrize("address", [("127.0.0.9", 1), ("::1", 1), ("localhost", 1)])
def test_what_is_local(address: tuple[str, int]) -> None:
    assert is_local(socket.AF_INET, address)
    assert is_local(socket.AF_UNIX, "/run/some.sock")
