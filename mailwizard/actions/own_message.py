"""The test mail itself: short, in two languages, and known again by something nobody can guess."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from mailwizard.reading.headers import decoded

_SUBJECT = "mailwizard test mail"
# Bilingual on purpose, and not translated: whoever finds it may read one or the other.
_BODY = """\
This is a test mail. It was sent from {address} to itself with mailwizard, by somebody
who uses this mailbox, to see whether mail arrives here, how fast, and in which folder.
It is removed again by itself. If you still find it, you may delete it.

这是一封测试邮件，由本邮箱的使用者通过 mailwizard 从 {address} 发给自己，
用来查看邮件能否到达、多久到达、到了哪个文件夹。
它会被自动删除。如果您仍然看到它，可以直接删除。
"""


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """One test mail from ``address`` to itself."""

    address: str
    token: str
    written: datetime

    @classmethod
    def write(cls, address: str, now: datetime) -> "OwnMessage":
        """A new one, with a token of 128 random bits."""
        return cls(address, secrets.token_hex(16), now)

    @property
    def subject(self) -> str:
        """The Subject, by which a person can find it."""
        return f"{_SUBJECT} {self.token}"

    @property
    def octets(self) -> bytes:
        """The whole message, CRLF lines, seven bits (but for an address that needs more)."""
        message = EmailMessage(policy=SMTP if self.address.isascii() else SMTPUTF8)
        message["From"] = self.address
        message["To"] = self.address
        message["Subject"] = self.subject
        message["Date"] = format_datetime(self.written)
        message["Message-ID"] = f"<{self.token}@{self.address.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence is answered
        message.set_content(_BODY.format(address=self.address), cte="base64")
        return message.as_bytes()

    def names(self, found: dict[str, list[bytes]]) -> bool:
        """Whether these header fields are this mail's.

        Some servers give a Message-ID of their own: then the whole Subject tells, so that a reply
        or a notice about it is not taken for it.
        """
        ids = [decoded(value) for value in found.get("message-id", [])]
        if any(self.token in text for text in ids):
            return True
        return any(
            " ".join(decoded(value).split()) == self.subject for value in found.get("subject", [])
        )
