"""Brings found mail back to the inbox, and takes that back again."""

from collections.abc import Sequence

from mailwizard.actions.marks import Mark
from mailwizard.actions.outcome import NotMoved, Rescued
from mailwizard.actions.places import connection, places
from mailwizard.actions.transfer import Transfer
from mailwizard.actions.unmark import set_deleted
from mailwizard.model.seen.moved import Way
from mailwizard.probes.imap.folders import INBOX
from mailwizard.probes.setting import Setting


def rescue(
    setting: Setting,
    folder: str,
    mails: Sequence[Mark],
    uidvalidity: int | None,
    way: Way = "move",
) -> Rescued:
    """Brings back messages that the search has found; raises NotMoved where nothing could be done.

    ``uidvalidity`` is what the search saw. A message that is not the one that the search saw any
    more is left alone. Doing it again after an interruption brings the rest, and doubles nothing.
    """
    if way == "unmark":
        return set_deleted(setting, folder, mails, uidvalidity, deleted=False)
    return _transfer(setting, folder, INBOX.folder.name, mails, uidvalidity, way)


def undo(setting: Setting, rescued: Rescued) -> Rescued:
    """Takes back what was done, in the same way. Raises NotMoved.

    Of a copy from a folder that shows every mail nothing was removed; it goes back there by MOVE
    alone, because what such a server makes of an expunged message is up to its settings.
    """
    back = [moved.there for moved in rescued.moved]
    folder, target = rescued.folder, rescued.target
    if rescued.way == "unmark":
        return set_deleted(setting, folder, back, rescued.target_uidvalidity, deleted=True)
    way: Way = "only-move" if rescued.way == "copy" else "move"
    return _transfer(setting, target, folder, back, rescued.target_uidvalidity, way)


def _transfer(
    setting: Setting,
    folder: str,
    target: str,
    mails: Sequence[Mark],
    uidvalidity: int | None,
    way: Way,
) -> Rescued:
    if folder == target or not mails:
        raise NotMoved("no-folder")
    with connection(setting) as client:
        source, goal = places(setting, client, folder, target)
        transfer = Transfer(client, source, goal, way)
        transfer.run(mails, uidvalidity)
    return Rescued(
        folder=folder,
        target=target,
        way=way,
        moved=tuple(transfer.moved),
        left=tuple(transfer.left),
        target_uidvalidity=transfer.target_uidvalidity,
    )
