"""The words of the network step's findings on this side: computer, router, line, names, clock."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText

_CHECK_AGAIN = N_("Then choose “Check again” here.")
_ROUTER = N_(
    "Restart the router, if you may: pull its plug, wait 30 seconds, put it back. After about "
    "3 minutes its lights for power and internet should be steady and green (not red, not "
    "blinking)."
)
_MEANWHILE = N_("In a hurry? Open {webmail} on your phone, with its own mobile data.")

TEXTS: dict[str, FindingText] = {
    "LOCAL_OFFLINE": FindingText(
        headline=N_("Your computer is not connected to any network."),
        meaning=N_(
            "Without a network your mail program cannot fetch anything. Your mail is safe: it "
            "waits at the provider."
        ),
        actions=(
            N_("Look at the plug of the network cable at both ends, or switch Wi-Fi on."),
            N_("Airplane mode must be off."),
            _CHECK_AGAIN,
            N_(
                'Still the same? Read this to your IT: "No network interface of this computer is '
                'up."'
            ),
        ),
    ),
    "LOCAL_OFFLINE:no-address": FindingText(
        headline=N_("Your computer is plugged in, but the network gave it no address."),
        meaning=N_(
            "Cable or Wi-Fi is there, yet the office network did not let this computer in. Your "
            "mail is safe: it waits at the provider."
        ),
        actions=(
            N_("Switch Wi-Fi off and on again, or pull the network cable and put it back."),
            _CHECK_AGAIN,
            N_(
                'Still the same? Read this to your IT: "The computer has only a self-given address '
                '(no answer from DHCP), and nothing outside answers."'
            ),
        ),
    ),
    "LOCAL_OFFLINE:no-route": FindingText(
        headline=N_("Your computer is in a network, but knows no way out of it."),
        meaning=N_(
            "The computer has an address, yet nobody told it which router leads to the internet. "
            "Your mail is safe: it waits at the provider."
        ),
        actions=(
            N_("Switch Wi-Fi off and on again, or pull the network cable and put it back."),
            N_("If you use a VPN, end it and connect it again."),
            _CHECK_AGAIN,
            N_(
                'Still the same? Read this to your IT: "The computer has an address but no default '
                'route, and nothing outside answers."'
            ),
        ),
    ),
    "GATEWAY_DOWN": FindingText(
        headline=N_("Your office's router does not answer."),
        meaning=N_(
            "Everything that leaves your office goes through the router ({address}), so nothing "
            "outside can be reached or checked now. Your mail is safe: it waits at the provider."
        ),
        actions=(
            N_("Ask a colleague whether their internet works. If it does, look at your own cable."),
            _ROUTER,
            _CHECK_AGAIN,
            _MEANWHILE,
            N_(
                'Still the same? Read this to your IT: "The gateway {address} answers neither ping '
                'nor ARP nor TCP, and nothing outside answers either."'
            ),
        ),
    ),
    "INTERNET_DOWN": FindingText(
        headline=N_("Your office's router answers, but the internet behind it does not."),
        meaning=N_(
            "Your computer and the router are in order; the line from your office to the internet "
            "is interrupted. Your mail is safe: it waits at the provider."
        ),
        actions=(
            N_("Ask a colleague whether their internet works."),
            _ROUTER,
            _CHECK_AGAIN,
            _MEANWHILE,
            N_(
                'Still the same? Read this to your IT: "The gateway {address} answers, nothing '
                "beyond it does: web, mail and name servers outside were all tried. Please call "
                'the internet provider."'
            ),
        ),
    ),
    "INTERNET_DOWN:router-unknown": FindingText(
        headline=N_("Nothing on the internet can be reached from your computer."),
        meaning=N_(
            "Whether the router or the line behind it is the reason could not be seen. Your mail "
            "is safe: it waits at the provider."
        ),
        actions=(
            N_("Ask a colleague whether their internet works."),
            _ROUTER,
            _CHECK_AGAIN,
            _MEANWHILE,
            N_(
                'Still the same? Read this to your IT: "Web, mail and name servers outside were '
                'tried, none could be reached; the gateway could not be checked."'
            ),
        ),
    ),
    "CAPTIVE_PORTAL": FindingText(
        headline=N_("This Wi-Fi wants you to sign in first."),
        meaning=N_(
            "Instead of the internet a sign-in page answers, as in hotels, cafés and guest "
            "networks. Until you have signed in, no mail can come through. Your mail is safe."
        ),
        actions=(
            N_("Open a browser and go to http://{host}/ : the sign-in page appears."),
            N_("Sign in there or accept the conditions. Never type your mail password there."),
            _CHECK_AGAIN,
            N_(
                'No page appears? Read this to whoever runs the Wi-Fi: "Plain web requests are '
                'answered by {page}, encrypted ones get no answer."'
            ),
        ),
    ),
    "PROXY_REQUIRED": FindingText(
        headline=N_("Your office lets programs out only through its own gate (a proxy)."),
        meaning=N_(
            "This computer is set up to use {proxy}; direct connections go nowhere. A mail program "
            "that does not know the proxy cannot reach the mailbox. Your mail is safe."
        ),
        actions=(
            N_("Open webmail in your browser for now: {webmail}."),
            N_(
                'Read this to your IT: "Direct connections to ports 443 and 993 go nowhere from '
                "this computer, and {proxy} is set as proxy. Please allow {provider} on port 993, "
                'or tell me how mail programs get out."'
            ),
        ),
    ),
    "LOCAL_DNS_DOWN": FindingText(
        headline=N_("Your office's name service does not answer."),
        meaning=N_(
            "It works like a phone book: without it your mail program cannot find the mail server. "
            "The internet itself works. Your mail is safe: it waits at the provider."
        ),
        actions=(
            _ROUTER,
            _CHECK_AGAIN,
            _MEANWHILE,
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
            _CHECK_AGAIN,
            N_(
                'Still the same? Read this to your IT: "No name server is configured on this '
                'computer, and look-ups fail; connections by address work."'
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
            _MEANWHILE,
            N_(
                'Read this to your IT: "Name server {resolver} answers {address} for {host}; '
                "public name servers answer {right}. The server at {address} is not {host}. Please "
                'correct the name server, or use 223.5.5.5."'
            ),
            _CHECK_AGAIN,
        ),
    ),
    "DNS_HIJACKED:hidden": FindingText(
        headline=N_("Your network says that your mail server does not exist. It does."),
        meaning=N_(
            "Your network's name service denies the name {host}; others know it, and the server "
            "works. Your mail is safe: it waits there."
        ),
        actions=(
            _MEANWHILE,
            N_(
                'Read this to your IT: "Name server {resolver} answers NXDOMAIN for {host}; public '
                'name servers answer {right}, and that works. Is the name blocked?"'
            ),
            _CHECK_AGAIN,
        ),
    ),
    "DNS_HIJACKED:invents": FindingText(
        headline=N_("Your network's name service invents answers."),
        meaning=N_(
            "It gives addresses that cannot be true, also for names that nobody has. Programs may "
            "be led to the wrong place. Your mail is safe."
        ),
        actions=(
            N_("Do not click through warnings about certificates."),
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
            N_("Try webmail in the meantime: {webmail}."),
            N_(
                'Read this to your IT: "The hosts file of this computer gives {address} for '
                '{host}; the name servers give {right}. Please remove the line."'
            ),
            _CHECK_AGAIN,
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
            _CHECK_AGAIN,
            N_(
                'Still the same? Read this to your IT: "The system resolves {host} to {address}, '
                'every name server to {right}: a stale cache or a local override."'
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
            N_("Switch the company VPN off, or on if it was off, and wait half a minute."),
            _CHECK_AGAIN,
            N_(
                'Still the same? Read this to your IT: "{host} resolves to the internal address '
                '{address} here, which is unreachable; public name servers give {right}."'
            ),
        ),
    ),
    "CLOCK_WRONG:fast": FindingText(
        headline=N_("The clock of this computer is wrong: it is fast."),
        meaning=N_(
            "It shows {shown} (UTC), in truth it is {right}. With a wrong date the computer takes "
            "every safe connection for a forged one, so mail programs refuse to connect."
        ),
        actions=(
            N_("Open the system's settings for date and time and switch “set automatically” on."),
            N_("Check the date, the year and the time zone too."),
            _CHECK_AGAIN,
            N_(
                'It comes back? Read this to your IT: "The clock is {hours} hours fast compared '
                'with several servers."'
            ),
        ),
    ),
    "CLOCK_WRONG:slow": FindingText(
        headline=N_("The clock of this computer is wrong: it is slow."),
        meaning=N_(
            "It shows {shown} (UTC), in truth it is {right}. With a wrong date the computer takes "
            "every safe connection for a forged one, so mail programs refuse to connect."
        ),
        actions=(
            N_("Open the system's settings for date and time and switch “set automatically” on."),
            N_("Check the date, the year and the time zone too."),
            _CHECK_AGAIN,
            N_(
                'It comes back? Read this to your IT: "The clock is {hours} hours slow compared '
                'with several servers; perhaps the battery of the clock is empty."'
            ),
        ),
    ),
    "CLOCK_WRONG": FindingText(
        headline=N_("The clock of this computer is wrong."),
        meaning=N_(
            "With a wrong date the computer takes every safe connection for a forged one, so mail "
            "programs refuse to connect."
        ),
        actions=(
            N_("Open the system's settings for date and time and switch “set automatically” on."),
            _CHECK_AGAIN,
        ),
    ),
    "TLS_INTERCEPTED": FindingText(
        headline=N_("Something in your network opens encrypted connections: {issuer}."),
        meaning=N_(
            "A security box or virus scanner puts itself between you and the mail server, and your "
            "computer does not trust it. Your mail is safe, and your password was not sent."
        ),
        actions=(
            N_("Do not type your mail password, and do not click through warnings."),
            N_("In another network, such as your phone's hotspot, mail should work at once."),
            N_(
                'Read this to your IT: "{host} port {port} shows a certificate of {issuer}, as '
                "{other} does. Please take {host} out of TLS inspection, or install the inspecting "
                'authority on this computer."'
            ),
        ),
    ),
    "PORT_BLOCKED_LOCALLY": FindingText(
        headline=N_("Your network blocks the way that mail programs use."),
        meaning=N_(
            "Websites work, but the door for mail programs (port {port}) is closed at every mail "
            "provider we tried, so the reason is here, not at your provider. Your mail is safe."
        ),
        actions=(
            N_("Open webmail for now, it uses another way: {webmail}."),
            N_("In another network, such as your phone's hotspot, mail should work at once."),
            N_(
                'Read this to your IT: "TCP port {port} is blocked from here: {host}, {other} were '
                'tried; port 443 works. Please allow outgoing port {port} to {host}."'
            ),
        ),
    ),
    "IPV6_BROKEN": FindingText(
        headline=N_("One of two ways to the mail server is dead, which makes everything slow."),
        meaning=N_(
            "Your network offers the newer kind of address (IPv6), but nothing comes back over it; "
            "programs wait and then take the other way. Mail still arrives."
        ),
        actions=(
            N_(
                'Read this to your IT: "IPv6 connections time out from here ({host}, {address}), '
                'IPv4 works. Please repair IPv6 or switch it off."'
            ),
        ),
    ),
    "NETWORK_LOSSY": FindingText(
        headline=N_("Your line to the internet loses a part of what is sent."),
        meaning=N_(
            "{late} of {of} connections were made only at the second try. Mail still arrives, but "
            "slowly, and mail programs may give up waiting."
        ),
        actions=(
            N_("On Wi-Fi, go nearer to it or use a cable; on a cable, check both plugs."),
            _CHECK_AGAIN,
            N_(
                'Read this to your IT: "{late} of {of} TCP connections to unrelated hosts needed a '
                'retransmitted SYN; please look for packet loss."'
            ),
        ),
    ),
    "NETWORK_SLOW": FindingText(
        headline=N_("Your line to the internet is very slow right now."),
        meaning=N_(
            "A connection takes about {milliseconds} milliseconds to be made; 200 are usual at "
            "most. Everything works, but mail programs may give up waiting, above all with big "
            "mail."
        ),
        actions=(
            N_("Give your mail program time, and stop big downloads or video calls for a moment."),
            N_("On Wi-Fi, go nearer to it or use a cable."),
            N_(
                'Read this to your IT: "TCP connections to several unrelated hosts take about '
                '{milliseconds} ms."'
            ),
        ),
    ),
}
