"""The words of the quota step's findings."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

_BIGGEST = N_("Most of the space is taken by: {biggest}. Begin there.")
_TRASH = N_("Empty the deleted mail and the spam folder: they count as well.")
_BIG = N_("Sort a folder by size and delete or save elsewhere the largest mails.")
_MORE = N_("Ask your mail administrator for more space, if this is too little for your work.")
_RESEND = N_("When there is room again, ask the customer to send the mail once more.")

TEXTS: dict[str, FindingText] = {
    "MAILBOX_FULL": FindingText(
        N_("Your mailbox is full, so new mail is turned away."),
        N_(
            "The mails you have are safe. Mail that comes now goes back to its sender until there"
            " is room again."
        ),
        (_TRASH, _BIGGEST, _BIG, _RESEND, _MORE),
    ),
    "MAILBOX_FULL:figures": FindingText(
        N_("Your mailbox is full, so new mail is turned away."),
        N_(
            "{used} of {limit} are used. The mails you have are safe. Mail that comes now goes back"
            " to its sender until there is room again."
        ),
        (_TRASH, _BIGGEST, _BIG, _RESEND, _MORE),
    ),
    "MAILBOX_FULL:messages": FindingText(
        N_("Your mailbox holds as many mails as it may, so new mail is turned away."),
        N_(
            "{used} of {limit} mails are there. They are safe. Mail that comes now goes back to its"
            " sender until there is room again."
        ),
        (
            _TRASH,
            N_("Delete many small old mails, or save them elsewhere: their number counts."),
            _RESEND,
        ),
    ),
    "MAILBOX_FULL:door": FindingText(
        N_("Your mailbox is full: your company's mail server turns new mail away."),
        N_(
            "We asked the server whether it would take a mail for you. It said: {said}. The mails"
            " you have are safe."
        ),
        (_TRASH, _BIGGEST, _BIG, _RESEND, _MORE),
    ),
    "MAILBOX_FULL:told": FindingText(
        N_("Your mailbox is full, as webmail shows, so new mail is turned away."),
        N_(
            "The mails you have are safe. Mail that comes now goes back to its sender until there"
            " is room again."
        ),
        (_TRASH, _BIGGEST, _BIG, _RESEND, _MORE),
    ),
    "MAILBOX_FULL:told-figures": FindingText(
        N_("Your mailbox is full, as webmail shows, so new mail is turned away."),
        N_(
            "Webmail shows {used} of {limit} as used. The mails you have are safe. Mail that comes"
            " now goes back to its sender until there is room again."
        ),
        (_TRASH, _BIGGEST, _BIG, _RESEND, _MORE),
    ),
    "MAILBOX_FULL:told-share": FindingText(
        N_("Your mailbox is full, as webmail shows, so new mail is turned away."),
        N_(
            "Webmail shows {percent} % as used. The mails you have are safe. Mail that comes now"
            " goes back to its sender until there is room again."
        ),
        (_TRASH, _BIGGEST, _BIG, _RESEND, _MORE),
    ),
    "FOLDERS_FULL": FindingText(
        N_("Some folders that you see have reached a limit of their own."),
        N_(
            "The folders are: {folders}. {used} of {limit} are used there. Mail for them, such as"
            " that of a shared address, may be turned away. Your own mail has another limit."
        ),
        (
            N_("Delete or move old mails in these folders, if they are yours to tidy up."),
            N_("Otherwise tell whoever looks after these folders that they are full."),
        ),
    ),
    "FOLDERS_FULL:messages": FindingText(
        N_("Some folders that you see have reached a limit of their own."),
        N_(
            "The folders are: {folders}. They hold {used} of {limit} mails. Mail for them, such as"
            " that of a shared address, may be turned away. Your own mail has another limit."
        ),
        (
            N_("Delete or move old mails in these folders, if they are yours to tidy up."),
            N_("Otherwise tell whoever looks after these folders that they are full."),
        ),
    ),
    "QUOTA_NEARLY_FULL": FindingText(
        N_("Your mailbox is nearly full: {percent} %."),
        N_(
            "{used} of {limit} are used. Small mails still come in, a large one may be turned away."
            " Soon nothing will come in any more."
        ),
        (_TRASH, _BIGGEST, _BIG, _MORE),
    ),
    "QUOTA_NEARLY_FULL:messages": FindingText(
        N_("Your mailbox may soon hold no more mails: {percent} % of their number is reached."),
        N_("{used} of {limit} mails are there. At the limit, new mail is turned away."),
        (_TRASH, N_("Delete many small old mails, or save them elsewhere.")),
    ),
    "QUOTA_NEARLY_FULL:told": FindingText(
        N_("Your mailbox is nearly full, as webmail shows."),
        N_(
            "Small mails still come in, a large one may be turned away. Soon nothing will come in"
            " any more."
        ),
        (_TRASH, _BIGGEST, _BIG, _MORE),
    ),
    "QUOTA_NEARLY_FULL:told-figures": FindingText(
        N_("Your mailbox is nearly full: {percent} %, as webmail shows."),
        N_(
            "Webmail shows {used} of {limit} as used. Small mails still come in, a large one may be"
            " turned away. Soon nothing will come in any more."
        ),
        (_TRASH, _BIGGEST, _BIG, _MORE),
    ),
    "QUOTA_NEARLY_FULL:told-share": FindingText(
        N_("Your mailbox is nearly full: {percent} %, as webmail shows."),
        N_(
            "Small mails still come in, a large one may be turned away. Soon nothing will come in"
            " any more."
        ),
        (_TRASH, _BIGGEST, _BIG, _MORE),
    ),
    "QUOTA_TIGHT_FOR_SIZE:file": FindingText(
        N_("There is too little room in your mailbox for a mail with a file of {size}."),
        N_(
            "{free} are free. A file grows by a third on its way: {size} become {grown}. Smaller"
            " mails still come in, the missing one is turned away."
        ),
        (_TRASH, _BIGGEST, _BIG, _RESEND),
    ),
    "QUOTA_TIGHT_FOR_SIZE": FindingText(
        N_("There is too little room in your mailbox for a mail of {size}."),
        N_("{free} are free. Smaller mails still come in, the missing one is turned away."),
        (_TRASH, _BIGGEST, _BIG, _RESEND),
    ),
    "QUOTA_SHARED_STORAGE": FindingText(
        N_("Your storage is full, but not with mail: new mail is turned away."),
        N_(
            "{used} of {limit} are used, and your mails take only {mail} of it. The rest is taken"
            " by files that share the space, such as an online disk or photos."
        ),
        (
            N_("Open your online disk and delete or move large files, and empty its bin."),
            N_("Then ask the customer to send the mail once more."),
            _MORE,
        ),
    ),
    "QUOTA_SHARED_STORAGE:told": FindingText(
        N_("Your storage is full, but hardly with mail that we can see."),
        N_(
            "Webmail shows {used} of {limit} as used, and the mails that we can see take only"
            " {mail}. The rest may be files that share the space, such as an online disk, or mail"
            " that only webmail shows. New mail is turned away until there is room again."
        ),
        (
            N_("Open your online disk and delete or move large files, and empty its bin."),
            N_("Look in webmail for folders that your mail program does not show."),
            N_("Then ask the customer to send the mail once more."),
            _MORE,
        ),
    ),
    "QUOTA_NOT_REPORTED": FindingText(
        N_("Your provider does not tell mail programs how full the mailbox is."),
        N_("So we cannot see whether there is room. Webmail shows it."),
        (
            N_(
                "Open webmail ({webmail}): most show the space used at the left or in the settings."
            ),
            N_("The way there: {path_quota}."),
        ),
    ),
    "QUOTA_NOT_REPORTED:measured": FindingText(
        N_("Your mails take {used}; how much they may take is not told."),
        N_(
            "We counted {count} mails. Your provider does not tell mail programs how much room"
            " there is; webmail shows it."
        ),
        (
            N_("Compare {used} with the limit that webmail ({webmail}) shows."),
            N_("The way there: {path_quota}."),
            N_("Then choose to look yourself, here, and type what it shows: we compare it."),
        ),
    ),
    "QUOTA_NOT_REPORTED:measured-part": FindingText(
        N_("Your mails take {used} or more; how much they may take is not told."),
        N_(
            "We counted {count} mails and could not finish. Your provider does not tell mail"
            " programs how much room there is; webmail shows it."
        ),
        (N_("Look in webmail ({webmail}) at the space used, and at the limit."),),
    ),
}
