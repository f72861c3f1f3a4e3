"""The words about mail that was refused or delayed at the sender's own fault, or on its way."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.letter_words import SEND_THEIR_IT

_QUOTE = N_("Send the customer's IT this sentence of the message: “{said}”")
_QUOTE_ADMIN = N_("Send your mail administrator this sentence of the message: “{said}”")
_AGAIN = N_("Then ask the customer to send the mail once more.")
_ANOTHER_WAY = N_("Until then, ask the customer to write from another address.")

TEXTS: dict[str, FindingText] = {
    "WRONG_ADDRESS": FindingText(
        N_("The customer wrote to {wrong}. Your address is {right}."),
        N_("There is no such mailbox, so the mail was sent back. Your own mailbox is in order."),
        (
            N_("Tell the customer your right address: {right}."),
            N_("Ask them to delete {wrong} from their address book, or it comes back by itself."),
            N_("Ask them to send the mail once more."),
        ),
    ),
    "WRONG_ADDRESS:unnamed": FindingText(
        N_("The mail was sent back because its address does not exist."),
        N_("The message does not say which address. Most likely yours was misspelt."),
        (
            N_("Tell the customer your address, letter by letter: {right}."),
            N_("Ask them to send the mail once more."),
            N_("Ask for the whole message that they got: it names the address they wrote to."),
        ),
    ),
    "WRONG_ADDRESS:syntax": FindingText(
        N_("The mail was sent back because its address was not written correctly."),
        N_("A blank, a comma or a missing sign is enough. Your own mailbox is in order."),
        (
            N_("Tell the customer your address, letter by letter: {right}."),
            N_("Ask them to type it anew, not to copy it, and to send the mail once more."),
        ),
    ),
    "ADDRESS_UNKNOWN:bounce": FindingText(
        N_("Your company's mail server told the customer that {me} does not exist."),
        N_(
            "They wrote to your right address, and it was refused. Mail in your mailbox is safe,"
            " but new mail from outside may be sent back."
        ),
        (
            _QUOTE_ADMIN,
            N_("They should look whether {me} was renamed, moved or switched off for a while."),
            _AGAIN,
        ),
    ),
    "MX_DOES_NOT_SERVE_DOMAIN:bounce": FindingText(
        N_("The server that the mail was sent to does not take mail for {domain}."),
        N_(
            "Either your company's domain is not set up there, or the mail was sent to the wrong"
            " place. Mail in your mailbox is safe."
        ),
        (
            N_("Send whoever manages {domain} this sentence of the message: “{said}”"),
            N_("The server that said it: {server}"),
            _AGAIN,
        ),
    ),
    "NOT_ADDRESSED_TO_YOU": FindingText(
        N_("The message that you gave us is about mail to {wrong}, not to you."),
        N_("It says nothing about the mail that you are missing."),
        (
            N_("Ask the customer for the message about the mail to {right}."),
            N_("Ask whether the mail was addressed to you at all."),
        ),
    ),
    "NOT_ADDRESSED_TO_YOU:colleague": FindingText(
        N_("The message that you gave us is about a colleague's address: {wrong}."),
        N_("The refusal concerns that mailbox alone. Your mail may have gone another way."),
        (
            N_("Ask the customer whether they wrote to {right} too."),
            N_("Tell whoever has the mailbox {wrong}. The message says: “{said}”"),
        ),
    ),
    "BOUNCE_NOT_UNDERSTOOD": FindingText(
        N_("We could not read the message that you gave us."),
        N_("It is no text. Nothing was concluded from it, and nothing is lost."),
        (
            N_("Open the message, select all of its text, copy it and paste it here."),
            N_("Or save it from the mail program as an .eml file and give its name."),
        ),
    ),
    "BOUNCE_NOT_UNDERSTOOD:empty": FindingText(
        N_("The message that you gave us is empty."),
        N_("Nothing was concluded from it."),
        (N_("Open the message, select all of its text, copy it and paste it here."),),
    ),
    "BOUNCE_NOT_UNDERSTOOD:picture": FindingText(
        N_("What you gave us is a picture. We need the text of the message."),
        N_("Nothing was concluded from it, and nothing is lost."),
        (
            N_("Ask the customer to forward the message itself, best as an attachment."),
            N_("Or type the line with the number in it, such as “550 User unknown”, and paste it."),
        ),
    ),
    "BOUNCE_NOT_UNDERSTOOD:document": FindingText(
        N_("What you gave us is a document. We need the text of the message."),
        N_("Nothing was concluded from it, and nothing is lost."),
        (N_("Open the document, select the text of the message, copy it and paste it here."),),
    ),
    "BOUNCE_NOT_UNDERSTOOD:outlook": FindingText(
        N_("This is a message in Outlook's own form, which we cannot read."),
        N_("Nothing was concluded from it, and nothing is lost."),
        (
            N_("Open it in Outlook, select all of its text, copy it and paste it here."),
            N_("Or choose “Save as” there and the file type “Text only”."),
        ),
    ),
    "BOUNCE_NOT_UNDERSTOOD:not-a-bounce": FindingText(
        N_("What you gave us does not look like a message about undelivered mail."),
        N_("No server's answer stands in it. Nothing was concluded from it."),
        (
            N_("Ask the customer for the message that begins like “Undelivered” or “退信”."),
            N_("It must hold the whole text, also the small print at its end."),
        ),
    ),
    "BOUNCE_NOT_UNDERSTOOD:words": FindingText(
        N_("The mail was refused, but the reason is given in words that we do not know."),
        N_("A person can still read it. Nothing was concluded from it."),
        (
            N_("Show your mail administrator this sentence of the message: “{said}”"),
            N_("The server that said it: {server}"),
            _QUOTE,
        ),
    ),
    "SENDER_SPF": FindingText(
        N_("Your mail server refused the mail: the customer's own rules forbid their server."),
        N_(
            "The customer's company publishes which servers may send its mail, and the one that"
            " sent this mail is not among them. Only their IT can change that."
        ),
        (
            SEND_THEIR_IT,
            _QUOTE,
            N_("The address to add to their sending rules (SPF): {address}"),
            N_("When they have changed it, ask the customer to send the mail once more."),
            _ANOTHER_WAY,
        ),
    ),
    "SENDER_SPF_BROKEN:bounce": FindingText(
        N_("Your mail server refused the mail: the customer's sending rules cannot be read."),
        N_("There is a mistake in what the customer's company publishes. Their IT can repair it."),
        (SEND_THEIR_IT, _QUOTE, _AGAIN),
    ),
    "SENDER_DMARC_REJECT:bounce": FindingText(
        N_("Your mail server refused the mail because the customer's own rules ask for that."),
        N_(
            "Their company tells all mail servers to refuse mail that cannot prove where it comes"
            " from, and this mail could not. Only their IT can change that."
        ),
        (
            SEND_THEIR_IT,
            _QUOTE,
            N_("The address that the mail came from: {address}"),
            N_("When they have changed it, ask the customer to send the mail once more."),
            _ANOTHER_WAY,
        ),
    ),
    "SENDER_DKIM": FindingText(
        N_("Your mail server refused the mail: its signature is missing or damaged."),
        N_("The customer's mail server signs its mail wrongly. Only their IT can repair that."),
        (SEND_THEIR_IT, _QUOTE, _AGAIN),
    ),
    "SENDER_UNAUTHENTICATED": FindingText(
        N_("Your mail server refused the mail: it carries no proof of who sent it."),
        N_("The customer's IT must set up sending rules (SPF) or signatures (DKIM)."),
        (SEND_THEIR_IT, _QUOTE, _AGAIN, _ANOTHER_WAY),
    ),
    "SENDER_DOMAIN_DEAD:bounce": FindingText(
        N_("Your mail server refused the mail: the customer's domain could not be found."),
        N_("It takes no mail from a name that does not exist. Only their IT can change that."),
        (
            N_("Tell the customer that their internet name may have run out or lost its records."),
            _QUOTE,
            _AGAIN,
        ),
    ),
    "SENDER_BLOCKLISTED": FindingText(
        N_("Your mail server refused the mail: the customer's server is on a block list."),
        N_(
            "The list warns of servers that send spam. The customer's IT must find the reason and"
            " have their server taken off. Your own mailbox is not the reason."
        ),
        (
            SEND_THEIR_IT,
            N_("The block list: {list}"),
            N_("The address that is listed: {address}"),
            _QUOTE,
            _ANOTHER_WAY,
        ),
    ),
    "SENDER_PTR": FindingText(
        N_("Your mail server refused the mail: the customer's server does not show its name."),
        N_("The address it sends from has no proper name. Only their IT can change that."),
        (
            SEND_THEIR_IT,
            N_("The address that needs a reverse name (PTR): {address}"),
            _QUOTE,
            _AGAIN,
        ),
    ),
    "SENDER_LIMITED": FindingText(
        N_("The mail was refused because the customer's side sends too much or has a bad name."),
        N_(
            "Too many mails in a short time, or spam from their server, make other servers refuse"
            " all its mail for some time. Perhaps an account of theirs was broken into."
        ),
        (
            _QUOTE,
            N_("Ask the customer to send the mail again tomorrow, or from another address."),
            N_("Their IT should look for accounts that send spam."),
        ),
    ),
    "SENDER_SUPPRESSION": FindingText(
        N_("The customer's sending service has put your address on its own “do not send” list."),
        N_("It does that after an earlier mail came back. The mail has never left their side."),
        (
            N_("Ask the customer to have {me} taken off that list."),
            _QUOTE,
            _AGAIN,
        ),
    ),
    "SENDER_LOCAL_DELIVERY": FindingText(
        N_("The customer's own server refused the mail: it takes itself for your mail server."),
        N_(
            "It looked for your mailbox on its own disk, so the mail never left their company."
            " This happens when {domain} was once set up there."
        ),
        (
            SEND_THEIR_IT,
            N_("In short: {domain} must be removed from the domains that their server hosts."),
            _QUOTE,
            _AGAIN,
        ),
    ),
    "SENDER_OLD_ROUTE": FindingText(
        N_("The customer's server sends your mail to a server that is no longer yours."),
        N_(
            "Your domain's records are right; theirs still has an old way to you. Only their IT"
            " can change that."
        ),
        (
            SEND_THEIR_IT,
            N_("In short: mail for {domain} must not go to {server} any more."),
            _QUOTE,
            _AGAIN,
        ),
    ),
    "SENDER_CANNOT_REACH_US": FindingText(
        N_("The customer's server tried for a long time, but could not reach your mail server."),
        N_("It gave up and sent the mail back. From here, your mail server was not seen down."),
        (
            SEND_THEIR_IT,
            N_("Their IT should try a connection to your mail server on port 25."),
            _QUOTE,
            N_("Ask the customer to send the mail once more, perhaps another way."),
        ),
    ),
    "SENDER_CANNOT_REACH_US:name": FindingText(
        N_("The customer's server could not find your company's mail server by its name."),
        N_("Your domain's records are there when we ask. Their name service did not see them."),
        (
            SEND_THEIR_IT,
            N_("Their IT should ask another name service for the mail records of {domain}."),
            _QUOTE,
            N_("Ask the customer to send the mail once more: it may work by now."),
        ),
    ),
    "STILL_TRYING": FindingText(
        N_("The mail is late, not lost: the customer's server is still trying."),
        N_("It could not hand the mail over yet and goes on by itself, often for some days."),
        (
            N_("Wait a few hours, then look again."),
            N_("The customer need not send it again. If it is urgent, ask for it another way."),
            N_("What the server said: “{said}”"),
        ),
    ),
    "STILL_TRYING:reason": FindingText(
        N_("The customer's server still has the mail and will try again by itself."),
        N_("If the reason is put right soon, the mail comes without being sent again."),
    ),
}
