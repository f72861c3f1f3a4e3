"""The words of what a mailbox tells by signs: rules, other devices, figures, notices in it."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

_RULES_WAY = N_("The way to your rules: {path_rules}.")
_NO_LINK = N_("Do not click anything in such a notice itself: false ones are a common trick.")
_QUARANTINE_WAY = N_("The way to the quarantine: {path_quarantine}.")
_OTHER_PROGRAMS = N_("Search for the mail on every computer and phone that you have used for mail.")
_ADMIN_NOW = N_(
    "Tell your mail administrator now, best by telephone, and do not answer any mail about it."
)
_NEW_PASSWORD = N_("Change the password of your mailbox, from a computer that you trust.")
_READ_NOW = N_("Until then, read the mail in the folder {folder}. Leave the rule for them to see.")

TEXTS: dict[str, FindingText] = {
    "FOUND_IN_FOLDER:rule": FindingText(
        N_("A rule files this customer's mail into the folder {folder}."),
        N_(
            "Mails from {sender} there: {count}, none of them opened. The newest is “{subject}”,"
            " {date}. They went there before you could see them. The mails are safe."
        ),
        (
            N_("Open the folder {folder} and read them there, or move them to your inbox."),
            N_("Look for a rule that names the customer or this folder, and change it."),
            _RULES_WAY,
            N_("No rule in webmail? Then a mail program on another device may have one."),
        ),
    ),
    "HIDDEN_BY_RULE_SECURITY": FindingText(
        N_("Somebody may have got into your mailbox: mail is being hidden from you."),
        N_(
            "The mail “{subject}” from {sender} is in {folder}, with mail of other senders, and"
            " marked as read. People do not file mail like this; intruders do, so that you miss"
            " it. Your mail is still there."
        ),
        (
            _ADMIN_NOW,
            _NEW_PASSWORD,
            N_("Ask them to look for rules that nobody of you made, and for mail sent on."),
            _RULES_WAY,
            _READ_NOW,
            N_("Pay no invoice and change no bank account by mail until this is cleared up."),
            N_("Did you file all that mail there yourself? Then this is no cause for alarm."),
        ),
    ),
    "HIDDEN_BY_RULE_SECURITY:others": FindingText(
        N_("Somebody may have got into your mailbox: mail is being hidden from you."),
        N_(
            "Mails in {folder} that are marked as read: {read}, from several senders. People do"
            " not file mail like this; intruders do. The mail that you miss is not there, but the"
            " same rule may delete it."
        ),
        (
            _ADMIN_NOW,
            _NEW_PASSWORD,
            N_("Ask them to look for rules that nobody of you made, and for mail sent on."),
            _RULES_WAY,
            N_("Did you file all that mail there yourself? Then this is no cause for alarm."),
        ),
    ),
    "DEVICE_BLOCKLIST": FindingText(
        N_("The mail is in a second spam folder: {folder}."),
        N_(
            "Mails from {sender} there: {count}. The newest is “{subject}”, {date}. This is not"
            " the spam folder of your mail provider: a mail program or phone made it, and sorts"
            " out senders by a list of its own. The mail is safe."
        ),
        (
            N_("Open the folder {folder} and move the mail to your inbox."),
            N_("Look on your phone, and in each mail program, for a list of blocked senders."),
            N_("Take the customer off that list. Blocked senders in webmail are another list."),
        ),
    ),
    "OTHER_DEVICE_MOVED": FindingText(
        N_("Another device or program took the mail out of your inbox."),
        N_(
            "The mail “{subject}” from {sender} was in your inbox at {before}. Now it is in"
            " {folder}, still unread. The mail is safe."
        ),
        (
            N_("Open the folder {folder} and move the mail to your inbox."),
            N_("Look on every phone and computer that uses this mailbox for a filter or block."),
            N_("Switch them off one by one: the one after which it stays was it."),
        ),
    ),
    "OTHER_DEVICE_MOVED:gone": FindingText(
        N_("The mail was in your inbox, and is in none of your folders now."),
        N_(
            "We saw “{subject}” from {sender} in your inbox at {before}, unread. Since then it"
            " was taken away: by another device or program that uses this mailbox, or by yourself."
        ),
        (
            _OTHER_PROGRAMS,
            N_("In such a program, choose to leave mails on the server."),
            N_("Look whether webmail can bring back deleted mail: {path_trash}."),
            N_("Webmail can forbid programs to delete mail: {path_pop_delete}."),
        ),
    ),
    "IN_INBOX_OTHER_TAB": FindingText(
        N_("The mail is in your inbox, and probably under another tab."),
        N_(
            "Mails from {sender} there: {count}. The newest is “{subject}”, {date}, still unread."
            " It was sent by a mailing service, and webmail shows such mail apart from the rest."
        ),
        (
            N_("Look under the other tabs: {path_tabs}."),
            N_("Type {sender} into the search box of your mail program, in the inbox."),
            N_("Drag the mail to the first tab, so that the next one stands there too."),
        ),
    ),
    "CLIENT_NOT_SYNCING": FindingText(
        N_("Your mail program does not fetch new mail: the mail is in your inbox on the server."),
        N_(
            "“{subject}” from {sender} came on {date} and is unread there, and so are {others}"
            " mails of others that you do not see either. Nothing is lost."
        ),
        (
            N_("Read it in webmail ({webmail}) for now."),
            N_("Look whether your mail program says “offline” or asks for a password."),
            N_("Close the program and open it again. On a phone, switch flight mode off."),
            N_("Still nothing? Ask your IT to set the account up in the program once more."),
        ),
    ),
    "CLIENT_NOT_SYNCING:others": FindingText(
        N_("Your mail program may not fetch new mail."),
        N_(
            "You see no mail of others, but {others} unread mails of theirs are in your inbox on"
            " the server. The mail that you miss is not among them."
        ),
        (
            N_("Read your mail in webmail ({webmail}) for now."),
            N_("Look whether your mail program says “offline” or asks for a password."),
            N_("Close the program and open it again."),
        ),
    ),
    "FORWARDED_AWAY": FindingText(
        N_("Your mail seems to be sent on to another address, and none of it stays here."),
        N_(
            "Nobody's mail has come into any of your folders since {since}, though it came"
            " regularly before, and your mail server still takes mail for {me}."
        ),
        (
            N_("Open webmail ({webmail}) and look whether your mail is forwarded, and where to."),
            N_("The way there: {path_forwarding}."),
            _RULES_WAY,
            N_("Look in the other mailbox: the missing mail should be there."),
            N_("Switch the forwarding off, or switch “keep a copy” on."),
            N_(
                "You never set that up, and do not know the address? Tell your mail administrator"
                " at once, and change your password."
            ),
            N_(
                "Nothing is forwarded? Then ask your mail administrator where your mail goes since"
                " {since}."
            ),
        ),
    ),
    "POP_REMOVED:age": FindingText(
        N_("Something takes older mail out of your mailbox."),
        N_(
            "Your inbox holds nothing that came more than {days} days ago, though about {arrived}"
            " mails have arrived there over time. The mail that you miss may have been among those"
            " that were taken away: mostly a mail program on another computer or phone does that."
        ),
        (
            N_(
                "Search for the mail in webmail ({webmail}): some providers show programs only the"
                " newest mail."
            ),
            _OTHER_PROGRAMS,
            N_("In that program, choose to leave mails on the server without a limit of days."),
            N_("Webmail can forbid programs to delete mail: {path_pop_delete}."),
            N_("Ask your mail administrator whether old mail is deleted by itself here."),
            N_("If you deleted those mails yourself, this is not the cause."),
        ),
    ),
    "PURGED_BY_AGE": FindingText(
        N_("The folder {folder} keeps mail for about {days} days only."),
        N_(
            "Older mail was removed from it. If the mail that you miss went there, it may be gone"
            " already: we can only say what is in the folder today."
        ),
        (
            N_("Ask your mail administrator whether removed mail can be brought back."),
            N_("Ask the customer to send the mail again, and look into {folder} on the same day."),
        ),
    ),
    "IMAP_VIEW_LIMITED": FindingText(
        N_("Your mailbox shows us only the mail of about the last {days} days."),
        N_(
            "Every folder ends at the same day: older mail is not shown to programs, or is not"
            " kept. So we cannot say whether a mail from before is there."
        ),
        (
            N_("Search for the mail in webmail ({webmail}), which shows everything."),
            N_("Look in the settings for mail programs whether all mail can be shown to them."),
        ),
    ),
    "PROBABLY_QUARANTINED": FindingText(
        N_("The mail is probably held back by your company's mail filter."),
        N_(
            "A notice in your mailbox of {date}, “{notice}”, names {sender} among the mail that was"
            " held back. The mail can be let through, but mostly for a few days only."
        ),
        (
            N_("Ask your mail administrator to let the mail from {sender} through."),
            _QUARANTINE_WAY,
            _NO_LINK,
            N_("Ask them to trust {sender}, so that it does not happen again."),
        ),
    ),
    "PROBABLY_QUARANTINED:stranger": FindingText(
        N_("A notice says that a mail filter holds mail from {sender} back."),
        N_(
            "It came on {date} from {source}, “{notice}”. That is not an address of your company"
            " or mail provider as far as we know: your company may rent this filter, or the notice"
            " is false."
        ),
        (
            N_("Ask your mail administrator whether {source} belongs to your company's filter."),
            N_("If it does, ask them to let the mail from {sender} through."),
            _NO_LINK,
        ),
    ),
    "PROBABLY_QUARANTINED:unnamed": FindingText(
        N_("Your company's mail filter holds mail back, and this mail may be among it."),
        N_(
            "There is a notice about that in your mailbox, “{notice}”, of {date}. In what we could"
            " read of it {sender} is not named."
        ),
        (
            N_("Ask your mail administrator whether a mail from {sender} is held back."),
            _QUARANTINE_WAY,
            _NO_LINK,
        ),
    ),
}
