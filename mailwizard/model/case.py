"""What the user told us about the missing mail."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\“”]+@[^\s@<>()\[\],;:\"\\“”]+")
_QUOTES = "\"'“”‘’"
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)


class NotAnAddress(ValueError):
    """The text is no mail address (or, where allowed, no domain)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One missing mail, as the person who misses it describes it.

    ``me`` is a full address; ``sender`` an address or a bare domain, or None for a health check.
    ``attachment`` is the name of a file in it, or a known part of one; ``size`` in octets.
    ``provider`` and ``imap`` are only set when the user chose them; else they are detected.
    """

    me: str
    sender: str | None = None
    since: date
    subject: str | None = None
    attachment: str | None = None
    size: int | None = None
    provider: str | None = None
    imap_host: str | None = None
    imap_port: int | None = None

    @property
    def domain(self) -> str:
        """The user's own mail domain, in ASCII (A-label) form."""
        return domain_of(self.me)

    @property
    def sender_domain(self) -> str | None:
        """The sender's domain in ASCII form, or None without a sender."""
        return domain_of(self.sender) if self.sender else None

    @property
    def sender_address(self) -> str | None:
        """The sender's full address in lower case, or None when only a domain is known."""
        return self.sender.lower() if self.sender and "@" in self.sender else None


def domain_of(text: str) -> str:
    """The domain of an address, or a bare domain itself: lower case, A-labels, no final dot."""
    domain = text.rpartition("@")[2].strip().rstrip(".").lower()
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def spoken(domain: str) -> str:
    """A domain as people write it: A-labels become the letters that they stand for (RFC 5890)."""
    if "xn--" not in domain:
        return domain
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def parse_address(text: str) -> str:
    """A full mail address from what was typed; a display name and angle brackets are dropped.

    So are quotation marks around it and a final dot. Raises NotAnAddress.
    """
    typed = _plain(text)
    inner = re.search(r"<([^<>]*)>", typed)
    typed = (inner[1] if inner else typed).strip(_QUOTES + " ").rstrip(".")
    if len(typed) > 254 or not typed.isprintable() or not _ADDRESS.fullmatch(typed):
        raise NotAnAddress(text)
    parse_domain(typed.rpartition("@")[2])
    return typed


def parse_domain(text: str) -> str:
    """A domain with at least two labels from what was typed. Raises NotAnAddress."""
    domain = domain_of(_plain(text))
    labels = domain.split(".")
    if len(domain) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(part) for part in labels):
        raise NotAnAddress(text)
    if labels[-1].isdigit():
        raise NotAnAddress(text)
    return domain


def parse_sender(text: str) -> str:
    """An address, or a bare domain (also written ``@domain``). Raises NotAnAddress."""
    typed = _plain(text)
    if typed.startswith("@"):
        return parse_domain(typed[1:])
    return parse_address(typed) if "@" in typed else parse_domain(typed)


def _plain(text: str) -> str:
    """What was typed in a full-width input mode as plain letters (NFKC), without what nobody sees.

    Copied addresses often bring along format characters: zero-width spaces, marks of direction.
    """
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFKC", seen).replace("。", ".").strip()
