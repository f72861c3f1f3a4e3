"""Empties the junk folder or the trash: of what was there when it was counted, nothing newer."""

from array import array
from contextlib import closing
from dataclasses import dataclass

from mailwizard.actions.archive.choosing import MOST_UID, parts
from mailwizard.actions.archive.connection import Lasting
from mailwizard.actions.archive.deletion import BATCH, Deletion, Tally, target_of
from mailwizard.actions.archive.outcome import CannotGoOn, Pace
from mailwizard.actions.archive.places import Places
from mailwizard.actions.archive.removal import Expected
from mailwizard.model.seen.mailbox import Role
from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.stream import all_sizes
from mailwizard.probes.setting import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a folder held: messages with UIDs below ``below``, as long as UIDVALIDITY stays."""

    folder: str
    count: int
    octets: int
    uidvalidity: int | None
    below: int


def count(setting: Setting, role: Role, pace: Pace) -> Counted:
    """Counts the folder of a role. Raises CannotGoOn, Stopped."""
    lasting = Lasting(setting)
    try:
        places = Places.of(setting, lasting)
        place = places.first(role)
        if place is None:
            raise CannotGoOn("nothing-chosen", role)
        opened, uids, sizes = _listed(lasting, place.wire_name, MOST_UID + 1)
        last = max(uids, default=0) + 1
        below = last if opened.uidnext is None else max(last, opened.uidnext)
        pace.begin("done", len(uids), sum(sizes))
        return Counted(
            folder=place.folder.name,
            count=len(uids),
            octets=sum(sizes),
            uidvalidity=opened.uidvalidity,
            below=below,
        )
    finally:
        lasting.close()


def empty(setting: Setting, counted: Counted, pace: Pace, tally: Tally) -> None:
    """Deletes what was counted. Raises CannotGoOn, Stopped; what is deleted stays deleted."""
    lasting = Lasting(setting)
    try:
        pace.begin("deleting", counted.count, counted.octets)
        places = Places.of(setting, lasting)
        target = target_of(places, counted.folder, counted.uidvalidity)
        if target is None:
            raise CannotGoOn("changed", counted.folder)
        opened, uids, sizes = _listed(lasting, target.wire_name, counted.below)
        if opened.uidvalidity != counted.uidvalidity:
            raise CannotGoOn("changed", "UIDVALIDITY")
        deletion = Deletion(setting, lasting, pace, tally)
        for start in range(0, len(uids), BATCH):
            octets = dict(
                zip(uids[start : start + BATCH], sizes[start : start + BATCH], strict=True)
            )
            expected = [Expected(uid, (size,)) for uid, size in octets.items()]
            deletion.batch(target, expected, octets)
    finally:
        lasting.close()


def _listed(
    lasting: Lasting, wire_name: bytes, below: int
) -> "tuple[Opened, array[int], array[int]]":
    """The folder's UIDs below a bound, in ascending order, and the sizes as announced."""
    while True:
        try:
            client, opened = lasting.folder(wire_name)
            return opened, *_sizes(client, opened, below)
        except Refused as refused:
            raise CannotGoOn("refused", refused.reply.text) from None
        except (Broken, Garbled) as problem:
            lasting.lost(str(problem))


def _sizes(client: ImapClient, opened: Opened, below: int) -> "tuple[array[int], array[int]]":
    uids, sizes = array("I"), array("Q")
    if opened.messages == 0:
        return uids, sizes
    for part in parts(opened):
        with closing(all_sizes(client, part)) as found:
            for uid, size in found:
                if (uids[-1] if uids else 0) < uid < below:
                    uids.append(uid)
                    sizes.append(size)
    return uids, sizes
