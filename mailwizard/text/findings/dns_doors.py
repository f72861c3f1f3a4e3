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
    "MX_UNREACHABLE:alone": FindingText(
        N_("We could not reach the mail server that takes your company's mail."),
        N_(
            "{servers} did not answer us. We had no other company's server to compare with, so"
            " the reason may lie in your own network. Everything else is still checked."
        ),
        (
            N_("Check again from another network, for example over a phone's connection."),
            N_("Or ask your mail administrator: does mail from outside arrive for others?"),
        ),
    ),
    "PORT25_BLOCKED_HERE": FindingText(
        N_("The entrance for incoming mail cannot be tested from your network."),
        N_(
            "Your network does not allow connections between mail servers. That is usual in"
            " offices and homes and is no fault. Everything else is still checked."
        ),
        (
            N_("Ask your mail administrator: does the mail log of {domain} show mail to {me}?"),
            N_("Ask also: do the mail servers of {domain} answer on port 25 from outside?"),
            N_("Or check again from another network, for example over a phone's connection."),
        ),
    ),
    "PORT25_BLOCKED_HERE:intercepted": FindingText(
        N_("The entrance for incoming mail cannot be tested from your network."),
        N_(
            "Something on the way answers in the place of the mail servers: {servers} say"
            " “{said}”. That is usual in offices and homes and is no fault of those servers."
            " Everything else is still checked."
        ),
        (
            N_("Ask your mail administrator: does the mail log of {domain} show mail to {me}?"),
            N_("Or check again from another network, for example over a phone's connection."),
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
    "DELAY_BACKUP_MX:address": FindingText(
        N_("One address of the mail server that takes your company's mail does not answer."),
        N_(
            "{servers} is down, {open} is open. Senders try one after the other, so mail may be"
            " late, but is not lost."
        ),
        (
            N_("Wait an hour or two before you ask for the mail again."),
            N_("Tell your mail administrator: {servers} does not answer on port 25."),
        ),
    ),
    "MX_IPV6": FindingText(
        N_("Your company's mail server does not answer under its newer kind of address."),
        N_(
            "{servers} (IPv6) is silent, {open} is open. Most senders take the other address; a"
            " few do not, and their mail is late or comes back."
        ),
        (
            N_("Tell your mail administrator: {servers} does not answer on port 25."),
            N_("Either the server must answer there, or the AAAA record must be removed."),
        ),
    ),
    "MX_IPV6:unsure": FindingText(
        N_("Your company's mail server may not answer under its newer kind of address."),
        N_(
            "{servers} (IPv6) gave us no answer, {open} did. It may also be that your network"
            " does not let us ask there. Most senders take the other address."
        ),
        (
            N_("Check again from another network, for example over a phone's connection."),
            N_("If it stays so, tell your mail administrator: {servers}, port 25, no answer."),
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
    "ADDRESS_UNKNOWN:everybody": FindingText(
        N_("Your company's mail server says that it does not know the address {me}."),
        N_(
            "It said the same of every other name that we tried at {domain}, so we cannot tell"
            " whether it is only about you. Mail in your mailbox is safe."
        ),
        (
            N_("Check that {me} is spelt correctly."),
            N_("Ask a colleague: does mail from outside arrive for others?"),
            N_("Send this to your mail administrator: {server} says “{said}”."),
        ),
    ),
    "PROVISIONING:mailbox": FindingText(
        N_("Your company's mail server may not know your address {me} yet."),
        N_(
            "It takes mail for other addresses at {domain}. A new address can take up to three"
            " days until it works everywhere. Mail in your mailbox is safe."
        ),
        (
            N_("Is your address new? Then wait a day and check again."),
            N_("Is it older? Send this to your mail administrator: {server} says “{said}”."),
            N_("When the address works, ask the customer to send the mail once more."),
        ),
    ),
    "PROVISIONING:domain": FindingText(
        N_("Your company's mail server may not know your domain {domain} yet."),
        N_(
            "It turned away every name that we tried there. That is so in the first three days"
            " of a new domain, and of addresses that do not exist. Mail in your mailbox is safe."
        ),
        (
            N_("Is your company's mail new, or has it moved? Then wait a day and check again."),
            N_("If not, send this to your mail administrator: {server} says “{said}”."),
            N_("When the address works, ask the customer to send the mail once more."),
        ),
    ),
    "MAIL_LOOP:door": FindingText(
        N_("Mail to you goes round in a circle between servers and is sent back."),
        N_(
            "{server} says of {me}: “{said}”. A forwarding or a domain setting leads back to"
            " where the mail came from. Mail in your mailbox is safe."
        ),
        (
            N_("Send this to your mail administrator: {server} says “{said}”."),
            N_("Look whether you have set a forwarding: {path_rules}."),
            N_("Then ask the customer to send the mail once more."),
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
    "TOO_LARGE:door-encoded": FindingText(
        N_("The mail may be larger than your company's mail server takes."),
        N_(
            "It has {size}; the limit is {limit}, and a file grows by a third on its way through"
            " the mail. Your mailbox and your other mail are safe."
        ),
        (
            N_("Ask the customer to send a link for downloading instead of the file."),
            N_("Or ask them to split it into several mails."),
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
