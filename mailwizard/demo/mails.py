"""What the demo's mailbox holds: messages and folders, as an IMAP server sees them."""

from dataclasses import dataclass, field
from datetime import datetime

_FILLER = b"bWFpbHdpemFyZCBkZW1vIGF0dGFjaG1lbnQsIG5vdGhpbmcgdG8gc2VlIGhlcmUsIG1vdmUgb24u\r\n"


@dataclass
class Mail:
    """One message. ``head`` ends in an empty line; ``padding`` are octets of attachment after the
    text, which are only made when somebody reads them. ``arrived`` is INTERNALDATE, in UTC.
    """

    uid: int
    arrived: datetime
    flags: set[str]
    head: bytes
    text: bytes
    padding: int = 0

    @property
    def size(self) -> int:
        """RFC822.SIZE."""
        return len(self.head) + len(self.text) + self.padding

    def body(self) -> bytes:
        """All after the header."""
        lines = -(-self.padding // len(_FILLER))
        return self.text + (_FILLER * lines)[: self.padding]


@dataclass
class Folder:
    """One folder: its name in Unicode, its LIST flags, its messages by ascending UID."""

    name: str
    flags: tuple[str, ...] = ()
    mails: list[Mail] = field(default_factory=list)
    uidvalidity: int = 1
    uidnext: int = 1

    def add(
        self, arrived: datetime, flags: set[str], head: bytes, text: bytes, padding: int = 0
    ) -> Mail:
        """Puts a message at the end and gives it its UID."""
        mail = Mail(self.uidnext, arrived, flags, head, text, padding)
        self.uidnext += 1
        self.mails.append(mail)
        return mail


def total_size(folders: list[Folder]) -> int:
    """Octets of all messages."""
    return sum(mail.size for folder in folders for mail in folder.mails)
