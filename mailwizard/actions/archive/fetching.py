"""One batch of messages from the server, over as many attempts as it takes."""

from collections.abc import Callable, Sequence
from contextlib import closing

from mailwizard.actions.archive.connection import Lasting
from mailwizard.actions.archive.journal import Kept, Source
from mailwizard.actions.archive.outcome import CannotGoOn
from mailwizard.actions.archive.receiving import Receiver, facts_of
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.stream import Reply, fetch_stream
from mailwizard.probes.imap.uid_sets import uid_set
from mailwizard.probes.setting import Setting, Stopped

_ONE_MESSAGE_SECONDS = 4 * 3600.0  # the wire ends a silence much earlier
_ITEMS = b"(UID RFC822.SIZE INTERNALDATE BODY.PEEK[])"
_ATTEMPTS = 3  # to get a message that the server breaks off at, or does not send
_MOST_BROKEN_OFF = 3  # messages in a row: then it is the connection, not the messages
_MOST_NOT_SENT = 20  # messages in a row: then the server hands out nothing now
_MISSING = 4096  # octets by which an announced size may be too large


class FolderClosed(Exception):
    """The server does not open the folder any more."""


class Fetching:
    """Asks for messages until each has come, is gone, or is known not to come.

    ``keep`` takes each one that came; ``leave`` is told UID and reason of the others.
    ``orphans`` are messages that the archive has already, by digest: see ``ledger.orphans``.
    """

    def __init__(
        self,
        setting: Setting,
        lasting: Lasting,
        receiver: Receiver,
        number: int,
        keep: Callable[[Kept], None],
        leave: Callable[[int, str], None],
    ) -> None:
        self.orphans: dict[str, list[Kept]] = {}
        self._setting = setting
        self._lasting = lasting
        self._receiver = receiver
        self._number = number
        self._keep = keep
        self._leave = leave
        self._in_vain = 0  # messages left one after the other
        self._broken_off = 0
        self._refusal = ""

    def batch(self, source: Source, wire_name: bytes, pending: list[int]) -> bool:
        """Empties ``pending``; False where the numbers turned out to hold no more.

        A message that breaks the batch is asked for alone. Raises FolderClosed, CannotGoOn,
        Stopped.
        """
        attempts: dict[int, int] = {}
        while pending:
            try:
                client, opened = self._lasting.folder(wire_name)
            except (Broken, Garbled) as problem:
                self._lasting.lost(str(problem))
                continue
            except Refused:
                raise FolderClosed from None
            if opened.uidvalidity != source.uidvalidity:
                return False
            alone = pending[0] in attempts
            asked = pending[:1] if alone else [*pending]
            try:
                self._ask(client, source, asked, pending)
                missing = self._missing(client, asked, pending)
                broken = False
            except (Broken, Garbled) as problem:
                self._lasting.lost(str(problem))
                missing, broken = pending[:1], True
            for uid in missing:
                attempts[uid] = attempts.get(uid, 0) + 1
            first = pending[0] if pending else 0
            if attempts.get(first, 0) >= (_ATTEMPTS if broken else 2):
                self._give_up(pending.pop(0), broken=broken)
        return True

    def _ask(
        self, client: ImapClient, source: Source, asked: Sequence[int], pending: list[int]
    ) -> None:
        """FETCH; every message that comes whole is taken out of ``pending``.

        A refusal at the end says no more than what is still pending then.
        """
        awaited = set(asked)
        self._receiver.begin(self._number)
        replies = fetch_stream(
            client,
            uid_set(asked),
            _ITEMS,
            write=self._receiver.write,
            seconds=_ONE_MESSAGE_SECONDS,
        )
        try:
            with closing(replies):
                for reply in replies:
                    self._take(source, reply, awaited, pending)
                    if self._setting.stopped:
                        raise Stopped
        except Refused as refused:
            self._refusal = refused.reply.text
        finally:
            self._receiver.drop()

    def _take(self, source: Source, reply: Reply, awaited: set[int], pending: list[int]) -> None:
        """One reply of the server's: a message that was asked for, or something else."""
        facts = facts_of(reply)
        uid = facts.uid
        if not self._receiver.complete(reply) or uid is None or uid not in awaited:
            self._receiver.drop()
            return
        awaited.discard(uid)
        pending.remove(uid)
        self._lasting.went_on()
        self._in_vain = self._broken_off = 0
        if _short(self._receiver.size, facts.size):
            self._receiver.drop()
            self._leave(uid, "short")
            return
        same = self.orphans.get(self._receiver.digest())
        kept = self._receiver.take(source.number, uid, facts, same.pop() if same else None)
        if not kept.again:
            self._number += 1
        self._receiver.begin(self._number)
        self._keep(kept)

    def _missing(self, client: ImapClient, asked: Sequence[int], pending: list[int]) -> list[int]:
        """What did not come although it is there; what is gone is left and no longer pending."""
        missing = [uid for uid in asked if uid in pending]
        if not missing:
            return []
        try:
            with closing(fetch_stream(client, uid_set(missing), b"(UID RFC822.SIZE)")) as replies:
                there = {reply.uid for reply in replies}
        except Refused as refused:
            self._refusal = refused.reply.text
            return missing
        for uid in missing:
            if uid not in there:
                pending.remove(uid)
                self._leave(uid, "gone")
        return [uid for uid in missing if uid in there]

    def _give_up(self, uid: int, *, broken: bool) -> None:
        """Leaves a message, unless it looks as if it were not the message's fault."""
        self._in_vain += 1
        self._broken_off += broken
        if self._broken_off >= _MOST_BROKEN_OFF:
            raise CannotGoOn("no-connection", "broken off again and again")
        if self._in_vain >= _MOST_NOT_SENT:
            raise CannotGoOn("refused", self._refusal)
        self._leave(uid, "not-sent")


def _short(came: int, announced: int | None) -> bool:
    """Whether so much less came than was announced that more must be missing than an estimate."""
    if announced is None or came >= announced:
        return False
    return came == 0 or (came * 4 < announced * 3 and announced - came > _MISSING)
