"""Header fields of real mail: encoded words, raw 8-bit text, addresses and dates, within bounds.

Written for mail as it is, not as RFC 5322 wants it. Nothing here raises for what a mail contains.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from functools import lru_cache

from mailwizard.model.case import domain_of

MOST_FIELDS = 400
MOST_OCTETS = 16_384  # of one field
MOST_ADDRESSES = 20

_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]{0,8000})\?=")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_FOLDED = (b" ", b"\t", b"")
_NAMES = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "csgb2312": "gb18030",
    "euc-cn": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gbk2312": "gb18030",
    "gb18030-0": "gb18030",
    "chinese": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cn-big5": "big5hkscs",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "iso-2022-jp": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
}
_DOUBLE_BYTE = {"gb18030", "big5hkscs", "cp950", "cp932", "cp949"}
_NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address of a header field: its display name, and the address with a lower-case domain."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """The address's domain in ASCII form; "" where there is none."""
        return domain_of(self.address) if "@" in self.address else ""


def fields(block: bytes) -> list[tuple[str, bytes]]:
    """The fields of a header block in their order: (lower-case name, unfolded raw value)."""
    found: list[tuple[str, bytes]] = []
    name, value, size = "", b"", 0
    for line in block.splitlines():
        if line[:1] in _FOLDED:  # also an empty line
            part = line.strip()
            if part and name and size < MOST_OCTETS:
                value += b" " + part
                size += len(line)
            continue
        if name:
            found.append((name, value[:MOST_OCTETS]))
            if len(found) >= MOST_FIELDS:
                return found
        head, colon, value = line.partition(b":")
        name = _name(head) if colon else ""
        value, size = value.strip()[:MOST_OCTETS], len(value)
    if name:
        found.append((name, value[:MOST_OCTETS]))
    return found


@lru_cache(maxsize=500)
def _name(head: bytes) -> str:
    return head[:200].strip().decode("ascii", "replace").lower()


def raw_text(data: bytes) -> str:
    """8-bit text without a declared charset: UTF-8 if it is, else what its octets look like."""
    if b"\x1b$" in data or b"\x1b(" in data:
        try:
            return data.decode("iso2022_jp_ext")
        except UnicodeDecodeError:
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for charset in (_likely(data), "gb18030"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _likely(data: bytes) -> str:
    """GB18030, but for octets that look like another charset: it gives most of them a meaning.

    Usual characters of Big5 begin with A4 to C6 and many of them end below A1, where GB18030 has
    rare ones only; Japanese syllables begin with 82 and 83 in Shift JIS; in Western languages
    the few octets above 127 are letters from C0 on, and not all in pairs.
    """
    pairs = _PAIR.findall(data[:2000])
    big5 = sum(pair[0] in range(0xA4, 0xC7) and pair[1] < 0xA1 for pair in pairs)
    kana = sum(pair[0] in (0x82, 0x83) for pair in pairs)
    if kana * 3 > len(pairs):
        return "cp932"
    if big5 * 4 > len(pairs):
        return "cp950"
    high = [octet for octet in data[:2000] if octet > 0x7F]
    alone = any(len(run) % 2 for run in _HIGH_RUN.findall(data[:2000]))
    western = alone and min(high, default=0) >= 0xC0 and len(high) * 3 <= len(data[:2000])
    return "cp1252" if western else "gb18030"


def decoded(value: bytes | str) -> str:
    """A field's text with its encoded words (RFC 2047) decoded; broken ones stay as they are."""
    text = raw_text(value[:MOST_OCTETS]) if isinstance(value, bytes) else value[:MOST_OCTETS]
    out: list[str] = []
    end = 0
    pending: tuple[str, bytes] | None = None
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        charset = word[1].partition("*")[0].lower()
        data = _word_bytes(word[2], word[3])
        # Neighbours of one charset are one text: some programs cut characters in two.
        if pending and not between.strip() and pending[0] == charset:
            pending = (charset, pending[1] + data)
        else:
            if pending:
                out.append(text_of(*pending))
                between = "" if not between.strip() else between
            out.append(between)
            pending = (charset, data)
        end = word.end()
    if pending:
        out.append(text_of(*pending))
    out.append(text[end:])
    return "".join(out)


def _word_bytes(encoding: str, payload: str) -> bytes:
    if encoding in "bB":
        letters = re.sub(r"[^A-Za-z0-9+/]", "", payload)
        if len(letters) % 4 == 1:
            letters = letters[:-1]
        try:
            return base64.b64decode(letters + "=" * (-len(letters) % 4))
        except binascii.Error:
            return payload.encode("utf-8", "replace")
    return binascii.a2b_qp(payload.encode("utf-8", "replace"), header=True)


def text_of(charset: str, data: bytes) -> str:
    """Text in a declared charset (lower case), whatever the label is worth. Never raises."""
    name = _NAMES.get(charset, charset)
    if name in _DOUBLE_BYTE and not data.isascii():
        try:
            text = data.decode("utf-8")  # hardly ever sound by chance, in three octets a character
        except UnicodeDecodeError:
            text = ""
        if text and all(char.isascii() or char >= "\u0800" for char in text):
            return text
    if name not in _NO_CHARSETS:
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            pass
    if name in {*_DOUBLE_BYTE, "utf-8"} and not _fits_elsewhere(data):
        return data.decode(name, "replace")
    return raw_text(data)


def _fits_elsewhere(data: bytes) -> bool:
    """Whether wrongly declared text is sound UTF-8 or GB18030 after all."""
    for charset in ("utf-8", "gb18030"):
        try:
            data.decode(charset)
        except UnicodeDecodeError:
            continue
        return True
    return False


def mailboxes(value: bytes | str) -> list[Mailbox]:
    """The addresses of a From, Reply-To, Sender or Return-Path field, at most MOST_ADDRESSES."""
    # Decoded to characters first: GBK's second octets would look like "@" and backslashes.
    text = raw_text(value[:MOST_OCTETS]) if isinstance(value, bytes) else value[:MOST_OCTETS]
    found: list[Mailbox] = []
    for part in _split(text):
        mailbox = _mailbox(part)
        if mailbox is not None:
            found.append(mailbox)
        if len(found) >= MOST_ADDRESSES:
            break
    return found


def _split(text: str) -> Iterator[str]:
    """The parts between commas and semicolons that stand outside quotes, comments and brackets."""
    start, quoted, angle, comment, escaped = 0, False, False, 0, False
    for at, char in enumerate(text):
        if escaped:
            escaped = False
        elif char == "\\" and (quoted or comment):
            escaped = True
        elif char == '"' and not comment:
            quoted = not quoted
        elif quoted:
            continue
        elif char == "(":
            comment += 1
        elif char == ")" and comment:
            comment -= 1
        elif comment:
            continue
        elif char == "<":
            angle = True
        elif char == ">":
            angle = False
        elif char in ",;" and not angle:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _mailbox(part: str) -> Mailbox | None:
    """One address; None for a part without any."""
    opened, closed = part.rfind("<"), part.rfind(">")
    if 0 <= opened < closed:
        address, name = part[opened + 1 : closed], part[:opened]
    else:
        name_found = re.search(r"\(([^()]{0,500})\)", part)
        name = name_found[1] if name_found else ""
        bare = re.sub(r"\([^()]{0,500}\)", " ", part)
        candidates = [word for word in bare.replace("<", " ").split() if "@" in word]
        address = candidates[-1] if candidates else ""
    address = "".join(address.split()).strip("\"'")
    if address.startswith("@") and ":" in address:  # an old source route
        address = address.rpartition(":")[2]
    if "@" not in address or len(address) > 320:
        return None
    local, _, domain = address.rpartition("@")
    name = decoded(name.strip()).strip().strip('"').replace('\\"', '"').strip()
    return Mailbox(name[:300], f"{local}@{domain_of(domain)}")


def date(value: bytes | str) -> datetime | None:
    """A Date field as UTC; None if it cannot be read. A missing zone is taken for UTC."""
    text = raw_text(value[:300]) if isinstance(value, bytes) else value[:300]
    try:
        parts = parsedate_tz(text)
        if parts is None:
            return None
        year, month, day, hour, minute, second = parts[:6]
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        return moment - timedelta(seconds=parts[9] or 0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
