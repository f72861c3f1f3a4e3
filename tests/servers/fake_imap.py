"""A small IMAP server over TLS on loopback, with every bad habit that a test asks for."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.certificates import Issued

USER, PASSWORD = "lin@example.com", "correct horse"


@dataclass
class Message:
    """One message: its whole header, when it arrived, its flags and size."""

    header: bytes
    arrived: datetime
    flags: str = ""
    size: int = 2000
    structure: bytes = b'("TEXT" "PLAIN" NIL NIL NIL "7BIT" 12 1)'


def mail(
    sender: str = "Hans <buyer@customer.example>",
    /,
    subject: str = "Angebot 2026-118",
    days_ago: float = 1,
    now: datetime | None = None,
    **more: str,
) -> Message:
    """A message of ``sender``; ``more`` are further fields (``reply_to`` is Reply-To)."""
    arrived = (now or datetime.now(UTC)) - timedelta(days=days_ago)
    lines = {
        "From": sender,
        "Subject": subject,
        "Date": arrived.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "Message-ID": f"<{abs(hash((sender, subject, days_ago)))}@test>",
    } | {name.replace("_", "-").title(): value for name, value in more.items()}
    header = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return Message(header.encode("utf-8") + b"\r\n", arrived.replace(microsecond=0))


@dataclass
class Folder:
    """A folder with its name as it goes over the wire."""

    name: str
    flags: str = ""
    messages: list[Message] = field(default_factory=list)
    refuse: str = ""
    uidvalidity: int = 0


@dataclass
class Dialect:
    """How a server speaks. ``script`` may answer a command itself: None leaves it to the server.

    ``search`` says what SEARCH with FROM does: ``works``, ``bad`` or ``everything``; ``since``
    likewise for SINCE: ``works``, ``bad``, ``nothing`` or ``everything``.
    """

    greeting: bytes = b"* OK IMAP4rev1 ready\r\n"
    capability: str = "IMAP4rev1 ID"
    later_capability: str = ""
    login: str = ""  # the refusal, e.g. "NO [AUTHENTICATIONFAILED] no"
    needs_id: bool = False
    search: str = "works"
    since: str = "works"
    quota: str = ""
    drops_what_is_sent_ahead: bool = False
    script: Callable[["Session", str, str, str], bool] | None = None


class Session:
    """One connection."""

    def __init__(self, server: "FakeImap", connection: ssl.SSLSocket) -> None:
        self.server = server
        self.connection = connection
        self.file = connection.makefile("rb")
        self.number = server.received  # from 1
        self.identified = False
        self.signed_in = False
        self.folder: Folder | None = None

    def say(self, *lines: str | bytes) -> None:
        """Sends lines."""
        data = [line if isinstance(line, bytes) else line.encode("utf-8") for line in lines]
        self.connection.sendall(b"".join(line + b"\r\n" for line in data))

    def hang_up(self) -> None:
        """Breaks the connection off."""
        self.connection.shutdown(socket.SHUT_RDWR)

    def run(self) -> None:
        """Serves until the end of the connection."""
        self.connection.sendall(self.server.dialect.greeting)
        for line in self._lines():
            text = line.decode("utf-8", "surrogateescape").rstrip("\r\n")
            while literal := re.search(r"\{(\d+)\}$", text):
                self.connection.sendall(b"+ go on\r\n")
                data = self.file.read(int(literal[1])).decode("utf-8", "surrogateescape")
                rest = self.file.readline().decode("utf-8", "surrogateescape").rstrip("\r\n")
                text = f'{text[: literal.start()]}"{data}"{rest}'
            self.server.commands.append(text)
            tag, _, rest = text.partition(" ")
            verb, _, arguments = rest.partition(" ")
            script = self.server.dialect.script
            if script is not None and script(self, tag, verb.upper(), arguments):
                continue
            if not self.answer(tag, verb.upper(), arguments):
                return

    def _lines(self) -> Iterator[bytes]:
        if not self.server.dialect.drops_what_is_sent_ahead:
            yield from self.file
        while data := self.connection.recv(1 << 16):
            yield data.partition(b"\n")[0] + b"\n"

    def answer(self, tag: str, verb: str, arguments: str) -> bool:
        """Answers one command; False ends the connection."""
        dialect = self.server.dialect
        match verb:
            case "CAPABILITY":
                offered = dialect.later_capability if self.signed_in else ""
                self.say(f"* CAPABILITY {offered or dialect.capability}", f"{tag} OK done")
            case "LOGIN":
                self.signed_in = not dialect.login and arguments == f'"{USER}" "{PASSWORD}"'
                refusal = dialect.login or "NO [AUTHENTICATIONFAILED] wrong"
                self.say(f"{tag} OK done" if self.signed_in else f"{tag} {refusal}")
            case "ID":
                self.identified = True
                self.say("* ID NIL", f"{tag} OK done")
            case "NOOP":
                self.say(f"{tag} OK done")
            case "STATUS":
                self._status(tag, arguments)
            case "LIST" if "RETURN (STATUS" in arguments:
                self._list_status(tag, arguments)
            case "LIST":
                for folder in self.server.folders:
                    self.say(f'* LIST ({folder.flags}) "/" "{folder.name}"')
                self.say(f"{tag} OK done")
            case "EXAMINE":
                self._examine(tag, arguments)
            case "GETQUOTAROOT" if dialect.quota:
                self.say('* QUOTAROOT INBOX ""', f"* QUOTA {dialect.quota}", f"{tag} OK done")
            case "UID" | "FETCH" | "SEARCH":
                self._messages(tag, verb, arguments)
            case "LOGOUT":
                self.say("* BYE", f"{tag} OK done")
                return False
            case _:
                self.say(f"{tag} BAD invalid command or parameters")
        return True

    def _offers(self, capability: str) -> bool:
        dialect = self.server.dialect
        return capability in f"{dialect.capability} {dialect.later_capability}".split()

    def _sizes(self, folder: Folder, items: str) -> str:
        said = f"MESSAGES {len(folder.messages)}"
        if "SIZE" in items:
            said += f" SIZE {sum(message.size for message in folder.messages)}"
        return f'* STATUS "{folder.name}" ({said})'

    def _status(self, tag: str, arguments: str) -> None:
        name, _, items = arguments.removeprefix('"').partition('" ')
        folder = next((f for f in self.server.folders if f.name == name), None)
        if "SIZE" in items and not self._offers("STATUS=SIZE"):
            self.say(f"{tag} BAD invalid command or parameters")
        elif folder is None or folder.refuse:
            self.say(f"{tag} NO {folder.refuse if folder else 'no such folder'}")
        else:
            self.say(self._sizes(folder, items), f"{tag} OK done")

    def _list_status(self, tag: str, arguments: str) -> None:
        if not (self._offers("LIST-STATUS") and self._offers("STATUS=SIZE")):
            self.say(f"{tag} BAD invalid command or parameters")
            return
        for folder in self.server.folders:
            self.say(f'* LIST ({folder.flags}) "/" "{folder.name}"')
            if not folder.refuse and "\\Noselect" not in folder.flags:
                self.say(self._sizes(folder, arguments))
        self.say(f"{tag} OK done")

    def _examine(self, tag: str, arguments: str) -> None:
        name = arguments.strip('"')
        self.folder = next((f for f in self.server.folders if f.name == name), None)
        if self.server.dialect.needs_id and not self.identified:
            self.say(f"{tag} NO EXAMINE Unsafe Login. Please contact kefu@188.com for help")
        elif self.folder is None or self.folder.refuse:
            self.say(f"{tag} NO {self.folder.refuse if self.folder else 'no such folder'}")
        else:
            count = len(self.folder.messages)
            self.say(f"* {count} EXISTS", "* 0 RECENT", f"* OK [UIDNEXT {count + 101}] next")
            if self.folder.uidvalidity:
                self.say(f"* OK [UIDVALIDITY {self.folder.uidvalidity}] valid")
            self.say(f"{tag} OK [READ-ONLY] done")

    def _messages(self, tag: str, verb: str, arguments: str) -> None:
        by_uid = verb == "UID"
        if by_uid:
            verb, _, arguments = arguments.partition(" ")
        if self.folder is None:
            self.say(f"{tag} BAD no folder")
        elif verb.upper() == "SEARCH":
            self._search(tag, arguments)
        else:
            numbers, _, items = arguments.partition(" ")
            first, count = 101 if by_uid else 1, len(self.folder.messages)
            if "*" in numbers and not count and not by_uid:
                self.say(f"{tag} BAD no such message")
                return
            chosen: set[int] = set()
            for part in numbers.split(","):
                begin, _colon, end = part.partition(":")
                last = first + count - 1
                ends = [last if word == "*" else int(word) for word in (begin, end or begin)]
                chosen.update(range(max(ends[0], first), min(ends[1], last) + 1))
            for number in sorted(chosen):
                self._fetch(number - first, items)
            self.say(f"{tag} OK done")

    def _search(self, tag: str, arguments: str) -> None:
        assert self.folder is not None
        dialect = self.server.dialect
        sender = re.search(r'(FROM|REPLY-TO|SENDER|SUBJECT) "([^"]*)"', arguments, re.I)
        since = re.search(r"SINCE (\S+)", arguments)
        before = re.search(r"BEFORE (\S+)", arguments)
        if (sender and dialect.search == "bad") or (since and dialect.since == "bad"):
            self.say(f"{tag} BAD invalid command or parameters")
            return
        found = []
        for index, message in enumerate(self.folder.messages):
            day = message.arrived.date()
            lies = dialect.since == "everything"
            if since and not lies and (dialect.since == "nothing" or day < _day(since[1])):
                continue
            if before and day >= _day(before[1]):
                continue
            if sender and dialect.search == "works" and not _has(message, sender[1], sender[2]):
                continue
            found.append(str(index + 101))
        self.say("* SEARCH " + " ".join(found) if found else "* SEARCH", f"{tag} OK done")

    def _fetch(self, index: int, items: str) -> None:
        assert self.folder is not None
        message = self.folder.messages[index]
        stamp = message.arrived.strftime("%d-%b-%Y %H:%M:%S +0000")
        parts = f"UID {index + 101}"
        if "INTERNALDATE" in items:
            parts += f' INTERNALDATE "{stamp}"'
        if "FLAGS" in items:
            parts += f" FLAGS ({message.flags})"
        if "RFC822.SIZE" in items:
            parts += f" RFC822.SIZE {message.size}"
        data = f"* {index + 1} FETCH ({parts}".encode()
        if "BODYSTRUCTURE" in items:
            data += b" BODYSTRUCTURE " + message.structure
        section = re.search(r"BODY\.PEEK\[(HEADER\.FIELDS \(([^)]*)\))\]", items)
        if section:
            header = _only(message.header, section[2].split())
            data += b" BODY[%s] {%d}\r\n%s" % (section[1].encode(), len(header), header)
        self.say(data + b")")


def _only(header: bytes, names: list[str]) -> bytes:
    wanted = {name.lower() for name in names}
    out = b""
    keep = False
    for line in header.split(b"\r\n"):
        if line[:1] not in (b" ", b"\t"):
            keep = line.partition(b":")[0].decode("latin-1").lower() in wanted
        if keep and line:
            out += line + b"\r\n"
    return out + b"\r\n"


def _has(message: Message, name: str, text: str) -> bool:
    field_ = _only(message.header, [name]).decode("utf-8", "replace").lower()
    return text.lower() in field_


def _day(text: str) -> object:
    return datetime.strptime(text, "%d-%b-%Y").date()


class FakeImap:
    """The server: listens at once, serves each connection on a daemon thread."""

    def __init__(
        self, certificate: Issued, dialect: Dialect | None = None, *folders: Folder
    ) -> None:
        self.dialect = dialect or Dialect()
        self.folders = list(folders) or [Folder("INBOX")]
        self.commands: list[str] = []
        self.received = 0
        self._context = certificate.server_context()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def place(self) -> tuple[str, int]:
        """Where it listens."""
        host, port = self._listener.getsockname()[:2]
        return host, port

    def close(self) -> None:
        """Stops listening and breaks off every connection."""
        self._listener.close()
        for connection in self._connections:
            connection.close()

    def verbs(self) -> list[str]:
        """The commands received, without tag and arguments; of UID commands the second word."""
        words = [command.split() for command in self.commands]
        return [w[2] if w[1].upper() == "UID" else w[1].upper() for w in words if len(w) > 1]

    def _accept(self) -> None:
        while True:
            try:
                connection, _peer = self._listener.accept()
            except OSError:
                return
            self.received += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            connection = self._context.wrap_socket(plain, server_side=True)
            self._connections.append(connection)
            Session(self, connection).run()
            connection.close()
        except (OSError, ValueError):
            plain.close()


@contextmanager
def serving(
    certificate: Issued, dialect: Dialect | None = None, *folders: Folder
) -> Iterator[FakeImap]:
    """A server for the length of a block."""
    server = FakeImap(certificate, dialect, *folders)
    try:
        yield server
    finally:
        server.close()
