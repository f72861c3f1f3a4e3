"""Seen at port 25 of a mail exchanger."""

from dataclasses import dataclass
from typing import Literal

from mailwizard.model.observation import Seen, seen
from mailwizard.model.seen.network import Connect


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


@seen("smtp-door")
class SmtpDoor(Seen):
    """One dialogue with one address of one mail exchanger, ended before DATA.

    ``whose``: ``own`` (an MX of the user's domain), ``control`` (somebody else's MX; greeted
    only), ``sender`` (an MX of the sender's domain; greeted only). ``stage`` is how far it went.
    ``sent_from`` is the envelope sender used in MAIL FROM.
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
