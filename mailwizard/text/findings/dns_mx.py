"""The words about the mail records (MX): missing, unsound, or leading to somebody else."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.dns_domain import RECORDS, TELL
from mailwizard.text.findings.dns_records import RESEND

TEXTS: dict[str, FindingText] = {
    "MX_MISSING": FindingText(
        N_("Your company's domain {domain} does not say where its mail goes."),
        N_(
            "The mail records are missing, so mail is tried at your web server instead and"
            " is usually sent back. Mail in your mailbox is safe."
        ),
        (TELL, RECORDS, RESEND),
    ),
    "MX_MISSING:taken": FindingText(
        N_("Your company's domain {domain} has no mail records."),
        N_(
            "Senders try your domain's own address instead, and mail seems to arrive that way. Some"
            " strict senders do not deliver without such records."
        ),
        (N_("Ask whoever manages {domain} to set a mail record (MX) that names the server."),),
    ),
    "MX_MISSING:elsewhere": FindingText(
        N_("Your company's domain {domain} does not say where its mail goes."),
        N_(
            "The mail records are missing, so mail goes to your web server ({target}), which takes"
            " it. It does not reach your mailbox. Mail in your mailbox is safe."
        ),
        (
            TELL,
            RECORDS,
            N_("Ask them too to look for mail that lies at the web server {target}."),
            RESEND,
        ),
    ),
    "MX_MISSING:turned-away": FindingText(
        N_("Your company's domain {domain} does not say where its mail goes."),
        N_(
            "The mail records are missing, so mail is tried at your web server ({target}), which"
            " turns it away. Mail in your mailbox is safe."
        ),
        (TELL, RECORDS, RESEND),
    ),
    "MX_OLD_PROVIDER": FindingText(
        N_("Mail to {domain} is sent to a different mail provider than yours."),
        N_(
            "Your mailbox is at {provider}, but your domain's records lead to {other}. Mail from"
            " outside never reaches your mailbox. Mail in your mailbox is safe."
        ),
        (
            N_("Send this to whoever manages {domain}: the mail records (MX) are now {records}."),
            RECORDS,
            RESEND,
            N_("If you still have a mailbox at the other provider, look there for the mail."),
        ),
    ),
    "MX_OLD_PROVIDER:filter": FindingText(
        N_("Mail to {domain} goes through a server that we do not know."),
        N_(
            "The domain's records lead to {other}, not to {provider}. That is right if your"
            " company uses a mail filter there, and wrong if it is a former provider."
        ),
        (
            N_("Ask your IT: is {other} a mail filter of your company?"),
            N_("If it is, ask them whether it holds the customer's mail back."),
            N_("If it is not, the records must be corrected. {provider} asks for: {wanted}."),
        ),
    ),
    "MX_OLD_PROVIDER:taken": FindingText(
        N_("Mail to {domain} is sent to a different mail provider than yours."),
        N_(
            "Your mailbox is at {provider}, but your domain's records lead to {other}. That server"
            " still knows your address and takes the mail: it probably lies in a mailbox there."
        ),
        (
            N_("Sign in at {other} if you still can, and look for the mail there."),
            N_("Send this to whoever manages {domain}: the mail records (MX) are now {records}."),
            RECORDS,
            RESEND,
        ),
    ),
    "MX_OLD_PROVIDER:doubt": FindingText(
        N_("Mail to {domain} is sent to {other}; is your mailbox there?"),
        N_(
            "Some of your domain's records name {provider}, those for incoming mail name {other}."
            " One of them is left over. If your mailbox is at {provider}, no mail reaches it."
        ),
        (
            N_("Sign in here with your password: then it is sure where your mailbox is."),
            N_("Or ask your IT: is our mail at {provider} or at {other}?"),
            N_("If it is at {provider}, the mail records (MX) must be corrected: {wanted}."),
        ),
    ),
    "MX_MIXED": FindingText(
        N_("Part of the mail to {domain} is sent to another server than your provider's."),
        N_(
            "Your domain's records name {wrong} beside {provider}, and senders try {first} first."
            " That mail does not reach your mailbox."
        ),
        (
            N_("Send this to whoever manages {domain}: remove {wrong} from the mail records (MX)."),
            RECORDS,
            RESEND,
            N_("If you can still sign in at the other server, look there for the mail."),
        ),
    ),
    "MX_MIXED:by-turns": FindingText(
        N_("Part of the mail to {domain} is sent to another server than your provider's."),
        N_(
            "Your domain's records name {wrong} beside {provider}, with the same rank: senders use"
            " them by turns. What goes to {wrong} does not reach your mailbox."
        ),
        (
            N_("Send this to whoever manages {domain}: remove {wrong} from the mail records (MX)."),
            RECORDS,
            RESEND,
            N_("If you can still sign in at the other server, look there for the mail."),
        ),
    ),
    "MX_MIXED:backup": FindingText(
        N_("Another server stands beside your provider in the records of {domain}."),
        N_(
            "Most mail goes to {provider}. When it is busy, mail can go to {wrong}, and may stay"
            " there. If your company uses that server on purpose, nothing needs to be done."
        ),
        (
            N_("Ask whoever manages {domain} whether {wrong} is still needed."),
            N_("If not, it should be removed from the mail records (MX)."),
        ),
    ),
    "MX_STALE_BACKUP": FindingText(
        N_("A second mail server named for {domain} does not take your mail."),
        N_(
            "Most mail goes to {provider}. When it is busy for a moment, senders try {wrong}, which"
            " sends your mail back: “{said}”."
        ),
        (
            N_("Send this to whoever manages {domain}: remove {wrong} from the mail records (MX)."),
            RECORDS,
        ),
    ),
    "MX_STALE_BACKUP:anything": FindingText(
        N_("A second mail server named for {domain} takes any mail, and may keep it."),
        N_(
            "Most mail goes to {provider}. When it is busy for a moment, senders hand mail to"
            " {wrong}. That server takes mail even for names that do not exist with you, so it is"
            " not certain that it hands any of it on."
        ),
        (
            N_("Ask whoever manages {domain} whether {wrong} is still needed and where it leads."),
            N_("If nobody knows it, it should be removed from the mail records (MX)."),
            RECORDS,
        ),
    ),
    "MX_HOST_OLD_IP": FindingText(
        N_("The mail server {target} may still lead to a place that your company has left."),
        N_(
            "Its address {address} calls itself {name}, which is not your company, and your mail"
            " was not taken there. That is only a sign: some hosters name their servers so."
        ),
        (
            N_("Ask whoever manages {domain}: is {address} still the right address of {target}?"),
            N_("Your mailbox answers at {new}; perhaps the mail record should lead there."),
        ),
    ),
    "MX_TARGET_MISSING": FindingText(
        N_("The mail server named for {domain} does not exist."),
        N_(
            "Your domain sends its mail to {targets}, and nobody can find a server of that name."
            " Mail in your mailbox is safe."
        ),
        (TELL, RECORDS, RESEND),
    ),
    "MX_TARGET_MISSING:some": FindingText(
        N_("Not all mail servers named for {domain} exist."),
        N_(
            "Nobody can find {targets}. The other servers are found, so mail arrives by them,"
            " perhaps a little late."
        ),
        (
            N_("Send this to whoever manages {domain}: nobody finds the mail server {targets}."),
            RECORDS,
        ),
    ),
    "MX_TYPO:similar": FindingText(
        N_("There is a spelling mistake in the mail records of {domain}."),
        N_(
            "They lead to {target}, which does not exist and looks like {meant}. Mail does not find"
            " its way there."
        ),
        (
            N_("Send this to whoever manages {domain}: {target} should probably read {meant}."),
            RECORDS,
            RESEND,
        ),
    ),
    "MX_TYPO": FindingText(
        N_("There is a spelling mistake in the mail records of {domain}."),
        N_(
            "They lead to {target}, which looks like {meant} with your own domain added by"
            " mistake. Mail does not find its way."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: the record should probably say {meant},"
                " with a dot at its end."
            ),
            RECORDS,
            RESEND,
        ),
    ),
    "MX_TYPO:www": FindingText(
        N_("The mail records of {domain} stand in the wrong place."),
        N_(
            "They were made for www.{domain} instead of {domain} itself, so mail to your"
            " addresses does not find its way."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: the mail records (MX) belong to the"
                " domain itself (host “@”), not to “www”."
            ),
            RECORDS,
            RESEND,
        ),
    ),
    "MX_IS_IP": FindingText(
        N_("The mail record of {domain} holds a number where a server's name belongs."),
        N_("It says {target}. Many senders cannot use that and send the mail back."),
        (
            N_("Send this to whoever manages {domain}: a mail record (MX) needs a host name."),
            RECORDS,
            RESEND,
        ),
    ),
    "MX_IS_CNAME": FindingText(
        N_("The mail server named for {domain} is only a second name of another one."),
        N_(
            "{target} stands for {alias}. Most senders cope with that, some strict ones do not"
            " deliver."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: the mail record (MX) should name {alias}"
                " itself."
            ),
        ),
    ),
    "NULL_MX": FindingText(
        N_("Your company's domain {domain} says that it takes no mail at all."),
        N_(
            "Somebody set the record that means “no mail here”. Every sender gets the mail back"
            " at once. Mail in your mailbox is safe."
        ),
        (TELL, RECORDS, RESEND),
    ),
    "NULL_MX_MIXED": FindingText(
        N_("The mail records of {domain} contradict each other."),
        N_("One says “no mail here”, others name a server: {records}. Some senders may give up."),
        (
            N_(
                "Send this to whoever manages {domain}: remove the record that consists of a"
                " single dot."
            ),
        ),
    ),
    "APEX_CNAME": FindingText(
        N_("A wrong record hides the mail records of {domain}."),
        N_(
            "The domain itself was made a second name of {target}. That switches its own"
            " mail records off. Mail in your mailbox is safe."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: remove the CNAME of the domain itself and"
                " set an address record instead."
            ),
            RECORDS,
            RESEND,
        ),
    ),
}
