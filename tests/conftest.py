"""Nothing in the tests goes beyond loopback: an attempt fails the test that made it."""

import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from mailwizard.text.language import use


class BeyondLoopback(AssertionError):
    """A test tried to reach another computer."""


def is_local(family: int, address: Any) -> bool:
    """Whether a socket address stays in this computer. Other families than IP always do."""
    if family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address, tuple):
        return True
    return _is_local_host(str(address[0]))


def _is_local_host(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Guards ``connect``, ``sendto``, ``sendmsg`` and name look-ups of the whole test process.

    Yields the attempts, which also fail the test at its end: a probe's thread, or a handler of
    OSError, may have hidden the error from it.
    """
    attempts: list[str] = []

    def refuse(what: str) -> None:
        attempts.append(what)
        raise BeyondLoopback(f"{what}: tests stay on loopback; use a server of the test's own")

    def guarded(name: str) -> Callable[..., Any]:
        original = getattr(socket.socket, name)

        def call(self: socket.socket, *arguments: Any) -> Any:
            # The address comes last, but for sendmsg, where it is the optional fourth.
            place = 3 if name == "sendmsg" else len(arguments) - 1
            address = arguments[place] if place < len(arguments) else None
            if not is_local(self.family, address):
                refuse(f"{name} to {address}")
            return original(self, *arguments)

        return call

    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *arguments: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host or "")
        if not _is_local_host(name) and not _is_address(name):
            refuse(f"look-up of {name}")
        return look_up(host, *arguments, **named)

    for name in ("connect", "connect_ex", "sendto", "sendmsg"):
        monkeypatch.setattr(socket.socket, name, guarded(name))
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield attempts
    if attempts:
        pytest.fail("beyond loopback: " + "; ".join(dict.fromkeys(attempts)), pytrace=False)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins and ends in English, whichever language the one before spoke."""
    use("en")
    yield
    use("en")


def _is_address(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
