"""The ladder of the network step: as long as its longest chain, on good lines and on dead ones.

The demo's internet behind a line with a delay, or behind one that drops what leaves the computer.
Every probe runs by itself in the program's own runner, as on the screen.
"""

import socket
import ssl
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from mailwizard import plan
from mailwizard.demo.start import start
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.runner import ProbeState
from mailwizard.model.finding import Step
from mailwizard.model.seen.network import Link
from mailwizard.probes.controls import Controls
from mailwizard.probes.setting import Transport, World
from tests.benchmarks.result import Result

ROUND_TRIP = 0.08  # seconds
RUNS = 5
LIMIT = 60.0
TARPIT = 17.0  # seconds: a mail exchanger that takes the connection is given 15 to greet


@dataclass(frozen=True)
class Line:
    """Another world, farther away: every connection and every question costs a round trip.

    ``dropped`` are the transports whose packets get lost on the way out; ``names_lost`` the
    computer's own look-ups with them; ``router_lost`` what is sent to the router. ``mute``
    connections are taken by somebody who never says a word.
    """

    inner: World
    void: tuple[str, int]
    round_trip: float = ROUND_TRIP
    dropped: frozenset[Transport] = frozenset()
    names_lost: bool = False
    router_lost: bool = False
    mute: tuple[str, int] | None = None

    @property
    def controls(self) -> Controls:
        """The demo's own."""
        return self.inner.controls

    def now(self) -> datetime:
        """The demo's clock."""
        return self.inner.now()

    def route(self, address: str, port: int, transport: Transport) -> tuple[str, int]:
        """A datagram's round trip is spent here."""
        if transport in self.dropped:
            return self.void
        time.sleep(self.round_trip)
        return self.inner.route(address, port, transport)

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        """A handshake's round trip, or the whole time-out."""
        if "tcp" in self.dropped:
            time.sleep(timeout)
            raise TimeoutError
        time.sleep(self.round_trip)
        if self.mute is not None:
            return socket.create_connection(self.mute, timeout)
        return self.inner.connect(address, port, timeout)

    def addresses(self, host: str, timeout: float) -> list[str]:
        """One question to the resolver."""
        if self.names_lost:
            time.sleep(timeout)
            raise TimeoutError
        time.sleep(self.round_trip)
        return self.inner.addresses(host, timeout)

    def tls_context(self) -> ssl.SSLContext:
        """The demo's roots."""
        return self.inner.tls_context()

    def link(self, hosts: tuple[str, ...]) -> Link:
        """The demo's office."""
        return self.inner.link(hosts)

    def ping(self, address: str, timeout: float) -> tuple[str, float | None]:
        """The router is near, and there or not."""
        if self.router_lost:
            time.sleep(timeout)
            return "", None
        return self.inner.ping(address, timeout)

    def nameservers(self) -> tuple[tuple[str, int], ...]:
        """The demo's resolver."""
        return self.inner.nameservers()


@dataclass(frozen=True)
class Ran:
    """One run: seconds until everything, and until each probe by its name, had ended."""

    seconds: float
    first: float
    ended: dict[str, float]

    def told(self) -> str:
        """The slowest probes, for the reader."""
        last = sorted(self.ended.items(), key=lambda entry: -entry[1])[:4]
        return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in last)


def run() -> list[Result]:
    """Good lines against their longest chain; lines that drop, in seconds."""
    with start("never-sent") as demo, _void() as void, _mute() as mute:

        def line(**faults: object) -> Line:
            return Line(demo.world, void, **faults)  # type: ignore[arg-type]

        def once(world: World, ids: Iterable[str], *, signed_in: bool = False) -> Ran:
            investigation = Investigation(world, demo.case)
            investigation.inputs = demo.inputs
            investigation.password = demo.password if signed_in else None
            return ran(investigation, ids)

        healthy = line()
        once(healthy, LADDER)  # everything is imported from here on
        results = [_against_longest_chain(lambda ids: once(healthy, ids))]
        first = statistics.median(once(line(), LADDER).first for _run in range(RUNS))
        results.append(Result(name="the first rung's answer", figure=first, bound=0.3, unit="s"))
        everything = frozenset[Transport]({"tcp", "udp"})
        dead = {
            "nothing comes back": line(dropped=everything, names_lost=True, router_lost=True),
            "nothing but names comes back": line(dropped=frozenset({"tcp"})),
            "connections are taken, and silence": line(mute=mute),
        }
        for name, world in dead.items():
            alone = once(world, LADDER)
            results.append(
                Result(name=name, figure=alone.seconds, bound=12, unit="s", detail=alone.told())
            )
            whole = once(world, [probe.id for probe in plan.PROBES], signed_in=True)
            results.append(
                Result(
                    name=f"the whole check: {name}",
                    figure=whole.seconds,
                    bound=12 if world.mute is None else TARPIT,
                    unit="s",
                    detail=whole.told(),
                )
            )
    return results


LADDER = tuple(probe.id for probe in plan.of_step(Step.NETWORK))


def ran(investigation: Investigation, ids: Iterable[str]) -> Ran:
    """Runs the named probes, with all that they wait for, to their end."""
    ended: dict[str, float] = {}
    began = time.monotonic()

    def changed(state: ProbeState) -> None:
        if state.status not in ("waiting", "running"):
            ended.setdefault(state.probe.id, time.monotonic() - began)

    work = investigation.start(plan.with_needed(ids), seconds=LIMIT, on_change=changed)
    assert work.wait(LIMIT + 5)
    seconds = time.monotonic() - began
    investigation.close()
    return Ran(seconds, min(ended.values()), ended)


def _against_longest_chain(once: Callable[[list[str]], Ran]) -> Result:
    """The whole ladder and its slowest chain alone, in turns."""
    slowest = max(LADDER, key=lambda name: once([name]).seconds)
    ratios, seconds = [], (0.0, 0.0)
    for _run in range(RUNS):
        seconds = once(list(LADDER)).seconds, once([slowest]).seconds
        ratios.append(seconds[0] / seconds[1])
    return Result(
        name="the ladder against its longest chain alone",
        figure=statistics.median(ratios),
        bound=1.3,
        unit="x",
        detail=f"{seconds[0]:.2f} s, {slowest} {seconds[1]:.2f} s",
    )


class _void:
    """A socket on loopback that reads nothing and answers nothing."""

    kind = socket.SOCK_DGRAM

    def __enter__(self) -> tuple[str, int]:
        self._socket = socket.socket(socket.AF_INET, self.kind)
        self._socket.bind(("127.0.0.1", 0))
        self._opened()
        host, port = self._socket.getsockname()
        return str(host), int(port)

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def _opened(self) -> None:
        return


class _mute(_void):
    """The same over TCP: connections are taken and kept."""

    kind = socket.SOCK_STREAM

    def _opened(self) -> None:
        self._kept: list[socket.socket] = []
        self._socket.listen(100)
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        try:
            while True:
                self._kept.append(self._socket.accept()[0])
        except OSError:
            return

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        for kept in self._kept:
            kept.close()
