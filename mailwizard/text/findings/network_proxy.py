"""The words of a proxy that everything must go through."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_actions import CHECK_AGAIN, HOTSPOT, MEANWHILE

_WEBMAIL = N_("Open webmail in your browser for now: {webmail}.")

TEXTS: dict[str, FindingText] = {
    "PROXY_REQUIRED": FindingText(
        headline=N_("Your office lets programs out only through its own gate (a proxy)."),
        meaning=N_(
            "This computer is set up to use {proxy}; direct connections go nowhere. A mail program "
            "that does not know the proxy cannot reach the mailbox. Your mail is safe."
        ),
        actions=(
            _WEBMAIL,
            N_(
                'Read this to your IT: "Direct connections to ports 443 and 993 go nowhere from '
                "this computer, and {proxy} is set as proxy. Please allow {provider} on port 993, "
                'or tell me how mail programs get out."'
            ),
        ),
    ),
    "PROXY_REQUIRED:open": FindingText(
        headline=N_("Your mail program must be told to use your office's gate (a proxy)."),
        meaning=N_(
            "Direct connections go nowhere, but through {proxy} the mail server {host} can be "
            "reached. Your mail is safe."
        ),
        actions=(
            N_("In your mail program's network settings choose the system's proxy, or {proxy}."),
            _WEBMAIL,
            N_(
                'Read this to your IT: "Direct connections go nowhere from this computer; the '
                "proxy {proxy} lets CONNECT {host}:{port} through. How is my mail program set up "
                'to use it?"'
            ),
        ),
    ),
    "PROXY_REQUIRED:sign-in": FindingText(
        headline=N_("Your office's gate to the internet (a proxy) wants you to sign in."),
        meaning=N_(
            "Direct connections go nowhere, and the proxy {proxy} lets nothing through without "
            "your office sign-in. Your mail is safe."
        ),
        actions=(
            N_("Open a browser: it may ask for your computer's user name and password."),
            N_("Never type your mail password there."),
            CHECK_AGAIN,
            N_(
                'Read this to your IT: "The proxy {proxy} answers CONNECT to port 443 and to '
                '{host}:{port} with 407 (sign-in needed). How do mail programs get through it?"'
            ),
        ),
    ),
    "PROXY_REQUIRED:dead": FindingText(
        headline=N_("The gate that your computer is set to use (a proxy) does not answer."),
        meaning=N_(
            "Direct connections go nowhere either, so nothing outside can be reached or checked "
            "now. Your mail is safe: it waits at the provider."
        ),
        actions=(
            N_("Ask a colleague whether their internet works."),
            N_("If {proxy} is a program on this computer, such as a VPN's, start it again."),
            CHECK_AGAIN,
            MEANWHILE,
            N_(
                'Read this to your IT: "The proxy {proxy} that this computer is set to use gives '
                'no answer, and direct connections go nowhere."'
            ),
        ),
    ),
    "PROXY_REQUIRED:pac": FindingText(
        headline=N_("Your office probably lets programs out only through its own gate (a proxy)."),
        meaning=N_(
            "Direct connections go nowhere, and this computer is told by {proxy} which gate to "
            "use. A mail program that does not know it cannot reach the mailbox. Your mail is safe."
        ),
        actions=(
            _WEBMAIL,
            N_(
                'Read this to your IT: "Direct connections to ports 443 and 993 go nowhere from '
                "this computer; its proxy settings come from the PAC file {proxy}. How do mail "
                'programs get out?"'
            ),
        ),
    ),
    "PROXY_REFUSES_MAIL": FindingText(
        headline=N_("Your office's gate to the internet (a proxy) turns mail programs away."),
        meaning=N_(
            "Websites get through {proxy}, the mail server does not: the proxy answers {status}. "
            "The reason is here, not at your provider. Your mail is safe."
        ),
        actions=(
            N_("Open webmail for now, it uses another way: {webmail}."),
            HOTSPOT,
            N_(
                'Read this to your IT: "The proxy {proxy} answers CONNECT {host}:{port} with '
                "{status}, and CONNECT {web}:443 with 200; direct connections go nowhere. "
                'Please allow port {port} to {host}."'
            ),
        ),
    ),
    "PROXY_REFUSES_MAIL:sign-in": FindingText(
        headline=N_("Your office's gate (a proxy) lets mail programs through only signed in."),
        meaning=N_(
            "Websites get through {proxy}; for the mail server it wants an office sign-in (407). "
            "The reason is here, not your mail password. Your mail is safe."
        ),
        actions=(
            N_("Open webmail for now, it uses another way: {webmail}."),
            N_("Never type your mail password when the proxy asks for one."),
            N_(
                'Read this to your IT: "The proxy {proxy} answers CONNECT {host}:{port} with 407, '
                "and CONNECT {web}:443 with 200; direct connections go nowhere. Please allow port "
                '{port} to {host}, or tell me how mail programs sign in there."'
            ),
        ),
    ),
}
