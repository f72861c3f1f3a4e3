"""Where the room goes: measured while one looks on; folders, years, senders, the largest mails."""

from collections.abc import Sequence
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList

from mailwizard.engine import make_room
from mailwizard.engine import space as survey
from mailwizard.model.space import Space
from mailwizard.text import making_room as words
from mailwizard.text.language import _
from mailwizard.ui.room_folder import emptiable
from mailwizard.ui.room_rows import VIEWS, WEIGHTS, View, measured, rows, years, years_title
from mailwizard.ui.tui.screens.make_room.archive import ArchiveScreen
from mailwizard.ui.tui.screens.make_room.choose import ChooseScreen
from mailwizard.ui.tui.screens.make_room.empty import EmptyScreen
from mailwizard.ui.tui.screens.make_room.running import RoomScreen
from mailwizard.ui.tui.widgets.bars import BarList, YearColumns
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.key_line import Key
from mailwizard.ui.tui.widgets.one_of import OneOf
from mailwizard.ui.tui.widgets.prose import Prose

_VIEWS: tuple[View, ...] = tuple(VIEWS)


class MakeRoomScreen(RoomScreen):
    """Reads only. What is offered leads to screens that ask before they change anything."""

    STARTS_HERE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "view(-1)", show=False),
        Binding("right", "view(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._view: View = "folders"
        self._job: survey.SpaceJob | None = None
        self._unfinished: tuple[make_room.Unfinished, ...] = ()
        self._settled = False

    @property
    def _measuring(self) -> bool:
        return self._job is None or not self._job.ended

    def _space(self) -> Space:
        return self._job.snapshot() if self._job is not None else Space()

    def begin(self) -> None:
        """Measures, at first and after something has been deleted."""
        if self._measuring and self._job is not None:
            self._job.stop()
        self._job = survey.measure(self.session)
        self._settled = False
        for views in self.query("#views"):
            views.focus()

    def on_screen_resume(self) -> None:
        """On top again: what was begun meanwhile can be gone on with."""
        self._unfinished = make_room.unfinished(self.session, make_room.documents())
        self._settled = False

    def body(self) -> ComposeResult:
        yield Prose(_("Where the room in your mailbox goes"), id="prompt")
        yield Prose("", id="total")
        items = [Item(view, _(label)) for view, label in VIEWS.items()]
        yield OneOf("", items, selected=self._view, id="views")
        with Horizontal(id="pictures"):
            yield BarList((), id="picture")
            with Vertical(id="beside"):
                yield Prose("", id="beside-title")
                yield YearColumns((), id="years")
                yield BarList((), id="other")
        yield Choices(self._choices(), across=True, id="answers")

    def _choices(self) -> list[Item]:
        """An archive that was begun comes first; then what makes room, as far as there is any."""
        if self._measuring:
            return [Item("stop", _("Stop measuring"))]
        found = self._space()
        items = [
            Item(f"resume {number}", words.unfinished(one.started, one.done, one.total, one.phase))
            for number, one in enumerate(self._unfinished)
        ]
        if found.folders:
            items.append(Item("choose", _("Save old mails here, then delete them")))
        items += [
            Item(f"empty {number}", words.empty_label(one.role, one.folder.count))
            for number, one in enumerate(emptiable(found))
        ]
        return [*items, Item("again", _("Measure again")), Item("back", _("Back"))]

    def parts(self) -> Sequence[str]:
        return ("#views", "#picture", "#answers")

    def keys(self) -> Sequence[Key]:
        usual = super().keys()
        return (Key(_("Left/Right"), _("view")), Key("Tab", _("on")), *usual[1:])

    def escape_does(self) -> str:
        return _("stop") if self._measuring else _("back")

    def filled(self) -> None:
        self._settled = False
        self._refresh()
        self.query_one("#views").focus()

    def on_mount(self) -> None:
        self.begin()
        super().on_mount()
        self.set_interval(0.15, self._tick)

    def on_unmount(self) -> None:
        if self._measuring and self._job is not None:
            self._job.stop()

    def _tick(self) -> None:
        if not self._settled:
            self._refresh()

    def _refresh(self) -> None:
        if not self.query("#answers"):
            return
        self._settled = not self._measuring
        found, names = self._space(), self.names()
        told = measured(found, ended=self._settled)
        self.query_one("#total", Prose).update(told)
        self.query_one("#picture", BarList).show(
            rows(self._view, found, names), WEIGHTS[self._view]
        )
        beside = self.query_one("#beside")
        beside.set_class(self._view != "largest", "-shown")
        by_year = self._view != "years"
        self.query_one("#years", YearColumns).display = by_year
        self.query_one("#other", BarList).display = not by_year
        title = years_title(found) if by_year else _(VIEWS["folders"])
        self.query_one("#beside-title", Prose).update(title)
        self.query_one("#years", YearColumns).show(years(found))
        self.query_one("#other", BarList).show(rows("folders", found, names))
        self.query_one("#answers", Choices).offer(self._choices())
        self.show_tree()

    def action_view(self, by: int) -> None:
        """Left, right: another view of the same mailbox."""
        number = (_VIEWS.index(self._view) + by) % len(_VIEWS)
        self.query_one("#views", OneOf).selected = number
        self._show_view(_VIEWS[number])

    def on_one_of_changed(self, message: OneOf.Changed) -> None:
        """Another view, chosen above."""
        self._show_view(cast("View", message.item))

    def _show_view(self, view: View) -> None:
        self._view = view
        self._settled = False
        self._refresh()

    def on_option_list_option_selected(self, _message: OptionList.OptionSelected) -> None:
        """Enter on a row: on to what can be done."""
        self.query_one("#answers").focus()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """On to what makes room."""
        what, _space, which = message.item.partition(" ")
        match what:
            case "stop":
                self._stop()
            case "choose":
                today = self.session.investigation.world.now().astimezone().date()
                self.app.push_screen(ChooseScreen(self._space(), today))
            case "empty":
                self.app.push_screen(EmptyScreen(emptiable(self._space())[int(which)]))
            case "resume":
                one = self._unfinished[int(which)]
                job = make_room.resume(self.session, one)
                self.app.push_screen(ArchiveScreen(job, one.path.parent))
            case "again":
                self.begin()
                self._refresh()
            case _:
                self.app.pop_screen()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def action_back(self) -> None:
        if self._measuring:
            self._stop()
        else:
            self.app.pop_screen()
