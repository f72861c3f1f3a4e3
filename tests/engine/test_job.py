"""Work on a thread that the user has asked for: its end, its stop, its records."""

import threading
from datetime import date

import pytest

from mailwizard.engine.investigation import Investigation
from mailwizard.engine.job import Job
from mailwizard.model.case import Case
from mailwizard.model.seen.mailbox import RulesReadable
from mailwizard.probes.setting import Setting, Stopped
from tests.worlds import LoopbackWorld

CASE = Case(me="lin@example.com", since=date(2026, 11, 9))


@pytest.fixture
def investigation() -> Investigation:
    return Investigation(LoopbackWorld(), CASE)


def test_records_under_its_name_and_believes_the_newest(investigation: Investigation) -> None:
    def work(setting: Setting) -> None:
        setting.progress(2, 5)
        setting.record(RulesReadable(readable=False))

    for _again in range(2):
        job = Job(investigation, "tidy", 5, work)
        assert job.wait(5)
        assert (job.ended, job.crashed, job.progress) == (True, False, (2, 5))
    [seen] = investigation.evidence.of(RulesReadable, "tidy")
    assert (seen.run, seen.probe) == (2, "tidy")
    assert 0 <= seen.seconds < 5


def test_an_error_of_ours_ends_it(investigation: Investigation) -> None:
    def work(_setting: Setting) -> None:
        raise ZeroDivisionError

    job = Job(investigation, "tidy", 5, work)
    assert job.wait(5)
    assert job.crashed


def test_stopped_while_it_works(investigation: Investigation) -> None:
    begun, stopped = threading.Event(), threading.Event()

    def work(setting: Setting) -> None:
        begun.set()
        stopped.wait(5)
        with pytest.raises(Stopped):
            setting.limit(1)

    job = Job(investigation, "tidy", 5, work)
    assert begun.wait(5)
    assert not job.wait(0)
    job.stop()
    stopped.set()
    assert job.wait(5)
    assert not job.crashed


def test_its_time_is_over_by_itself(investigation: Investigation) -> None:
    seen: list[float] = []
    job = Job(investigation, "tidy", 0, lambda setting: seen.append(setting.remaining()))
    assert job.wait(5)
    assert seen[0] <= 0
