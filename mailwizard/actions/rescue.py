"""Brings found mail back to the inbox, and takes that back again."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailwizard.actions.marks import Mark
from mailwizard.actions.transfer import Left, Moved, NotMoved, Transfer
from mailwizard.model.seen.mailbox import Folder
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.folders import Place, list_folders
from mailwizard.probes.imap.lending import NoMailbox, borrow
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting, Skipped, Stopped

INBOX = "INBOX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """What was done with some messages of one folder; names as ``FolderList`` shows them."""

    folder: str
    target: str
    moved: tuple[Moved, ...] = ()
    left: tuple[Left, ...] = ()
    target_uidvalidity: int | None = None


def rescue(
    setting: Setting,
    folder: str,
    mails: Sequence[Mark],
    uidvalidity: int | None,
    target: str = INBOX,
) -> Rescued:
    """Moves messages that the search has found; raises NotMoved where nothing could be done.

    ``uidvalidity`` is what the search saw. A message that is not the one that the search saw any
    more is left alone. Doing it again after an interruption brings the rest, and doubles nothing.
    """
    if folder == target or not mails:
        raise NotMoved("no-folder")
    client = _connection(setting)
    try:
        source, goal = _places(setting, client, folder, target)
        transfer = Transfer(client, source, goal)
        transfer.run(mails, uidvalidity)
    finally:
        client.close()
    return Rescued(
        folder=folder,
        target=target,
        moved=tuple(transfer.moved),
        left=tuple(transfer.left),
        target_uidvalidity=transfer.target_uidvalidity,
    )


def undo(setting: Setting, rescued: Rescued) -> Rescued:
    """Moves back what was moved, in the same way. Raises NotMoved."""
    back = [moved.there for moved in rescued.moved]
    return rescue(setting, rescued.target, back, rescued.target_uidvalidity, rescued.folder)


def _connection(setting: Setting) -> ImapClient:
    try:
        return borrow(setting)
    except Skipped:
        raise NotMoved("not-signed-in") from None
    except NoMailbox as none:
        raise NotMoved("no-connection", none.why) from None
    except Stopped:
        raise NotMoved("interrupted") from None


def _places(setting: Setting, client: ImapClient, folder: str, target: str) -> tuple[Place, Place]:
    """Both folders, with their names as the server writes them."""
    try:
        listed = list_folders(client, setting.provider, set()).places
    except Refused as refused:
        raise NotMoved("no-connection", refused.reply.text) from None
    except (Broken, Garbled) as problem:
        raise NotMoved("no-connection", str(problem)) from None
    except Stopped:
        raise NotMoved("interrupted") from None
    return _place(listed, folder), _place(listed, target)


def _place(places: Sequence[Place], name: str) -> Place:
    if name.upper() == INBOX:
        return Place(Folder(name=INBOX, flags=(), role="inbox", role_by="name"), INBOX.encode())
    found = [place for place in places if place.folder.name == name and place.folder.selectable]
    if len(found) != 1:
        raise NotMoved("no-folder")
    return found[0]
