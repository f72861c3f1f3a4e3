"""The provider's submission server (RFC 6409): signs one user in, delivers mail to the mailbox."""

import asyncio
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from mailwizard.demo.mails import Folder

_MOST_OCTETS = 1 << 20


@dataclass(frozen=True, kw_only=True)
class SubmissionServer:
    """One server with one account. ``recipient_reply`` gives what is said to RCPT now.

    ``deliver`` takes each message, ``delay`` seconds after the server has taken it.
    """

    host: str
    user: str
    password: str
    deliver: Callable[[bytes], None]
    recipient_reply: Callable[[], str] = lambda: "250 2.1.5 Ok"
    delay: float = 1.2

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One dialogue, until QUIT."""
        signed_in = False
        writer.write(f"220 {self.host} ESMTP ready\r\n".encode())
        while line := await reader.readline():
            text = line.decode("utf-8", "replace").strip()
            verb = text.split(" ")[0].upper()
            match verb:
                case "AUTH":
                    signed_in = self._knows(text)
                    reply = "235 2.7.0 Ok" if signed_in else "526 Authentication failure[0]"
                case "MAIL" | "RCPT" | "DATA" if not signed_in:
                    reply = "530 5.7.0 Authentication required"
                case "DATA":
                    writer.write(b"354 End data with <CR><LF>.<CR><LF>\r\n")
                    reply = await self._take(reader)
                case _:
                    reply = self._reply(verb)
            writer.write(reply.encode() + b"\r\n")
            await writer.drain()
            if verb == "QUIT":
                return

    def _reply(self, verb: str) -> str:
        match verb:
            case "EHLO":
                return f"250-{self.host}\r\n250-SIZE 62914560\r\n250 AUTH PLAIN"
            case "RCPT":
                return self.recipient_reply()
            case "MAIL" | "RSET" | "NOOP":
                return "250 2.0.0 Ok"
            case "QUIT":
                return "221 2.0.0 Bye"
        return "502 5.5.2 Command not implemented"

    def _knows(self, text: str) -> bool:
        """AUTH PLAIN with an initial response (RFC 4954, RFC 4616)."""
        try:
            said = b64decode(text.split(" ")[2], validate=True).decode("utf-8")
        except (IndexError, ValueError):
            return False
        return said.split("\0") == ["", self.user, self.password]

    async def _take(self, reader: asyncio.StreamReader) -> str:
        message = b""
        while (line := await reader.readline()) not in (b".\r\n", b""):
            message += line[1:] if line.startswith(b"..") else line
            if len(message) > _MOST_OCTETS:
                return "552 5.3.4 Message too big"
        asyncio.get_running_loop().call_later(self.delay, self.deliver, message)
        return "250 2.0.0 Ok: queued as AY118"


def delivery_to(folder: Folder) -> Callable[[bytes], None]:
    """Puts each message at the end of a folder, as it arrives."""

    def deliver(message: bytes) -> None:
        head, _, text = message.partition(b"\r\n\r\n")
        folder.add(datetime.now(UTC).replace(microsecond=0), set(), head + b"\r\n\r\n", text)

    return deliver
