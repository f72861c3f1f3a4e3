"""Seen when room was made in the mailbox: what was copied to this computer, what was deleted."""

from mailwizard.model.observation import Seen, seen


@seen("mail-archived")
class MailArchived(Seen):
    """Messages that lie in an archive on this computer and were read back from there.

    ``archive`` is the name of its folder, without the way there; ``folders`` maps folders of the
    mailbox to messages. ``left`` counts what could not be copied, by reason.
    """

    archive: str
    form: str
    messages: int
    octets: int
    folders: dict[str, int]
    left: dict[str, int]


@seen("mail-deleted")
class MailDeleted(Seen):
    """Messages that were deleted from the mailbox at the user's wish.

    ``archived``: they lie in an archive; else the junk folder or the trash was emptied.
    ``flagged_only`` and ``in_trash`` of ``messages`` still take room. ``left`` counts by reason
    what stays.
    """

    archived: bool
    messages: int
    octets: int
    folders: dict[str, int]
    left: dict[str, int]
    flagged_only: int = 0
    in_trash: int = 0
