"""The words of making room: amounts, durations, how far it is, what stands in the way."""

from collections.abc import Mapping
from datetime import date, datetime

from mailwizard.model.amounts import octets
from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.text.joined import listed
from mailwizard.text.language import _

_MINUTE, _HOUR = 60, 3600

_PHASES = {
    "listing": N_("Looking which mails there are …"),
    "copying": N_("Copying the mails to this computer …"),
    "checking": N_("Reading the copies back and comparing them one by one …"),
    "deleting": N_("Deleting the saved mails from the mailbox …"),
}
_EMPTYING = N_("Deleting the mails for good …")
_PROBLEMS = {
    "no-disk-room": N_(
        "There is not enough room on this disk. Make room there, or choose another place."
    ),
    "not-writable": N_(
        "This folder cannot be written to. Choose another one, such as your Documents folder."
    ),
    "no-connection": N_(
        "The connection to the mail server was lost. Look whether the internet works, then go on."
    ),
    "changed": N_(
        "The saved files are not as they were written: something has changed them. Nothing is"
        " deleted because of that. Save the mails once more, to another place."
    ),
    "refused": N_("The mail server does not allow it. Show this to your helpdesk."),
    "busy": N_("Another program is working on this archive. Close it, then go on."),
    "read-only": N_("Mail in this folder may be read, but not deleted. It stays there."),
    "nothing-chosen": N_("There is no mail of this kind any more, so there is nothing to do."),
}
_NEEDED = N_(
    "There is not enough room on this disk: {need} more must be free. Make room there, or choose"
    " another place."
)
_OF_EMPTYING = {
    "changed": N_("The folder has changed since it was counted. Count it once more."),
    "nothing-chosen": N_("There is no mail in this folder any more, so there is nothing to do."),
}
_PROBLEM_ELSE = N_("It stopped in the middle. Go on: it continues where it stopped.")
_LEFT = {
    "gone": N_("Not in the mailbox any more: {count}."),
    "not-sent": N_("The mail server did not hand them over, so they stay: {count}."),
    "short": N_("They came incomplete, so they stay: {count}."),
    "damaged": N_("The copy was not the same, so they stay: {count}."),
    "changed": N_("Another mail stands in their place now, so they were left alone: {count}."),
    "renumbered": N_("Their folder was rebuilt meanwhile, so they were left alone: {count}."),
    "read-only": N_("Their folder may only be read, so they stay: {count}."),
    "refused": N_("The mail server does not allow to delete them, so they stay: {count}."),
    "no-folder": N_("Folders that are not there any more: {count}."),
    "interrupted": N_("Not reached before it was stopped: {count}."),
}
_LEFT_ELSE = N_("They stay in the mailbox: {count}.")


def mails(count: int) -> str:
    """``1,204 mails``."""
    return _("1 mail") if count == 1 else _("{count} mails").format(count=number(count))


def amount(count: int, size: int) -> str:
    """``1,204 mails (812.0 MB)``; ``size`` is in octets."""
    if count == 0:
        return _("no mails")
    return _("{mails} ({size})").format(mails=mails(count), size=octets(size))


def number(count: int) -> str:
    """A number with its thousands apart."""
    return f"{count:,}"


def duration(seconds: float) -> str:
    """How long something takes, no more exactly than anybody can know."""
    if seconds < 10:
        return _("a few seconds")
    if seconds < _MINUTE * 0.9:
        return _("about {seconds} seconds").format(seconds=round(seconds / 10) * 10)
    if seconds < _MINUTE * 1.5:
        return _("about a minute")
    if seconds < _HOUR * 0.9:
        return _("about {minutes} minutes").format(minutes=round(seconds / _MINUTE))
    if seconds < _HOUR * 1.5:
        return _("about an hour")
    return _("about {hours} hours").format(hours=round(seconds / _HOUR))


def day(moment: datetime | date) -> str:
    """A day, on this computer's calendar."""
    if isinstance(moment, datetime):
        moment = moment.astimezone().date()
    return moment.isoformat()


def phase(name: str, *, emptying: bool = False) -> str:
    """What a job is doing. ``emptying``: it deletes mail that was not saved before."""
    if emptying and name == "deleting":
        return _(_EMPTYING)
    return _(_PHASES.get(name, _PHASES["listing"]))


def done_of(done: int, total: int) -> str:
    """``312 of 1,204 mails``."""
    if total <= 0:
        return mails(done) if done else ""
    return _("{done} of {total} mails").format(done=number(done), total=number(total))


def folders_of(done: int, total: int) -> str:
    """``3 of 10 folders``."""
    return _("{done} of {total} folders").format(done=number(done), total=number(total))


def size_of(octets_done: int, octets_total: int) -> str:
    """``210.4 MB of 812.0 MB``."""
    if octets_total <= 0:
        return ""
    return _("{done} of {total}").format(done=octets(octets_done), total=octets(octets_total))


def pace(rate: float, remaining: float | None) -> str:
    """``12.1 MB a second, about 3 minutes to go``; "" as long as nothing can be said."""
    parts = []
    if rate >= 1:
        parts.append(_("{size} a second").format(size=octets(int(rate))))
    if remaining is not None:
        parts.append(_("{time} to go").format(time=duration(remaining)))
    return listed(parts)


def problem(name: str, need: int = 0, *, emptying: bool = False) -> str:
    """What stands in the way, and what to do.

    ``need`` are octets that are lacking on the disk. ``emptying``: no archive is involved.
    """
    if name == "no-disk-room" and need:
        return _(_NEEDED).format(need=octets(need))
    if emptying and name in _OF_EMPTYING:
        return _(_OF_EMPTYING[name])
    return _(_PROBLEMS.get(name, _PROBLEM_ELSE))


def left_lines(reasons: Mapping[str, int]) -> list[str]:
    """How many mails stay in the mailbox, and why."""
    return [
        _(_LEFT.get(reason, _LEFT_ELSE)).format(count=number(count))
        for reason, count in reasons.items()
    ]


def meant(count: int, size: int, *, whole: bool) -> str:
    """What a choice comes to; more than that where not everything was measured."""
    sentence = N_("To be saved here, then deleted from the mailbox: {mails}.")
    if not whole:
        sentence = N_("To be saved here, then deleted from the mailbox: {mails}, perhaps more.")
    return _(sentence).format(mails=amount(count, size))


def stays(count: int, size: int) -> str:
    """What a choice leaves where it is."""
    return _("In the mailbox stay: {mails}.").format(mails=amount(count, size))


def confirm_archived(count: int, size: int, path: object) -> str:
    """The question before saved mails are deleted."""
    return _(
        "{mails} are saved in {path} and were compared one by one with the mailbox. Delete them"
        " from the mailbox?"
    ).format(mails=amount(count, size), path=shown(str(path), 200))


def confirm_empty(
    folder: str, count: int, size: int, oldest: date | None, newest: date | None
) -> str:
    """The question before a folder is emptied whose mail was not saved."""
    if oldest is None or newest is None:
        return _("Delete {mails} in “{folder}” for good? This cannot be undone.").format(
            mails=amount(count, size), folder=folder
        )
    return _(
        "Delete {mails} in “{folder}” for good? The oldest is of {oldest}, the newest of {newest}."
        " This cannot be undone."
    ).format(mails=amount(count, size), folder=folder, oldest=day(oldest), newest=day(newest))


def empty_label(role: str, count: int) -> str:
    """The choice that empties junk or trash."""
    sentence = N_("Empty the spam folder ({count})")
    if role == "trash":
        sentence = N_("Empty the deleted mail ({count})")
    return _(sentence).format(count=number(count))


def theirs_first(folder: str, count: int) -> str:
    """A warning: the mail that is being looked for lies in the folder to be emptied."""
    return _(
        "Mails of the customer lie in “{folder}”: {count}. Bring them back to the inbox first, in"
        " step 1."
    ).format(folder=folder, count=number(count))


def freed_lines(
    count: int, size: int, flagged_only: int, in_trash: int, reasons: Mapping[str, int]
) -> list[str]:
    """What deleting has brought, and what it has not."""
    lines = []
    if count and not (flagged_only or in_trash):
        lines.append(
            _("Deleted from the mailbox: {mails}. So much room is free again.").format(
                mails=amount(count, size)
            )
        )
    elif count:
        lines.append(_("Deleted from the mailbox: {mails}.").format(mails=amount(count, size)))
    else:
        lines.append(_("Nothing was deleted."))
    if flagged_only:
        lines.append(
            _(
                "Only marked as deleted: {count}. The mail server removes them for good when"
                " webmail or your mail program tidies up the folder; only then is their room free."
            ).format(count=number(flagged_only))
        )
    if in_trash:
        lines.append(
            _(
                "Moved to the deleted mail: {count}. Their room is free when that folder is emptied"
                " as well."
            ).format(count=number(in_trash))
        )
    return [*lines, *left_lines(reasons)]


def opening(form: str) -> str:
    """How the archive can be opened."""
    if form == "mbox":
        return _(
            "To read them, import the files that end in .mbox into Thunderbird or Apple Mail. A"
            " text beside them says how."
        )
    return _("To read one, open its file with a double click. A text beside them says more.")


def saved_in(path: object) -> str:
    """Where the archive lies."""
    return _("The saved mails are in {path}.").format(path=shown(str(path), 200))


def room_on_disk(free: int, need: int) -> str:
    """How much the disk has, beside what is needed."""
    if free < need:
        return _(
            "Free on this disk: {free}, needed with some to spare: {need}. That is not enough."
            " Choose another place, or less mail."
        ).format(free=octets(free), need=octets(need))
    return _("Free on this disk: {free}, needed with some to spare: {need}.").format(
        free=octets(free), need=octets(need)
    )


def unfinished(started: datetime, done: int, total: int, state: str) -> str:
    """The choice that goes on with an archive of an earlier run."""
    if state == "copying":
        return _("Continue the archive of {day} ({done} of {total} mails)").format(
            day=day(started), done=number(done), total=number(total)
        )
    return _("The archive of {day}: delete what it saved ({total} mails)").format(
        day=day(started), total=number(total)
    )
