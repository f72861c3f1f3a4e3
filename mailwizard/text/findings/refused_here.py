"""The words about mail that was refused for what our side, or the mail itself, is like."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

_QUOTE = N_("Send the customer's IT this sentence of the message: “{said}”")
_QUOTE_ADMIN = N_("Send your mail administrator this sentence of the message: “{said}”")
_AGAIN = N_("Then ask the customer to send the mail once more.")
_LINK = N_("Ask the customer to send a link for downloading instead of the file.")

TEXTS: dict[str, FindingText] = {
    "RECIPIENT_RATE_LIMIT": FindingText(
        N_("Too much mail came for your mailbox in a short time, so this one was put off."),
        N_("Your mailbox is in order, and your mail is safe. The limit ends by itself."),
        (
            N_("Wait an hour, then ask the customer to send the mail once more."),
            N_("If you get masses of mail that you do not know, tell your mail administrator."),
        ),
    ),
    "MAILBOX_FULL:bounce": FindingText(
        N_("The mail was sent back because your mailbox was full."),
        N_("Your old mail is safe, but a full mailbox takes no new mail."),
        (
            N_("Make room now: empty the deleted mail, then save and remove large old mail."),
            N_("Webmail shows how full it is: {path_quota}."),
            N_("When there is room, ask the customer to send the mail once more."),
        ),
    ),
    "BLOCKED_BY_YOU:bounce": FindingText(
        N_("The mail was refused by a block list or a rule of your own mailbox."),
        N_("Somebody put the customer's address or domain there, perhaps by a wrong click."),
        (
            N_("Open your block list and remove the customer: {path_block_list}."),
            N_("Look through your filing rules: {path_rules}."),
            N_("If the customer is in neither, ask your mail administrator for company rules."),
            _AGAIN,
        ),
    ),
    "MAILBOX_DEACTIVATED:bounce": FindingText(
        N_("The mail was sent back because your mailbox is switched off for incoming mail."),
        N_("Mail in your mailbox is safe."),
        (
            N_("Ask your mail administrator to switch {me} on again."),
            _QUOTE_ADMIN,
            _AGAIN,
        ),
    ),
    "EXTERNAL_MAIL_OFF:bounce": FindingText(
        N_("Your mailbox is set to take mail from colleagues only."),
        N_("Mail from customers is sent back. Mail in your mailbox is safe."),
        (
            N_("Ask your mail administrator to allow mail from outside for {me}."),
            N_("Your administrator finds the switch here: {path_admin_external}."),
            _QUOTE_ADMIN,
            _AGAIN,
        ),
    ),
    "GROUP_REFUSES_OUTSIDE": FindingText(
        N_("The customer wrote to a group address that takes mail from colleagues only."),
        N_("Mail from outside to the group is sent back. Your own mailbox is in order."),
        (
            N_("Ask your mail administrator to let everybody write to the group: {wrong}"),
            N_("Your administrator finds the switch here: {path_admin_group}."),
            N_("Until then, give the customer your own address."),
        ),
    ),
    "GROUP_MEMBERSHIP": FindingText(
        N_("The customer is not allowed to write to this address."),
        N_("The address takes mail only from certain people, as groups often do."),
        (
            N_("Ask your mail administrator to let the customer write to it: {wrong}"),
            _QUOTE_ADMIN,
            N_("Until then, give the customer your own address."),
        ),
    ),
    "TOO_LARGE": FindingText(
        N_("The mail was refused because it is too large."),
        N_("Your mailbox and your other mail are safe."),
        (
            _LINK,
            N_("Or ask them to split it: a file grows by a third on its way through the mail."),
        ),
    ),
    "ATTACHMENT_BLOCKED": FindingText(
        N_("The mail was refused because of its attachment."),
        N_("Files of this kind may carry harmful programs, so your mail server takes none."),
        (
            _LINK,
            N_("Or ask your mail administrator whether such files can be allowed."),
            _QUOTE_ADMIN,
        ),
    ),
    "VIRUS_REJECTED": FindingText(
        N_("The mail was refused because a virus was found in it."),
        N_("You are protected: nothing of it reached you. The customer's computer may be ill."),
        (
            N_("Phone the customer and tell them; do not have the same file sent another way."),
            N_("Their IT should look at the computer. The server said: “{said}”"),
            N_("When it is clean, ask for the mail once more."),
        ),
    ),
    "CONTENT_REJECTED": FindingText(
        N_("The mail was refused because its content looked like spam."),
        N_("Filters judge words, links and attachments, and sometimes they are wrong."),
        (
            N_("Ask the customer to write a short plain mail first, without links and files."),
            N_("If that arrives, ask them to send the rest in another form."),
            N_("Ask your mail administrator to let this customer's mail through."),
            _QUOTE_ADMIN,
        ),
    ),
    "MALFORMED": FindingText(
        N_("The mail was refused because the customer's program builds it wrongly."),
        N_("The mail breaks the rules of how a mail is written. Only their IT can change that."),
        (
            _QUOTE,
            N_("Ask the customer to send it from another program, for example from webmail."),
        ),
    ),
    "POLICY_BLOCK": FindingText(
        N_("The mail was refused by a rule of a mail administrator."),
        N_("The rule is not yours; the administrator can see it and make an exception."),
        (
            _QUOTE_ADMIN,
            N_("Your administrator finds the rules here: {path_admin_rules}."),
            N_("The server that said it: {server}"),
            _AGAIN,
        ),
    ),
    "MAIL_LOOP": FindingText(
        N_("The mail went round in a circle between servers until it was sent back."),
        N_("A forwarding or a domain setting leads back to where the mail came from."),
        (
            _QUOTE_ADMIN,
            N_("Look whether you have set a forwarding: {path_rules}."),
            N_("The server that noticed it: {server}"),
            _AGAIN,
        ),
    ),
    "MX_BUSY:bounce": FindingText(
        N_("The mail server that takes your company's mail was overloaded."),
        N_("The mail was sent back after some time. Mail in your mailbox is safe."),
        (
            N_("Ask the customer to send the mail once more."),
            _QUOTE_ADMIN,
        ),
    ),
    "MTASTS_MX_MISMATCH:bounce": FindingText(
        N_("The customer's server did not dare to hand the mail over."),
        N_(
            "Your company publishes which servers may take its mail under encryption, and that"
            " list does not fit the servers in use."
        ),
        (
            N_("Send whoever manages {domain} this sentence of the message: “{said}”"),
            N_("The MTA-STS policy of {domain} must name all its mail servers."),
            _AGAIN,
        ),
    ),
    "MTASTS_CERT_FAIL": FindingText(
        N_("The customer's server could not verify your mail server, so it kept the mail."),
        N_("Your mail server's certificate has run out or does not bear the right name."),
        (_QUOTE_ADMIN, N_("The server in question: {server}"), _AGAIN),
    ),
    "DANE_MISMATCH": FindingText(
        N_("The customer's server could not verify your mail server, so it kept the mail."),
        N_("What your domain publishes about the server's key does not fit the key in use."),
        (_QUOTE_ADMIN, N_("The TLSA records must be renewed with each new key."), _AGAIN),
    ),
    "DANE_NO_TLS": FindingText(
        N_("The customer's server insists on encryption, which your mail server did not offer."),
        N_("Your domain promises encryption for incoming mail, so such servers keep the mail."),
        (_QUOTE_ADMIN, N_("The server in question: {server}"), _AGAIN),
    ),
    "DANE_CERT": FindingText(
        N_("The customer's server could not verify your mail server, so it kept the mail."),
        N_("The certificate has run out or bears another name than your domain promises."),
        (_QUOTE_ADMIN, N_("The server in question: {server}"), _AGAIN),
    ),
    "TLS_REQUIRED_BY_SENDER": FindingText(
        N_("The customer's server insists on encryption, which your mail server did not offer."),
        N_("Their company sends no mail in the open. Mail in your mailbox is safe."),
        (_QUOTE_ADMIN, N_("Your mail server must offer STARTTLS on port 25."), _AGAIN),
    ),
    "MX_CHAIN_INCOMPLETE": FindingText(
        N_("The customer's server could not verify your mail server completely."),
        N_("A part of your mail server's certificate is not sent along."),
        (_QUOTE_ADMIN, N_("The intermediate certificate must be installed there."), _AGAIN),
    ),
}
