"""A relay of datagrams with a delay, in a process of its own (see ``relay.py`` for TCP)."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def delayed_datagrams(place: tuple[str, int], round_trip: float) -> Iterator[tuple[str, int]]:
    """Where the relay to ``place`` listens; ``round_trip`` in seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.datagrams", *map(str, (*place, round_trip))],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield "127.0.0.1", int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(5)


class _Relay(asyncio.DatagramProtocol):
    """Each question gets a socket of its own, by which its reply finds back."""

    def __init__(self, place: tuple[str, int], round_trip: float) -> None:
        self._place, self._round_trip = place, round_trip
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(self._round_trip, self._ask, data, addr)

    def _ask(self, data: bytes, asker: Any) -> None:
        loop = asyncio.get_running_loop()
        self._kept = loop.create_task(
            loop.create_datagram_endpoint(
                lambda: _Reply(data, lambda reply: self._transport.sendto(reply, asker)),
                remote_addr=self._place,
            )
        )


class _Reply(asyncio.DatagramProtocol):
    def __init__(self, data: bytes, give: Any) -> None:
        self._data, self._give = data, give
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._transport.sendto(self._data)

    def datagram_received(self, data: bytes, addr: Any) -> None:  # noqa: ARG002
        self._give(data)
        self._transport.close()


async def _serve(host: str, port: int, round_trip: float) -> None:
    loop = asyncio.get_running_loop()
    transport, _protocol = await loop.create_datagram_endpoint(
        lambda: _Relay((host, port), round_trip), local_addr=("127.0.0.1", 0)
    )
    print(transport.get_extra_info("sockname")[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
