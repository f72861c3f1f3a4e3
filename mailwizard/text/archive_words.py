"""What stands in an archive: the name of its folder, and a text that says how to open it; and what
the report tells of archives and deletions.
"""

from collections.abc import Mapping
from datetime import date

from mailwizard.model.marked import N_
from mailwizard.model.seen.room_made import MailArchived, MailDeleted
from mailwizard.text.language import _

_MBOX = N_(
    "Each file that ends in .mbox holds one folder of the mailbox with all its mails.\n"
    "Thunderbird: install the add-on ImportExportTools NG, then right-click on Local Folders and\n"
    "choose to import an mbox file. Apple Mail: File, Import Mailboxes, then choose mbox files.\n"
    "Outlook and Foxmail do not read this form: use Thunderbird, and drag the mails out of it."
)
_EML = N_(
    "Each file that ends in .eml is one mail; the folders are those of the mailbox.\n"
    "A double click opens a mail in Outlook, Foxmail, Thunderbird, Apple Mail or Windows Mail.\n"
    "To read many, drag the files into a folder of your mail program."
)
_ABOUT = N_(
    "These are mails of {address}, copied from the mailbox on {day} by mailwizard.\n"
    "Every mail was read back and compared with the original before anything was deleted.\n"
    "Keep this folder safe, and include it in your backups: some of these mails may be nowhere\n"
    "else any more."
)


def folder_name(address: str, day: date) -> str:
    """The archive's folder among the user's documents; may hold what no file name may."""
    return _("Mail archive {address} {day}").format(address=address, day=day.isoformat())


def readme(address: str, day: date, form: str) -> str:
    """The text that lies in the archive's folder."""
    about = _(_ABOUT).format(address=address, day=day.isoformat())
    return f"{about}\n\n{_(_MBOX if form == 'mbox' else _EML)}\n"


def archived_fact(seen: MailArchived) -> str:
    """What was copied to this computer, in one line."""
    text = _(
        "Copied to this computer by this program and read back: {messages} mails, {octets} bytes,"
        " {form}; folders: {folders}; left: {left}"
    )
    return text.format(
        messages=seen.messages,
        octets=seen.octets,
        form=seen.form,
        folders=_counts(seen.folders),
        left=_counts(seen.left),
    )


def deleted_fact(seen: MailDeleted) -> str:
    """What was deleted from the mailbox, in one line."""
    text = N_("Deleted by this program, not archived: {messages} mails, {octets} bytes")
    if seen.archived:
        text = N_("Deleted by this program, archived before: {messages} mails, {octets} bytes")
    said = _(text).format(messages=seen.messages, octets=seen.octets)
    said += "; " + _("folders: {folders}; left: {left}").format(
        folders=_counts(seen.folders), left=_counts(seen.left)
    )
    if seen.flagged_only:
        said += "; " + _("only marked as deleted: {count}").format(count=seen.flagged_only)
    if seen.in_trash:
        said += "; " + _("moved to the trash: {count}").format(count=seen.in_trash)
    return said


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in list(counts.items())[:8]) or "-"
