"""Takes the mark "deleted" off messages where they are, and puts it on again."""

from collections.abc import Sequence

from mailwizard.actions.expunging import DELETED
from mailwizard.actions.marks import Look, Mark, look_at
from mailwizard.actions.outcome import Left, Moved, NotMoved, Rescued
from mailwizard.actions.places import connection, nothing_changed, open_to_change, places
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting, Stopped


def set_deleted(
    setting: Setting,
    folder: str,
    mails: Sequence[Mark],
    uidvalidity: int | None,
    *,
    deleted: bool,
) -> Rescued:
    """Raises NotMoved as long as nothing was changed; after that, what could not be done is left.

    What the server says it did is looked at afterwards: some take the command and ignore it.
    """
    with connection(setting) as client:
        [place] = places(setting, client, folder)
        with nothing_changed():
            opened = open_to_change(client, place, uidvalidity)
            looks = look_at(client, [mark.uid for mark in mails])
            known = {m.uid for m in mails if (look := looks.get(m.uid)) and m.names(look.mark)}
            todo = [uid for uid in sorted(known) if looks[uid].deleted is not deleted]
            if opened.permanent_flags is not None and "\\deleted" not in opened.permanent_flags:
                raise NotMoved("read-only")
        reason = _store(client, todo, deleted=deleted)
        after = _after(client, todo, looks)
    moved, left = list[Moved](), list[Left]()
    for mark in mails:
        if mark.uid in looks and mark.uid not in known:
            left.append(Left(mark, "changed"))
        elif mark.uid not in after:
            left.append(Left(mark, "gone"))
        elif after[mark.uid].deleted is deleted:
            moved.append(Moved(mark, after[mark.uid].mark))
        else:
            left.append(Left(mark, reason or "read-only"))
    return Rescued(
        folder=folder,
        target=folder,
        way="unmark",
        moved=tuple(moved),
        left=tuple(left),
        target_uidvalidity=opened.uidvalidity,
    )


def _store(client: ImapClient, uids: Sequence[int], *, deleted: bool) -> str:
    """Changes the mark; why that did not work, "" if it did."""
    if not uids:
        return ""
    try:
        client.change("STORE", uids, b"+FLAGS.SILENT" if deleted else b"-FLAGS.SILENT", DELETED)
    except Refused:
        return "read-only"
    except (Broken, Garbled, Stopped):
        return "interrupted"
    return ""


def _after(client: ImapClient, uids: Sequence[int], before: dict[int, Look]) -> dict[int, Look]:
    """The messages as they are now; where that cannot be seen any more, as they were."""
    try:
        seen = look_at(client, uids)
    except (Refused, Broken, Garbled, Stopped):
        return before
    return {uid: look for uid, look in before.items() if uid not in uids} | seen
