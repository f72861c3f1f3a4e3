"""The machine's part of a bounce: RFC 3464's fields, also where they were pasted as plain text."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from mailwizard.model.seen.sender import RefusedRecipient
from mailwizard.model.shown import shown
from mailwizard.reading.smtp_reply import find_reply
from mailwizard.reading.text_from_bytes import decoded

Action = Literal["failed", "delayed", "delivered", "relayed", "expanded", ""]

_MAX_GROUPS = 60
_MAX_LINES = 5_000
_NAMES = (
    "reporting-mta",
    "dsn-gateway",
    "received-from-mta",
    "arrival-date",
    "original-envelope-id",
    "original-recipient",
    "final-recipient",
    "action",
    "status",
    "remote-mta",
    "diagnostic-code",
    "last-attempt-date",
    "will-retry-until",
    "final-log-id",
)
_FIELD = re.compile(rf"\s*({'|'.join(_NAMES)}|x-[a-z0-9-]{{1,60}})\s*[:：]\s*(.*)", re.IGNORECASE)
_QUOTE = re.compile(r"^(?:[>|]\s?)+")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Report:
    """One delivery report: the MTA that wrote it, and each recipient's fate."""

    reporting: str
    recipients: tuple[RefusedRecipient, ...]


def read_report(body: bytes) -> Report:
    """The content of a ``message/delivery-status`` part."""
    return _report(decoded(body))


def report_in_text(text: str) -> Report | None:
    """A report inside pasted text, or None if none of its fields is there."""
    if not re.search(r"^[>|\s]*Final-Recipient\s*[:：]", text, re.IGNORECASE | re.MULTILINE):
        return None
    return _report(text)


def _report(text: str) -> Report:
    groups: list[dict[str, str]] = [{}]
    name = ""
    for raw in text.splitlines()[:_MAX_LINES]:
        line = _QUOTE.sub("", raw[:2000])
        if not line.strip():
            name = ""
            if groups[-1] and len(groups) < _MAX_GROUPS:
                groups.append({})
        elif field := _FIELD.match(line):
            name = field[1].lower()
            if name == "final-recipient" and name in groups[-1] and len(groups) < _MAX_GROUPS:
                groups.append({})
            groups[-1].setdefault(name, field[2].strip())
        elif name:
            # Pasted text has often lost the indent of a folded line.
            groups[-1][name] = (groups[-1][name] + " " + line.strip())[:4000]
    reporting = next((_host(g["reporting-mta"]) for g in groups if "reporting-mta" in g), "")
    recipients = tuple(
        _recipient(group) for group in groups if "final-recipient" in group or "action" in group
    )
    return Report(reporting, recipients)


def _recipient(group: dict[str, str]) -> RefusedRecipient:
    diagnostic = _typed(group.get("diagnostic-code", ""))
    reply = find_reply(diagnostic)
    status = _STATUS.search(group.get("status", ""))
    action = group.get("action", "").split(maxsplit=1)[:1]
    return RefusedRecipient(
        address=_address(group.get("final-recipient", "")),
        original=_address(group.get("original-recipient", "")),
        action=_action(action[0].lower() if action else ""),
        code=reply.code if reply else 0,
        enhanced=(reply.enhanced if reply else "") or (status[0] if status else ""),
        said=shown(diagnostic, 500),
        said_by=_host(group.get("remote-mta", "")),
    )


def _action(word: str) -> Action:
    for known in get_args(Action):
        if word and word == known:
            action: Action = known
            return action
    return ""


def _typed(value: str) -> str:
    """A field's value without its type (``smtp;``, ``rfc822;``, ``dns;``)."""
    kind, semicolon, rest = value.partition(";")
    return rest.strip() if semicolon and re.fullmatch(r"[\w-]{1,30}\s*", kind) else value.strip()


def _address(value: str) -> str:
    return shown(_typed(value).strip("<> "), 254)


def _host(value: str) -> str:
    host = re.sub(r"\s*[\[(].*", "", _typed(value)) or _typed(value).strip("[]()")
    return shown(host.strip().rstrip(".").lower(), 255)
