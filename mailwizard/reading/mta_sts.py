"""MTA-STS as published text (RFC 8461): the TXT record and the policy file."""

import re
from collections.abc import Iterable, Sequence

from mailwizard.model.seen.dns import StsPolicy
from mailwizard.model.shown import shown

MAX_POLICY = 64 * 1024
MAX_PATTERNS = 100

_RECORD = re.compile(r"v=STSv1\s*;(.*)", re.DOTALL)
_ID = re.compile(r"(?:^|;)\s*id=([A-Za-z0-9]{1,32})\s*(?:;|$)")


class NotAPolicy(ValueError):
    """The text is no MTA-STS policy; the message says what is missing."""


def published(records: Iterable[str]) -> str:
    """The domain's MTA-STS record, or "": none, or more than one, counts as none (section 3.1)."""
    found = [record for record in records if _RECORD.match(record)]
    return found[0] if len(found) == 1 else ""


def policy_id(record: str) -> str:
    """The id of a record, "" where it has none."""
    match = _RECORD.match(record)
    inner = _ID.search(match[1]) if match else None
    return inner[1] if inner else ""


def parse_policy(body: bytes) -> StsPolicy:
    """A policy from the file (section 3.2). Raises NotAPolicy."""
    mode = version = ""
    patterns: list[str] = []
    max_age: int | None = None
    for line in body[:MAX_POLICY].decode("utf-8", "replace").splitlines():
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon:
            continue
        if key == "version" and not version:
            version = value
        elif key == "mode" and not mode:
            mode = value
        elif key == "mx":
            patterns.append(shown(value.lower().rstrip("."), 255))
        elif key == "max_age" and max_age is None and re.fullmatch(r"[0-9]{1,10}", value):
            max_age = int(value)
    if version != "STSv1":
        raise NotAPolicy("version")
    if mode not in ("enforce", "testing", "none"):
        raise NotAPolicy("mode")
    if mode != "none" and not patterns:
        raise NotAPolicy("mx")
    return StsPolicy(mode=mode, mx=tuple(patterns[:MAX_PATTERNS]), max_age=max_age)


def allows(patterns: Sequence[str], host: str) -> bool:
    """Whether a policy names a mail exchanger; ``*.`` stands for one label (section 4.1)."""
    name = host.rstrip(".").lower()
    return any(
        name.partition(".")[2] == pattern[2:] and bool(name.partition(".")[0])
        if pattern.startswith("*.")
        else name == pattern
        for pattern in patterns
    )
