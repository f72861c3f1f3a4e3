"""The items of one message that FETCH gives (RFC 3501, 6.4.5)."""

import re

from mailwizard.demo.imap_words import NotUnderstood, Word, internal_date, text
from mailwizard.demo.mails import Mail

_SECTION = re.compile(
    r"(?:BODY(?P<peek>\.PEEK)?\[(?P<section>[^\]]*)\](?:<(?P<start>\d+)\.(?P<count>\d+)>)?)"
    r"|(?P<old>RFC822(?:\.HEADER)?)$",
    re.IGNORECASE,
)


def fetched(number: int, mail: Mail, items: list[Word], *, with_uid: bool) -> tuple[bytes, bool]:
    """One FETCH reply, and whether reading it marks the message as seen. Raises NotUnderstood."""
    parts: list[bytes] = []
    marks = False
    wanted = [text(item) for item in items]
    if with_uid and "UID" not in [item.upper() for item in wanted]:
        wanted.insert(0, "UID")
    for item in wanted:
        match item.upper():
            case "UID":
                parts.append(b"UID %d" % mail.uid)
            case "FLAGS":
                parts.append(f"FLAGS ({' '.join(sorted(mail.flags))})".encode())
            case "INTERNALDATE":
                parts.append(f'INTERNALDATE "{internal_date(mail.arrived)}"'.encode())
            case "RFC822.SIZE":
                parts.append(b"RFC822.SIZE %d" % mail.size)
            case _:
                part, peeks = _section(mail, item)
                parts.append(part)
                marks = marks or not peeks
    return b"* %d FETCH (" % number + b" ".join(parts) + b")\r\n", marks


def _section(mail: Mail, item: str) -> tuple[bytes, bool]:
    found = _SECTION.fullmatch(item)
    if found is None:
        raise NotUnderstood
    if found["old"]:
        only_header = found["old"].upper().endswith("HEADER")
        content = mail.head if only_header else mail.head + mail.body()
        return _literal(found["old"].upper(), content), only_header
    section = found["section"]
    content = _content(mail, section.upper())
    name = f"BODY[{section}]"
    if found["start"] is not None:
        start = int(found["start"])
        content = content[start : start + int(found["count"])]
        name += f"<{start}>"
    return _literal(name, content), found["peek"] is not None


def _content(mail: Mail, section: str) -> bytes:
    if section == "":
        return mail.head + mail.body()
    if section == "HEADER":
        return mail.head
    if section in ("TEXT", "1"):
        return mail.body()
    names = re.fullmatch(r"HEADER\.FIELDS(\.NOT)? ?\(([^)]*)\)", section)
    if names is None:
        raise NotUnderstood
    wanted = {name.strip('"').lower().encode() for name in names[2].split()}
    fields = re.findall(rb"[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*", mail.head)
    leave_out = names[1] is not None
    kept = [f for f in fields if (f.partition(b":")[0].lower() in wanted) is not leave_out]
    return b"".join(kept) + b"\r\n"


def _literal(name: str, content: bytes) -> bytes:
    return f"{name} {{{len(content)}}}\r\n".encode() + content
