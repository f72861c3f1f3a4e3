"""The words of the name service, and of where it leads."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_actions import CHECK_AGAIN, MEANWHILE, ROUTER, WEBMAIL

_NO_CLICK = N_("Do not click through warnings about certificates.")
_VPN = N_("Switch the company VPN off, or on if it was off, and wait half a minute.")

TEXTS: dict[str, FindingText] = {
    "LOCAL_DNS_DOWN": FindingText(
        headline=N_("Your office's name service does not answer."),
        meaning=N_(
            "It works like a phone book: without it your mail program cannot find the mail server. "
            "The internet itself works. Your mail is safe: it waits at the provider."
        ),
        actions=(
            ROUTER,
            CHECK_AGAIN,
            MEANWHILE,
            N_(
                'Still the same? Read this to your IT: "The name server {resolver}, port 53, gives '
                'no usable answer; {other} does."'
            ),
        ),
    ),
    "LOCAL_DNS_DOWN:one": FindingText(
        headline=N_("One of your office's name servers does not answer."),
        meaning=N_(
            "The other one still does, so things work, but slowly and not every time. Mail is not "
            "lost by this."
        ),
        actions=(
            N_(
                'Read this to your IT: "The name server {resolver}, port 53, gives no usable '
                'answer; the other configured one does."'
            ),
        ),
    ),
    "LOCAL_DNS_DOWN:none": FindingText(
        headline=N_("Your computer has no name service."),
        meaning=N_(
            "It works like a phone book: without it your mail program cannot find the mail server. "
            "Your mail is safe: it waits at the provider."
        ),
        actions=(
            N_("Switch Wi-Fi off and on again, or pull the network cable and put it back."),
            CHECK_AGAIN,
            N_(
                'Still the same? Read this to your IT: "No name server is configured on this '
                'computer, and look-ups fail; connections by address work."'
            ),
        ),
    ),
    "LOCAL_DNS_DOWN:host": FindingText(
        headline=N_("Your office's name service cannot find your mail server."),
        meaning=N_(
            "It works like a phone book. It finds other names, but gives up on {host}, which "
            "others find at once and which works. Your mail is safe: it waits there."
        ),
        actions=(
            N_("Restart the computer, wait 5 minutes: such a hiccup often passes by itself."),
            CHECK_AGAIN,
            MEANWHILE,
            N_(
                'Still the same? Read this to your IT: "The name server {resolver} gives no usable '
                "answer for {host}, while it answers for other names; public name servers answer "
                '{right}, and port 993 works there."'
            ),
        ),
    ),
    "DNS_HIJACKED:one": FindingText(
        headline=N_("One of your office's name servers leads to a stranger."),
        meaning=N_(
            "Asked for {host}, it gives {address}, where somebody else answers. Your computer uses "
            "another name server now, so mail works, but that may change. Your mail is safe."
        ),
        actions=(
            _NO_CLICK,
            N_(
                'Read this to your IT: "Name server {resolver} answers {address} for {host}; '
                "public name servers answer {right}. The server at {address} is not {host}. Please "
                'correct that name server."'
            ),
        ),
    ),
    "DNS_HIJACKED": FindingText(
        headline=N_("Your network sends you to the wrong place instead of your mail server."),
        meaning=N_(
            "Asked for {host}, your network's name service gives {address}. That is not your mail "
            "server: others name {right}. Your mail is safe, but do not type your password while "
            "this lasts."
        ),
        actions=(
            N_("Do not click through warnings about certificates, and change no mail settings."),
            MEANWHILE,
            N_(
                'Read this to your IT: "Name server {resolver} answers {address} for {host}; '
                "public name servers answer {right}. The server at {address} is not {host}. Please "
                'correct the name server, or use 223.5.5.5."'
            ),
            CHECK_AGAIN,
        ),
    ),
    "DNS_HIJACKED:hidden": FindingText(
        headline=N_("Your network says that your mail server does not exist. It does."),
        meaning=N_(
            "Your network's name service denies the name {host}; others know it, and the server "
            "works. Your mail is safe: it waits there."
        ),
        actions=(
            MEANWHILE,
            N_(
                'Read this to your IT: "Name server {resolver} answers {said} for {host}; public '
                'name servers answer {right}, and that works. Is the name blocked?"'
            ),
            CHECK_AGAIN,
        ),
    ),
    "DNS_HIJACKED:invents": FindingText(
        headline=N_("Your network's name service invents answers."),
        meaning=N_(
            "It gives addresses that cannot be true, also for names that nobody has. Programs may "
            "be led to the wrong place. Your mail is safe."
        ),
        actions=(
            _NO_CLICK,
            N_(
                'Read this to your IT: "Name server {resolver} invents answers: it gave {address} '
                'where that cannot be true."'
            ),
        ),
    ),
    "LOCAL_OVERRIDE": FindingText(
        headline=N_("A setting on this computer leads to an old address of your mail server."),
        meaning=N_(
            "A line in this computer's hosts file says that {host} is at {address}. The name "
            "servers say {right}. Your mail is safe; only this computer looks in the wrong place."
        ),
        actions=(
            WEBMAIL,
            N_(
                'Read this to your IT: "The hosts file of this computer gives {address} for '
                '{host}; the name servers give {right}. Please remove the line."'
            ),
            CHECK_AGAIN,
        ),
    ),
    "LOCAL_OVERRIDE:cache": FindingText(
        headline=N_("This computer remembers a wrong address of your mail server."),
        meaning=N_(
            "It uses {address} for {host}, though every name server says {right}. Your mail is "
            "safe; only this computer looks in the wrong place."
        ),
        actions=(
            N_("Restart the computer: that empties what it remembers."),
            CHECK_AGAIN,
            N_(
                'Still the same? Read this to your IT: "The system resolves {host} to {address}, '
                'every name server to {right}: a stale cache or a local override."'
            ),
        ),
    ),
    "LOCAL_OVERRIDE:alone": FindingText(
        headline=N_("A setting on this computer leads to a place where no mail server answers."),
        meaning=N_(
            "A line in this computer's hosts file says that {host} is at {address}, and nothing "
            "answers there. Perhaps the server has moved since. Your mail is safe."
        ),
        actions=(
            WEBMAIL,
            N_(
                'Read this to your IT: "The hosts file of this computer gives {address} for '
                '{host}; nothing answers there. Is that line still needed?"'
            ),
            CHECK_AGAIN,
        ),
    ),
    "VPN_SPLIT_DNS:inside": FindingText(
        headline=N_("Your computer looks for the mail server inside a network it is not in."),
        meaning=N_(
            "It is told the internal address {address} for {host}, which cannot be reached from "
            "here. That happens where the company VPN is off, or only half on. Your mail is safe."
        ),
        actions=(
            _VPN,
            CHECK_AGAIN,
            N_(
                'Still the same? Read this to your IT: "{host} resolves to the internal address '
                '{address} here, which does not answer. Is the VPN or the server inside down?"'
            ),
        ),
    ),
    "VPN_SPLIT_DNS": FindingText(
        headline=N_("Your computer looks for the mail server inside a network it is not in."),
        meaning=N_(
            "It is told the internal address {address} for {host}, which cannot be reached from "
            "here. That happens with a company VPN that is half on. Your mail is safe."
        ),
        actions=(
            _VPN,
            CHECK_AGAIN,
            N_(
                'Still the same? Read this to your IT: "{host} resolves to the internal address '
                '{address} here, which is unreachable; public name servers give {right}."'
            ),
        ),
    ),
}
