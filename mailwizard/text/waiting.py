"""The words of waiting for the re-sent mail: for both front ends and the command."""

from mailwizard.model.marked import N_
from mailwizard.model.seen.mailbox import MailSeen, Role
from mailwizard.text.joined import bracketed
from mailwizard.text.language import _
from mailwizard.text.moving import day

_HEADLINES = {
    "connecting": N_("Connecting to your mailbox …"),
    "waiting": N_("Waiting for mail from {sender}"),
    "reconnecting": N_("The connection is gone. Trying again …"),
    "arrived": N_("The mail has arrived."),
    "over": N_("The time is over, and no mail from {sender} has come."),
    "stopped": N_("You have stopped the waiting."),
    "refused": N_("The mail server does not take your password any more."),
    "failed": N_("The waiting stopped because of a fault of this program."),
}
_MEANINGS = {
    "reconnecting": N_("Time left: {left}. What comes meanwhile is seen when the line is back."),
    "over": N_(
        "Ask {sender} whether they have really sent it again, and whether they got a message that"
        " it could not be delivered."
    ),
    "stopped": N_("Until then no mail from {sender} had come. You can wait again at any time."),
    "refused": N_("It was probably changed meanwhile. Sign in again, then wait again."),
    "failed": N_("Your mail is safe, nothing was changed. Start it again."),
}
_LEFT = N_("Time left: {left}. It ends by itself.")
_PLACES: dict[Role, str] = {
    "inbox": N_("It is in your inbox."),
    "junk": N_("It is in your spam folder ({folder})."),
    "trash": N_("It is in the folder for deleted mail ({folder})."),
    "archive": N_("It is in your archive ({folder})."),
}
_ELSEWHERE = N_("It is in the folder {folder}.")


def choices() -> list[tuple[int, str]]:
    """The times that are offered, in minutes, with their words."""
    return [
        (10, _("10 minutes")),
        (30, _("30 minutes")),
        (120, _("2 hours")),
    ]


def question() -> str:
    """What is asked before."""
    return _("How long shall we wait for the mail?")


def reason(sender: str) -> str:
    """What will be done, under the question."""
    return _(
        "Ask {sender} now to send the mail again. Meanwhile all your folders are watched, and you"
        " are told the moment it arrives, and where. Nothing in your mailbox is changed."
    ).format(sender=sender)


def not_possible() -> str:
    """Where nobody is signed in, or no sender is known."""
    return _(
        "To wait for a mail, the program must look into your mailbox. Sign in first, and say whose"
        " mail is missing."
    )


def headline(state: str, sender: str) -> str:
    """What is going on, in one line; ``state`` is one of ``Waiting``'s, or ``connecting``."""
    return _(_HEADLINES[state]).format(sender=sender)


def meaning(state: str, sender: str, left: float) -> str:
    """What that means, or how long it still takes; "" for an arrival, which has a place instead."""
    if state == "arrived":
        return ""
    return _(_MEANINGS.get(state, _LEFT)).format(sender=sender, left=clock(left))


def place(role: Role, folder: str) -> str:
    """Where the mail arrived."""
    return _(_PLACES.get(role, _ELSEWHERE)).format(folder=folder)


def came(mail: MailSeen, *, expected: bool) -> str:
    """One mail that came: when, from whom, subject, folder."""
    name = mail.from_name or mail.from_address
    folder = _("the inbox") if mail.folder.upper() == "INBOX" else mail.folder
    line = "  ".join((day(mail.arrived), folder, name, mail.subject))
    return line if expected else bracketed(line, _("perhaps the one, the waiting goes on"))


def watched(folders: tuple[int, int]) -> str:
    """How much is, or was, watched."""
    return _("Watched: {done} of {total} folders.").format(done=folders[0], total=folders[1])


def how(*, at_once: bool) -> str:
    """How it is watched."""
    if at_once:
        return _("The inbox tells of new mail at once, the others are looked at every few seconds.")
    return _("All folders are looked at every few seconds.")


def last_look(inbox: float | None, others: float | None) -> str:
    """How long ago the last looks were; "" before the first one."""
    if inbox is None or others is None:
        return ""
    return _("Last look: inbox {inbox} s ago, other folders {others} s ago.").format(
        inbox=round(inbox), others=round(others)
    )


def others_came(count: int) -> str:
    """How many mails of others came in meanwhile; "" for none."""
    return _("Other mails that arrived meanwhile: {count}").format(count=count) if count else ""


def beside(state: str, left: float) -> str:
    """For the top line of the other screens, which has little room."""
    if state == "arrived":
        return _("THE MAIL HAS COME")
    if state in ("waiting", "reconnecting"):
        return _("waiting {left}").format(left=clock(left))
    return _("waiting ended")


def clock(seconds: float) -> str:
    """Minutes and seconds, such as ``9:05``; from an hour on with hours."""
    whole = max(0, round(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
