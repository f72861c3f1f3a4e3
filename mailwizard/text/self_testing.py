"""The words of the test mail to oneself: for both front ends."""

from mailwizard.model.marked import N_
from mailwizard.model.seen.self_test import SelfTest
from mailwizard.text.joined import listed
from mailwizard.text.language import _

_PHASES = {
    "opening": N_("Opening your mailbox …"),
    "sending": N_("Sending the test mail …"),
    "looking": N_("Sent. Waiting for it to arrive …"),
    "cleaning": N_("Removing the test mail from all folders …"),
}
_FATES = {
    "trashed": N_("The test mail was moved to the deleted mail, out of {folders}."),
    "marked": N_(
        "The test mail is marked as deleted in {folders}: it goes away at the next tidying up."
    ),
    "left": N_(
        "The test mail could not be removed from {folders}. You may delete it there: its subject is"
        " “{subject}”."
    ),
}


def offer() -> str:
    """The choice that opens it."""
    return _("Send yourself a test mail")


def question() -> str:
    """The heading of the confirmation."""
    return _("Send a test mail to yourself?")


def confirmation(me: str, host: str, minutes: int) -> list[str]:
    """What would be done, before anything is: one paragraph each."""
    return [
        _("A short mail is sent from {me} to {me}, over {host}.").format(me=me, host=host),
        _(
            "Your password goes to {host} for that, encrypted, once, and only if the server proves"
            " who it is."
        ).format(host=host),
        _(
            "The mail is then looked for in all your folders, for up to {minutes} minutes, and"
            " removed again. Nothing else in your mailbox is changed."
        ).format(minutes=minutes),
    ]


def no_server() -> str:
    """Why it cannot be offered here."""
    return _(
        "Your provider's server for sending is not known, so no test mail can be sent from here."
        " Write a short mail to yourself in webmail instead."
    )


def doing(phase: str) -> str:
    """What is being done now."""
    return _(_PHASES[phase])


def stopping() -> str:
    """What is being done after Stop."""
    return _("Stopping. What has arrived is removed first …")


def seconds_line(seconds: int) -> str:
    """How long it has taken, and how to end it."""
    return _("{seconds} s. Stop ends it; what has arrived by then is removed.").format(
        seconds=seconds
    )


def afterwards(result: SelfTest | None) -> list[str]:
    """What became of the test mail. None: it broke off by an error of ours."""
    if result is None:
        return [_("It stopped in the middle. A test mail may still arrive; you may delete it.")]
    if result.outcome == "stopped":
        return [_("Stopped. No test mail was sent.")]
    if result.sent_at is None:
        return []
    lines = []
    for fate, sentence in _FATES.items():
        folders = dict.fromkeys(copy.folder for copy in result.copies if copy.fate == fate)
        if folders:
            told = _(sentence).format(folders=listed(folders), subject=result.subject)
            lines.append(told)
    if result.copies and not lines:
        lines.append(_("The test mail was removed again."))
    if result.seconds is None:
        lines.append(
            _("If it arrives later, you may delete it: its subject is “{subject}”.").format(
                subject=result.subject
            )
        )
    return lines
