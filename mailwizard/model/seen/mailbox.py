"""Seen in the mailbox, over IMAP, read-only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailwizard.model.observation import Seen, seen
from mailwizard.model.seen.network import Connect, Tls

Role = Literal["inbox", "junk", "trash", "sent", "drafts", "archive", "all", "other"]


@seen("sign-in")
class SignIn(Seen):
    """One attempt to sign in, or why there was none.

    ``outcome``: ``ok`` · ``refused`` (the server said NO to the password) · ``unavailable``
    (BYE, temporary refusal) · ``no-password-login`` (LOGINDISABLED, OAuth only; no password was
    sent) · ``not-verified`` (TLS could not be verified, nothing was sent) · ``unreachable`` ·
    ``silent`` (no greeting) · ``not-tried``. ``code`` is the bracketed response code, ``text`` the
    server's own words, shown safely.
    """

    host: str
    port: int
    outcome: Literal[
        "ok",
        "refused",
        "unavailable",
        "no-password-login",
        "not-verified",
        "unreachable",
        "silent",
        "not-tried",
    ]
    code: str = ""
    text: str = ""
    greeting: str = ""
    capabilities: tuple[str, ...] = ()
    select_refused: str = ""  # the text with which the inbox was refused after a good sign-in
    reply: Literal["", "NO", "BAD", "BYE"] = ""  # with what the server refused, "" if it did not


@seen("site")
class SiteLook(Seen):
    """Another site of the provider, connected to up to its greeting; no password is ever sent.

    ``site`` is its id in the provider's profile. ``connect`` and ``tls`` as in Endpoint;
    ``greeting`` is "" if it did not greet.
    """

    site: str
    host: str
    connect: Connect
    tls: Tls = ""
    greeting: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Folder:
    """One folder. ``role_by`` tells how its role is known: by flag, by name, or not at all."""

    name: str
    flags: tuple[str, ...]
    role: Role
    role_by: Literal["flag", "name", ""]
    selectable: bool = True


@seen("folder-list")
class FolderList(Seen):
    """The folders of the mailbox, as listed."""

    folders: tuple[Folder, ...]
    delimiter: str
    complete: bool = True
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class MailSeen:
    """The headers of one message that matters. Never its body.

    ``matched``: which trait tied it to the sender asked about. ``received`` are the raw Received
    fields, newest (our own servers') first, at most 30; ``authentication`` the raw
    Authentication-Results fields, newest first. ``spam`` are spam headers as ``Name: value``.
    Times are UTC.
    """

    folder: str
    uid: int
    arrived: datetime  # INTERNALDATE
    dated: datetime | None  # the Date field
    from_address: str
    from_name: str
    subject: str
    size: int
    unread: bool
    matched: Literal["address", "domain", "reply-to", "sender", "name", "subject", "attachment"]
    flagged_deleted: bool = False
    message_id: str = ""
    return_path: str = ""
    received: tuple[str, ...] = ()
    authentication: tuple[str, ...] = ()
    spam: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()  # file names, where the case asks for one


@seen("folder-search")
class FolderSearch(Seen):
    """One folder searched for the sender's mail that arrived since ``since``.

    ``messages`` and ``uidnext`` are EXISTS and UIDNEXT. ``method``: the server's SEARCH FROM, with
    every hit verified from its headers, or headers fetched and filtered here. ``examined`` counts
    the messages of the time window whose headers were read; ``complete`` is False if any of the
    window were not (``detail`` says why). Of the figures about others' mail, None means "not
    looked at".
    """

    folder: str
    role: Role
    role_by: Literal["flag", "name", ""]
    since: datetime
    messages: int
    method: Literal["server-search", "headers", "none"]
    examined: int
    complete: bool
    hits: tuple[MailSeen, ...] = ()
    uidnext: int | None = None
    others_arrived: int | None = None  # messages of other senders in the window
    newest: datetime | None = None  # INTERNALDATE of the newest message in the window
    detail: str = ""
    uidvalidity: int | None = None  # UIDs name the same messages as long as this stays
    others_read: int | None = None  # of ``others_arrived``, those marked as read
    senders: int | None = None  # different authors among ``others_arrived``
    oldest: datetime | None = None  # INTERNALDATE of the folder's first message
    last: datetime | None = None  # INTERNALDATE of its last message, in the window or before
    arrived_before: int | None = None  # messages of the equally long time before the window


@seen("sender-history")
class SenderHistory(Seen):
    """Earlier mail of the sender, from before the time window: newest first, at most 20.

    ``examined`` counts the earlier messages whose headers were read to find them.
    """

    mails: tuple[MailSeen, ...]
    examined: int
    complete: bool


@dataclass(frozen=True, kw_only=True)
class QuotaResource:
    """One QUOTA resource (RFC 9208): STORAGE in units of 1024 octets, MESSAGE in messages.

    ``folders`` are those of the folders asked for that are under this root, at most 20, the inbox
    as ``INBOX``; where none is named, the inbox was asked for.
    """

    root: str
    resource: str
    used: int
    limit: int
    folders: tuple[str, ...] = ()


@seen("quota")
class Quota(Seen):
    """The server's own quota figures. ``supported`` is False where QUOTA is not offered."""

    supported: bool
    resources: tuple[QuotaResource, ...] = ()
    detail: str = ""


@seen("mailbox-size")
class MailboxSize(Seen):
    """What was measured where QUOTA is not offered: octets by folder (RFC822.SIZE, summed)."""

    octets: dict[str, int]
    messages: dict[str, int]
    complete: bool
    detail: str = ""


@seen("rules")
class RulesReadable(Seen):
    """Whether filing rules can be read from here (ManageSieve). IMAP alone never shows them."""

    readable: bool
