"""SPF (RFC 7208) by pyspf, with our own look-ups, and its limits on time and number of them."""

from collections.abc import Callable
from typing import Any

import spf

MAX_QUERIES = 60
RESULTS = ("pass", "fail", "softfail", "neutral", "none", "permerror", "temperror")

# (name, type) → values: text for A, AAAA, PTR; (preference, host) for MX; tuples of bytes for TXT.
# An empty list for "no such record"; None for "no answer".
LookUp = Callable[[str, str], list[Any] | None]


class _Query(spf.query):  # type: ignore[misc]  # the library has no types
    """pyspf's query, asking through ``look_up`` where pyspf would ask the system's resolver."""

    def __init__(self, look_up: LookUp, address: str, sender: str, helo: str) -> None:
        super().__init__(i=address, s=sender, h=helo, receiver="unknown", strict=True)
        self._look_up = look_up
        self._asked = 0

    def dns(
        self,
        name: str,
        qtype: str,
        cnames: dict[str, str] | None = None,  # noqa: ARG002 - pyspf's signature
        ignore_void: bool = False,
    ) -> list[Any]:
        """All values of a name; counts void look-ups (section 4.6.4)."""
        name = str(name).rstrip(".").lower()
        if not name or any(not 0 < len(label) < 64 for label in name.split(".")):
            return []
        key = (name, qtype)
        if key not in self.cache:
            self._asked += 1
            if self._asked > MAX_QUERIES:
                raise spf.PermError("too many DNS look-ups")
            values = self._look_up(name, qtype)
            if values is None:
                raise spf.TempError(f"DNS: no answer for {qtype} {name}")
            self.cache[key] = values
        values = list(self.cache[key])
        if not values and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError(f"more than {spf.MAX_VOID_LOOKUPS} names without records")
        return values


def evaluate(look_up: LookUp, address: str, sender: str, helo: str) -> tuple[str, str, str]:
    """The result (see RESULTS), an explanation, and the domain's record as published ("" if none).

    ``sender`` is the envelope address or a bare domain. Whatever ``look_up`` raises passes through.
    """
    try:
        query = _Query(look_up, address, sender, helo)
        result, _code, explanation = query.check()
    except (spf.PermError, ValueError):
        return "none", "not a domain that SPF can be asked for", ""
    except (RecursionError, AssertionError):
        return "permerror", "the record refers to itself without end", ""
    record = next(
        (
            b"".join(value).decode("utf-8", "replace")
            for value in query.cache.get((str(query.o).lower().rstrip("."), "TXT"), [])
            if spf.RE_SPF.match(b"".join(value))
        ),
        "",
    )
    return (result if result in RESULTS else "temperror"), str(explanation), record
