"""The words about the company's mail exchangers: port 25, and their word on the user's address."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.dns_records import RESEND

TEXTS: dict[str, FindingText] = {
    "MX_DOWN": FindingText(
        N_("The mail server that takes your company's mail is switched off."),
        N_(
            "{servers} refuses every connection, while another company's mail server answers us."
            " Senders try again for some days, so mail is usually only late."
        ),
        (
            N_("Tell your mail administrator now: {servers} refuses connections on port 25."),
            N_("Check again later. There is no need to ask for the mail again yet."),
        ),
    ),
    "MX_UNREACHABLE": FindingText(
        N_("We could not reach the mail server that takes your company's mail."),
        N_(
            "{servers} did not answer us. Another company's server did. That can also be a block"
            " between your office and the server, so it is not certain that others have trouble."
        ),
        (
            N_("Check again from another network, for example over a phone's connection."),
            N_("If it stays so, tell your mail administrator: {servers}, port 25, no answer."),
        ),
    ),
    "PORT25_BLOCKED_HERE": FindingText(
        N_("The entrance for incoming mail cannot be tested from your network."),
        N_(
            "Your network does not allow connections between mail servers. That is usual in"
            " offices and homes and is no fault; it only limits what we can see."
        ),
    ),
    "DELAY_BACKUP_MX": FindingText(
        N_("One of the mail servers that take your company's mail does not answer."),
        N_("{servers} is down, {open} is open. Mail takes the other way and may be late."),
        (
            N_("Wait an hour or two before you ask for the mail again."),
            N_("Tell your mail administrator: {servers} does not answer on port 25."),
        ),
    ),
    "MX_BUSY": FindingText(
        N_("The mail server that takes your company's mail is overloaded."),
        N_("It said: {said}. Senders try again, so mail is usually only late."),
        (
            N_("Wait an hour or two, then check again."),
            N_("Does it stay so? Tell your mail administrator about {servers}."),
        ),
    ),
    "ADDRESS_UNKNOWN": FindingText(
        N_("Your company's mail server does not know the address {me}."),
        N_(
            "It takes mail for other addresses at {domain} but sends mail to yours back. Mail in"
            " your mailbox is safe."
        ),
        (
            N_("Check that {me} is spelt correctly."),
            N_("Send this to your mail administrator: {server} says “{said}”."),
            N_("When the address works again, ask the customer to send the mail once more."),
        ),
    ),
    "RCPT_PROBE_INCONCLUSIVE": FindingText(
        N_("Your company's mail server takes mail for any name, so we could not test yours."),
        N_("It would also say yes to addresses that do not exist. That is no fault."),
    ),
    "PROBE_IP_REFUSED": FindingText(
        N_("Your company's mail server does not answer questions from this internet line."),
        N_(
            "It refuses us because of the line that we ask from: “{said}”. That is usual for"
            " offices and homes and says nothing about your customer's mail."
        ),
    ),
    "MX_DOES_NOT_SERVE_DOMAIN": FindingText(
        N_("The server that your mail is sent to does not take mail for {domain}."),
        N_(
            "{servers} turns every address at {domain} away. Either the domain is not set up"
            " there, or the mail records lead to the wrong place. Mail in your mailbox is safe."
        ),
        (
            N_("Send this to whoever manages {domain}: {servers} says “{said}”."),
            N_("They should check the domain's mail records, and the domain's set-up there."),
            RESEND,
        ),
    ),
    "MAILBOX_DEACTIVATED": FindingText(
        N_("Your mailbox {me} has been switched off for incoming mail."),
        N_("The mail server sends mail to you back. It says: “{said}”."),
        (
            N_("Ask your mail administrator to switch {me} on again."),
            N_("Then ask the customer to send the mail once more."),
        ),
    ),
    "TOO_LARGE:door": FindingText(
        N_("The mail is larger than your company's mail server takes."),
        N_("It has {size}; the limit is {limit}. Your mailbox and your other mail are safe."),
        (
            N_("Ask the customer to send a link for downloading instead of the file."),
            N_("Or ask them to split it: a file grows by a third on its way through the mail."),
        ),
    ),
    "EXTERNAL_MAIL_OFF:door": FindingText(
        N_("Your mailbox is set to take mail from colleagues only."),
        N_("Mail from outside to {me} is sent back: “{said}”. Mail in your mailbox is safe."),
        (
            N_("Ask your mail administrator to allow mail from outside for {me}."),
            N_("Your administrator finds the switch here: {path_admin_external}."),
            N_("Then ask the customer to send the mail once more."),
        ),
    ),
    "GROUP_REFUSES_OUTSIDE:door": FindingText(
        N_("The address {me} is a group that takes mail from colleagues only."),
        N_("Mail from outside is sent back: “{said}”. Mail that has arrived is safe."),
        (
            N_("Ask your mail administrator to let everybody write to {me}."),
            N_("Your administrator finds the switch here: {path_admin_group}."),
            N_("Then ask the customer to send the mail once more."),
        ),
    ),
}
