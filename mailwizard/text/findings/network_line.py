"""The words of the network step's findings on the line's quality and on the proxy."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_here import CHECK_AGAIN, MEANWHILE, ROUTER

_LOSSY = N_("Your line to the internet loses a part of what is sent.")
_LOSSY_FIGURES = N_(
    "{late} of {of} connections to {hosts} hosts needed a second try or got no answer. Mail still "
    "arrives, but slowly, and mail programs may give up waiting."
)
_SLOW_FIGURES = N_(
    "A connection to the outside takes about {milliseconds} milliseconds to be made; 200 are usual "
    "at most. Everything works, but mail programs may give up waiting, above all with big mail."
)
_LESS = N_("Give your mail program time, and stop big downloads or video calls for a moment.")
_NEARER = N_("On Wi-Fi, go nearer to it or use a cable; on a cable, check both plugs.")
_VPN_OFF = N_("End the VPN, if your work allows it, and choose “Check again” here.")
_WEBMAIL = N_("Open webmail in your browser for now: {webmail}.")
_HOTSPOT = N_("In another network, such as your phone's hotspot, mail should work at once.")

TEXTS: dict[str, FindingText] = {
    "NETWORK_LOSSY": FindingText(
        headline=_LOSSY,
        meaning=_LOSSY_FIGURES,
        actions=(
            _NEARER,
            CHECK_AGAIN,
            N_(
                'Read this to your IT: "{late} of {of} TCP connections to {hosts} unrelated hosts '
                "needed a retransmitted SYN or timed out ({percent} percent; the usual connection "
                'takes {milliseconds} ms). Please look for packet loss."'
            ),
        ),
    ),
    "NETWORK_LOSSY:office": FindingText(
        headline=N_("Your Wi-Fi or office network loses a part of what is sent."),
        meaning=N_(
            "{late} of {of} connections to {hosts} hosts needed a second try or got no answer, and "
            "the router next to you was as hard to reach. Mail still arrives, but slowly, and mail "
            "programs may give up waiting."
        ),
        actions=(
            _NEARER,
            N_("Still bad on a cable? Try another cable and another socket."),
            CHECK_AGAIN,
            N_(
                'Read this to your IT: "Packets are lost between this computer and the gateway '
                "already: {late} of {of} TCP connections to {hosts} hosts needed a retransmitted "
                'SYN or timed out. Please look at the Wi-Fi, the cable and the switch."'
            ),
        ),
    ),
    "NETWORK_LOSSY:line": FindingText(
        headline=N_("The line from your office to the internet loses a part of what is sent."),
        meaning=N_(
            "{late} of {of} connections to {hosts} hosts outside needed a second try or got no "
            "answer, while the router in your office answered each time. Mail still arrives, but "
            "slowly, and mail programs may give up waiting."
        ),
        actions=(
            ROUTER,
            CHECK_AGAIN,
            MEANWHILE,
            N_(
                'Read this to your IT: "The gateway answers without loss; {late} of {of} TCP '
                "connections to {hosts} hosts outside needed a retransmitted SYN or timed out. "
                'Please have the internet provider check the line."'
            ),
        ),
    ),
    "NETWORK_LOSSY:vpn": FindingText(
        headline=N_("Your connection through the VPN loses a part of what is sent."),
        meaning=_LOSSY_FIGURES,
        actions=(
            _VPN_OFF,
            _NEARER,
            N_(
                'Read this to your IT: "All traffic goes through the VPN; {late} of {of} TCP '
                "connections to {hosts} unrelated hosts needed a retransmitted SYN or timed out. "
                'Please look for packet loss in the VPN."'
            ),
        ),
    ),
    "NETWORK_SLOW": FindingText(
        headline=N_("Your line to the internet is very slow right now."),
        meaning=_SLOW_FIGURES,
        actions=(
            _LESS,
            N_("On Wi-Fi, go nearer to it or use a cable."),
            N_(
                'Read this to your IT: "TCP connections to {hosts} hosts take about '
                '{milliseconds} ms (median of {connections} connections)."'
            ),
        ),
    ),
    "NETWORK_SLOW:office": FindingText(
        headline=N_("Your Wi-Fi or office network is very slow right now."),
        meaning=N_(
            "A connection to the outside takes about {milliseconds} milliseconds, and the router "
            "next to you is slow to answer too. Everything works, but mail programs may give up "
            "waiting, above all with big mail."
        ),
        actions=(
            _LESS,
            _NEARER,
            CHECK_AGAIN,
            N_(
                'Read this to your IT: "The gateway itself answers slowly; TCP connections to '
                "{hosts} hosts take about {milliseconds} ms (median of {connections} connections). "
                'Please look at the Wi-Fi, the cable and the router."'
            ),
        ),
    ),
    "NETWORK_SLOW:line": FindingText(
        headline=N_("The line from your office to the internet is very slow right now."),
        meaning=N_(
            "A connection to the outside takes about {milliseconds} milliseconds, while the router "
            "in your office answers at once. Everything works, but mail programs may give up "
            "waiting, above all with big mail."
        ),
        actions=(
            _LESS,
            N_("Ask your colleagues whether somebody is sending or loading something very big."),
            CHECK_AGAIN,
            N_(
                'Read this to your IT: "The gateway answers quickly; TCP connections to {hosts} '
                "hosts outside take about {milliseconds} ms (median of {connections} connections). "
                'Is the line full, or does the internet provider have a fault?"'
            ),
        ),
    ),
    "NETWORK_SLOW:vpn": FindingText(
        headline=N_("Your connection through the VPN is very slow right now."),
        meaning=_SLOW_FIGURES,
        actions=(
            _VPN_OFF,
            _LESS,
            N_(
                'Read this to your IT: "All traffic goes through the VPN; TCP connections to '
                "{hosts} hosts take about {milliseconds} ms (median of {connections} "
                'connections)."'
            ),
        ),
    ),
    "PATH_MTU_SUSPECTED": FindingText(
        headline=N_("Your network seems to swallow big packets of data."),
        meaning=N_(
            "Short messages come through, yet no encrypted connection comes about, to your mail "
            "server or to others. That often comes from a VPN or a router's setting. Your mail is "
            "safe."
        ),
        actions=(
            _VPN_OFF,
            _HOTSPOT,
            N_(
                'Read this to your IT: "TCP connects to {host} ({address}) port {port} and to '
                "{other}, but the TLS handshake gets no reply, while small exchanges work. Please "
                'check the path MTU (MSS clamping, ICMP “fragmentation needed” filtered)."'
            ),
        ),
    ),
    "PATH_MTU_SUSPECTED:measured": FindingText(
        headline=N_("Your network swallows big packets of data."),
        meaning=N_(
            "Your mail server answers a short message at once, and a long answer never arrives; "
            "other servers are the same from here. That often comes from a VPN or a router's "
            "setting. Your mail is safe."
        ),
        actions=(
            _VPN_OFF,
            _HOTSPOT,
            N_(
                'Read this to your IT: "{host} ({address}) port {port} answers a minimal TLS hello '
                "with an alert, but a whole handshake gets no reply; {other} stall as well. Please "
                'check the path MTU (MSS clamping, ICMP “fragmentation needed” filtered)."'
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
            _HOTSPOT,
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
    "IPV6_BROKEN:stalls": FindingText(
        headline=N_("One of two ways to the mail server gets stuck, which makes everything slow."),
        meaning=N_(
            "Over the newer kind of address (IPv6) a connection is made, and then nothing comes "
            "back; programs wait and then take the other way. Mail still arrives."
        ),
        actions=(
            N_(
                'Read this to your IT: "Over IPv6 TCP connects to {host} ({address}) port {port}, '
                "but the TLS handshake gets no reply; over IPv4 it works. Please check the path "
                'MTU of IPv6 (ICMPv6 “packet too big” filtered), or switch IPv6 off."'
            ),
        ),
    ),
    "IMAP_ADDRESS_DEAD": FindingText(
        headline=N_("Some attempts hang: a part of the mail server's addresses gives no answer."),
        meaning=N_(
            "The name {host} stands for {of} addresses, and {dead} gave no answer. Your mail "
            "program may try that one first and wait. Your mail is safe, and comes at another try."
        ),
        actions=(
            N_("Mail stuck? Let your mail program try again; it may get a good address then."),
            CHECK_AGAIN,
            N_(
                'Still the same? Tell the provider ({support}): "{host} port {port}: {address} '
                'gives no answer, {works} works from the same place."'
            ),
        ),
    ),
    "IMAP_ADDRESS_DEAD:refuses": FindingText(
        headline=N_("Some attempts are turned away: a part of the mail server is closed."),
        meaning=N_(
            "The name {host} stands for {of} addresses, and {dead} turned us away. Your mail "
            "program may try that one first. Your mail is safe, and comes at another try."
        ),
        actions=(
            N_("Mail stuck? Let your mail program try again; it may get a good address then."),
            CHECK_AGAIN,
            N_(
                'Still the same? Tell the provider ({support}): "{host} port {port}: {address} '
                'refuses the connection, {works} works from the same place."'
            ),
        ),
    ),
}
