"""The words about the company's domain: registration, name servers, mail records, port 25."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

_TELL = N_("Send this to whoever manages {domain} (your IT, your web agency or the registrar).")
_RECORDS = N_("The mail records (MX) that {provider} asks for are: {should_be}.")
_REGISTRAR = N_("The domain is registered through: {registrar}.")
_RESEND = N_(
    "When the change is made, wait an hour, check again, and ask the customer to send the mail"
    " once more."
)

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
        (_TELL, _RECORDS, _RESEND),
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
        (_TELL, _RECORDS, _RESEND),
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
            _RESEND,
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
            _RESEND,
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
        (_TELL, _RECORDS, _RESEND),
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
            _RESEND,
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
            _RESEND,
        ),
    ),
    "MX_IS_IP": FindingText(
        N_("The mail record of {domain} holds a number where a server's name belongs."),
        N_("It says {target}. Many senders cannot use that and send the mail back."),
        (
            N_("Send this to whoever manages {domain}: a mail record (MX) needs a host name."),
            _RECORDS,
            _RESEND,
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
        (_TELL, _RECORDS, _RESEND),
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
            _RESEND,
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
            _RESEND,
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
            _RESEND,
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
            _RESEND,
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
            _RESEND,
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
            _RESEND,
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
