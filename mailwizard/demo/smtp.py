"""A small mail exchanger (RFC 5321) with SIZE and STARTTLS; answers RCPT from a table."""

import asyncio
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

_ADDRESS = re.compile(r"<([^<>]*)>")
_MEGABYTE = 1 << 20


@dataclass(frozen=True, kw_only=True)
class MailExchanger:
    """One server. ``recipients`` maps addresses to the reply to RCPT, such as ``250 Ok``.

    ``others`` is the reply for every other address, with ``{address}`` in it where it is named.
    ``size`` is the announced limit in octets. It takes no message: DATA is refused.
    """

    host: str
    recipients: Mapping[str, str] = field(default_factory=dict)
    others: str = "250 2.1.5 Ok"
    size: int = 60 * _MEGABYTE
    tls: ssl.SSLContext | None = None

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One dialogue, until QUIT."""
        writer.write(f"220 {self.host} ESMTP ready\r\n".encode())
        encrypted = writer.get_extra_info("sslcontext") is not None
        while line := await reader.readline():
            text = line.decode("utf-8", "replace").strip()
            verb = text.split(" ")[0].upper()
            if verb == "STARTTLS" and self.tls is not None and not encrypted:
                writer.write(b"220 2.0.0 Ready to start TLS\r\n")
                await writer.drain()
                await writer.start_tls(self.tls)
                encrypted = True
                continue
            writer.write(self._reply(verb, text, encrypted).encode())
            await writer.drain()
            if verb == "QUIT":
                return

    def _reply(self, verb: str, text: str, encrypted: bool) -> str:
        match verb:
            case "EHLO":
                offers = [self.host, "PIPELINING", f"SIZE {self.size}", "8BITMIME"]
                if self.tls is not None and not encrypted:
                    offers.append("STARTTLS")
                lines = [f"250-{offer}\r\n" for offer in offers[:-1]]
                return "".join(lines) + f"250 {offers[-1]}\r\n"
            case "HELO":
                return f"250 {self.host}\r\n"
            case "MAIL":
                return "250 2.1.0 Ok\r\n"
            case "RCPT":
                found = _ADDRESS.search(text)
                address = found[1] if found else ""
                reply = self.recipients.get(address.lower(), self.others)
                return reply.replace("{address}", address) + "\r\n"
            case "RSET" | "NOOP":
                return "250 2.0.0 Ok\r\n"
            case "QUIT":
                return "221 2.0.0 Bye\r\n"
            case _:
                return "502 5.5.2 Command not implemented\r\n"
