"""The words about the domain itself: registered, paid for, switched on, leading anywhere."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.dns_records import RESEND

TELL = N_("Send this to whoever manages {domain} (your IT, your web agency or the registrar).")
RECORDS = N_("The mail records (MX) that {provider} asks for are: {wanted}.")
_REGISTRAR = N_("The domain is registered through: {registrar}.")
_CALL = N_("The domain is registered through {registrar}: call them if anything is unclear.")

TEXTS: dict[str, FindingText] = {
    "DOMAIN_EXPIRED": FindingText(
        N_("Your company's internet name {domain} has run out and is switched off."),
        N_(
            "Nobody can send mail to addresses at {domain} until it is renewed. Mail that has"
            " already arrived is safe."
        ),
        (
            N_(
                "Tell whoever pays for {domain} to renew it today. After some weeks others could"
                " buy it."
            ),
            N_("It ran out on {expires}."),
            _CALL,
            N_("One day after the renewal, check again and ask the customer to send once more."),
        ),
    ),
    "DOMAIN_EXPIRED:grace": FindingText(
        N_("Your company's internet name {domain} is switched off, probably because it ran out."),
        N_(
            "The register says that it has just reached its end and was not paid for again. Nobody"
            " can send mail to addresses at {domain} now. Mail that has already arrived is safe."
        ),
        (
            N_("Tell whoever pays for {domain} to look at the registrar's bill today."),
            _CALL,
            N_("One day after the renewal, check again and ask the customer to send once more."),
        ),
    ),
    "DOMAIN_EXPIRED:parked": FindingText(
        N_("Your company's internet name {domain} has run out, and its mail is led elsewhere."),
        N_(
            "It ran out on {expires}, and its mail records do not lead to {provider} any more."
            " Registrars often do that with names that are not paid for. Mail that has already"
            " arrived is safe."
        ),
        (
            N_("Tell whoever pays for {domain} to renew it today."),
            _CALL,
            N_("After the renewal, they should look whether the old records are back."),
            N_("One day later, check again and ask the customer to send once more."),
        ),
    ),
    "DOMAIN_EXPIRED:unseen": FindingText(
        N_("Your company's internet name {domain} has run out."),
        N_(
            "It ran out on {expires}. We could not see whether it still works; it can be switched"
            " off any day."
        ),
        (N_("Tell whoever pays for {domain} to renew it today."), _CALL),
    ),
    "DOMAIN_EXPIRED:still-on": FindingText(
        N_("Your company's internet name {domain} has run out; it is still working for now."),
        N_("It ran out on {expires}. It can be switched off any day, and then no mail arrives."),
        (N_("Tell whoever pays for {domain} to renew it today."), _CALL),
    ),
    "DOMAIN_ON_HOLD": FindingText(
        N_("Your company's internet name {domain} has been put on hold."),
        N_(
            "The registrar or the registry has switched it off, for example because the owner's"
            " identity has not been confirmed. No mail can arrive until that is settled."
        ),
        (
            N_("Tell whoever manages {domain} to ask the registrar for the reason."),
            _CALL,
            N_("The mark in the register, for them: {status}."),
            N_("Look for mail from the registrar about confirming the owner or the address."),
            N_("When it is switched on again, check again and ask the customer to send once more."),
        ),
    ),
    "DOMAIN_ON_HOLD:still-on": FindingText(
        N_("Your company's internet name {domain} has been put on hold; it still answers for now."),
        N_(
            "The registrar or the registry has marked it as switched off. Some name services still"
            " remember it, for hours or a day; then no mail can arrive."
        ),
        (
            N_("Tell whoever manages {domain} today to ask the registrar for the reason."),
            _CALL,
            N_("The mark in the register, for them: {status}."),
            N_("Look for mail from the registrar about confirming the owner or the address."),
        ),
    ),
    "DOMAIN_EXPIRES_SOON": FindingText(
        N_("Your company's internet name {domain} runs out in {days} days."),
        N_("It works today. If nobody renews it by {expires}, mail and website stop."),
        (N_("Ask whoever pays for {domain} whether it is renewed in time."), _REGISTRAR),
    ),
    "DOMAIN_EXPIRES_SOON:at-once": FindingText(
        N_("Your company's internet name {domain} runs out within two days."),
        N_("It works today. If nobody renews it by {expires}, mail and website stop."),
        (N_("Tell whoever pays for {domain} to renew it today."), _CALL),
    ),
    "REGISTRATION_UNKNOWN": FindingText(
        N_("We could not find out until when {domain} is paid for."),
        N_("The public register did not tell. That is common and is no fault."),
    ),
    "NO_MAIL_ROUTE": FindingText(
        N_("Your company's domain {domain} names no place where mail could be delivered."),
        N_("All mail to your company is sent back to its senders. Mail in your mailbox is safe."),
        (TELL, RECORDS, RESEND),
    ),
    "NO_MAIL_ROUTE:no-domain": FindingText(
        N_("Your company's domain {domain} does not exist on the internet right now."),
        N_("No customer can write to you. Mail that has already arrived is safe."),
        (
            N_("Check that your own address is spelt correctly: is {domain} right?"),
            N_("Tell whoever manages {domain}: the name is not found by anybody."),
            N_("They should look in the registrar's account whether it is paid and switched on."),
        ),
    ),
    "NO_MAIL_ROUTE:unregistered": FindingText(
        N_("The internet name {domain} belongs to nobody right now."),
        N_(
            "The public register does not know it, and no customer can write to you there. Mail"
            " that has already arrived is safe."
        ),
        (
            N_("Check that your own address is spelt correctly: is {domain} right?"),
            N_(
                "If it is, tell whoever manages {domain} at once: somebody else could register the"
                " name."
            ),
        ),
    ),
    "NO_MAIL_ROUTE:not-delegated": FindingText(
        N_("Your company's domain {domain} is registered but not switched on."),
        N_(
            "The register knows its owner, and yet nobody on the internet finds the name: its name"
            " servers are missing. No customer can write to you. Mail that has arrived is safe."
        ),
        (
            N_("Tell whoever manages {domain}: the registry does not delegate the name."),
            _REGISTRAR,
            N_("The name servers that the register lists: {servers}."),
            RESEND,
        ),
    ),
}
