"""The line's quality: a few well-spaced connections to several hosts, timed. Nothing is sent."""

import ipaddress
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from mailwizard.model.seen.line import LineQuality, Segment, TimedConnect
from mailwizard.model.seen.network import Connect, Link
from mailwizard.probes.connecting import connect_fault, old_first
from mailwizard.probes.reaching import find_host
from mailwizard.probes.setting import Setting, Skipped, Stopped
from mailwizard.probes.side_by_side import SideBySide

HOSTS = 4
ROUNDS = 6
ENOUGH = 2  # rounds, where nothing takes long
APART = 0.45  # seconds from the start of one round to the next
PATIENCE = 3.4  # seconds: time for three first packets (RFC 6298: after 0, 1 and 3 seconds)
QUICK_MS = 400.0
EXTRA_ROUNDS = 2
GATEWAY_PORTS = (53, 80, 443)

_ANSWERS = ("connected", "refused", "reset")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to connect to. What is ``extra`` decides nothing about how many rounds there are."""

    segment: Segment
    host: str
    address: str
    port: int
    extra: bool = False


def line(setting: Setting) -> None:
    """Records how quickly unrelated hosts, the mail server and the gateway take connections.

    Where all of the first two rounds have ended soon, no more are asked. The gateway takes
    part once it is known that it answers on some port. One unrelated host is tried over IPv6 too,
    where it and this computer have it.
    """
    outside = _outside(setting)
    if not outside:
        raise Skipped("no-address")
    rounds = _Rounds(setting)
    rounds.look_for_gateway()
    for number in range(1, ROUNDS + 1):
        places = [place for place in outside if number <= EXTRA_ROUNDS or not place.extra]
        if rounds.gateway is not None:
            places.append(rounds.gateway)
        rounds.begin(number, places)
        if number < ENOUGH:
            rounds.wait(APART)
            continue
        rounds.wait(APART, rounds.all_quick)
        if rounds.all_quick():
            break
        # Where nothing at all comes back, more of the same would tell nothing more.
        if not rounds.answered():
            rounds.wait(PATIENCE, rounds.answered)
            if not rounds.answered():
                break
    setting.record(LineQuality(connects=rounds.complete(), patience=PATIENCE))


class _Rounds:
    """Connections that may still run while later ones are started."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._began = time.monotonic()
        self._tries: SideBySide[None] = SideBySide(setting)
        self._scouts: SideBySide[None] = SideBySide(setting)
        self._seen: list[TimedConnect] = []
        self._counted = 0
        self._soon = 0
        self._lock = threading.Lock()
        self.gateway: _Place | None = None

    def look_for_gateway(self) -> None:
        """Tries the gateway's usual ports beside everything else; the first that answers counts."""
        for link in self._setting.evidence.of(Link):
            if link.seen.gateway:
                for port in GATEWAY_PORTS:
                    place = _Place("gateway", link.seen.gateway, link.seen.gateway, port)
                    self._scouts.start(partial(self._scout, place))

    def begin(self, number: int, places: list[_Place]) -> None:
        """Starts one round."""
        self._counted += sum(not place.extra for place in places)
        for place in places:
            self._tries.start(partial(self._try, place, number))

    def wait(self, seconds: float, enough: Callable[[], bool] = lambda: False) -> None:
        """Waits so long, or until it is enough. Raises Stopped."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0 and not enough():
            time.sleep(min(left, 0.02))
            if self._setting.stopped:
                raise Stopped

    def all_quick(self) -> bool:
        """Whether every connection so far has ended soon: nothing had to be sent again."""
        return self._soon == self._counted

    def answered(self) -> bool:
        """Whether anybody outside answered so far."""
        return any(o.milliseconds is not None and o.segment != "gateway" for o in list(self._seen))

    def complete(self) -> tuple[TimedConnect, ...]:
        """All connections, once each has been answered or given up. Raises Stopped."""
        for _ended in self._tries.results():
            pass
        return tuple(sorted(self._seen, key=lambda o: (o.round, o.segment, o.host, o.address)))

    def _try(self, place: _Place, number: int) -> None:
        started = time.monotonic()
        fate: Connect = "connected"
        try:
            self._setting.connect(place.address, place.port, PATIENCE).close()
        except OSError as problem:
            fate = connect_fault(problem)
        took = time.monotonic() - started
        if fate != "timeout" and took * 1000 < QUICK_MS and not place.extra:
            with self._lock:
                self._soon += 1
        self._seen.append(
            TimedConnect(
                segment=place.segment,
                host=place.host,
                address=place.address,
                port=place.port,
                round=number,
                started=round(started - self._began, 2),
                milliseconds=round(took * 1000, 1) if fate in _ANSWERS else None,
                fate=fate,
            )
        )

    def _scout(self, place: _Place) -> None:
        try:
            self._setting.connect(place.address, place.port, PATIENCE).close()
        except OSError as problem:
            if connect_fault(problem) not in _ANSWERS:
                return
        if self.gateway is None:
            self.gateway = place


def _outside(setting: Setting) -> list[_Place]:
    """The mail server and some unrelated hosts, each at one address, found side by side."""
    wanted: list[tuple[Segment, str, int]] = [
        ("control", host, 443) for host in setting.world.controls.https[:HOSTS]
    ]
    host, port = setting.imap_server
    if host:
        wanted.append(("provider", host, port))
    work = SideBySide(setting, [partial(_found, setting, *one) for one in wanted])
    found = [place for places in work.results() for place in places]
    found.sort(key=lambda place: (place.segment, place.host, place.extra))
    extra = next((place for place in found if place.extra), None)
    return [place for place in found if not place.extra or place is extra]


def _found(setting: Setting, segment: Segment, host: str, port: int) -> list[_Place]:
    _looked_up, _answers, addresses = find_host(setting, host)
    if not addresses:
        return []
    first = old_first(addresses)[0]
    places = [_Place(segment, host, first, port)]
    new = next((address for address in addresses if ":" in address), None)
    if segment == "control" and new is not None and new != first and _has_new(setting):
        places.append(_Place(segment, host, new, port, extra=True))
    return places


def _has_new(setting: Setting) -> bool:
    """Whether this computer has an IPv6 address of its own that reaches beyond the house."""
    return any(
        ipaddress.ip_address(address).is_global
        for link in setting.evidence.of(Link)
        for interface in link.seen.interfaces
        for address in interface.addresses
        if ":" in address
    )
