"""Up to three connections that share the folders of one search between them.

The first works at once; where there is much to do, further ones are opened beside it and take
folders as soon as they are signed in. One that breaks off gives its folders back.
"""

import threading
from collections import deque
from collections.abc import Sequence

from mailwizard.probes.imap.attached import Attached
from mailwizard.probes.imap.client import RESERVE_SECONDS, ImapClient
from mailwizard.probes.imap.lending import NoMailbox, borrow, borrow_more, give_back
from mailwizard.probes.imap.looking import Looker
from mailwizard.probes.imap.quest import Quest
from mailwizard.probes.imap.replies import Broken, Disordered, Garbled
from mailwizard.probes.imap.tally import Tally
from mailwizard.probes.setting import Setting, Skipped, Stopped

MOST_BREAKS = 5
MOST_LANES = 3
MOST_AT_ONCE = 25  # folders of one group
_FEWEST_AT_ONCE = 6
_WORTH_A_LANE = 8  # folders: one connection does as many while another signs in
_FIRST = frozenset({"junk", "inbox", "trash"})
_SENSELESS = "a reply that makes no sense"
_MOMENT = 0.3  # seconds that the other lanes are given to hand in what they have


class Lanes:
    """One search of all folders. Created and worked by the probe's thread."""

    def __init__(self, setting: Setting, quest: Quest, tallies: Sequence[Tally]) -> None:
        self._setting = setting
        self._quest = quest
        self._all = list(tallies)
        self._waiting = deque(tallies)
        self._changed = threading.Condition()
        self._recorded: set[bytes] = set()
        self._held: list[tuple[Tally, str]] = []
        self._holding = quest.by_attachment
        self._busy = 0
        self._firsts = sum(map(_comes_first, self._all))
        self._lanes = 1
        self._breaks = 0
        self._over = False
        self._crash: Exception | None = None

    def work(self, client: ImapClient, attached: Attached | None) -> None:
        """Searches and records every folder; the connection goes back to the pool.

        ``attached`` is asked last, where nothing that was found carries the file. Raises Stopped.
        """
        why = ""
        try:
            left, why = self._own_lane(client)
            if attached is not None and left is not None:
                why = self._attached(left, attached) or why
            elif left is not None:
                give_back(self._setting, left)
        except Stopped:
            why = "no time left"
            self._end_others()
            raise
        finally:
            self._record_rest(why)
        if self._crash is not None:
            raise self._crash

    def _own_lane(self, client: ImapClient) -> tuple[ImapClient | None, str]:
        """The first lane's work: its connection at the end (None if there is none), and why not."""
        while True:
            self._open_lanes()
            group = self._take()
            if not group:
                if self._others_at_work() or (self._waiting and not self._over):
                    continue  # they may give folders back
                return client, ""
            try:
                self._look(client, group)
            except Broken as broken:
                if self._over:
                    return None, broken.why
                try:
                    client = borrow(self._setting)
                except (NoMailbox, Skipped) as none:
                    while self._others_at_work():
                        pass
                    return None, str(none) or broken.why
            except Stopped:
                client.close()
                raise

    def _open_lanes(self) -> None:
        """Opens a further lane where there is enough to do for it."""
        with self._changed:
            per_lane = 2 if self._quest.at_once == 1 else _WORTH_A_LANE
            wanted = min(MOST_LANES, 1 + len(self._waiting) // per_lane)
            more = max(0, wanted - self._lanes)
            self._lanes += more
        for _number in range(more):
            threading.Thread(target=self._other_lane, name="search lane", daemon=True).start()

    def _other_lane(self) -> None:
        client = None
        try:
            client = borrow_more(self._setting)
            while client is not None and (group := self._take()):
                self._look(client, group)
            if client is not None:
                give_back(self._setting, client)
        except (Broken, Stopped, Skipped):
            if client is not None:
                client.close()
        except Exception as crash:  # noqa: BLE001 - raised again by the probe's own thread
            self._crash = crash
            self._over = True

    def _take(self) -> list[Tally]:
        """The next folders that belong together in one go; none where nothing waits."""
        with self._changed:
            if self._over or not self._waiting:
                return []
            first = self._waiting[0]
            size = max(_FEWEST_AT_ONCE, min(MOST_AT_ONCE, len(self._waiting) // MOST_LANES))
            if first.alone or self._quest.at_once == 1:
                size = 1
            group = [self._waiting.popleft()]
            while self._waiting and len(group) < size:
                following = self._waiting[0]
                if following.alone or _comes_first(following) != _comes_first(first):
                    break
                group.append(self._waiting.popleft())
            self._busy += 1
            return group

    def _others_at_work(self) -> bool:
        """A moment's waiting for the other lanes; False where none is at work. Raises Stopped."""
        with self._changed:
            if self._setting.remaining() <= RESERVE_SECONDS or self._setting.stopped:
                raise Stopped
            if not self._busy:
                return False
            self._changed.wait(0.1)
            return True

    def _look(self, client: ImapClient, group: list[Tally]) -> None:
        """One group. Raises Broken (the folders are given back or recorded by then), Stopped."""
        looker = Looker(client, self._quest)
        try:
            looker.look(group)
        except (Broken, Garbled) as problem:
            client.close()
            self._give_back(group, looker.at, problem)
            why = problem.why if isinstance(problem, Broken) else _SENSELESS
            raise Broken(why) from None
        except Stopped:
            for tally in group:
                self._record(tally, "no time left")
            raise
        else:
            for tally in group:
                self._hand_in(tally)
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _hand_in(self, tally: Tally) -> None:
        if not tally.changed:
            self._record(tally)
            return
        with self._changed:  # alone it stays open from its first to its last command
            self._waiting.append(Tally(tally.place, attempts=tally.attempts, alone=True))

    def _give_back(self, group: list[Tally], at: Tally | None, problem: Broken | Garbled) -> None:
        """After a break: each folder that is not done is tried again alone, the suspect last."""
        why = problem.why if isinstance(problem, Broken) else _SENSELESS
        suspect = at if at is not None or len(group) > 1 else group[0]
        with self._changed:
            self._breaks += 1
            self._over = self._over or self._breaks > MOST_BREAKS
            silent = isinstance(problem, Broken) and problem.silent
            if isinstance(problem, Disordered) or (
                not self._quest.proven and (silent or self._breaks > 1)
            ):
                self._quest.at_once = 1
            for tally in reversed(group):
                attempts = tally.attempts + (tally is suspect)
                if tally.done and not tally.changed:
                    self._record(tally)
                elif attempts > 1:
                    tally.detail = tally.detail or why
                    self._record(tally)
                elif tally is suspect:
                    self._waiting.append(Tally(tally.place, attempts=attempts, alone=True))
                else:
                    self._waiting.appendleft(Tally(tally.place, attempts=attempts, alone=True))

    def _attached(self, client: ImapClient, attached: Attached) -> str:
        """The second look, at the files' names, before anything is recorded; why it ended early."""
        looker = Looker(client, self._quest)
        why = ""
        try:
            tallies = [tally for tally, _detail in self._held if tally.complete or tally.uids]
            if attached.needed(tallies):
                for tally in tallies:
                    attached.look(looker, tally)
            give_back(self._setting, client)
        except (Broken, Garbled) as problem:
            client.close()
            why = problem.why if isinstance(problem, Broken) else _SENSELESS
        except Stopped:
            client.close()
            raise
        return why

    def _end_others(self) -> None:
        """The other lanes hand in what they have, if they can at once."""
        with self._changed:
            self._over = True
            self._changed.wait_for(lambda: self._busy == 0, _MOMENT)

    def _record_rest(self, why: str) -> None:
        self._over = True
        for tally in self._all:
            self._record(Tally(tally.place), why)
        with self._changed:
            self._holding = False
            self._flush()

    def _record(self, tally: Tally, detail: str = "") -> None:
        """Records a folder once; others are held back until those that come first are there."""
        with self._changed:
            name = tally.place.wire_name
            if name in self._recorded:
                return
            self._recorded.add(name)
            tally.save_matches()
            if _comes_first(tally):
                self._firsts -= 1
            self._held.append((tally, detail))
            if not self._holding:
                self._flush()
            self._setting.progress(len(self._recorded), len(self._all))

    def _flush(self) -> None:
        """Records what is held back, as far as it may be."""
        self._held.sort(key=lambda held: not _comes_first(held[0]))
        while self._held and (self._firsts <= 0 or _comes_first(self._held[0][0])):
            tally, detail = self._held.pop(0)
            self._setting.record(tally.record(self._quest.since, detail))


def _comes_first(tally: Tally) -> bool:
    return tally.place.folder.role in _FIRST
