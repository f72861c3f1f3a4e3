"""The words of one of several ways to the mail server that is dead."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.network_actions import CHECK_AGAIN

TEXTS: dict[str, FindingText] = {
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
