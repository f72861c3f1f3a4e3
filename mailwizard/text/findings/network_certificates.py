"""The words of the mail server's certificates."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_actions import CHECK_AGAIN, STATUS, WEBMAIL

_NO_CLICK = N_("Do not click through the warning; wait until it is renewed.")
_NO_CLICK_HERE = N_("Do not click through the warning in your mail program.")
_COMPARE = N_("Compare the server's name in your mail program with the provider's instructions.")

TEXTS: dict[str, FindingText] = {
    "IMAP_CERT_EXPIRED": FindingText(
        headline=N_("The mail server's certificate ran out on {expired_on}."),
        meaning=N_(
            "A certificate is a server's identity card; this one was not renewed in time, so your "
            "mail program rightly refuses. Your computer's clock is right. Your mail is safe."
        ),
        actions=(
            _NO_CLICK,
            WEBMAIL,
            STATUS,
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
            WEBMAIL,
            N_(
                'Tell the provider ({support}): "The certificate at {host} ({address}) port {port} '
                'is valid only from {valid_from}."'
            ),
        ),
    ),
    "IMAP_CERT_EXPIRED:issuer": FindingText(
        headline=N_("The mail server's certificate rests on one that ran out on {expired_on}."),
        meaning=N_(
            "A certificate is a server's identity card. The card itself is still good, but that of "
            "its issuer ({authority}) is not, so your mail program rightly refuses. Your mail is "
            "safe, and your password was not sent."
        ),
        actions=(
            _NO_CLICK,
            WEBMAIL,
            STATUS,
            N_(
                'Tell the provider ({support}): "{host} ({address}) port {port} sends the '
                'certificate of {authority}, good from {valid_from} until {expired_on} only."'
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
            _NO_CLICK,
            WEBMAIL,
            STATUS,
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
            _COMPARE,
            WEBMAIL,
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
            _COMPARE,
            WEBMAIL,
            N_(
                'Tell the provider ({support}): "{host} ({address}) port {port} presents a '
                'certificate for {names}."'
            ),
        ),
    ),
    "IMAP_CERT_NAME:suggested": FindingText(
        headline=N_("The mail server is called {suggested}, not {host}."),
        meaning=N_(
            "You ask for {host}, its certificate (a server's identity card) says {names}. Your "
            "mail program rightly refuses. Your mail is safe, and your password was not sent."
        ),
        actions=(
            N_("In your mail program, change the server's name from {host} to {suggested}."),
            CHECK_AGAIN,
            WEBMAIL,
            N_(
                'Still the same? Tell the provider ({support}): "{host} ({address}) port {port} '
                'presents a certificate for {names}."'
            ),
        ),
    ),
    "IMAP_CERT_NAME:asked": FindingText(
        headline=N_("The mail server shows a certificate that is made out to another name."),
        meaning=N_(
            "You ask for {host}, its certificate (a server's identity card) says {names}. Your "
            "mail program rightly refuses. Your mail is safe, and your password was not sent."
        ),
        actions=(
            N_(
                'Ask your mail administrator: "Is {suggested} the right name of our mail server? '
                "At {host} ({address}) port {port} a server answers that proves itself only under "
                'that name."'
            ),
            N_("Change nothing in your mail program before you have the answer."),
            WEBMAIL,
        ),
    ),
    "IMAP_CERT_UNTRUSTED:refused": FindingText(
        headline=N_("Your computer does not accept the mail server's certificate."),
        meaning=N_(
            "A certificate is a server's identity card. This one is not made for this use, or "
            "breaks its issuer's rules. Elsewhere all is in order, so it is this server. Your mail "
            "is safe, and your password was not sent."
        ),
        actions=(
            _NO_CLICK_HERE,
            WEBMAIL,
            N_(
                'Read this to your mail administrator: "{host} ({address}) port {port} presents a '
                "certificate of {issuer} that this computer refuses ({fault}); other servers are "
                'in order."'
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
            _NO_CLICK_HERE,
            WEBMAIL,
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
            _NO_CLICK_HERE,
            WEBMAIL,
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
            _NO_CLICK_HERE,
            WEBMAIL,
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
            WEBMAIL,
            N_(
                'Tell the provider ({support}): "{host} ({address}) port {port} sends its '
                'certificate without the intermediate of {issuer}."'
            ),
        ),
    ),
}
