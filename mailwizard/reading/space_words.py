"""What webmail shows of the space, as people type it: ``4.8 GB of 5 GB``, ``已用 4.8G，共 5G``."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Part = Literal["used", "total", "free"]

MOST_OVER = 1.5  # a mailbox may hold more than its limit, but not as much more as this
LEAST_ALIKE = 3.0  # percentage points that two rounded figures and their share may differ
_UNITS = {"": 0, "b": 0, "k": 10, "m": 20, "g": 30, "t": 40}

# Words of webmail's languages, as they stand beside the figures.
_WORDS: tuple[tuple[Part, str], ...] = (
    (
        "free",
        r"\b(?:free|left|available|remaining|remains|frei|verfügbar|übrig|libres?|disponibles?)\b"
        r"|剩余|剩餘|还剩|還剩|可用|未使用|空き|残り|남은",
    ),
    (
        "total",
        r"\b(?:total|in all|altogether|out of|of|limit|quota|capacity|max(?:imum)?|insgesamt|gesamt"
        r"|von|sur|de)\b|共|总|總|容量|上限|全部|合計|中|전체",
    ),
    (
        "used",
        r"\b(?:used?|in use|taken|full|occupied|belegt|benutzt|verwendet|genutzt|utilisés?)\b"
        r"|已用|已使用|使用|占用|佔用|사용",
    ),
)
_WORD = re.compile("|".join(f"(?P<{part}>{words})" for part, words in _WORDS))
_AMOUNT = re.compile(
    r"(?P<number>\d{1,15}(?:\.\d{1,6})?)\s*(?:(?P<percent>%|percent\b|prozent\b)"
    r"|(?P<unit>[kmgt])(?:i?b(?:ytes?)?|bytes?)?(?![a-z])|b(?:ytes?)?(?![a-z])|字节)?"
)
_PERCENT_BEFORE = re.compile(r"百分之\s*(\d{1,3}(?:\.\d+)?)")
_UNLIMITED = re.compile(r"unlimited|no limit|unbegrenzt|illimité|ilimitado|无限|無限|不限|∞")
_STROKES = ("/", "|")
_BREAK = re.compile(r"[,;，；。、\n()（）]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceTold:
    """``used`` and ``total`` in octets, 0 for a total that is not limited; ``share`` of it in
    percent. What was not told is None, but there is always a share or a total of 0.
    """

    used: int | None = None
    total: int | None = None
    share: float | None = None

    @property
    def normal(self) -> str:
        """The same as text in no language, read as the same: ``4.8 GB / 5 GB``, ``96 %``, ``∞``."""
        used = _written(self.used) if self.used is not None else ""
        share = f"{_trimmed(self.share or 0.0, 1)} %"
        if self.total == 0:
            return f"{used} / ∞" if used else "∞"
        if self.used is None or self.total is None:
            return share
        # More than there is would read like the two figures the other way round.
        return f"{share if self.used > self.total else used} / {_written(self.total)}"


@dataclass(slots=True)
class _Amount:
    """A figure as it stands in the text."""

    value: float
    unit: str | None
    percent: bool
    start: int
    end: int
    part: Part | None = None


def read_space(text: str) -> SpaceTold | None:
    """What the text says; None where it does not say it clearly enough."""
    plain = unicodedata.normalize("NFKC", text[:300]).casefold()
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
    plain = re.sub(r"(?<=\d),(?=\d)", ".", plain)
    plain = _PERCENT_BEFORE.sub(r"\1%", plain)
    if re.search(r"-\s*\d", plain):
        return None
    amounts = [
        _Amount(
            float(found["number"]),
            found["unit"] or ("" if found[0].strip()[-1:].isalpha() else None),
            bool(found["percent"]),
            found.start(),
            found.end(),
        )
        for found in _AMOUNT.finditer(plain)
    ]
    shares = [amount for amount in amounts if amount.percent]
    sizes = [amount for amount in amounts if not amount.percent]
    if len(shares) > 1 or len(sizes) > 3 or not (amounts or _UNLIMITED.search(plain)):
        return None
    _name_parts(plain, amounts)
    if _UNLIMITED.search(plain):
        return _without_limit(sizes)
    share = _share(shares[0]) if shares else None
    return _put_together(sizes, share)


def _name_parts(plain: str, amounts: list[_Amount]) -> None:
    """Gives each figure the word that belongs to it: the one before it, or the one after it."""
    place = 0
    for number, amount in enumerate(amounts):
        before = plain[place : amount.start]
        previous = amounts[number - 1] if number else None
        for found in _WORD.finditer(before):
            part = _part(found)
            ended = _BREAK.search(before, 0, found.start()) is not None
            to_next = ended or found[0] in _LEADING or previous is None or previous.part is not None
            if previous is not None and (_BREAK.search(before, found.end()) or not to_next):
                previous.part = previous.part or part
            else:
                amount.part = part
        if previous is not None and before.strip() in _STROKES:
            _pair(previous, amount)
        place = amount.end
    paired = len(amounts) > 1 and plain[amounts[-2].end : amounts[-1].start].strip() in _STROKES
    for found in _WORD.finditer(plain[place:]):
        if amounts and amounts[-1].part is None and not paired:
            amounts[-1].part = _part(found)


def _pair(first: _Amount, second: _Amount) -> None:
    """Two figures with nothing but a stroke between them: what is used, and what there is."""
    alike = first.unit == second.unit or None in (first.unit, second.unit)
    if first.percent:
        second.part = "total"
    elif first.part != "free" and not (alike and first.value > second.value):
        first.part, second.part = None, None


_LEADING = frozenset(("of", "out of", "von", "sur", "de", "共", "总", "總"))  # before a total


def _part(found: re.Match[str]) -> Part:
    return "free" if found["free"] else "total" if found["total"] else "used"


def _share(amount: _Amount) -> float:
    return 100 - amount.value if amount.part == "free" else amount.value


def _without_limit(sizes: list[_Amount]) -> SpaceTold | None:
    if len(sizes) > 1 or (sizes and sizes[0].unit is None):
        return None
    return SpaceTold(used=_octets(sizes[0], None) if sizes else None, total=0)


def _put_together(sizes: list[_Amount], share: float | None) -> SpaceTold | None:
    if share is not None and not 0 <= share <= MOST_OVER * 100:
        return None
    unit = next((size.unit for size in reversed(sizes) if size.unit is not None), None)
    bare = unit is None  # then only the ratio is known
    parts: dict[Part, int] = {}
    unnamed: list[int] = []
    for size in sizes:
        value = _octets(size, unit)
        if size.part is None:
            unnamed.append(value)
        elif parts.setdefault(size.part, value) != value:
            return None
    named = bool(parts)
    for part in _missing(parts, len(unnamed)):
        parts[part] = unnamed.pop(0)
    if unnamed:
        return None
    return _checked(parts, share, named=named, bare=bare)


def _missing(parts: dict[Part, int], figures: int) -> list[Part]:
    order: tuple[Part, ...] = ("used", "total")
    free: list[Part] = [part for part in order if part not in parts]
    if "free" in parts:
        free = [part for part in free if part == "total"]
    return free[:figures]


def _checked(
    parts: dict[Part, int], share: float | None, *, named: bool, bare: bool
) -> SpaceTold | None:
    used, total, free = parts.get("used"), parts.get("total"), parts.get("free")
    if used is None and total is not None and free is not None:
        used = total - free
    if total is None and used is not None and free is not None:
        total = used + free
    if share is not None and used is None and total:
        used = round(total * share / 100)
    if share is not None and total is None and used and share > 0:
        total = round(used * 100 / share)
    if total is None or used is None:
        lone = share is not None and used is None and total is None and free is None
        return SpaceTold(share=share) if lone else None
    if total <= 0 or used < 0 or used > total * (MOST_OVER if named else 1):
        return None
    if share is not None and abs(used * 100 / total - share) > LEAST_ALIKE:
        return None
    if bare:
        return SpaceTold(share=round(used * 100 / total, 1))
    return SpaceTold(used=used, total=total, share=used * 100 / total)


def _octets(size: _Amount, unit: str | None) -> int:
    known = size.unit if size.unit is not None else unit or "m"
    return round(size.value * (1 << _UNITS[known]))


def _written(octets: int) -> str:
    for unit in ("TB", "GB", "MB", "KB"):
        one = 1 << _UNITS[unit[0].lower()]
        if octets >= one:
            return f"{_trimmed(octets / one, 3)} {unit}"
    return f"{octets} B"


def _trimmed(value: float, places: int) -> str:
    return f"{value:.{places}f}".rstrip("0").rstrip(".")
