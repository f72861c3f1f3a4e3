"""On a line that loses packets, nobody else is accused of keeping silent."""

import pytest

from mailwizard.diagnosis import account, dns, network
from mailwizard.model.observation import Seen
from mailwizard.model.seen.dns import Status
from mailwizard.model.seen.line import LineQuality
from mailwizard.model.seen.mailbox import SignIn
from tests.diagnosis import domain_builders as b
from tests.diagnosis.line_seen import quality
from tests.diagnosis.mailbox_builders import signed_in, situation
from tests.diagnosis.test_network_quality import HEAVY, QUICK, lost

LOSSY = quality(lost(1, 4), lost(2, by=None), lost(5), QUICK, mail=lost(3))
VERY_LOSSY = quality(*HEAVY, mail=QUICK)
STEADY = quality(QUICK, QUICK, QUICK, QUICK, mail=QUICK)


def silent_half_way() -> SignIn:
    return signed_in(outcome="unavailable", greeting="* OK ready", text="no answer in time")


def codes(*seen: Seen) -> set[str]:
    given = situation(*seen)
    judges = (network.judge, account.judge, dns.judge)
    return {finding.code for judge in judges for finding in judge(given)}


def test_a_mail_server_that_fell_silent() -> None:
    [found] = account.judge(situation(silent_half_way(), STEADY))
    assert (found.code, found.data["variant"]) == ("IMAP_BUSY", "silent")
    for line in (LOSSY, VERY_LOSSY):
        assert codes(silent_half_way(), line) == {"NETWORK_LOSSY"}


def test_a_mail_server_that_said_so_is_busy_on_any_line() -> None:
    said = signed_in(outcome="unavailable", code="UNAVAILABLE", text="busy", reply="NO")
    assert codes(said, LOSSY) == {"NETWORK_LOSSY", "IMAP_BUSY"}


@pytest.mark.parametrize("status", ["timeout", "refused"])
def test_a_name_server(status: Status) -> None:
    def found(line: LineQuality) -> set[str]:
        records = [*b.control(), *b.public("MX", "answer", *b.GOOD)]
        given = b.situation([*records, b.zone(1, "answer", *b.GOOD), b.zone(2, status), line])
        return {finding.code for finding in dns.judge(given)}

    assert "NS_PARTLY_DOWN" in found(STEADY)
    assert ("NS_PARTLY_DOWN" in found(LOSSY)) is (status == "refused")
