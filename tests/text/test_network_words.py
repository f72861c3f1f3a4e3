"""What to do about each fault of the network: something now, and a sentence for whoever can."""

import pytest

from mailwizard.diagnosis.codes import CODES
from mailwizard.diagnosis.verdict import ACCOUNT
from mailwizard.model.finding import Outcome, Owner, Step
from mailwizard.text.findings.network import TEXTS

FAULTS = [
    key
    for key in TEXTS
    if CODES[key.partition(":")[0]].step is Step.NETWORK
    and CODES[key.partition(":")[0]].outcome in (Outcome.CAUSE, Outcome.RISK)
    and key.partition(":")[0] not in ACCOUNT | {"LINE_UNSTEADY"}  # watched, not yet placed
]
HELPDESK = ('your IT: "', 'mail administrator: "', 'whoever runs the Wi-Fi: "', "tell your IT:")
SUPPORT = "{support}"


@pytest.mark.parametrize("key", FAULTS)
def test_there_is_something_to_do(key: str) -> None:
    assert TEXTS[key].actions


@pytest.mark.parametrize("key", FAULTS)
def test_whoever_can_repair_it_has_a_sentence_of_their_own(key: str) -> None:
    owner = CODES[key.partition(":")[0]].owner
    told = " ".join(TEXTS[key].actions)
    if owner in (Owner.PROVIDER, Owner.WAIT):
        assert SUPPORT in told or any(words in told for words in HELPDESK)
    else:
        assert any(words in told for words in HELPDESK)


@pytest.mark.parametrize("key", FAULTS)
def test_actions_are_short(key: str) -> None:
    for action in TEXTS[key].actions:
        assert len(action) <= 300, action
