"""Hands one mail to a submission server (RFC 6409) over TLS from the start (RFC 8314).

Nothing is said before the certificate has been verified. The password goes out once, to the first
address that greets, and is looked for in everything that the server says after it.
"""

import re
from base64 import b64encode
from dataclasses import dataclass, replace

from mailwizard.model.secret import Secret
from mailwizard.model.seen.door import SmtpReply
from mailwizard.model.seen.self_test import Sending, Stage
from mailwizard.model.shown import shown
from mailwizard.probes.connecting import connect_fault, host_addresses
from mailwizard.probes.setting import Setting, Stopped
from mailwizard.probes.smtp_dialogue import Dialogue, NotSmtp
from mailwizard.probes.tls import handshake

PORT = 465
CONNECT_SECONDS = 6.0
GREETING_SECONDS = 15.0
REPLY_SECONDS = 12.0
TAKEN_SECONDS = 30.0  # a filter may read the message before the server takes it
QUIT_SECONDS = 1.0
MOST_ADDRESSES = 4

_NO_SUCH_WAY = frozenset({500, 502, 503, 504})  # said of the command, not of the password
# How far an attempt went: of several addresses the one that went farthest is told.
_FARNESS: tuple[Sending, ...] = ("unreachable", "silent", "not-verified", "unavailable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """How far it went; see ``SelfTest`` for the words. ``reply`` never holds the password."""

    outcome: Sending
    stage: Stage = "connect"
    reply: SmtpReply | None = None
    detail: str = ""


def submit(
    setting: Setting, host: str, password: Secret, address: str, message: bytes
) -> Submitted:
    """Sends ``message`` (CRLF lines) from ``address`` to itself. Raises Stopped.

    Stopped only comes before the message has begun to go out: after that it may have been taken,
    and ``unanswered`` says so.
    """
    try:
        addresses = host_addresses(setting, host)
    except TimeoutError:
        return Submitted(outcome="unreachable", detail="no answer from the name service")
    except (OSError, UnicodeError) as problem:
        return Submitted(outcome="unreachable", detail=shown(str(problem), 120))
    farthest = Submitted(outcome="unreachable", detail="no address")
    for place in addresses[:MOST_ADDRESSES]:
        went = _submit_at(setting, host, place, password, address, message)
        if went.stage != "connect" or went.outcome not in _FARNESS:
            return went
        if _FARNESS.index(went.outcome) >= _FARNESS.index(farthest.outcome):
            farthest = went
    return farthest


def _submit_at(
    setting: Setting, host: str, place: str, password: Secret, address: str, message: bytes
) -> Submitted:
    try:
        plain = setting.connect(place, PORT, CONNECT_SECONDS)
    except OSError as problem:
        return Submitted(outcome="unreachable", detail=connect_fault(problem))
    tls = handshake(setting, plain, host, again=(place, PORT))
    if tls.connection is None:
        detail = shown(f"{tls.outcome}: {tls.detail}", 200)
        match tls.outcome:
            case "timeout":
                return Submitted(outcome="silent", detail=detail)
            case "reset" | "closed":
                return Submitted(outcome="unreachable", detail=detail)
            case _:
                return Submitted(outcome="not-verified", detail=detail)
    with tls.connection as safe:
        talk = _Talk(setting, Dialogue(setting, safe), password)
        try:
            return talk.through(address, message)
        except TimeoutError:
            return talk.broken_off("silent", "timeout")
        except (NotSmtp, OSError) as problem:
            return talk.broken_off("unavailable", shown(str(problem), 120))
        except Stopped:
            if talk.begun:
                return talk.broken_off("unanswered", "stopped")
            raise


class _Talk:
    """One dialogue. Methods raise OSError, NotSmtp, Stopped."""

    def __init__(self, setting: Setting, dialogue: Dialogue, password: Secret) -> None:
        self._setting = setting
        self._dialogue = dialogue
        self._password = password
        self._stage: Stage = "connect"
        self.begun = False  # whether the message itself has begun to go out

    def through(self, address: str, message: bytes) -> Submitted:
        """From the greeting to the server's taking of the message."""
        banner = self._dialogue.reply(GREETING_SECONDS)
        if banner.code != 220:
            return self._end("unavailable", banner)
        self._stage = "greeting"
        hello = self._say(f"EHLO {self._dialogue.own_name}")
        if hello.code != 250:
            return self._end("unavailable", hello)
        offered = mechanisms(self._dialogue.lines)
        self._stage = "sign-in"
        refused = self._sign_in(offered)
        if refused is not None:
            return refused
        steps: tuple[tuple[Stage, str, int], ...] = (
            ("sender", f"MAIL FROM:<{address}>{_more(address)}", 2),
            ("recipient", f"RCPT TO:<{address}>", 2),
            ("message", "DATA", 3),
        )
        for stage, command, good in steps:
            self._stage = stage
            reply = self._say(command)
            if reply.code // 100 != good:
                return self._end("unavailable" if reply.code == 421 else "rejected", reply)
        self.begun = True
        taken = self._dialogue.say(stuffed(message), TAKEN_SECONDS)
        outcome: Sending = "sent" if taken.code // 100 == 2 else "rejected"
        ended = self._end(outcome, self._without_password(taken))
        self._take_leave()
        return ended

    def broken_off(self, why: Sending, detail: str) -> Submitted:
        """What a dialogue that broke off is worth. Raises Stopped where that was why."""
        if self.begun:
            return Submitted(outcome="unanswered", stage=self._stage, detail=detail)
        if self._setting.stopped:
            raise Stopped
        return Submitted(outcome=why, stage=self._stage, detail=detail)

    def _sign_in(self, offered: frozenset[str]) -> Submitted | None:
        """AUTH (RFC 4954), one attempt; None where it succeeded."""
        user = self._setting.case.me
        if "PLAIN" in offered:
            reply = self._auth_plain(user)
        elif "LOGIN" in offered:
            reply = self._say("AUTH LOGIN")
            if reply.code == 334:
                reply = self._say(_base64(user))
            if reply.code == 334:
                reply = self._say(_base64(self._password.reveal()))
        else:
            return Submitted(outcome="no-password-login", stage=self._stage)
        if reply.code == 235:
            return None
        if reply.code in _NO_SUCH_WAY:
            return self._end("no-password-login", reply)
        return self._end("refused" if reply.code >= 500 else "unavailable", reply)

    def _auth_plain(self, user: str) -> SmtpReply:
        answer = _base64(f"\0{user}\0{self._password.reveal()}")
        reply = self._say(f"AUTH PLAIN {answer}")
        if reply.code == 334:  # it has not read the initial response, and asks for it now
            reply = self._say(answer)
        return reply

    def _say(self, command: str) -> SmtpReply:
        return self._without_password(self._dialogue.say(command, REPLY_SECONDS))

    def _end(self, outcome: Sending, reply: SmtpReply) -> Submitted:
        return Submitted(outcome=outcome, stage=self._stage, reply=reply)

    def _take_leave(self) -> None:
        try:
            self._dialogue.say("QUIT", QUIT_SECONDS)
        except (OSError, NotSmtp, Stopped):
            return

    def _without_password(self, reply: SmtpReply) -> SmtpReply:
        """Drops the words of a reply that repeats the password, plain or encoded."""
        secret = self._password.reveal()
        forms = (secret, _base64(secret), _base64(f"\0{self._setting.case.me}\0{secret}"))
        lines = [re.sub(rb"^\d{3}[ -]?", b"", line.rstrip(b"\r")) for line in self._dialogue.lines]
        raw = (b"".join(lines), b" ".join(lines))
        if any(form and form.encode() in text for form in forms for text in raw):
            return replace(reply, enhanced="", text="•••")
        return reply


def mechanisms(lines: list[bytes]) -> frozenset[str]:
    """The SASL mechanisms of an EHLO reply, in upper case; also as ``AUTH=``, an old form."""
    found: set[str] = set()
    for line in lines[1:]:
        match = re.fullmatch(rb"\d{3}[ -]AUTH[ =](.*?)\s*", line, re.IGNORECASE | re.DOTALL)
        if match:
            found.update(word.decode("ascii", "replace").upper() for word in match[1].split())
    return frozenset(found)


def stuffed(message: bytes) -> str:
    """The message as DATA takes it (RFC 5321, 4.5.2), without the last line's end."""
    text = re.sub(rb"(?m)^\.", b"..", message)
    if not text.endswith(b"\r\n"):
        text += b"\r\n"
    return text.decode("utf-8") + "."


def _more(address: str) -> str:
    """What MAIL says of an address beyond ASCII (RFC 6531, 3.4)."""
    return "" if address.isascii() else " SMTPUTF8 BODY=8BITMIME"


def _base64(text: str) -> str:
    return b64encode(text.encode("utf-8")).decode("ascii")
