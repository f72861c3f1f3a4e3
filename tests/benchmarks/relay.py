"""A TCP relay with a delay, in a process of its own, so that it takes no time from what it delays.

Octets pass as fast as they come, each half a round trip later; a new connection costs a round trip
before its first octet, as a handshake does.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def delayed(place: tuple[str, int], round_trip: float) -> Iterator[tuple[str, int]]:
    """Where the relay to ``place`` listens; ``round_trip`` in seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.relay", *map(str, (*place, round_trip))],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield "127.0.0.1", int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(5)


async def _serve(host: str, port: int, round_trip: float) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(round_trip)
        far_reader, far_writer = await asyncio.open_connection(host, port)
        await asyncio.gather(
            _pass(reader, far_writer, round_trip / 2), _pass(far_reader, writer, round_trip / 2)
        )

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float) -> None:
    loop = asyncio.get_running_loop()
    try:
        while data := await reader.read(1 << 16):
            loop.call_later(delay, writer.write, data)
    except OSError:
        pass
    await asyncio.sleep(delay)
    writer.close()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
