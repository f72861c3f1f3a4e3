"""Where the space is: measured in the background, counted from memory, honest when cut short."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.engine.space import measure
from mailwizard.model.secret import Secret
from mailwizard.model.seen.space import MailboxSpace
from mailwizard.model.selection import Selection
from mailwizard.model.space import Space, day_number
from tests.probes.mailbox_lab import HOST, SINCE, MailboxLab, mailbox
from tests.servers.fake_imap import (
    PASSWORD,
    Dialect,
    Folder,
    Message,
    mail,
)
from tests.servers.fake_imap import (
    Session as Spoken,
)
from tests.worlds import CASE

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MIB = 1 << 20


def sized(size: int, days_ago: float = 1, sender: str = "Hans <hans@customer.example>") -> Message:
    return replace(mail(sender, subject=f"{size}", days_ago=days_ago, now=NOW), size=size)


def lab_session(lab: MailboxLab) -> Session:
    lab.run("sign-in")
    investigation = Investigation(lab.world, lab.case, lab.evidence)
    investigation.mailboxes = lab.pool
    investigation.password = Secret(PASSWORD)
    return Session(investigation)


@contextmanager
def measured(
    *folders: Folder, dialect: Dialect | None = None
) -> Iterator[tuple[Space, MailboxLab]]:
    case = replace(CASE, since=SINCE, imap_host=HOST)
    with mailbox(*folders, dialect=dialect, case=case) as lab:
        job = measure(lab_session(lab))
        assert job.wait(10)
        assert not job.crashed
        yield job.snapshot(), lab


FOLDERS = (
    Folder("INBOX", messages=[sized(3000, 1), sized(2 * MIB, 400), sized(200_000, 2)]),
    Folder("Sent", "\\Sent", [sized(50, 30, "Lin <lin@example.com>"), sized(6 * MIB, 800)]),
    Folder("Empty"),
    Folder("Top", "\\Noselect"),
)


def test_folders_years_senders_and_the_largest() -> None:
    with measured(*FOLDERS) as (space, lab):
        record = lab.seen(MailboxSpace)[0]
    assert [(f.name, f.count, f.octets, f.done) for f in space.folders] == [
        ("Sent", 2, 6 * MIB + 50, True),
        ("INBOX", 3, 2 * MIB + 203_000, True),
        ("Empty", 0, 0, True),
    ]
    assert (space.count, space.octets) == (5, 8 * MIB + 203_050)
    assert (space.done, space.total, space.complete, space.detail) == (5, 5, True, "")
    assert [(y.year, y.count) for y in space.years] == [(2026, 3), (2025, 1), (2024, 1)]
    assert [(s.address, s.count, s.octets) for s in space.senders] == [
        ("hans@customer.example", 4, 8 * MIB + 203_000),
        ("lin@example.com", 1, 50),
    ]
    assert space.senders_from == 0
    assert [(m.folder, m.size, m.from_name) for m in space.largest[:2]] == [
        ("Sent", 6 * MIB, "Hans"),
        ("INBOX", 2 * MIB, "Hans"),
    ]
    assert space.largest[0].subject == str(6 * MIB)
    assert space.largest[0].arrived == NOW - timedelta(days=800)
    assert record == space.seen
    assert record.complete


def test_only_the_authors_of_large_mails_are_read_where_there_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mailwizard.probes.imap.survey.FEW", 2)
    monkeypatch.setattr("mailwizard.probes.imap.census.MOST_LARGEST", 1)
    with measured(*FOLDERS) as (space, lab):
        asked = [c for c in lab.server.commands if "PEEK" in c]
    assert space.senders_from == 100_000
    assert [(s.address, s.count) for s in space.senders] == [("hans@customer.example", 3)]
    assert len(space.largest) == 1
    assert len(asked) == 2


SELECTIONS = [
    Selection(folders=("INBOX", "Sent")),
    Selection(folders=("INBOX",), before=date(2026, 11, 19)),
    Selection(folders=("INBOX", "Sent"), before=date(2026, 1, 1), at_least=1_000_000),
    Selection(folders=("INBOX", "INBOX", "Nowhere"), at_least=200_000),
    Selection(folders=("Sent",), at_least=200_001, before=date(9999, 12, 31)),
    Selection(folders=("Sent",), before=date(1, 1, 1)),
    Selection(folders=()),
]


@pytest.mark.parametrize("selection", SELECTIONS)
def test_a_selection_is_counted_as_it_takes_mails(selection: Selection) -> None:
    with measured(*FOLDERS) as (space, _lab):
        counted = space.of(selection)
    taken = [
        m.size
        for folder in FOLDERS
        for m in folder.messages
        if selection.takes(folder.name, m.arrived, m.size)
    ]
    assert counted == (len(taken), sum(taken))


def test_a_mail_of_no_known_day_is_never_meant_by_its_age() -> None:
    def script(session: Spoken, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "FETCH":
            session.say(
                '* 1 FETCH (UID 7 RFC822.SIZE 500 INTERNALDATE "99-Foo-2020 00:00:00 +0000")',
                '* 2 FETCH (UID 8 RFC822.SIZE 600 INTERNALDATE " 1-Jan-2020 00:00:00 +0000")',
                f"{tag} OK done",
            )
        return verb == "FETCH"

    dialect = Dialect(script=script)
    with measured(Folder("INBOX", messages=[mail()] * 2), dialect=dialect) as (space, _lab):
        assert space.of(Selection(folders=("INBOX",))) == (2, 1100)
        assert space.of(Selection(folders=("INBOX",), before=date(2026, 1, 1))) == (1, 600)
        assert [(y.year, y.count) for y in space.years] == [(2020, 1), (None, 1)]


def test_days_that_no_mail_has() -> None:
    assert day_number(None) == day_number(datetime(1, 1, 1, tzinfo=UTC)) == 0xFFFF
    assert day_number(datetime(9999, 12, 31, tzinfo=UTC)) == 0xFFFF
    assert day_number(datetime(1970, 1, 2, tzinfo=UTC)) == 1


def test_a_folder_that_is_refused_is_told_and_the_others_are_measured() -> None:
    folders = [Folder("INBOX", messages=[sized(10)]), Folder("Shut", refuse="no such luck")]
    with measured(*folders) as (space, lab):
        record = lab.seen(MailboxSpace)[0]
    assert {f.name: f.done for f in space.folders} == {"INBOX": True, "Shut": False}
    assert not space.complete
    assert "no such luck" in record.detail


@pytest.mark.parametrize("size", ["-5", "99999999999999999999", "4294967296000", "x"])
def test_sizes_that_cannot_be_true_are_not_counted(size: str) -> None:
    def script(session: Spoken, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "FETCH":
            session.say(f"* 1 FETCH (UID 7 RFC822.SIZE {size})", f"{tag} OK done")
        return verb == "FETCH"

    dialect = Dialect(script=script)
    with measured(Folder("INBOX", messages=[mail()]), dialect=dialect) as (space, _lab):
        assert space.octets < 1 << 33
        assert space.of(Selection(folders=("INBOX",)))[1] < 1 << 33
        assert not space.complete or size == "4294967296000"


def test_a_connection_that_breaks_in_the_middle_counts_nothing_twice() -> None:
    broken: list[str] = []

    def script(session: Spoken, _tag: str, verb: str, _arguments: str) -> bool:
        if verb == "FETCH" and not broken:
            broken.append(verb)
            session.say(
                '* 1 FETCH (UID 101 RFC822.SIZE 1000 INTERNALDATE "19-Nov-2026 12:00:00 +0000")'
            )
            session.hang_up()
            return True
        return False

    folder = Folder("INBOX", messages=[sized(1000), sized(2000), sized(200_000)])
    with measured(folder, dialect=Dialect(script=script)) as (space, _lab):
        assert broken
        assert (space.done, space.octets, space.complete) == (3, 203_000, True)
        assert sum(s.count for s in space.senders) == 3


def test_a_server_that_always_breaks_ends_in_a_reason() -> None:
    def script(session: Spoken, _tag: str, verb: str, _arguments: str) -> bool:
        if verb == "FETCH":
            session.hang_up()
        return verb == "FETCH"

    with measured(Folder("INBOX", messages=[mail()]), dialect=Dialect(script=script)) as (
        space,
        lab,
    ):
        assert not space.complete
        assert space.detail
        assert lab.seen(MailboxSpace)[0].complete is False


def test_stopped_it_says_so_and_keeps_what_it_has() -> None:
    reached, go_on = threading.Event(), threading.Event()

    def script(session: Spoken, _tag: str, verb: str, _arguments: str) -> bool:
        if verb == "FETCH" and session.folder is not None and session.folder.name == "Later":
            reached.set()
            go_on.wait(10)
        return False

    case = replace(CASE, since=SINCE, imap_host=HOST)
    folders = [Folder("INBOX", messages=[sized(1000)]), Folder("Later", messages=[sized(1)])]
    with mailbox(*folders, dialect=Dialect(script=script), case=case) as lab:
        job = measure(lab_session(lab))
        assert reached.wait(10)
        job.stop()
        assert job.wait(5)
        go_on.set()
        space = job.snapshot()
        assert space.detail.startswith("stopped")
        assert not space.complete
        assert lab.seen(MailboxSpace)[0].complete is False


def test_without_a_sign_in_there_is_nothing_but_the_reason() -> None:
    with mailbox() as lab:
        job = measure(Session(Investigation(lab.world, lab.case)))
        assert job.wait(5)
        assert not job.crashed
        assert (job.snapshot().folders, job.snapshot().detail) == ((), "not signed in")
