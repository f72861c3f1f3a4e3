"""The words of a waiting for the re-sent mail that came to nothing."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

_ACTIONS = (
    N_("Ask {sender} on the telephone whether they have really sent it again, and when."),
    N_("Ask them to look for a message that it could not be delivered, also in their spam folder."),
    N_("Mail can take some hours. Wait again, or check again tomorrow."),
)

TEXTS: dict[str, FindingText] = {
    "WAITED_IN_VAIN": FindingText(
        N_("While you waited, no mail from {sender} arrived."),
        N_(
            "You waited {minutes} minutes, {folders} of {total} folders were watched. No other mail"
            " arrived in that time either, so this does not tell much."
        ),
        _ACTIONS,
    ),
    "WAITED_IN_VAIN:others": FindingText(
        N_("While you waited, no mail from {sender} arrived, but other mail did."),
        N_(
            "You waited {minutes} minutes, {folders} of {total} folders were watched. Mails of"
            " others that arrived meanwhile: {others}. So your mailbox takes mail."
        ),
        _ACTIONS,
    ),
}
