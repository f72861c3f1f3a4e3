"""What a mail exchanger's refusal of a recipient is about: read from its words, then its code."""

import re

from mailwizard.model.seen.door import SmtpReply
from mailwizard.reading.refusal_dialects import Reason, of_a_dialect

__all__ = ["Reason", "reason"]

# The words are read first, in this order: a known phrase overrules a generic code.
_PHRASES: tuple[tuple[Reason, str], ...] = (
    ("loop", r"\bloop(?:s|ing|ed)?\b|too many hops|hop count exceeded|循环"),
    (
        "not-ready",
        r"not (?:yet|been) (?:\w+ )?(?:activ|provision|set up|available|configured|verified|enabled"
        r"|ready|propagat)|not activated|being (?:provisioned|set up|created|activated|migrated)"
        r"|pending (?:activation|verification|set-?up)|provisioning|is not ready"
        r"|尚未|未生效|未激活|未开通|正在(?:开通|创建|迁移)",
    ),
    (
        "our-address",
        r"block(?:ed)? ?list|black ?list|deny ?list|\brbl\b|\bpbl\b|\bxbl\b|\bsbl\b|dnsbl|spamhaus"
        r"|spamcop|barracuda|reverse (?:dns|host|lookup|name)|\brdns\b|\bptr\b|client host"
        r"|dynamic(?:ally)?[ -](?:ip|address|assigned)|residential|(?:your|sending|sender'?s?) ip"
        r"|\bip (?:address )?(?:is |has been )?(?:blocked|listed|rejected|denied|not allowed)"
        r"|reputation|connection (?:refused|rejected|denied)|bad sending|helo|ehlo"
        r"|cannot find your|黑名单|频率|(?:您的|发信|来源|此|该)\s?IP|IP\s?(?:被|受限|地址被)",
    ),
    (
        "our-probe",
        r"starttls|encryption|authenticat|null sender|empty (?:sender|envelope)|null reverse"
        r"|sender (?:address )?(?:rejected|verif)|bounces? (?:not|are not)|\bspf\b|rate limit"
        r"|too many|空发件人|发件人",
    ),
    (
        "full",
        r"quota|mailbox (?:is )?full|over.?storage|insufficient.*(?:storage|space)|空间不足|已满",
    ),
    ("deactivated", r"deactivat|disabled|suspended|inactive|frozen|停用|禁用|冻结|锁定"),
    (
        "external-off",
        r"external (?:sender|mail|domain|recipient)|outside (?:sender|mail|the organi)"
        r"|internal (?:sender|mail|user)s? only|only accepts? (?:mail|messages) from (?:internal"
        r"|people in)|外域|外部邮件",
    ),
    (
        "not-served",
        r"relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed)|prohibited)"
        r"|(?:unable|not permitted|not allowed) to relay|(?:do|does) not relay|not (?:a )?local"
        r"|isn'?t (?:a )?local|not hosted|(?:do|does) not (?:host|serve|accept mail for)"
        r"|domain (?:is |was )?(?:not|unknown)|unknown domain|no such domain|not (?:our|my) domain"
        r"|unroutable|unrouteable|not configured|域名(?:不存在|未|不在)|中继",
    ),
    (
        "unknown-user",
        r"(?:user|recipient|mailbox|account|address)(?: \S+)? (?:is )?(?:unknown|not (?:found|exist"
        r"|known|listed)|does ?n[o']t exist|doesn't exist|do(?:es)? not exist|dosn't exist)"
        r"|unknown (?:user|recipient|mailbox|local)|no such (?:user|recipient|mailbox|address"
        r"|person)|invalid (?:user|recipient|mailbox|address)|dosn't exist|does not exist"
        r"|doesn't exist|no mailbox|不存在|无此",
    ),
    ("policy", r"polic|spam|content|virus|access denied|not authori[sz]ed|prohibited|禁止"),
)
_COMPILED = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _PHRASES)

_ENHANCED: dict[str, Reason] = {
    "5.4.6": "loop",
    "5.4.14": "loop",
    "5.7.12": "external-off",
    "5.7.134": "external-off",
    "5.7.133": "group",
    "5.7.124": "group",
    "5.2.2": "full",
    "4.2.2": "full",
    "5.2.1": "deactivated",
    "5.1.2": "not-served",
    "5.4.1": "not-served",
    "5.1.1": "unknown-user",
    "5.1.10": "unknown-user",
    "5.1.6": "unknown-user",
    "4.3.1": "busy",
    "4.3.2": "busy",
    "5.7.25": "our-address",
    "5.7.23": "our-probe",
}
_ADDRESS = re.compile(r"<[^<>]*>|\S+@\S+")
_SPECIFIC = ("5.7.12", "5.7.133", "5.7.134", "5.7.124", "5.2.2", "4.2.2")
# The server as a whole: no space or no time for anybody.
_SERVER_FULL = re.compile(
    r"system storage|disk|space shortage|queue (?:file|space)|out of space|磁盘", re.IGNORECASE
)
_TOO_MANY_RECIPIENTS = re.compile(r"too many (?:recipients|rcpt)", re.IGNORECASE)
_BUSY = re.compile(
    r"busy|overload|load (?:is )?too high|too many (?:concurrent )?(?:connections|sessions"
    r"|processes)|resources?|繁忙|负载",
    re.IGNORECASE,
)


def reason(reply: SmtpReply) -> Reason:
    """What the reply is about. A temporary refusal is never more than ``not-ready``."""
    if 200 <= reply.code < 300:
        return "accepted"
    if reply.enhanced in _SPECIFIC:
        return _ENHANCED[reply.enhanced]
    # Addresses are taken out: a user may be called relay@ or policy@.
    words = " ".join(_ADDRESS.sub(" ", reply.text).split())
    said = of_a_dialect(words)
    if said is None:
        said = next((r for r, pattern in _COMPILED if pattern.search(words)), None)
    if 400 <= reply.code < 500:
        return _temporary(reply, words, said)
    if said is not None and not (said == "policy" and reply.enhanced in _ENHANCED):
        return said
    if reply.enhanced in _ENHANCED:
        return _ENHANCED[reply.enhanced]
    if reply.code == 552:
        return "full"
    if reply.code == 530:
        return "our-probe"
    if reply.code in (550, 551, 553) and not reply.enhanced.startswith("5.7"):
        return "unknown-user"
    return "policy"


def _temporary(reply: SmtpReply, words: str, said: Reason | None) -> Reason:
    """A 4xx reply (RFC 5321 section 4.2.1): the sender tries again, nothing is sent back."""
    if reply.enhanced.startswith("4.3.1") or _SERVER_FULL.search(words):
        return "busy"
    if _TOO_MANY_RECIPIENTS.search(words):
        return "later"
    if said in ("our-address", "full", "not-ready", "later"):
        return said
    if _BUSY.search(words):
        return "busy"
    if said == "our-probe":
        return said
    if reply.code == 421 or _ENHANCED.get(reply.enhanced) == "busy":
        return "busy"
    return "busy" if reply.code == 452 else "later"
