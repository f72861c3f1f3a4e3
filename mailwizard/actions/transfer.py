"""Moves messages from one folder to another so that none is ever lost, and none is there twice.

At every moment each message is in one of the two folders. Whoever is interrupted may begin again:
a copy that is there already is known by its whole header and size, and is not made again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from mailwizard.actions.marks import Look, Mark, look_at, sizes
from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.folders import Place
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.window import Belief, arrived_since
from mailwizard.probes.setting import Stopped

_DELETED = b"(\\Deleted)"
_NO_ROOM = {"OVERQUOTA", "LIMIT"}


class NotMoved(Exception):
    """Nothing was changed. ``reason`` is a word for ``text.moving``; ``detail`` for the helpdesk.

    ``not-signed-in`` · ``no-connection`` · ``no-folder`` · ``read-only`` · ``renumbered`` (the
    UIDVALIDITY is another than at the search) · ``refused``.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Moved:
    """One message that is in the target now; ``there`` is how it is known there.

    ``left_over``: its original could not be removed, and stays marked as deleted.
    """

    mail: Mark
    there: Mark
    left_over: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """One message that was not moved.

    ``reason``: ``gone`` · ``changed`` (the UID names another message) · ``no-room`` · ``refused`` ·
    ``not-seen`` (the server says that it did it, but the copy is not to be seen) ·
    ``interrupted``, or a reason of NotMoved.
    """

    mail: Mark
    reason: str


@dataclass(slots=True)
class Transfer:
    """One go from ``source`` to ``target`` on a connection that nobody else uses meanwhile."""

    client: ImapClient
    source: Place
    target: Place
    moved: list[Moved] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    target_uidvalidity: int | None = None
    _validity: int | None = None
    _copies: dict[int, Look] = field(default_factory=dict)  # in the target, by the original's UID
    _used: set[int] = field(default_factory=set)  # UIDs in the target that stand for an original

    def run(self, marks: Sequence[Mark], uidvalidity: int | None) -> None:
        """Moves what the marks name; ``uidvalidity`` is that of the marks' UIDs, None if unknown.

        Raises NotMoved as long as nothing was changed; after that, what could not be done is in
        ``left``.
        """
        self._validity = uidvalidity
        try:
            originals = self._originals(marks)
            before = self._find_copies(marks, originals)
        except (Broken, Garbled) as problem:
            raise NotMoved("no-connection", str(problem)) from None
        except Refused as refused:
            raise NotMoved("refused", refused.reply.text) from None
        except Stopped:
            raise NotMoved("interrupted") from None
        try:
            self._bring(marks, originals, before)
        except NotMoved as problem:
            self._leave_rest(marks, problem.reason)
        except (Broken, Garbled, Refused, Stopped):
            self._leave_rest(marks, "interrupted")

    def _bring(self, marks: Sequence[Mark], originals: dict[int, Look], before: Opened) -> None:
        missing = [uid for uid in originals if uid not in self._copies]
        if missing:
            self._copy(marks, originals, missing, before)
        self._unmark(self._copies.values())
        self._remove([uid for uid in originals if uid in self._copies])
        still = self._still_there(originals)
        handled = {entry.mail.uid for entry in self.left}
        for mark in marks:
            if mark.uid in self._copies:
                there = self._copies[mark.uid].mark
                self.moved.append(Moved(mark, there, left_over=mark.uid in still))
            elif mark.uid not in handled:
                self.left.append(Left(mark, "not-seen" if mark.uid in originals else "gone"))

    def _select_source(self) -> None:
        opened = self.client.select(self.source.wire_name)
        if not opened.writable:
            raise NotMoved("read-only")
        if None not in (self._validity, opened.uidvalidity) and (
            opened.uidvalidity != self._validity
        ):
            raise NotMoved("renumbered")
        self._validity = opened.uidvalidity

    def _originals(self, marks: Sequence[Mark]) -> dict[int, Look]:
        """The messages that are still what the search saw; others are left alone."""
        self._select_source()
        looks = look_at(self.client, [mark.uid for mark in marks])
        originals: dict[int, Look] = {}
        for mark in marks:
            look = looks.get(mark.uid)
            if look is not None and mark.names(look.mark):
                originals[mark.uid] = look
            elif look is not None:
                self.left.append(Left(mark, "changed"))
        return originals

    def _find_copies(self, marks: Sequence[Mark], originals: dict[int, Look]) -> Opened:
        """Finds what an earlier go has brought already."""
        opened = self._examine_target()
        left_alone = {entry.mail.uid for entry in self.left}
        wanted = [mark for mark in marks if mark.uid not in left_alone]
        if not wanted or opened.messages == 0:
            return opened
        octets = {mark.size for mark in wanted} | {look.mark.size for look in originals.values()}
        since = min(mark.arrived for mark in wanted) - timedelta(days=1)
        uids, _whole = arrived_since(self.client, opened, since, Belief())
        near = [uid for uid, size in sizes(self.client, uids).items() if size in octets]
        there = look_at(self.client, near)
        for mark in wanted:
            original = originals.get(mark.uid)
            for uid, look in there.items():
                same = look.same(original) if original else mark.names(look.mark)
                if same and uid not in self._used:
                    self._take(mark.uid, look)
                    break
        return opened

    def _copy(
        self,
        marks: Sequence[Mark],
        originals: dict[int, Look],
        missing: list[int],
        before: Opened,
    ) -> None:
        """MOVE, or COPY where the server does not take that; then looks that the copies are there.

        MOVE is tried whatever the server says it offers: who does not know it refuses it.
        """
        self._select_source()
        name = _quoted(self.target.wire_name)
        try:
            told = self.client.change("MOVE", missing, name)
        except Refused:
            here = sorted(self._still_there(missing))
            try:
                told = self.client.change("COPY", here, name) if here else None
            except Refused as refused:
                told = None
                reason = "no-room" if refused.reply.code in _NO_ROOM else "refused"
                self.left += [Left(m, reason) for m in marks if m.uid in here]
                missing = [uid for uid in missing if uid not in here]
        opened = self._examine_target()
        if told is not None and told[0] == opened.uidvalidity:
            pairs = dict(zip(told[2], told[1], strict=True))
            there = look_at(self.client, sorted(set(pairs.values())))
            for uid in missing:
                look = there.get(pairs.get(uid, 0))
                if look is not None and look.alike(originals[uid]):
                    self._take(uid, look)
        rest = [uid for uid in missing if uid not in self._copies]
        if rest:
            self._find_new(rest, originals, before, opened)

    def _find_new(
        self, uids: list[int], originals: dict[int, Look], before: Opened, opened: Opened
    ) -> None:
        """Looks for the copies among what came into the target since we looked before."""
        since = min(originals[uid].mark.arrived for uid in uids) - timedelta(days=1)
        found, _whole = arrived_since(self.client, opened, since, Belief())
        new = [uid for uid in found if before.uidnext is None or uid >= before.uidnext]
        for there, look in look_at(self.client, new).items():
            for uid in uids:
                if uid in self._copies or there in self._used:
                    continue
                exact = before.uidnext is None
                if look.same(originals[uid]) if exact else look.alike(originals[uid]):
                    self._take(uid, look)

    def _unmark(self, copies: Iterable[Look]) -> None:
        """A copy keeps its original's flags: one marked as deleted would vanish in the target."""
        marked = [look.mark.uid for look in copies if look.deleted]
        if marked and self.client.select(self.target.wire_name).writable:
            self.client.change("STORE", marked, b"-FLAGS.SILENT", _DELETED)

    def _remove(self, uids: list[int]) -> None:
        """Removes originals whose copies have been seen: exactly these, by UID EXPUNGE."""
        self._select_source()
        uids = sorted(self._still_there(uids))
        if not uids:
            return
        try:
            self.client.change("STORE", uids, b"+FLAGS.SILENT", _DELETED)
            # Believed only where it is offered: another server might take it for EXPUNGE.
            if "UIDPLUS" in self.client.capabilities_now():
                self.client.change("EXPUNGE", uids)
        except Refused:
            return

    def _still_there(self, uids: Iterable[int]) -> set[int]:
        """Which of the originals the selected source still has."""
        wanted = list(uids)
        return set(sizes(self.client, wanted)) & set(wanted) if wanted else set()

    def _examine_target(self) -> Opened:
        opened = self.client.examine(self.target.wire_name)
        self.target_uidvalidity = opened.uidvalidity
        return opened

    def _take(self, uid: int, look: Look) -> None:
        self._copies[uid] = look
        self._used.add(look.mark.uid)

    def _leave_rest(self, marks: Sequence[Mark], reason: str) -> None:
        handled = {left.mail.uid for left in self.left} | {one.mail.uid for one in self.moved}
        self.left += [Left(mark, reason) for mark in marks if mark.uid not in handled]


def _quoted(name: bytes) -> bytes:
    """A quoted string (RFC 9051, 4.3)."""
    return b'"' + name.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
