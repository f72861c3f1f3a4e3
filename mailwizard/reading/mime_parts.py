"""A mail taken apart, bounded: at most eight levels, sixty parts, one megabyte, in linear time.

The standard library's feed parser recurses as deep as a mail says; what others wrote may be made
to hurt.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header

from mailwizard.reading.text_from_bytes import decoded

MAX_BYTES = 1_000_000
MAX_DEPTH = 8
MAX_PARTS = 60
_MAX_HEADER_BYTES = 100_000
_MAX_FIELD = 4_000
_FIELD_NAME = re.compile(rb"([!-9;-~]{1,80}):")
_PARAMETER = re.compile(r';\s*([a-z0-9*_-]+)\s*=\s*("[^"]{0,300}"|[^\s;"]{1,300})', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of a mail, or the header block of a mail inside it.

    ``type`` is the media type in lower case; ``depth`` the number of mails and multiparts around
    it; ``fields`` its own header fields, or, for ``message/rfc822``, those of the mail inside.
    """

    type: str
    depth: int
    fields: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    charset: str = ""

    @property
    def text(self) -> str:
        """The decoded body."""
        return decoded(self.body, self.charset)

    def get(self, name: str) -> str:
        """The first field of a name, "" if there is none."""
        return value_of(self.fields, name)


def looks_like_mail(data: bytes) -> bool:
    """Whether the bytes begin with a header block that has at least two fields of a mail's."""
    fields, _body = split_header(data[:_MAX_HEADER_BYTES])
    known = {"from", "to", "subject", "date", "received", "return-path", "mime-version"}
    known |= {"content-type", "message-id", "delivered-to", "x-failed-recipients", "auto-submitted"}
    return len({name for name, _value in fields} & known) >= 2


def parts(data: bytes) -> list[Part]:
    """All leaves of a mail in their order, and of the mails inside it."""
    budget = [MAX_PARTS]
    return list(_parts(data[:MAX_BYTES], 0, budget, "text/plain"))


def split_header(data: bytes) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """The fields of a header block, unfolded, names in lower case; and what follows it."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if data.startswith((b"From ", b">From ")):
        data = data.partition(b"\n")[2]  # an mbox separator line
    fields: list[tuple[str, list[bytes]]] = []
    position = 0
    while position < min(len(data), _MAX_HEADER_BYTES):
        end = data.find(b"\n", position)
        end = len(data) if end < 0 else end
        line = data[position:end].rstrip(b"\r")
        if not line:
            position = end + 1
            break
        if line[:1] in b" \t" and fields:
            fields[-1][1].append(line.strip())
        elif named := _FIELD_NAME.match(line):
            fields.append((named[1].decode("ascii").lower(), [line[named.end() :].strip()]))
        else:
            break  # no header line: the body begins without an empty line
        position = end + 1
    unfolded = tuple((name, _value(lines)) for name, lines in fields)
    return unfolded, data[position:]


def value_of(fields: tuple[tuple[str, str], ...], name: str) -> str:
    """The first field of a name in lower case, "" if there is none."""
    return next((value for known, value in fields if known == name), "")


def words(value: str) -> str:
    """A field's value with its encoded words (RFC 2047) decoded."""
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value[:_MAX_FIELD])
    except (ValueError, binascii.Error):
        return value
    return "".join(
        decoded(piece, charset or "") if isinstance(piece, bytes) else piece
        for piece, charset in pieces
    )


def _value(lines: list[bytes]) -> str:
    return decoded(b" ".join(lines[:200])[:_MAX_FIELD])


def _parts(data: bytes, depth: int, budget: list[int], usual: str) -> Iterator[Part]:
    if budget[0] <= 0:
        return
    budget[0] -= 1
    fields, body = split_header(data)
    content = value_of(fields, "content-type")
    media = content.partition(";")[0].strip().lower() or usual
    parameters = {
        name.lower().partition("*")[0]: value.strip('"')
        for name, value in _PARAMETER.findall(content)
    }
    if media.startswith("multipart/") and parameters.get("boundary") and depth < MAX_DEPTH:
        inner = "message/rfc822" if media == "multipart/digest" else "text/plain"
        for piece in _pieces(body, parameters["boundary"].encode("utf-8", "replace")):
            yield from _parts(piece, depth + 1, budget, inner)
        return
    body = _transfer_decoded(body, value_of(fields, "content-transfer-encoding"))
    charset = parameters.get("charset", "")
    if media in ("message/rfc822", "message/global") and depth < MAX_DEPTH:
        inside, _rest = split_header(body)
        yield Part(media, depth, inside, b"")
        yield from _parts(body, depth + 1, budget, "text/plain")
        return
    yield Part(media, depth, fields, body, charset)


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """The parts between boundary lines; a missing closing line is forgiven."""
    marker = b"--" + boundary
    start = -1
    position = 0 if body.startswith(marker) else body.find(b"\n" + marker) + 1
    if position == 0 and not body.startswith(marker):
        return
    while True:
        line_end = body.find(b"\n", position)
        line = body[position : line_end if line_end >= 0 else len(body)].rstrip()
        if line in (marker, marker + b"--"):
            if start >= 0:
                yield body[start:position]
            if line != marker or line_end < 0:
                return
            start = line_end + 1
        found = body.find(b"\n" + marker, line_end if line_end >= 0 else len(body))
        if found < 0:
            if start >= 0:
                yield body[start:]
            return
        position = found + 1


def _transfer_decoded(body: bytes, encoding: str) -> bytes:
    match encoding.strip().lower():
        case "quoted-printable":
            return quopri.decodestring(body)
        case "base64":
            clean = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
            clean = clean[: len(clean) // 4 * 4] if len(clean) % 4 == 1 else clean
            try:
                return base64.b64decode(clean + b"=" * (-len(clean) % 4))
            except binascii.Error:
                return b""
        case _:
            return body
