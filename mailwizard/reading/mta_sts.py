"""MTA-STS as published text (RFC 8461): the TXT record and the policy file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mailwizard.model.seen.dns import StsPolicy, StsProblem
from mailwizard.model.shown import shown

MAX_POLICY = 64 * 1024
MAX_PATTERNS = 1000

# Section 3.1: the version is case-sensitive and comes first.
_RECORD = re.compile(r"v=STSv1[ \t]*(?:;(.*))?", re.DOTALL)
_RESEMBLES = re.compile(r"\W{0,3}v\s*=\s*\"?sts", re.IGNORECASE)
_FIELD = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]{0,31})[ \t]*=[ \t]*([!-:<>-~]+)")
_ID = re.compile(r"[A-Za-z0-9]{1,32}")
_LINE_END = re.compile(r"\r?\n")


@dataclass(frozen=True, slots=True)
class Announced:
    """A domain's record: its text ("" for none), its id, and why it counts for nothing."""

    text: str
    policy_id: str = ""
    problem: StsProblem = ""


class NotAPolicy(ValueError):
    """The text is no MTA-STS policy; the message is one word for what is missing."""


def announced(records: Iterable[str]) -> Announced:
    """What the TXT records of ``_mta-sts`` announce (section 3.1); others are passed over."""
    every = list(records)
    found = [record for record in every if _RECORD.fullmatch(record)]
    if len(found) > 1:
        return Announced(" | ".join(found), problem="several")
    if not found:
        near = [record for record in every if _RESEMBLES.match(record)]
        return Announced(near[0], problem="version") if near else Announced("")
    return _read(found[0])


def _read(record: str) -> Announced:
    match = _RECORD.fullmatch(record)
    parts = [part.strip(" \t") for part in (match[1] or "" if match else "").split(";")]
    if parts and not parts[-1]:
        parts.pop()
    fields = [_FIELD.fullmatch(part) for part in parts]
    ids = [field[2] for field in fields if field is not None and field[1] == "id"]
    if ids:
        if not _ID.fullmatch(ids[0]):
            return Announced(record, problem="bad-id")
        return Announced(record, ids[0], "" if all(fields) else "form")
    named = any(re.match(r"id[ \t]*=", part) for part in parts)
    return Announced(record, problem="bad-id" if named else "no-id")


def parse_policy(body: bytes) -> StsPolicy:
    """A policy from the file (section 3.2): of a key that stands twice, the first counts.

    Raises NotAPolicy.
    """
    if body.startswith(b"\xef\xbb\xbf"):
        raise NotAPolicy("byte-order-mark")
    first: dict[str, str] = {}
    patterns: dict[str, None] = {}
    for line in _LINE_END.split(body[:MAX_POLICY].decode("utf-8", "replace")):
        key, colon, value = line.partition(":")
        key, value = key.strip(" \t"), value.strip(" \t")
        if not colon:
            continue
        if key == "mx":
            patterns[shown(value.lower().rstrip("."), 255)] = None
        else:
            first.setdefault(key, value)
    if first.get("version") != "STSv1":
        raise NotAPolicy("version")
    mode, age = first.get("mode", ""), first.get("max_age", "")
    if mode not in ("enforce", "testing", "none"):
        raise NotAPolicy("mode")
    if not re.fullmatch(r"[0-9]{1,10}", age, re.ASCII):
        raise NotAPolicy("max_age")
    if mode != "none" and not patterns:
        raise NotAPolicy("mx")
    return StsPolicy(
        mode=mode,
        mx=tuple(patterns)[:MAX_PATTERNS],
        max_age=int(age),
        cut=len(patterns) > MAX_PATTERNS,
    )


def allows(patterns: Sequence[str], host: str) -> bool:
    """Whether a policy names a mail exchanger; ``*.`` stands for one label (section 4.1)."""
    name = host.rstrip(".").lower()
    return any(
        name.partition(".")[2] == pattern[2:] and bool(name.partition(".")[0])
        if pattern.startswith("*.")
        else name == pattern
        for pattern in patterns
    )


def dated(policy_id: str) -> datetime | None:
    """The day that an id tells, where it is written as one (``20261123…``); None otherwise.

    An id may be any text (section 3.1), but most are the time of the last change.
    """
    match = re.fullmatch(r"(20[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?:T?[0-9]{2,6}Z?)?"
                         r"|(1[0-9]{9})", policy_id)  # fmt: skip
    if match is None:
        return None
    try:
        if match[4]:
            return datetime.fromtimestamp(int(match[4]), UTC)
        return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
