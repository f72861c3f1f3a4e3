"""What single mail systems mean by sentences that say something else, or nothing, to a reader.

Each entry: what it is about, the words, and where they are explained. Words are looked for without
regard to case, addresses taken out before. The general phrases are in ``smtp_refusal``.
"""

import re
from typing import Literal

Reason = Literal[
    "accepted",
    "our-address",  # this computer's address is refused, whoever is written to
    "our-probe",  # the way of asking is refused: no encryption, an empty sender
    "full",
    "deactivated",
    "external-off",
    "group",
    "loop",
    "not-ready",  # not known there, or not known yet: a new domain or mailbox
    "not-served",  # the domain is not at home on this server
    "unknown-user",
    "busy",
    "later",  # temporary: greylisting and the like
    "policy",
]

_MICROSOFT = (
    "learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online"
)
_GOOGLE = "support.google.com/a/answer/3726730"
_QQ = "smtp.codes/qq"
_NETEASE = "help.163.com: return codes of NetEase mail"
_COREMAIL = "www.icoremail.vip/support: bounces"
_ALIMAIL = "help.aliyun.com document 36612"
_POSTFIX = "www.postfix.org/postconf.5.html, POSTSCREEN_README.html"
_EXIM = "www.exim.org: default configuration, ACL"
_QMAIL = "cr.yp.to/qmail, qmail-smtpd"

DIALECTS: tuple[tuple[Reason, str, str], ...] = (
    # Directory-based edge blocking says the same of an address that does not exist, and of all
    # addresses of a domain that is new or not set up.
    ("not-ready", r"recipient address rejected: access denied\W*(?:AS\(\d+\)|\[)", _MICROSOFT),
    ("not-served", r"tenant ?attribution", _MICROSOFT),
    (
        "our-address",
        r"access denied, (?:banned|bad) sen(?:d|t)ing ip|banned sending ip",
        _MICROSOFT,
    ),
    ("later", r"receiving (?:mail|email) (?:at a rate|too quickly)", _GOOGLE),
    ("deactivated", r"email account that you tried to reach is (?:disabled|inactive)", _GOOGLE),
    ("unknown-user", r"account that you tried to reach does not exist", _GOOGLE),
    # Too many mails for this mailbox in a short time; not "no such mailbox".
    ("later", r"mailbox unavailable or access denied", _QQ),
    ("our-address", r"(?:sender|domain|connection|ip) frequency limited", _QQ),
    ("our-address", r"suspected (?:spam|bounce)", _QQ),
    ("our-address", r"\bHL:(?:REP|ICC|IFC|MEP|ITC)\b|\bDT:RBL\b|\bWM:BL[IU]\b", _NETEASE),
    ("our-probe", r"\b(?:MI|RP):(?:CEL|DMC|DRC|CCL|SFQ|SPB)\b", _NETEASE),
    ("unknown-user", r"\bRC:(?:NE|LD)\b", _NETEASE),
    (
        "our-probe",
        r"(?:no smtp )?mx only|local user only|null sender is not allowed|fake sender",
        _COREMAIL,
    ),
    ("our-address", r"requested mail action not taken: invalid ip|\bip is hang ?up", _COREMAIL),
    ("our-address", r"reject by behaviou?r spam|list(?:ed)? on rbl", _ALIMAIL),
    ("our-probe", r"number of rcpt attempts|total of rcpts", _ALIMAIL),
    ("unknown-user", r"\bdos?n'?t exist\b", _ALIMAIL),
    ("later", r"grey-?list|gray-?list|service currently unavailable", _POSTFIX),
    ("our-probe", r"improper use of smtp command pipelining|too many errors", _POSTFIX),
    ("our-address", r"(?:too many connections|rate).{0,20}from \[?[0-9a-f.:]{7,}", _POSTFIX),
    ("loop", r"loops back to myself|mail forwarding loop", _POSTFIX),
    ("later", r"unverified address|could not complete sender verify callout", _POSTFIX),
    ("our-probe", r"sender verify failed|callback setup failed while verifying", _EXIM),
    ("not-served", r"in my list of allowed rcpthosts", _QMAIL),
    ("unknown-user", r"not in my validrcptto|no mailbox here by that name", _QMAIL),
    ("deactivated", r"this address no longer accepts mail", _QMAIL),
)

_COMPILED = tuple((reason, re.compile(words, re.IGNORECASE)) for reason, words, _at in DIALECTS)


def of_a_dialect(words: str) -> Reason | None:
    """What the words are about, where a mail system is known for them."""
    return next((reason for reason, pattern in _COMPILED if pattern.search(words)), None)
