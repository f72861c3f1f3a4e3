"""Why a rung of the ladder could not be tested: the fault below it, in a few words for its row."""

from collections.abc import Sequence

from mailwizard.model.finding import Finding, Outcome
from mailwizard.model.marked import N_
from mailwizard.text.language import _

_PROXY = N_("not tested: only the office's proxy leads out")

# Faults of the line leave nothing beyond them to be tested, in no step.
_LINE = {
    "LOCAL_OFFLINE": N_("not tested: this computer is in no network"),
    "GATEWAY_DOWN": N_("not tested: the router must answer first"),
    "INTERNET_DOWN": N_("not tested: the internet must be there first"),
    "CAPTIVE_PORTAL": N_("not tested: sign in to the Wi-Fi first"),
    "PROXY_REQUIRED": _PROXY,
    "PROXY_REFUSES_MAIL": _PROXY,
}
_CLOCK = N_("not tested: the clock must be right first")
_NAMES = N_("not tested: the name service comes first")
_ADDRESS = N_("not tested: this computer looks in the wrong place")
_BOX = N_("not tested: something opens what is encrypted")
_PORT = N_("not tested: the network blocks this way")
_SERVER = N_("not tested: the mail server comes first")

_MAILBOX = ("imap-server", "provider-web", "sign-in", "other-sites")
_ENCRYPTED = ("https", *_MAILBOX, "imap-control")
_AT_SERVER = ("sign-in", "other-sites")

# What these read is here: no fault of the line hides it.
_HERE = ("link", "bounce", "sender-log")

# Further up each fault hides some rungs only.
_HIDES = {
    "LOCAL_DNS_DOWN": (_NAMES, _MAILBOX),
    "DNS_HIJACKED": (_NAMES, _MAILBOX),
    "LOCAL_OVERRIDE": (_ADDRESS, _MAILBOX),
    "VPN_SPLIT_DNS": (_ADDRESS, _MAILBOX),
    "CLOCK_WRONG": (_CLOCK, _ENCRYPTED),
    "TLS_INTERCEPTED": (_BOX, _ENCRYPTED),
    "PORT_BLOCKED_LOCALLY": (_PORT, _AT_SERVER),
    "PROVIDER_UNREACHABLE": (_SERVER, _AT_SERVER),
    "IMAP_SERVICE_DOWN": (_SERVER, _AT_SERVER),
    "IMAP_STALLED": (_SERVER, _AT_SERVER),
    "IMAP_HOST_WRONG": (_SERVER, _AT_SERVER),
    "IMAP_CERT_EXPIRED": (_SERVER, _AT_SERVER),
    "IMAP_CERT_NAME": (_SERVER, _AT_SERVER),
    "IMAP_CERT_UNTRUSTED": (_SERVER, _AT_SERVER),
    "IMAP_CHAIN_INCOMPLETE": (_SERVER, _AT_SERVER),
    "IMAP_TLS_OLD": (_SERVER, _AT_SERVER),
    "IMAP_NO_STARTTLS": (_SERVER, _AT_SERVER),
    "IMAP_PORT_SECURITY_MISMATCH": (_SERVER, _AT_SERVER),
}


def not_tested(probe: str, findings: Sequence[Finding]) -> str:
    """Why a probe that got no answer could get none, in the language in use; "" if nothing says.

    Only causes hide what lies beyond them: what is a mere risk left the way open.
    """
    causes = {finding.code for finding in findings if finding.outcome is Outcome.CAUSE}
    for code, words in _LINE.items():
        beyond = probe not in _HERE and (probe != "gateway" or code == "LOCAL_OFFLINE")
        if code in causes and beyond:
            return _(words)
    for code, (words, hidden) in _HIDES.items():
        if code in causes and probe in hidden:
            return _(words)
    return ""
