"""The real world: this computer's network, resolver, clock and trust roots."""

import socket
import ssl
import threading
import tomllib
from datetime import UTC, datetime
from importlib import resources
from typing import Any

import msgspec

from mailwizard.engine import computer
from mailwizard.engine.one_nameserver import asked_of
from mailwizard.engine.sign_of_life import sign_of_life
from mailwizard.model.seen.network import Link
from mailwizard.probes.controls import Controls
from mailwizard.probes.setting import Transport


class RealWorld:
    """Goes out unchanged. ``nameserver`` replaces the system's resolver."""

    def __init__(
        self, controls: Controls | None = None, nameserver: tuple[str, int] | None = None
    ) -> None:
        self.controls = controls or standard_controls()
        self._nameserver = nameserver

    def now(self) -> datetime:
        return datetime.now(UTC)

    def route(self, address: str, port: int, transport: Transport) -> tuple[str, int]:  # noqa: ARG002
        return address, port

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection((address, port), timeout)

    def addresses(self, host: str, timeout: float) -> list[str]:
        """getaddrinfo on a daemon thread, because nothing can break it off.

        With an own ``nameserver`` only that one is asked.
        """
        if self._nameserver:
            return asked_of(self._nameserver, host, timeout)
        answer: list[list[str]] = []
        problem: list[OSError] = []

        def look_up() -> None:
            try:
                found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
                answer.append(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
            except UnicodeError:
                problem.append(socket.gaierror(socket.EAI_NONAME, "not a host name"))
            except OSError as failed:
                problem.append(failed)

        thread = threading.Thread(target=look_up, name="look-up", daemon=True)
        thread.start()
        thread.join(timeout)
        if problem:
            raise problem[0]
        if not answer:
            raise TimeoutError
        return answer[0]

    def tls_context(self) -> ssl.SSLContext:
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def link(self, hosts: tuple[str, ...]) -> Link:
        return computer.link(hosts, [address for address, _ in self.nameservers()])

    def ping(self, address: str, timeout: float) -> tuple[str, float | None]:
        return sign_of_life(address, timeout)

    def nameservers(self) -> tuple[tuple[str, int], ...]:
        if self._nameserver:
            return (self._nameserver,)
        return tuple((address, 53) for address in computer.resolvers())


def standard_controls() -> Controls:
    """The package's own list of control hosts."""
    text = (resources.files("mailwizard.engine") / "controls.toml").read_text("utf-8")
    return read_controls(tomllib.loads(text))


def read_controls(data: dict[str, Any]) -> Controls:
    """Control hosts from a parsed TOML table. Raises msgspec.ValidationError, which says where."""
    return msgspec.convert(data, Controls)
