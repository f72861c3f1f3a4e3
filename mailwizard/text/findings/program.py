"""The words of the verdicts without a cause, and of the program's own findings."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

_NEVER_REACHED = (
    N_("Ask the customer to send the mail again, and to check how your address is spelt."),
    N_(
        "Ask whether they got a message that it could not be delivered. If they did, ask"
        " for that message and check again with it."
    ),
    N_(
        "Look in the log of received mail: {path_delivery_log}. It also shows mail that"
        " was blocked."
    ),
    N_(
        "Send the customer's IT the letter that we have written for you: it asks for the"
        " line in their log that tells where the mail went."
    ),
)

TEXTS: dict[str, FindingText] = {
    "NEVER_REACHED_US": FindingText(
        N_("The mail never reached your mailbox."),
        N_(
            "Your mailbox and your company's domain are in order as far as we can see, and no mail"
            " from {sender} has come since {since}. Only the customer can tell where it went."
        ),
        _NEVER_REACHED,
    ),
    "NEVER_REACHED_US:others": FindingText(
        N_("The mail never reached your mailbox."),
        N_(
            "Your mailbox and your company's domain are in order as far as we can see: mails of"
            " others that came into your inbox in the same time: {others}, different senders:"
            " {senders}. From {sender} none has come since {since}. Only the customer can tell"
            " where it went."
        ),
        _NEVER_REACHED,
    ),
    "NOT_ENOUGH_CHECKED:silent": FindingText(
        N_("Nobody's mail has reached your mailbox since {last}, not only this customer's."),
        N_(
            "Mail came regularly before. So the cause is most likely on your company's side, and"
            " not with the customer. What it is could not be seen from here."
        ),
        (
            N_("Send yourself a mail from a private address, and look whether it arrives."),
            N_("Ask your colleagues whether mail from outside reaches them."),
            N_("Look in webmail ({webmail}) whether your mail is sent on: {path_forwarding}."),
            N_("Show this screen to your mail administrator."),
        ),
    ),
    "NOT_ENOUGH_CHECKED": FindingText(
        N_("We could not check enough to tell why the mail is missing."),
        N_("What we could check is in order, but something important is still open."),
        (
            N_("Look at the steps marked “not known”, and check them again."),
            N_("Show this screen to your helpdesk."),
        ),
    ),
    "NOT_ENOUGH_CHECKED:mailbox": FindingText(
        N_("We could not look into the whole mailbox, so we cannot tell yet."),
        N_(
            "The mail may be in your mailbox after all. What else we could check does not explain"
            " why it is missing."
        ),
        (
            N_("Open webmail ({webmail}) and look in the spam folder: {path_junk}."),
            N_("Search all folders in webmail for the sender's address."),
            N_("Or check again here, with your password."),
        ),
    ),
    "NOT_ENOUGH_CHECKED:domain": FindingText(
        N_("The mail is not in your mailbox, and your company's way in could not be checked."),
        N_(
            "We looked into your mailbox and did not find the mail. Whether mail from outside"
            " reaches your company's mail server could not be seen from here."
        ),
        (
            N_("Check again later, or from another network."),
            N_("Ask the customer whether they got a message that it could not be delivered."),
        ),
    ),
    "NOT_ENOUGH_CHECKED:health": FindingText(
        N_("We could not check everything, so we cannot say that all is in order."),
        N_("In what we could check nothing is wrong. What is open is marked “not known”."),
        (
            N_("Check again with your password, so that we can look into the mailbox."),
            N_("Show this screen to your helpdesk if something stays open."),
        ),
    ),
    "CLEAR": FindingText(
        N_("Everything that we checked is in order."),
        N_("Your mailbox, your connection and your domain can receive mail."),
        (N_("If a certain mail is missing, check again with the address of its sender."),),
    ),
    "CHECK_FAILED": FindingText(
        N_("One check stopped because of an error in this program."),
        N_("“{what}” could not be checked. This says nothing about your mail."),
        (
            N_("Choose “Check again”."),
            N_("If it stops again, send the saved report to whoever gave you this program."),
        ),
    ),
}
