"""Seen at port 25 of a mail exchanger."""

from dataclasses import dataclass
from typing import Literal

from mailwizard.model.observation import Seen, seen
from mailwizard.model.seen.network import Certificate, Connect, Tls


@dataclass(frozen=True, kw_only=True)
class SmtpReply:
    """One reply of an SMTP server: code, enhanced code ("" if none), text shown safely."""

    code: int
    enhanced: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RcptReply:
    """The reply to RCPT TO: of the user, ``postmaster``, or a ``random`` name at the domain."""

    who: Literal["user", "postmaster", "random"]
    reply: SmtpReply


@dataclass(frozen=True, kw_only=True)
class Digests:
    """SHA-2 digests, in lower-case hex, of one certificate of a chain (RFC 6698 section 2.1).

    ``certificate_…``: of the whole certificate in DER (selector 0); ``key_…``: of its
    SubjectPublicKeyInfo (selector 1), "" where that cannot be read.
    """

    certificate_sha256: str
    certificate_sha512: str
    key_sha256: str
    key_sha512: str


DoorTls = Literal[
    "",  # not tried: not offered, or the dialogue did not get there
    "handshake",  # TLS was tried; ``tls`` tells how it ended
    "refused",  # the server answered STARTTLS with a refusal
    "injected",  # more came in plain text after the OK (CVE-2011-0411)
    "timeout",
    "closed",  # it hung up instead of answering
    "garbled",  # no SMTP reply
]


@seen("smtp-door")
class SmtpDoor(Seen):
    """One dialogue with one address of one mail exchanger, ended before DATA.

    ``whose``: ``own`` (an MX of the user's domain), ``control`` (somebody else's MX; greeted
    only), ``sender`` (an MX of the sender's domain; greeted only). ``stage`` is how far it went.
    ``sent_from`` is the envelope sender used in MAIL FROM.

    ``starttls`` is whether STARTTLS was offered (None: no EHLO reply), ``starttls_talk`` how far it
    went, and ``tls`` how the handshake ended: ``ok`` is a chain that this computer trusts for
    ``host``. ``certificates`` is the chain as presented, leaf first, also where it is not trusted,
    and ``digests`` those of each certificate that was sent in the same order, for TLSA records.
    ``rcpt_before`` is what was said to the same recipients some seconds before, where a server
    that said "later" was asked twice.
    """

    whose: Literal["own", "control", "sender"]
    host: str
    address: str
    connect: Connect
    connect_ms: float | None = None
    stage: Literal["connect", "banner", "ehlo", "mail", "rcpt"] = "connect"
    banner: SmtpReply | None = None
    banner_ms: float | None = None
    ehlo: SmtpReply | None = None
    size_limit: int | None = None
    starttls: bool | None = None
    sent_from: str = ""
    mail: SmtpReply | None = None
    rcpt: tuple[RcptReply, ...] = ()
    detail: str = ""
    rcpt_before: tuple[RcptReply, ...] = ()
    starttls_talk: DoorTls = ""
    tls: Tls = ""
    tls_version: str = ""
    tls_detail: str = ""
    certificates: tuple[Certificate, ...] = ()
    digests: tuple[Digests, ...] = ()
