"""The words of the spam-folder step's findings."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.mailbox_signs import TEXTS as SIGNS

_SEARCH = N_("Search all folders in webmail ({webmail}) for the sender's address.")
_TRUST = N_("So that it does not happen again, trust the sender: {path_trust_sender}.")
_RULES = N_("Look through your filing rules and change the one that does it: {path_rules}.")
_LOG = N_("Look in the log of received mail, it tells what happened: {path_delivery_log}.")
_WAY_JUNK = N_("The way there: {path_junk}.")
_SEE_ALL = N_(
    "Switch off every filter and category tab above the list of mails, and sort the list by date,"
    " newest first."
)

TEXTS: dict[str, FindingText] = {
    **SIGNS,
    "IN_INBOX": FindingText(
        N_("The mail is in your inbox."),
        N_(
            "Mails from {sender} there: {count}. The newest is “{subject}”, {date}, still unread."
            " Your mail program probably does not show it: it is sorted or filtered away, stands in"
            " another tab, or hides in a conversation."
        ),
        (
            N_("Type {sender} into the search box of your mail program, in the inbox."),
            _SEE_ALL,
            N_("Not there? Open webmail ({webmail}). If you see it there, restart your program."),
        ),
    ),
    "IN_INBOX:read": FindingText(
        N_("The mail is in your inbox, and it has been opened already."),
        N_(
            "Mails from {sender} there: {count}. The newest is “{subject}”, {date}. Somebody or"
            " some"
            " device has marked it as read, so it does not stand out as new."
        ),
        (
            N_("Type {sender} into the search box of your mail program, in the inbox."),
            N_("Switch off “only unread” and every other filter above the list of mails."),
            N_("Think of your phone, and of colleagues who can read this mailbox."),
        ),
    ),
    "IN_INBOX:told": FindingText(
        N_("The mail is in your inbox, as you saw in webmail."),
        N_(
            "It has arrived. Your mail program does not show it: it is sorted or filtered away,"
            " stands in another tab, or the program has not fetched new mail for a while."
        ),
        (
            N_("Read it in webmail for now."),
            _SEE_ALL,
            N_("Close your mail program and open it again, so that it fetches new mail."),
        ),
    ),
    "FOUND_IN_JUNK": FindingText(
        N_("The mail is in your spam folder."),
        N_(
            "Mails from {sender} in {folder}: {count}. The newest is “{subject}”, {date}. The"
            " filter took it for spam. {why} The mail is safe, but such folders are often emptied"
            " by themselves."
        ),
        (
            N_("Open the folder {folder} and move the mail to your inbox."),
            _TRUST,
            N_("Look through the folder for other customers' mail, too."),
        ),
    ),
    "FOUND_IN_JUNK:told": FindingText(
        N_("The mail is in your spam folder, as you saw in webmail."),
        N_(
            "The filter took it for spam. The mail is safe, but such folders are often emptied by"
            " themselves."
        ),
        (
            N_("Move the mail from the spam folder to your inbox."),
            _TRUST,
            N_("Look through the folder for other customers' mail, too."),
        ),
    ),
    "FOUND_IN_TRASH": FindingText(
        N_("The mail is among your deleted mails."),
        N_(
            "Mails from {sender} in {folder}: {count}. The newest is “{subject}”, {date}. It"
            " arrived and"
            " was then deleted: by a wrong key, a rule, or another device. It is still there."
        ),
        (
            N_("Open the folder {folder} and move the mail to your inbox before it is emptied."),
            _RULES,
            N_("Did it happen more than once? Look which phone or program also uses this mailbox."),
        ),
    ),
    "FOUND_IN_TRASH:marked": FindingText(
        N_("The mail is in your mailbox, but marked as deleted."),
        N_(
            "Mails from {sender} in {folder}: {count}. The newest is “{subject}”, {date}."
            " Programs hide"
            " mails with this mark, and remove them with the next tidying up."
        ),
        (
            N_(
                "Open webmail ({webmail}), search for {sender} and move the mail to another folder."
            ),
            N_("Look which phone or program also uses this mailbox: one of them deleted it."),
        ),
    ),
    "FOUND_IN_TRASH:told": FindingText(
        N_("The mail is among your deleted mails, as you saw in webmail."),
        N_("It arrived and was then deleted: by a wrong key, a rule, or another device."),
        (
            N_("Move the mail to your inbox before the folder is emptied."),
            _RULES,
        ),
    ),
    "FOUND_IN_FOLDER": FindingText(
        N_("The mail is in another folder: {folder}."),
        N_(
            "Mails from {sender} there: {count}. The newest is “{subject}”, {date}. It arrived"
            " and was then"
            " filed there, most likely by a rule. The mail is safe."
        ),
        (
            N_("Open the folder {folder} and read it there, or move it to your inbox."),
            _RULES,
            N_("No rule of yours? Then a mail program on another device may have one."),
        ),
    ),
    "FOUND_IN_FOLDER:told": FindingText(
        N_("The mail is in another folder, as you saw in webmail."),
        N_("It arrived and was then filed there, most likely by a rule. The mail is safe."),
        (
            N_("Read it there, or move it to your inbox."),
            _RULES,
        ),
    ),
    "FOUND_SORTED_AWAY": FindingText(
        N_("The mail has arrived, but under a wrong date."),
        N_(
            "Mails from {sender} in {folder}: {count}. The newest is “{subject}”. It arrived on"
            " {date} but"
            " says of itself that it is of {dated}. So it stands far away from the new mails."
        ),
        (
            N_(
                "Look in the folder {folder} at the mails of {dated}, or search there for {sender}."
            ),
            N_("Sort the list by the day of arrival, if your program can."),
            N_("Tell the customer that their computer's clock or their sending program is wrong."),
        ),
    ),
    "FOUND_OTHER_FROM": FindingText(
        N_("A mail that may be the one you miss came under another sender: {sender}."),
        N_(
            "Nothing came from {asked} itself. But {name} ({sender}) wrote to you. Mails in"
            " {folder}: {count}. The newest is “{subject}”, {date}."
        ),
        (
            N_("Open the folder {folder} and look at the mail of {date}."),
            N_("Is it the right one? Then save this sender's address in your contacts."),
            N_(
                "If you do not know the sender, open no attachment: ask the customer by telephone,"
                " at a number that you already have."
            ),
        ),
    ),
    "FOUND_OTHER_FROM:junk": FindingText(
        N_("A mail that may be the one you miss is in your spam folder, from {sender}."),
        N_(
            "Nothing came from {asked} itself. But {name} ({sender}) wrote to you. Mails in"
            " {folder}: {count}. The newest is “{subject}”, {date}."
        ),
        (
            N_("Open the folder {folder} and look at the mail of {date}. Click nothing in it yet."),
            N_("Is it the right one? Then move it to your inbox."),
            N_(
                "If you do not know the sender, ask the customer by telephone, at a number that you"
                " already have."
            ),
        ),
    ),
    "JUNK_FOLDER_GUESSED": FindingText(
        N_("We took {folder} for your spam folder, by its name."),
        N_(
            "The mail server does not say which folder is the spam folder. We looked into every"
            " folder anyway; only the name of the place may be wrong."
        ),
        (
            N_("Compare with the list of folders in webmail ({webmail})."),
            _WAY_JUNK,
        ),
    ),
    "JUNK_FOLDER_GUESSED:none": FindingText(
        N_("Your mailbox shows us no spam folder."),
        N_(
            "Some providers keep it out of sight of mail programs. What is in there can only be"
            " seen in webmail."
        ),
        (
            N_("Open webmail ({webmail}) and look for a spam folder in the list of folders."),
            _WAY_JUNK,
        ),
    ),
    "SEARCH_PARTIAL": FindingText(
        N_("We could look into {done} of {total} folders only."),
        N_("Not finished: {folders}. The mail may be there. Nothing has been changed."),
        (
            N_("Check again: often the second time is faster."),
            _SEARCH,
        ),
    ),
    "SEARCH_PARTIAL:none": FindingText(
        N_("We signed in, but could not look into your folders."),
        N_(
            "The mail server did not open them, or not in time. The mail may be there. Nothing has"
            " been changed."
        ),
        (
            N_("Check again in a few minutes."),
            _SEARCH,
        ),
    ),
    "RULES_NOT_READABLE": FindingText(
        N_("Your filing rules and block list cannot be seen from here."),
        N_(
            "A rule can delete or forward mail before it reaches any folder. Only webmail shows"
            " these rules."
        ),
        (
            N_("Open webmail ({webmail}) and look at the settings for rules and blocked senders."),
            N_("The way to the rules: {path_rules}."),
            N_("The way to the block list: {path_block_list}."),
            _LOG,
        ),
    ),
    "POP_REMOVED": FindingText(
        N_("Something takes the mail out of your mailbox."),
        N_(
            "About {arrived} mails have arrived in your inbox over time. {left} of them are left,"
            " and"
            " hardly any in the other folders. An old mail program on another computer or phone"
            " may fetch"
            " them and delete them here."
        ),
        (
            N_("Search for the mail on every computer and phone that you have used for mail."),
            N_(
                "In that program, choose to leave mails on the server, or remove the account there."
            ),
            N_("Webmail can forbid programs to delete mail: {path_pop_delete}."),
            N_("If you deleted all those mails yourself, this is not the cause."),
        ),
    ),
    "RULE_MAY_DELETE": FindingText(
        N_("A rule of yours files or deletes this mail."),
        N_(
            "The log of received mail says so. It arrived and a rule in your settings took it away"
            " before you could see it."
        ),
        (
            N_(
                "Open webmail ({webmail}) and look for the customer's address in your filing rules."
            ),
            N_("The way there: {path_rules}."),
            N_("Change or remove that rule, and look in the folder that it names."),
            N_("Is it gone? Ask the customer to send it again, after the rule is changed."),
        ),
    ),
    "BLOCKED_BY_YOU": FindingText(
        N_("The customer may stand on your own block list."),
        N_("Mail from addresses on this list is refused or thrown away without a word to you."),
        (
            N_("Open webmail ({webmail}) and look for the customer under blocked senders."),
            N_("The way there: {path_block_list}."),
            N_(
                "If the address or its domain is there, remove it and ask the customer to send"
                " the mail again."
            ),
        ),
    ),
    "COMPANY_FILTER": FindingText(
        N_("The mail reached your company and was stopped there by a filter."),
        N_(
            "It is not in your mailbox because a filter turned it away first. Your mail"
            " administrator can see which one and let this sender through."
        ),
        (
            N_("Look in webmail ({webmail}) whether the customer is among your blocked senders."),
            N_("Look whether it is held back in quarantine: {path_quarantine}."),
            N_(
                "Not there? Ask your mail administrator which filter stopped the mail from"
                " {sender},"
                " and to let this sender through."
            ),
            N_("The administrator sees it here: {path_admin_log}; {path_admin_rules}."),
            N_("Then ask the customer to send the mail again."),
        ),
    ),
    "EXTERNAL_MAIL_OFF": FindingText(
        N_("Your mailbox may take no mail from outside the company."),
        N_(
            "Colleagues' mail arrives and nobody else's does. Many companies can switch this off"
            " for single mailboxes."
        ),
        (
            N_("Ask your mail administrator: “Is {me} allowed to receive mail from outside?”"),
            N_("The switch is here: {path_admin_external}."),
            N_("Send yourself a mail from a private address as a test."),
        ),
    ),
    "EXTERNAL_MAIL_OFF:counted": FindingText(
        N_("Your mailbox may take no mail from outside the company."),
        N_(
            "You say that no customer's mail arrives; yet {arrived} mails of others came since"
            " {since}. If these are all from colleagues, a switch of your mailbox may be off."
        ),
        (
            N_("Look whether any mail of these days came from outside your company."),
            N_("If none did, ask your mail administrator: “May {me} receive mail from outside?”"),
            N_("The switch is here: {path_admin_external}."),
        ),
    ),
    "GROUP_REFUSES_OUTSIDE:name": FindingText(
        N_("{me} may be a group address that takes mail from colleagues only."),
        N_(
            "It is named like a group, and many companies let only colleagues write to those. Mail"
            " from outside is sent back then. Mail that has arrived is safe."
        ),
        (
            N_("Ask your mail administrator: “May everybody write to {me}?”"),
            N_("The switch is here: {path_admin_group}."),
            N_("Until you know, give the customer your own address."),
        ),
    ),
    "GROUP_REFUSES_OUTSIDE:name-default": FindingText(
        N_("{me} may be a group address that takes mail from colleagues only."),
        N_(
            "It is named like a group, and at {provider} groups take mail from colleagues only"
            " until somebody changes that. Mail that has arrived is safe."
        ),
        (
            N_("Ask your mail administrator: “May everybody write to {me}?”"),
            N_("The switch is here: {path_admin_group}."),
            N_("Until you know, give the customer your own address."),
        ),
    ),
}
