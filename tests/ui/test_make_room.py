"""Making room on the screens: every phase, with jobs that stand still; and once for real."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from mailwizard.engine.make_room import Archived, Counted, Deleted, Left, Progress, Unfinished
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.ports import Options
from mailwizard.ui.tui.screens.make_room import MakeRoomScreen
from mailwizard.ui.tui.widgets.bars import BarList
from tests.ui.room_fakes import HALF, MB, SPACE, Engine, FakeSpace
from tests.ui.tui_tools import Replaced, probes, session, text, until

__all__ = ["probes"]
pytestmark = pytest.mark.usefixtures("probes", "engine")

SMALL, LARGE = (80, 24), (120, 40)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    found = Engine(tmp_path)
    found.install(monkeypatch)
    return found


def app_at_quota(theme: str = "dark") -> WizardApp:
    given = session("lin@acme-trading.com")
    given.jump("quota")
    return WizardApp(given, Options(theme=theme))


async def opened(pilot: Pilot[None], app: WizardApp, words: str = "In all") -> None:
    """The picture is on the screen."""
    await until(pilot, lambda: "Check again" in text(app))
    app.push_screen(MakeRoomScreen())
    await until(pilot, lambda: words in text(app))


async def to_choice(pilot: Pilot[None], app: WizardApp) -> None:
    await opened(pilot, app)
    await pilot.press("tab", "tab", "home", "enter")
    await until(pilot, lambda: "Which mails shall leave" in text(app))


async def to_place(pilot: Pilot[None], app: WizardApp) -> None:
    await to_choice(pilot, app)
    await pilot.press("tab", "tab", "tab", "home", "enter")
    await until(pilot, lambda: "Where shall the mails" in text(app))


async def to_archive(pilot: Pilot[None], app: WizardApp) -> None:
    await to_place(pilot, app)
    await pilot.press("enter")
    await until(pilot, lambda: "Saving the mails" in text(app))


def archived(folder: Path, **changed: object) -> Archived:
    whole = Archived(
        path=folder / "Mail archive", form="mbox", count=9, octets=153 * MB, folders={"INBOX": 6}
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


class TestPicture:
    async def test_four_views_by_left_and_right(self) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await opened(pilot, app)
            assert "In all: 21 mails (239.0 MB), in 5 folders." in text(app)
            shown = text(app)
            for words in ("Inbox", "Spam", "Bin (deleted mail)", "200.0 MB", "10 mails"):
                assert words in shown
            await pilot.press("right")
            await until(pilot, lambda: "2023   157.0 MB" in text(app))
            await pilot.press("right")
            await until(pilot, lambda: "Paul Nordmann (p.nord" in text(app))
            await pilot.press("right")
            await until(pilot, lambda: "Frachtpapiere" in text(app))
            assert "2023-05-04" in text(app)
            await pilot.press("tab", "right")
            await until(pilot, lambda: "Spam" in text(app))

    async def test_hidden_names(self) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await opened(pilot, app)
            await pilot.press("f2")
            await until(pilot, lambda: "Nordlicht" not in text(app))
            for _view in range(3):
                await pilot.press("right")
                await pilot.pause()
                for name in ("Nord", "spedition", "Frachtpapiere"):
                    assert name not in text(app)
            assert "(hidden)" in text(app)
            await pilot.press("f2")
            await until(pilot, lambda: "Frachtpapiere Nordlicht" in text(app))

    async def test_stopped_it_shows_what_is_known(self, engine: Engine) -> None:
        engine.survey = FakeSpace(HALF, ended=False)
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await opened(pilot, app, "Measuring: 9 of 21 mails")
            assert "Esc stop" in text(app)
            await pilot.press("escape")
            await until(pilot, lambda: "Not everything was measured (9 of 21 mails)" in text(app))
            assert engine.survey.stopped == 1
            assert "Save old mails" in text(app)
            await pilot.press("escape")
            await until(pilot, lambda: "Step 2" in text(app))

    async def test_two_side_by_side_where_there_is_room(self) -> None:
        app = app_at_quota()
        async with app.run_test(size=LARGE) as pilot:
            await opened(pilot, app)
            assert "Years, in MB" in text(app)
            assert "Spam" in text(app)
            assert "2024 2025 2026" in text(app)
            await pilot.resize_terminal(*SMALL)
            await until(pilot, lambda: "Years, in MB" not in text(app))
            assert "Spam" in text(app)
            assert "Save old mails" in text(app)
            await pilot.resize_terminal(*LARGE)
            await until(pilot, lambda: "Years, in MB" in text(app))

    @pytest.mark.parametrize("theme", ["dark", "light", "high-contrast"])
    async def test_no_state_by_colour_alone(
        self, theme: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if theme == "high-contrast":
            monkeypatch.setenv("NO_COLOR", "1")
        app = app_at_quota(theme)
        async with app.run_test(size=SMALL) as pilot:
            await to_choice(pilot, app)
            assert "[x] Inbox" in text(app)
            assert "[ ] Drafts" in text(app)
            assert "░" in text(app)
            assert "[1 year]" in text(app)

    async def test_a_mailbox_that_did_not_answer(self, engine: Engine) -> None:
        engine.survey = FakeSpace(replace(HALF, folders=(), done=0, total=0))
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await opened(pilot, app, "The connection to the mail server was lost")
            assert "Save old mails" not in text(app)
            assert "Measure again" in text(app)


class TestChoice:
    async def test_at_first_old_mail_without_drafts(self) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_choice(pilot, app)
            assert "then deleted from the mailbox: 11 mails (157.0 MB)" in text(app)
            assert "In the mailbox stay: 10 mails (82.0 MB)." in text(app)

    async def test_folders_age_and_size_are_counted_at_once(self) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_choice(pilot, app)
            await pilot.press("space")
            await until(pilot, lambda: "5 mails (37.0 MB)" in text(app))
            await pilot.press("down", "enter")
            await until(pilot, lambda: "2 mails (4.0 MB)" in text(app))
            await pilot.press("tab", "left", "left", "left")
            await until(pilot, lambda: "7 mails (6.0 MB)" in text(app))
            await pilot.press("down", "right")
            await until(pilot, lambda: "2 mails (4.0 MB)" in text(app))
            await pilot.press("right")
            await until(pilot, lambda: "deleted from the mailbox: no mails" in text(app))
            assert "Go on" not in text(app)
            await pilot.press("escape")
            await until(pilot, lambda: "Where the room" in text(app))

    async def test_not_everything_measured_is_said(self, engine: Engine) -> None:
        engine.survey = FakeSpace(HALF)
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await opened(pilot, app, "Not everything")
            await pilot.press("tab", "tab", "home", "enter")
            await until(pilot, lambda: ", perhaps" in text(app))

    async def test_many_folders_scroll(self, engine: Engine) -> None:
        many = tuple(replace(SPACE.folders[1], name=f"Folder {n}") for n in range(200))
        engine.survey = FakeSpace(replace(SPACE, folders=many))
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_choice(pilot, app)
            await pilot.press("end", "enter")
            await until(pilot, lambda: "[ ] Folder 199" in text(app))
            assert app.screen.query_one(BarList).highlighted == 199
            assert "In the mailbox stay" in text(app)


class TestPlace:
    async def test_typed_checked_and_started(self, engine: Engine, tmp_path: Path) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_place(pilot, app)
            assert "needed with some to spare: 223.5 MB" in text(app)
            assert "import the files that end in .mbox" in text(app)
            field = app.screen.query_one("#place", Input)
            for wrong, words in (
                (str(tmp_path / "nowhere"), "no folder of this name"),
                (__file__, "This is a file"),
                ("  ", "Type the name of a folder"),
                ("\0", "no folder of this name"),
                ("~nobody-of-this-name/x", "cannot be the name of a folder"),
            ):
                field.value = wrong
                app.screen.query_one("#answers").focus()
                await pilot.press("home", "enter")
                await until(pilot, lambda words=words: words in text(app))
            field.value = str(tmp_path)
            await pilot.press("tab", "right")
            await until(pilot, lambda: "[single mails]" in text(app))
            assert "double click" in text(app)
            await pilot.press("tab", "enter")
            await until(pilot, lambda: "Saving the mails" in text(app))
        _selection, parent, form = engine.asked("archive")[0]
        assert (parent, form) == (tmp_path, "eml")
        assert engine.selection().before == date(2025, 11, 23)
        assert engine.selection().folders == ("Bin", "INBOX", "Projekt Nordlicht", "Spam")

    async def test_too_little_room_is_said_before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        full = type("Usage", (), {"free": 5 * MB})
        monkeypatch.setattr("mailwizard.ui.room_place.shutil.disk_usage", lambda _path: full)
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_place(pilot, app)
            assert "That is not enough" in " ".join(text(app).split())

    async def test_the_place_is_dots_while_names_are_hidden(self, tmp_path: Path) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_place(pilot, app)
            await pilot.press("f2")
            await until(pilot, lambda: str(tmp_path)[:20] not in text(app))
            await pilot.press("f2")
            await until(pilot, lambda: str(tmp_path)[:20] in text(app))
            await pilot.press("escape")
            await until(pilot, lambda: "Which mails shall leave" in text(app))


class TestArchive:
    async def test_figures_pace_and_what_is_safe(self, engine: Engine) -> None:
        engine.archiving.now = Progress(
            phase="copying",
            done=312,
            total=1204,
            octets_done=int(210.4 * MB),
            octets_total=812 * MB,
            rate=3.4 * MB,
            remaining=177.0,
        )
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_archive(pilot, app)
            for words in (
                "Copying the mails",
                "312 of 1,204 mails",
                "210.4 MB of 812.0 MB",
                "3.4 MB a second, about 3 minutes to go",
                "25 %",
                "the mail is safe at every moment",
                "continue",
            ):
                await until(pilot, lambda words=words: words in text(app))
            engine.archiving.now = Progress(phase="listing", done=3, total=9)
            await until(pilot, lambda: "3 of 9 folders" in text(app))
            assert "33 %" in text(app)

    async def test_stopped_and_gone_on_with(self, engine: Engine, tmp_path: Path) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_archive(pilot, app)
            engine.left = (
                Unfinished(
                    path=tmp_path / "Mail archive",
                    started=datetime(2026, 3, 12, tzinfo=UTC),
                    form="mbox",
                    phase="copying",
                    done=4,
                    total=9,
                    octets=40 * MB,
                ),
            )
            await pilot.press("escape")
            await until(pilot, lambda: "Saved so far: 4 of 9 mails" in text(app))
            assert "Nothing was deleted" in text(app)
            assert engine.archiving.stopped == 1
            engine.archiving.ended = False
            await pilot.press("home", "enter")
            await until(pilot, lambda: "Saving the mails" in text(app))
            assert engine.asked("resume") == [[engine.left[0]]]
            engine.archiving.finish(archived(tmp_path))
            await until(pilot, lambda: "Delete 9 mails" in text(app))

    @pytest.mark.parametrize(
        ("problem", "need", "words"),
        [
            ("no-disk-room", 900 * MB, "900.0 MB more must be free"),
            ("no-disk-room", 0, "not enough room on this disk"),
            ("not-writable", 0, "cannot be written to"),
            ("no-connection", 0, "The connection to the mail server was lost"),
            ("changed", 0, "something has changed them"),
            ("refused", 0, "does not allow it"),
            ("busy", 0, "Another program"),
            ("nothing-chosen", 0, "nothing to do"),
            ("of-a-later-version", 0, "stopped in the middle"),
        ],
    )
    async def test_problems_in_words(
        self, engine: Engine, problem: str, need: int, words: str
    ) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_archive(pilot, app)
            engine.archiving.now = Progress(
                phase="problem",
                problem=problem,  # type: ignore[arg-type]
                need=need,
                detail="BYE so long",
            )
            engine.archiving.ended = True
            await until(pilot, lambda: words in " ".join(text(app).split()))
            assert "For the helpdesk: BYE so long" in text(app)
            await pilot.press("home", "enter")
            await until(pilot, lambda: "Where shall the mails" in text(app))

    async def test_kept_is_what_is_offered_first(self, engine: Engine, tmp_path: Path) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_archive(pilot, app)
            left = (Left("INBOX", 5, "short"), Left("INBOX", 9, "short"))
            engine.archiving.finish(archived(tmp_path, left=left))
            await until(pilot, lambda: "> Decide later" in text(app))
            shown = " ".join(text(app).split())
            assert "9 mails (153.0 MB) are saved in" in shown
            assert "compared one by one with the mailbox. Delete them from the mailbox?" in shown
            assert "They came incomplete, so they stay: 2." in shown
            await pilot.press("enter")
            await until(pilot, lambda: "Where the room" in text(app))
            assert not engine.asked("delete")
            assert not engine.asked("keep")

    async def test_kept_for_good(self, engine: Engine, tmp_path: Path) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await to_archive(pilot, app)
            engine.archiving.finish(archived(tmp_path))
            await until(pilot, lambda: "> Decide later" in text(app))
            await pilot.press("right", "enter")
            await until(pilot, lambda: "Where the room" in text(app))
            assert engine.asked("keep") == [[archived(tmp_path)]]

    async def test_an_archive_of_an_earlier_day_is_offered(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        begun = Unfinished(
            path=tmp_path / "Mail archive",
            started=datetime(2026, 3, 12, 9, 0, tzinfo=UTC),
            form="mbox",
            phase="copying",
            done=312,
            total=1204,
            octets=1,
        )
        engine.left = (begun, replace(begun, phase="checked", done=1204))
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await opened(pilot, app)
            begun_then = "Continue the archive of 2026-03-12 (312 of 1,204 mails)"
            await until(pilot, lambda: begun_then in text(app))
            assert "The archive of 2026-03-12: delete what it saved" in text(app)
            await pilot.press("tab", "tab", "home", "enter")
            await until(pilot, lambda: "Saving the mails" in text(app))
            assert engine.asked("resume") == [[begun]]
            await pilot.press("escape")
            await until(pilot, lambda: "Stopped." in text(app))
            await pilot.press("escape")
            await until(pilot, lambda: "Where the room" in text(app))


class TestDeletion:
    async def to_deletion(self, pilot: Pilot[None], app: WizardApp, engine: Engine) -> None:
        await to_archive(pilot, app)
        engine.archiving.finish(archived(engine.folder))
        await until(pilot, lambda: "> Decide later" in text(app))
        await pilot.press("end", "enter")
        await until(pilot, lambda: "Deleting from the mailbox" in text(app))

    async def test_freed_left_and_what_is_next(
        self, engine: Engine, tmp_path: Path, probes: Replaced
    ) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await self.to_deletion(pilot, app, engine)
            assert engine.asked("delete") == [[archived(tmp_path)]]
            engine.deleting.finish(
                Deleted(
                    count=8,
                    octets=150 * MB,
                    left=(Left("INBOX", 3, "changed"),),
                    flagged_only=1,
                    in_trash=2,
                )
            )
            await until(pilot, lambda: "Deleted from the mailbox: 8 mails" in text(app))
            shown = " ".join(text(app).split())
            for words in (
                "150.0 MB",
                "Another mail stands in their place now, so they were left alone: 1.",
                "Only marked as deleted: 1.",
                "Moved to the deleted mail: 2.",
                "The saved mails are in",
                "ask the customer to send the mail once more",
            ):
                assert words in shown
            assert "So much room is free" not in shown
            asked: list[bool] = []
            probes["quota"] = lambda _setting: asked.append(True)
            await pilot.press("home", "enter")
            await until(pilot, lambda: "Step 2" in text(app) and bool(asked))

    async def test_stopped_it_can_go_on(self, engine: Engine) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await self.to_deletion(pilot, app, engine)
            await pilot.press("enter")
            await until(pilot, lambda: "All others stay in the mailbox" in text(app))
            assert "Nothing was deleted." in text(app)
            engine.deleting.ended = False
            await pilot.press("home", "enter")
            await until(pilot, lambda: "Deleting from the mailbox" in text(app))
            engine.deleting.finish(Deleted(count=9, octets=153 * MB))
            await until(pilot, lambda: "So much room is free again" in text(app))
            await pilot.press("end", "enter")
            await until(pilot, lambda: "Where the room" in text(app))
            assert len(engine.asked("measure")) == 2


class TestEmptying:
    JUNK = Counted(folder="Spam", count=5, octets=2 * MB, uidvalidity=1, below=9)

    async def to_question(self, pilot: Pilot[None], app: WizardApp) -> None:
        await opened(pilot, app)
        await pilot.press("tab", "tab", "home", "right", "enter")
        await until(pilot, lambda: "for good?" in text(app))

    async def test_counted_asked_and_done(self, engine: Engine) -> None:
        engine.counted = self.JUNK
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await self.to_question(pilot, app)
            assert engine.asked("count_folder") == [["junk"]]
            shown = " ".join(text(app).split())
            assert "Delete 5 mails (2.0 MB) in “Spam” for good?" in shown
            assert "The oldest is of 2026-11-02, the newest of 2026-11-02." in shown
            assert "> Save them here first" in shown
            assert not engine.asked("empty")
            await pilot.press("end", "enter")
            await until(pilot, lambda: "Deleting from the mailbox" in text(app))
            assert engine.asked("empty") == [[self.JUNK]]
            engine.deleting.finish(Deleted(count=5, octets=2 * MB))
            await until(pilot, lambda: "5 mails (2.0 MB). So much room" in text(app))
            assert "The saved mails" not in text(app)

    async def test_saved_first(self, engine: Engine) -> None:
        engine.counted = self.JUNK
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await self.to_question(pilot, app)
            await pilot.press("enter")
            await until(pilot, lambda: "To be saved: 5 mails (2.0 MB)" in text(app))
            await pilot.press("enter")
            await until(pilot, lambda: "Saving the mails" in text(app))
            assert engine.selection().folders == ("Spam",)
            assert engine.selection().before is None

    async def test_escape_leaves_it(self, engine: Engine) -> None:
        engine.counted = self.JUNK
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await self.to_question(pilot, app)
            await pilot.press("escape")
            await until(pilot, lambda: "Where the room" in text(app))
            assert not engine.asked("empty")

    async def test_the_customers_mail_there_comes_first(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "mailwizard.ui.tui.screens.make_room.empty.theirs", lambda _session, _role: 2
        )
        engine.counted = self.JUNK
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await self.to_question(pilot, app)
            assert "Mails of the customer lie in “Spam”: 2." in text(app)
            await pilot.press("home", "enter")
            await until(pilot, lambda: "Step 1" in text(app))

    async def test_a_folder_that_cannot_be_counted(self) -> None:
        app = app_at_quota()
        async with app.run_test(size=SMALL) as pilot:
            await opened(pilot, app)
            await pilot.press("tab", "tab", "home", "right", "enter")
            await until(pilot, lambda: "stopped in the middle" in text(app))
            assert "for good" not in text(app)
