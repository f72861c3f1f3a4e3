"""The words about the domain's name servers, signatures and policies."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

RESEND = N_(
    "When the change is made, wait an hour, check again, and ask the customer to send the mail"
    " once more."
)

TEXTS: dict[str, FindingText] = {
    "NAMES_MADE_UP": FindingText(
        headline=N_("What your company's domain says cannot be checked from here."),
        meaning=N_(
            "A proxy program on this computer or in this network answers every question for an "
            "address itself. So nothing is said about the records that lead mail to you; the "
            "mailbox itself can be checked."
        ),
        actions=(
            N_("Switch the proxy program off for a moment (Clash, Surge, Shadowrocket and so on)."),
            N_("Then choose “Check again” here."),
            N_(
                'You use none? Read this to your IT: "Name look-ups here give addresses of '
                '198.18.0.0/15, which a proxy makes up (fake-IP). Please take this computer out."'
            ),
        ),
    ),
    "NS_INCONSISTENT": FindingText(
        N_("The name servers of {domain} contradict each other about where your mail goes."),
        N_(
            "Which answer a customer gets is chance: some mail arrives, some goes to the wrong"
            " place. Mail in your mailbox is safe."
        ),
        (
            N_("Send this to whoever manages {domain}: {servers}."),
            N_("All of its name servers must give the same, newest records."),
            RESEND,
        ),
    ),
    "NS_PARTLY_DOWN": FindingText(
        N_("Not all name servers of {domain} answer."),
        N_("Mail mostly finds its way by the others, but can be late or be sent back at times."),
        (N_("Send this to whoever manages {domain}: these servers do not answer: {servers}."),),
    ),
    "NS_ALL_DOWN": FindingText(
        N_("The name servers of {domain} do not answer anybody."),
        N_(
            "Customers' mail systems cannot find out where your mail goes. They usually try again"
            " for a day or two, so mail sent now may still arrive."
        ),
        (
            N_("Tell whoever manages {domain} now: its name servers are down."),
            N_("When they answer again, wait some hours before you ask customers to send again."),
        ),
    ),
    "DNSSEC_BROKEN": FindingText(
        N_("The signature on the records of {domain} is broken."),
        N_(
            "Name services that check signatures treat your domain as forged, so their users'"
            " mail does not find you. Others can still write to you."
        ),
        (
            N_("Send this to whoever manages {domain}: DNSSEC validation of the domain fails."),
            N_("They should sign the zone anew, or switch DNSSEC off at the registrar."),
            RESEND,
        ),
    ),
    "DNSSEC_DS_MISMATCH": FindingText(
        N_("A security record of {domain} at the registrar does not fit any more."),
        N_(
            "It was probably left behind when the domain moved to other name servers. Name"
            " services that check it treat your domain as forged, and mail does not find you."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: remove the old DS record at the registrar,"
                " or replace it by the one of the new name servers."
            ),
            RESEND,
        ),
    ),
    "DNS_PROPAGATING": FindingText(
        N_("The mail records of {domain} were changed, and not everybody knows the new ones yet."),
        N_("Some senders still use the old ones. This passes by itself."),
        (
            N_("Wait, and check again tomorrow."),
            N_("Then ask the customer to send the mail once more."),
        ),
    ),
    "SPLIT_VIEW": FindingText(
        N_("Your office's name service says something else about {domain} than the internet does."),
        N_(
            "That can be intended in a company. Customers are not affected by it, but programs in"
            " your office may be."
        ),
        (N_("Ask your IT whether {server} has own records for {domain}, and why."),),
    ),
}
