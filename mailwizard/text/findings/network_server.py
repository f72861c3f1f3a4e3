"""The words of the mail server's door."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_actions import CHECK_AGAIN, PORT_993, STATUS, WEBMAIL

_WAIT = N_("Wait 15 minutes.")
_UNTIL_THEN = (
    N_("Try webmail: {webmail}. It often works when this service does not."),
    STATUS,
    _WAIT,
    CHECK_AGAIN,
)
_OTHER_DEVICES = N_(
    "Close mail programs on other devices for a moment: each holds connections open."
)
_WAIT_A_LITTLE = N_("Wait 10 minutes.")

TEXTS: dict[str, FindingText] = {
    "PROVIDER_UNREACHABLE": FindingText(
        headline=N_("Your mail provider cannot be reached, everything else can."),
        meaning=N_(
            "None of the provider's servers answers, while other mail servers and websites do. "
            "Your mail waits there, and senders try again for some days."
        ),
        actions=(
            STATUS,
            N_("Try {webmail} on your phone with mobile data: if it opens, tell your IT."),
            _WAIT,
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
            *_UNTIL_THEN,
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
            *_UNTIL_THEN,
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
            *_UNTIL_THEN,
            N_(
                'Still the same? Tell the provider ({support}): "{host} ({address}) port {port} '
                "takes the connection and closes it; other providers' port {port} works.\""
            ),
        ),
    ),
    "IMAP_SERVICE_DOWN:nonsense": FindingText(
        headline=N_("The mail server answers, but your computer can make no sense of it."),
        meaning=N_(
            "No encrypted line came about, so nothing was sent. Other mail servers work from here, "
            "so your network is probably in order. Your mail is safe and waits at the provider."
        ),
        actions=(
            *_UNTIL_THEN,
            N_(
                'Still the same? Tell the provider ({support}): "At {host} ({address}) port {port} '
                "the TLS handshake breaks off; other providers' port 993 works.\""
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
            *_UNTIL_THEN,
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
            _OTHER_DEVICES,
            _WAIT_A_LITTLE,
            CHECK_AGAIN,
            N_(
                'Still the same after an hour? Tell the provider ({support}): "Your mail server '
                'lets nobody in from here; it says: {said}"'
            ),
        ),
    ),
    "IMAP_BUSY:silent": FindingText(
        headline=N_("The mail server broke off while we signed in."),
        meaning=N_(
            "It took our connection and then stopped answering, as servers do that are very busy. "
            "That passes by itself. Your mail is safe and waits there."
        ),
        actions=(
            _OTHER_DEVICES,
            _WAIT_A_LITTLE,
            CHECK_AGAIN,
            N_(
                'Still the same after an hour? Tell the provider ({support}): "{host} port {port} '
                'greets us and then breaks off while we sign in ({said})."'
            ),
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
            WEBMAIL,
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
            WEBMAIL,
            N_(
                'Read this to your mail administrator: "{host} does not exist in the DNS. What is '
                'our IMAP server called?"'
            ),
        ),
    ),
    "IMAP_HOST_WRONG:typo": FindingText(
        headline=N_("There is no mail server of that name: {host}."),
        meaning=N_(
            "No name server knows it. It is probably misspelt: there is one called {suggested}. "
            "Your mail is safe."
        ),
        actions=(
            N_("Write {suggested} in your mail program's settings, if that is your provider's."),
            WEBMAIL,
            N_(
                'Read this to your mail administrator: "{host} does not exist in the DNS. What is '
                'our IMAP server called?"'
            ),
        ),
    ),
    "IMAP_HOST_WRONG:records": FindingText(
        headline=N_("There is no mail server of that name: {host}."),
        meaning=N_(
            "No name server knows it. Your company's domain names another one: {suggested}. "
            "Your mail is safe."
        ),
        actions=(
            N_("Write {suggested} in your mail program's settings instead."),
            WEBMAIL,
            N_(
                'Read this to your mail administrator: "{host} does not exist in the DNS. Is our '
                'IMAP server {suggested}?"'
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
            PORT_993,
            N_(
                'It is set so already? Tell your IT: "{host} ({address}) port {port} answers '
                'without TLS; is something in between?"'
            ),
            CHECK_AGAIN,
        ),
    ),
    "IMAP_PORT_SECURITY_MISMATCH:closed": FindingText(
        headline=N_("Port {port} of the mail server is closed; mail programs usually use 993."),
        meaning=N_(
            "Your settings name port {port} at {host}, and nothing answers there. Other mail "
            "servers can be reached from here on port 993. Your mail is safe."
        ),
        actions=(
            PORT_993,
            CHECK_AGAIN,
            WEBMAIL,
            N_(
                'Read this to your mail administrator: "{host} ({address}) port {port} gives no '
                'answer. Which port is right for our IMAP server?"'
            ),
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
}
