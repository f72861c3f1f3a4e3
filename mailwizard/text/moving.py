"""The words of moving found mail to the inbox, and back: for both front ends."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from mailwizard.model.amounts import octets
from mailwizard.model.marked import N_
from mailwizard.model.provider import Provider
from mailwizard.model.seen.mailbox import MailSeen, Role
from mailwizard.model.seen.moved import MailMoved, Way
from mailwizard.text.joined import listed
from mailwizard.text.language import _, current

_REASONS = {
    "gone": N_("Not in {folder} any more, and not in {target}: {count}. Search for it in webmail."),
    "changed": N_("Another mail stands in its place in {folder}, so it was left alone: {count}."),
    "no-room": N_("No room in the mailbox, so it stays in {folder}: {count}. Make room first."),
    "refused": N_("The mail server does not allow it, so it stays in {folder}: {count}."),
    "not-seen": N_("Not to be seen in {target} yet: {count}. Look in webmail, the mail is safe."),
    "interrupted": N_("Interrupted: {count}. The mail is safe. Do it again, nothing is doubled."),
    "read-only": N_(
        "From here, the folder {folder} may only be read, so nothing in it was changed: {count}."
        " Move the mail in webmail, or ask whoever manages the folder."
    ),
    "renumbered": N_("The folder {folder} was rebuilt meanwhile: {count}. Check again first."),
    "no-folder": N_("The folder {folder} or {target} was not found: {count}. Check again first."),
    "not-signed-in": N_("The sign-in does not hold any more: {count}. Sign in again first."),
    "no-connection": N_("The mail server did not answer: {count}. Nothing was changed."),
}
_GONE_HERE = N_("Not in {folder} any more: {count}. Search for it in webmail.")
_DONE: dict[tuple[Way, bool], str] = {
    ("move", False): N_("Moved to {target}: {count}."),
    ("move", True): N_("Moved back to {target}: {count}."),
    ("copy", False): N_("Put into {target}: {count}. In {folder} they stay, too."),
    ("only-move", True): N_("Taken out of {folder} again: {count}. They are still in {target}."),
    ("unmark", False): N_("Not marked as deleted any more, in {folder}: {count}."),
    ("unmark", True): N_("Marked as deleted again, in {folder}: {count}."),
}
_LEFT_OVER = N_(
    "The mail server could not remove {count} of the originals: they stay in {folder}, marked as"
    " deleted, until the next tidying up. That does no harm."
)
_KEPT = N_(
    "The mail server did not let {count} of the originals go: they are in {folder} as well now."
    " That does no harm."
)
_PLANS: dict[Way, str] = {
    "move": N_("Mails that will be moved to your inbox: {count} ({places})."),
    "copy": N_("Mails that will be shown in your inbox, too: {count} ({places})."),
    "unmark": N_("Mails that will lose the mark “deleted”: {count} ({places})."),
}

_MOVE: tuple[Way, ...] = ("move",)
_TRUST = (
    ("block-list", N_("Put the sender on the allow list: {path}")),
    ("trust-sender", N_("Next time, trust the sender: {path}")),
)
_TRUST_ANYWHERE = N_(
    "Put the sender on the list of trusted senders: in webmail, look for it in the settings, under"
    " spam. Next time, open the mail in the spam folder there and choose “not spam”."
)
_RULES = (("rules", N_("Look for the rule that does it: {path}")),)
_RULES_ANYWHERE = N_(
    "Look for the rule that does it: in webmail, in the settings, and in every mail program that"
    " you use."
)


def move_label(count: int, ways: Collection[Way] = _MOVE) -> str:
    """The choice that opens the preview."""
    if set(ways) <= {"move"}:
        return _("Move to the inbox ({count})").format(count=count)
    return _("Bring back ({count})").format(count=count)


def do_label(ways: Collection[Way]) -> str:
    """The choice that does it."""
    return _("Move") if set(ways) <= {"move"} else _("Bring back")


def question(ways: Collection[Way]) -> str:
    """What the preview asks."""
    if set(ways) <= {"move"}:
        return _("Which mails shall be moved to the inbox?")
    return _("Which mails shall be brought back?")


def sure(ways: Collection[Way]) -> str:
    """What the confirmation asks."""
    return _("Move these mails?") if set(ways) <= {"move"} else _("Bring these mails back?")


def confirmation(mails: Iterable[tuple[MailSeen, Way]]) -> str:
    """What would be done, and with how many."""
    folders: dict[Way, list[str]] = {}
    for mail, way in mails:
        folders.setdefault(way, []).append(mail.folder)
    said = []
    for way, names in folders.items():
        named = listed(
            _("{folder}: {count}").format(folder=_name(folder), count=count)
            for folder, count in Counter(names).items()
        )
        said.append(_(_PLANS[way]).format(count=len(names), places=named))
    return "\n".join([*said, _("Nothing else is changed, and you can undo it.")])


def mail_line(mail: MailSeen) -> str:
    """Date, sender, subject, size: one line."""
    return "  ".join(
        (day(mail.arrived), mail.from_name or mail.from_address, mail.subject, octets(mail.size))
    )


def day(moment: datetime) -> str:
    """When a mail arrived, on this computer's calendar."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def told(seen: MailMoved) -> list[str]:
    """What was done with one folder's mails."""
    folder, target = _name(seen.folder), _name(seen.target)
    lines = []
    for sentence, count in (
        (_DONE.get((seen.way, seen.undone), _DONE["move", seen.undone]), seen.moved),
        (_LEFT_OVER, seen.left_over),
        (_KEPT, seen.kept),
        *((_why_not(seen, entry.reason), entry.count) for entry in seen.not_moved),
    ):
        if count:
            lines.append(_(sentence).format(folder=folder, target=target, count=count))
    return lines


def _why_not(seen: MailMoved, reason: str) -> str:
    if reason == "gone" and seen.folder == seen.target:
        return _GONE_HERE
    return _REASONS.get(reason, _REASONS["interrupted"])


def advice(provider: Provider, roles: Iterable[Role]) -> list[str]:
    """How it does not happen again, in the words of the provider's menus, as far as they are known.

    ``roles`` are those of the folders that mail was brought back from.
    """
    found = set(roles)
    lines = []
    if "junk" in found:
        lines += _by_menus(provider, _TRUST) or [_(_TRUST_ANYWHERE)]
    if "inbox" in found:
        lines.append(
            _("Look which phone or program also uses this mailbox: one of them deleted it.")
        )
    if found - {"junk", "inbox"}:
        lines += _by_menus(provider, _RULES) or [_(_RULES_ANYWHERE)]
    return lines


def _by_menus(provider: Provider, wanted: Sequence[tuple[str, str]]) -> list[str]:
    chinese = current().startswith("zh")
    return [
        _(sentence).format(path=path.zh if chinese else path.en)
        for name, sentence in wanted
        if (path := provider.paths.get(name))
    ]


def _name(folder: str) -> str:
    return _("the inbox") if folder.upper() == "INBOX" else folder
