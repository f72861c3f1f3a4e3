"""The quota step: recorded evidence, the findings it must give, and those it must not."""

from dataclasses import replace

import pytest

from mailwizard.diagnosis import quota
from mailwizard.diagnosis.steps import seen_in_order
from mailwizard.model.case import Case
from mailwizard.model.finding import Certainty, Outcome, Step
from mailwizard.model.observation import Seen
from mailwizard.model.provider import Provider
from mailwizard.model.seen.mailbox import MailboxSize, Quota, QuotaResource
from mailwizard.model.seen.space import FolderSpace, MailboxSpace
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
FILE = replace(BIG, attachment="drawing.pdf")
GIB = 1 << 30


def size(octets: int, *, complete: bool = True) -> MailboxSize:
    return MailboxSize(octets={"INBOX": octets}, messages={"INBOX": 10}, complete=complete)


def roots(*told: tuple[str, str, int, int, str]) -> Quota:
    """Figures of several roots: root, resource, used, limit, and the folder that was asked for."""
    return Quota(
        supported=True,
        resources=tuple(
            QuotaResource(root=root, resource=resource, used=used, limit=limit, folders=(folder,))
            for root, resource, used, limit, folder in told
        ),
    )


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
    ("told: 4.8 of 5", [*answers(webmail_space="4.8 GB / 5 GB")], CASE, {"QUOTA_NEARLY_FULL"}),
    ("told: 96 %", [*answers(webmail_space="96 %")], CASE, {"QUOTA_NEARLY_FULL"}),
    ("told: 5 of 5", [*answers(webmail_space="5 GB / 5 GB")], CASE, {"MAILBOX_FULL"}),
    ("told: more than all", [*answers(webmail_space="102 % / 5 GB")], CASE, {"MAILBOX_FULL"}),
    ("told: 100 %", [*answers(webmail_space="100 %")], CASE, {"MAILBOX_FULL"}),
    ("told: no limit", [signed_in(), NO_QUOTA, *answers(webmail_space="4.8 GB / ∞")], CASE, set()),
    ("told: 3 of 5", [signed_in(), NO_QUOTA, *answers(webmail_space="3 GB / 5 GB")], CASE, set()),
    (
        "told: not known",
        [signed_in(), NO_QUOTA, *answers(webmail_space="")],
        CASE,
        {"QUOTA_NOT_REPORTED"},
    ),
    (
        "told figures count for more than a glance",
        [*answers(webmail_quota="full", webmail_space="3 GB / 5 GB")],
        CASE,
        set(),
    ),
    (
        "a glance, where the figures were skipped",
        [*answers(webmail_quota="full", webmail_space="")],
        CASE,
        {"MAILBOX_FULL"},
    ),
    (
        "told: too tight for it",
        [*answers(webmail_space="4.98 GB / 5 GB")],
        BIG,
        {"QUOTA_TIGHT_FOR_SIZE"},
    ),
    ("told: room for it", [*answers(webmail_space="3 GB / 5 GB")], BIG, set()),
    (
        "told: full, but mail takes little of it",
        [NO_QUOTA, size(GIB), *answers(webmail_space="5 GB / 5 GB")],
        CASE,
        {"QUOTA_SHARED_STORAGE"},
    ),
    (
        "told: full, and mail takes it",
        [NO_QUOTA, size(4 * GIB), *answers(webmail_space="5 GB / 5 GB")],
        CASE,
        {"MAILBOX_FULL"},
    ),
    (
        "told: full, and not all was measured",
        [NO_QUOTA, size(GIB, complete=False), *answers(webmail_space="5 GB / 5 GB")],
        CASE,
        {"MAILBOX_FULL"},
    ),
    (
        "told: room, though mail takes little of it",
        [signed_in(), NO_QUOTA, size(10), *answers(webmail_space="3 GB / 5 GB")],
        CASE,
        set(),
    ),
    (
        "the server's figures overrule webmail's",
        [figures(10, 1000), *answers(webmail_space="96 %")],
        CASE,
        set(),
    ),
    ("a file grows in a mail", [figures(64_000, 100_000)], FILE, {"QUOTA_TIGHT_FOR_SIZE"}),
    ("a mail does not", [figures(64_000, 100_000)], BIG, set()),
    ("room for the grown file", [figures(50_000, 100_000)], FILE, set()),
    ("no limit told, none there", [figures(100, 0), figures(5, 0, "MESSAGE")], CASE, set()),
    (
        "another folder's root is full",
        [roots(("", "STORAGE", 10, 1000, "INBOX"), ("team", "STORAGE", 50, 50, "Team"))],
        CASE,
        {"FOLDERS_FULL"},
    ),
    (
        "both are full",
        [roots(("", "STORAGE", 1000, 1000, "INBOX"), ("team", "STORAGE", 50, 50, "Team"))],
        CASE,
        {"MAILBOX_FULL", "FOLDERS_FULL"},
    ),
    (
        "another folder's root is nearly full",
        [roots(("", "STORAGE", 10, 1000, "INBOX"), ("team", "STORAGE", 49_000, 50_000, "Team"))],
        CASE,
        set(),
    ),
    (
        "another folder may hold no more mails",
        [roots(("", "STORAGE", 10, 1000, "INBOX"), ("team", "MESSAGE", 50, 50, "Team"))],
        CASE,
        {"FOLDERS_FULL"},
    ),
    (
        "only another folder has figures",
        [signed_in(), roots(("team", "STORAGE", 10, 1000, "Team"))],
        CASE,
        {"QUOTA_NOT_REPORTED"},
    ),
    (
        "of two roots of the inbox the full one counts",
        [roots(("a", "STORAGE", 10, 1000, "INBOX"), ("b", "STORAGE", 1000, 1000, "INBOX"))],
        CASE,
        {"MAILBOX_FULL"},
    ),
    (
        "room in octets, none in mails",
        [roots(("", "STORAGE", 10, 1000, "INBOX"), ("", "MESSAGE", 101, 100, "INBOX"))],
        CASE,
        {"MAILBOX_FULL"},
    ),
    (
        "mail in folders of another root does not fill this one",
        [
            roots(
                ("", "STORAGE", 1_000_000, 1_000_000, "INBOX"),
                ("team", "STORAGE", 900_000, 2_000_000, "Team"),
            ),
            MailboxSize(
                octets={"INBOX": 50_000_000, "Team": 900_000_000},
                messages={"INBOX": 10, "Team": 10},
                complete=True,
            ),
        ],
        CASE,
        {"QUOTA_SHARED_STORAGE"},
    ),
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


def test_the_largest_folders_are_named_where_they_are_known() -> None:
    known = MailboxSize(
        octets={"INBOX": 2 * GIB, "Kunden": GIB, "Spam": 100, "Empty": 0},
        messages={},
        complete=False,
    )
    [found] = quota.judge(situation(figures(1000, 1000), known))
    assert found.data["biggest"] == ("INBOX (2.0 GB)", "Kunden (1.0 GB)")
    words = render(found, PROVIDER)
    assert any("Kunden (1.0 GB)" in action for action in words.actions)
    [bare] = quota.judge(situation(figures(1000, 1000)))
    assert len(render(bare, PROVIDER).actions) == len(words.actions) - 1


def test_a_newer_survey_names_the_largest_folders() -> None:
    folder = FolderSpace(name="Sent", role="sent", count=5, octets=9 * GIB, done=True)
    known = MailboxSize(octets={"INBOX": GIB, "Sent": GIB}, messages={}, complete=True)
    [found] = quota.judge(situation(figures(1000, 1000), known, MailboxSpace(folders=(folder,))))
    assert found.data["biggest"] == ("Sent (9.0 GB)", "INBOX (1.0 GB)")


def test_what_is_told_is_less_sure_than_what_is_measured() -> None:
    told = answers(webmail_space="5 GB / 5 GB")
    [full] = quota.judge(situation(*told))
    [shared] = quota.judge(situation(size(1), *told))
    assert full.certainty is Certainty.LIKELY
    assert (shared.code, shared.certainty) == ("QUOTA_SHARED_STORAGE", Certainty.POSSIBLE)
    [tight] = quota.judge(situation(figures(64_000, 100_000), case=FILE))
    assert tight.certainty is Certainty.LIKELY


@pytest.mark.parametrize(
    ("seen", "in_order"),
    [
        ([figures(10, 1000)], True),
        ([figures(10, 0)], False),
        ([roots(("team", "STORAGE", 10, 1000, "Team"))], False),
        ([NO_QUOTA], False),
        ([*answers(webmail_space="3 GB / 5 GB")], True),
        ([*answers(webmail_space="4.8 GB / ∞")], True),
        ([*answers(webmail_space="")], False),
        ([*answers(webmail_quota="room")], True),
        ([*answers(webmail_quota="room", webmail_space="5 GB / 5 GB")], False),
    ],
)
def test_no_finding_means_in_order_only_where_something_was_seen(
    seen: list[Seen], in_order: bool
) -> None:
    assert seen_in_order(Step.QUOTA, situation(*seen)) is in_order


def test_the_folders_of_another_root_are_named() -> None:
    seen = roots(("", "STORAGE", 10, 1000, "INBOX"), ("team", "STORAGE", 50, 50, "Team/Orders"))
    [found] = quota.judge(situation(seen))
    assert found.outcome is Outcome.RISK
    assert "Team/Orders" in render(found, PROVIDER).meaning
