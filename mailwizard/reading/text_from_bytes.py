"""Bytes of unknown origin → text: wrong, missing and lying charset labels are the rule."""

import codecs
import re

_MAGIC = {
    b"\xff\xd8\xff": "picture",
    b"\x89PNG": "picture",
    b"GIF8": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
    b"%PDF": "document",
    b"PK\x03\x04": "document",
    b"{\\rtf": "document",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "outlook",
    b"\x1f\x8b": "binary",
    b"\x7fELF": "binary",
    b"Rar!": "binary",
    b"MZ\x90\x00": "binary",
}
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 20_000


def unreadable(data: bytes) -> str:
    """One word for why the bytes are no text, or "" if they may be one.

    ``empty``, ``picture``, ``document`` (PDF, office, archive), ``outlook`` (a binary .msg),
    ``binary``.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return "empty"
    for magic, word in _MAGIC.items():
        if data.startswith(magic):
            return word
    if data.startswith(_UTF16):
        return ""
    sample = data[:_SAMPLE]
    control = sum(sample.count(bytes([n])) for n in range(32) if n not in (7, 8, 9, 10, 12, 13, 27))
    return "binary" if control * 20 > len(sample) else ""


def decoded(data: bytes, declared: str = "") -> str:
    """The bytes as text, whatever their label says. Never raises; unknown bytes become U+FFFD."""
    for bom, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    if data.isascii() and not _is_escaped(declared):
        return data.decode("ascii")
    # UTF-8 is hardly ever valid by chance, so it is believed before any label.
    names = ["utf-8", _codec(declared)]
    if _looks_double_byte(data):
        names += ["gb18030", "big5"]
    for name in names:
        text = _strict(data, name) if name else None
        if text is not None and (name == "utf-8" or _plausible(name, data)):
            return text
    return data.decode("cp1252", "replace")


def _codec(declared: str) -> str:
    """Python's name of a declared charset; GBK and GB2312 are read as their superset."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ""
    return "gb18030" if name in ("gb2312", "gbk") else name


def _is_escaped(declared: str) -> bool:
    return _codec(declared) in ("utf-7", "iso2022_jp", "iso2022_kr", "hz")


def _strict(data: bytes, name: str) -> str | None:
    # The end may be cut in the middle of a character.
    for cut in range(4):
        try:
            return data[: len(data) - cut].decode(name)
        except UnicodeError:
            continue
        except (LookupError, ValueError):
            return None
    return None


def _plausible(name: str, data: bytes) -> bool:
    """A one-byte charset decodes anything: it is not believed for what looks like Chinese."""
    one_byte = name.startswith(("iso8859", "cp12", "latin", "koi8", "mac"))
    return not (one_byte and _looks_double_byte(data))


def _looks_double_byte(data: bytes) -> bool:
    """Whether bytes above 127 come in pairs (GBK, Big5), not alone as in Western languages."""
    runs = _HIGH_RUN.findall(data[:_SAMPLE])
    total = sum(map(len, runs))
    return total > 0 and sum(len(run) for run in runs if len(run) >= 2) * 10 >= total * 6
