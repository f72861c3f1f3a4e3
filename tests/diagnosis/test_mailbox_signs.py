"""What a mailbox tells beyond hits: recorded evidence, the findings it must give, and must not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import mailbox
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Seen
from mailwizard.model.provider import MenuPath
from mailwizard.model.seen.mailbox import Folder, FolderList, FolderSearch, MailSeen
from mailwizard.model.seen.moved import MailMoved
from mailwizard.model.seen.user import Answer
from tests.diagnosis.mailbox_builders import (
    CASE,
    NOW,
    PROVIDER,
    SINCE,
    answers,
    door,
    figures,
    listed,
    mail,
    searched,
    signed_in,
    situation,
)

HEALTH = replace(CASE, sender=None)
RECEIVED = ("from mail.customer.example (mail.customer.example [198.51.100.7]) by mx1",)
ACCEPTS = door(250, "2.1.5", "ok")
SPAM = ("x-spam-flag: YES", "x-spam-score: 7.2")
NAMES = ("INBOX", "Junk", "Trash")
BULK = ("precedence: bulk", "list-id: offers <offers.customer.example>")


def days_ago(days: float) -> Any:
    return NOW - timedelta(days=days)


def folders(*names: str) -> FolderList:
    """A list in which the usual roles are known by their flags."""
    roles: dict[str, Any] = {
        "INBOX": "inbox",
        "Junk": "junk",
        "Trash": "trash",
        "Archive": "archive",
    }
    return FolderList(
        folders=tuple(
            Folder(name=n, flags=(), role=roles.get(n, "other"), role_by="flag") for n in names
        ),
        delimiter="/",
    )


def found(*seen: Seen, **more: Any) -> list[Finding]:
    told = mailbox.judge(situation(*seen, **more))
    again = mailbox.judge(situation(*seen, backwards=True, **more))
    assert sorted(_said(told)) == sorted(_said(again))
    return told


def _said(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    return [(f.code, f.outcome.value, str(f.data.get("variant", ""))) for f in findings]


def codes(*seen: Seen, **more: Any) -> set[str]:
    return {f.code for f in found(*seen, **more)}


def only(code: str, *seen: Seen, **more: Any) -> Finding:
    [finding] = [f for f in found(*seen, **more) if f.code == code]
    return finding


# --- filed by a rule ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hits", "variant"),
    [
        ([mail("Kunden", 1), mail("Kunden", 5)], "rule"),
        ([mail("Kunden", 1)], ""),
        ([mail("Kunden", 1), mail("Kunden", 5, unread=False)], ""),
    ],
    ids=["twice, unseen", "once", "one was read"],
)
def test_filed_by_a_rule(hits: list[MailSeen], variant: str) -> None:
    told = only("FOUND_IN_FOLDER", searched("Kunden", *hits), searched("INBOX"))
    assert told.data.get("variant", "") == variant


def test_what_stays_in_the_inbox_sometimes_is_filed_by_no_rule() -> None:
    told = only(
        "FOUND_IN_FOLDER",
        searched("Kunden", mail("Kunden", 1), mail("Kunden", 5)),
        searched("INBOX", mail("INBOX", 3)),
    )
    assert told.data.get("variant", "") == ""


# --- a rule of an intruder's -------------------------------------------------------------------


def rss(name: str = "RSS Feeds", **changes: Any) -> FolderSearch:
    usual = {"role": "other", "others_arrived": 9, "others_read": 9, "senders": 4}
    return searched(name, **(usual | changes))


def hit(folder: str, **changes: Any) -> MailSeen:
    return mail(folder, unread=False, received=RECEIVED, **changes)


@pytest.mark.parametrize(
    "name",
    ["RSS Feeds", "RSS-Feeds", "INBOX/RSS 源", "RSS フィード", "rss subscriptions", "RSS 摘要"],
)
def test_read_mail_of_several_in_a_folder_for_feeds(name: str) -> None:
    told = found(replace(rss(name), hits=(hit(name),)), searched("INBOX"), folders(name, "INBOX"))
    assert (told[0].code, told[0].outcome) == ("HIDDEN_BY_RULE_SECURITY", Outcome.CAUSE)
    assert "FOUND_IN_FOLDER" not in {f.code for f in told}


def test_hidden_mail_of_others_is_a_warning() -> None:
    told = only("HIDDEN_BY_RULE_SECURITY", rss(), searched("INBOX"))
    assert (told.outcome, told.data["variant"]) == (Outcome.RISK, "others")


@pytest.mark.parametrize(
    "seen",
    [
        rss("RSS Feeds/heise", others_read=30, others_arrived=30),
        rss(others_read=2),
        rss(senders=1),
        rss(others_read=0),
        rss(others_read=None, senders=None),
        rss(complete=False),
        rss("RSS Kunden"),
    ],
    ids=["a feed's own", "two", "one author", "unread", "not looked at", "not all", "a name"],
)
def test_no_break_in(seen: FolderSearch) -> None:
    assert "HIDDEN_BY_RULE_SECURITY" not in codes(seen, searched("INBOX"), folders("INBOX"))


def test_a_kept_chat_with_the_customer_is_no_hidden_mail() -> None:
    name = "Conversation History"
    chats = [mail(name, n, unread=False, from_address=f"c{n}@customer.example") for n in (1, 2, 3)]
    for others in (0, 9):
        seen = searched(name, *chats, others_arrived=others, others_read=others, senders=others)
        assert "HIDDEN_BY_RULE_SECURITY" not in codes(seen, searched("INBOX"))
    real = replace(seen, hits=(*chats, hit(name)))
    assert "HIDDEN_BY_RULE_SECURITY" in codes(real, searched("INBOX"))


def test_a_folder_of_the_users_own_newsletters_is_no_hidden_mail() -> None:
    assert "HIDDEN_BY_RULE_SECURITY" not in codes(rss("RSS"), searched("INBOX"))
    with_the_customers = replace(rss("RSS"), hits=(hit("RSS"),))
    assert "HIDDEN_BY_RULE_SECURITY" in codes(with_the_customers, searched("INBOX"))


def test_chats_with_colleagues_are_no_hidden_mail() -> None:
    told = codes(rss("Conversation History"), searched("INBOX"))
    assert "HIDDEN_BY_RULE_SECURITY" not in told


def tucked(folder: str = "Archive", role: str = "archive", **changes: Any) -> FolderSearch:
    usual = {
        "role": role,
        "others_arrived": 40,
        "others_read": 40,
        "senders": 15,
        "arrived_before": 0,
    }
    return searched(folder, hit(folder), **(usual | changes))


def inbox(**changes: Any) -> FolderSearch:
    usual = {"others_arrived": 0, "others_read": 0, "senders": 0, "arrived_before": 45}
    return searched("INBOX", **(usual | changes))


@pytest.mark.parametrize(("folder", "role"), [("Archive", "archive"), ("Trash", "trash")])
def test_everybodys_mail_goes_where_it_never_went(folder: str, role: str) -> None:
    told = found(tucked(folder, role), inbox(), searched("Junk"))
    assert {f.code for f in told} == {"HIDDEN_BY_RULE_SECURITY"}
    assert told[0].certainty is Certainty.POSSIBLE


def test_who_misses_everybody_agrees() -> None:
    told = only("HIDDEN_BY_RULE_SECURITY", tucked(), inbox(), *answers(others="no"))
    assert told.certainty is Certainty.LIKELY


@pytest.mark.parametrize(
    "seen",
    [
        [tucked(), inbox(arrived_before=2)],
        [tucked(), inbox(arrived_before=2), *answers(others="no")],
        [tucked(), inbox(arrived_before=None)],
        [tucked(), inbox(others_arrived=6)],
        [tucked(), inbox(), *answers(others="yes")],
        [tucked(others_read=30), inbox()],
        [tucked(senders=2), inbox()],
        [tucked(others_arrived=6, others_read=6), inbox()],
        [tucked(), inbox(), searched("Kunden", others_arrived=15)],
    ],
    ids=[
        "files everything, always did",
        "the same, and misses all",
        "before not known",
        "some stays",
        "sees the others'",
        "part unread",
        "few senders",
        "few mails",
        "files by customer",
    ],
)
def test_somebodys_own_tidying_is_no_break_in(seen: list[Seen]) -> None:
    told = codes(*seen)
    assert "HIDDEN_BY_RULE_SECURITY" not in told
    assert "FOUND_IN_FOLDER" in told


# --- a device's own spam folder ----------------------------------------------------------------


def two_junks(real: str, second: str, by: str = "flag") -> FolderList:
    return FolderList(
        folders=(
            Folder(name=real, flags=(), role="junk", role_by="flag" if by == "flag" else "name"),
            Folder(name=second, flags=(), role="junk", role_by="name"),
            Folder(name="INBOX", flags=(), role="inbox", role_by="name"),
        ),
        delimiter="/",
    )


def in_unwanted(**changes: Any) -> FolderSearch:
    return searched("Unwanted", mail("Unwanted", **changes), role="junk", role_by="name")


def test_a_second_spam_folder_is_a_devices() -> None:
    seen = [two_junks("Junk", "Unwanted"), in_unwanted(), searched("INBOX"), searched("Junk")]
    assert codes(*seen) == {"DEVICE_BLOCKLIST"}


def test_the_providers_name_for_it_counts_where_no_flag_tells() -> None:
    known = replace(PROVIDER, folders={"junk": ("垃圾邮件",)})
    seen = [two_junks("垃圾邮件", "Unwanted", by="name"), in_unwanted(), searched("INBOX")]
    assert "DEVICE_BLOCKLIST" in codes(*seen, provider=known)
    assert "FOUND_IN_JUNK" in codes(*seen)


def test_what_a_filter_judged_was_not_filed_by_a_device() -> None:
    seen = [two_junks("Junk", "Unwanted"), in_unwanted(spam=SPAM), searched("INBOX")]
    assert codes(*seen) == {"FOUND_IN_JUNK"}


def test_the_only_spam_folder_is_the_servers() -> None:
    by_name = listed(Folder(name="Unwanted", flags=(), role="junk", role_by="name"))
    assert "DEVICE_BLOCKLIST" not in codes(by_name, in_unwanted(), searched("INBOX"))


# --- in the inbox, and not seen ----------------------------------------------------------------

TABBED = replace(PROVIDER, paths={"tabs": MenuPath(zh="推广", en="Promotions")})


@pytest.mark.parametrize(
    ("provider", "by", "changes", "expected"),
    [
        (TABBED, "mx", {"spam": BULK}, "IN_INBOX_OTHER_TAB"),
        (TABBED, "default", {"spam": BULK}, "IN_INBOX"),
        (TABBED, "mx", {}, "IN_INBOX"),
        (TABBED, "mx", {"spam": BULK, "unread": False}, "IN_INBOX"),
        (PROVIDER, "mx", {"spam": BULK}, "IN_INBOX"),
    ],
)
def test_another_tab_only_where_there_are_tabs(
    provider: Any, by: str, changes: dict[str, Any], expected: str
) -> None:
    seen = searched("INBOX", mail("INBOX", **changes))
    assert codes(seen, provider=provider, by=by) == {expected}


UNREAD = {"others_arrived": 20, "others_read": 2, "senders": 9}


@pytest.mark.parametrize(
    ("changes", "given", "expected"),
    [
        (UNREAD, {"others": "no"}, "CLIENT_NOT_SYNCING"),
        (UNREAD, {"others": "no", "internal": "no"}, "CLIENT_NOT_SYNCING"),
        (UNREAD, {"others": "no", "internal": "yes"}, "IN_INBOX"),
        (UNREAD, {"others": "yes"}, "IN_INBOX"),
        (UNREAD, {}, "IN_INBOX"),
        ({**UNREAD, "others_read": 18}, {"others": "no"}, "IN_INBOX"),
        ({**UNREAD, "others_read": None}, {"others": "no"}, "IN_INBOX"),
    ],
)
def test_a_program_that_fetches_nothing(
    changes: dict[str, Any], given: dict[str, str], expected: str
) -> None:
    seen = [searched("INBOX", mail("INBOX"), **changes), *answers(**given)]
    assert codes(*seen) == {expected}


def test_a_program_that_fetches_nothing_does_not_explain_a_mail_that_is_not_there() -> None:
    told = only("CLIENT_NOT_SYNCING", searched("INBOX", **UNREAD), *answers(others="no"))
    assert told.outcome is Outcome.RISK


# --- another device took it --------------------------------------------------------------------


def twice(before: list[Seen], after: list[Seen], *more: Seen) -> Any:
    """Two runs of the search, one after the other."""
    made = situation(case=CASE)
    for number, run in enumerate((before, after)):
        made.evidence.begin("search")
        for record in run:
            made.evidence.add("search", record, at=NOW + timedelta(minutes=number), seconds=0.1)
    for record in more:
        made.evidence.add("repair", record, at=NOW, seconds=0.1)
    return type(made)(made.case, made.evidence, made.provider, made.provider_by)


def stands(**changes: Any) -> list[Seen]:
    usual = {"uidvalidity": 7, "uidnext": 600}
    return [
        folders("INBOX", "Junk", "Trash"),
        searched("INBOX", mail("INBOX"), **(usual | changes)),
    ]


def vanished(*hits: MailSeen, **changes: Any) -> list[Seen]:
    usual = {"uidvalidity": 7, "uidnext": 600}
    return [
        folders("INBOX", "Junk", "Trash"),
        searched("INBOX", **(usual | changes)),
        searched("Junk"),
        searched("Trash", *hits),
    ]


def test_unread_mail_that_leaves_the_inbox_by_itself() -> None:
    told = mailbox.judge(twice(stands(), vanished(mail("Trash"))))
    assert [f.code for f in told] == ["OTHER_DEVICE_MOVED"]
    assert {"o2", "o6"} <= set(told[0].because)


@pytest.mark.parametrize(
    ("before", "after", "more"),
    [
        (stands(), vanished(mail("Trash", unread=False)), []),
        (stands(), vanished(mail("Trash")), [MailMoved(folder="Trash", target="INBOX", moved=1)]),
        ([*stands(), searched("Trash", mail("Trash"))], vanished(mail("Trash")), []),
        ([folders(*NAMES), searched("INBOX")], vanished(mail("Trash")), []),
        (stands(), vanished(mail("Trash", message_id="<another@x>")), []),
    ],
    ids=["the user read it", "we moved something", "it was there before", "never", "another mail"],
)
def test_what_the_user_or_we_moved(before: Any, after: Any, more: Any) -> None:
    told = {f.code for f in mailbox.judge(twice(before, after, *more))}
    assert told == {"FOUND_IN_TRASH"}


def test_mail_that_is_nowhere_any_more() -> None:
    [told] = mailbox.judge(twice(stands(), vanished()))
    assert (told.code, told.data["variant"], told.certainty) == (
        "OTHER_DEVICE_MOVED",
        "gone",
        Certainty.POSSIBLE,
    )


@pytest.mark.parametrize(
    "changes",
    [{"uidvalidity": 8}, {"uidvalidity": None}, {"uidnext": 400}, {"complete": False}],
    ids=["another mailbox", "not known", "a younger one", "not all was seen"],
)
def test_mail_that_is_not_seen_in_another_mailbox_is_not_gone(changes: dict[str, Any]) -> None:
    told = {f.code for f in mailbox.judge(twice(stands(), vanished(**changes)))}
    assert "OTHER_DEVICE_MOVED" not in told


# --- sent on without a copy --------------------------------------------------------------------


def quiet(last: float = 8.0, before: int = 60, lately: int = 0) -> list[Seen]:
    """A mailbox into which nothing has come for ``last`` days."""
    moment = days_ago(last)
    return [
        folders(*NAMES),
        *(
            searched(
                name,
                others_arrived=lately if name == "INBOX" else 0,
                newest=moment if lately and name == "INBOX" else None,
                last=moment - timedelta(days=n),
                oldest=days_ago(300),
                arrived_before=before if name == "INBOX" else 0,
            )
            for n, name in enumerate(NAMES)
        ),
    ]


@pytest.mark.parametrize(
    ("given", "certainty"),
    [
        ({}, Certainty.POSSIBLE),
        ({"others": "no"}, Certainty.LIKELY),
        ({"others": "no", "internal": "no"}, Certainty.LIKELY),
        ({"others": "unknown"}, Certainty.POSSIBLE),
    ],
)
def test_nothing_new_though_the_door_takes_mail(
    given: dict[str, str], certainty: Certainty
) -> None:
    for seen in (quiet(20), quiet(8, lately=20)):
        told = only("FORWARDED_AWAY", *seen, ACCEPTS, *answers(**given))
        assert (told.outcome, told.certainty) == (Outcome.CAUSE, certainty)


@pytest.mark.parametrize(
    "seen",
    [
        quiet(),
        [*quiet(), door(452, "4.2.2", "mailbox full")],
        [*quiet(), door(550, "5.1.1", "no such user")],
        [*quiet(), ACCEPTS, *answers(others="yes")],
        [*quiet(), ACCEPTS, *answers(internal="yes")],
        [*quiet(1.5, lately=30), ACCEPTS],
        [*quiet(3.5, lately=30), ACCEPTS],
        [*quiet(14, before=1), ACCEPTS],
        [*quiet(8, before=0), ACCEPTS],
        [*quiet()[:-1], ACCEPTS],
        [*quiet(), searched("Kunden", newest=days_ago(1), last=days_ago(1)), ACCEPTS],
        [*quiet(), searched("All", newest=days_ago(1)), ACCEPTS],
        [folders("INBOX"), searched("INBOX", messages=0, others_arrived=0, uidnext=1), ACCEPTS],
        [*quiet(), ACCEPTS, searched("Alt", others_arrived=2)],
    ],
    ids=[
        "the door was not asked",
        "full",
        "no such user",
        "others arrive",
        "colleagues arrive",
        "a weekend",
        "a long weekend",
        "one mail a month",
        "never anything",
        "not all was searched",
        "another folder fills",
        "all mail fills",
        "a new mailbox",
        "arrivals without a date",
    ],
)
def test_not_sent_on(seen: list[Seen]) -> None:
    assert "FORWARDED_AWAY" not in codes(*seen)


def test_a_mailbox_left_long_ago_is_only_spoken_of_if_its_user_misses_mail() -> None:
    def abandoned() -> list[Seen]:
        return [
            replace(s, messages=900) if isinstance(s, FolderSearch) else s for s in quiet(90, 0)
        ]

    assert "FORWARDED_AWAY" not in codes(*abandoned(), ACCEPTS)
    assert "FORWARDED_AWAY" in codes(*abandoned(), ACCEPTS, *answers(others="no"))


def verdict_of(*seen: Seen, **more: Any) -> tuple[str, set[str]]:
    result = diagnose(situation(*seen, **more))
    return result.verdict.code, {f.code for f in result.findings}


def test_a_full_mailbox_explains_the_silence_better() -> None:
    verdict, told = verdict_of(*quiet(), ACCEPTS, figures(5000, 5000))
    assert verdict == "MAILBOX_FULL"
    assert "FORWARDED_AWAY" not in told


def test_trouble_with_the_account_explains_that_little_was_seen() -> None:
    refused = signed_in(outcome="refused", text="authentication failed")
    _verdict, told = verdict_of(*quiet(), ACCEPTS, refused)
    assert "FORWARDED_AWAY" not in told


def test_the_sender_is_not_blamed_for_everybodys_silence() -> None:
    verdict, told = verdict_of(*quiet())
    assert verdict == "NOT_ENOUGH_CHECKED"
    assert "NEVER_REACHED_US" not in told


def test_a_health_check_tells_it_as_well() -> None:
    assert "FORWARDED_AWAY" in codes(*quiet(), ACCEPTS, case=HEALTH)


# --- taken away, purged, not shown -------------------------------------------------------------


def kept(days: float, **changes: Any) -> list[Seen]:
    """An inbox that holds the newest days only."""
    usual = {"messages": 60, "uidnext": 4000, "oldest": days_ago(days)}
    return [searched("INBOX", **(usual | changes))]


def test_only_the_newest_days_are_left_in_the_inbox() -> None:
    told = only("POP_REMOVED", *kept(7.2))
    assert (told.data["variant"], told.data["days"]) == ("age", 7)
    assert told.certainty is Certainty.POSSIBLE
    assert only("POP_REMOVED", *kept(4), *answers(others="no")).certainty is Certainty.LIKELY


def test_a_few_old_mails_that_were_left_behind_prove_nothing_against_it() -> None:
    left = {"messages": 3, "oldest": days_ago(200), "uidnext": 4000}
    assert "POP_REMOVED" in codes(searched("INBOX", others_arrived=0, **left))
    assert "POP_REMOVED" not in codes(searched("INBOX", others_arrived=2, **left))


@pytest.mark.parametrize(
    "seen",
    [
        kept(30),
        kept(7, uidnext=90),
        kept(7, uidnext=100),
        kept(7, oldest=None, messages=200),
        [*kept(7), searched("Kunden", messages=3000)],
        [*kept(7), searched("All", messages=3000)],
        [searched("INBOX", messages=2, uidnext=4000), searched("All", messages=3900)],
        [*kept(7, messages=1500)],
        [searched("INBOX", mail("INBOX"), messages=60, uidnext=4000, oldest=days_ago(7))],
    ],
    ids=[
        "all of the time is there",
        "a young mailbox",
        "hardly more",
        "not told",
        "filed",
        "in all mail",
        "emptied into all mail",
        "enough left",
        "found",
    ],
)
def test_nothing_was_taken_away(seen: list[Seen]) -> None:
    assert "POP_REMOVED" not in codes(*seen)


def spam_folder(days: float, **changes: Any) -> FolderSearch:
    usual = {"messages": 12, "uidnext": 400, "oldest": days_ago(days)}
    return searched("Junk", **(usual | changes))


def test_spam_that_is_kept_for_a_week() -> None:
    told = only("PURGED_BY_AGE", searched("INBOX"), spam_folder(6.8))
    assert (told.outcome, told.data["days"]) == (Outcome.RISK, 7)


@pytest.mark.parametrize(
    "seen",
    [
        spam_folder(30),
        spam_folder(4),
        spam_folder(6.8, messages=2),
        spam_folder(6.8, uidnext=13),
        spam_folder(6.8, complete=False),
        searched("Kunden", messages=12, uidnext=400, oldest=days_ago(6.8)),
    ],
    ids=["older than asked", "no usual length", "hardly any", "none removed", "not all", "no junk"],
)
def test_not_purged(seen: FolderSearch) -> None:
    assert "PURGED_BY_AGE" not in codes(searched("INBOX"), seen)


def test_found_mail_was_not_purged() -> None:
    told = codes(searched("INBOX", mail("INBOX")), spam_folder(6.8))
    assert told == {"IN_INBOX"}


LONG = replace(CASE, since=(NOW - timedelta(days=60)).date())


def limited(days: float = 30, **changes: Any) -> list[Seen]:
    usual = {"messages": 50, "uidnext": 4000, "oldest": days_ago(days), "since": days_ago(60)}
    return [
        folders("INBOX", "Junk", "Kunden", "Sent"),
        *(searched(name, **(usual | changes)) for name in ("INBOX", "Junk", "Kunden")),
        searched("Sent", oldest=None, since=days_ago(60)),
    ]


def test_every_folder_ends_at_the_same_day() -> None:
    told = codes(*limited(), case=LONG)
    assert told == {"IMAP_VIEW_LIMITED"}
    assert verdict_of(*limited(), case=LONG)[0] == "NOT_ENOUGH_CHECKED"


@pytest.mark.parametrize(
    "seen",
    [
        limited(uidnext=51),
        limited(400),
        limited(52),
        [*limited(), searched("Alt", messages=50, oldest=days_ago(500), since=days_ago(60))],
        [replace(s, since=SINCE) if isinstance(s, FolderSearch) else s for s in limited()],
        limited(oldest=None),
    ],
    ids=["a young mailbox", "all is there", "no usual length", "one goes back", "not asked", "-"],
)
def test_nothing_is_hidden(seen: list[Seen]) -> None:
    assert "IMAP_VIEW_LIMITED" not in codes(*seen, case=LONG)


def test_answers_that_the_user_gave_before_count_for_nothing_here() -> None:
    """An unknown answer is no "no"."""
    unknown = Answer(question="others", value="unknown")
    assert "CLIENT_NOT_SYNCING" not in codes(searched("INBOX", **UNREAD), unknown)
