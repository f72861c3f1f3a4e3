"""A bounce, however the user brings it, read into a record: a file, a forwarded mail, pasted text.

Never raises, whatever the bytes are; reads at most the first megabyte.
"""

import re
from dataclasses import replace
from email.utils import parseaddr

from mailwizard.model.seen.sender import Bounce, RefusedRecipient
from mailwizard.model.shown import shown
from mailwizard.reading.bounce_report import Report, read_report, report_in_text
from mailwizard.reading.bounce_text import Told, read_text
from mailwizard.reading.html_text import html_to_text
from mailwizard.reading.mime_parts import (
    MAX_BYTES,
    Part,
    looks_like_mail,
    parts,
    split_header,
    value_of,
    words,
)
from mailwizard.reading.smtp_reply import refused_address, said_by
from mailwizard.reading.text_from_bytes import decoded, unreadable

MAX_RECIPIENTS = 20
_MAX_TEXT = 200_000
_ROBOTS = re.compile(r"mailer-daemon|postmaster|mail delivery|mailsystem|bounce", re.IGNORECASE)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|has failed|delayed)|returned mail|failure notice"
    r"|mail delivery|could not be delivered|delayed|unzustellbar|zurückgewiesen|zustell"
    r"|退信|退回|投递失败|发送失败|无法投递|未送达|系统退信",
    re.IGNORECASE,
)
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers")


def read_bounce(data: bytes) -> Bounce:
    """What a bounce says of each recipient. ``form`` tells whether it could be read as one."""
    data = data[:MAX_BYTES]
    problem = unreadable(data)
    if problem:
        return Bounce(form="unreadable", detail=problem)
    bounce = _mail(data) if looks_like_mail(data) else _pasted(decoded(data))
    return replace(bounce, sender_ip=bounce.sender_ip or _refused(bounce.recipients))


def _mail(data: bytes) -> Bounce:
    leaves = parts(data)
    for number, part in enumerate(leaves):
        if part.type in ("message/delivery-status", "message/global-delivery-status"):
            report = read_report(part.body)
            if report.recipients:
                return _from_report(report, leaves, number)
    fields, _body = split_header(data)
    for part in leaves:
        told = _told(part)
        if told is None:
            continue
        if told.certain or _is_robot_mail(fields) or _is_robot_mail(_around(part, leaves)):
            failed = _failed_recipients(fields)
            return _from_text(told, _returned_from(leaves, part) or told.sent_from, failed)
    return Bounce(form="not-a-bounce")


def _pasted(text: str) -> Bounce:
    text = text[:_MAX_TEXT]
    report = report_in_text(text)
    told = read_text(text)
    if report is not None and report.recipients:
        return _filled(report, told)
    if told is None:
        return Bounce(form="not-a-bounce")
    return _from_text(told, told.sent_from, ())


def _from_report(report: Report, leaves: list[Part], number: int) -> Bounce:
    """The report, completed by the words for people that stand before it in the same mail."""
    told = None
    for part in leaves[:number]:
        told = _told(part) or told
    bounce = _filled(report, told)
    returned = next((p for p in leaves[number:] if p.type in _RETURNED), None)
    sent_from = _from_address(_returned_fields(returned)) if returned else ""
    return replace(bounce, sent_from=sent_from or bounce.sent_from)


def _filled(report: Report, told: Told | None) -> Bounce:
    """Where the report is silent (no diagnostic, no remote MTA) the text may say it."""
    known = {r.address.lower(): r for r in told.recipients} if told else {}
    nameless = known.get("")
    recipients = []
    for recipient in report.recipients[:MAX_RECIPIENTS]:
        other = known.get(recipient.address.lower()) or nameless
        if other is not None and not recipient.said:
            recipient = replace(
                recipient,
                said=other.said,
                code=recipient.code or other.code,
                enhanced=recipient.enhanced or other.enhanced,
            )
        if not recipient.said_by:
            name, _address = said_by(recipient.said)
            recipient = replace(recipient, said_by=name or (other.said_by if other else ""))
        recipients.append(recipient)
    return Bounce(
        form="report",
        reporting=report.reporting or (told.reporting if told else ""),
        recipients=tuple(recipients),
        sent_from=told.sent_from if told else "",
    )


def _from_text(told: Told, sent_from: str, failed: tuple[str, ...]) -> Bounce:
    recipients = list(told.recipients)
    named = {r.address.lower() for r in recipients if r.address}
    missing = [address for address in failed if address.lower() not in named]
    if missing and not named:
        model = recipients[0] if recipients else RefusedRecipient(address="", action="failed")
        recipients = [replace(model, address=shown(address, 254)) for address in missing]
    return Bounce(
        form="text",
        reporting=told.reporting,
        recipients=tuple(recipients[:MAX_RECIPIENTS]),
        sent_from=sent_from,
    )


def _told(part: Part) -> Told | None:
    if part.type == "text/plain" or (part.type.startswith("text/") and part.type not in _RETURNED):
        text = part.text[:_MAX_TEXT]
        return read_text(html_to_text(text) if part.type == "text/html" else text)
    return None


def _is_robot_mail(fields: tuple[tuple[str, str], ...]) -> bool:
    """Whether a mail server wrote the mail: sender, subject or RFC 3834's field say so."""
    return bool(
        _ROBOTS.search(words(value_of(fields, "from")))
        or _BOUNCE_SUBJECT.search(words(value_of(fields, "subject")))
        or value_of(fields, "x-failed-recipients")
        or value_of(fields, "return-path").strip() == "<>"
    )


def _around(part: Part, leaves: list[Part]) -> tuple[tuple[str, str], ...]:
    """The header of the innermost attached mail that a part stands in."""
    before = leaves[: leaves.index(part)]
    return next(
        (p.fields for p in reversed(before) if p.type in _RETURNED and p.depth < part.depth), ()
    )


def _returned_from(leaves: list[Part], part: Part) -> str:
    later = leaves[leaves.index(part) + 1 :]
    returned = next((p for p in later if p.type in _RETURNED), None)
    return _from_address(_returned_fields(returned)) if returned else ""


def _returned_fields(part: Part) -> tuple[tuple[str, str], ...]:
    if part.type.startswith("message/") and not part.body:
        return part.fields
    return split_header(part.body)[0]


def _from_address(fields: tuple[tuple[str, str], ...]) -> str:
    address = parseaddr(words(value_of(fields, "from"))[:500])[1]
    return shown(address, 254) if "@" in address else ""


def _failed_recipients(fields: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    value = value_of(fields, "x-failed-recipients")
    return tuple(a.strip() for a in value.split(",")[:MAX_RECIPIENTS] if "@" in a)


def _refused(recipients: tuple[RefusedRecipient, ...]) -> str:
    for recipient in recipients:
        _name, own = said_by(recipient.said)
        if address := refused_address(recipient.said, own):
            return address
    return ""
