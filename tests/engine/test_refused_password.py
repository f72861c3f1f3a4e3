"""A password that was refused is sent once, whatever is started afterwards."""

from collections.abc import Callable, Iterator

import pytest

from mailwizard.engine.check import check
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.self_test import SelfTesting
from mailwizard.engine.session import Session
from mailwizard.engine.waiting import WaitJob
from mailwizard.model.case import Case
from mailwizard.model.finding import Step
from mailwizard.model.secret import Secret
from tests.engine.builders import CASE
from tests.probes.mailbox_lab import ADDRESS, HOST, authority, certificate
from tests.servers.fake_imap import PASSWORD, Dialect, FakeImap, serving
from tests.worlds import LoopbackWorld

ASKED = Case(me=CASE.me, sender=CASE.sender, since=CASE.since, imap_host=HOST)
WORDS = (
    "NO [AUTHENTICATIONFAILED] Authentication failed.",
    "NO [ALERT] Application-specific password required",
    "NO LOGIN failed.",
    "BAD command unknown",
    "NO Login fail. Account is abnormal, service is not open, password is incorrect",
)


@pytest.fixture(params=WORDS[:1])
def server(request: pytest.FixtureRequest) -> Iterator[FakeImap]:
    """A mail server that refuses every sign-in."""
    with serving(certificate(), Dialect(login=request.param)) as refusing:
        yield refusing


def world(server: FakeImap) -> LoopbackWorld:
    laid_out = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
    laid_out.lead(ADDRESS, 993, server.place)
    return laid_out


def refused(server: FakeImap) -> Session:
    """A session whose sign-in was refused just now."""
    session = Session(Investigation(world(server), ASKED))
    run = session.sign_in(Secret(PASSWORD))
    assert run is not None
    assert run.wait(10)
    assert session.sign_in_state() == "refused"
    assert logins(server) == 1
    return session


def logins(server: FakeImap) -> int:
    return sum(verb in ("LOGIN", "AUTHENTICATE") for verb in server.verbs())


@pytest.mark.parametrize("server", WORDS, indirect=True, ids=lambda words: words[:24])
def test_a_whole_check_sends_it_once(server: FakeImap) -> None:
    investigation = Investigation(world(server), ASKED)
    investigation.password = Secret(PASSWORD)
    check(investigation, (Step.SPAM, Step.QUOTA), 15.0)
    assert logins(server) == 1


def every_step_twice(session: Session) -> None:
    for step in (Step.SPAM, Step.QUOTA, Step.SPAM, Step.QUOTA):
        assert session.start_step(step).wait(15)


def everything(session: Session) -> None:
    assert session.start_everything().wait(15)


def another_question(session: Session) -> None:
    session.answer("customer", "somebody@else.example")
    every_step_twice(session)


def another_time(session: Session) -> None:
    session.answer("since", "2026-11-01")
    every_step_twice(session)


def waiting(session: Session) -> None:
    job = WaitJob(session.investigation, 1.0)
    assert job.wait(10)


def own_test(session: Session) -> None:
    job = SelfTesting(session.investigation)
    assert job.wait(10)


@pytest.mark.parametrize(
    "does", [every_step_twice, everything, another_question, another_time, waiting, own_test]
)
def test_nothing_sends_it_again(server: FakeImap, does: Callable[[Session], None]) -> None:
    session = refused(server)
    try:
        does(session)
    finally:
        session.close()
    assert logins(server) == 1


def test_only_the_user_tries_again(server: FakeImap) -> None:
    session = refused(server)
    run = session.sign_in(Secret("another one"))
    assert run is not None
    assert run.wait(10)
    assert logins(server) == 2
