"""The names and sizes of a message's files, from an IMAP server's BODYSTRUCTURE (RFC 9051, 7.5.2).

Bounded against any server: so many words, so deep, so many files; nothing here raises for what a
message or a server contains.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from mailwizard.model.shown import shown
from mailwizard.reading.headers import decoded, text_of
from mailwizard.reading.subjects import holds_words

MOST_FILES = 30
_MOST_WORDS = 20_000
_DEEPEST = 40
_LONGEST = 255  # characters of a name
_SHORTEST_PART = 4  # characters of a name that is only known in part
_SHORTEST_WIDE = 2
_FILE = re.compile(
    r"[^\r\n]*[^\s.]\.(?:pdf|docx?|docm|xlsx?|xlsm|csv|pptx?|txt|rtf|odt|ods|odp|wps|et|dps|ofd|xps"
    r"|zip|rar|7z|gz|tgz|tar|jpe?g|png|gif|tiff?|bmp|heic|webp|svg|psd|ai|eps|dwg|dxf|stp|step|igs"
    r"|iges|stl|xml|json|html?|md|eml|msg|p7m|p7s|asc|ics|vcf|mp3|m4a|wav|mp4|mov|avi|pages|numbers"
    r"|key|vsdx?|mpp|mdb|accdb|exe|apk|iso)",
    re.I,
)
_WORD = re.compile(
    rb'\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|\{\d{1,12}\+?\}(\r?\n)|([^\s()"{]+)|(.))', re.S
)
_NUMBERED = re.compile(r"(.+?)\*(\d{1,3})(\*?)\Z")

Node = bytes | list["Node"] | None


@dataclass(frozen=True, slots=True)
class File:
    """One file in a message: its name, shown safely, and its size in octets as it is sent."""

    name: str
    octets: int


def files(text: bytes, literals: tuple[bytes, ...]) -> tuple[File, ...]:
    """The named files of one FETCH reply with BODYSTRUCTURE, in their order, at most 30.

    ``text`` is the reply with ``{n}`` and a line end where each of the ``literals`` was.
    """
    start = re.search(rb"[ (]BODYSTRUCTURE (?=\()", text, re.I)
    if start is None:
        return ()
    before = len(re.findall(rb"\{\d{1,12}\+?\}\r?\n", text[: start.end()]))
    structure = _parsed(text[start.end() :], iter(literals[before:]))
    found: list[File] = []
    for part in _leaves(structure):
        name = _name(part)
        if name:
            found.append(File(name, _octets(part)))
        if len(found) >= MOST_FILES:
            break
    return tuple(found)


def attachment_names(text: bytes, literals: tuple[bytes, ...]) -> tuple[str, ...]:
    """The names alone."""
    return tuple(file.name for file in files(text, literals))


def same_file_name(wanted: str, name: str) -> bool:
    """Whether a file's name is the one asked for, or holds it as a part between other words."""
    key, other = _key(wanted), _key(name)
    if not key or not other:
        return False
    if key == other:
        return True
    shortest = _SHORTEST_PART if key.isascii() else _SHORTEST_WIDE
    return len(key) >= shortest and not key.startswith(".") and holds_words(other, key)


def looks_like_a_file(text: str) -> bool:
    """Whether what somebody typed is the name of a file, by its ending."""
    return _FILE.fullmatch(text.strip()) is not None


def _key(name: str) -> str:
    """A name folded for comparison: case, width, spacing and a folder before it do not matter."""
    last = re.split(r"[/\\]", name[:1000])[-1]
    folded = unicodedata.normalize("NFKC", last).casefold()
    return " ".join(re.sub(r"[_+]", " ", folded).split())


def _parsed(text: bytes, literals: Iterator[bytes]) -> Node:
    """The list that ``text`` begins with; what is too deep or too long is left out."""
    stack: list[list[Node]] = [[]]
    too_deep = 0
    for count, word in enumerate(_WORD.finditer(text)):
        opened, closed, quoted, literal, atom, _odd = word.groups()
        if opened:
            if len(stack) > _DEEPEST:
                too_deep += 1
                continue
            inner: list[Node] = []
            stack[-1].append(inner)
            stack.append(inner)
        elif closed:
            if too_deep:
                too_deep -= 1
                continue
            stack.pop()
            if len(stack) <= 1:
                break
        elif too_deep:
            if literal:
                next(literals, b"")
        elif quoted is not None:
            stack[-1].append(re.sub(rb"\\(.)", rb"\1", quoted))
        elif literal:
            stack[-1].append(next(literals, b""))
        elif atom is not None:
            stack[-1].append(None if atom.upper() == b"NIL" else atom)
        if count > _MOST_WORDS:
            break
    return stack[0][0] if stack[0] else None


def _leaves(node: Node) -> Iterator[list[Node]]:
    """Every part that is not made of parts, also those of mails inside."""
    waiting: list[Node] = [node]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, list) or not part:
            continue
        if isinstance(part[0], list):
            inner = []
            for piece in part:
                if not isinstance(piece, list):
                    break
                inner.append(piece)
            waiting += reversed(inner)
            continue
        yield part
        if _text(part[0]).lower() == "message" and len(part) > 8:
            waiting.append(part[8])


def _name(part: list[Node]) -> str:
    """A part's file name: that of its disposition, else that of its type."""
    for piece in part[7:]:
        if (
            isinstance(piece, list)
            and len(piece) >= 2
            and _text(piece[0]).lower() in ("attachment", "inline", "form-data")
            and (name := _parameter(piece[1], "filename"))
        ):
            return name
    return _parameter(part[2], "name") if len(part) > 2 else ""


def _parameter(pairs: Node, wanted: str) -> str:
    """A parameter's value, put together and decoded (RFC 2231, or RFC 2047 against the rules)."""
    if not isinstance(pairs, list):
        return ""
    plain, extended = "", b""
    pieces: dict[int, tuple[bool, bytes]] = {}
    for name, value in zip(pairs[::2], pairs[1::2], strict=False):
        key, raw = _text(name).lower(), value if isinstance(value, bytes) else b""
        numbered = _NUMBERED.match(key)
        if key == wanted:
            plain = decoded(raw)
        elif key == wanted + "*":
            extended = raw
        elif numbered and numbered[1] == wanted:
            pieces[int(numbered[2])] = (bool(numbered[3]), raw)
    if pieces:
        extended = extended or _joined(pieces)
    text = _extended(extended) if extended else plain
    return shown(text, _LONGEST)


def _joined(pieces: dict[int, tuple[bool, bytes]]) -> bytes:
    """The pieces in their order as one extended value."""
    first = pieces.get(0, (False, b""))
    out = b"" if first[0] else b"''"
    for _number, (percent, raw) in sorted(pieces.items()):
        out += raw if percent else re.sub(rb"%", b"%25", raw)
    return out


def _extended(value: bytes) -> str:
    """``charset'language'percent-encoded`` as text."""
    charset, quote, rest = value.partition(b"'")
    _language, second, content = rest.partition(b"'")
    if not quote or not second:
        return decoded(unquote_to_bytes(value))
    return text_of(charset.decode("ascii", "replace").lower(), unquote_to_bytes(content))


def _octets(part: list[Node]) -> int:
    size = part[6] if len(part) > 6 else None
    return int(size) if isinstance(size, bytes) and size.isdigit() and len(size) < 13 else 0


def _text(node: Node) -> str:
    return node.decode("ascii", "replace") if isinstance(node, bytes) else ""
