"""Authentication-Results (RFC 8601): only what our own side wrote is believed."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from mailwizard.reading.received import belongs

_MAX_FIELD = 4_000
_COMMENT = re.compile(r"\([^()]*\)")
_METHOD = re.compile(
    r"^\s*([a-z0-9-]{1,30})(?:\s*/\s*\d+)?\s*=\s*([a-z]{1,20})\b(.*)$", re.I | re.S
)
_PROPERTY = re.compile(r"\b([a-z0-9-]{1,30})\.([a-z0-9-]{1,30})\s*=\s*(\"[^\"]*\"|[^\s;]+)", re.I)


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result, such as spf=pass, and its properties (``smtp.mailfrom``, …)."""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)

    def domain(self, *names: str) -> str:
        """The domain in the first property that is there, "" if none is."""
        for name in names:
            if value := self.properties.get(name):
                return value.rpartition("@")[2].strip('"<>. ').lower()
        return ""


@dataclass(frozen=True, slots=True)
class Results:
    """One field: the server that says it, and what it says."""

    authserv_id: str
    results: tuple[Result, ...]

    def of(self, method: str) -> tuple[Result, ...]:
        """The results of one method (dkim may stand there several times)."""
        return tuple(r for r in self.results if r.method == method)

    def said(self, method: str, *results: str) -> bool:
        """Whether one of the method's results is among ``results``."""
        return any(r.result in results for r in self.of(method))


def parse(field_value: str) -> Results:
    """One field. What cannot be read is left out; never raises."""
    text = " ".join(field_value[:_MAX_FIELD].split())
    for _nested in range(4):
        text = _COMMENT.sub(" ", text)
    identity, *rest = text.split(";")
    words = identity.split()
    found: list[Result] = []
    if words and "=" in words[0]:  # Exchange leaves its own name out
        rest, words = [identity, *rest], []
    for part in rest[:40]:
        if method := _METHOD.match(part):
            properties = {
                f"{kind}.{name}".lower(): value
                for kind, name, value in _PROPERTY.findall(method[3])
            }
            found.append(Result(method[1].lower(), method[2].lower(), properties))
    return Results(words[0].lower() if words else "", tuple(found))


def own_results(fields: Sequence[str], ours: Collection[str]) -> Results | None:
    """The newest field that one of our own servers wrote, or None.

    ``ours`` are host names of our provider and company, and the host that took the mail in.
    """
    for value in fields[:10]:
        results = parse(value)
        if results.authserv_id and belongs(results.authserv_id, ours):
            return results
    return None
