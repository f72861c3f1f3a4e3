"""All servers of the demo: one event loop on one daemon thread, bound to 127.0.0.1 only."""

import asyncio
import logging
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Endpoint = tuple[str, int]

LOOPBACK = "127.0.0.1"
_LINE_LIMIT = 1 << 17
_log = logging.getLogger(__name__)


class Servers:
    """Starts servers on ports that the system chooses. ``close`` breaks every connection off."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # A client that breaks off is no event worth a line: the screen belongs to the wizard.
        self._loop.set_exception_handler(lambda _loop, event: _log.debug("%s", event["message"]))
        self._sockets: list[socket.socket] = []
        self._talks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="demo servers", daemon=True)
        self._thread.start()

    def tcp(self, talk: Talk, tls: ssl.SSLContext | None = None) -> Endpoint:
        """A TCP server; ``talk`` holds one connection's dialogue, which is closed after it."""
        listener = socket.create_server((LOOPBACK, 0), backlog=64)
        self._sockets.append(listener)

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # A reply in several pieces must not wait for the client's delayed acknowledgement.
            connection = writer.get_extra_info("socket")
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            task = self._loop.create_task(_dialogue(talk, reader, writer))
            self._talks.add(task)
            task.add_done_callback(self._talks.discard)

        self._await(asyncio.start_server(connected, sock=listener, ssl=tls, limit=_LINE_LIMIT))
        return _name(listener)

    def udp(self, answer: Callable[[bytes], bytes | None]) -> Endpoint:
        """A UDP server; ``answer`` makes one datagram's reply, or None for silence."""
        bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        bound.bind((LOOPBACK, 0))
        self._sockets.append(bound)
        self._await(self._loop.create_datagram_endpoint(lambda: _Datagrams(answer), sock=bound))
        return _name(bound)

    def close(self) -> None:
        """Ends all servers and dialogues. May be called twice."""
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(1.0)

    def _await(self, work: Coroutine[Any, Any, object]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(5.0)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        for bound in self._sockets:
            bound.close()
        self._loop.close()


async def _dialogue(talk: Talk, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        await talk(reader, writer)
        await writer.drain()
    except (OSError, EOFError, ValueError) as problem:
        # The client left, or sent a line beyond the limit (ValueError): this dialogue is over.
        _log.debug("dialogue ended: %s", type(problem).__name__)
    finally:
        writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    """Answers each datagram on its own."""

    def __init__(self, answer: Callable[[bytes], bytes | None]) -> None:
        self._answer = answer
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        reply = self._answer(data)
        if reply is not None and self._transport is not None:
            self._transport.sendto(reply, addr)


def _name(bound: socket.socket) -> Endpoint:
    host, port = bound.getsockname()[:2]
    return str(host), int(port)


async def silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """A dialogue in which the server never says a word."""
    while await reader.read(4096):
        pass
