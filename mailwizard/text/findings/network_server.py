"""The words of the network step's findings at the mail server."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_here import CHECK_AGAIN

_STATUS = N_("See whether the provider knows: {status_page} (any phone can open it).")
_WEBMAIL = N_("Try webmail in the meantime: {webmail}.")

TEXTS: dict[str, FindingText] = {
    "PROVIDER_UNREACHABLE": FindingText(
        headline=N_("Your mail provider cannot be reached, everything else can."),
        meaning=N_(
            "None of the provider's servers answers, while other mail servers and websites do. "
            "Your mail waits there, and senders try again for some days."
        ),
        actions=(
            _STATUS,
            N_("Try {webmail} on your phone with mobile data: if it opens, tell your IT."),
            N_("Wait 15 minutes."),
            CHECK_AGAIN,
            N_(
                'Still the same? Tell the provider ({support}): "{host} ({address}) port {port} '
                "and your web and sending servers give no answer; other providers' servers do.\""
            ),
        ),
    ),
    "IMAP_SERVICE_DOWN": FindingText(
        headline=N_("The provider's mail server is turning everybody away."),
        meaning=N_(
            "The computer there is on, but its mailbox service is not open. Other mail servers "
            "work from here, so your network is in order. Your mail is safe and waits there."
        ),
        actions=(
            N_("Try webmail: {webmail}. It often works when this service does not."),
            _STATUS,
            N_("Wait 15 minutes."),
            CHECK_AGAIN,
            N_(
                'Still the same? Tell the provider ({support}): "{host} ({address}) refuses port '
                "{port}; other providers' port {port} works from the same place.\""
            ),
        ),
    ),
    "IMAP_SERVICE_DOWN:silent": FindingText(
        headline=N_("The provider's mail server does not answer."),
        meaning=N_(
            "Other mail servers do, so your network is in order. Your mail is safe and waits at "
            "the provider."
        ),
        actions=(
            N_("Try webmail: {webmail}. It often works when this service does not."),
            _STATUS,
            N_("Wait 15 minutes."),
            CHECK_AGAIN,
            N_(
                'Still the same? Tell the provider ({support}): "{host} ({address}) port {port} '
                "gives no answer; other providers' port {port} works from the same place.\""
            ),
        ),
    ),
    "IMAP_SERVICE_DOWN:hangs-up": FindingText(
        headline=N_("The provider's mail server answers and hangs up at once."),
        meaning=N_(
            "Other mail servers work from here, so your network is in order. Your mail is safe and "
            "waits at the provider."
        ),
        actions=(
            N_("Try webmail: {webmail}. It often works when this service does not."),
            _STATUS,
            N_("Wait 15 minutes."),
            CHECK_AGAIN,
            N_(
                'Still the same? Tell the provider ({support}): "{host} ({address}) port {port} '
                "takes the connection and closes it; other providers' port {port} works.\""
            ),
        ),
    ),
    "IMAP_STALLED": FindingText(
        headline=N_("The provider's mail server picks up, but says nothing."),
        meaning=N_(
            "It takes the call and stays silent: it is overloaded or hangs. Other mail servers "
            "work from here, so your network is in order. Your mail is safe and waits there."
        ),
        actions=(
            N_("Try webmail: {webmail}. It often works when this service does not."),
            _STATUS,
            N_("Wait 15 minutes."),
            CHECK_AGAIN,
            N_(
                'Still the same? Tell the provider ({support}): "{host} ({address}) port {port} '
                "accepts the connection and then sends nothing; other providers' servers answer.\""
            ),
        ),
    ),
    "IMAP_BUSY": FindingText(
        headline=N_("The mail server is busy and asks you to come back later."),
        meaning=N_("It said: {said}. That passes by itself. Your mail is safe and waits there."),
        actions=(
            N_("Close mail programs on other devices for a moment: each holds connections open."),
            N_("Wait 10 minutes."),
            CHECK_AGAIN,
        ),
    ),
    "IMAP_HOST_WRONG": FindingText(
        headline=N_("There is no mail server of that name: {host}."),
        meaning=N_(
            "No name server knows it. It is probably misspelt, or an old name that is no longer "
            "used. Your mail is safe."
        ),
        actions=(
            N_("Compare the server's name in your mail program's settings with the provider's."),
            _WEBMAIL,
            N_(
                'Read this to your mail administrator: "{host} does not exist in the DNS. What is '
                'our IMAP server called?"'
            ),
        ),
    ),
    "IMAP_HOST_WRONG:suggested": FindingText(
        headline=N_("There is no mail server of that name: {host}."),
        meaning=N_(
            "No name server knows it. It is probably misspelt, or an old name that is no longer "
            "used. Your mail is safe."
        ),
        actions=(
            N_("Compare the server's name in your mail program's settings with the provider's."),
            N_("Usual for {provider}: {suggested}."),
            _WEBMAIL,
            N_(
                'Read this to your mail administrator: "{host} does not exist in the DNS. What is '
                'our IMAP server called?"'
            ),
        ),
    ),
    "IMAP_PORT_SECURITY_MISMATCH": FindingText(
        headline=N_("The mail server does not speak the encryption your settings expect."),
        meaning=N_(
            "At {host}, port {port}, an unencrypted service answers. Nothing secret was sent to "
            "it. Your mail is safe."
        ),
        actions=(
            N_("In your mail program, set the port to 993 and the security to SSL/TLS."),
            N_(
                'It is set so already? Tell your IT: "{host} ({address}) port {port} answers '
                'without TLS; is something in between?"'
            ),
            CHECK_AGAIN,
        ),
    ),
    "IMAP_PORT_SECURITY_MISMATCH:other-service": FindingText(
        headline=N_("Something answers at the mail server's place, but it is no mail server."),
        meaning=N_(
            "At {host}, port {port}, the greeting was: {said}. Port or server name do not fit. "
            "Your mail is safe."
        ),
        actions=(
            N_("In your mail program, compare server name and port (usually 993, SSL/TLS)."),
            N_(
                'Read this to your mail administrator: "{host} port {port} does not greet as an '
                'IMAP server."'
            ),
        ),
    ),
    "IMAP_CERT_EXPIRED": FindingText(
        headline=N_("The mail server's certificate ran out on {expired_on}."),
        meaning=N_(
            "A certificate is a server's identity card; this one was not renewed in time, so your "
            "mail program rightly refuses. Your computer's clock is right. Your mail is safe."
        ),
        actions=(
            N_("Do not click through the warning; wait until it is renewed."),
            _WEBMAIL,
            _STATUS,
            N_(
                'Tell the provider ({support}): "The certificate at {host} ({address}) port {port} '
                'expired on {expired_on}."'
            ),
        ),
    ),
    "IMAP_CERT_EXPIRED:early": FindingText(
        headline=N_("The mail server's certificate is only good from {valid_from} on."),
        meaning=N_(
            "A certificate is a server's identity card; this one was put in place too early, so "
            "your mail program rightly refuses. Your mail is safe."
        ),
        actions=(
            _WEBMAIL,
            N_(
                'Tell the provider ({support}): "The certificate at {host} ({address}) port {port} '
                'is valid only from {valid_from}."'
            ),
        ),
    ),
    "IMAP_CERT_EXPIRED:unread": FindingText(
        headline=N_("The mail server's certificate has run out."),
        meaning=N_(
            "A certificate is a server's identity card; this one was not renewed in time, so your "
            "mail program rightly refuses. Your computer's clock is right. Your mail is safe."
        ),
        actions=(
            N_("Do not click through the warning; wait until it is renewed."),
            _WEBMAIL,
            _STATUS,
            N_(
                'Tell the provider ({support}): "The certificate at {host} ({address}) port {port} '
                'is outside its dates."'
            ),
        ),
    ),
    "IMAP_CERT_NAME:unread": FindingText(
        headline=N_("The mail server shows a certificate that is made out to another name."),
        meaning=N_(
            "A certificate is a server's identity card, and this one is not for {host}. Your mail "
            "program rightly refuses. Your mail is safe, and your password was not sent."
        ),
        actions=(
            N_("Compare the server's name in your mail program with the provider's instructions."),
            _WEBMAIL,
            N_(
                'Tell the provider ({support}): "{host} ({address}) port {port} presents a '
                'certificate for another name."'
            ),
        ),
    ),
    "IMAP_CERT_NAME": FindingText(
        headline=N_("The mail server shows a certificate that is made out to another name."),
        meaning=N_(
            "You ask for {host}, its certificate (a server's identity card) says {names}. Your "
            "mail program rightly refuses. Your mail is safe, and your password was not sent."
        ),
        actions=(
            N_("Compare the server's name in your mail program with the provider's instructions."),
            _WEBMAIL,
            N_(
                'Tell the provider ({support}): "{host} ({address}) port {port} presents a '
                'certificate for {names}."'
            ),
        ),
    ),
    "IMAP_CERT_UNTRUSTED": FindingText(
        headline=N_("Nobody your computer trusts vouches for the mail server's certificate."),
        meaning=N_(
            "It was signed by {issuer}. Elsewhere all is in order, so it is this server. Your mail "
            "is safe, and your password was not sent."
        ),
        actions=(
            N_("Do not click through the warning in your mail program."),
            _WEBMAIL,
            N_(
                'Read this to your mail administrator: "{host} ({address}) port {port} presents a '
                "certificate of {issuer}, which this computer does not trust; other servers are in "
                'order."'
            ),
        ),
    ),
    "IMAP_CERT_UNTRUSTED:unread": FindingText(
        headline=N_("Nobody your computer trusts vouches for the mail server's certificate."),
        meaning=N_(
            "A certificate is a server's identity card. Elsewhere all is in order, so it is this "
            "server. Your mail is safe, and your password was not sent."
        ),
        actions=(
            N_("Do not click through the warning in your mail program."),
            _WEBMAIL,
            N_(
                'Read this to your mail administrator: "{host} ({address}) port {port} presents a '
                'certificate that this computer does not trust; other servers are in order."'
            ),
        ),
    ),
    "IMAP_CERT_UNTRUSTED:self-signed": FindingText(
        headline=N_("The mail server vouches for itself: its certificate is self-made."),
        meaning=N_(
            "A certificate is a server's identity card, and this one was not issued by anybody "
            "else. Your mail is safe, and your password was not sent."
        ),
        actions=(
            N_("Do not click through the warning in your mail program."),
            _WEBMAIL,
            N_(
                'Read this to your mail administrator: "{host} ({address}) port {port} presents a '
                'self-signed certificate; other servers are in order."'
            ),
        ),
    ),
    "IMAP_CHAIN_INCOMPLETE": FindingText(
        headline=N_("The mail server shows only half of its certificate."),
        meaning=N_(
            "The part that links it to an authority your computer knows is missing; some programs "
            "accept that, others refuse. Your mail is safe, and your password was not sent."
        ),
        actions=(
            _WEBMAIL,
            N_(
                'Tell the provider ({support}): "{host} ({address}) port {port} sends its '
                'certificate without the intermediate of {issuer}."'
            ),
        ),
    ),
    "IMAP_TLS_OLD": FindingText(
        headline=N_("The mail server only knows an encryption that is no longer safe."),
        meaning=N_(
            "It and your computer found no common way to encrypt, so nothing was sent. Your mail "
            "is safe."
        ),
        actions=(
            _WEBMAIL,
            N_(
                'Tell the provider ({support}): "{host} ({address}) port {port} offers no TLS '
                'version or cipher that current systems accept."'
            ),
        ),
    ),
}
