"""What takes the space names folders, people, subjects: none stays in a redacted report."""

import json
from datetime import UTC, date, datetime

import pytest

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Seen, from_json, to_json
from mailwizard.model.seen.mailbox import MailboxSize, Quota, QuotaResource
from mailwizard.model.seen.space import FolderSpace, LargeMail, MailboxSpace, SenderSpace, YearSpace
from mailwizard.report.redaction import Redactor
from mailwizard.text.facts import fact

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASE = Case(me="lin@acme-trading.com", since=date(2026, 11, 9))
SPACE = MailboxSpace(
    folders=(
        FolderSpace(name="Geheimsache", role="other", count=3, octets=900, done=True),
        FolderSpace(name="INBOX", role="inbox", count=1, octets=100, done=True),
    ),
    years=(YearSpace(year=2025, count=4, octets=1000),),
    senders=(SenderSpace(address="", name="Waltraud Quast", count=1, octets=5),),
    largest=(
        LargeMail(folder="Geheimsache", uid=3, size=900, from_name="赵小林", subject="Zahnrad 118"),
    ),
)
SEEN: list[Seen] = [
    SPACE,
    MailboxSize(octets={"Geheimsache": 5, "Sent": 1}, messages={"Geheimsache": 1}, complete=True),
    Quota(
        supported=True,
        resources=(
            QuotaResource(
                root="r", resource="STORAGE", used=1, limit=2, folders=("INBOX", "Geheimsache")
            ),
        ),
    ),
]


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: seen.kind)
def test_no_name_is_left(seen: Seen) -> None:
    evidence = Evidence()
    observation = evidence.add("space", seen, at=AT, seconds=1.0)
    told = json.dumps(Redactor(CASE, evidence).observation(observation), ensure_ascii=False)
    assert [w for w in ("Geheimsache", "Waltraud", "小林", "Zahnrad") if w in told] == []
    assert from_json(to_json(observation)) == observation


def test_a_saved_report_tells_where_the_space_is() -> None:
    line = fact(Evidence().add("space", SPACE, at=AT, seconds=1.0))
    assert "1000" in line
    assert "Geheimsache 900" in line
    assert "2025 1000" in line
