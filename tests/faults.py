"""The table of known faults, ``data/faults.csv``: what each gives, and what it never is."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One row. ``never`` are the codes that must not be said of this fault."""

    id: str
    step: str
    code: str
    outcome: str
    owner: str
    never: frozenset[str]


@cache
def faults() -> tuple[Fault, ...]:
    """All rows, in the table's order."""
    path = Path(__file__).with_name("data") / "faults.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Fault(
                id=row["id"],
                step=row["step"],
                code=row["finding"],
                outcome=row["outcome"],
                owner=row["owner"],
                never=frozenset(row["never"].split()),
            )
            for row in csv.DictReader(file)
        )
