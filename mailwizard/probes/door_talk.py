"""What is said at one address of a mail exchanger, over one connection or two; never DATA."""

import secrets
import socket
import string
import time
from contextlib import ExitStack
from dataclasses import replace
from typing import Literal

from mailwizard.model.seen.door import RcptReply, SmtpDoor, SmtpReply
from mailwizard.model.shown import shown
from mailwizard.probes import door_tls
from mailwizard.probes.door_patience import Patience
from mailwizard.probes.setting import Setting, Stopped
from mailwizard.probes.smtp_dialogue import Dialogue, NotSmtp
from mailwizard.reading.smtp import extensions, offered
from mailwizard.reading.smtp_refusal import reason

BANNER_SECONDS = 15.0
REPLY_SECONDS = 10.0
GOODBYE_SECONDS = 2.0

# A bounce's sender (RFC 5321 section 4.5.5): no domain's SPF is asked for it, no reply goes astray,
# and a server that takes mail must take it.
SENT_FROM = ""

Next = Literal["", "untrusted", "plain", "one-by-one", "later"]
"""What a second connection is for: "" (nothing more to ask); the recipients, under TLS that is not
verified so that the chain can be read; the same in plain text; the same without PIPELINING; or the
same once more, later."""


class DoorTalk:
    """Holds what the dialogue has given so far, also where it breaks off."""

    def __init__(self, setting: Setting, patience: Patience, door: SmtpDoor) -> None:
        self._setting = setting
        self._patience = patience
        self._trust: door_tls.Trust | None = "verified" if door.whose == "own" else None
        self._verify_code = 0
        self._first = True
        self._pipelined = False
        self.door = door
        self.next: Next = ""

    def over(self, connection: socket.socket) -> None:
        """One connection, from the greeting to QUIT; ``next`` then tells whether one more is due.

        Raises Stopped.
        """
        wanted, self.next = self.next, ""
        if wanted:
            self._first = False
        if wanted == "untrusted":
            self._trust = "untrusted"
        elif wanted == "plain":
            self._trust = None
        with ExitStack() as opened:
            opened.enter_context(connection)
            try:
                self._through(connection, opened)
            except NotSmtp as problem:
                self._broken(str(problem))
            except TimeoutError:
                self._broken("timeout")
            except OSError as problem:
                if self._setting.stopped:
                    raise Stopped from None
                self._broken(shown(str(problem.strerror or problem), 120))
        if self._first and not self.next and self._greylisted() and self._patience.needed:
            self.next = "later"

    def _broken(self, detail: str) -> None:
        """A break under TLS, or on the way to it, leaves the recipients to a second connection.

        So does a server that hung up on commands it had not read: a reset can take replies along
        that were already there.
        """
        if self._first and self._pipelined and not self.door.rcpt and detail != "timeout":
            self.next = "one-by-one"
        elif self._first and self.door.starttls_talk and not self.door.rcpt:
            self.door = replace(self.door, tls_detail=self.door.tls_detail or detail)
            self.next = "plain"
        else:
            self.door = replace(self.door, detail=detail)

    def _through(self, connection: socket.socket, opened: ExitStack) -> None:
        dialogue = Dialogue(self._setting, connection, self._patience.more)
        started = time.monotonic()
        banner = dialogue.reply(self._patience.within(BANNER_SECONDS))
        if self._first:
            waited = round((time.monotonic() - started) * 1000, 1)
            self.door = replace(self.door, stage="banner", banner=banner, banner_ms=waited)
        if banner.code != 220:
            self._goodbye(dialogue)
            return
        keywords = self._hello(dialogue)
        if "STARTTLS" in keywords and self._trust is not None:
            talk = door_tls.ask(dialogue, self._patience.within(REPLY_SECONDS))
            if self._first:
                self.door = replace(self.door, starttls_talk=talk)
            if talk == "handshake":
                safe = self._encrypted(connection, opened)
                if safe is None:
                    return
                dialogue = Dialogue(self._setting, safe, self._patience.more)
                keywords = self._hello(dialogue)
            elif talk != "refused":
                self.next = "plain" if self._first else ""
                return
        if self.door.whose == "own" and self.door.ehlo and self.door.ehlo.code == 250:
            self._recipients(dialogue, pipelined="PIPELINING" in keywords)
        else:
            self._goodbye(dialogue)

    def _encrypted(self, connection: socket.socket, opened: ExitStack) -> socket.socket | None:
        trust = self._trust or "untrusted"
        seconds = self._patience.within(door_tls.HANDSHAKE_SECONDS)
        self.door, safe, code = door_tls.encrypt(
            self._setting, connection, self.door, trust, seconds
        )
        if safe is not None:
            opened.enter_context(safe)
            if trust == "untrusted":
                self.door = door_tls.judged(self._setting, self.door, self._verify_code)
        elif self._first:
            self._verify_code = code
            self.next = "untrusted" if code else "plain"
        return safe

    def _hello(self, dialogue: Dialogue) -> frozenset[str]:
        """EHLO, or HELO where that is not known (RFC 5321 section 3.2); gives what is offered."""
        reply = dialogue.say(f"EHLO {dialogue.own_name}", self._patience.within(REPLY_SECONDS))
        lines = dialogue.lines
        if reply.code in (500, 501, 502, 504, 550):
            lines = []
            again = dialogue.say(f"HELO {dialogue.own_name}", self._patience.within(REPLY_SECONDS))
            reply = again if again.code == 250 else reply
        size, starttls = extensions(lines)
        greeted = reply.code == 250
        if self.door.stage == "banner":
            self.door = replace(
                self.door, stage="ehlo", ehlo=reply, starttls=starttls if greeted else None
            )
        if greeted:
            self.door = replace(self.door, size_limit=size)
        return offered(lines) if greeted else frozenset()

    def _recipients(self, dialogue: Dialogue, *, pipelined: bool) -> None:
        """MAIL and RCPT, in one round trip where the server allows it."""
        asked = self._asked()
        sender = f"MAIL FROM:<{SENT_FROM}>"
        commands = [f"RCPT TO:<{address}>" for _who, address in asked]
        pipelined = pipelined and (self._first or not self._pipelined)
        if pipelined:
            self._pipelined = True
            dialogue.send(sender, *commands, "RSET", "QUIT")
        mail = self._answer(dialogue, "" if pipelined else sender)
        before = self.door.rcpt
        if not before:
            self.door = replace(self.door, stage="mail", mail=mail, sent_from=f"<{SENT_FROM}>")
        given: tuple[RcptReply, ...] = ()
        for (who, _address), command in zip(asked, commands, strict=True):
            if mail.code // 100 != 2:
                break
            reply = self._answer(dialogue, "" if pipelined else command)
            given = (*given, RcptReply(who=who, reply=reply))
            self.door = replace(self.door, stage="rcpt", rcpt=given, rcpt_before=before)
            if who == "user" and reason(reply) == "accepted":
                self._patience.told()
            if reply.code == 421:
                return
        if not pipelined:
            dialogue.say("RSET", self._patience.within(GOODBYE_SECONDS))
            self._goodbye(dialogue)

    def _answer(self, dialogue: Dialogue, command: str) -> SmtpReply:
        if command:
            dialogue.send(command)
        return dialogue.reply(self._patience.within(REPLY_SECONDS))

    def _goodbye(self, dialogue: Dialogue) -> None:
        """QUIT; what the other side makes of it tells nothing any more."""
        try:
            dialogue.say("QUIT", self._patience.within(GOODBYE_SECONDS))
        except (OSError, NotSmtp):
            return

    def _greylisted(self) -> bool:
        return any(r.who == "user" and reason(r.reply) == "later" for r in self.door.rcpt)

    def _asked(self) -> tuple[tuple[Literal["user", "postmaster", "random"], str], ...]:
        local = self._setting.case.me.rpartition("@")[0]
        domain = self._setting.case.domain
        nobody = "".join(secrets.choice(string.ascii_lowercase) for _ in range(20))
        return (
            ("user", f"{local}@{domain}"),
            ("postmaster", f"postmaster@{domain}"),
            ("random", f"{nobody}@{domain}"),
        )
