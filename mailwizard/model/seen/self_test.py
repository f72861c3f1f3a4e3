"""Seen when a test mail was sent from the user's own address to itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailwizard.model.observation import Seen, seen
from mailwizard.model.seen.door import SmtpReply
from mailwizard.model.seen.mailbox import Role

Sending = Literal[
    "sent",
    "refused",
    "rejected",
    "unavailable",
    "no-password-login",
    "not-verified",
    "unreachable",
    "silent",
    "unanswered",
    "no-server",
    "no-mailbox",
    "stopped",
]
Stage = Literal["connect", "greeting", "sign-in", "sender", "recipient", "message"]
Fate = Literal["removed", "trashed", "marked", "left"]


@dataclass(frozen=True, kw_only=True)
class OwnCopy:
    """A place where the test mail was seen, ``seconds`` after the server had taken it.

    ``fate``: ``removed`` · ``trashed`` (moved to the trash, where it stays) · ``marked`` (as
    deleted; the server takes nothing away one by one) · ``left`` (it lies there as it came).
    """

    folder: str
    role: Role
    seconds: float
    fate: Fate = "left"


@seen("self-test")
class SelfTest(Seen):
    """A mail from the user's own ``address`` to itself, over the provider's submission server.

    ``outcome``: ``sent`` (the server took it) · ``refused`` (the password, at the sign-in) ·
    ``rejected`` (the mail; ``stage`` tells at which command) · ``unavailable`` ·
    ``no-password-login`` (no password is taken there) · ``not-verified`` (nothing was sent) ·
    ``unreachable`` · ``silent`` · ``unanswered`` (it broke off in the message: it may have been
    taken) · ``no-server`` (none is known) · ``no-mailbox`` (it could not have been looked for, so
    nothing was sent) · ``stopped`` (by the user, before it was sent). ``reply`` is the server's
    last word, without the password. ``tried`` is False where the password had been refused before:
    it was not sent again.

    ``folder``, ``role`` and ``seconds`` (after ``sent_at``) tell where it arrived; ``seconds`` is
    None for "not seen", and ``waited`` how long it was looked for: ``waited_enough`` is False where
    that was broken off. A copy among the sent mail, or in a folder that shows all mail, is no
    arrival. ``folders_looked`` of ``folders`` were looked at, to their end, after the waiting.
    """

    host: str
    port: int
    outcome: Sending
    address: str = ""
    stage: Stage = "connect"
    reply: SmtpReply | None = None
    detail: str = ""
    tried: bool = True
    subject: str = ""
    sent_at: datetime | None = None
    seconds: float | None = None
    folder: str = ""
    role: Role | None = None
    waited: float = 0.0
    waited_enough: bool = False
    folders_looked: int = 0
    folders: int = 0
    copies: tuple[OwnCopy, ...] = ()
