"""All scenarios of the demo: one for each kind of answer."""

from mailwizard.demo import bounces, hosts, mailbox
from mailwizard.demo.mailbox import Arrival
from mailwizard.demo.scenario import SUBJECT, Faults, Scenario
from mailwizard.model.finding import Owner
from mailwizard.model.marked import N_

_FORMER = f"5 {hosts.FORMER_MX}."
_FEEDS = "RSS 源"
_HIDDEN = (
    ("王芳", "wangfang@huamao-parts.example", "付款账号确认"),
    ("Anna Schmidt", "a.schmidt@maschinenbau-nord.example", "Payment details"),
    ("佐藤健", "sato@trading-osaka.example", "請求書の件"),
    ("Maria Rossi", "maria@rossi-forniture.example", "Invoice 2026-88"),
)
_DIGEST = (
    "以下邮件已被隔离，请联系管理员放行：\r\n\r\n"
    f"发件人：{mailbox.CUSTOMER[1]}\r\n主题：{SUBJECT}\r\n"
)

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        id="healthy-inbox",
        title=N_("It arrived after all"),
        story=N_("The offer came this morning and lies unread between other mail."),
        arrivals=(Arrival(folder=mailbox.INBOX, days=0.1, subject=SUBJECT),),
        verdict="IN_INBOX",
        owner=Owner.YOU,
    ),
    Scenario(
        id="junk",
        title=N_("Taken for spam"),
        story=N_("The provider's filter put two offers of the customer into the spam folder."),
        arrivals=(
            Arrival(folder=mailbox.JUNK, days=0.3, subject=SUBJECT, spam=True),
            Arrival(folder=mailbox.JUNK, days=1.2, subject="Re: Anfrage 2026-117", spam=True),
        ),
        verdict="FOUND_IN_JUNK",
        owner=Owner.YOU,
    ),
    Scenario(
        id="filed-by-rule",
        title=N_("Filed by a rule"),
        story=N_("A rule that nobody remembers files this customer's mail into a folder."),
        arrivals=(
            Arrival(folder=mailbox.GERMANY, days=0.4, subject=SUBJECT),
            Arrival(folder=mailbox.GERMANY, days=3.1, subject="Re: Anfrage 2026-117"),
            Arrival(folder=mailbox.GERMANY, days=6.5, subject="Terminvorschlag"),
        ),
        verdict="FOUND_IN_FOLDER",
        owner=Owner.YOU,
    ),
    Scenario(
        id="trash",
        title=N_("Deleted by mistake"),
        story=N_("One wrong key, and the offer went to the deleted mail."),
        arrivals=(Arrival(folder=mailbox.TRASH, days=0.6, subject=SUBJECT, seen=True),),
        verdict="FOUND_IN_TRASH",
        owner=Owner.YOU,
    ),
    Scenario(
        id="hidden-by-intruder",
        title=N_("Hidden by somebody else's rule"),
        story=N_("A stranger has the password, and a rule of theirs hides mail about payments."),
        arrivals=(
            Arrival(folder=_FEEDS, days=0.5, subject=SUBJECT, seen=True),
            *(
                Arrival(
                    folder=_FEEDS,
                    days=1.0 + number,
                    subject=subject,
                    seen=True,
                    sender=(name, address),
                )
                for number, (name, address, subject) in enumerate(_HIDDEN)
            ),
        ),
        verdict="HIDDEN_BY_RULE_SECURITY",
        owner=Owner.MAIL_ADMIN,
    ),
    Scenario(
        id="quarantined",
        title=N_("Held back by the company's filter"),
        story=N_(
            "The company's filter holds the offer back, and a notice about it was overlooked."
        ),
        arrivals=(
            Arrival(
                folder=mailbox.INBOX,
                days=0.7,
                subject="邮件隔离通知",
                sender=("邮件安全网关", f"quarantine@{hosts.COMPANY}"),
                text=_DIGEST,
            ),
        ),
        verdict="PROBABLY_QUARANTINED",
        owner=Owner.MAIL_ADMIN,
    ),
    Scenario(
        id="mailbox-full",
        title=N_("No room left"),
        story=N_("The mailbox is full: it keeps its old mail and takes no new mail."),
        faults=Faults(full=100, recipient_reply="552 5.2.2 Mailbox full"),
        silent_days=3,
        years=6,
        verdict="MAILBOX_FULL",
        owner=Owner.YOU,
    ),
    Scenario(
        id="wrong-password",
        title=N_("The password is refused"),
        story=N_("The password was changed last week; the one that is typed is the old one."),
        password="Demo-pass-117",
        verdict="AUTH_REJECTED",
        owner=Owner.YOU,
    ),
    Scenario(
        id="imap-off",
        title=N_("Mail programs are not allowed"),
        story=N_("The account is new, and mail programs have not been allowed for it yet."),
        faults=Faults(
            login_refusal="LOGIN rejected: IMAP service is disabled for this account",
        ),
        verdict="IMAP_DISABLED",
        owner=Owner.YOU,
    ),
    Scenario(
        id="no-password",
        title=N_("Without a password"),
        story=N_("Nobody gives a password: the person looks in webmail and tells what is there."),
        password=None,
        answers={"webmail-junk": "yes"},
        verdict="FOUND_IN_JUNK",
        owner=Owner.YOU,
    ),
    Scenario(
        id="gateway-down",
        title=N_("The router does not answer"),
        story=N_("The cable is in, but the office's router has stopped working."),
        faults=Faults(line="cut"),
        verdict="GATEWAY_DOWN",
        owner=Owner.IT,
    ),
    Scenario(
        id="flaky-line",
        title=N_("The line comes and goes"),
        story=N_(
            "The office's router drops out for some seconds, again and again: watch the line."
        ),
        faults=Faults(line="flaky"),
        arrivals=(Arrival(folder=mailbox.INBOX, days=0.1, subject=SUBJECT),),
        verdict="IN_INBOX",
        owner=Owner.YOU,
    ),
    Scenario(
        id="dns-down",
        title=N_("The office's name service is silent"),
        story=N_("Names are no longer found in this office, while the line itself works."),
        faults=Faults(resolver="silent"),
        verdict="LOCAL_DNS_DOWN",
        owner=Owner.IT,
    ),
    Scenario(
        id="captive-portal",
        title=N_("A Wi-Fi sign-in page is in the way"),
        story=N_("The hotel's Wi-Fi lets nothing through before its page has been accepted."),
        faults=Faults(line="portal"),
        verdict="CAPTIVE_PORTAL",
        owner=Owner.YOU,
    ),
    Scenario(
        id="port-993-blocked",
        title=N_("The firewall blocks mail programs"),
        story=N_("The office's firewall lets the web through, but not the way to mailboxes."),
        faults=Faults(blocked_ports=(993,)),
        verdict="PORT_BLOCKED_LOCALLY",
        owner=Owner.IT,
    ),
    Scenario(
        id="tls-intercepted",
        title=N_("Something reads along"),
        story=N_("A security device in the office opens every encrypted connection."),
        faults=Faults(certificate="intercepted"),
        verdict="TLS_INTERCEPTED",
        owner=Owner.IT,
    ),
    Scenario(
        id="imap-down",
        title=N_("The provider's mail server is down"),
        story=N_("Webmail opens, other providers answer, only this mail server does not."),
        faults=Faults(imap="refused"),
        verdict="IMAP_SERVICE_DOWN",
        owner=Owner.PROVIDER,
    ),
    Scenario(
        id="imap-stalled",
        title=N_("The provider's mail server is stuck"),
        story=N_("The mail server takes the connection and then says nothing."),
        faults=Faults(imap="silent"),
        verdict="IMAP_STALLED",
        owner=Owner.PROVIDER,
    ),
    Scenario(
        id="certificate-expired",
        title=N_("The mail server's certificate has run out"),
        story=N_("The provider forgot to renew the certificate three days ago."),
        faults=Faults(certificate="expired"),
        verdict="IMAP_CERT_EXPIRED",
        owner=Owner.PROVIDER,
    ),
    Scenario(
        id="mx-wrong",
        title=N_("Mail goes to the former provider"),
        story=N_("The company has moved, but its domain still sends mail to the old provider."),
        faults=Faults(mx=(_FORMER,)),
        silent_days=6,
        verdict="MX_OLD_PROVIDER",
        owner=Owner.DNS_ADMIN,
    ),
    Scenario(
        id="mx-mixed",
        title=N_("Mail goes to two providers"),
        story=N_("The old record was left beside the new ones: part of the mail goes astray."),
        faults=Faults(mx=(f"5 {hosts.MX[0]}.", _FORMER, f"10 {hosts.MX[1]}.")),
        verdict="MX_MIXED",
        owner=Owner.DNS_ADMIN,
    ),
    Scenario(
        id="mx-missing",
        title=N_("The domain has no mail record"),
        story=N_("After a clean-up of the domain's records the one for mail is gone."),
        faults=Faults(mx=()),
        silent_days=4,
        verdict="MX_MISSING",
        owner=Owner.DNS_ADMIN,
    ),
    Scenario(
        id="domain-expired",
        title=N_("The company's domain was not paid for"),
        story=N_("The registration ended 36 days ago, and the domain has left the internet."),
        faults=Faults(registered_days=-36),
        silent_days=5,
        verdict="DOMAIN_EXPIRED",
        owner=Owner.DNS_ADMIN,
    ),
    Scenario(
        id="bounce-spf",
        title=N_("The customer's own rules forbid their server"),
        story=N_("The customer sends through a new service that their domain does not name."),
        bounce=bounces.SPF,
        resent=Arrival(folder=mailbox.JUNK, days=0, subject=SUBJECT, spam=True),
        verdict="SENDER_SPF",
        owner=Owner.SENDER_IT,
    ),
    Scenario(
        id="bounce-block-list",
        title=N_("The customer's server is on a block list"),
        story=N_("The customer's server has been reported for spam, and their mail comes back."),
        faults=Faults(listed=(hosts.HOSTS[hosts.CUSTOMER_MX],)),
        bounce=bounces.BLOCK_LIST,
        verdict="SENDER_BLOCKLISTED",
        owner=Owner.SENDER_IT,
    ),
    Scenario(
        id="bounce-wrong-address",
        title=N_("One letter wrong in the address"),
        story=N_("The customer wrote to lim@ instead of lin@, and got the mail back."),
        bounce=bounces.WRONG_ADDRESS,
        verdict="WRONG_ADDRESS",
        owner=Owner.SENDER,
    ),
    Scenario(
        id="bounce-too-large",
        title=N_("The mail was too large"),
        story=N_("The customer sent plans of 80 MB, and got the mail back."),
        bounce=bounces.TOO_LARGE,
        verdict="TOO_LARGE",
        owner=Owner.SENDER,
    ),
    Scenario(
        id="never-sent",
        title=N_("It never came"),
        story=N_("Everything on this side is in order, and the mail is in no folder."),
        resent=Arrival(folder=mailbox.INBOX, days=0, subject=SUBJECT),
        verdict="NEVER_REACHED_US",
        owner=Owner.SENDER,
    ),
)

BY_ID = {scenario.id: scenario for scenario in SCENARIOS}
