"""The words of this side: computer, router, line, what stands between."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_actions import CHECK_AGAIN, HOTSPOT, MEANWHILE, ROUTER

_COLLEAGUE = N_("Ask a colleague whether their internet works.")
_CABLE = N_("Switch Wi-Fi off and on again, or pull the network cable and put it back.")
_NO_PASSWORD = N_("Do not type your mail password, and do not click through warnings.")

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
            CHECK_AGAIN,
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
            _CABLE,
            CHECK_AGAIN,
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
            _CABLE,
            N_("If you use a VPN, end it and connect it again."),
            CHECK_AGAIN,
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
            ROUTER,
            CHECK_AGAIN,
            MEANWHILE,
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
            _COLLEAGUE,
            ROUTER,
            CHECK_AGAIN,
            MEANWHILE,
            N_(
                'Still the same? Read this to your IT: "The gateway {address} answers, nothing '
                "beyond it does: web, mail and name servers outside were all tried. Please call "
                'the internet provider."'
            ),
        ),
    ),
    "INTERNET_DOWN:closed": FindingText(
        headline=N_("Your office's network lets nothing out to the internet."),
        meaning=N_(
            "The router answers, yet every connection to the outside is swallowed or turned away. "
            "Your mail is safe: it waits at the provider."
        ),
        actions=(
            _COLLEAGUE,
            N_("If your office signs in to the network in some way, sign in again."),
            CHECK_AGAIN,
            MEANWHILE,
            N_(
                'Still the same? Read this to your IT: "The gateway {address} answers, but web and '
                "mail connections outside are dropped or refused for every host. Is this computer "
                'blocked by the firewall, or is a proxy needed?"'
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
            _COLLEAGUE,
            ROUTER,
            CHECK_AGAIN,
            MEANWHILE,
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
            CHECK_AGAIN,
            N_(
                'No page appears? Read this to whoever runs the Wi-Fi: "Plain web requests are '
                'answered by {page}, encrypted ones get no answer."'
            ),
        ),
    ),
    "TLS_INTERCEPTED": FindingText(
        headline=N_("Something in your network opens encrypted connections: {issuer}."),
        meaning=N_(
            "A security box or virus scanner puts itself between you and the mail server, and your "
            "computer does not trust it. Your mail is safe, and your password was not sent."
        ),
        actions=(
            _NO_PASSWORD,
            HOTSPOT,
            N_(
                'Read this to your IT: "{host} port {port} shows a certificate of {issuer}, as '
                "{other} does. Please take {host} out of TLS inspection, or install the inspecting "
                'authority on this computer."'
            ),
        ),
    ),
    "TLS_INTERCEPTED:unread": FindingText(
        headline=N_("Something in your network opens encrypted connections."),
        meaning=N_(
            "A security box or virus scanner puts itself between you and the mail server, and your "
            "computer does not trust it. Your mail is safe, and your password was not sent."
        ),
        actions=(
            _NO_PASSWORD,
            HOTSPOT,
            N_(
                'Read this to your IT: "{host} port {port} shows an untrusted certificate, as '
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
            HOTSPOT,
            N_(
                'Read this to your IT: "TCP port {port} is blocked from here: {host}, {other} were '
                'tried; port 443 works. Please allow outgoing port {port} to {host}."'
            ),
        ),
    ),
}
