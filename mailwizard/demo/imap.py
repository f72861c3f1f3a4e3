"""A small IMAP server (RFC 3501): Alimail's dialect, or one with QUOTA and SPECIAL-USE."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from imapclient import imap_utf7

from mailwizard.demo.imap_folder import COMMANDS, OpenFolder
from mailwizard.demo.imap_words import NotUnderstood, Word, quoted, read_command, text, words
from mailwizard.demo.mails import Folder, total_size


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """What a provider's server says and takes. ``text_search``: SEARCH takes FROM, TO, SUBJECT."""

    greeting: str
    capabilities: str
    text_search: bool = False


ALIMAIL = Dialect(
    greeting="AliYun IMAP Server Ready",
    capabilities="IMAP4rev1 IDLE XLIST UIDPLUS ID SASL-IR AUTH=XOAUTH AUTH=XOAUTH2 AUTH=EXTERNAL",
)
PLAIN = Dialect(
    greeting="IMAP4rev1 server ready",
    capabilities="IMAP4rev1 IDLE ID UIDPLUS LITERAL+ NAMESPACE SPECIAL-USE QUOTA AUTH=PLAIN",
    text_search=True,
)


_IDLE_TICK = 0.1  # seconds


@dataclass(kw_only=True)
class ImapServer:
    """One server with one account. ``refusal`` is said to every LOGIN, whatever the password.

    ``quota`` is the limit in units of 1024 octets, None for "no limit". ``delivers`` puts a mail
    into a folder, once, ``delivers_after`` seconds after the first IDLE has begun.
    """

    user: str
    password: str
    folders: list[Folder]
    dialect: Dialect = ALIMAIL
    refusal: str = ""
    quota: int | None = None
    delivers: Callable[[], None] | None = None
    delivers_after: float = 0.0

    def somebody_waits(self) -> None:
        """A client waits for new mail."""
        if self.delivers is not None:
            asyncio.get_running_loop().call_later(self.delivers_after, self.delivers)
            self.delivers = None

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until LOGOUT."""
        await _Connection(self, reader, writer).run()


@dataclass
class _Connection:
    """One client: signed in or not, in a folder or not."""

    server: ImapServer
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    signed_in: bool = False
    folder: OpenFolder | None = None
    _open: bool = field(default=True)

    # What may be asked before signing in; every other command needs it.
    _EARLY: ClassVar[frozenset[str]] = frozenset(
        {"CAPABILITY", "NOOP", "LOGOUT", "LOGIN", "ID", "NAMESPACE"}
    )

    async def run(self) -> None:
        self._say(f"* OK {self.server.dialect.greeting}")
        while self._open:
            await self.writer.drain()
            tag = "*"
            try:
                command = await read_command(self.reader, self.writer)
                if command is None:
                    return
                first, *rest = words(command) or [""]
                tag = text(first)
                self._say(f"{tag} {await self._obey(rest)}")
            except NotUnderstood:
                self._say(f"{tag} BAD invalid command or parameters")

    async def _obey(self, command: list[Word]) -> str:
        """Carries a command out; what it returns follows the tag. Raises NotUnderstood."""
        if not command:
            raise NotUnderstood
        verb, *arguments = command
        name = text(verb).upper()
        by_uid = name == "UID"
        if by_uid and arguments:
            verb, *arguments = arguments
            name = text(verb).upper()
        if not self.signed_in and name not in self._EARLY:
            raise NotUnderstood
        if name == "IDLE":
            return await self._idle()
        if by_uid or name in COMMANDS:
            if self.folder is None or name not in COMMANDS:
                raise NotUnderstood
            return await self.folder.obey(name, arguments, by_uid=by_uid)
        handler: Callable[[list[Word]], str] | None = getattr(self, f"_do_{name.lower()}", None)
        if handler is None:
            raise NotUnderstood
        try:
            return handler(arguments)
        except (IndexError, TypeError):
            raise NotUnderstood from None

    async def _sent(self) -> None:
        """Waits until the client can take more; raises where it has left.

        A TLS transport hears of a lost connection from the loop alone, which gets its turn here.
        """
        await asyncio.sleep(0)
        await self.writer.drain()

    def _say(self, line: str) -> None:
        self.writer.write(line.encode() + b"\r\n")

    def _do_capability(self, _arguments: list[Word]) -> str:
        self._say(f"* CAPABILITY {self.server.dialect.capabilities}")
        return "OK CAPABILITY completed"

    def _do_noop(self, _arguments: list[Word]) -> str:
        return "OK NOOP completed"

    _do_check = _do_noop

    def _do_logout(self, _arguments: list[Word]) -> str:
        self._say("* BYE logging out")
        self._open = False
        return "OK LOGOUT completed"

    def _do_id(self, _arguments: list[Word]) -> str:
        self._say('* ID ("name" "demo")')
        return "OK ID completed"

    def _do_namespace(self, _arguments: list[Word]) -> str:
        self._need("NAMESPACE")
        self._say('* NAMESPACE (("" "/")) NIL NIL')
        return "OK NAMESPACE completed"

    def _do_login(self, arguments: list[Word]) -> str:
        if self.server.refusal:
            return f"NO {self.server.refusal}"
        if [text(a) for a in arguments] != [self.server.user, self.server.password]:
            return "NO [AUTHENTICATIONFAILED] LOGIN failed: wrong user or password"
        self.signed_in = True
        return "OK LOGIN completed"

    def _do_list(self, arguments: list[Word], reply: str = "LIST") -> str:
        pattern = text(arguments[1])
        if pattern == "":
            self._say(f'* {reply} (\\Noselect) "/" ""')
            return f"OK {reply} completed"
        parts = {"*": ".*", "%": "[^/]*"}
        matching = re.compile("".join(parts.get(char) or re.escape(char) for char in pattern))
        for folder in self.server.folders:
            name = _wire(folder.name)
            if matching.fullmatch(name):
                self._say(f'* {reply} ({" ".join(folder.flags)}) "/" {quoted(name)}')
        return f"OK {reply} completed"

    def _do_lsub(self, arguments: list[Word]) -> str:
        return self._do_list(arguments, "LSUB")

    def _do_xlist(self, arguments: list[Word]) -> str:
        return self._do_list(arguments, "XLIST")

    def _do_select(self, arguments: list[Word]) -> str:
        return self._enter(arguments, writable=True)

    def _do_examine(self, arguments: list[Word]) -> str:
        return self._enter(arguments, writable=False)

    def _do_close(self, _arguments: list[Word]) -> str:
        self.folder = None
        return "OK CLOSE completed"

    def _do_status(self, arguments: list[Word]) -> str:
        folder = self._named(arguments[0])
        if folder is None:
            return "NO no such folder"
        figures = {
            "MESSAGES": len(folder.mails),
            "RECENT": 0,
            "UIDNEXT": folder.uidnext,
            "UIDVALIDITY": folder.uidvalidity,
            "UNSEEN": sum("\\Seen" not in mail.flags for mail in folder.mails),
        }
        wanted = [text(item).upper() for item in arguments[1]]
        if not set(wanted) <= set(figures):
            raise NotUnderstood
        # Alimail answers the items in an order of its own.
        items = " ".join(f"{name} {figures[name]}" for name in sorted(wanted))
        self._say(f"* STATUS {quoted(_wire(folder.name))} ({items})")
        return "OK STATUS completed"

    def _do_create(self, arguments: list[Word]) -> str:
        if self._named(arguments[0]) is not None:
            return "NO the folder exists"
        number = max(folder.uidvalidity for folder in self.server.folders) + 1
        name = imap_utf7.decode(text(arguments[0]).encode())
        self.server.folders.append(Folder(name, uidvalidity=number))
        return "OK CREATE completed"

    def _do_getquotaroot(self, arguments: list[Word]) -> str:
        self._need("QUOTA")
        self._say(f'* QUOTAROOT {quoted(text(arguments[0]))} "user"')
        return self._do_getquota(["user"])

    def _do_getquota(self, _arguments: list[Word]) -> str:
        self._need("QUOTA")
        if self.server.quota is not None:
            used = total_size(self.server.folders) // 1024
            self._say(f'* QUOTA "user" (STORAGE {used} {self.server.quota})')
        return "OK GETQUOTA completed"

    def _need(self, capability: str) -> None:
        if capability not in self.server.dialect.capabilities.split():
            raise NotUnderstood

    def _named(self, word: Word) -> Folder | None:
        name = imap_utf7.decode(text(word).encode())
        wanted = "INBOX" if name.upper() == "INBOX" else name
        return next((f for f in self.server.folders if f.name == wanted), None)

    def _enter(self, arguments: list[Word], *, writable: bool) -> str:
        folder = self._named(arguments[0])
        self.folder = None
        if folder is None:
            return "NO no such folder"
        self.folder = OpenFolder(
            folder,
            writable,
            self.writer.write,
            self._sent,
            self._named,
            self.server.dialect.text_search,
        )
        self._say(f"* {len(folder.mails)} EXISTS")
        self._say("* 0 RECENT")
        self._say("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)")
        self._say(f"* OK [UIDVALIDITY {folder.uidvalidity}] UIDs valid")
        self._say(f"* OK [UIDNEXT {folder.uidnext}] next UID")
        return f"OK [READ-{'WRITE' if writable else 'ONLY'}] completed"

    async def _idle(self) -> str:
        """Tells of new messages in the opened folder until the client has enough (RFC 2177)."""
        self._say("+ idling")
        await self.writer.drain()
        self.server.somebody_waits()
        mails = self.folder.folder.mails if self.folder is not None else []
        known = len(mails)
        enough = asyncio.ensure_future(self.reader.readline())
        try:
            while not (await asyncio.wait({enough}, timeout=_IDLE_TICK))[0]:
                if len(mails) > known:
                    self._say(f"* {len(mails)} EXISTS")
                    await self.writer.drain()
                known = len(mails)
        finally:
            enough.cancel()
        return "OK IDLE terminated"


def _wire(name: str) -> str:
    """A folder's name in modified UTF-7 (RFC 3501, 5.1.3)."""
    return bytes(imap_utf7.encode(name)).decode("ascii")
