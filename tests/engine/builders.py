"""Probes, worlds and investigations for the tests of the engine."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from mailwizard import plan
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.model.case import Case
from mailwizard.model.finding import Step
from mailwizard.plan import Probe
from mailwizard.probes.setting import Setting
from tests.worlds import LoopbackWorld

CASE = Case(me="lin@example.com", sender="buyer@customer.example", since=date(2026, 11, 9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stub(Probe):
    """A probe that is a function of the test."""

    does: Callable[[Setting], None]

    def load(self) -> Callable[[Setting], None]:
        """The test's function."""
        return self.does


def stub(
    name: str,
    does: Callable[[Setting], None] = lambda _setting: None,
    *,
    after: tuple[str, ...] = (),
    seconds: float = 10.0,
    step: Step | None = Step.NETWORK,
) -> Stub:
    """A probe of that name."""
    return Stub(id=name, step=step, what=name, where="", after=after, seconds=seconds, does=does)


def investigation(case: Case = CASE) -> Investigation:
    """One in which nothing outside can be reached."""
    return Investigation(LoopbackWorld(), case)


def session(case: Case = CASE) -> Session:
    """A session at its start."""
    return Session(investigation(case))


def replace_plan(monkeypatch: pytest.MonkeyPatch, *stubs: Stub) -> None:
    """These probes instead of all real ones."""
    monkeypatch.setattr(plan, "PROBES", stubs)
    monkeypatch.setattr(plan, "BY_ID", {probe.id: probe for probe in stubs})
