"""SPF: the test suite of RFC 7208 through our own look-ups, and hostile records."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spf
import yaml

from mailwizard.probes import spf_query
from mailwizard.probes.spf_query import evaluate

SUITE = Path(__file__).parent.parent / "data" / "rfc7208-tests.yml"


def _cases() -> Iterator[Any]:
    with SUITE.open(encoding="utf-8") as file:
        for scenario in yaml.safe_load_all(file):
            for name, case in scenario["tests"].items():
                yield pytest.param(scenario["zonedata"], case, id=f"{name}")


def _values(entries: list[Any], rtype: str) -> list[Any] | None:
    """A name's records in the suite's form; TXT stands for the old type SPF unless given itself."""
    own_txt = any(isinstance(e, dict) and "TXT" in e for e in entries)
    found: list[Any] = []
    for entry in entries:
        if entry == "TIMEOUT":
            continue
        for kind, value in entry.items():
            if kind == "SPF" and not own_txt:
                kind = "TXT"
            if kind != rtype or value == "NONE":
                continue
            if kind == "TXT":
                pieces = [value] if isinstance(value, str) else value
                found.append(tuple(piece.encode("utf-8") for piece in pieces))
            elif kind == "MX":
                found.append((value[0], value[1]))
            else:
                found.append(value)
    return None if "TIMEOUT" in entries and not found else found


def zone_look_up(zone: dict[str, Any]) -> spf_query.LookUp:
    names = {name.lower(): entries for name, entries in zone.items()}

    def look_up(name: str, rtype: str) -> list[Any] | None:
        for _link in range(10):
            entries = names.get(name.lower(), [])
            values = _values(entries, rtype)
            alias = next(
                (e["CNAME"] for e in entries if isinstance(e, dict) and "CNAME" in e), None
            )
            if values is None or values or alias is None:
                return values
            name = alias.rstrip(".")
        return []

    return look_up


@pytest.mark.parametrize(("zone", "case"), list(_cases()))
def test_rfc7208(zone: dict[str, Any], case: dict[str, Any]) -> None:
    result, explanation, _record = evaluate(
        zone_look_up(zone), case["host"], case["mailfrom"], case["helo"]
    )
    accepted = case["result"] if isinstance(case["result"], list) else [case["result"]]
    assert result in accepted, explanation


def test_no_answer_is_no_verdict() -> None:
    assert evaluate(lambda _name, _type: None, "192.0.2.1", "a@b.example", "h.b.example")[0] == (
        "temperror"
    )


def test_a_record_that_includes_itself_ends() -> None:
    asked: list[str] = []

    def look_up(name: str, rtype: str) -> list[Any]:
        asked.append(name)
        return [(f"v=spf1 include:{name} -all".encode(),)] if rtype == "TXT" else []

    assert evaluate(look_up, "192.0.2.1", "a@loop.example", "h.example")[0] == "permerror"
    assert len(asked) <= spf_query.MAX_QUERIES


def test_a_web_of_includes_is_bounded() -> None:
    asked: list[str] = []

    def look_up(name: str, rtype: str) -> list[Any]:
        asked.append(name)
        if rtype == "TXT":
            words = " ".join(f"include:{n}.{name[-60:]}" for n in range(30))
            return [(f"v=spf1 {words} -all".encode(),)]
        return [f"192.0.2.{n}" for n in range(200)]

    assert evaluate(look_up, "203.0.113.9", "a@web.example", "h.example")[0] == "permerror"
    assert len(asked) <= spf_query.MAX_QUERIES


def test_the_library_is_not_changed_for_others() -> None:
    assert spf.DNSLookup.__module__ == "spf"
    assert evaluate(lambda _n, _t: [(b"v=spf1 +all",)], "192.0.2.1", "a@b.example", "h")[2] == (
        "v=spf1 +all"
    )
