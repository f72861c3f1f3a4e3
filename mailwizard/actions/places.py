"""A connection and folders for an action, with its refusals in the action's own words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mailwizard.actions.outcome import NotMoved
from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.folders import INBOX, Place, list_folders
from mailwizard.probes.imap.lending import NoMailbox, borrow
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting, Skipped, Stopped


@contextmanager
def connection(setting: Setting) -> Iterator[ImapClient]:
    """A signed-in connection for one action alone, closed at its end. Raises NotMoved."""
    try:
        client = borrow(setting)
    except Skipped:
        raise NotMoved("not-signed-in") from None
    except NoMailbox as none:
        raise NotMoved("no-connection", none.why) from None
    except Stopped:
        raise NotMoved("interrupted") from None
    try:
        yield client
    finally:
        client.close()


@contextmanager
def nothing_changed() -> Iterator[None]:
    """For what only looks: its troubles become NotMoved."""
    try:
        yield
    except (Broken, Garbled) as problem:
        raise NotMoved("no-connection", str(problem)) from None
    except Refused as refused:
        raise NotMoved("refused", refused.reply.text) from None
    except Stopped:
        raise NotMoved("interrupted") from None


def places(setting: Setting, client: ImapClient, *names: str) -> list[Place]:
    """Folders with their names as the server writes them. Raises NotMoved."""
    with nothing_changed():
        listed = list_folders(client, setting.provider, set()).places
    return [_place(listed, name) for name in names]


def open_to_change(client: ImapClient, place: Place, uidvalidity: int | None) -> Opened:
    """Selects a folder in which messages are known by UID; ``uidvalidity`` None is not compared.

    Raises NotMoved (``read-only``, ``renumbered``, ``refused``), Broken, Garbled, Stopped.
    """
    try:
        opened = client.select(place.wire_name)
    except Refused as refused:
        raise NotMoved(_why_not_selected(client, place), refused.reply.text) from None
    if not opened.writable:
        raise NotMoved("read-only")
    if None not in (uidvalidity, opened.uidvalidity) and opened.uidvalidity != uidvalidity:
        raise NotMoved("renumbered")
    return opened


def may_remove(client: ImapClient, place: Place, opened: Opened) -> bool:
    """Whether the server lets messages be taken out of the selected folder, as far as it says.

    PERMANENTFLAGS (RFC 9051, 7.1) tells whether a message can be marked as deleted; MYRIGHTS
    (RFC 4314, 4) whether that and the removal are allowed, by ``d`` alone on older servers.
    Raises Broken, Garbled, Stopped.
    """
    if opened.permanent_flags is not None and "\\deleted" not in opened.permanent_flags:
        return False
    if "ACL" not in client.capabilities_now():
        return True
    try:
        rights = set(client.my_rights(place.wire_name))
    except Refused:
        return True
    return not rights or {"t", "e"} <= rights or ("d" in rights and not {"t", "e"} & rights)


def _why_not_selected(client: ImapClient, place: Place) -> str:
    """A folder that opens for reading is there, and may not be changed."""
    try:
        client.examine(place.wire_name)
    except Refused:
        return "refused"
    return "read-only"


def _place(listed: Sequence[Place], name: str) -> Place:
    if name.upper() == INBOX.folder.name:
        return INBOX
    found = [place for place in listed if place.folder.name == name and place.folder.selectable]
    if len(found) != 1:
        raise NotMoved("no-folder")
    return found[0]
