"""A report as JSON, in the shape of the contract, and the way back from a saved file."""

import codecs
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

import msgspec

from mailwizard.model.case import Case, NotAnAddress, parse_address, parse_sender
from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import NotAnObservation
from mailwizard.model.observation import from_json as observation_from_json
from mailwizard.model.shown import shown
from mailwizard.report.report import SCHEMA, Report, ToldFinding

LIMIT = 50_000_000
"""Octets of a file that may be a report."""

# What may stand raw in JSON, yet steers a terminal or turns text around (bidi).
_STEERING = re.compile(
    r"[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)

_NAME, _, _NUMBER = SCHEMA.rpartition("/")
_MOST_DIGITS = 9
_MISFITS = (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)


class NotOpened(ValueError):
    """A file cannot be opened as a report; ``reason`` is a word for ``text.problems``."""

    reason: ClassVar[str]


class NotAReport(NotOpened):
    """The file is something else."""

    reason = "not-a-report"


class BrokenReport(NotOpened):
    """The file is a report, but parts of it are missing or do not fit together."""

    reason = "broken"


class NewerReport(NotOpened):
    """The file was written by a newer version, whose reports this one does not know."""

    reason = "newer"


class TooLarge(NotOpened):
    """The file is larger than any report."""

    reason = "too-large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a saved report gives back, to be judged anew: nothing of its old judgement."""

    case: Case
    evidence: Evidence
    started: datetime
    seconds: float
    redacted: bool


def to_json(report: Report) -> str:
    """The report as JSON text, with a final line break."""
    text = json.dumps(_document(report), ensure_ascii=False, indent=2) + "\n"
    return _STEERING.sub(lambda found: json.dumps(found[0])[1:-1], text)


def from_json(text: str | bytes) -> tuple[Case, Evidence]:
    """The case and the evidence of a saved report. Raises NotOpened's kinds."""
    saved = read(text)
    return saved.case, saved.evidence


def read(text: str | bytes) -> Saved:
    """A saved report. Raises NotAReport, BrokenReport, NewerReport, TooLarge."""
    if len(text) > LIMIT:
        raise TooLarge
    if isinstance(text, bytes):
        text = text.removeprefix(codecs.BOM_UTF8)  # some editors put it there
    try:
        data = msgspec.json.decode(text)
    except (ValueError, RecursionError) as problem:  # msgspec's own errors are ValueErrors
        start = text[:4096]
        ours = (b"mailwizard" in start) if isinstance(start, bytes) else "mailwizard" in start
        raise (BrokenReport if ours else NotAReport)("no JSON") from problem
    schema = data.get("schema") if isinstance(data, dict) else None
    name, _slash, number = str(schema).rpartition("/")
    if name != _NAME or not number.isdecimal():
        raise NotAReport("no schema of ours")
    if len(number) > _MOST_DIGITS or int(number) > int(_NUMBER):
        raise NewerReport(number[:_MOST_DIGITS])
    try:
        return _saved(_harmless(data))
    except _MISFITS as problem:
        raise BrokenReport(str(problem)[:200]) from problem


def _document(report: Report) -> dict[str, Any]:
    case = report.case
    return {
        "schema": SCHEMA,
        "tool": {"name": "mailwizard", "version": report.version},
        "started": _time(report.started),
        "seconds": report.seconds,
        "language": report.language,
        "redacted": report.redacted,
        "case": {
            "me": case.me,
            "sender": case.sender,
            "since": case.since.isoformat(),
            "subject": case.subject,
            "attachment": case.attachment,
            "size": case.size,
            "provider": report.provider.id,
            "provider_by": report.provider_by,
            "imap_host": case.imap_host,
            "imap_port": case.imap_port,
            "answers": dict(report.answers),
        },
        "verdict": {
            key: value
            for key, value in _finding(report.verdict).items()
            if key in ("outcome", "code", "owner", "certainty", "headline")
        },
        "findings": [_finding(told) for told in report.findings],
        "steps": [
            {
                "id": step.id,
                "outcome": step.outcome,
                "coverage": step.coverage,
                "seconds": step.seconds,
            }
            for step in report.steps
        ],
        "observations": [dict(fact.json) for fact in report.facts],
        "withdrawn": list(report.withdrawn),
    }


def _finding(told: ToldFinding) -> dict[str, Any]:
    finding, words = told.finding, told.words
    return {
        "code": finding.code,
        "step": finding.step,
        "outcome": finding.outcome,
        "owner": finding.owner,
        "certainty": finding.certainty,
        "headline": words.headline,
        "meaning": words.meaning,
        "actions": list(words.actions),
        "because": list(finding.because),
        "data": dict(finding.data),
    }


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _saved(data: Mapping[str, Any]) -> Saved:
    given = data["case"]
    try:
        case = Case(
            me=parse_address(given["me"]),
            sender=parse_sender(given["sender"]) if given.get("sender") else None,
            since=date.fromisoformat(given["since"]),
            subject=_text(given.get("subject")),
            attachment=_text(given.get("attachment")),
            size=_number(given.get("size")),
            provider=_text(given.get("provider")) if given.get("provider_by") == "user" else None,
            imap_host=_text(given.get("imap_host")),
            imap_port=_number(given.get("imap_port")),
        )
        evidence = Evidence(observation_from_json(item) for item in data["observations"])
    except (NotAnAddress, NotAnObservation) as problem:
        raise ValueError(str(problem)) from problem
    for probe in data.get("withdrawn", ()):
        evidence.begin(str(probe))
    return Saved(
        case=case,
        evidence=evidence,
        started=msgspec.convert(data["started"], datetime),
        seconds=float(data["seconds"]),
        redacted=data.get("redacted") is True,
    )


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError("text expected")


def _number(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TypeError("a number expected")


def _harmless(value: Any) -> Any:
    """A saved file comes from others: what could steer a terminal is made visible or dropped."""
    if isinstance(value, str):
        return value if value.isprintable() else shown(value, 4000)
    if isinstance(value, dict):
        return {_harmless(key): _harmless(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_harmless(item) for item in value]
    return value
