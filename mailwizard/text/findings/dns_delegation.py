"""The words about the name servers: who is asked, what they say, what others have kept of it."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.dns_records import RESEND

TEXTS: dict[str, FindingText] = {
    "NS_WRONG_PROVIDER": FindingText(
        N_("The internet is sent to the wrong name servers for {domain}."),
        N_(
            "The right mail records of your domain exist, but at name servers that nobody is led"
            " to. Mail from outside does not reach you. Mail in your mailbox is safe."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: at the registrar, the name servers are"
                " {at_parent}; the right mail records stand at {right}."
            ),
            N_(
                "Either enter {right} at the registrar, or copy the records to {at_parent}. Such a"
                " change can take two days to reach everybody."
            ),
            RESEND,
        ),
    ),
    "NS_INCONSISTENT:delegation": FindingText(
        N_("Two lists of the name servers of {domain} do not agree."),
        N_(
            "All servers that answer give the same mail records, so mail finds its way. The"
            " next change of the records could reach only some of them."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: the registrar's list says {at_parent}, the"
                " domain's own list (NS) says {in_zone}. Both should be the same."
            ),
        ),
    ),
    "NS_INCONSISTENT:target": FindingText(
        N_("The name servers of {domain} contradict each other about your mail server."),
        N_(
            "Some of them know the address of {target}, others say that it has none. Some mail"
            " may be late or be sent back."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: {servers} must give the address of"
                " {target}, as the others do."
            ),
        ),
    ),
    "NS_INCONSISTENT:glue": FindingText(
        N_("The registrar has an old address of a name server of {domain}."),
        N_(
            "Some senders are led to {stale} first, where {server} no longer is. Mail can be late"
            " because of that."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: at the registrar, the address (glue) of"
                " {server} is {stale}; the domain itself says {own}."
            ),
        ),
    ),
    "NS_PARTLY_DOWN:lame": FindingText(
        N_("Some name servers of {domain} know nothing of your domain."),
        N_(
            "They answer, but not for your domain. Mail mostly finds its way by the others, but"
            " can be late or be sent back at times."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: {servers} do not serve the domain. Set it"
                " up there, or take them off the list of name servers."
            ),
        ),
    ),
    "NS_PARTLY_DOWN:no-address": FindingText(
        N_("A name server of {domain} cannot be found."),
        N_(
            "{servers} is on the list of your domain's name servers and has no address. Mail finds"
            " its way by the others."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: take {servers} off the list of name"
                " servers, or correct its name."
            ),
        ),
    ),
    "NS_PARTLY_DOWN:alias": FindingText(
        N_("A name server of {domain} is only a second name of another one."),
        N_(
            "Some senders do not follow {servers}, and use the others alone. Mail can be late when"
            " those are busy."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: {servers} is a CNAME; the list of name"
                " servers must hold the real name."
            ),
        ),
    ),
    "NS_ALL_DOWN:refusing": FindingText(
        N_("The name servers of {domain} do not know your domain any more."),
        N_(
            "They are there, but refuse to answer for your domain. Customers' mail systems cannot"
            " find out where your mail goes. They usually try again for a day or two."
        ),
        (
            N_(
                "Tell whoever manages {domain} now: {servers} refuse to answer for it. Was the"
                " domain removed there, moved away, or not paid for?"
            ),
            N_("When they answer again, wait some hours before you ask customers to send again."),
        ),
    ),
    "DNS_TCP_BLOCKED": FindingText(
        N_("Long answers of the name servers of {domain} get lost."),
        N_(
            "Some answers do not fit into one packet, and the second way, a connection (TCP), is"
            " closed. Some senders cannot find out where your mail goes."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: port 53 must be open for TCP as well as"
                " for UDP at {servers}."
            ),
            RESEND,
        ),
    ),
    "DNS_TCP_BLOCKED:small": FindingText(
        N_("The name servers of {domain} give short answers only."),
        N_("That is enough today. When the records grow, some senders will not get them."),
        (
            N_(
                "Send this to whoever manages {domain}: port 53 should be open for TCP as well as"
                " for UDP at {servers}."
            ),
        ),
    ),
    "DNS_TCP_BLOCKED:edns": FindingText(
        N_("The name servers of {domain} do not answer every kind of question."),
        N_(
            "They stay silent to the modern form, which most senders use first. Answers come late,"
            " and sometimes not at all."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: {servers} do not answer questions with"
                " EDNS, or a firewall in front of them drops those."
            ),
        ),
    ),
    "DNS_LINE_GAP": FindingText(
        N_("Senders abroad may not see the mail records of {domain}."),
        N_(
            "Name services in China know where your mail goes, those abroad get nothing. Perhaps"
            " the records were made for one line or region only; a very new record looks the same."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: the mail records (MX) must exist for the"
                " line “default” as well. {nothing} get none."
            ),
            N_("Check again tomorrow: if only the record was new, this is over by then."),
        ),
    ),
    "DNS_PROPAGATING:until": FindingText(
        N_("The mail records of {domain} were changed, and not everybody knows the new ones yet."),
        N_("Some senders still use the old ones. This passes by itself, at {until} at the latest."),
        (
            N_("Wait until {until}, and check again."),
            N_("Then ask the customer to send the mail once more."),
        ),
    ),
    "DNSSEC_BROKEN:expired": FindingText(
        N_("The signature on the records of {domain} has run out."),
        N_(
            "It was good until {date}. Name services that check signatures treat your domain as"
            " forged, so their users' mail does not find you. Others can still write to you."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: the DNSSEC signatures (RRSIG) ran out on"
                " {date}."
            ),
            N_("They should sign the zone anew, or switch DNSSEC off at the registrar."),
            RESEND,
        ),
    ),
    "DNSSEC_BROKEN:not-yet": FindingText(
        N_("The signature on the records of {domain} does not count yet."),
        N_(
            "It begins on {date}. Name services that check signatures treat your domain as forged"
            " until then, so their users' mail does not find you."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: the DNSSEC signatures (RRSIG) begin only on"
                " {date}; the clock of the signing server is probably wrong."
            ),
            RESEND,
        ),
    ),
    "DNSSEC_DS_MISMATCH:gone": FindingText(
        N_("A security record of {domain} was removed, and not everybody knows that yet."),
        N_(
            "Some name services still check your domain against it and refuse your mail's way."
            " This passes by itself, within a day as a rule."
        ),
        (
            N_("Wait, and check again tomorrow."),
            N_("Then ask the customer to send the mail once more."),
        ),
    ),
    "DNSSEC_DS_MISMATCH:gone-until": FindingText(
        N_("A security record of {domain} was removed, and not everybody knows that yet."),
        N_(
            "Some name services still check your domain against it and refuse your mail's way."
            " This passes by itself, at {until} at the latest."
        ),
        (
            N_("Wait until {until}, and check again."),
            N_("Then ask the customer to send the mail once more."),
        ),
    ),
    "DNSSEC_UNSIGNED": FindingText(
        N_("The records of {domain} are not signed (DNSSEC)."),
        N_("That is so for most companies, and keeps no mail away."),
    ),
}
