"""The words of the findings of a test mail to oneself."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

_NO_PROOF = N_("Nothing of this speaks against your mailbox: only the test could not be made.")
_AGAIN = N_("Make the test once more in a few minutes.")
_BY_HAND = N_(
    "Write a short mail to yourself in webmail ({webmail}) and look where it arrives: that tells"
    " the same."
)
_BIN = N_("Empty the deleted mail and the spam folder: they count as well.")

TEXTS: dict[str, FindingText] = {
    "SELF_TEST_ARRIVED": FindingText(
        N_("The test mail to yourself arrived in your inbox, after {seconds} s."),
        N_(
            "Your mailbox takes mail and shows it. A mail from outside comes in by another way, so"
            " this alone does not prove that customers' mail arrives."
        ),
        (
            N_("Ask the customer to send the mail once more, and look at the same time."),
            N_("Go on with the next step: it looks at the way from outside."),
        ),
    ),
    "SELF_TEST_IN_JUNK": FindingText(
        N_("Even your own test mail went to the spam folder."),
        N_(
            "It arrived after {seconds} s in {folder}, though you had sent it to yourself. The"
            " filter is very strict, or a rule of yours does it. Customers' mail may lie there,"
            " too; it is safe, but such folders are often emptied by themselves."
        ),
        (
            N_("Open the folder {folder} and look for mail that you miss."),
            N_("Look through your filing rules and change the one that does it: {path_rules}."),
            N_("Look at your block list and allow list: {path_block_list}."),
            N_("Nothing found? Ask your mail administrator whether the filter can be loosened."),
        ),
    ),
    "SELF_TEST_FILED": FindingText(
        N_("Your test mail was filed into the folder {folder}."),
        N_(
            "It arrived after {seconds} s, but not in your inbox: a rule of your mailbox moved it."
            " The same rule may move customers' mail."
        ),
        (
            N_("Open the folder {folder} and look for mail that you miss."),
            N_("Look through your filing rules and change the one that does it: {path_rules}."),
        ),
    ),
    "SELF_TEST_FILED:trash": FindingText(
        N_("Your test mail went straight to the deleted mail."),
        N_(
            "It arrived after {seconds} s in {folder}: a rule of your mailbox, or a program that"
            " reads it, deletes new mail. It may do the same with customers' mail."
        ),
        (
            N_("Open the folder {folder} and look for mail that you miss; move it to the inbox."),
            N_("Look through your filing rules and change the one that does it: {path_rules}."),
            N_("Think of your phone and other programs that fetch mail from this mailbox."),
        ),
    ),
    "SELF_TEST_NOT_SEEN": FindingText(
        N_("Your test mail was accepted, but did not appear within {seconds} s."),
        N_(
            "It is in none of your folders ({folders} were looked at). Either mail is slow today,"
            " or something takes it away before you see it: a filter of your company, a rule that"
            " deletes, or a forwarding that keeps no copy."
        ),
        (
            N_("Look in webmail ({webmail}) in a few minutes for “{subject}”."),
            N_("Look at your filing rules and your forwarding: {path_rules}."),
            N_(
                "Ask your mail administrator what became of a mail from you to yourself, with the"
                " subject “{subject}”."
            ),
        ),
    ),
    "SELF_TEST_NOT_SEEN:part": FindingText(
        N_("Your test mail was accepted, but has not been seen yet."),
        N_(
            "It was waited for {seconds} s only, or not all folders could be looked at. So this"
            " tells nothing yet."
        ),
        (
            N_("Look in webmail ({webmail}) in a few minutes for “{subject}”."),
            _AGAIN,
        ),
    ),
    "SELF_TEST_NOT_SEEN:all": FindingText(
        N_("Your test mail was accepted, and is in your mailbox, but not in the inbox."),
        N_(
            "It stands only where all mail or sent mail is shown. Your provider may show a mail to"
            " yourself there alone, so this tells nothing."
        ),
        (_BY_HAND,),
    ),
    "SELF_TEST_NOT_SENT": FindingText(
        N_("The test mail could not be sent."),
        _NO_PROOF,
        (_BY_HAND,),
    ),
    "SELF_TEST_NOT_SENT:refused": FindingText(
        N_("The test mail was not sent: {host} does not let mail programs send for you."),
        N_(
            "It did not take your password, though your mailbox did. That is a matter of sending"
            " only; mail to you is not touched by it. The password will not be tried there again."
        ),
        (
            _BY_HAND,
            N_(
                "If your own mail program cannot send either, ask your mail administrator whether"
                " sending is allowed for your account: {path_admin_imap}."
            ),
        ),
    ),
    "SELF_TEST_NOT_SENT:rejected": FindingText(
        N_("The test mail was not taken: {host} refused it."),
        N_(
            "It said: {said}. That is about sending a mail from you to yourself; what it means for"
            " mail from outside is not known."
        ),
        (
            _BY_HAND,
            N_("If you cannot send in webmail either, show this sentence to your administrator."),
        ),
    ),
    "SELF_TEST_NOT_SENT:full": FindingText(
        N_("The test mail was not taken: {host} says that there is no room."),
        N_("It said: {said}. The mails you have are safe."),
        (
            _BIN,
            N_("Look in webmail ({webmail}) how much of your mailbox's space is used."),
        ),
    ),
    "SELF_TEST_NOT_SENT:unreachable": FindingText(
        N_("The test mail was not sent: {host} could not be spoken to."),
        N_(
            "The server for sending is another one than that of your mailbox. Offices often block"
            " the way to it. Mail to you does not need it."
        ),
        (_BY_HAND, _AGAIN),
    ),
    "SELF_TEST_NOT_SENT:busy": FindingText(
        N_("The test mail was not sent: {host} had no time for it just now."),
        N_(
            "It broke off, or wants to be asked again later. It is another server than that of your"
            " mailbox; mail to you does not need it."
        ),
        (_AGAIN, _BY_HAND),
    ),
    "SELF_TEST_NOT_SENT:not-verified": FindingText(
        N_("The test mail was not sent: {host} could not prove who it is."),
        N_(
            "So neither your password nor a mail was sent there. Something may stand in between, or"
            " its certificate is not in order. Nothing is known about mail to you."
        ),
        (
            N_("Show this to your IT; do not type your password anywhere because of it."),
            _BY_HAND,
        ),
    ),
    "SELF_TEST_NOT_SENT:unanswered": FindingText(
        N_("It is not known whether the test mail was sent."),
        N_(
            "The connection to {host} ended in the middle of it, and the mail was not seen"
            " afterwards. Nothing can be concluded from that."
        ),
        (_AGAIN, _BY_HAND),
    ),
    "SELF_TEST_NOT_SENT:no-server": FindingText(
        N_("No test mail was sent: your provider's server for sending is not known."),
        _NO_PROOF,
        (_BY_HAND,),
    ),
    "SELF_TEST_NOT_SENT:no-mailbox": FindingText(
        N_("No test mail was sent: your mailbox could not be opened to look for it."),
        _NO_PROOF,
        (_AGAIN, _BY_HAND),
    ),
    "MAILBOX_FULL:self-test": FindingText(
        N_("Your mailbox is full, it seems: not even a test mail to yourself was taken."),
        N_(
            "{server} said: {said}. The mails you have are safe. Mail that comes now goes back to"
            " its sender until there is room again."
        ),
        (
            _BIN,
            N_("Sort a folder by size and delete or save elsewhere the largest mails."),
            N_("When there is room again, ask the customer to send the mail once more."),
        ),
    ),
}
