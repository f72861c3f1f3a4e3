"""What spam filters write into a mail's header, where their makers document it.

SpamAssassin: the Mail::SpamAssassin::Conf manual (``add_header``) and its wiki, X-Spam-Status.
rspamd: the manual of its ``milter_headers`` module. Microsoft: "Anti-spam message headers" at
learn.microsoft.com/defender-office-365 (SCL, BCL, SFV, CAT). Fields whose makers do not say what
they mean (X-Alimail-*, X-Coremail-Antispam, X-QQ-Spam) are not interpreted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Judged = Literal["own-block-list", "company-rule", "malware", "phishing", "content", "bulk"]

MOST_RULES = 3
_NUMBER = r"-?\d{1,5}(?:\.\d{1,4})?"
_ASSASSIN = re.compile(rf"^\s*yes\b.*?\b(?:score|hits)=({_NUMBER})", re.I | re.S)
_REQUIRED = re.compile(rf"\brequired=({_NUMBER})", re.I)
_TESTS = re.compile(r"\btests=\[?(.{1,400}?)(?:\]|\s+\w+=(?![-\d.])|$)", re.I | re.S)
_TEST = re.compile(rf"\b([A-Z][A-Z0-9_]{{2,60}})(?:=({_NUMBER}))?")
_REPORT = re.compile(rf"\*\s*({_NUMBER})\s+([A-Z][A-Z0-9_]{{2,60}})\b")
_RSPAMD = re.compile(rf"\b(true|false)\s*\[\s*({_NUMBER})\s*/\s*({_NUMBER})\s*\]", re.I)
_SYMBOL = re.compile(rf"\b([A-Z][A-Z0-9_]{{2,60}})\(({_NUMBER})\)")
_ITEM = re.compile(r"\b([A-Z]{3,4}):([A-Z0-9-]{1,12})(?=;|\s|$)", re.I)

_SFV: dict[str, Judged] = {
    "BLK": "own-block-list",
    "SKB": "own-block-list",
    "SKS": "company-rule",
    "SPM": "content",
}
_CAT: dict[str, Judged] = {
    "MALW": "malware",
    "AMP": "malware",
    "PHSH": "phishing",
    "HPHSH": "phishing",
    "HPHISH": "phishing",
    "SPOOF": "phishing",
    "BIMP": "phishing",
    "DIMP": "phishing",
    "GIMP": "phishing",
    "UIMP": "phishing",
    "SPM": "content",
    "HSPM": "content",
    "BULK": "bulk",
}
_SPAM_SCL = range(5, 10)
_MANY_COMPLAINTS = 8  # BCL 8 and 9: a bulk sender with many complaints
_BULK = ("bulk", "list", "junk")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a filter said: its score and limit as written ("" if it did not say), and its rules.

    ``rules`` are at most three names, the heaviest first where weights are given.
    """

    kind: Judged
    score: str = ""
    limit: str = ""
    rules: tuple[str, ...] = ()


def verdicts(lines: Sequence[str], *, microsoft: bool) -> tuple[Verdict, ...]:
    """The verdicts against a mail in ``Name: value`` lines, each kind once; () if none is known.

    ``microsoft``: whether our own side's server is Microsoft's. Only then its fields are read:
    the sender's own Exchange leaves the same ones on what it sends. Never raises.
    """
    fields = [(name.strip().lower(), value) for name, _, value in (x.partition(":") for x in lines)]
    found = [*(_microsoft(fields) if microsoft else ()), *_content(fields), *_bulk(fields)]
    first: dict[Judged, Verdict] = {}
    for verdict in found:
        known = first.get(verdict.kind)
        if known is None or (not known.score and verdict.score):
            first[verdict.kind] = verdict
    return tuple(first.values())


def _content(fields: Sequence[tuple[str, str]]) -> Iterator[Verdict]:
    named = dict(reversed(fields))  # of a repeated field the newest
    flagged = any(
        name in ("x-spam-flag", "x-spam") and value.strip().lower().startswith("yes")
        for name, value in fields
    )
    if judged := _ASSASSIN.match(named.get("x-spam-status", "")):
        status = named["x-spam-status"]
        required = _REQUIRED.search(status)
        rules = _rules(named.get("x-spam-report", ""), status)
        yield Verdict("content", judged[1], required[1] if required else "", rules)
        return
    if result := _RSPAMD.search(named.get("x-spamd-result", "")):
        above = float(result[2]) >= float(result[3])
        if flagged or result[1].lower() == "true":
            symbols = [(float(weight), name) for name, weight in _symbols(named["x-spamd-result"])]
            limit = result[3] if above else ""  # the limit for refusing, not for filing it as spam
            yield Verdict("content", result[2], limit, _heaviest(symbols))
            return
    if flagged:
        score = next(
            (
                told[0]
                for name in ("x-spam-score", "x-rspamd-score")
                if (told := re.match(rf"\s*{_NUMBER}", named.get(name, "")))
            ),
            "",
        )
        yield Verdict("content", score.strip(), rules=_rules(named.get("x-spam-report", ""), ""))


def _rules(report: str, status: str) -> tuple[str, ...]:
    weighed = [(float(weight), name) for weight, name in _REPORT.findall(report)]
    if weighed:
        return _heaviest(weighed)
    tests = _TESTS.search(status)
    named = _TEST.findall(tests[1]) if tests else []
    if any(weight for _name, weight in named):
        return _heaviest((float(weight or 0), name) for name, weight in named)
    return tuple(name for name, _weight in named[:MOST_RULES])


def _symbols(result: str) -> list[tuple[str, str]]:
    return [(name, weight) for name, weight in _SYMBOL.findall(result)]


def _heaviest(weighed: Iterable[tuple[float, str]]) -> tuple[str, ...]:
    against = sorted(((w, name) for w, name in weighed if w > 0), reverse=True)
    return tuple(name for _weight, name in against[:MOST_RULES])


def _microsoft(fields: Sequence[tuple[str, str]]) -> Iterator[Verdict]:
    items: dict[str, str] = {}
    for name, value in fields:
        if name == "x-ms-exchange-organization-scl":
            items.setdefault("SCL", value.strip())
        elif name in ("x-forefront-antispam-report", "x-microsoft-antispam"):
            for key, said in _ITEM.findall(value):
                items.setdefault(key.upper(), said.upper())
    if items.get("DIR") == "OUT":
        return
    kinds = [_SFV.get(items.get("SFV", "")), _CAT.get(items.get("CAT", ""))]
    level = items.get("SCL", "")
    spam = level.isdecimal() and int(level[:3]) in _SPAM_SCL
    if spam and not any(kinds):
        kinds.append("content")
    if items.get("BCL", "").isdecimal() and int(items["BCL"][:3]) >= _MANY_COMPLAINTS:
        kinds.append("bulk")
    for kind in kinds:
        if kind is not None:
            yield Verdict(kind)


def _bulk(fields: Sequence[tuple[str, str]]) -> Iterator[Verdict]:
    """RFC 2919 (List-Id), and the Precedence field of old (RFC 2076)."""
    for name, value in fields:
        if name == "list-id" or (name == "precedence" and value.strip().lower() in _BULK):
            yield Verdict("bulk")
