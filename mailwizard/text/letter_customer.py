"""What the letter to the customer says, in plain words, for each kind of verdict."""

from collections.abc import Iterator
from datetime import date

from mailwizard.diagnosis.verdict import ACCOUNT, FOUND, SERVER
from mailwizard.model.finding import Finding, Outcome, Owner, Step
from mailwizard.text.finding_text import CERTAINTIES
from mailwizard.text.language import _
from mailwizard.text.letter_words import TO_CUSTOMER, TO_CUSTOMER_ELSE


def customer_lines(verdict: Finding, me: str, since: date) -> Iterator[str]:
    """The middle of the letter: what is the matter, and what the customer can do, if anything."""
    looking_only = verdict.code in ACCOUNT | SERVER
    words = {"me": me, "since": since.isoformat()}
    if verdict.outcome is Outcome.CAUSE and verdict.code in FOUND:
        yield _("your mail has arrived. It had been put where I did not look.")
        yield _("You need not do anything. I am sorry for the delay.")
        return
    yield _("I am missing mail from you that should have come since {since}.").format(**words)
    if verdict.code == "NEVER_REACHED_US":
        yield _("We have searched my mailbox and found no mail from you in that time.")
        yield ""
        yield _("Please do three things:")
        yield "1. " + _("Compare the address that you wrote to with mine: {me}").format(**words)
        yield "2. " + _(
            "Look whether you got a message that your mail could not be delivered. If so,"
            " please send me its full text."
        )
        yield "3. " + _("Send the mail once more.")
        yield ""
        yield _("If it does not arrive again, please give the text below to your IT.")
    elif verdict.outcome is not Outcome.CAUSE or looking_only:
        yield _("We are still looking for the reason.")
        yield _(
            "Please tell me when you sent it, and whether you got a message that it could not"
            " be delivered."
        )
    elif verdict.owner is Owner.WAIT:
        yield _("It is still on its way: your mail system goes on trying to deliver it.")
        yield _("You need not do anything now. If it is urgent, please call me.")
    elif verdict.owner in (Owner.SENDER, Owner.SENDER_IT):
        yield from _about_their_side(verdict, words)
    elif verdict.step is Step.QUOTA:
        yield _("My mailbox had no room for it. That is being put right.")
        yield _("Please send it once more tomorrow.")
    elif verdict.step is Step.NETWORK:
        yield _("The reason is a fault in our network, which keeps me from seeing new mail.")
        yield _("You need not send it again. If it is urgent, please call me.")
    else:
        yield _("The reason is on our side, and we are putting it right.")
        yield _("Please send it once more when I tell you so. If it is urgent, please call me.")


def _about_their_side(verdict: Finding, words: dict[str, str]) -> Iterator[str]:
    yield _("We have looked for the reason, and this is what we found ({certainty}):").format(
        certainty=_(CERTAINTIES[verdict.certainty])
    )
    yield ""
    yield _(TO_CUSTOMER.get(verdict.code, TO_CUSTOMER_ELSE)).format(**words)
    if verdict.owner is Owner.SENDER_IT:
        yield ""
        yield _("Please give the text below to your IT. It holds the details.")
