"""The words about the sender's side: what was measured, what the user told, what a log proves."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.refused_here import TEXTS as REFUSED_HERE
from mailwizard.text.findings.sender_refused import TEXTS as REFUSED
from mailwizard.text.letter_words import SEND_THEIR_IT

_AGAIN = N_("When they have changed it, ask the customer to send the mail once more.")
_ANOTHER_WAY = N_(
    "Until then, ask the customer to send it another way: from another address, or as a link."
)
_ASK_BOUNCE = N_(
    "Ask whether they got a message that it could not be delivered. If so, check again with it."
)

TEXTS: dict[str, FindingText] = {
    **REFUSED_HERE,
    **REFUSED,
    "SENDER_DOMAIN_DEAD": FindingText(
        N_("The customer's internet name {domain} does not exist."),
        N_(
            "No mail can come from {domain} now: either the name is spelt differently, or the"
            " customer's company has lost it. Your own mailbox is not the reason."
        ),
        (
            N_("Compare {domain} letter by letter with an earlier mail or a business card."),
            N_("If it is right, phone the customer: their internet name is switched off."),
            N_("If it is spelt differently, check again with the right address."),
        ),
    ),
    "SENDER_DOMAIN_DEAD:empty": FindingText(
        N_("The customer's internet name {domain} has no mail server at all."),
        N_(
            "The name exists, but nothing can receive mail there, and many mail servers take no"
            " mail from such a name. It may also be spelt differently."
        ),
        (
            N_("Compare {domain} letter by letter with an earlier mail or a business card."),
            N_("If it is right, tell the customer that {domain} has no mail records."),
            SEND_THEIR_IT,
        ),
    ),
    "SENDER_CANNOT_RECEIVE": FindingText(
        N_("The customer's side cannot receive mail at {domain}."),
        N_(
            "Their mail to you may still work, but your answers, and messages about undelivered"
            " mail, do not reach them. They may not know that their mail is sent back."
        ),
        (
            N_("Tell the customer by phone or another address that {domain} takes no mail."),
            SEND_THEIR_IT,
        ),
    ),
    "SENDER_CANNOT_RECEIVE:bounce": FindingText(
        N_("The mail was sent back because the customer's own domain takes no mail."),
        N_("Your mail server takes no mail from a domain that nobody can answer."),
        (
            N_("Send the customer's IT this sentence of the message: “{said}”"),
            SEND_THEIR_IT,
            _AGAIN,
        ),
    ),
    "SENDER_LOOKALIKE": FindingText(
        N_("Earlier mail came from {other}, which looks almost like {domain}."),
        N_(
            "One of the two names may be misspelt. It can also be an attempt to pass for your"
            " customer, so be careful with payments and attachments."
        ),
        (
            N_("Compare both names letter by letter with a contract or a business card."),
            N_("If {other} is right, check again with that address."),
            N_("If you do not know {other}, answer nothing and show the mail to your IT."),
        ),
    ),
    "SENDER_LOOKALIKE:now": FindingText(
        N_("Mail came from {other}, which looks almost like {domain}."),
        N_(
            "One of the two names may be a slip in writing. It can also be somebody who wants to"
            " pass for your customer: be careful with payments, changed bank accounts and"
            " attachments."
        ),
        (
            N_("Compare {other} and {domain} letter by letter with a contract or a business card."),
            N_("If {other} is right, check again with that address."),
            N_("In doubt ask the customer by telephone, at a number that you already have."),
            N_("If it is not theirs, answer nothing and show the mail to your IT."),
        ),
    ),
    "SENDER_CANNOT_RECEIVE:reply": FindingText(
        N_("Your own mail to the customer came back: their side did not take it."),
        N_(
            "On {date} a mail to {recipient} was returned. If their mail system has trouble, their"
            " mail to you may be late or lost as well."
        ),
        (
            N_("Tell the customer by telephone that mail to {recipient} comes back."),
            N_("Give their IT this sentence of the message: “{said}”"),
            N_("Compare the address with a business card: a slip in it has the same effect."),
        ),
    ),
    "SENDER_SPF:risk": FindingText(
        N_("The customer's own rules forbid the server that their mail comes from."),
        N_(
            "{domain} publishes which servers may send its mail, and {address} is not among them."
            " Some mail servers take such mail for forged and refuse it or file it as spam."
        ),
        (
            N_("Look in your spam folder first."),
            N_("Ask the customer's IT to add {address} to the sending rules (SPF) of {domain}."),
            SEND_THEIR_IT,
        ),
    ),
    "SENDER_SPF_BROKEN": FindingText(
        N_("The customer's list of allowed sending servers has a mistake in it."),
        N_(
            "Mail servers cannot read the sending rules of {domain}, so they may distrust mail from"
            " there. Your own mailbox is not the reason."
        ),
        (
            N_("Send the customer's IT this: the SPF record of {domain} cannot be evaluated."),
            N_("What is wrong with it: {reason}"),
            SEND_THEIR_IT,
        ),
    ),
    "SENDER_DMARC_REJECT": FindingText(
        N_("The customer's own rules tell mail servers to refuse what they now send."),
        N_(
            "{domain} forbids mail that does not prove where it comes from, and the server"
            " {address} that they send from cannot prove it. Their IT must change one record."
        ),
        (
            SEND_THEIR_IT,
            N_("In short: {address} is missing in the SPF record of {domain}, or DKIM is off."),
            _AGAIN,
            _ANOTHER_WAY,
        ),
    ),
    "SENDER_DMARC_JUNK": FindingText(
        N_("The customer's mail could not prove that it really comes from {domain}."),
        N_("That is why it was filed as spam. The customer's IT can repair it."),
        (
            N_("Move the mail out of the spam folder and trust the sender."),
            N_("Before you open attachments, ask the customer whether they sent it."),
            SEND_THEIR_IT,
        ),
    ),
    "SENDER_DKIM:risk": FindingText(
        N_("The signature on the customer's mail is damaged."),
        N_("Mail from {domain} may be filed as spam until their IT has repaired the signature."),
        (SEND_THEIR_IT,),
    ),
    "SENDER_BLOCKLISTED:risk": FindingText(
        N_("The customer's mail server stands on a public block list."),
        N_(
            "Many mail servers refuse mail from {address}. Whether yours does cannot be seen from"
            " here; a message that the customer got back would tell."
        ),
        (
            N_("Tell the customer's IT: {address} is listed at {list}."),
            N_("What the list says about it: {said}"),
            _ASK_BOUNCE,
            _ANOTHER_WAY,
        ),
    ),
    "SENDER_BLOCKLISTED:guess": FindingText(
        N_("The customer's own mail server stands on a public block list."),
        N_(
            "Whether they send through it is not known. If they do, many mail servers refuse"
            " their mail."
        ),
        (
            N_("Tell the customer's IT: {address} is listed at {list}."),
            _ASK_BOUNCE,
        ),
    ),
    "BLOCKLIST_QUERY_REFUSED": FindingText(
        N_("Whether the customer's server is on a block list could not be asked from here."),
        N_(
            "The list {list} does not answer this network's name service. That says nothing about"
            " the customer, good or bad."
        ),
        (N_("Nothing to do. The customer's IT can ask the list on its own web page."),),
    ),
    "SENDER_PTR:risk": FindingText(
        N_("The customer's mail server has no name for its address."),
        N_("{address} has no reverse name. Some mail servers refuse mail from such servers."),
        (
            N_("Ask the customer's IT to have a reverse name (PTR) set for {address}."),
            _ASK_BOUNCE,
        ),
    ),
    "NOT_SENT": FindingText(
        N_("The customer's mail has never left their computer."),
        N_("It is still in their outbox or drafts. Your mailbox is not the reason."),
        (
            N_("Ask the customer to open the mail and press “Send” again."),
            N_("If it stays in the outbox, their mail program is offline or not signed in."),
            N_("Ask them to check how your address is spelt: {me}."),
        ),
    ),
    "ASK_FOR_SENDER_STATUS": FindingText(
        N_("The customer has a message that tells why the mail was not delivered."),
        N_("It names the server that refused the mail and the reason, often in one line."),
        (
            N_("Ask the customer to forward you that message, best as an attachment."),
            N_("A photo is of no use: ask for the text, or the file."),
            N_("Then check again and paste it when you are asked for it."),
        ),
    ),
    "NO_BOUNCE_PROVES_NOTHING": FindingText(
        N_("That the customer got no message back does not mean that the mail arrived."),
        N_("Such messages get lost or are filed as spam themselves."),
        (N_("Ask the customer to look in their own spam folder for such a message."),),
    ),
    "ACCEPTED_THEN_LOST": FindingText(
        N_("Your mail provider took the mail, but it is in none of your folders."),
        N_(
            "The customer's side did everything right: their log shows that the mail was handed"
            " over. It was lost, held back or deleted behind that, on your company's side."
        ),
        (
            N_("Look in the log of received mail: {path_delivery_log}."),
            N_("Look in the quarantine: {path_quarantine}."),
            N_("Look whether a rule of yours deletes or forwards mail: {path_rules}."),
            N_("Ask your mail administrator to look in the company's log: {path_admin_log}."),
            N_("Ask the provider ({support}) where this mail is: {server} took it as {queue_id}."),
            N_("What the server said when it took the mail: “{said}”"),
        ),
    ),
    "ACCEPTED_THEN_LOST:not-searched": FindingText(
        N_("The customer's log shows that your side took the mail."),
        N_("So it did not get lost at the customer's end. We have not seen all your folders yet."),
        (
            N_("Look in all folders in webmail ({webmail}), the spam folder first."),
            N_("Look in the log of received mail: {path_delivery_log}."),
            N_("If it is nowhere, ask the provider ({support}) about it: {server}, “{said}”."),
        ),
    ),
    "SENDER_OLD_ROUTE:log": FindingText(
        N_("The customer's server handed the mail to a server that is not yours."),
        N_(
            "According to their log, {server} took it. Your domain's records do not name that"
            " server. Their IT must find out why the mail goes there."
        ),
        (
            N_("Ask the customer's IT whether {server} is their own outgoing server."),
            N_("If it is, ask for the line in its log about the same mail."),
            N_("If not, they should remove the fixed route for {domain} and ask the DNS anew."),
        ),
    ),
    "SENDER_LOCAL_DELIVERY:log": FindingText(
        N_("The customer's server kept the mail: it takes itself for your mail server."),
        N_(
            "It delivered mail for {domain} to itself, so the mail never left their company. This"
            " happens when {domain} was once set up there."
        ),
        (
            SEND_THEIR_IT,
            N_("In short: {domain} must be removed from the domains that their server hosts."),
            N_("Ask them to look for your mail in the mailbox {wrong} on their own server."),
            _AGAIN,
        ),
    ),
    "WRONG_ADDRESS:sent": FindingText(
        N_("The customer wrote to {wrong}, which is not your address."),
        N_("That mail went to somebody else's server. Your address is {right}."),
        (
            N_("Tell the customer your right address: {right}."),
            N_("Ask them to delete the wrong one from their address book and send again."),
            N_("If the mail was confidential, tell the customer where it went: {server}."),
        ),
    ),
    "NOT_ADDRESSED_TO_YOU:sent": FindingText(
        N_("The customer's log is about mail to {wrong}, not to you."),
        N_("That mail was taken by your company's side, for another name."),
        (
            N_("Ask whoever has the mailbox {wrong} whether the mail is there."),
            N_("Tell the customer your own address: {right}."),
        ),
    ),
    "BOUNCE_NOT_UNDERSTOOD:log": FindingText(
        N_("We could not read the customer's log."),
        N_("It holds no line that tells how a delivery ended. Nothing was concluded from it."),
        (
            N_("Ask the customer's IT for the line that names your address and the answer."),
            N_("It should hold words such as “status=sent” or “queued as”."),
        ),
    ),
}
