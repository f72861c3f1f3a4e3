"""The words of servers that know no encryption which both sides accept."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_actions import CHECK_AGAIN, PORT_993, WEBMAIL

TEXTS: dict[str, FindingText] = {
    "IMAP_TLS_OLD:offers": FindingText(
        headline=N_("The mail server only knows an encryption that is no longer safe."),
        meaning=N_(
            "It and your computer found no common way to encrypt, so nothing was sent. Your mail "
            "is safe."
        ),
        actions=(
            WEBMAIL,
            N_(
                'Tell the provider ({support}): "{host} ({address}) port {port} offers {offers} at '
                'most, which current systems no longer accept."'
            ),
        ),
    ),
    "IMAP_TLS_OLD:certificate": FindingText(
        headline=N_("The mail server's certificate is made in a way that is no longer safe."),
        meaning=N_(
            "A certificate is a server's identity card, and this one could be forged. Your mail "
            "program rightly refuses. Your mail is safe, and your password was not sent."
        ),
        actions=(
            WEBMAIL,
            N_(
                'Tell the provider ({support}): "The certificate of {host} ({address}) port {port} '
                'or of its issuer has a key or signature that current systems no longer accept."'
            ),
        ),
    ),
    "IMAP_NO_STARTTLS": FindingText(
        headline=N_("On port {port} the mail server offers no encryption."),
        meaning=N_(
            "Your password could be read on the way there, so it was not sent. The usual door for "
            "mail programs, port 993, is encrypted from the start. Your mail is safe."
        ),
        actions=(
            PORT_993,
            CHECK_AGAIN,
            WEBMAIL,
            N_(
                'Port 993 does not work either? Tell the provider ({support}): "{host} ({address}) '
                'port {port} does not offer STARTTLS."'
            ),
        ),
    ),
    "IMAP_NO_STARTTLS:tampered": FindingText(
        headline=N_("Something interferes with the start of the encryption on port {port}."),
        meaning=N_(
            "More was said in plain text than a mail server may say there, so nothing was sent. "
            "The usual door for mail programs, port 993, is encrypted from the start. Your mail is "
            "safe."
        ),
        actions=(
            PORT_993,
            CHECK_AGAIN,
            WEBMAIL,
            N_(
                'Read this to your IT: "At {host} ({address}) port {port}, plain text follows the '
                'answer to STARTTLS. Does something in our network change it?"'
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
            WEBMAIL,
            N_(
                'Tell the provider ({support}): "{host} ({address}) port {port} offers no TLS '
                'version or cipher that current systems accept."'
            ),
        ),
    ),
}
