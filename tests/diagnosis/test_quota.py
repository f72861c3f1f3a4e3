"""The quota step: recorded evidence, the findings it must give, and those it must not."""

from dataclasses import replace

import pytest

from mailwizard.diagnosis import quota
from mailwizard.model.case import Case
from mailwizard.model.finding import Certainty
from mailwizard.model.observation import Seen
from mailwizard.model.provider import Provider
from mailwizard.model.seen.mailbox import MailboxSize, Quota
from mailwizard.providers.load import provider
from mailwizard.text.finding_text import render
from tests.diagnosis.mailbox_builders import (
    CASE,
    PROVIDER,
    answers,
    door,
    figures,
    signed_in,
    situation,
)

NO_QUOTA = Quota(supported=False, detail="not offered")
FULL_DOOR = door(552, "5.2.2", "mailbox is full")
BIG = replace(CASE, size=30_000_000)


def size(octets: int, *, complete: bool = True) -> MailboxSize:
    return MailboxSize(octets={"INBOX": octets}, messages={"INBOX": 10}, complete=complete)


TABLE: list[tuple[str, list[Seen], Case, set[str]]] = [
    ("room", [figures(100, 1000)], CASE, set()),
    ("full", [figures(1000, 1000)], CASE, {"MAILBOX_FULL"}),
    ("over", [figures(1010, 1000)], CASE, {"MAILBOX_FULL"}),
    ("a few KB free", [figures(99_990, 100_000)], CASE, {"MAILBOX_FULL"}),
    ("20 KB free", [figures(99_980, 100_000)], CASE, {"QUOTA_NEARLY_FULL"}),
    ("90 percent", [figures(90_000, 100_000)], CASE, {"QUOTA_NEARLY_FULL"}),
    ("89 percent", [figures(89_000, 100_000)], CASE, set()),
    ("too tight for it", [figures(80_000, 100_000)], BIG, {"QUOTA_TIGHT_FOR_SIZE"}),
    ("room for it", [figures(10_000, 100_000)], BIG, set()),
    ("too many mails", [figures(100, 100, "MESSAGE")], CASE, {"MAILBOX_FULL"}),
    ("no limit", [figures(100, 0)], CASE, set()),
    ("no limit, signed in", [signed_in(), figures(100, 0)], CASE, {"QUOTA_NOT_REPORTED"}),
    (
        "files share the space",
        [figures(1_000_000, 1_000_000), size(50_000_000)],
        CASE,
        {"QUOTA_SHARED_STORAGE"},
    ),
    (
        "mail fills it",
        [figures(1_000_000, 1_000_000), size(1_000_000_000)],
        CASE,
        {"MAILBOX_FULL"},
    ),
    (
        "not all of it was measured",
        [figures(1_000_000, 1_000_000), size(50_000_000, complete=False)],
        CASE,
        {"MAILBOX_FULL"},
    ),
    ("not reported", [signed_in(), NO_QUOTA], CASE, {"QUOTA_NOT_REPORTED"}),
    ("not reported, measured", [signed_in(), NO_QUOTA, size(5)], CASE, {"QUOTA_NOT_REPORTED"}),
    ("not signed in", [], CASE, set()),
    ("refused at the door", [FULL_DOOR], CASE, {"MAILBOX_FULL"}),
    ("refused for now", [door(452, "4.2.2", "over quota")], CASE, {"MAILBOX_FULL"}),
    ("not reported, refused", [signed_in(), NO_QUOTA, FULL_DOOR], CASE, {"MAILBOX_FULL"}),
    (
        "the whole server is full",
        [door(452, "4.2.2", "insufficient storage", others=452)],
        CASE,
        set(),
    ),
    ("unknown at the door", [door(550, "5.1.1", "no such user")], CASE, set()),
    ("told: full", [*answers(webmail_quota="full")], CASE, {"MAILBOX_FULL"}),
    ("told: nearly", [*answers(webmail_quota="nearly-full")], CASE, {"QUOTA_NEARLY_FULL"}),
    ("told: room", [signed_in(), NO_QUOTA, *answers(webmail_quota="room")], CASE, set()),
    (
        "measured figures overrule a glance",
        [figures(10, 1000), *answers(webmail_quota="nearly-full")],
        CASE,
        set(),
    ),
]


@pytest.mark.parametrize(
    ("seen", "case", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_table(seen: list[Seen], case: Case, expected: set[str]) -> None:
    found = quota.judge(situation(*seen, case=case))
    again = quota.judge(situation(*seen, case=case, backwards=True))
    assert {f.code for f in found} == {f.code for f in again} == expected
    for finding in found:
        assert finding.because
        words = render(finding, PROVIDER)
        assert "…" not in words.headline + words.meaning + "".join(words.actions)


def test_the_former_providers_full_mailbox_is_not_this_one() -> None:
    old: Provider = provider("exmail")
    refused = door(552, "5.2.2", "mailbox full", host=old.mx[0])
    assert quota.judge(situation(refused, provider=provider("alimail"), by="srv")) == []
    [found] = quota.judge(situation(refused, provider=old, by="srv"))
    assert found.code == "MAILBOX_FULL"


def test_figures_and_the_door_against_each_other() -> None:
    [found] = quota.judge(situation(figures(10, 1000), FULL_DOOR))
    assert (found.code, found.certainty) == ("MAILBOX_FULL", Certainty.LIKELY)


@pytest.mark.parametrize(
    ("octets", "text"),
    [(0, "0 B"), (1500, "1 KB"), (5 * 1024**2, "5.0 MB"), (int(4.8 * 1024**3), "4.8 GB")],
)
def test_sizes_for_people(octets: int, text: str) -> None:
    assert quota.octets(octets) == text
