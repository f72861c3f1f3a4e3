"""Bars as characters, choices as selections, and the words of making room."""

from datetime import date

import pytest

from mailwizard.model.amounts import octets
from mailwizard.model.seen.mailbox import Role
from mailwizard.model.seen.space import FolderSpace
from mailwizard.report.layout import cells
from mailwizard.text import making_room as words
from mailwizard.text.language import use
from mailwizard.ui.bar_text import (
    Bar,
    bar,
    column,
    counts,
    fit,
    line,
    rooms,
    size_of,
    split_bar,
    unit_of,
)
from mailwizard.ui.plain_room_progress import finished
from mailwizard.ui.room_choice import Counted, before, usual
from mailwizard.ui.room_rows import Names, choice_rows, measured, rows, years
from mailwizard.ui.talk import Talk
from tests.ui.room_fakes import HALF, MB, SPACE, FakeArchive


@pytest.mark.parametrize(
    ("size", "most", "blocks", "drawn"),
    [
        (100, 100, True, "████"),
        (50, 100, True, "██"),
        (60, 100, True, "██▍"),
        (1, MB, True, "▏"),
        (0, 100, True, ""),
        (5, 0, True, ""),
        (100, 100, False, "####"),
        (60, 100, False, "##"),
        (1, MB, False, "="),
        (300, 100, True, "████"),
    ],
)
def test_a_bar(size: int, most: int, blocks: bool, drawn: str) -> None:
    assert bar(size, most, 4, blocks=blocks) == drawn


@pytest.mark.parametrize(
    ("part", "drawn"),
    [
        (0, ("", "----------")),
        (1, ("#", "---------")),
        (50, ("#####", "-----")),
        (99, ("#########", "-")),
        (100, ("##########", "")),
    ],
)
def test_a_part_of_a_bar_is_never_nothing_and_never_all(part: int, drawn: tuple[str, str]) -> None:
    assert split_bar(100, part, 100, 10, blocks=False) == drawn


def test_columns() -> None:
    assert column(100, 100, 2, blocks=True) == ["█", "█"]
    assert column(25, 100, 2, blocks=True) == [" ", "▄"]
    assert column(1, 1000, 2, blocks=False) == [" ", "="]
    assert column(0, 1000, 2, blocks=True) == [" ", " "]
    assert unit_of(3 * MB) == ("MB", MB)
    assert unit_of(12) == ("KB", 1024)


def test_texts_fit_by_cells() -> None:
    assert fit("垃圾邮件", 6) == "垃圾… "
    assert fit("abc", 5) == "abc  "
    long, short = Bar(("垃圾邮件" * 12,), 5 * MB, 1234, True), Bar(("a",), 1, 1, False)
    found = [line(row, 5 * MB, counts((long, short)), 76) for row in (long, short)]
    assert cells(found[0]) == 76
    assert found[0].startswith("[x] 垃圾")
    assert "5.0 MB  1,234 mails" in found[0]
    assert found[0].index("mails") - 4 > 0
    assert found[1].rstrip().endswith("1 mail  =")


def test_older_than_counts_months_of_the_calendar() -> None:
    assert before(0, date(2026, 11, 23)) is None
    assert before(12, date(2026, 11, 23)) == date(2025, 11, 23)
    assert before(3, date(2026, 5, 31)) == date(2026, 2, 28)
    assert before(12, date(2024, 2, 29)) == date(2023, 2, 28)


def test_what_is_counted_is_what_is_chosen() -> None:
    today = date(2026, 11, 23)
    chosen, counted = usual(SPACE, today), Counted(SPACE)
    assert "Drafts" not in chosen.folders
    assert counted.all(chosen) == SPACE.of(chosen.selection())
    fewer = chosen.toggled("INBOX")
    assert counted.all(fewer) == SPACE.of(fewer.selection()) == (5, 37 * MB)
    drawn = choice_rows(SPACE, fewer, counted, Names())
    assert [(row.selected, row.part) for row in drawn][:2] == [(False, 0), (True, 33 * MB)]


def test_years_between_are_shown_as_empty() -> None:
    assert [label for label, _octets in years(SPACE)] == ["2023", "2024", "2025", "2026"]
    assert years(SPACE)[1] == ("2024", 0)


def test_measured() -> None:
    assert measured(SPACE, ended=True) == "In all: 21 mails (239.0 MB), in 5 folders."
    assert "9 of 21 mails" in measured(HALF, ended=False)
    assert measured(HALF, ended=True).startswith("Not everything was measured")


def test_names_that_nobody_asked_about_are_hidden_too() -> None:
    hidden = Names(lambda text: text, hidden=True)
    shown = " ".join(
        cell
        for view in ("folders", "senders", "largest")
        for row in rows(view, SPACE, hidden)
        for cell in row.cells
    )
    assert "Nordlicht" not in shown
    assert "Paul" not in shown
    assert "folder 2" in shown
    assert "(hidden)" in shown


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "a few seconds"),
        (31, "about 30 seconds"),
        (60, "about a minute"),
        (177, "about 3 minutes"),
        (3500, "about an hour"),
        (9000, "about 2 hours"),
    ],
)
def test_durations(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


def test_sizes_and_paces() -> None:
    assert octets(int(84.4 * 1024**3)) == "84.4 GB"
    assert words.amount(0, 0) == "no mails"
    assert words.amount(1, 48 * 1024) == "1 mail (48 KB)"
    assert words.pace(0.0, None) == ""
    assert words.pace(int(3.4 * MB), 200) == "3.4 MB a second, about 3 minutes to go"


def test_a_path_cannot_write_on_the_screen() -> None:
    assert "\x1b" not in words.saved_in("/tmp/\x1b[2J")
    assert "\x1b" not in words.confirm_archived(1, 1, "/tmp/\x1b[2J")


def test_an_interruption_from_the_keyboard_stops_the_job() -> None:
    class Interrupted(FakeArchive):
        def wait(self, seconds: float) -> bool:
            if not self.stopped:
                raise KeyboardInterrupt
            return super().wait(seconds)

    job, written = Interrupted(), list[str]()
    finished(Talk(lambda: "", written.append, lambda _prompt: ""), job)
    assert job.stopped == 1
    assert "Ctrl+C stops it" in "".join(written)


def test_a_day_is_never_cut_in_the_list_of_the_largest_mails() -> None:
    row = Bar(("2026-11-23", "A rather long name of somebody", "And a subject, longer still"), 9)
    for width in (34, 60, 90):
        assert rooms([row], (0, 6, 10), width)[0] == 12
        assert sum(rooms([row], (0, 6, 10), width)) == width
    assert rooms([], (1,), 20) == (20,)


def test_a_folder_that_says_what_it_is_needs_no_note() -> None:
    def name(folder: str, role: Role) -> str:
        return Names().folder(FolderSpace(name=folder, role=role, count=1, octets=1, done=True))

    use("zh_CN")
    assert name("垃圾邮件", "junk") == "垃圾邮件"
    assert name("Junk", "junk") == "Junk（垃圾邮件）"
    use("en")
    assert name("垃圾邮件", "junk") == "垃圾邮件 (spam)"
    assert name("Sent", "sent") == "Sent"


def test_what_is_not_measured_yet_is_not_nothing() -> None:
    assert size_of(Bar(("Inbox",), 0, 57)) == "…"
    assert size_of(Bar(("Archive",), 0, 0)) == "0 B"
    assert size_of(Bar(("Inbox",), 5 * MB, 57)) == "5.0 MB"
