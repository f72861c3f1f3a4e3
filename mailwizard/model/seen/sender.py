"""Seen on the sender's side: their records, their servers, their bounce, their log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailwizard.model.observation import Seen, seen

Source = Literal["mail", "earlier-mail", "bounce", "log", "mx", "spf"]


@dataclass(frozen=True, kw_only=True)
class SendingServer:
    """An address that the sender's mail comes from; ``mx`` and ``spf`` are guessed sources."""

    address: str
    host: str
    helo: str
    source: Source


@seen("spf")
class SpfResult(Seen):
    """SPF (RFC 7208) evaluated today for one sending address.

    ``result``: pass, fail, softfail, neutral, none, permerror, temperror.
    """

    domain: str
    server: SendingServer
    result: str
    record: str
    detail: str = ""


@seen("dmarc")
class DmarcRecord(Seen):
    """A domain's DMARC record (RFC 9989): where it was found, and its tags as published."""

    domain: str
    outcome: Literal["found", "none", "broken", "unknown"]
    found_at: str = ""
    record: str = ""
    policy: str = ""
    subdomain_policy: str = ""
    spf_alignment: str = "r"
    dkim_alignment: str = "r"


@seen("reverse-name")
class ReverseName(Seen):
    """The PTR names of a sending address, and those that point back to it."""

    server: SendingServer
    outcome: Literal["answer", "none", "unknown"]
    names: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()


@seen("block-list")
class BlockListAnswer(Seen):
    """One block list asked about one address, after its test entry.

    ``test`` are the answers for 127.0.0.2: a list that does not answer it as documented is not
    believed. ``codes`` are the answers for the address, () for "not listed".
    """

    zone: str
    server: SendingServer
    asked: Literal["answer", "not-listed", "unknown"]
    codes: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    test_asked: Literal["answer", "not-listed", "unknown"] = "unknown"
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class RefusedRecipient:
    """One recipient's fate in a bounce (RFC 3464 fields where given, else read from the text).

    ``said`` is the remote server's own sentence, shown safely, at most 500 characters; ``code`` its
    three-digit SMTP reply code, ``enhanced`` its RFC 3463 code; both 0 / "" if not given.
    """

    address: str
    original: str = ""
    action: Literal["failed", "delayed", "delivered", "relayed", "expanded", ""] = ""
    code: int = 0
    enhanced: str = ""
    said: str = ""
    said_by: str = ""  # the remote MTA


@dataclass(frozen=True, kw_only=True)
class FoundIn:
    """Where in the user's own mailbox something was found, and when it arrived there (UTC)."""

    folder: str
    uid: int
    arrived: datetime


@seen("bounce")
class Bounce(Seen):
    """A bounce as read: given as .eml, forwarded inside another mail, or pasted text.

    ``form``: ``report`` (RFC 3464), ``text`` (non-standard or pasted), ``not-a-bounce`` (nothing in
    it could be read as one), ``unreadable`` (binary, empty; ``detail`` says why). ``found`` is set
    where nobody brought it: it lay in the user's mailbox.
    """

    form: Literal["report", "text", "not-a-bounce", "unreadable"]
    reporting: str = ""  # the MTA that wrote it
    recipients: tuple[RefusedRecipient, ...] = ()
    sender_ip: str = ""  # the address of the refused connection, where the text names it
    sent_from: str = ""  # the From address of the returned mail
    detail: str = ""
    found: FoundIn | None = None


@seen("sender-log")
class SenderLog(Seen):
    """What the sender's mail log says about one delivery: the last line that has a result."""

    understood: bool
    status: Literal["sent", "deferred", "bounced", "expired", ""] = ""
    to: str = ""
    relay: str = ""
    relay_address: str = ""
    code: int = 0
    enhanced: str = ""
    said: str = ""
    queue_id: str = ""  # the id that the accepting server gave
