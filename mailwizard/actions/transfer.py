"""Moves messages from one folder to another so that none is ever lost, and none is there twice.

At every moment each message is in one of the two folders. Whoever is interrupted may begin again:
a copy that is there already is known by its whole header and size, and is not made again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from mailwizard.actions.expunging import DELETED, takes_uid_expunge
from mailwizard.actions.marks import Look, Mark, look_at, sizes
from mailwizard.actions.outcome import Left, LeftOver, Moved, NotMoved
from mailwizard.actions.places import may_remove, nothing_changed, open_to_change
from mailwizard.model.seen.moved import Way
from mailwizard.probes.imap.client import ImapClient, Opened, quoted
from mailwizard.probes.imap.folders import Place
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.window import Belief, arrived_since
from mailwizard.probes.setting import Stopped

_NO_ROOM = {"OVERQUOTA", "LIMIT"}
_Told = tuple[int, list[int], list[int]] | None  # COPYUID


@dataclass(slots=True)
class Transfer:
    """One go from ``source`` to ``target`` on a connection that nobody else uses meanwhile."""

    client: ImapClient
    source: Place
    target: Place
    way: Way = "move"
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
        with nothing_changed():
            originals = self._originals(marks)
            before = self._find_copies(marks, originals)
        try:
            self._bring(marks, originals, before)
        except NotMoved as problem:
            self._leave_rest(marks, problem.reason)
        except (Broken, Garbled, Refused, Stopped):
            self._leave_rest(marks, "interrupted")

    def _bring(self, marks: Sequence[Mark], originals: dict[int, Look], before: Opened) -> None:
        missing = [uid for uid in originals if uid not in self._copies or self.way == "only-move"]
        if missing:
            self._carry(marks, originals, missing, before)
        if self.way != "only-move":
            self._unmark(self._copies.values())
        left_over = self._remove([uid for uid in originals if uid in self._copies])
        handled = {entry.mail.uid for entry in self.left}
        for mark in marks:
            if mark.uid in handled:
                continue
            if mark.uid in self._copies:
                there = self._copies[mark.uid].mark
                self.moved.append(Moved(mark, there, left_over.get(mark.uid, "")))
            else:
                self.left.append(Left(mark, "not-seen" if mark.uid in originals else "gone"))

    def _open_source(self) -> Opened:
        """To change it, where anything in it is to be changed."""
        if self.way == "copy":
            opened = self.client.examine(self.source.wire_name)
            if None not in (self._validity, opened.uidvalidity) and (
                opened.uidvalidity != self._validity
            ):
                raise NotMoved("renumbered")
        else:
            opened = open_to_change(self.client, self.source, self._validity)
        self._validity = opened.uidvalidity
        return opened

    def _originals(self, marks: Sequence[Mark]) -> dict[int, Look]:
        """The messages that are still what the search saw; others are left alone."""
        self._open_source()
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

    def _carry(
        self,
        marks: Sequence[Mark],
        originals: dict[int, Look],
        missing: list[int],
        before: Opened,
    ) -> None:
        """MOVE, or COPY where the server does not take that; then looks that the copies are there.

        MOVE is tried whatever the server says it offers: who does not know it refuses it.
        """
        opened = self._open_source()
        name = quoted(self.target.wire_name)
        told: _Told = None
        if self.way == "copy":
            told, refused = self._copy(missing, name)
        else:
            try:
                told, refused = self.client.change("MOVE", missing, name), ""
            except Refused as problem:
                missing_now = sorted(self._still_there(missing))
                refused = self._why_not_copied(problem, opened, originals, missing_now)
                if not refused:
                    told, refused = self._copy(missing_now, name)
                stays = set(missing_now) if refused else set()
                self.left += [Left(m, refused) for m in marks if m.uid in stays]
                missing = [uid for uid in missing if uid not in stays]
        if self.way == "copy" and refused:
            self.left += [Left(m, refused) for m in marks if m.uid in missing]
            return
        self._recognise(told, [u for u in missing if u not in self._copies], originals, before)

    def _why_not_copied(
        self, refused: Refused, opened: Opened, originals: dict[int, Look], uids: list[int]
    ) -> str:
        """Why the originals stay where they are, before anything is copied; "" if they need not.

        Where they could not be removed afterwards, a copy would make two of each.
        """
        if self.way == "only-move" or refused.reply.code in _NO_ROOM:
            return "no-room" if refused.reply.code in _NO_ROOM else "refused"
        if not may_remove(self.client, self.source, opened):
            return "read-only"
        if refused.reply.code == "NOPERM":
            return "refused"
        plain = [uid for uid in uids if not originals[uid].deleted]
        try:
            if plain:  # takes a mark off that is not there: changes nothing, but may be refused
                self.client.change("STORE", plain, b"-FLAGS.SILENT", DELETED)
        except Refused:
            return "read-only"
        return ""

    def _copy(self, uids: list[int], name: bytes) -> tuple[_Told, str]:
        """COPYUID, and why it was refused ("" if it was not)."""
        try:
            return (self.client.change("COPY", uids, name) if uids else None), ""
        except Refused as refused:
            return None, "no-room" if refused.reply.code in _NO_ROOM else "refused"

    def _recognise(
        self, told: _Told, uids: list[int], originals: dict[int, Look], before: Opened
    ) -> None:
        """Finds the copies that have just been made: by COPYUID, or by looking for them."""
        opened = self._examine_target()
        if told is not None and told[0] == opened.uidvalidity:
            pairs = dict(zip(told[2], told[1], strict=True))
            there = look_at(self.client, sorted(set(pairs.values())))
            for uid in uids:
                look = there.get(pairs.get(uid, 0))
                if look is not None and look.alike(originals[uid]):
                    self._take(uid, look)
        rest = [uid for uid in uids if uid not in self._copies]
        if rest:
            self._find_new(rest, originals, before, opened)

    def _find_new(
        self, uids: list[int], originals: dict[int, Look], before: Opened, opened: Opened
    ) -> None:
        """Looks for the copies among what came into the target since we looked before.

        First those that are exactly the same. A Message-ID alone tells only where it is no other
        original's: else a mail might be removed for the copy of its namesake.
        """
        since = min(originals[uid].mark.arrived for uid in uids) - timedelta(days=1)
        found, _whole = arrived_since(self.client, opened, since, Belief())
        new = [uid for uid in found if before.uidnext is None or uid >= before.uidnext]
        looks = look_at(self.client, new).values()
        names = Counter(original.mark.message_id for original in originals.values())
        for uid, look in ((uid, look) for uid in uids for look in looks):
            if self._free(uid, look) and look.same(originals[uid]):
                self._take(uid, look)
        if before.uidnext is None:
            return
        alone = [uid for uid in uids if names[originals[uid].mark.message_id] == 1]
        for uid, look in ((uid, look) for uid in alone for look in looks):
            if self._free(uid, look) and look.alike(originals[uid]):
                self._take(uid, look)

    def _free(self, uid: int, look: Look) -> bool:
        """Whether neither this original nor what was found in the target has its other half."""
        return uid not in self._copies and look.mark.uid not in self._used

    def _unmark(self, copies: Iterable[Look]) -> None:
        """A copy keeps its original's flags: one marked as deleted would vanish in the target."""
        marked = [look.mark.uid for look in copies if look.deleted]
        if marked and self.client.select(self.target.wire_name).writable:
            self.client.change("STORE", marked, b"-FLAGS.SILENT", DELETED)

    def _remove(self, uids: list[int]) -> dict[int, LeftOver]:
        """Removes originals whose copies have been seen: exactly these, by UID EXPUNGE.

        Returns those that are still there, and how.
        """
        if self.way == "copy":
            return {}
        self._open_source()
        here = sorted(self._still_there(uids))
        if not here or self.way == "only-move":
            return dict.fromkeys(here, "kept")
        try:
            self.client.change("STORE", here, b"+FLAGS.SILENT", DELETED)
            if takes_uid_expunge(self.client.capabilities_now()):
                self.client.change("EXPUNGE", here)
        except Refused:
            pass  # what it has left is looked at now
        still = look_at(self.client, here)
        return {uid: "marked" if look.deleted else "kept" for uid, look in still.items()}

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
