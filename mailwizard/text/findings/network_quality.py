"""The words of a line that is slow, loses packets, or lets only small ones through."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_actions import CHECK_AGAIN, HOTSPOT, MEANWHILE, NEARER, ROUTER

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
_VPN_OFF = N_("End the VPN, if your work allows it, and choose “Check again” here.")

TEXTS: dict[str, FindingText] = {
    "NETWORK_LOSSY": FindingText(
        headline=_LOSSY,
        meaning=_LOSSY_FIGURES,
        actions=(
            NEARER,
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
            NEARER,
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
            NEARER,
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
            NEARER,
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
            HOTSPOT,
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
            HOTSPOT,
            N_(
                'Read this to your IT: "{host} ({address}) port {port} answers a minimal TLS hello '
                "with an alert, but a whole handshake gets no reply; {other} stall as well. Please "
                'check the path MTU (MSS clamping, ICMP “fragmentation needed” filtered)."'
            ),
        ),
    ),
}
