"""What came of saving and deleting: paragraphs for both front ends."""

from collections.abc import Iterable

from mailwizard.actions.archive.outcome import Archived, Deleted, Left, Progress, Unfinished
from mailwizard.text import making_room as words
from mailwizard.text.language import _


def figures(now: Progress) -> list[str]:
    """How much of the present phase is done: mails and octets, or folders."""
    if now.phase == "listing":
        return [words.folders_of(now.done, now.total)] if now.total else []
    found = (words.done_of(now.done, now.total), words.size_of(now.octets_done, now.octets_total))
    return [part for part in found if part]


def archive_lines(archived: Archived) -> list[str]:
    """What is saved, with the question whether to delete it; what is not, and why."""
    lines = []
    if archived.count:
        lines.append(words.confirm_archived(archived.count, archived.octets, archived.path))
    elif archived.removed:
        lines.append(_("All saved mails are deleted from the mailbox already."))
    else:
        lines.append(words.problem("nothing-chosen"))
    if archived.count and archived.removed:
        lines.append(_("Deleted already: {mails}.").format(mails=words.mails(archived.removed)))
    if archived.left:
        lines.append(" ".join((_("Not saved:"), *words.left_lines(by_reason(archived.left)))))
    if archived.count or archived.removed:
        lines.append(words.opening(archived.form))
    return lines


def why_ended(progress: Progress, *, emptying: bool = False) -> list[str]:
    """Why a job did not come to its end; nothing where it did."""
    match progress.phase:
        case "problem":
            lines = [words.problem(progress.problem, progress.need, emptying=emptying)]
            if progress.detail:
                lines.append(_("For the helpdesk: {detail}").format(detail=progress.detail))
            return lines
        case "stopped":
            return [_("Stopped.")]
    return []


def stopped_lines(progress: Progress, left: Unfinished | None) -> list[str]:
    """An archive that did not come to its end: why, and what of it is there."""
    lines = why_ended(progress)
    if left is not None and left.done:
        lines.append(
            _("Saved so far: {far}. When you go on, it continues there.").format(
                far=words.done_of(left.done, left.total)
            )
        )
    else:
        lines.append(_("Nothing has been saved yet."))
    lines.append(_("Nothing was deleted from the mailbox."))
    return lines


def deleted_lines(deleted: Deleted, progress: Progress, archived: Archived | None) -> list[str]:
    """What room there is now, what stays and why, where the saved mails are, what is next."""
    lines = why_ended(progress, emptying=archived is None)
    lines += words.freed_lines(
        deleted.count,
        deleted.octets,
        deleted.flagged_only,
        deleted.in_trash,
        deleted.left_by_reason(),
    )
    if progress.phase == "stopped":
        lines.append(_("All others stay in the mailbox."))
    if archived is not None:
        lines.append(" ".join((words.saved_in(archived.path), words.opening(archived.form))))
    if deleted.count:
        lines.append(
            _(
                "What is next: check again whether there is room now. Then ask the customer to send"
                " the mail once more: what was turned away does not come by itself."
            )
        )
    return lines


def by_reason(left: Iterable[Left]) -> dict[str, int]:
    """How many messages stay for which reason."""
    found: dict[str, int] = {}
    for one in left:
        found[one.reason] = found.get(one.reason, 0) + 1
    return found
