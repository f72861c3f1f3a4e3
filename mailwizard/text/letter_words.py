"""What letters say about single findings, to people at the other end."""

from mailwizard.model.marked import N_

# An action of findings about the customer's side. There is no such letter because of a mere risk.
SEND_THEIR_IT = N_("Send the customer's IT the letter that we have written for you.")

# To the customer, in plain words: what is the matter on their side, and what they can do.
TO_CUSTOMER = {
    "WRONG_ADDRESS": N_(
        "Your mail was sent to an address that does not exist. Please compare it letter by letter"
        " with mine, {me}, and delete the old entry that your mail program suggests."
    ),
    "NOT_ADDRESSED_TO_YOU": N_(
        "Your mail was sent to other recipients only. Please add my address, {me}."
    ),
    "TOO_LARGE": N_(
        "Your mail was too large for one of the mail systems on its way. Please send it again"
        " without the large attachment, or with a link for downloading it."
    ),
    "CONTENT_REJECTED": N_(
        "A spam filter took your mail for advertising because of what is in it. Please send it once"
        " more as plain text, without links and attachments, and send those separately."
    ),
    "ATTACHMENT_BLOCKED": N_(
        "Your mail was refused because of its attachment. Please send the file in another form,"
        " such as PDF, or with a link for downloading it."
    ),
    "NOT_SENT": N_(
        "As far as we know your mail is still in your outbox or among your drafts. Please look"
        " there and send it."
    ),
    "SENDER_DOMAIN_DEAD": N_(
        "Your own mail domain cannot be found on the internet at present, so your mail is not"
        " accepted anywhere. Please tell whoever runs it; your mail to others is affected too."
    ),
    "SENDER_SPF": N_(
        "Your mail comes from a server that is not on the list which your company publishes of its"
        " own mail servers. Many mail systems refuse such mail. Your IT can correct that list."
    ),
    "SENDER_SPF_BROKEN": N_(
        "The list of mail servers that your company publishes has a mistake in it, so that others"
        " cannot use it. Your IT can correct it."
    ),
    "SENDER_DMARC_REJECT": N_(
        "Your company has published that mail which does not prove its origin must be refused, and"
        " your mail does not prove it at present. Your IT can correct that."
    ),
    "SENDER_DMARC_JUNK": N_(
        "Your company has published that mail which does not prove its origin is to be treated as"
        " spam, and your mail does not prove it at present. Your IT can correct that."
    ),
    "SENDER_BLOCKLISTED": N_(
        "The server that your mail comes from is on a public list of spam sources, perhaps because"
        " of somebody else who uses it. Your IT can ask for its removal."
    ),
    "SENDER_CANNOT_RECEIVE": N_(
        "Your own domain cannot receive answers at present, which makes other mail systems refuse"
        " its mail. Your IT can correct that."
    ),
}
TO_CUSTOMER_ELSE = N_(
    "Something in your mail system keeps your mail from arriving. Your IT will find the details"
    " in the text below for them."
)

# To the customer's IT: what to change.
TO_THEIR_IT = {
    "SENDER_SPF": N_(
        "Please add the sending server to your domain's SPF record (RFC 7208), or send through a"
        " server that it names already."
    ),
    "SENDER_SPF_BROKEN": N_(
        "Please correct your domain's SPF record: exactly one record, no syntax error, at most ten"
        " DNS look-ups (RFC 7208, section 4.6.4)."
    ),
    "SENDER_DMARC_REJECT": N_(
        "Please make your mail pass DMARC: SPF or DKIM must pass with a domain that is aligned with"
        " the From address. Until then your own policy tells receivers to refuse it."
    ),
    "SENDER_DMARC_JUNK": N_(
        "Please make your mail pass DMARC: SPF or DKIM must pass with a domain that is aligned with"
        " the From address. Until then your own policy tells receivers to quarantine it."
    ),
    "SENDER_DKIM": N_(
        "Please look at your DKIM signatures: publish the key of the selector in use, and change"
        " nothing in a mail after it was signed."
    ),
    "SENDER_UNAUTHENTICATED": N_("Please publish SPF and sign your mail with DKIM."),
    "FORWARD_BREAKS_AUTH": N_(
        "Please let the mail go directly, or have the forwarding server rewrite the envelope sender"
        " (SRS) and keep DKIM signatures intact."
    ),
    "SENDER_BLOCKLISTED": N_(
        "Please find out why the address is listed, remove the cause, and then ask the list for"
        " removal."
    ),
    "SENDER_PTR": N_(
        "Please publish a reverse name (PTR) for the sending address that leads back to the same"
        " address."
    ),
    "SENDER_CANNOT_RECEIVE": N_(
        "Please publish MX records for your domain that can be reached: many receivers refuse mail"
        " from domains that cannot take an answer."
    ),
    "SENDER_DOMAIN_DEAD": N_("Please restore your domain's registration and its name servers."),
    "SENDER_LOCAL_DELIVERY": N_(
        "Please remove our domain from the local or accepted domains of your mail system: it"
        " believes that it hosts our mailboxes itself."
    ),
    "SENDER_OLD_ROUTE": N_(
        "Please remove the fixed route for our domain, or flush your DNS cache: your mail goes to"
        " a server that is no longer ours."
    ),
    "SENDER_CANNOT_REACH_US": N_(
        "Please look at the way from your mail server to ours, port 25: it tried and gave up."
    ),
    "SENDER_HELD": N_("Please look at your outgoing filter: it seems to hold the mail."),
    "SENDER_LIMITED": N_(
        "Please look at the sending account: it seems to have reached its limit, or to be misused."
    ),
    "SENDER_SUPPRESSION": N_(
        "Please remove our address from the suppression list of your mailing service."
    ),
    "MALFORMED": N_("Please correct the program that wrote the mail: its format was refused."),
    "DELAY_AT_SENDER": N_("Please look at your queue: the mail waited before it reached us."),
    "VIRUS_REJECTED": N_(
        "Please scan the sending computer and the attachment: the mail was refused because of a"
        " virus."
    ),
}
ASK_FOR_LOG = N_(
    "Please look in the log of your outgoing mail server for mail to {me} since {since}, and send"
    " us the line with the answer of the receiving server (it starts with 250, or with 4 or 5)."
)
