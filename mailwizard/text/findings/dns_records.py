"""The words about the company's domain: registration, name servers, mail records, policies."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

_TELL = N_("Send this to whoever manages {domain} (your IT, your web agency or the registrar).")
_RECORDS = N_("The mail records (MX) that {provider} asks for are: {should_be}.")
_REGISTRAR = N_("The domain is registered through: {registrar}.")
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
            _REGISTRAR,
            N_("One day after the renewal, check again and ask the customer to send once more."),
        ),
    ),
    "DOMAIN_EXPIRED:still-on": FindingText(
        N_("Your company's internet name {domain} has run out; it is still working for now."),
        N_("It ran out on {expires}. It can be switched off any day, and then no mail arrives."),
        (N_("Tell whoever pays for {domain} to renew it today."), _REGISTRAR),
    ),
    "DOMAIN_ON_HOLD": FindingText(
        N_("Your company's internet name {domain} has been put on hold."),
        N_(
            "The registrar or the registry has switched it off, for example because the owner's"
            " identity has not been confirmed. No mail can arrive until that is settled."
        ),
        (
            N_("Tell whoever manages {domain} to ask the registrar for the reason."),
            _REGISTRAR,
            N_("Look for mail from the registrar about confirming the owner or the address."),
            N_("When it is switched on again, check again and ask the customer to send once more."),
        ),
    ),
    "DOMAIN_EXPIRES_SOON": FindingText(
        N_("Your company's internet name {domain} runs out in {days} days."),
        N_("It works today. If nobody renews it by {expires}, mail and website stop."),
        (N_("Ask whoever pays for {domain} whether it is renewed in time."), _REGISTRAR),
    ),
    "REGISTRATION_UNKNOWN": FindingText(
        N_("We could not find out until when {domain} is paid for."),
        N_("The public register did not tell. That is common and is no fault."),
    ),
    "NO_MAIL_ROUTE": FindingText(
        N_("Your company's domain {domain} names no place where mail could be delivered."),
        N_("All mail to your company is sent back to its senders. Mail in your mailbox is safe."),
        (_TELL, _RECORDS, RESEND),
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
    "MX_MISSING": FindingText(
        N_("Your company's domain {domain} does not say where its mail goes."),
        N_(
            "The mail records are missing, so mail is tried at your web server instead and"
            " is usually sent back. Mail in your mailbox is safe."
        ),
        (_TELL, _RECORDS, RESEND),
    ),
    "MX_OLD_PROVIDER": FindingText(
        N_("Mail to {domain} is sent to a different mail provider than yours."),
        N_(
            "Your mailbox is at {provider}, but your domain's records lead to {other}. Mail from"
            " outside never reaches your mailbox. Mail in your mailbox is safe."
        ),
        (
            N_("Send this to whoever manages {domain}: the mail records (MX) are now {records}."),
            _RECORDS,
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
            N_("If it is not, the records must be corrected. {provider} asks for: {should_be}."),
        ),
    ),
    "MX_MIXED": FindingText(
        N_("Part of the mail to {domain} is sent to another server than your provider's."),
        N_(
            "Your domain's records name {wrong} beside {provider}, and senders try it first. That"
            " mail does not reach your mailbox."
        ),
        (
            N_("Send this to whoever manages {domain}: remove {wrong} from the mail records (MX)."),
            _RECORDS,
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
            _RECORDS,
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
    "MX_TARGET_MISSING": FindingText(
        N_("The mail server named for {domain} does not exist."),
        N_(
            "Your domain sends its mail to {target}, and nobody can find a server of that name."
            " Mail in your mailbox is safe."
        ),
        (_TELL, _RECORDS, RESEND),
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
            _RECORDS,
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
            _RECORDS,
            RESEND,
        ),
    ),
    "MX_IS_IP": FindingText(
        N_("The mail record of {domain} holds a number where a server's name belongs."),
        N_("It says {target}. Many senders cannot use that and send the mail back."),
        (
            N_("Send this to whoever manages {domain}: a mail record (MX) needs a host name."),
            _RECORDS,
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
        (_TELL, _RECORDS, RESEND),
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
            _RECORDS,
            RESEND,
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
    "MTASTS_MX_MISMATCH": FindingText(
        N_("A safety rule of {domain} forbids delivery to your own mail server."),
        N_(
            "The published rule for encrypted delivery does not list {missing}. Senders that keep"
            " to such rules, large ones above all, do not deliver."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: the MTA-STS policy lists {policy}; it must"
                " list {missing}. Its id in the DNS must be changed with it."
            ),
            N_("Until then, the policy's mode can be set to “testing”."),
            RESEND,
        ),
    ),
    "MTASTS_FETCH_FAIL": FindingText(
        N_("A safety rule of {domain} is announced but cannot be fetched."),
        N_(
            "{host} does not give the rule. New senders ignore it then; those that know an old"
            " one may hold mail back."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: the MTA-STS policy at {host} cannot be"
                " fetched over HTTPS."
            ),
        ),
    ),
}
