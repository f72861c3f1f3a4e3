"""The words of a bounce without a machine-readable report: who was refused, and with which words.

Knows the shapes of Postfix, Exim, qmail, sendmail, Exchange, Gmail, QQ, NetEase, Coremail and
Alimail, and falls back on what all have in common: an address, and a server's reply near it.
"""

import re
from dataclasses import dataclass, replace

from mailwizard.model.seen.sender import RefusedRecipient
from mailwizard.model.shown import shown
from mailwizard.reading.bounce_report import Action
from mailwizard.reading.smtp_reply import Reply, find_reply, said_by
from mailwizard.reading.unwrapped import blocks

_ADDR = r"([^\s<>()\[\]\"'“”‘’,;:：，；（）@]{1,64}@[a-z0-9][a-z0-9.-]{0,250}[a-z0-9])"
# A recipient in a place where only a refused recipient can stand.
_EXPLICIT = (
    re.compile(rf"^<{_ADDR}>(?:\s*\([^()]{{0,200}}\))?\s*:", re.I),
    re.compile(rf"^[•*\s-]*<?{_ADDR}>?(?:\s*[(<（](?:mailto:)?{_ADDR}[)>）])*\s*[:：]?$", re.I),
    re.compile(rf"\bRCPT TO:\s*<{_ADDR}>", re.I),
    re.compile(
        r"(?:收件人(?:地址|邮箱|邮件地址)?|收信人|收件地址|接收方|目标地址|failed recipient"
        r"|recipient(?: address)?|rcpt|empfänger(?:adresse)?|x-failed-recipients|final-recipient)"
        rf"\s*[(（:：]?\s*(?:rfc822;)?\s*[\"“<]?{_ADDR}",
        re.I,
    ),
    re.compile(
        rf"(?:delivered|deliver(?:ing)?(?: (?:your|the|this) (?:message|mail))?|sent|message|mail)"
        rf" to(?: the following recipients?)?:? ?<?(?:mailto:)?{_ADDR}",
        re.I,
    ),
    re.compile(
        rf"(?:发送|投递|发往|发给|寄给|送达|投递到|发送到|发送至)(?:到|至|给)?\s*[<“\"（(]?{_ADDR}"
    ),
    re.compile(rf"(?:Ihre|diese|Die) (?:E-?Mail|Nachricht) an\s+<?{_ADDR}", re.I),
)
_IN_REPLY = re.compile(
    rf"<?{_ADDR}>?\s*[.:…]*\s*(?:\S+\s+){{0,3}}?(?:recipient address rejected|user unknown"
    r"|no such user|unknown user|does(?:n'?t| not) exist|dosn't exist|mailbox|recipient|user"
    r"|is over|not found)",
    re.I,
)
_SENDER = re.compile(
    r"(?:mail from:?|sender(?: address)?|from|发件人|absender|reply-to|return-path|on behalf of)"
    r"\s*[:：]?\s*(?:address\s*)?<?$",
    re.I,
)
_SENDER_AFTER = re.compile(r"\s*>?\s*[.:]*\s*sender (?:address|verify)", re.I)
_NEVER = re.compile(r"^(?:mailer-daemon|postmaster|abuse|noreply|no-reply|bounces?)[@+.-]", re.I)

_COPY = re.compile(
    r"^-*\s*(?:this is a copy of (?:the|your) message|below this line is a copy|original message"
    r"|original message headers?:|the original message was received|returned message"
    r"|原始邮件$|邮件头|ursprüngliche nachricht|message header follows)",
    re.I,
)
_FAILED = re.compile(
    r"undeliver|could ?n[o']t be (?:delivered|sent)|wasn't (?:able to )?deliver"
    r"|not be(?:en)? delivered"
    r"|delivery (?:has |to .{0,80} )?fail|failed to deliver|delivery status|permanent error"
    r"|mail delivery|returned to (?:you|sender)|bounced|rejected your message|can'?t be delivered"
    r"|退信|退回|被退|拒收|无法送达|无法投递|未能送达|投递失败|发送失败|未送达"
    r"|unzustellbar|nicht zugestellt|zurückgewiesen|konnte nicht",
    re.I,
)
_DELAYED = re.compile(
    r"delayed|will (?:be |keep )?(?:re-?tr(?:y|ied)|trying)|still (?:being )?(?:trying|tried)"
    r"|still undelivered|keep trying|(?:do not|don't) need to re-?send|no action is required"
    r"|not yet been delivered|retried until|still in (?:the|our) queue"
    r"|verzögert|weiterhin versuch|erneut versuch|noch nicht zugestellt"
    r"|延迟|延误|暂时(?:无法|未能)|稍后重试|继续尝试|将(?:会|自动|继续)*(?:重试|重新投递|尝试)",
    re.I,
)
_FINAL = re.compile(
    r"permanent (?:error|failure)|giv(?:en|ing) up|gave up|too (?:long|old)|retry timeout exceeded"
    r"|expired|no longer|will not be retried|不再(?:尝试|重试)|已放弃|endgültig|aufgegeben",
    re.I,
)
_REPORTING = (
    re.compile(r"generating server:?\s*([a-z0-9.-]{3,250})", re.I),
    re.compile(r"qmail-send program at ([a-z0-9.-]{3,250})", re.I),
    re.compile(r"mail system at host ([a-z0-9.-]{3,250})", re.I),
    re.compile(r"reporting-mta:\s*(?:dns;)?\s*([a-z0-9.-]{3,250})", re.I),
    re.compile(r"生成(?:此报告的)?服务器[:：]\s*([a-z0-9.-]{3,250})", re.I),
)
_FROM = re.compile(rf"^(?:from|von|发件人)\s*[:：]\s*(?:[^<\n]{{0,200}}<)?{_ADDR}", re.I | re.M)
_ROBOT = re.compile(r"mailer-daemon|postmaster|microsoftexchange", re.I)
_MAX_RECIPIENTS = 20
_ENOUGH_WORDS = 12  # characters beside an address that can name a reason


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says. ``certain``: it has the shape of a bounce beyond doubt."""

    reporting: str
    recipients: tuple[RefusedRecipient, ...]
    sent_from: str
    certain: bool


def read_text(text: str) -> Told | None:
    """What the text says of each refused recipient; None if it does not speak of any refusal.

    An address that the text does not name is "": then the refusal is all that is known.
    """
    found = _before_copy(blocks(text))
    whole = "\n".join("\n".join(block) for block in found)
    replies = [_reply(block) for block in found]
    named = _named(found, replies)
    wording = bool(_FAILED.search(whole) or _DELAYED.search(whole))
    if not any(replies) and not wording:
        return None
    recipients = tuple(
        _recipient(address, place, found, replies, whole)
        for address, place in list(named.items())[:_MAX_RECIPIENTS]
    )
    if not recipients:
        place = next((i for i, reply in enumerate(replies) if reply), None)
        if place is None:
            place = next(i for i, b in enumerate(found) if _speaks(" ".join(b)))
        recipients = (_recipient("", place, found, replies, whole),)
    reporting = next((m[1] for p in _REPORTING if (m := p.search(whole))), "")
    return Told(
        reporting=shown(reporting.rstrip(".").lower(), 255),
        recipients=recipients,
        sent_from=_sent_from(text),
        certain=bool(named)
        and any(
            reply is not None and (reply.enhanced or said_by(" ".join(block))[0])
            for block, reply in zip(found, replies, strict=True)
        ),
    )


def _speaks(line: str) -> bool:
    return bool(_FAILED.search(line) or _DELAYED.search(line))


def _before_copy(found: list[list[str]]) -> list[list[str]]:
    """The bounce's own words: what follows is the returned mail, which only quotes addresses.

    Forwarding programs put the same marks before a bounce, so a mark counts only after a refusal.
    """
    said = False
    kept: list[list[str]] = []
    for block in found:
        lines: list[str] = []
        for line in block:
            if said and _COPY.match(line):
                return [*kept, lines] if lines else kept
            lines.append(line)
            said = said or bool(find_reply(line)) or _speaks(line)
        kept.append(lines)
    return kept


def _reply(block: list[str]) -> Reply | None:
    reply = find_reply(" ".join(block))
    # A success that is quoted beside (250 OK) is no refusal.
    return None if reply is not None and reply.code and reply.code < 400 else reply


def _named(found: list[list[str]], replies: list[Reply | None]) -> dict[str, int]:
    """Refused addresses (as written) and the block they stand in, in the order of the text."""
    named: dict[str, int] = {}
    seen: set[str] = set()

    def note(address: str, place: int) -> None:
        address = address.strip(".")
        if address.lower() not in seen and not _NEVER.match(address):
            seen.add(address.lower())
            named[address] = place

    for place, block in enumerate(found):
        joined = " ".join(block)
        for pattern in _EXPLICIT[:2]:
            for line in block:
                for match in pattern.finditer(line[:2000]):
                    note(match[1], place)
        for pattern in _EXPLICIT[2:]:
            for match in pattern.finditer(joined[:6000]):
                note(match[1], place)
        if replies[place] is not None:
            for match in _IN_REPLY.finditer(joined[:6000]):
                before, after = joined[: match.start(1)], joined[match.end(1) :]
                if not _SENDER.search(before[-40:]) and not _SENDER_AFTER.match(after):
                    note(match[1], place)
    return named


def _recipient(
    address: str,
    place: int,
    found: list[list[str]],
    replies: list[Reply | None],
    whole: str,
) -> RefusedRecipient:
    # The reply stands with the address, or in a later block (Gmail, Exchange), or before it.
    order = [place, *range(place + 1, len(found)), *range(place - 1, -1, -1)]
    at = next((i for i in order if replies[i] is not None), None)
    if at is None:
        at = next((i for i in order if _speaks(" ".join(found[i]))), place)
    reply = replies[at]
    name, _address = said_by(" ".join(found[at]))
    recipient = RefusedRecipient(
        address=shown(address, 254),
        said=shown(reply.said if reply else _own_words(place, at, found, address), 500),
        said_by=shown(name, 255),
        code=reply.code if reply else 0,
        enhanced=reply.enhanced if reply else "",
    )
    return replace(recipient, action=_action(recipient, whole))


def _own_words(place: int, at: int, found: list[list[str]], address: str) -> str:
    """Without a reply: the words beside the address, else those after it and those of failure."""
    own = " ".join(found[place]).replace(f"<{address}>:", "").replace(address, "").strip(" <>:")
    if len(own) >= _ENOUGH_WORDS or not address:
        return own
    following = found[place + 1] if place + 1 < len(found) else []
    return " ".join([own, *following, *(found[at] if at not in (place, place + 1) else [])])


def _action(recipient: RefusedRecipient, whole: str) -> Action:
    code = recipient.code // 100 or (int(recipient.enhanced[0]) if recipient.enhanced else 0)
    if code == 5 or _FINAL.search(whole):
        return "failed"
    if _DELAYED.search(whole) or (code == 4 and not _FAILED.search(whole)):
        return "delayed"
    return "failed"


def _sent_from(text: str) -> str:
    """The From of the returned mail: the last From line that is no robot's."""
    found = [m[1] for m in _FROM.finditer(text[:200_000]) if not _ROBOT.search(m[0])]
    return shown(found[-1], 254) if found else ""
