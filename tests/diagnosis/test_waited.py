"""A waiting that came to nothing is a note on the sender, never a cause."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mailwizard.diagnosis import mailbox
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.model.finding import Finding, Outcome, Owner
from mailwizard.model.observation import Seen
from mailwizard.model.seen.arrived import Waited
from tests.diagnosis.mailbox_builders import CASE, listed, mail, searched, situation


def waited(**changes: Any) -> Waited:
    """Half an hour in vain, while others' mail came."""
    seen = Waited(
        sender=CASE.sender or "",
        since=datetime(2026, 11, 23, 8, tzinfo=UTC),
        waited=1800.0,
        outcome="over",
        others_arrived=3,
        folders=12,
        folders_listed=12,
    )
    return replace(seen, **changes)


def found(*seen: Seen) -> list[Finding]:
    return [f for f in mailbox.judge(situation(*seen)) if f.code == "WAITED_IN_VAIN"]


@pytest.mark.parametrize(("others", "variant"), [(3, "others"), (0, "")])
def test_a_note_with_the_control_named(others: int, variant: str) -> None:
    [told] = found(waited(others_arrived=others))
    assert (told.outcome, told.owner) == (Outcome.INFO, Owner.SENDER)
    assert (told.data["variant"], told.data["minutes"], told.data["others"]) == (
        variant,
        30,
        others,
    )
    assert told.because == ("o1",)


@pytest.mark.parametrize(
    "seen",
    [
        waited(outcome="arrived"),
        waited(outcome="refused"),
        waited(outcome="stopped", waited=100.0),
        waited(sender="somebody@else.example"),
        waited(folders=0),
        waited(blind=900.0),
        waited(blind_at_end=True),
    ],
)
def test_nothing_is_said_of_what_tells_nothing(seen: Waited) -> None:
    assert found(seen) == []


def test_stopped_after_a_while_still_tells() -> None:
    assert found(waited(outcome="stopped", waited=400.0))


def test_the_mail_that_is_there_beats_it() -> None:
    assert found(listed(), searched("Junk", mail("Junk")), waited()) == []


def test_it_is_never_the_verdict() -> None:
    diagnosis = diagnose(situation(listed(), searched("Junk"), searched("INBOX"), waited()))
    assert diagnosis.verdict.code != "WAITED_IN_VAIN"
    assert "WAITED_IN_VAIN" in {f.code for f in diagnosis.findings}
