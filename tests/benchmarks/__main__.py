"""Runs every benchmark, or those that are named, and prints a table; exit 1 if a bound is not kept.

A benchmark is a module of this package with ``run() -> list[Result]``.
"""

import importlib
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.result import Result
from tests.servers import dovecot


def benchmarks() -> dict[str, Callable[[], list[Result]]]:
    """The modules of this package that can be run, by name."""
    found: dict[str, Callable[[], list[Result]]] = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name == "__main__":
            continue
        run = getattr(importlib.import_module(f"tests.benchmarks.{module.name}"), "run", None)
        if run is not None:
            found[module.name] = run
    return found


def main(names: list[str]) -> int:
    """The exit code: 0 all bounds kept, 1 not all, 2 cannot be run."""
    known = benchmarks()
    if unknown := [name for name in names if name not in known]:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(known)}")
        return 2
    if dovecot.BINARY is None:
        print("dovecot-imapd is not installed")
        return 2
    kept = True
    for name in names or known:
        for result in known[name]():
            kept &= result.kept
            sign = "≥" if result.at_least else "≤"
            print(
                f"{'kept ' if result.kept else 'BROKEN'}  {name:8}  {result.name:44}"
                f"{result.figure:8.2f} {result.unit:2} {sign} {result.bound:g}  {result.detail}",
                flush=True,
            )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
