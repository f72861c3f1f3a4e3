"""The spam-folder step: recorded evidence, the findings it must give, and those it must not."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import mailbox
from mailwizard.model.case import Case
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Seen
from mailwizard.model.seen.mailbox import Folder, FolderList, RulesReadable
from mailwizard.text.finding_text import render
from tests.diagnosis.mailbox_builders import (
    CASE,
    NOW,
    PROVIDER,
    answers,
    door,
    history,
    listed,
    mail,
    searched,
    signed_in,
    situation,
)

WITH_SUBJECT = replace(CASE, subject="Angebot 2026-118")
HEALTH = replace(CASE, sender=None)
DOMAIN = replace(CASE, sender="customer.example")
EMPTY = [searched("INBOX"), searched("Junk"), searched("Trash")]


def judged(*seen: Seen, case: Case = CASE) -> list[Finding]:
    found = mailbox.judge(situation(*seen, case=case))
    again = mailbox.judge(situation(*seen, case=case, backwards=True))
    assert sorted(f.code for f in found) == sorted(f.code for f in again)
    for finding in found:
        assert finding.because
        words = render(finding, PROVIDER)
        assert "…" not in words.headline
        assert words.headline
    return found


def codes(*seen: Seen, case: Case = CASE) -> set[str]:
    return {f.code for f in judged(*seen, case=case)}


TABLE: list[tuple[str, list[Seen], Case, set[str]]] = [
    ("inbox", [searched("INBOX", mail("INBOX"))], CASE, {"IN_INBOX"}),
    ("junk", [searched("Junk", mail("Junk"))], CASE, {"FOUND_IN_JUNK"}),
    ("trash", [searched("Trash", mail("Trash"))], CASE, {"FOUND_IN_TRASH"}),
    (
        "marked as deleted",
        [searched("INBOX", mail("INBOX", flagged_deleted=True))],
        CASE,
        {"FOUND_IN_TRASH"},
    ),
    ("folder", [searched("Kunden", mail("Kunden"))], CASE, {"FOUND_IN_FOLDER"}),
    (
        "two places",
        [searched("INBOX", mail("INBOX", 3)), searched("Junk", mail("Junk", 1))],
        CASE,
        {"IN_INBOX", "FOUND_IN_JUNK"},
    ),
    (
        "a copy in all mail is no second place",
        [searched("INBOX", mail("INBOX")), searched("All", mail("All"))],
        CASE,
        {"IN_INBOX"},
    ),
    ("only in all mail", [searched("All", mail("All"))], CASE, {"FOUND_IN_FOLDER"}),
    (
        "wrong date",
        [searched("INBOX", mail("INBOX", dated=NOW - timedelta(days=900)))],
        CASE,
        {"FOUND_SORTED_AWAY"},
    ),
    (
        "a date that is a day off hides nothing",
        [searched("INBOX", mail("INBOX", dated=NOW - timedelta(days=2)))],
        CASE,
        {"IN_INBOX"},
    ),
    ("older than the window", [searched("INBOX", mail("INBOX", 20))], CASE, set()),
    (
        "another subject is another mail",
        [searched("INBOX", mail("INBOX", subject="Rechnung 7"))],
        WITH_SUBJECT,
        set(),
    ),
    (
        "the same subject, answered",
        [searched("INBOX", mail("INBOX", subject="回复：Angebot  2026-118"))],
        WITH_SUBJECT,
        {"IN_INBOX"},
    ),
    (
        "a domain was asked for",
        [searched("INBOX", mail("INBOX", matched="domain", from_address="a@customer.example"))],
        DOMAIN,
        {"IN_INBOX"},
    ),
    (
        "a colleague of the customer's",
        [searched("INBOX", mail("INBOX", matched="domain", from_address="a@customer.example"))],
        CASE,
        {"FOUND_OTHER_FROM"},
    ),
    (
        "reply-to",
        [searched("Junk", mail("Junk", matched="reply-to", from_address="crm@tool.example"))],
        CASE,
        {"FOUND_OTHER_FROM"},
    ),
    (
        "the subject under another name",
        [searched("INBOX", mail("INBOX", matched="subject", from_address="x@else.example"))],
        WITH_SUBJECT,
        {"FOUND_OTHER_FROM"},
    ),
    (
        "the sender's own mail beats another name",
        [
            searched(
                "INBOX", mail("INBOX", 1, matched="domain", from_address="a@customer.example")
            ),
            searched("Junk", mail("Junk", 2)),
        ],
        CASE,
        {"FOUND_IN_JUNK"},
    ),
    ("nothing", EMPTY, CASE, set()),
    ("rules", [*EMPTY, RulesReadable(readable=False)], CASE, {"RULES_NOT_READABLE"}),
    ("rules, no sender", [*EMPTY, RulesReadable(readable=False)], HEALTH, set()),
    (
        "rules, but found",
        [searched("INBOX", mail("INBOX")), RulesReadable(readable=False)],
        CASE,
        {"IN_INBOX"},
    ),
    (
        "junk by name",
        [*EMPTY, listed(Folder(name="垃圾邮件", flags=(), role="junk", role_by="name"))],
        CASE,
        {"JUNK_FOLDER_GUESSED"},
    ),
    (
        "no junk at all",
        [*EMPTY, listed(Folder(name="INBOX", flags=(), role="inbox", role_by="name"))],
        CASE,
        {"JUNK_FOLDER_GUESSED"},
    ),
    ("junk by flag", [*EMPTY, listed()], CASE, set()),
    (
        "cut short",
        [searched("INBOX"), searched("Junk", complete=False, detail="no time left")],
        CASE,
        {"SEARCH_PARTIAL"},
    ),
    (
        "no list",
        [FolderList(folders=(), delimiter="", complete=False, detail="NO")],
        CASE,
        {"SEARCH_PARTIAL"},
    ),
    ("inbox refused", [signed_in(select_refused="Unsafe Login")], CASE, {"SEARCH_PARTIAL"}),
    ("signed in, not searched yet", [signed_in()], CASE, set()),
    ("emptied", [searched("INBOX", messages=2, uidnext=4000)], CASE, {"POP_REMOVED"}),
    (
        "tidy, with an archive",
        [searched("INBOX", messages=2, uidnext=4000), searched("Archive", messages=3000)],
        CASE,
        set(),
    ),
    ("a young mailbox", [searched("INBOX", messages=1, uidnext=40)], CASE, set()),
    (
        "UIDs that count nothing",
        [searched("INBOX", messages=1, uidnext=1_700_000_000)],
        CASE,
        set(),
    ),
    (
        "emptied, but not all seen",
        [searched("INBOX", messages=2, uidnext=4000), searched("A", complete=False)],
        CASE,
        {"SEARCH_PARTIAL"},
    ),
    ("told: junk", [*answers(webmail_junk="yes")], CASE, {"FOUND_IN_JUNK"}),
    ("told: trash", [*answers(webmail_trash="yes")], CASE, {"FOUND_IN_TRASH"}),
    ("told: inbox", [*answers(webmail_search="inbox")], CASE, {"IN_INBOX"}),
    ("told: folder", [*answers(webmail_search="folder")], CASE, {"FOUND_IN_FOLDER"}),
    ("told: nowhere", [*answers(webmail_junk="no", webmail_search="no")], CASE, set()),
    ("told: not known", [*answers(webmail_junk="unknown", webmail_log="unknown")], CASE, set()),
    (
        "told: junk, and found there",
        [searched("Junk", mail("Junk")), *answers(webmail_junk="yes")],
        CASE,
        {"FOUND_IN_JUNK"},
    ),
    (
        "log: blocked",
        [*EMPTY, *answers(webmail_log="blocked")],
        CASE,
        {"COMPANY_FILTER", "BLOCKED_BY_YOU"},
    ),
    ("log: rule", [*EMPTY, *answers(webmail_log="rule")], CASE, {"RULE_MAY_DELETE"}),
    ("log: absent", [*EMPTY, *answers(webmail_log="absent")], CASE, set()),
    (
        "log: blocked, but found",
        [searched("Junk", mail("Junk")), *answers(webmail_log="blocked")],
        CASE,
        {"FOUND_IN_JUNK"},
    ),
    (
        "nobody outside",
        [*EMPTY, *answers(others="no", internal="yes")],
        CASE,
        {"EXTERNAL_MAIL_OFF"},
    ),
    ("nobody at all", [*EMPTY, *answers(others="no", internal="no")], CASE, set()),
]


@pytest.mark.parametrize(
    ("seen", "case", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_table(seen: list[Seen], case: Case, expected: set[str]) -> None:
    assert codes(*seen, case=case) == expected


@pytest.mark.parametrize(("inbox", "junk", "leads"), [(1, 3, "IN_INBOX"), (3, 1, "FOUND_IN_JUNK")])
def test_the_newest_mails_place_leads(inbox: float, junk: float, leads: str) -> None:
    found = judged(searched("INBOX", mail("INBOX", inbox)), searched("Junk", mail("Junk", junk)))
    assert [f.code for f in found if f.certainty is Certainty.SURE] == [leads]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("name", "earlier", "outcome", "certainty"),
    [
        ("Anna", False, Outcome.CAUSE, Certainty.POSSIBLE),
        ("Anna", True, Outcome.RISK, Certainty.POSSIBLE),
        ("hans becker", True, Outcome.CAUSE, Certainty.LIKELY),
    ],
)
def test_another_address_of_the_domain(
    name: str, earlier: bool, outcome: Outcome, certainty: Certainty
) -> None:
    other = mail("INBOX", matched="domain", from_address="a@customer.example", from_name=name)
    seen: list[Seen] = [searched("INBOX", other)]
    if earlier:
        seen.append(history(mail("INBOX", 40)))
    [found] = judged(*seen)
    assert (found.outcome, found.certainty) == (outcome, certainty)


@pytest.mark.parametrize(("accepted", "outcome"), [(True, Outcome.CAUSE), (False, Outcome.RISK)])
def test_a_switch_for_outside_mail_is_a_cause_only_where_the_door_is_open(
    accepted: bool, outcome: Outcome
) -> None:
    seen: list[Any] = [*EMPTY, *answers(others="no", internal="yes")]
    if accepted:
        seen.append(door(250, "2.1.5", "ok"))
    [found] = judged(*seen)
    assert found.outcome is outcome


def test_what_was_found_is_not_told_twice() -> None:
    assert len(judged(searched("Junk", mail("Junk")), *answers(webmail_junk="yes"))) == 1


def test_what_was_found_is_told_with_its_words() -> None:
    [found] = judged(searched("Junk", mail("Junk", 2), mail("Junk", 1, subject="Second")))
    words = render(found, PROVIDER)
    assert "Second" in words.meaning
    assert "hans@customer.example" in words.meaning
    assert "2" in words.meaning
    assert "…" not in words.meaning + "".join(words.actions)
