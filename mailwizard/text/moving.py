"""The words of moving found mail to the inbox, and back: for both front ends."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from mailwizard.model.marked import N_
from mailwizard.model.provider import Provider
from mailwizard.model.seen.mailbox import MailSeen, Role
from mailwizard.text.joined import listed
from mailwizard.text.language import _, current

_REASONS = {
    "gone": N_("Not in {folder} any more, and not in {target}: {count}. Search for it in webmail."),
    "changed": N_("Another mail stands in its place in {folder}, so it was left alone: {count}."),
    "no-room": N_("No room in the mailbox, so it stays in {folder}: {count}. Make room first."),
    "refused": N_("The mail server does not allow it, so it stays in {folder}: {count}."),
    "not-seen": N_("Not to be seen in {target} yet: {count}. Look in webmail, the mail is safe."),
    "interrupted": N_("Interrupted: {count}. The mail is safe. Do it again, nothing is doubled."),
    "read-only": N_("The folder {folder} may only be read, so it stays there: {count}."),
    "renumbered": N_("The folder {folder} was rebuilt meanwhile: {count}. Check again first."),
    "no-folder": N_("The folder {folder} or {target} was not found: {count}. Check again first."),
    "not-signed-in": N_("The sign-in does not hold any more: {count}. Sign in again first."),
    "no-connection": N_("The mail server did not answer: {count}. Nothing was changed."),
}
_LEFT_OVER = N_(
    "The mail server could not remove {count} of the originals: they stay in {folder}, marked as"
    " deleted, until the next tidying up. That does no harm."
)


def move_label(count: int) -> str:
    """The choice that opens the preview."""
    return _("Move to the inbox ({count})").format(count=count)


def confirmation(mails: Sequence[MailSeen]) -> str:
    """What would be done, and with how many."""
    places = Counter(mail.folder for mail in mails)
    named = listed(
        _("{folder}: {count}").format(folder=folder, count=count)
        for folder, count in places.items()
    )
    return _(
        "Mails that will be moved to your inbox: {count} ({places}). Nothing else is changed, and"
        " you can undo it."
    ).format(count=len(mails), places=named)


def mail_line(mail: MailSeen) -> str:
    """Date, sender, subject, size: one line."""
    return "  ".join(
        (day(mail.arrived), mail.from_name or mail.from_address, mail.subject, octets(mail.size))
    )


def day(moment: datetime) -> str:
    """When a mail arrived, on this computer's calendar."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def octets(size: int) -> str:
    """A mail's size, such as ``48 KB``."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def told(
    folder: str, target: str, moved: int, left: Iterable[str], left_over: int, *, back: bool
) -> list[str]:
    """What was done with one folder's mails. ``left`` has a reason for each that was not moved."""
    lines = []
    if moved:
        done = N_("Moved back to {target}: {count}.") if back else N_("Moved to {target}: {count}.")
        lines.append(_(done).format(count=moved, target=_name(target)))
    if left_over:
        lines.append(_(_LEFT_OVER).format(count=left_over, folder=_name(folder)))
    for reason, count in Counter(left).items():
        sentence = _REASONS.get(reason, _REASONS["interrupted"])
        lines.append(_(sentence).format(folder=_name(folder), target=_name(target), count=count))
    return lines


def advice(provider: Provider, roles: Iterable[Role]) -> list[str]:
    """How it does not happen again, in the words of the provider's menus, as far as they are known.

    ``roles`` are those of the folders that mail was brought back from.
    """
    found = set(roles)
    wanted = []
    if "junk" in found:
        wanted.append(("block-list", N_("Put the sender on the allow list: {path}")))
        wanted.append(("trust-sender", N_("Next time, trust the sender: {path}")))
    if found - {"junk"}:
        wanted.append(("rules", N_("Look for the rule that does it: {path}")))
    chinese = current().startswith("zh")
    return [
        _(sentence).format(path=path.zh if chinese else path.en)
        for name, sentence in wanted
        if (path := provider.paths.get(name))
    ]


def _name(folder: str) -> str:
    return _("the inbox") if folder.upper() == "INBOX" else folder
