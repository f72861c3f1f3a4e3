"""What the words of a refusal mean: known words first, standard codes second (RFC 3463)."""

import re
from dataclasses import dataclass

from mailwizard.diagnosis.refusal_words import PHRASES
from mailwizard.diagnosis.refusal_words.phrase import LIKELY, POSSIBLE
from mailwizard.model.finding import Certainty


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code of ``codes.py``, how sure the words make it, and how it was read."""

    code: str
    certainty: Certainty
    by: str  # "phrase", "enhanced" or "plain"


# RFC 3463 codes without their class (subject.detail), and Microsoft's own details above 100.
_ENHANCED: dict[str, tuple[str, Certainty]] = {
    "0.350": ("POLICY_BLOCK", LIKELY),
    "1.1": ("ADDRESS_UNKNOWN", LIKELY),
    "1.2": ("NO_MAIL_ROUTE", LIKELY),
    "1.3": ("WRONG_ADDRESS", LIKELY),
    "1.6": ("ADDRESS_UNKNOWN", LIKELY),
    "1.8": ("SENDER_LIMITED", POSSIBLE),
    "1.10": ("ADDRESS_UNKNOWN", LIKELY),
    "1.20": ("MALFORMED", LIKELY),
    "1.90": ("SENDER_LIMITED", LIKELY),
    "2.2": ("MAILBOX_FULL", LIKELY),
    "2.3": ("TOO_LARGE", LIKELY),
    "2.121": ("RECIPIENT_RATE_LIMIT", LIKELY),
    "2.122": ("RECIPIENT_RATE_LIMIT", LIKELY),
    "3.1": ("MX_BUSY", POSSIBLE),
    "3.2": ("MX_BUSY", POSSIBLE),
    "3.4": ("TOO_LARGE", LIKELY),
    "4.2": ("SENDER_CANNOT_REACH_US", LIKELY),
    "4.4": ("NO_MAIL_ROUTE", LIKELY),
    "4.6": ("MAIL_LOOP", LIKELY),
    "4.7": ("SENDER_CANNOT_REACH_US", LIKELY),
    "4.8": ("MTASTS_MX_MISMATCH", LIKELY),
    "4.14": ("MAIL_LOOP", LIKELY),
    "4.300": ("SENDER_CANNOT_REACH_US", LIKELY),
    "4.310": ("NO_MAIL_ROUTE", LIKELY),
    "4.316": ("SENDER_CANNOT_REACH_US", LIKELY),
    "4.317": ("MX_CHAIN_INCOMPLETE", LIKELY),
    "6.11": ("MALFORMED", LIKELY),
    "7.5": ("MTASTS_CERT_FAIL", POSSIBLE),
    "7.12": ("EXTERNAL_MAIL_OFF", LIKELY),
    "7.20": ("SENDER_DKIM", LIKELY),
    "7.21": ("SENDER_DKIM", LIKELY),
    "7.22": ("SENDER_DKIM", LIKELY),
    "7.23": ("SENDER_SPF", LIKELY),
    "7.24": ("SENDER_SPF_BROKEN", LIKELY),
    "7.25": ("SENDER_PTR", LIKELY),
    "7.26": ("SENDER_UNAUTHENTICATED", LIKELY),
    "7.27": ("SENDER_CANNOT_RECEIVE", LIKELY),
    "7.124": ("GROUP_MEMBERSHIP", LIKELY),
    "7.133": ("GROUP_MEMBERSHIP", LIKELY),
    "7.134": ("EXTERNAL_MAIL_OFF", LIKELY),
    "7.321": ("DANE_NO_TLS", LIKELY),
    "7.322": ("DANE_CERT", LIKELY),
    "7.323": ("DANE_MISMATCH", LIKELY),
    "7.324": ("DNSSEC_BROKEN", LIKELY),
    "7.325": ("DANE_CERT", LIKELY),
    "7.509": ("SENDER_DMARC_REJECT", LIKELY),
    "7.511": ("SENDER_BLOCKLISTED", LIKELY),
    "7.512": ("MALFORMED", LIKELY),
    "7.705": ("SENDER_LIMITED", LIKELY),
}
# Meanings that only hold for one class (4 temporary, 5 final).
_BY_CLASS: dict[str, tuple[str, Certainty]] = {
    "5.2.1": ("MAILBOX_DEACTIVATED", LIKELY),
    "4.4.1": ("SENDER_CANNOT_REACH_US", LIKELY),
    "5.4.1": ("MX_DOES_NOT_SERVE_DOMAIN", POSSIBLE),
    "5.7.1": ("POLICY_BLOCK", POSSIBLE),
}
_PLAIN: dict[int, tuple[str, Certainty]] = {
    551: ("ADDRESS_UNKNOWN", POSSIBLE),
    552: ("MAILBOX_FULL", POSSIBLE),
    553: ("WRONG_ADDRESS", POSSIBLE),
}


def meaning(said: str, code: int = 0, enhanced: str = "") -> Meaning | None:
    """What a refusal means: known words overrule the enhanced code, that the three-digit one.

    None if neither says anything.
    """
    for row in PHRASES:
        if row.pattern.search(said):
            return Meaning(row.code, row.certainty, "phrase")
    known = _BY_CLASS.get(enhanced) or _ENHANCED.get(enhanced[2:]) or _ranges(enhanced)
    if known:
        return Meaning(*known, "enhanced")
    if not enhanced and code in _PLAIN:
        return Meaning(*_PLAIN[code], "plain")
    return None


def _ranges(enhanced: str) -> tuple[str, Certainty] | None:
    """Microsoft's ranges: 5.7.501–503 the sender's account, 5.7.606–649 the sending address."""
    detail = enhanced[4:]
    if not enhanced.startswith("5.7.") or not detail.isdigit():
        return None
    if 606 <= int(detail) <= 649:
        return "SENDER_BLOCKLISTED", LIKELY
    return ("SENDER_LIMITED", LIKELY) if 501 <= int(detail) <= 503 else None


_LISTS = re.compile(
    r"(?:blocked using|listed (?:in|at|on|by)|blocked by"
    r"|(?:black|block)list(?:ed)? (?:in|at|on|by))"
    r"[:\s]+(?:the )?([a-z0-9-]+(?:\.[a-z0-9-]+)+|spamhaus(?: \w+)?|spamcop|barracuda|sorbs)"
    r"|\b((?:zen|sbl|xbl|pbl|css)\.spamhaus\.org|bl\.spamcop\.net|b\.barracudacentral\.org)",
    re.IGNORECASE,
)


def block_list_named(said: str) -> str:
    """The block list that a refusal names, "" if it names none."""
    found = _LISTS.search(said)
    return (found[1] or found[2]).lower().rstrip(".") if found else ""
