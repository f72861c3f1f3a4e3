"""A small web server (RFC 9112): every host of the demo's web, by host name and path."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

_MAX_HEADERS = 100


@dataclass(frozen=True, kw_only=True)
class Page:
    """One reply."""

    status: int = 200
    body: str = ""
    type: str = "text/html; charset=utf-8"
    location: str = ""


NOT_FOUND = Page(status=404, body="not found")
_REASONS = {200: "OK", 204: "No Content", 302: "Found", 404: "Not Found"}


@dataclass(frozen=True, kw_only=True)
class WebServer:
    """Serves ``pages`` by ``host/path`` (``host/`` for its front page); ``always`` replaces all.

    ``now`` gives the Date header, in UTC.
    """

    pages: Mapping[str, Page]
    now: Callable[[], datetime]
    always: Page | None = field(default=None)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one reply, and the connection is closed."""
        request = (await reader.readline()).decode("latin-1").split()
        if len(request) < 2:
            return
        host = ""
        for _ in range(_MAX_HEADERS):
            line = (await reader.readline()).decode("latin-1").strip()
            if not line:
                break
            name, _, value = line.partition(":")
            if name.lower() == "host":
                host = value.strip().partition(":")[0].lower()
        page = self.always or self.pages.get(host + request[1].partition("?")[0], NOT_FOUND)
        writer.write(self._bytes(page, with_body=request[0].upper() != "HEAD"))
        await writer.drain()

    def _bytes(self, page: Page, *, with_body: bool) -> bytes:
        body = page.body.encode()
        head = [
            f"HTTP/1.1 {page.status} {_REASONS[page.status]}",
            f"Date: {format_datetime(self.now(), usegmt=True)}",
            "Connection: close",
        ]
        if page.status != 204:
            head += [f"Content-Type: {page.type}", f"Content-Length: {len(body)}"]
        if page.location:
            head.append(f"Location: {page.location}")
        return "\r\n".join([*head, "", ""]).encode() + (body if with_body else b"")
