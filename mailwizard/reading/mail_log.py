"""What the sender's IT found in their mail log: the last line that tells how a delivery ended.

Knows Postfix, sendmail, Exim, qmail, Exchange's tracking log, and any line with a server's reply.
"""

import re
from collections.abc import Callable, Iterator
from typing import Literal

from mailwizard.model.seen.sender import SenderLog
from mailwizard.model.shown import shown
from mailwizard.reading.addresses import public_address, split
from mailwizard.reading.smtp_reply import find_reply, said_by
from mailwizard.reading.text_from_bytes import decoded, unreadable

MAX_BYTES = 1_000_000
_MAX_LINES = 5_000
_MAX_ENTRY = 4_000
Status = Literal["sent", "deferred", "bounced", "expired", ""]

_ADDR = r"([^\s<>,;:\"'()@]{1,64}@[a-z0-9.-]{1,253})"
_RELAY = r"([^\s\[\]=,]{1,255})"
_BEGINS = re.compile(
    r"\W{0,3}(?:<\d+>)?\s*(?:\d{4}[-/.]\d\d?[-/.]\d\d?|[a-z]{3}\s+\d{1,2}\s+\d\d:\d\d|\d{1,2}[./-]\d{1,2}"
    r"[./-]\d{2,4}|@4000000)",
    re.I,
)
_POSTFIX = re.compile(
    rf"to=<{_ADDR}>(?:,\s*orig_to=<[^>]*>)?,\s*relay=(?:{_RELAY}(?:\[([^\]]*)\])?(?::\d+)?),"
    r".{0,300}?\b(?:dsn=([245]\.\d+\.\d+),\s*)?status=(\w+)\s*(?:,[^(]*)?\(?(.*)",
    re.I,
)
_POSTFIX_EXPIRED = re.compile(r"from=<[^>]*>,\s*status=expired", re.I)
_SENDMAIL = re.compile(
    rf"to=<?{_ADDR}>?,.{{0,400}}?relay={_RELAY}\.?(?:\s*\[([^\]]*)\])?.{{0,100}}?"
    r"(?:dsn=([245]\.\d+\.\d+),\s*)?stat=(.*)",
    re.I,
)
_EXIM = re.compile(rf"\s(=>|->|\*\*|==|>>)\s+(?:[^\s<]*\s+)?<?{_ADDR}>?\s(.*)", re.I)
_EXIM_HOST = re.compile(r"\bH=(\S+)\s+\[([0-9a-f.:]+)\]", re.I)
_EXIM_SAID = re.compile(r'\bC="([^"]*)"|(?:defer \([^)]*\)):?\s*(.*)|:\s+(.*)$')
_QMAIL = re.compile(r"delivery \d+: (success|failure|deferral): (\S+)", re.I)
_QMAIL_TO = re.compile(rf"starting delivery \d+: msg \d+ to (?:remote|local) {_ADDR}", re.I)
_TRACKING = re.compile(
    r"(?:^|[,;\t\s])(SENDEXTERNAL|SEND|DELIVER|FAIL|DEFER|BADMAIL|EXPIRED?)(?:$|[,;\t\s])"
)
_GENERIC_TO = re.compile(
    rf"(?:\bto|rcpt(?:\s*to)?|recipient(?:-address)?|收件人|empfänger)\s*[=:：]?\s*<?{_ADDR}", re.I
)
_ACCEPTED = re.compile(
    r"\b250[ -](?:2\.\d+\.\d+ )?.{0,60}?(?:queued|accepted|ok\b|delivery)|queued as|queued mail for"
    r"|(?:status|状态)\s*[:=：]?\s*(?:delivered|sent|投递成功|已送达|发送成功)",
    re.I,
)
_QUEUE_ID = (
    re.compile(r"queued as\s+([^\s()\"';]+)"),
    re.compile(r"InternalId=(\d+)"),
    re.compile(r"\bid=([\w.-]{4,})"),
    re.compile(r"\bOK\s+([\w-]{6,}\S*)", re.I),
)
_SPEAKER = re.compile(r"^host \S+ (?:said|refused to talk to me): ", re.I)
_EXPIRED = re.compile(
    r"retry time(?:out)? (?:not|exceeded)|too long|too old|expired|given up", re.I
)


def read_sender_log(data: bytes, to: str = "") -> SenderLog:
    """The result of a delivery: of the last line about ``to``, else its domain, else of any.

    ``understood`` is False where no line tells a result. Never raises.
    """
    if unreadable(data):
        return SenderLog(understood=False)
    found = list(_results(decoded(data[:MAX_BYTES])))
    if not found:
        return SenderLog(understood=False)
    domain = split(to)[1]
    for fits in (
        lambda log: bool(to) and log.to.lower() == to.lower(),
        lambda log: bool(domain) and split(log.to)[1] == domain,
    ):
        chosen = [log for log in found if fits(log)]
        if chosen:
            return chosen[-1]
    return found[-1]


def _results(text: str) -> Iterator[SenderLog]:
    to = ""
    for entry in _entries(text):
        if starting := _QMAIL_TO.search(entry):
            to = starting[1]
        for read in _READERS:
            log = read(entry, to)
            if log is not None:
                to = log.to or to
                yield log
                break


def _entries(text: str) -> Iterator[str]:
    """Log entries; a line that begins without a date continues the one before (soft-wrapped)."""
    lines = [line.strip() for line in text.splitlines()[:_MAX_LINES]]
    dated = any(_BEGINS.match(line) for line in lines)
    entry = ""
    for line in lines:
        if entry and (not dated or _BEGINS.match(line) or len(entry) > _MAX_ENTRY):
            yield entry
            entry = ""
        entry = f"{entry} {line[:_MAX_ENTRY]}".strip()
    if entry:
        yield entry


def _log(status: Status, to: str, relay: str, address: str, dsn: str, said: str) -> SenderLog:
    said = said.strip().rstrip(")").strip()
    reply = find_reply(said)
    queued = [m[1] for pattern in _QUEUE_ID if (m := pattern.search(said))]
    if not relay or relay.lower() == "none":
        relay, address = said_by(said)
    said = _SPEAKER.sub("", said)
    return SenderLog(
        understood=True,
        status=status,
        to=shown(to, 254),
        relay=shown(relay.lower().rstrip("."), 255),
        relay_address=public_address(address or ""),
        code=reply.code if reply else 0,
        enhanced=(reply.enhanced if reply else "") or dsn,
        said=shown(said, 500),
        queue_id=shown(queued[0], 80) if queued and status == "sent" else "",
    )


def _postfix(entry: str, to: str) -> SenderLog | None:
    if _POSTFIX_EXPIRED.search(entry):
        return SenderLog(understood=True, status="expired", to=to)
    line = _POSTFIX.search(entry)
    if line is None:
        return None
    words: dict[str, Status] = {
        "sent": "sent",
        "deferred": "deferred",
        "bounced": "bounced",
        "expired": "expired",
        "undeliverable": "bounced",
    }
    status = words.get(line[5].lower())
    if status is None:
        return None
    if (line[3] or "").startswith(("/", "private/")):
        return _log(status, line[1], "local", "", line[4] or "", line[6])  # LMTP, on a socket
    return _log(status, line[1], line[2], line[3] or "", line[4] or "", line[6])


def _sendmail(entry: str, _to: str) -> SenderLog | None:
    line = _SENDMAIL.search(entry)
    if line is None:
        return None
    word = line[5].lower()
    status: Status = (
        "sent" if word.startswith("sent") else "deferred" if word.startswith("def") else "bounced"
    )
    return _log(status, line[1], line[2], line[3] or "", line[4] or "", line[5])


def _exim(entry: str, _to: str) -> SenderLog | None:
    line = _EXIM.search(entry)
    if line is None:
        return None
    marks: dict[str, Status] = {"**": "bounced", "==": "deferred"}
    status = marks.get(line[1], "sent")
    host = _EXIM_HOST.search(line[3])
    said = next((g for m in [_EXIM_SAID.search(line[3])] if m for g in m.groups() if g), "")
    if status == "bounced" and _EXPIRED.search(said):
        status = "expired"
    relay = host[1] if host else "local" if "T=local" in line[3] or "T=virtual" in line[3] else ""
    return _log(status, line[2], relay, host[2] if host else "", "", said)


def _qmail(entry: str, to: str) -> SenderLog | None:
    line = _QMAIL.search(entry)
    if line is None:
        return None
    words: dict[str, Status] = {"success": "sent", "failure": "bounced", "deferral": "deferred"}
    said = line[2].replace("_", " ").strip("/")
    address = re.match(r"([0-9.]{7,15}) ", said)
    status = words[line[1].lower()]
    if status == "bounced" and _EXPIRED.search(said):
        status = "expired"
    return _log(status, to, address[1] if address else "", address[1] if address else "", "", said)


def _tracking(entry: str, to: str) -> SenderLog | None:
    """Exchange's message tracking log, as CSV or as a table."""
    event = _TRACKING.search(entry)
    if event is None:
        return None
    words: dict[str, Status] = {
        "FAIL": "bounced",
        "BADMAIL": "bounced",
        "DEFER": "deferred",
        "EXPIRE": "expired",
        "EXPIRED": "expired",
    }
    status = words.get(event[1], "sent")
    after = entry[event.end() :]
    addressed = _GENERIC_TO.search(entry) or re.search(_ADDR, re.sub(r"<[^<>]*>", "", after), re.I)
    hosts = entry[: event.start()].split(",")
    relay, address = said_by(entry)
    if not relay and len(hosts) >= 5 and "." in hosts[4]:
        relay, address = hosts[4].strip('"'), hosts[3].strip('"')  # server-hostname, server-ip
    if event[1] == "DELIVER":
        relay, address = "local", ""
    reply = find_reply(after)
    return _log(
        status, addressed[1] if addressed else to, relay, address, "", reply.said if reply else ""
    )


def _generic(entry: str, to: str) -> SenderLog | None:
    reply = find_reply(entry)
    addressed = _GENERIC_TO.search(entry)
    recipient = addressed[1] if addressed else to
    relay, address = said_by(entry)
    if not relay and (named := re.search(rf"relay[=:]\s*{_RELAY}(?:\[([^\]]*)\])?", entry, re.I)):
        relay, address = named[1], named[2] or ""
    if _ACCEPTED.search(entry) and (reply is None or reply.code < 400):
        said = reply.said if reply else entry
        return _log("sent", recipient, relay, address, "", said)
    if reply is None or (reply.code < 400 and not reply.enhanced.startswith(("4", "5"))):
        return None
    refused = reply.code >= 500 or reply.enhanced.startswith("5")
    status: Status = "bounced" if refused else "deferred"
    return _log(status, recipient, relay, address, "", reply.said)


_READERS: tuple[Callable[[str, str], SenderLog | None], ...] = (
    _postfix,
    _sendmail,
    _exim,
    _qmail,
    _tracking,
    _generic,
)
